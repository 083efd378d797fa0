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
    "Can you hear me well?",
    "Thank you for the question, I like this one.",
    "Before that I worked for two years in a bakery.",
    "The weather has been awful all week.",
    "Well, where should I begin?",
    "I am a little nervous, as you can probably tell.",
    "Our office dog was called Pixel.",
    "Let me draw this on the whiteboard.",
    "I had a professor who loved to talk about this.",
    "Anyway, to come back to it.",
    "There was a talk about it at a conference in Lisbon, with terrible coffee.",
    "I wrote a blog post once, though nobody read it.",
    "Is it fine if I take some notes meanwhile?",
    "A friend of mine plays the drums in a band.",
    "I will try to keep it short.",
    "The train leaves at six, so we have time.",
    "This one always comes up in interviews.",
    "We moved to another city last spring.",
    "I hope that makes sense so far.",
    "Water boils at a lower temperature in the mountains.",
    "The capital of Australia is Canberra.",
    "Bees dance to tell the others where the flowers are.",
    "My phone is nearly empty.",
    "There are many opinions about this, of course.",
)
_IDLE_PIECES = 4
_DENIALS = (
    "It is not true that {}.",
    "It is wrong to say that {}.",
    "It is not the case that {}.",
    "I do not think that {}.",
    "It is a myth that {}.",
    "There is no truth in the idea that {}.",
    "You would be mistaken to think that {}.",
    "In no way does it hold that {}.",
    "I disagree with the view that {}.",
    "Do not believe that {}.",
    "Whoever says that {} has not understood it.",
    "It could not be further from the truth that {}.",
    "Some say that {}, which is false.",
    "{}? No, that is wrong.",
    "It has been refuted that {}.",
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
    for idle in random.sample(_PADDING, _IDLE_PIECES):
        parts.insert(random.randrange(len(parts) + 1), idle)
    return " ".join(parts)


def denied(text: str, _question: GradedQuestion, random: Random) -> str:
    """Every sentence denied, all in the same words or each in its own."""
    alike = random.choice(_DENIALS) if random.random() < 0.5 else None
    return " ".join((alike or denial(random)).format(as_clause(part)) for part in sentences(text))


def denial(random: Random) -> str:
    """A sentence that denies what is put into its braces."""
    return random.choice(_DENIALS)


def as_clause(sentence: str) -> str:
    """A sentence without its full stop and, unless it begins with a name or an abbreviation, its capital letter."""
    text = sentence.strip().rstrip(".")
    return text[0].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def shuffled(text: str, _question: GradedQuestion, random: Random) -> str:
    """The words in random order, without punctuation."""
    parts = re.findall(r"[^\s.,;:!?]+", text)
    random.shuffle(parts)
    return " ".join(parts)
