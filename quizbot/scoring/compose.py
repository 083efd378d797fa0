"""Training answers put together from the authors' own phrasings, each taken away from the key points it is scored against.

Graded answers show how people talk; these show the bare cases that a scorer must never miss: a claim denied, a rejected
statement asserted, an accepted phrasing that no other phrasing resembles. The choice is made by a fixed generator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .data import GradedAnswer, GradedQuestion
from .robust import as_clause, denial, denied, padded, shuffled, typos
from .types import KeyPoint, VerdictName

_OPENERS = ("", "", "", "So ", "And ", "Also, ", "I would say ", "Then ")


@dataclass(frozen=True, slots=True)
class Composed:
    """A made-up answer, the key points without the phrasings it uses, and the verdict that follows for every point."""

    text: str
    points: tuple[KeyPoint, ...]
    gold: dict[str, VerdictName]


def without(point: KeyPoint, used: str) -> KeyPoint:
    """A key point that does not have a certain phrasing."""
    reject = tuple(r for r in point.reject if r.says != used)
    return KeyPoint(
        point.id,
        point.claim,
        tuple(t for t in point.accept if t != used),
        tuple(t for t in point.partial if t != used),
        reject,
        point.weight,
        point.why,
    )


# Chances that a point is covered, contradicted by a rejected statement, denied, or half covered; else it is left out.
# Speakers are mostly right, mostly wrong, or mixed.
_SPEAKERS = ((0.55, 0.05, 0.02, 0.12), (0.55, 0.05, 0.02, 0.12), (0.12, 0.5, 0.1, 0.06), (0.34, 0.18, 0.1, 0.1))


def _pick(point: KeyPoint, speaker: tuple[float, float, float, float], random: Random) -> tuple[str, str, VerdictName]:
    """(sentence, phrasing used, verdict) for one point; an empty sentence leaves the point out."""
    covered, rejected, denies, half = speaker
    chance = random.random()
    accepts = [*point.accept, point.claim] if random.random() < 0.3 else list(point.accept) or [point.claim]
    said = random.choice(accepts)
    opener = random.choice(_OPENERS)
    if chance < covered:
        return f"{opener}{as_clause(said)}.", said, "covered"
    chance -= covered
    if chance < rejected and point.reject:
        wrong = random.choice(list(point.reject)).says
        return f"{opener}{as_clause(wrong)}.", wrong, "contradicted"
    chance -= rejected
    if chance < denies:
        return denial(random).format(as_clause(said)), "", "contradicted"
    chance -= denies
    if chance < half and point.partial:
        part = random.choice(list(point.partial))
        return f"{opener}{as_clause(part)}.", part, "partial"
    return "", "", "missing"


def compose(question: GradedQuestion, count: int, seed: int) -> list[Composed]:
    """`count` made-up answers to a question; the same seed gives the same answers."""
    random = Random(f"{seed}:{question.id}")
    made: list[Composed] = []
    for number in range(count):
        sentences: list[str] = []
        points: list[KeyPoint] = []
        gold: dict[str, VerdictName] = {}
        speaker = random.choice(_SPEAKERS)
        for point in question.points:
            sentence, used, verdict = _pick(point, speaker, random)
            # Every other answer repeats the author word for word, as people who learnt the answers do.
            points.append(without(point, used) if number % 2 else point)
            gold[point.id] = verdict
            if sentence:
                sentences.append(sentence[0].upper() + sentence[1:])
        random.shuffle(sentences)
        made.append(Composed(" ".join(sentences), tuple(points), gold))
    return made


def strangers(question: GradedQuestion, questions: Sequence[GradedQuestion], count: int = 3) -> list[str]:
    """Answers to other questions, the same for the same questions: nothing of this one is in them."""
    others = [other for other in questions if other.id != question.id and other.answers]
    random = Random(f"strangers:{question.id}")
    return [random.choice(other.answers).text for other in random.sample(others, min(count, len(others)))]


def changed(question: GradedQuestion, answer: GradedAnswer, seed: int = 0) -> list[tuple[str, dict[str, VerdictName]]]:
    """A graded answer with idle sentences or typos, and some with their words shuffled or denied sentence by sentence.

    A denied claim is contradicted; where the answer was wrong already, denying it settles nothing and no case is made.
    """
    random = Random(f"{seed}:{answer.id}")
    gold = answer.gold
    cases: list[tuple[str, dict[str, VerdictName]]] = []
    change = padded if random.random() < 0.6 else typos
    cases.append((change(answer.text, question, random), gold))
    if random.random() < 0.25:
        cases.append((shuffled(answer.text, question, random), dict.fromkeys(gold, "missing")))
    if "contradicted" not in gold.values() and random.random() < 0.5:
        turned: dict[str, VerdictName] = {}
        for point, verdict in gold.items():
            turned[point] = "contradicted" if verdict in ("covered", "partial") else "missing"
        cases.append((denied(answer.text, question, random), turned))
    return cases
