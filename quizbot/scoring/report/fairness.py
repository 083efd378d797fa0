"""How scores move under changes that should not matter, under changes that should take the score away, and for junk."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from ..data import GradedAnswer, GradedQuestion
from ..idf import Idf
from ..robust import Change, shuffled, typos
from ..types import KeyPoint, VerdictName
from . import changes, length, spelling, wordings
from .figures import mean, middle, shown
from .judging import Judged, Scorer, judge
from .junk import JUNK, is_strong
from .synonyms import synonyms, unlisted_synonyms

WORTH = 40.0
"""Strong answers with at least this score are changed: what they lose can be seen."""
LOW, HIGH = 0.95, 1.03
"""Shares of its own score between which a changed answer should stay."""

KEEPS: Mapping[str, Change] = {
    "typos": typos,
    "sentence order": changes.reordered,
    "capitals": changes.capitals,
    "small letters": changes.small_letters,
    "American spelling": spelling.american,
    "British spelling": spelling.british,
    "padding": changes.padded,
    "non-native": wordings.non_native,
    "synonyms": synonyms,
    "synonyms not in the lexicon": unlisted_synonyms,
    "contractions expanded": wordings.expanded,
    "contracted": wordings.contracted,
    "bullets": changes.bullets,
}
"""Changes that should leave the score as it was."""

BREAKS: Mapping[str, Change] = {
    "words shuffled": shuffled,
    '"It is not true that …"': changes.denial("It is not true that"),
    '"It is simply false that …"': changes.denial("It is simply false that"),
    '"Nobody should believe that …"': changes.denial("Nobody should believe that"),
}
"""Changes that should take the score away."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Shares of their own score that changed answers keep, and the share of them that leaves LOW..HIGH.

    `answers` counts those that the change really changes; the others are left out.
    """

    name: str
    answers: int
    mean: float
    median: float
    outside: float


@dataclass(frozen=True, slots=True)
class Earned:
    """Shares that should be about 0: of an answer's own score when it was broken, of 100 for junk."""

    name: str
    texts: int
    mean: float
    median: float
    highest: float


@dataclass(frozen=True, slots=True)
class Fairness:
    """`strong` is the number of strong answers that score WORTH or more untouched."""

    strong: int
    kept: tuple[Kept, ...]
    broken: tuple[Earned, ...]
    junk: tuple[Earned, ...]
    length: length.Length


def fairness(judged: Sequence[Judged], scorers: Mapping[str, Scorer], bank: Idf | None) -> Fairness:
    """Changes the strong ones of the judged answers and judges them again, each with the scorer of its question's id."""
    own: dict[str, list[Judged]] = {}
    for j in judged:
        own.setdefault(j.question.id, []).append(j)
    questions = [group[0].question for group in own.values()]
    shares: dict[str, list[float]] = {name: [] for name in (*KEEPS, *BREAKS, *JUNK)}
    strong = 0
    for question in questions:
        scorer = scorers[question.id]
        worth = [j for j in own[question.id] if is_strong(j.answer) and j.score.score >= WORTH]
        strong += len(worth)
        untouched = [(j.score.score, changed) for j in worth for changed in _changed(question, j.answer)]
        scored = judge(question, scorer, answers=[changed for _, changed in untouched], bank=bank)
        for (score, _), j in zip(untouched, scored, strict=True):
            shares[j.answer.style].append(j.score.score / score)
        for j in judge(question, scorer, answers=_junk(question, questions), bank=bank):
            shares[j.answer.style].append(j.score.score / 100)
    return Fairness(
        strong,
        tuple(_kept(name, shares[name]) for name in KEEPS),
        tuple(_earned(name, shares[name]) for name in BREAKS),
        tuple(_earned(name, shares[name]) for name in JUNK),
        length.length(judged),
    )


def _changed(question: GradedQuestion, answer: GradedAnswer) -> list[GradedAnswer]:
    """An answer under every change that changes it, with the name of the change for its style."""
    made: list[GradedAnswer] = []
    for name, change in {**KEEPS, **BREAKS}.items():
        text = change(answer.text, question, Random(f"{name}:{answer.id}"))
        if text != answer.text:
            made.append(replace(answer, text=text, style=name))
    return made


def fairness_cases(
    question: GradedQuestion, questions: Sequence[GradedQuestion]
) -> Iterator[tuple[str, Sequence[KeyPoint], dict[str, str]]]:
    """Everything that `fairness` can want scored of a question, in the form of `train_weighing.read_cases`."""
    from ..train_weighing import TEXT

    strong = [answer for answer in question.answers if is_strong(answer)]
    made = [changed for answer in strong for changed in _changed(question, answer)] + _junk(question, questions)
    yield TEXT, question.points, {answer.text: answer.text for answer in made}


def _junk(question: GradedQuestion, questions: Sequence[GradedQuestion]) -> list[GradedAnswer]:
    """All junk for a question, for every role that it has answers for."""
    nothing: dict[str, VerdictName] = {point.id: "missing" for point in question.points}
    return [
        GradedAnswer(f"{question.id}-{name}", text, name, role, nothing, 0.0)
        for name, kind in JUNK.items()
        for text in kind(question, questions, Random(f"{name}:{question.id}"))
        for role in sorted({answer.role for answer in question.answers})
    ]


def _kept(name: str, shares: list[float]) -> Kept:
    outside = [float(not LOW <= share <= HIGH) for share in shares]
    return Kept(name, len(shares), mean(shares), middle(shares), mean(outside))


def _earned(name: str, shares: list[float]) -> Earned:
    return Earned(name, len(shares), mean(shares), middle(shares), max(shares, default=math.nan))


def lines(f: Fairness) -> list[str]:
    """The report on fairness."""
    text = [
        f"fairness: {f.strong} strong answers that score {WORTH:.0f} or more; shares of the untouched answer's own score",
        f"{'change':32s} answers    mean  median  outside {LOW}..{HIGH}",
        *(f"{k.name:32s} {k.answers:7d} {shown(k.mean)} {shown(k.median)} {shown(k.outside)}" for k in f.kept),
    ]
    for title, rows in (("broken, shares of own score", f.broken), ("junk, shares of 100", f.junk)):
        text += ["", f"{title:32s}   texts    mean  median  highest"]
        text += [f"{e.name:32s} {e.texts:7d} {shown(e.mean)} {shown(e.median)} {shown(e.highest, 8)}" for e in rows]
    return [*text, "", *length.lines(f.length)]
