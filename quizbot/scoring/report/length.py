"""Whether long or short answers are scored better than they deserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..measures import pearson
from .figures import mean, shown
from .judging import Judged

LIMITS = (40, 80, 120)
"""Numbers of words at which the classes of length begin anew."""


@dataclass(frozen=True, slots=True)
class Long:
    """Answers of one class of length: their number, mean score, and ten times their mean grade."""

    words: str
    answers: int
    score: float
    grade: float


@dataclass(frozen=True, slots=True)
class Length:
    """`r` is Pearson's of the number of words with score minus ten times the grade, both taken from their question's mean."""

    answers: int
    r: float
    classes: tuple[Long, ...]


def length(judged: Sequence[Judged]) -> Length:
    """Of the answers that speak to their question at all: off-topic text is scored with nothing however long it is."""
    chosen = [j for j in judged if set(j.answer.gold.values()) != {"missing"}]
    words = [float(_words(j)) for j in chosen]
    excess = [j.score.score - 10 * j.answer.grade for j in chosen]
    names = [j.question.id for j in chosen]
    edges = [0, *LIMITS, None]
    classes = []
    for low, high in pairwise(edges):
        inside = [j for j in chosen if _words(j) >= (low or 0) and (high is None or _words(j) < high)]
        name = f"under {high}" if not low else f"{low} and more" if high is None else f"{low} to {high - 1}"
        score, grade = mean([j.score.score for j in inside]), 10 * mean([j.answer.grade for j in inside])
        classes.append(Long(name, len(inside), score, grade))
    return Length(len(chosen), pearson(_within(words, names), _within(excess, names)), tuple(classes))


def _words(j: Judged) -> int:
    return len(j.answer.text.split())


def _within(values: Sequence[float], names: Sequence[str]) -> list[float]:
    """The values less the mean of their name."""
    own: dict[str, list[float]] = {}
    for value, name in zip(values, names, strict=True):
        own.setdefault(name, []).append(value)
    return [value - mean(own[name]) for value, name in zip(values, names, strict=True)]


def lines(found: Length) -> list[str]:
    """The report on length."""
    return [
        f"length: r of words with score minus grade × 10, within questions, {found.r:+.3f} over {found.answers} answers",
        f"{'words':24s} answers   score  grade × 10",
        *(f"{c.words:24s} {c.answers:7d} {shown(c.score, 7, 1)} {shown(c.grade, 11, 1)}" for c in found.classes),
    ]
