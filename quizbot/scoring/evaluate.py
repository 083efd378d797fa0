"""`python -m quizbot.scoring.evaluate PATH…`: how well a scorer agrees with graded answers it was not trained on.

Every question is scored by a model trained on the other questions, with word statistics that leave its texts out. What is
measured, and how, is in `quizbot.scoring.report`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .data import GradedQuestion, read_graded
from .report import agreement, calibration, fairness, figures, intervals, misses, places, public
from .report.judging import Judged
from .report.methods import METHODS, Method, Trees, judge_all, scorers_of

if TYPE_CHECKING:
    from .train_weighing import Readings

SEVERAL_FOLDS = 5
"""Folds of what trains many times over, where none are asked for; the main tables leave out one question at a time."""
_ONE_AT_A_TIME = 1_000_000


def _numbers(text: str) -> list[int]:
    try:
        numbers = [int(part) for part in text.split(",") if part.strip()]
    except ValueError:
        numbers = []
    if not numbers or min(numbers) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: numbers of questions with commas between, such as 10,20,40")
    return numbers


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r}: a number such as 20")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m quizbot.scoring.evaluate", description=__doc__)
    add = parser.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="files or folders of graded answers")
    add("--folds", type=_count, help="groups of questions left out together (default: one question at a time)")
    add("--method", choices=METHODS, default="trees", help="what scores (default: trees, trained for each fold)")
    add("--readings", type=Path, metavar="FILE", help="score thoroughly, with the reader's opinions from this file")
    add("--only", type=Path, action="append", default=[], metavar="PATH",
        help="judge only the answers that are also in these files or folders; all others are for training")  # fmt: skip
    add("--shipped", action="store_const", dest="method", const="shipped", help="the same as --method shipped")
    add("--against", choices=METHODS, help="also how much better the method is than this one, with intervals")
    add("--answers", action="store_true", help="one line an answer: gold and given verdicts that differ")
    add("--misses", type=_count, default=0, metavar="N", help="the N surest missed positives, and missed negatives")
    add("--fairness", "--robustness", action="store_true", help="how scores move when answers are changed, and junk")
    add("--places", action="store_true", help="whether verdicts rest on the right words (with --shipped or trees)")
    add("--curve", type=_numbers, metavar="N,N,…", help="the learning curve over these numbers of training questions")
    add("--ablate", action="store_true", help="the trees trained again without each group of features")
    add("--gap", action="store_true", help="the same measures on training questions and on left-out ones")
    add("--public", type=Path, action="append", default=[], metavar="FILE", help="a public set, JSON Lines")
    add("--json", action="store_true", help="every figure as one JSON object instead of tables")
    return parser


class _Report:
    """Figures by name, and their lines for people."""

    def __init__(self) -> None:
        self.figures: dict[str, Any] = {}
        self.lines: list[str] = []

    def add(self, name: str, found: Any, lines: Sequence[str]) -> None:
        """Another part, after an empty line."""
        self.figures[name] = figures.plain(found)
        self.lines += ["", *lines] if self.lines else lines


def _compared(name: str, judged: Sequence[Judged], before: Sequence[Judged]) -> tuple[intervals.Intervals, list[str]]:
    change = intervals.differences(judged, before)
    lines = [
        f"better than {name} by, in pairs over the same questions:",
        f"accuracy {change.accuracy.signed()}   macro-F1 {change.macro_f1.signed()}   r {change.r.signed()}",
    ]
    return change, lines


def _with_readings(questions: list[GradedQuestion], readings: Readings | None) -> list[GradedQuestion]:
    """Where the reader's opinions come from a file, only the answers that are in it can be judged or trained on."""
    if readings is None:
        return questions
    from .train_weighing import WHOLE

    kept = [
        replace(q, answers=tuple(a for a in q.answers if (q.id, WHOLE, a.id) in readings.log_odds)) for q in questions
    ]
    return [question for question in kept if question.answers]


def _method(options: argparse.Namespace, questions: Sequence[GradedQuestion], readings: Readings | None) -> Method:
    if readings is None:
        return METHODS[options.method](questions)
    from .report.both import Both

    return Both(questions, readings)


def _read(file: Path | None) -> Readings | None:
    if file is None:
        return None
    from .train_weighing import read_readings

    return read_readings(file)


