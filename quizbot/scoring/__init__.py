"""Scoring: an answer and key points in, verdicts with the user's own words as evidence out.

Pure: no files but the package's own data, no clock, no chance. `score` is the contract; `prepare` and `score_prepared`
serve callers that score often. Nothing heavy is imported.
"""

from __future__ import annotations

from .prepared import Prepared, prepare
from .scorer import ASK_BELOW, score, score_prepared, support
from .types import Evidence, KeyPoint, Misconception, PointVerdict, Reject, Score

__all__ = [
    "ASK_BELOW",
    "Evidence",
    "KeyPoint",
    "Misconception",
    "PointVerdict",
    "Prepared",
    "Reject",
    "Score",
    "prepare",
    "score",
    "score_prepared",
    "support",
]
