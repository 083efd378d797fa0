"""`python -m quizbot.scoring.train PATH…`: retrains the scorer's data files from graded answers, the same to the byte.

The files are `idf.txt`, `grammar.txt` and `weights.json` beside this module.

Needs numpy and PyYAML, which quizbot has at its core anyway. Gated answers (keyword lists, copies of the question) are left
out, because the model never sees them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from .align import align
from .boost import Settings, fit
from .compose import changed, compose, strangers
from .data import GradedQuestion, documents, read_graded
from .features import NAMES, features
from .grammar import as_text as grammar_text
from .grammar import grammar_of, shipped_grammar
from .idf import Idf, idf_of
from .model import VERDICTS
from .prepared import Prepared, prepare
from .scorer import gated
from .train_weighing import BARE, TEXT, WHOLE, CaseName, changed_name, opinions_of, read_readings, weighing_of
from .types import KeyPoint, VerdictName

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SETTINGS = Settings()
TEMPERATURE = 1.0
PRIOR = (1.0, 1.2, 1.05, 1.3)
"""Preferences of the decision, in the order of VERDICTS. Like SETTINGS and TEMPERATURE chosen on whole questions left out."""
COMPOSED, FOREIGN = 8, 20
COMPOSED_WEIGHT, CHANGED_WEIGHT, FOREIGN_WEIGHT, BARE_WEIGHT, LONE_WEIGHT = 0.15, 0.2, 0.1, 0.2, 0.4
"""Made-up answers and answers to other questions, a question, and how much such a case counts beside a graded answer. Bare
and lone cases are graded answers scored against claims alone, all together or one: a key point needs no more than that."""
_PACKAGE = Path(__file__).parent


@dataclass(slots=True)
class Rows:
    """One row per pair of answer and key point. `group` numbers the question; gated answers have weight 0.

    `case` and `point` say which answer of `train_weighing.read_cases` a row is about, if it is one, and which key point.
    """

    x: Floats
    y: NDArray[np.int64]
    group: NDArray[np.int64]
    weight: Floats
    case: list[CaseName | None]
    point: list[str]


def bank_of(questions: Sequence[GradedQuestion]) -> Idf:
    """Word statistics over the key points and answers of all questions."""
    return idf_of(text for question in questions for text in documents(question))


def rows_of(questions: Sequence[GradedQuestion], bank: Idf) -> Rows:
    """Features of all pairs, each question with word statistics that leave its own texts out."""
    x: list[list[float]] = []
    y: list[int] = []
    group: list[int] = []
    weight: list[float] = []
    named: list[CaseName | None] = []
    about: list[str] = []
    for number, question in enumerate(questions):
        idf = bank.without(documents(question))
        made = prepare(question.prompt, question.points, idf=idf, aliases=question.aliases)
        claims = [KeyPoint(point.id, point.claim) for point in question.points]
        bare = [
            prepare(question.prompt, claims, idf=idf),
            *(prepare(question.prompt, [claim], idf=idf) for claim in claims),
        ]
        random = Random(question.id)
        cases: list[tuple[Prepared, str, dict[str, VerdictName], float, CaseName | None]] = []
        for answer in question.answers:
            name = (question.id, WHOLE, answer.id)
            cases.append((made, answer.text, answer.gold, 1.0, name))
            cases.append((bare[0], answer.text, answer.gold, BARE_WEIGHT, (question.id, BARE, answer.id)))
            picked = sorted({random.randrange(1, len(bare)) for _ in range(2)})
            cases += [(bare[n], answer.text, answer.gold, LONE_WEIGHT, None) for n in picked]
            for variant, (text, gold) in enumerate(changed(question, answer)):
                name = (question.id, WHOLE, changed_name(answer.id, variant))
                cases.append((made, text, gold, CHANGED_WEIGHT, name))
        for composed in compose(question, COMPOSED, seed=1):
            ready = prepare(question.prompt, composed.points, idf=idf)
            cases.append((ready, composed.text, composed.gold, COMPOSED_WEIGHT, None))
        nothing: dict[str, VerdictName] = {point.id: "missing" for point in question.points}
        for text in strangers(question, questions):
            cases.append((made, text, nothing, FOREIGN_WEIGHT, (question.id, TEXT, text)))
        for other in random.sample(questions, min(FOREIGN, len(questions))):
            if other.id != question.id:
                cases.append((made, random.choice(other.answers).text, nothing, FOREIGN_WEIGHT, None))
        for ready, text, gold, counts, case in cases:
            found = align(ready, text)
            counts = 0.0 if gated(ready, found) else counts
            for point, row in zip(ready.key_points, features(ready, found), strict=True):
                x.append(row)
                y.append(VERDICTS.index(gold[point.id]))
                group.append(number)
                weight.append(counts)
                named.append(case)
                about.append(point.id)
    return Rows(np.array(x), np.array(y), np.array(group), np.array(weight), named, about)


def train_rows(rows: Rows, chosen: NDArray[np.bool_]) -> dict[str, Any]:
    """The JSON of `weights.json` for the chosen rows."""
    use = chosen & (rows.weight > 0)
    return {
        "about": "Written by python -m quizbot.scoring.train; do not edit.",
        "rows": int(use.sum()),
        "verdicts": list(VERDICTS),
        "features": list(NAMES),
        "temperature": TEMPERATURE,
        "prior": list(PRIOR),
        **fit(rows.x[use], rows.y[use], SETTINGS, rows.weight[use]),
    }


def train(questions: Sequence[GradedQuestion], rows: Rows) -> dict[str, Any]:
    """The JSON of `weights.json` for the given questions and their rows."""
    return {"questions": len(questions), **train_rows(rows, np.ones(len(rows.y), dtype=np.bool_))}


def as_text(data: dict[str, Any]) -> str:
    """The file: one tree a line, so that changes can be read."""
    head = {key: value for key, value in data.items() if key != "trees"}
    lines = [f"{json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in data["trees"])
    return "{\n" + "\n".join(lines) + '\n"trees": [\n' + trees + "\n]\n}\n"


def main(arguments: Sequence[str]) -> int:
    """Retrains from the paths given and writes the three files into the package."""
    parser = argparse.ArgumentParser(prog="python -m quizbot.scoring.train", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders of graded answers")
    parser.add_argument(
        "--leave-out",
        action="append",
        default=[],
        metavar="ID",
        help="a question not to train on, so that it can be tested as one the model has not seen; can be repeated",
    )
    parser.add_argument(
        "--readings", type=Path, metavar="FILE", help="fit the weighing too, from readings of left-out questions"
    )
    options = parser.parse_args(arguments)
    try:
        questions = read_graded(options.paths)
        readings = read_readings(options.readings) if options.readings else None
    except (OSError, ValueError) as error:
        print(f"train: {error}", file=sys.stderr)
        return 2
    unknown = sorted(set(options.leave_out) - {question.id for question in questions})
    if unknown:
        # A slip of the pen here would train on what the tests take for unseen.
        print(f"train: no graded answers to leave out: {', '.join(unknown)}", file=sys.stderr)
        return 2
    questions = [question for question in questions if question.id not in options.leave_out]
    if len(questions) < 2:
        print("train: at least two questions with graded answers are needed", file=sys.stderr)
        return 2
    bank = bank_of(questions)
    grammar = grammar_of(text for question in questions for text in documents(question))
    _PACKAGE.joinpath("grammar.txt").write_text(grammar_text(grammar), encoding="utf-8", newline="\n")
    shipped_grammar.cache_clear()
    rows = rows_of(questions, bank)
    data = train(questions, rows)
    _PACKAGE.joinpath("idf.txt").write_text(bank.as_text(), encoding="utf-8", newline="\n")
    _PACKAGE.joinpath("weights.json").write_text(as_text(data), encoding="utf-8", newline="\n")
    print(f"{data['questions']} questions, {data['rows']} rows, {len(data['trees'])} trees")
    if readings:
        opinions = opinions_of(rows, readings, len(questions))
        weighing = weighing_of(opinions, np.ones(len(opinions.y), dtype=np.bool_))
        _PACKAGE.joinpath("weighing.json").write_text(as_text(weighing), encoding="utf-8", newline="\n")
        print(f"weighing from {weighing['rows']} rows")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
