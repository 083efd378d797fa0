"""Verdicts that went wrong, as lines that can be read: points missed, and points given that were not earned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizbot.text import safe_line

from ..types import KeyPoint, PointVerdict, VerdictName
from .judging import Judged

_CREDITED: dict[VerdictName, int] = {"covered": 2, "partial": 1, "missing": 0, "contradicted": 0}
_BEGINNING = 200


@dataclass(frozen=True, slots=True)
class Miss:
    """A key point judged wrongly: what it claims, and what was said, by its evidence or by the answer's beginning."""

    answer: str
    style: str
    role: str
    point: str
    gold: VerdictName
    given: VerdictName
    confidence: float
    claim: str
    said: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Misses:
    """Missed positives: less given than earned. Missed negatives: credit given where none was earned. The most confident
    first, at most as many as asked for, with the number of all; `others` counts what belongs to neither, as "gold > given"."""

    positives: tuple[Miss, ...]
    negatives: tuple[Miss, ...]
    all_positives: int
    all_negatives: int
    others: dict[str, int]


def misses(judged: Sequence[Judged], limit: int) -> Misses:
    """The wrong verdicts, `limit` of each list."""
    positives: list[Miss] = []
    negatives: list[Miss] = []
    others: dict[str, int] = {}
    for j in judged:
        claims = {point.id: point for point in j.question.points}
        for verdict in j.score.points:
            gold = j.answer.gold[verdict.id]
            if gold == verdict.verdict:
                continue
            miss = _miss(j, claims[verdict.id], verdict)
            if _CREDITED[gold] > _CREDITED[verdict.verdict]:
                positives.append(miss)
            elif not _CREDITED[gold] and _CREDITED[verdict.verdict]:
                negatives.append(miss)
            else:
                kind = f"{gold} > {verdict.verdict}"
                others[kind] = others.get(kind, 0) + 1
    return Misses(
        tuple(sorted(positives, key=_order)[:limit]),
        tuple(sorted(negatives, key=_order)[:limit]),
        len(positives),
        len(negatives),
        dict(sorted(others.items())),
    )


def _order(miss: Miss) -> tuple[float, str, str]:
    return (-miss.confidence, miss.answer, miss.point)


def _miss(j: Judged, point: KeyPoint, verdict: PointVerdict) -> Miss:
    said = " … ".join(span.text for span in verdict.evidence) or _beginning(j.answer.text)
    return Miss(
        j.answer.id,
        j.answer.style,
        j.answer.role,
        point.id,
        j.answer.gold[point.id],
        verdict.verdict,
        verdict.confidence,
        point.claim,
        " ".join(said.split()),
        bool(verdict.evidence),
    )


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _BEGINNING:
        return text or "(nothing)"
    return text[:_BEGINNING].rsplit(" ", 1)[0] + " …"


def lines(found: Misses) -> list[str]:
    """Both lists, four lines a miss."""
    text = [f"missed positives: {len(found.positives)} of {found.all_positives}"]
    text += [line for miss in found.positives for line in _lines(miss)]
    text += ["", f"missed negatives: {len(found.negatives)} of {found.all_negatives}"]
    text += [line for miss in found.negatives for line in _lines(miss)]
    if found.others:
        text += ["", "in neither list: " + ", ".join(f"{kind} {count}" for kind, count in found.others.items())]
    return text


def _lines(miss: Miss) -> list[str]:
    return [
        safe_line(line)
        for line in (
            f"{miss.confidence:.2f}  {miss.answer} / {miss.point} [{miss.style or 'no style'}, {miss.role}]",
            f"      verdict gold {miss.gold}, given {miss.given}",
            f"      claim   {miss.claim}",
            f"      {'quoted ' if miss.quoted else 'answer '} {miss.said}",
        )
    ]


def answers(judged: Sequence[Judged]) -> list[str]:
    """One line an answer: style, grade, score, and every key point whose given verdict differs from the gold one."""
    text = []
    for j in judged:
        wrong = [
            f"{verdict.id} {j.answer.gold[verdict.id]}>{verdict.verdict}"
            for verdict in j.score.points
            if verdict.verdict != j.answer.gold[verdict.id]
        ]
        right = f"{len(j.score.points) - len(wrong)}/{len(j.score.points)}"
        head = (
            f"{j.answer.id:<20} {j.answer.style:<22} grade {j.answer.grade:>4} score {j.score.score:>5} right {right}"
        )
        text.append(safe_line(f"{head}  {'; '.join(wrong)}".rstrip()))
    return text
