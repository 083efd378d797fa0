"""Answers changed in form: order, letters, layout, padding, and every sentence denied.

Every change takes an answer, its question and a seeded generator, and returns the changed text. The padding and two of the
denials are in words that training never uses (`robust.py` has those), so that what is measured was not learnt by heart.
"""

from __future__ import annotations

import re
from random import Random

from ..data import GradedQuestion
from ..robust import Change

_ABBREVIATION = (
    r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\betc\.)(?<!\br\.t\.)(?<!\bapprox\.)(?<!\bindep\.)(?<!\s\d\.)"
)
_BREAK = re.compile(rf"(?<=[.!?]){_ABBREVIATION}\s+")
_MARK = re.compile(r"^[-*•·]\s+")
_IDLE = (
    "Sorry, there is some building work going on outside my window.",
    "Could I have a glass of water before we go on?",
    "By the way, I came here by train this morning and it was quite full.",
    "My sister asked me something like that at dinner once.",
    "I hope that I am not speaking too fast.",
    "Give me one second, my headphones keep slipping.",
    "We laughed about it in the kitchen afterwards.",
    "In my old flat there were five of us, and a dog.",
    "It has been a long day, so please bear with me.",
    "I should have brought my notes, they are in the other bag.",
    "It is one of those things that everybody talks about in the corridor.",
    "That reminds me of a film, but the name escapes me.",
)
_PIECES = 4


def units(text: str) -> list[str]:
    """The sentences and the lines of a text, without the dashes of a list."""
    return [part for line in text.splitlines() for part in _BREAK.split(_MARK.sub("", line.strip())) if part]


def _joined(parts: list[str], text: str) -> str:
    """The parts on lines where the text has lines; else in a row, where each but the last needs its full stop."""
    if "\n" in text.strip():
        return "\n".join(parts)
    ended = [part if part[-1] in ".!?:;," else f"{part}." for part in parts[:-1]]
    return " ".join([*ended, *parts[-1:]])


def reordered(text: str, _question: GradedQuestion, random: Random) -> str:
    """The sentences in another order."""
    parts = units(text)
    mixed = random.sample(parts, len(parts))
    return _joined(mixed if mixed != parts else parts[1:] + parts[:1], text)


def capitals(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Everything in capitals."""
    return text.upper()


def small_letters(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Everything in small letters."""
    return text.lower()


def padded(text: str, _question: GradedQuestion, random: Random) -> str:
    """Four idle sentences at places between the others, also first and last."""
    parts = units(text)
    for idle in random.sample(_IDLE, _PIECES):
        parts.insert(random.randrange(len(parts) + 1), idle)
    return _joined(parts, text)


def bullets(text: str, _question: GradedQuestion, _random: Random) -> str:
    """Each sentence on a line of its own after a dash."""
    return "\n".join(f"- {part}" for part in units(text))


def uncapitalised(sentence: str) -> str:
    """A sentence as it stands after other words: its first letter small, unless it begins with a name or with "I"."""
    first = sentence.split(maxsplit=1)[0] if sentence.split() else ""
    if re.match(r"I\b", first) or any(c.isupper() or c.isdigit() for c in first[1:]):
        return sentence
    return sentence[:1].lower() + sentence[1:]


def denial(opening: str) -> Change:
    """A change that puts `opening` before every sentence that is not a question."""

    def denied(text: str, _question: GradedQuestion, _random: Random) -> str:
        parts = units(text)
        return _joined([p if p.endswith("?") else f"{opening} {uncapitalised(p)}" for p in parts], text)

    return denied
