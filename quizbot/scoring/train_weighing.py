"""Fits how the trees and the reader are weighed, on questions that neither has seen.

The trees' opinions come from models trained without the question; the reader's from the readings that
`python -m quizbot.scoring.reader.fit --half` wrote, of questions that its network was not trained on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .boost import Settings, fit
from .data import GradedQuestion
from .model import VERDICTS, model_from
from .weigh import NAMES, row_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .train import Rows

    Floats = NDArray[np.float64]

Readings = Mapping[tuple[str, str], Mapping[str, Sequence[float]]]
"""(question, answer) to the log-odds of every key point."""

SETTINGS = Settings()
PRIOR = (1.0, 1.0, 1.0, 1.0)
"""Preferences of the decision, in the order of VERDICTS, chosen on whole questions left out."""
FOLDS = 6


def read_readings(path: Path) -> dict[tuple[str, str], dict[str, tuple[float, ...]]]:
    """The readings in a file of JSON Lines. Raises ValueError that names file and line, and OSError."""
    found: dict[tuple[str, str], dict[str, tuple[float, ...]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            data = json.loads(line)
            found[data["question"], data["answer"]] = {
                point: (float(a), float(b), float(c), float(d)) for point, (a, b, c, d) in data["log_odds"].items()
            }
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}:{number}: not a reading: {error}") from error
    return found


@dataclass(slots=True)
class Opinions:
    """One row of `weigh.NAMES` per graded answer and key point, the gold verdict, the question's number."""

    x: Floats
    y: NDArray[np.int64]
    group: NDArray[np.int64]


def opinions_of(questions: Sequence[GradedQuestion], rows: Rows, readings: Readings, folds: int = FOLDS) -> Opinions:
    """What both sides say of every graded answer that is not gated and has a reading; rows as `train.rows_of` makes them."""
    from .train import train_rows

    trees = np.zeros((len(rows.y), len(VERDICTS)))
    count = min(folds, len(questions))
    for fold in range(count):
        inside = rows.group % count == fold
        model = model_from(train_rows(rows, ~inside))
        for at in np.flatnonzero(inside & rows.graded):
            trees[at] = model.probabilities(rows.x[at].tolist())
    x, y, group = [], [], []
    places = iter(np.flatnonzero(rows.graded))
    for number, question in enumerate(questions):
        for answer in question.answers:
            reading = readings.get((question.id, answer.id))
            for point in question.points:
                at = next(places)
                if reading is not None and rows.weight[at] > 0:
                    x.append(row_of(rows.x[at].tolist(), trees[at].tolist(), reading[point.id]))
                    y.append(int(rows.y[at]))
                    group.append(number)
    return Opinions(np.array(x), np.array(y), np.array(group))


def weighing_of(opinions: Opinions, chosen: NDArray[np.bool_]) -> dict[str, Any]:
    """The JSON of `weighing.json`, fitted on the chosen rows."""
    return {
        "about": "Written by python -m quizbot.scoring.train; do not edit.",
        "rows": int(chosen.sum()),
        "verdicts": list(VERDICTS),
        "features": list(NAMES),
        "temperature": 1.0,
        "prior": list(PRIOR),
        **fit(opinions.x[chosen], opinions.y[chosen], SETTINGS, np.ones(int(chosen.sum()))),
    }
