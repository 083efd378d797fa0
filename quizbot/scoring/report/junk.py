"""Texts that deserve about nothing, whatever they mention: lists, copies, other people's answers, and no answer at all.

Every kind makes texts for one question from that question and from all of them, with a seeded generator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random

from ..data import GradedAnswer, GradedQuestion

Junk = Callable[[GradedQuestion, Sequence[GradedQuestion], Random], list[str]]

_WORD = re.compile(r"[^\W\d_][\w-]{3,}")
_ANSWERS = 5
_STRANGERS = 3
_WORDS = 40
_IGNORANT = (
    "I don't know, sorry.",
    "No idea.",
    "I have honestly never heard of that, could we go to the next question?",
    "I should know this, we did it in the course, but I can't remember anything of it right now.",
    "Hmm, that is a good question. I would have to look it up, so let me pass on this one.",
    "I'm not sure at all. It depends on the situation, I suppose, and one has to find the right balance.",
)


def is_strong(answer: GradedAnswer) -> bool:
    """Whether an answer was written as a strong one, or written freely and graded eight or better."""
    return answer.style.startswith("strong") or (answer.style in ("", "free") and answer.grade >= 8)


def keywords(question: GradedQuestion) -> list[str]:
    """The longer words of all claims, each once."""
    return list(dict.fromkeys(word for point in question.points for word in _WORD.findall(point.claim)))


def keywords_joined(between: str) -> Junk:
    """All keywords as a list, with something between them."""

    def listed(question: GradedQuestion, _questions: Sequence[GradedQuestion], _random: Random) -> list[str]:
        return [between.join(keywords(question))]

    return listed


def question_copied(question: GradedQuestion, _questions: Sequence[GradedQuestion], _random: Random) -> list[str]:
    """The question, alone and as an opening that nothing follows."""
    asked = question.prompt.rstrip("?. ")
    return [question.prompt, f"So the question is: {asked[:1].lower()}{asked[1:]}. That is a good question."]


def rejected_copied(question: GradedQuestion, _questions: Sequence[GradedQuestion], _random: Random) -> list[str]:
    """Everything that the authors say is wrong, asserted: all of it, and the first statement of each point."""
    every = [reject.says for point in question.points for reject in point.reject]
    first = [point.reject[0].says for point in question.points if point.reject]
    return [_asserted(says) for says in ((every, first) if every != first else (every,)) if says]


def other_answers(question: GradedQuestion, questions: Sequence[GradedQuestion], random: Random) -> list[str]:
    """Strong answers to other questions."""
    found = [a.text for other in questions if other.id != question.id for a in other.answers if is_strong(a)]
    return random.sample(found, min(_ANSWERS, len(found)))


def other_claims(question: GradedQuestion, questions: Sequence[GradedQuestion], random: Random) -> list[str]:
    """All claims of another question, as sentences."""
    others = [other for other in questions if other.id != question.id]
    return [_asserted(p.claim for p in other.points) for other in random.sample(others, min(_STRANGERS, len(others)))]


def ignorant(_question: GradedQuestion, _questions: Sequence[GradedQuestion], _random: Random) -> list[str]:
    """Honest and evasive ways of not knowing."""
    return list(_IGNORANT)


def gibberish(_question: GradedQuestion, _questions: Sequence[GradedQuestion], random: Random) -> list[str]:
    """Letters without sense: as words, and as keys hit at random."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = " ".join("".join(random.choices(letters, k=random.randrange(3, 9))) for _ in range(_WORDS))
    return [words, "".join(random.choices("asdfghjkl;", k=_WORDS))]


def empty(_question: GradedQuestion, _questions: Sequence[GradedQuestion], _random: Random) -> list[str]:
    """Nothing, and nothing but blanks."""
    return ["", " \n\t "]


def _asserted(statements: Iterable[str]) -> str:
    return " ".join(f"{says[:1].upper()}{says[1:].rstrip('.')}." for says in statements)


JUNK: Mapping[str, Junk] = {
    "keywords, commas": keywords_joined(", "),
    "keywords, lines": keywords_joined("\n"),
    "keywords, blanks": keywords_joined(" "),
    "question copied": question_copied,
    "rejected statements": rejected_copied,
    "answer to another": other_answers,
    "claims of another": other_claims,
    "I don't know": ignorant,
    "gibberish": gibberish,
    "empty": empty,
}
