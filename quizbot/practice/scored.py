"""A question as one role is asked it: the prompt, the weighted key points, and the score of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from quizbot.content.records import KeyPoint as KeyPointRecord
from quizbot.content.records import Question, Role
from quizbot.scoring import KeyPoint, Prepared, Reject, Score, prepare, score_prepared


def default_role(question: Question) -> Role:
    """The role a question is asked for when none is chosen: its first."""
    return question["roles"][0]


def prompt_for(question: Question, role: Role) -> str:
    """What the interviewer asks this role; the title, where the role has no prompt of its own."""
    variant = question["variants"].get(role)
    return variant["prompt"] if variant else question["title"]


def model_answer_for(question: Question, role: Role) -> str:
    """The answer written for this role, or else the general one."""
    variant = question["variants"].get(role)
    return variant["answer"] if variant else question["answer"]["model_answer"]


def key_points_for(question: Question, role: Role) -> tuple[KeyPoint, ...]:
    """The key points with the weights of `role`; a weight left out is 0: shown, not scored."""
    return _weighted(question["key_points"], role)


def _weighted(points: Sequence[KeyPointRecord], role: Role) -> tuple[KeyPoint, ...]:
    return tuple(
        KeyPoint(
            id=point["id"],
            claim=point["claim"],
            accept=tuple(point["accept"]),
            partial=tuple(point["partial"]),
            reject=tuple(Reject(wrong["says"], wrong["because"]) for wrong in point["reject"]),
            weight=point["weight"].get(role, 0),
            why=point["why"],
        )
        for point in points
    )


def aliases_for(question: Question) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The terms of this question with their other wordings, as the scorer takes them."""
    return tuple((alias["term"], tuple(alias["also"])) for alias in question["aliases"])


def prepare_question(question: Question, role: Role) -> Prepared:
    """The part of scoring that does not depend on the answer, to be kept while one question is practised.

    The words of the prompt and of the title earn no credit by themselves.
    """
    asked = f"{question['title']}\n{prompt_for(question, role)}"
    return prepare(asked, key_points_for(question, role), aliases=aliases_for(question))


def prepare_points(asked: str, points: Sequence[KeyPointRecord], role: Role) -> Prepared:
    """As `prepare_question`, for key points whose question is still to be written."""
    return prepare(asked, _weighted(points, role))


def score_answer(question: Question, role: Role, answer: str) -> Score:
    """Score one answer to one question."""
    return score_prepared(prepare_question(question, role), answer, role)
