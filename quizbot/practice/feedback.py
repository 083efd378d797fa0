"""What a score tells the person who answered, in the order in which it helps; shared by the screens and line mode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizbot.content.records import KeyPoint, Question, Role, VerdictName
from quizbot.scoring import ASK_BELOW, Misconception, PointVerdict, Score

FLAG_TEXTS = {
    "keyword-list": "This reads as a list of words. Terms alone earn nothing: say what each one does and why.",
    "copies-question": "Much of this repeats the question. Only what you add to it counts.",
    "off-topic": "Little of this is about the question.",
    "other-language": "This does not look like English, and quizbot scores English only. Judge it yourself.",
    "unsure": "quizbot is not sure about some points of this answer. Judge those yourself.",
}
# Marks are never alone: the word stands beside them, for those who cannot see or hear the difference.
MARKS: Mapping[VerdictName, str] = {"covered": "✓", "partial": "◐", "missing": "○", "contradicted": "✗"}
_ORDER = {"contradicted": 0, "missing": 1, "partial": 2, "covered": 3}


@dataclass(frozen=True, slots=True)
class PointFeedback:
    """One key point with its verdict; `weight` is that of the role, 0 for a bonus."""

    point: KeyPoint
    verdict: PointVerdict
    wrong: Misconception | None
    weight: int

    @property
    def sure(self) -> bool:
        """False where the scorer asks the user to judge."""
        return self.verdict.confidence >= ASK_BELOW

    @property
    def urgency(self) -> tuple[bool, int, int]:
        """Sorts what is to be put right first: wrong, then missing, partial and covered, by weight; bonus points last."""
        return (self.weight == 0, _ORDER[self.verdict.verdict], -self.weight)


def points_in_order(question: Question, score: Score, role: Role) -> list[PointFeedback]:
    """Every key point with its verdict, in the author's order."""
    verdicts = {verdict.id: verdict for verdict in score.points}
    wrong = {misconception.point: misconception for misconception in score.misconceptions}
    return [
        PointFeedback(point, verdicts[point["id"]], wrong.get(point["id"]), point["weight"].get(role, 0))
        for point in question["key_points"]
        if point["id"] in verdicts
    ]


def ordered_points(question: Question, score: Score, role: Role) -> list[PointFeedback]:
    """As `points_in_order`, with what is to be put right first."""
    return sorted(points_in_order(question, score, role), key=lambda entry: entry.urgency)
