"""Answers changed in form, for training: what the model sees of typos, idle talk, shuffled words and denials.

Every change takes an answer, its question and a seeded generator, and returns the changed text. The evaluation has changes of
its own in `report`, with other padding and other denials; typos and shuffled words are the same.
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


def padded(text: str, _question: GradedQuestion, random: Random) -> str:
    """Idle sentences before, within and after."""
    parts = sentences(text)
    for idle in _PADDING:
        parts.insert(random.randrange(len(parts) + 1), idle)
    return " ".join(parts)


def shuffled(text: str, _question: GradedQuestion, random: Random) -> str:
    """The words in random order, without punctuation."""
    parts = re.findall(r"[^\s.,;:!?]+", text)
    random.shuffle(parts)
    return " ".join(parts)