def _chosen(judged: list[Judged], known: Collection[tuple[str, str]]) -> list[Judged]:
    return [j for j in judged if (j.question.id, j.answer.id) in known] if known else judged


def _graded(questions: Sequence[GradedQuestion], method: Method, options: argparse.Namespace, report: _Report) -> None:
    """Everything about graded answers. Raises ValueError for what cannot be measured."""
    folds = options.folds or _ONE_AT_A_TIME
    scorers = scorers_of(method, questions, folds)
    known = {(q.id, a.id) for q in read_graded(options.only) for a in q.answers}
    judged = _chosen(judge_all(questions, scorers, method.bank), known)
    agreed = agreement.agreement(judged)
    report.add("agreement", agreed, agreement.lines(agreed))
    calibrated = calibration.calibration(judged)
    report.add("calibration", calibrated, calibration.lines(calibrated))
    if options.against:
        other = METHODS[options.against](questions)
        before = _chosen(judge_all(questions, scorers_of(other, questions, folds), other.bank), known)
        change, lines = _compared(options.against, judged, before)
        report.add("against", {"method": options.against, "change": change}, lines)
    if options.answers:
        lines = misses.answers(judged)
        report.add("answers", lines, lines)
    if options.misses:
        missed = misses.misses(judged, options.misses)
        report.add("misses", missed, misses.lines(missed))
    if options.fairness:
        fair = fairness.fairness(judged, scorers, method.bank)
        report.add("fairness", fair, fairness.lines(fair))
    if options.places:
        asked = list({j.question.id: j.question for j in judged}.values())
        found = places.places(asked, scorers, method.bank)
        report.add("places", found, places.lines(found))
    _trained_again(questions, method, options, report)


def _trained_again(
    questions: Sequence[GradedQuestion], method: Method, options: argparse.Namespace, report: _Report
) -> None:
    """What trains many times over."""
    folds = options.folds or SEVERAL_FOLDS
    if options.curve:
        from .report import curve

        steps = curve.curve(questions, method, options.curve, folds)
        report.add("curve", steps, curve.lines(steps))
    if options.gap:
        from .report import gap

        sides = gap.gap(questions, method, folds)
        report.add("gap", sides, gap.lines(sides))
    if options.ablate:
        from .report import ablation

        found = ablation.ablation(questions, method if isinstance(method, Trees) else Trees(questions), folds)
        report.add("ablation", found, ablation.lines(found))


def _refusal(options: argparse.Namespace, questions: Sequence[GradedQuestion]) -> str | None:
    """Why these options cannot be followed; None when they can."""
    trains = options.curve or options.gap or options.ablate
    learns = options.method == "trees" or options.against == "trees" or options.ablate
    if not questions and not options.public:
        return "no graded answers found; name files or folders of graded YAML, or --public FILE"
    if not questions and (trains or options.fairness or options.misses or options.answers or options.against):
        return "these reports are about graded answers; name files or folders of graded YAML"
    if questions and learns and min(len(questions), options.folds or len(questions)) < 2:
        return "leaving questions out needs at least two questions and two folds; use --shipped for one"
    if options.against == options.method:
        return f"--against {options.against} compares a method with itself"
    return None


def _failed(reason: object) -> int:
    print(f"evaluate: {reason}", file=sys.stderr)
    return 2


def main(arguments: Sequence[str]) -> int:
    """Runs the reports asked for; 2 on a wrong call."""
    options = _parser().parse_args(arguments)
    report = _Report()
    try:
        readings = _read(options.readings)
        questions = _with_readings(read_graded(options.paths), readings)
        refusal = _refusal(options, questions)
        if refusal:
            return _failed(refusal)
        method = _method(options, questions, readings)
        if questions:
            _graded(questions, method, options, report)
        sets = [public.public(path, method.shipped) for path in options.public]
    except (OSError, ValueError) as error:
        return _failed(error)
    if sets:
        report.add("public", sets, [line for found in sets for line in public.lines(found)])
    call: Mapping[str, Any] = {"method": options.method, "folds": options.folds}
    print(json.dumps({**call, **report.figures}, indent=2) if options.json else "\n".join(report.lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
