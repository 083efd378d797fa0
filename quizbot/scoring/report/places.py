"""Whether verdicts rest on the right words: answers put together from authors' phrasings, where the place of each is known.

Every phrasing is taken away from its key point before the answer is scored, so that it has to be recognised and not looked up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from ..compose import without
from ..data import GradedAnswer, GradedQuestion
from ..idf import Idf
from ..types import Evidence, KeyPoint, VerdictName
from .judging import Scorer, judge

ANSWERS = 12
"""Answers put together for each question."""
_FEWEST, _MOST = 3, 6


@dataclass(frozen=True, slots=True)
class Places:
    """`said` phrasings in all, how many of them got a verdict other than missing, and how many of those rest on the very
    sentence (more of the evidence lies in it than outside)."""

    said: int
    found: int
    right: int


def places(questions: Sequence[GradedQuestion], scorers: Mapping[str, Scorer], bank: Idf | None) -> Places:
    """Each question by its own scorer, with its key points that have two phrasings or more; questions with few are left out."""
    said = found = right = 0
    for question in questions:
        if sum(len(point.accept) > 1 for point in question.points) < _FEWEST:
            continue
        random = Random(f"places:{question.id}")
        for number in range(ANSWERS):
            answer, points, spans = _put_together(question, number, random)
            asked = GradedQuestion(
                question.id, question.prompt, points, question.weights, question.answers, question.aliases
            )
            (judged,) = judge(asked, scorers[question.id], answers=[answer], bank=bank)
            given = {verdict.id: verdict for verdict in judged.score.points}
            for name, span in spans.items():
                said += 1
                found += given[name].verdict != "missing"
                right += given[name].verdict != "missing" and _rests_on(given[name].evidence, span)
    return Places(said, found, right)


def _put_together(
    question: GradedQuestion, number: int, random: Random
) -> tuple[GradedAnswer, tuple[KeyPoint, ...], dict[str, tuple[int, int]]]:
    usable = [point for point in question.points if len(point.accept) > 1]
    chosen = random.sample(usable, min(len(usable), random.randint(_FEWEST, _MOST)))
    text, spans, used = "", {}, {}
    for point in chosen:
        used[point.id] = random.choice(list(point.accept))
        sentence = used[point.id].strip().rstrip(".")
        text += " " if text else ""
        spans[point.id] = (len(text), len(text) + len(sentence) + 1)
        text += f"{sentence[0].upper()}{sentence[1:]}."
    gold: dict[str, VerdictName] = {p.id: "covered" if p.id in spans else "missing" for p in question.points}
    points = tuple(without(point, used[point.id]) if point.id in used else point for point in question.points)
    return GradedAnswer(f"{question.id}-place{number}", text, "", "technical", gold, 0.0), points, spans


def _rests_on(evidence: Sequence[Evidence], span: tuple[int, int]) -> bool:
    inside = sum(max(0, min(one.end, span[1]) - max(one.start, span[0])) for one in evidence)
    return 2 * inside > sum(one.end - one.start for one in evidence)


def lines(p: Places) -> list[str]:
    """The report."""
    share_found, share_right = p.found / max(1, p.said), p.right / max(1, p.found)
    return [
        "places, in answers put together from authors' phrasings that were taken away from their key points:",
        f"said {p.said}, found {share_found:.3f}, of these with the very sentence for evidence {share_right:.3f}",
    ]
