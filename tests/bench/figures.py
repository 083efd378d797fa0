"""Repeated measurements reduced to what is worth printing."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """Repeated measurements of one thing, in one unit."""

    median: float
    low: float
    high: float
    runs: int

    def __str__(self) -> str:
        digits = 2 if self.median < 10 else 0
        return f"{self.median:.{digits}f} ({self.low:.{digits}f} to {self.high:.{digits}f})"

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {key: round(value, 4) for key, value in asdict(self).items()}


def figure(values: Sequence[float]) -> Figure:
    """Median, smallest and largest of at least one value."""
    return Figure(statistics.median(values), min(values), max(values), len(values))


def ratios(above: Sequence[float], below: Sequence[float]) -> Figure:
    """Run by run, since the runs were interleaved: what slows the machine down for a while slows both sides."""
    return figure([a / b for a, b in zip(above, below, strict=True)])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of all values do not exceed."""
    ordered = sorted(values)
    place = next(index for index in range(1, len(ordered) + 1) if index >= share * len(ordered))
    return ordered[place - 1]
