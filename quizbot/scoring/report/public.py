"""Agreement with public sets of short answers, each key point a sentence of the reference answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..data import GradedAnswer, GradedQuestion
from ..measures import auc, macro_f1, pearson
from ..types import KeyPoint
from .figures import mean
from .judging import Scorer, judge

CORRECT = 0.999
"""Public score from which an answer counts as correct."""
EARNED = 0.5
"""Mean credit from which the scorer counts it as correct."""
_ROLE = "technical"


@dataclass(frozen=True, slots=True)
class Public:
    """r is of mean credit with the public score, over all answers and as the mean over questions whose scores vary; AUC and
    macro-F1 are of correct answers against the rest."""

    name: str
    answers: int
    questions: int
    r: float
    r_per_question: float
    auc: float
    macro_f1: float


def read_public(path: Path) -> tuple[list[GradedQuestion], list[str]]:
    """Questions with their answers from JSON Lines, one for each set of key points, and the public id of each.

    A line has question_id, question, key_points, answer and score in [0, 1]; the score is kept as the grade.
    Raises OSError, and ValueError that names file and line.
    """
    asked: dict[tuple[str, str], dict[str, Any]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            claims = [str(claim) for claim in row["key_points"]]
            name, text, score = str(row["question_id"]), str(row["answer"]), float(row["score"])
            prompt = str(row["question"])
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: not a line of a public set: {error}") from error
        own = asked.setdefault((name, json.dumps(claims)), {"prompt": prompt, "claims": claims, "answers": []})
        own["answers"].append(GradedAnswer(f"{name}:{number}", text, "", _ROLE, {}, score))
    if not asked:
        raise ValueError(f"{path}: no answers in this file")
    questions = []
    for number, own in enumerate(asked.values()):
        points = tuple(KeyPoint(str(place), claim) for place, claim in enumerate(own["claims"]))
        weights = {point.id: {_ROLE: 1.0} for point in points}
        questions.append(GradedQuestion(f"{number}", own["prompt"], points, weights, tuple(own["answers"])))
    return questions, [name for name, _ in asked]


def public(path: Path, scorer: Scorer) -> Public:
    """The agreement of a scorer that learnt nothing from this set. Raises what `read_public` raises."""
    questions, names = read_public(path)
    credit: dict[str, list[float]] = {}
    grades: dict[str, list[float]] = {}
    for question, name in zip(questions, names, strict=True):
        for j in judge(question, scorer):
            given = [max(0.0, point.credit) for point in j.score.points]
            credit.setdefault(name, []).append(sum(given) / max(1, len(given)))
            grades.setdefault(name, []).append(j.answer.grade)
    within = [pearson(credit[name], grades[name]) for name in credit if len(set(grades[name])) > 1]
    every = [value for own in credit.values() for value in own]
    gold = [grade for own in grades.values() for grade in own]
    labels = ["correct" if grade >= CORRECT else "rest" for grade in gold]
    given_labels = ["correct" if value >= EARNED else "rest" for value in every]
    return Public(
        path.name,
        len(every),
        len(credit),
        pearson(every, gold),
        mean(within),
        auc(_of(every, labels, "correct"), _of(every, labels, "rest")),
        macro_f1(labels, given_labels, ("correct", "rest")),
    )


def _of(values: Sequence[float], labels: Sequence[str], label: str) -> list[float]:
    return [value for value, own in zip(values, labels, strict=True) if own == label]


def lines(p: Public) -> list[str]:
    """The report of one set."""
    return [
        f"{p.name}: {p.answers} answers, {p.questions} questions",
        f"r {p.r:.3f}   r per question {p.r_per_question:.3f}",
        f"AUC {p.auc:.3f}   macro-F1 {p.macro_f1:.3f}",
    ]
