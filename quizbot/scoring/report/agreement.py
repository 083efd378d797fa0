"""How far given verdicts and scores agree with gold verdicts and grades."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..measures import accuracy, f1, pearson
from ..model import VERDICTS
from ..types import VerdictName
from .figures import mean, middle, shown
from .intervals import Intervals, intervals
from .judging import Judged, points

FREE = "free"
"""The style of answers that were written without a style in mind."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the answers: their number, their verdicts, the share right, the mean score and ten times the mean grade."""

    name: str
    answers: int
    verdicts: int
    accuracy: float
    score: float
    grade: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """`confusion[gold][given]` counts verdicts. r per question is over the questions whose grades vary."""

    questions: int
    answers: int
    verdicts: int
    overall: Intervals
    f1: Mapping[VerdictName, float]
    confusion: Mapping[VerdictName, Mapping[VerdictName, int]]
    r_questions: int
    r_mean: float
    r_median: float
    styles: tuple[Part, ...]
    roles: tuple[Part, ...]
    groups: tuple[Part, ...]


def agreement(judged: Sequence[Judged]) -> Agreement:
    """All figures of agreement for at least one judged answer."""
    found = points(judged)
    gold, given = [p.gold for p in found], [p.given for p in found]
    pairs = list(zip(gold, given, strict=True))
    within = r_by_question(judged)
    return Agreement(
        questions=len({j.question.id for j in judged}),
        answers=len(judged),
        verdicts=len(found),
        overall=intervals(judged),
        f1={label: f1(gold, given, label) for label in VERDICTS},
        confusion={one: {other: pairs.count((one, other)) for other in VERDICTS} for one in VERDICTS},
        r_questions=len(within),
        r_mean=mean(list(within.values())),
        r_median=middle(list(within.values())),
        styles=parts(judged, lambda j: j.answer.style or "(none)"),
        roles=parts(judged, lambda j: j.answer.role),
        groups=parts(judged, lambda j: "written freely" if j.answer.style == FREE else "written to a style"),
    )


def r_by_question(judged: Sequence[Judged]) -> dict[str, float]:
    """Pearson's r of score with grade within each question whose grades vary; a constant score counts as 0."""
    own: dict[str, list[Judged]] = {}
    for j in judged:
        own.setdefault(j.question.id, []).append(j)
    return {
        name: pearson([j.score.score for j in group], [j.answer.grade for j in group])
        for name, group in own.items()
        if len({j.answer.grade for j in group}) > 1
    }


def parts(judged: Sequence[Judged], of: Callable[[Judged], str]) -> tuple[Part, ...]:
    """The answers by some name, the part with the lowest accuracy first."""
    groups: dict[str, list[Judged]] = {}
    for j in judged:
        groups.setdefault(of(j), []).append(j)
    made = []
    for name, group in groups.items():
        found = points(group)
        right = accuracy([p.gold for p in found], [p.given for p in found])
        score, grade = mean([j.score.score for j in group]), 10 * mean([j.answer.grade for j in group])
        made.append(Part(name, len(group), len(found), right, score, grade))
    return tuple(sorted(made, key=lambda part: (part.accuracy, part.name)))


def lines(a: Agreement) -> list[str]:
    """The report of agreement."""
    text = [
        f"questions {a.questions}, answers {a.answers}, verdicts {a.verdicts}; 95 % intervals over whole questions",
        f"accuracy              {a.overall.accuracy}",
        f"macro-F1              {a.overall.macro_f1}",
        f"r of score with grade {a.overall.r}",
        f"r per question        mean {shown(a.r_mean, 0)}, median {shown(a.r_median, 0)} of {a.r_questions}",
        "F1 " + "   ".join(f"{label} {a.f1[label]:.3f}" for label in VERDICTS),
        "",
        "gold \\ given  " + "".join(f"{label:>14s}" for label in VERDICTS),
    ]
    text += [f"{label:13s} " + "".join(f"{a.confusion[label][other]:14d}" for other in VERDICTS) for label in VERDICTS]
    for title, rows in (("style", a.styles), ("role", a.roles), ("group", a.groups)):
        text += ["", f"{title:24s} answers  verdicts  accuracy   score   grade × 10"]
        text += [
            f"{row.name:24s} {row.answers:7d} {row.verdicts:9d}  {row.accuracy:8.3f}  {row.score:6.1f}       {row.grade:6.1f}"
            for row in rows
        ]
    return text
