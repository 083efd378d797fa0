"""Fits how the trees and the reader are weighed, on questions that neither has seen.

The trees' opinions come from models trained without the question; the reader's from the readings that
`python -m quizbot.scoring.reader.fit --half` wrote, of questions that its network was not trained on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from .boost import Settings, fit
from .compose import changed
from .data import GradedQuestion
from .model import VERDICTS, model_from
from .types import KeyPoint
from .weigh import NAMES, row_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .train import Rows

    Floats = NDArray[np.float64]

CaseName = tuple[str, str, str]
"""Question, shape and name of an answer, as in `read_cases`."""

SETTINGS = Settings()
PRIOR = (1.0, 1.0, 1.0, 1.0)
"""Preferences of the decision, in the order of VERDICTS, chosen on whole questions left out."""
FOLDS = 6
WHOLE, BARE, TEXT = "whole", "bare", "text"
"""Shapes: key points with their phrasings, claims alone, and a text that is its own name: an answer to
another question, or what the evaluation makes."""
CHANGED_WEIGHT, BARE_WEIGHT, STRANGER_WEIGHT, OLDER_WEIGHT = 0.4, 0.5, 0.1, 0.3
"""How much a changed answer, one judged by claims alone, one to another question, and one read by an older network than the one
that is shipped count in the weighing beside a graded answer."""
_CHANGED_SHARE, _BARE_SHARE = 0.5, 0.34


@dataclass(frozen=True, slots=True)
class Readings:
    """What networks that had not seen a question said of answers to it: the log-odds of every key point.

    `older` are answers that were read by an older network, which is less sure of itself than the one that is shipped.
    """

    log_odds: Mapping[CaseName, Mapping[str, Sequence[float]]]
    older: frozenset[CaseName] = frozenset()


def read_readings(path: Path) -> Readings:
    """The readings in a file of JSON Lines. Raises ValueError that names file and line, and OSError."""
    found: dict[CaseName, dict[str, tuple[float, ...]]] = {}
    older: set[CaseName] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            data = json.loads(line)
            name = (data["question"], data["shape"], data["answer"])
            found[name] = {
                point: (float(a), float(b), float(c), float(d)) for point, (a, b, c, d) in data["log_odds"].items()
            }
            if data.get("older"):
                older.add(name)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}:{number}: not a reading: {error}") from error
    return Readings(found, frozenset(older))


@dataclass(slots=True)
class Opinions:
    """One row of `weigh.NAMES` per answer that was read and key point: gold verdict, number of the question, weight."""

    x: Floats
    y: NDArray[np.int64]
    group: NDArray[np.int64]
    weight: Floats


def opinions_of(rows: Rows, readings: Readings, questions: int, folds: int = FOLDS) -> Opinions:
    """What both sides say of every answer that is not gated and has a reading; `rows` as `train.rows_of` makes them."""
    from .train import train_rows

    read = np.array([case in readings.log_odds for case in rows.case]) & (rows.weight > 0)
    count = min(folds, questions)
    x: dict[int, list[float]] = {}
    for fold in range(count):
        inside = rows.group % count == fold
        model = model_from(train_rows(rows, ~inside))
        for at in np.flatnonzero(inside & read).tolist():
            case = rows.case[at]
            assert case is not None
            alone = model.probabilities(rows.x[at].tolist())
            x[at] = row_of(rows.x[at].tolist(), alone, readings.log_odds[case][rows.point[at]])
    order = sorted(x)
    weight = [_weight(rows.case[at], readings) for at in order]
    return Opinions(np.array([x[at] for at in order]), rows.y[order], rows.group[order], np.array(weight))


def _weight(case: CaseName | None, readings: Readings) -> float:
    assert case is not None
    _, shape, name = case
    counts = {BARE: BARE_WEIGHT, TEXT: STRANGER_WEIGHT}.get(shape, CHANGED_WEIGHT if _BETWEEN in name else 1.0)
    return counts * (OLDER_WEIGHT if case in readings.older else 1.0)


def weighing_of(opinions: Opinions, chosen: NDArray[np.bool_]) -> dict[str, Any]:
    """The JSON of `weighing.json`, fitted on the chosen rows."""
    return {
        "about": "Written by python -m quizbot.scoring.train; do not edit.",
        "rows": int(chosen.sum()),
        "verdicts": list(VERDICTS),
        "features": list(NAMES),
        "temperature": 1.0,
        "prior": list(PRIOR),
        **fit(opinions.x[chosen], opinions.y[chosen], SETTINGS, opinions.weight[chosen]),
    }


_BETWEEN = "~"


def changed_name(answer: str, number: int) -> str:
    """The name of an answer as training changes it the `number`th time."""
    return f"{answer}{_BETWEEN}{number}"


def read_cases(question: GradedQuestion) -> Iterator[tuple[str, Sequence[KeyPoint], dict[str, str]]]:
    """What the weighing wants read of a question: (shape, key points, answer's name to text).

    The shape is `whole`, or `bare` for some answers read against claims alone. Of the answers as training changes them, about
    half are read; they are named after their answer and a number.
    """
    texts = {answer.id: answer.text for answer in question.answers}
    for answer in question.answers:
        for number, (text, _) in enumerate(changed(question, answer)):
            if Random(f"read:{answer.id}:{number}").random() < _CHANGED_SHARE:
                texts[changed_name(answer.id, number)] = text
    yield WHOLE, question.points, texts
    bare = {a.id: a.text for a in question.answers if Random(f"bare:{a.id}").random() < _BARE_SHARE}
    if bare and any(point.accept or point.reject for point in question.points):
        yield BARE, [KeyPoint(point.id, point.claim) for point in question.points], bare
