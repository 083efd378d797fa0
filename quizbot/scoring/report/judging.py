"""Graded answers judged: the one place where the evaluation scores anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..data import GradedAnswer, GradedQuestion, documents
from ..idf import Idf
from ..prepared import Prepared, prepare
from ..types import Score, VerdictName

Scorer = Callable[[Prepared, str, str], Score]
"""Scores a text against prepared key points whose weights are those of a role: (prepared, text, role)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One graded answer with the score it was given."""

    question: GradedQuestion
    answer: GradedAnswer
    score: Score


@dataclass(frozen=True, slots=True)
class Point:
    """One key point of one answer: the gold verdict, the given one, and the confidence in [0, 1] that was stated."""

    gold: VerdictName
    given: VerdictName
    confidence: float

    @property
    def right(self) -> bool:
        """Whether both verdicts are the same."""
        return self.gold == self.given


def judge(
    question: GradedQuestion,
    scorer: Scorer,
    *,
    answers: Sequence[GradedAnswer] | None = None,
    bank: Idf | None = None,
) -> list[Judged]:
    """The answers of a question, or others in their place, scored with the weights of their roles.

    The word statistics are those of `bank` without the question's own texts; no `bank` means those in the package.
    """
    chosen = question.answers if answers is None else answers
    idf = bank.without(documents(question)) if bank is not None else None
    roles = sorted({answer.role for answer in chosen})
    ready = {
        role: prepare(question.prompt, question.points_for(role), idf=idf, aliases=question.aliases) for role in roles
    }
    return [Judged(question, answer, scorer(ready[answer.role], answer.text, answer.role)) for answer in chosen]


def points(judged: Iterable[Judged]) -> list[Point]:
    """All key points of all answers, in order."""
    return [Point(j.answer.gold[p.id], p.verdict, p.confidence) for j in judged for p in j.score.points]
