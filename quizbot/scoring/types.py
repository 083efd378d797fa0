"""The words of a score: key points going in, verdicts with evidence coming out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

VerdictName = Literal["covered", "partial", "missing", "contradicted"]
Band = Literal["weak", "developing", "solid", "strong"]

VALUES: dict[VerdictName, float] = {"covered": 1.0, "partial": 0.5, "missing": 0.0, "contradicted": -0.5}
SCORER_VERSION = "3"
"""Changes when the same answer may get other verdicts than before; recorded with every attempt."""

PASS_MARK = 55.0
BANDS: tuple[tuple[float, Band], ...] = ((80.0, "strong"), (55.0, "solid"), (30.0, "developing"), (0.0, "weak"))


@dataclass(frozen=True, slots=True)
class Reject:
    """A statement that contradicts a key point, and the author's reason why it is wrong."""

    says: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One claim that an answer is checked for.

    `accept`, `partial` and `reject` are phrasings that cover it, half cover it or contradict it. `weight` (0 to 3) is that of
    the role being scored; 0 means shown but not scored.
    """

    id: str
    claim: str
    accept: Sequence[str] = ()
    partial: Sequence[str] = ()
    reject: Sequence[Reject] = ()
    weight: float = 1
    why: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The user's own words behind a verdict: `answer[start:end] == text`, in Unicode code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """The verdict on one key point.

    `credit` in [-0.5, 1] is the expected credit before thresholds, `confidence` in [0, 1] how sure the scorer is of the
    verdict. `matched` names the phrasing it rests on: claim, accept[i], partial[i], reject[i], reversal, or None when missing.
    """

    id: str
    verdict: VerdictName
    credit: float
    confidence: float
    evidence: tuple[Evidence, ...]
    matched: str | None


@dataclass(frozen=True, slots=True)
class Misconception:
    """Something the answer says that is wrong, as the author (or the reversed claim) words it, and why."""

    point: str
    says: str
    because: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The result of scoring one answer. `score` is in [0, 100]; `flags` are listed in DESIGN.md."""

    role: str | None
    score: float
    band: Band
    passed: bool
    points: tuple[PointVerdict, ...]
    misconceptions: tuple[Misconception, ...]
    flags: tuple[str, ...]
    next: str

    def as_json(self) -> dict[str, Any]:
        """The score as plain JSON data, with the key names of the contract."""
        data = asdict(self)
        data["pass"] = data.pop("passed")
        return {
            key: data[key] for key in ("role", "score", "band", "pass", "points", "misconceptions", "flags", "next")
        }


def band_of(score: float) -> Band:
    """The band of a score in [0, 100]: weak below 30, developing below 55, solid below 80, strong from 80."""
    return next(band for limit, band in BANDS if score >= limit)


def weighted_score(verdicts: Sequence[tuple[VerdictName, float]]) -> float:
    """100 · max(0, Σ weight·value / Σ weight) over (verdict, weight) pairs, to one decimal; 0 when all weights are 0."""
    total = sum(weight for _, weight in verdicts)
    if total <= 0:
        return 0.0
    return round(100 * max(0.0, sum(VALUES[verdict] * weight for verdict, weight in verdicts) / total), 1)
