"""`python -m quizbot.scoring.evaluate PATH…`: how well the scorer agrees with graded answers it was not trained on.

Every question is scored by a model trained on the other questions, with word statistics that leave its texts out.
`--shipped` measures the model in the package instead; `--robustness` adds how scores move when answers are changed;
`--misses N` lists verdicts that went wrong; `--public FILE.jsonl` measures the shipped model on a public set.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from .data import GradedAnswer, GradedQuestion, documents, read_graded
from .idf import Idf
from .measures import accuracy, auc, f1, macro_f1, median, pearson, reliability
from .model import VERDICTS, Model, model_from
from .prepared import Prepared, prepare
from .robust import BREAKS, JUNK, KEEPS, Change
from .scorer import ASK_BELOW, score_prepared
from .types import KeyPoint, Score

SURE = 0.85
_STRONG = 40.0


@dataclass(slots=True)
class Judged:
    """One graded answer with the score it was given."""

    question: GradedQuestion
    answer: GradedAnswer
    score: Score


def left_out_models(
    questions: Sequence[GradedQuestion], bank: Idf, folds: int
) -> Iterator[tuple[GradedQuestion, Model]]:
    """Every question with a model that saw none of its answers; `folds` >= the number of questions leaves out one at a time."""
    from .train import rows_of, train_rows

    rows = rows_of(questions, bank)
    count = min(folds, len(questions))
    for fold in range(count):
        model = model_from(train_rows(rows, rows.group % count != fold))
        for number, question in enumerate(questions):
            if number % count == fold:
                yield question, model


def _prepared(question: GradedQuestion, role: str, bank: Idf | None) -> Prepared:
    idf = bank.without(documents(question)) if bank else None
    return prepare(question.prompt, question.points_for(role), idf=idf)


def judge(question: GradedQuestion, model: Model | None, bank: Idf | None) -> list[Judged]:
    """The answers of one question, scored with the weights of their roles; no `bank` means the shipped word statistics."""
    ready = {role: _prepared(question, role, bank) for role in sorted({answer.role for answer in question.answers})}
    return [Judged(question, a, score_prepared(ready[a.role], a.text, a.role, model=model)) for a in question.answers]


def table(judged: Sequence[Judged]) -> list[str]:
    """The report of agreement as lines."""
    gold = [j.answer.gold[p.id] for j in judged for p in j.score.points]
    given = [p.verdict for j in judged for p in j.score.points]
    confidence = [p.confidence for j in judged for p in j.score.points]
    right = [a == b for a, b in zip(gold, given, strict=True)]
    scores = [j.score.score for j in judged]
    grades = [j.answer.grade for j in judged]
    lines = [
        f"answers {len(judged)}, verdicts {len(gold)}, questions {len({j.question.id for j in judged})}",
        f"accuracy {accuracy(gold, given):.3f}   macro-F1 {macro_f1(gold, given, VERDICTS):.3f}",
        f"r of score with grade {pearson(scores, grades):.3f}",
        "F1 " + "   ".join(f"{label} {f1(gold, given, label):.3f}" for label in VERDICTS),
        "",
        "gold \\ given  " + "".join(f"{label:>14s}" for label in VERDICTS),
    ]
    for label in VERDICTS:
        counts = [sum(1 for a, b in zip(gold, given, strict=True) if (a, b) == (label, other)) for other in VERDICTS]
        lines.append(f"{label:13s} " + "".join(f"{count:14d}" for count in counts))
    lines += ["", "style                     verdicts  accuracy"]
    styles: dict[str, list[bool]] = {}
    for j in judged:
        styles.setdefault(j.answer.style, []).extend(j.answer.gold[p.id] == p.verdict for p in j.score.points)
    for style, hits in sorted(styles.items(), key=lambda item: (sum(item[1]) / len(item[1]), item[0])):
        lines.append(f"{style:24s} {len(hits):9d}  {sum(hits) / len(hits):8.3f}")
    brier = sum((c - r) ** 2 for c, r in zip(confidence, right, strict=True)) / len(right)
    sure = [r for c, r in zip(confidence, right, strict=True) if c >= SURE]
    asked = sum(1 for c in confidence if c < ASK_BELOW) / len(confidence)
    lines += ["", f"calibration of confidence: Brier {brier:.3f}", "from   mean  right  count"]
    lines += [
        f"{low:.1f}   {mean:.3f}  {share:.3f}  {count:5d}" for low, mean, share, count in reliability(confidence, right)
    ]
    lines.append(
        f"confidence of {SURE} or more: {sum(sure) / max(1, len(sure)):.3f} right, {len(sure) / len(right):.3f} of all; "
        f"asked (below {ASK_BELOW}): {asked:.3f}"
    )
    return lines


def answers(judged: Sequence[Judged]) -> list[str]:
    """One line an answer: style, grade, score, and every key point whose given verdict differs from the gold one."""
    lines = []
    for j in judged:
        wrong = [
            f"{verdict.id} {j.answer.gold[verdict.id]}>{verdict.verdict}"
            for verdict in j.score.points
            if verdict.verdict != j.answer.gold[verdict.id]
        ]
        right = f"{len(j.score.points) - len(wrong)}/{len(j.score.points)}"
        head = (
            f"{j.answer.id:<20} {j.answer.style:<22} grade {j.answer.grade:>4} score {j.score.score:>5} right {right}"
        )
        lines.append(f"{head}  {'; '.join(wrong)}".rstrip())
    return lines


def misses(judged: Sequence[Judged], limit: int) -> list[str]:
    """Verdicts that went wrong, the most confident first: missed positives and false positives with claim and evidence."""
    found = []
    for j in judged:
        for point, verdict in zip(j.question.points, j.score.points, strict=True):
            gold = j.answer.gold[point.id]
            if gold != verdict.verdict:
                said = " … ".join(span.text for span in verdict.evidence) or "no evidence"
                line = f"{j.answer.id} {point.id} [{j.answer.style}]: gold {gold}, given {verdict.verdict} "
                found.append((-verdict.confidence, line + f"({verdict.confidence:.2f}): {point.claim} <- {said}"))
    return [line for _, line in sorted(found)[:limit]]


def robustness(questions: Sequence[GradedQuestion], models: dict[str, Model | None], bank: Idf) -> list[str]:
    """How the scores of good answers move under changes, as shares, with the median and the mean."""
    ready = {(q.id, role): _prepared(q, role, bank) for q in questions for role in ("technical", "managerial")}

    def scored(question: GradedQuestion, role: str, text: str) -> float:
        return score_prepared(ready[question.id, role], text, role, model=models[question.id]).score

    strong = []
    for question in questions:
        for answer in question.answers:
            if answer.style.startswith("strong"):
                base = scored(question, answer.role, answer.text)
                if base >= _STRONG:
                    strong.append((question, answer, base))
    lines = [f"robustness over {len(strong)} strong answers that score {_STRONG:.0f} or more: mean (median)"]

    def row(name: str, change: Change, share_of_own: bool) -> str:
        random = Random(name)
        values = []
        for question, answer, base in strong:
            value = scored(question, answer.role, change(answer.text, question, random))
            values.append(value / (base if share_of_own else 100.0))
        mean = sum(values) / max(1, len(values))
        return f"{name:22s} {mean:6.3f} ({median(values):.3f})"

    lines += [row(name, change, True) for name, change in KEEPS.items()]
    lines += [row(name, change, True) for name, change in BREAKS.items()]
    lines += [row(name, change, False) for name, change in JUNK.items()]
    values = []
    for number, (_, answer, _) in enumerate(strong):
        other = questions[(number * 7 + 3) % len(questions)]
        if other.id != strong[number][0].id:
            values.append(scored(other, answer.role, answer.text) / 100)
    lines.append(f"{'other question':22s} {sum(values) / max(1, len(values)):6.3f} ({median(values):.3f})")
    return lines


def public(path: Path) -> list[str]:
    """Agreement with a public set in the JSON Lines format of short-answer grading, by the shipped model."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    ready: dict[tuple[str, str], Prepared] = {}
    given_credit: list[float] = []
    for row in rows:
        key = (row["question_id"], json.dumps(row["key_points"]))
        if key not in ready:
            points = [KeyPoint(str(n), claim) for n, claim in enumerate(row["key_points"])]
            ready[key] = prepare(row["question"], points)
        given = score_prepared(ready[key], row["answer"])
        given_credit.append(sum(max(0.0, p.credit) for p in given.points) / max(1, len(given.points)))
    grades = [float(row["score"]) for row in rows]
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(row["question_id"], []).append(number)
    varied = [group for group in groups.values() if len({grades[i] for i in group}) > 1]
    within = [pearson([given_credit[i] for i in group], [grades[i] for i in group]) for group in varied]
    gold = ["correct" if grade >= 0.999 else "rest" for grade in grades]
    given_labels = ["correct" if credit >= 0.5 else "rest" for credit in given_credit]
    above = auc(
        [c for c, g in zip(given_credit, gold, strict=True) if g == "correct"],
        [c for c, g in zip(given_credit, gold, strict=True) if g == "rest"],
    )
    return [
        f"{path.name}: {len(rows)} answers, {len(groups)} questions",
        f"r {pearson(given_credit, grades):.3f}   r per question {sum(within) / max(1, len(within)):.3f}",
        f"AUC {above:.3f}   macro-F1 {macro_f1(gold, given_labels, ('correct', 'rest')):.3f}",
    ]


