"""How sure a figure is: intervals by bootstrap over whole questions, since answers to one question are alike.

Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, percentile intervals (chapter 13) over clusters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from ..model import VERDICTS
from .judging import Judged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 1000
SEED = 7
SHARE = 0.95
_NO_SPREAD = 1e-9


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the bounds between which 95 % of its resamples lie."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"

    def signed(self) -> str:
        """The same for a difference."""
        return f"{self.value:+.3f} ({self.low:+.3f} to {self.high:+.3f})"


@dataclass(frozen=True, slots=True)
class Intervals:
    """Verdict accuracy, macro-F1, and Pearson's r of score with grade."""

    accuracy: Interval
    macro_f1: Interval
    r: Interval


def intervals(judged: Sequence[Judged]) -> Intervals:
    """The three figures of some judged answers with their intervals; one question alone has none and gets its figure twice."""
    names = sorted({j.question.id for j in judged})
    draws = _draws(len(names))
    return _intervals(*(draws @ table for table in _tables(judged, names)))


def differences(judged: Sequence[Judged], before: Sequence[Judged]) -> Intervals:
    """How much better `judged` is than `before`, the same questions judged by another scorer, resampled in pairs.

    Raises ValueError when the questions are not the same.
    """
    names = sorted({j.question.id for j in judged})
    if names != sorted({j.question.id for j in before}):
        raise ValueError("only scorers that judged the same questions can be compared")
    draws = _draws(len(names))
    after_rows = _figures(*(draws @ table for table in _tables(judged, names)))
    before_rows = _figures(*(draws @ table for table in _tables(before, names)))
    return Intervals(*(_interval(one - other) for one, other in zip(after_rows, before_rows, strict=True)))


def _draws(count: int) -> Floats:
    """How often each question is drawn, (1 + RESAMPLES, count); the first row has every question once."""
    import numpy as np

    random = Random(SEED)
    drawn = [np.bincount(random.choices(range(count), k=count), minlength=count) for _ in range(RESAMPLES)]
    return np.stack([np.ones(count), *drawn])


def _tables(judged: Sequence[Judged], names: Sequence[str]) -> tuple[Floats, Floats]:
    """Per question the counts of gold and given verdicts (n, 16) and the sums of scores and grades (n, 6)."""
    import numpy as np

    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(VERDICTS) ** 2))
    sums = np.zeros((len(names), 6))
    # Centred, so that the spread is no small difference of large sums.
    middle = sum(j.score.score for j in judged) / len(judged)
    middle_grade = sum(j.answer.grade for j in judged) / len(judged)
    for j in judged:
        row = place[j.question.id]
        for point in j.score.points:
            gold = VERDICTS.index(j.answer.gold[point.id])
            counts[row, gold * len(VERDICTS) + VERDICTS.index(point.verdict)] += 1
        x, y = j.score.score - middle, j.answer.grade - middle_grade
        sums[row] += (1.0, x, y, x * x, y * y, x * y)
    return counts, sums


def _figures(counts: Floats, sums: Floats) -> tuple[Floats, Floats, Floats]:
    """Accuracy, macro-F1 and r of every resample from its counts and sums."""
    import numpy as np

    grid = counts.reshape(-1, len(VERDICTS), len(VERDICTS))
    hits = np.diagonal(grid, axis1=1, axis2=2)
    total = grid.sum(axis=(1, 2))
    either = grid.sum(axis=1) + grid.sum(axis=2)
    f1 = np.divide(2 * hits, either, out=np.zeros_like(hits), where=either > 0)
    accuracy = np.divide(hits.sum(axis=1), total, out=np.zeros_like(total), where=total > 0)
    n, x, y, xx, yy, xy = sums.T
    spread = np.maximum(0.0, n * xx - x * x) * np.maximum(0.0, n * yy - y * y)
    known = spread > _NO_SPREAD
    r = np.divide(n * xy - x * y, np.sqrt(np.where(known, spread, 1.0)), out=np.zeros_like(n), where=known)
    return accuracy, f1.mean(axis=1), r


def _intervals(counts: Floats, sums: Floats) -> Intervals:
    return Intervals(*(_interval(row) for row in _figures(counts, sums)))


def _interval(row: Floats) -> Interval:
    import numpy as np

    low, high = np.quantile(row[1:], [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return Interval(float(row[0]), float(low), float(high))
