"""Answers changed in ways that should or should not matter, to see how scores move: a report on fairness and on gaming.

Every change takes an answer, its question and a seeded generator, and returns the changed text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .data import GradedQuestion

Change = Callable[[str, GradedQuestion, Random], str]

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_PADDING = (
    "I had a good look at this on a rainy afternoon with a cup of tea.",
    "My last team sat on the third floor and we met every morning.",
    "That is at least how I remember it from the course.",
    "Let me just collect my thoughts for a moment.",
)
_SPELLING = (("isation", "ization"), ("ise ", "ize "), ("ised", "ized"), ("our ", "or "), ("entre", "enter"))


def sentences(text: str) -> list[str]:
    """A text cut after full stops, question and exclamation marks that a blank follows."""
    return [part for part in _SENTENCE.split(" ".join(text.split())) if part]


def typos(text: str, _question: GradedQuestion, random: Random) -> str:
    """Every tenth word of six letters or more with two neighbouring inner letters swapped, one dropped or one doubled."""

    def slip(match: re.Match[str]) -> str:
        word = match.group()
        if random.random() >= 0.1:
            return word
        at = random.randrange(1, len(word) - 2)
        kind = random.randrange(3)
        if kind == 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + word[at + 1 :] if kind == 1 else word[:at] + word[at] + word[at:]

    return re.sub(r"[A-Za-z]{6,}", slip, text)


def reordered(text: str, _question: GradedQuestion, random: Random) -> str:
    """The sentences in another order."""
    parts = sentences(text)
    random.shuffle(parts)
    return " ".join(parts)


def upper(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Everything in capitals."""
    return text.upper()


def lower(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Everything in small letters."""
    return text.lower()


def padded(text: str, _question: GradedQuestion, random: Random) -> str:
    """Idle sentences before, within and after."""
    parts = sentences(text)
    for idle in _PADDING:
        parts.insert(random.randrange(len(parts) + 1), idle)
    return " ".join(parts)


def american(text: str, _question: GradedQuestion, _random: Random) -> str:
    """American spelling."""
    for british, other in _SPELLING:
        text = text.replace(british, other)
    return text


def shuffled(text: str, _question: GradedQuestion, random: Random) -> str:
    """The words in random order, without punctuation."""
    parts = re.findall(r"[^\s.,;:!?]+", text)
    random.shuffle(parts)
    return " ".join(parts)


def denied(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Every sentence denied."""
    return " ".join(f"It is not true that {part[0].lower()}{part[1:]}" for part in sentences(text))


def keywords(_text: str, question: GradedQuestion, _random: Random) -> str:
    """The content words of all claims as a list."""
    found = [word for point in question.points for word in re.findall(r"[A-Za-z][A-Za-z-]{3,}", point.claim)]
    return ", ".join(dict.fromkeys(found))


def copied(_text: str, question: GradedQuestion, _random: Random) -> str:
    """The question itself."""
    return question.prompt


def ignorant(_text: str, _question: GradedQuestion, _random: Random) -> str:
    """An honest admission."""
    return "I don't know, sorry."


def gibberish(_text: str, _question: GradedQuestion, random: Random) -> str:
    """Letters without sense."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(random.choices(letters, k=random.randrange(3, 9))) for _ in range(40))


def empty(_text: str, _question: GradedQuestion, _random: Random) -> str:
    """Nothing."""
    return ""


KEEPS: dict[str, Change] = {
    "typos": typos,
    "sentence order": reordered,
    "capitals": upper,
    "small letters": lower,
    "padding": padded,
    "American spelling": american,
}
"""Changes that should leave the score about as it was."""

BREAKS: dict[str, Change] = {"words shuffled": shuffled, "each sentence denied": denied}
"""Changes that should take the score away, as shares of the untouched score."""

JUNK: dict[str, Change] = {
    "keyword list": keywords,
    "question copied": copied,
    "I don't know": ignorant,
    "gibberish": gibberish,
    "empty": empty,
}
"""Texts that should score about nothing, as shares of 100."""
