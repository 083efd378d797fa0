"""Whether stated confidence can be trusted: how often verdicts are right where the scorer says that it is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..measures import reliability
from ..scorer import ASK_BELOW
from .figures import mean, shown
from .judging import Judged, points

SURE = 0.85
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, SURE, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Bin:
    """Verdicts whose confidence lies in [low, low + 0.1): their number, mean confidence, and the share that is right."""

    low: float
    confidence: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Above:
    """Verdicts with at least this confidence: the share of them that is right, and their share of all."""

    threshold: float
    right: float
    share: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """`brier` is the mean squared difference of confidence and being right (Brier 1950), `gap` the mean over verdicts of
    how far the confidence of their bin is from the share right there. Asked are verdicts below ASK_BELOW."""

    brier: float
    gap: float
    bins: tuple[Bin, ...]
    sure: Above
    asked: float
    asked_right: float
    thresholds: tuple[Above, ...]


def calibration(judged: Sequence[Judged]) -> Calibration:
    """The calibration of at least one judged answer."""
    found = points(judged)
    bins = tuple(Bin(*row) for row in reliability([p.confidence for p in found], [p.right for p in found]))

    def above(threshold: float) -> Above:
        sure = [float(p.right) for p in found if p.confidence >= threshold]
        return Above(threshold, mean(sure), len(sure) / len(found))

    asked = [float(p.right) for p in found if p.confidence < ASK_BELOW]
    return Calibration(
        brier=mean([(p.confidence - p.right) ** 2 for p in found]),
        gap=sum(b.count * abs(b.confidence - b.right) for b in bins) / len(found),
        bins=bins,
        sure=above(SURE),
        asked=len(asked) / len(found),
        asked_right=mean(asked),
        thresholds=tuple(above(threshold) for threshold in THRESHOLDS),
    )


def lines(c: Calibration) -> list[str]:
    """The report of calibration."""
    return [
        f"calibration: Brier {c.brier:.3f}, mean gap of confidence and share right {c.gap:.3f}",
        "from   mean  right  count",
        *(f"{b.low:.1f}   {b.confidence:.3f}  {b.right:.3f}  {b.count:5d}" for b in c.bins),
        f"sure ({SURE} or more): {shown(c.sure.right, 0)} right, {c.sure.share:.3f} of all points",
        f"asked (below {ASK_BELOW}): {c.asked:.3f} of all points, of which {shown(c.asked_right, 0)} were right",
        "",
        "confidence   right  of all",
        *(f"{t.threshold:7.2f}    {shown(t.right)} {t.share:7.3f}" for t in c.thresholds),
    ]