def main(arguments: Sequence[str]) -> int:
    """Runs the reports asked for; 2 on a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m quizbot.scoring.evaluate", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="files or folders of graded answers")
    parser.add_argument("--folds", type=int, default=1000, help="groups left out together (default: one question)")
    parser.add_argument("--shipped", action="store_true", help="measure the model in the package instead of training")
    parser.add_argument("--robustness", action="store_true", help="how scores move when answers are changed")
    parser.add_argument(
        "--answers", action="store_true", help="one line an answer: gold and given verdicts that differ"
    )
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list the N most confident wrong verdicts")
    parser.add_argument(
        "--public", type=Path, action="append", default=[], metavar="FILE", help="a public set, JSON Lines"
    )
    options = parser.parse_args(arguments)
    try:
        questions = read_graded(options.paths)
        reports = [line for path in options.public for line in public(path)]
    except (OSError, ValueError, KeyError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    if not questions and not options.public:
        print(
            "evaluate: no graded answers found; name files or folders of graded YAML, or --public FILE", file=sys.stderr
        )
        return 2
    if questions:
        from .train import bank_of

        bank = bank_of(questions)
        models: dict[str, Model | None] = {question.id: None for question in questions}
        if not options.shipped:
            if len(questions) < 2:
                print("evaluate: leaving questions out needs at least two; use --shipped for one", file=sys.stderr)
                return 2
            models |= {question.id: model for question, model in left_out_models(questions, bank, options.folds)}
        own = None if options.shipped else bank
        judged = [j for question in questions for j in judge(question, models[question.id], own)]
        print("\n".join(table(judged)))
        if options.answers:
            print("\n" + "\n".join(answers(judged)))
        if options.misses:
            print("\n" + "\n".join(misses(judged, options.misses)))
        if options.robustness:
            print("\n" + "\n".join(robustness(questions, models, bank)))
    if reports:
        print("\n".join(reports))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
