"""The lexicon of the field, read from `lexicon.txt`: which stems mean the same, are near, or are opposites.

A concept is a small integer; every word and phrase belongs to any number of them. Phrases are found by their stems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from .stem import stem
from .text import Token, fold

SAME, NEAR, SIDE = 0.65, 0.3, 0.3
"""How alike two words are that share a group of [same], of [near], or stand on one side of an [opposite] line."""

_FILE = Path(__file__).with_name("lexicon.txt")


@dataclass(slots=True)
class Lexicon:
    """Concepts of words and phrases. `strength[c]` is how alike members of concept c are; `opposite[c]` its counter-concept."""

    words: dict[str, tuple[int, ...]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[int, ...]]]] = field(default_factory=dict)
    strength: list[float] = field(default_factory=list)
    opposite: dict[int, int] = field(default_factory=dict)

    def concepts(self, tokens: Sequence[Token]) -> list[tuple[int, ...]]:
        """For each token the concepts it carries, alone or as part of a phrase of the lexicon."""
        words, phrases = self.words, self.phrases
        found = [words.get(token.stem, ()) if token.content else () for token in tokens]
        for i, token in enumerate(tokens):
            for tail, concepts in phrases.get(token.stem, ()):
                stop = i + 1 + len(tail)
                if stop <= len(tokens) and all(tokens[i + 1 + j].stem == part for j, part in enumerate(tail)):
                    spread = False
                    for j in range(i, stop):
                        if tokens[j].content:
                            found[j] = (*found[j], *concepts)
                            spread = True
                    if not spread:
                        found[i] = concepts
        return found


def _read(text: str) -> Lexicon:
    words: dict[str, list[int]] = {}
    phrases: dict[tuple[str, ...], list[int]] = {}
    lexicon = Lexicon()
    section = ""

    def add(entries: str, strength: float) -> int:
        concept = len(lexicon.strength)
        lexicon.strength.append(strength)
        for entry in entries.split(","):
            parts = tuple(stem(fold(word)) for word in entry.split())
            if len(parts) == 1:
                words.setdefault(parts[0], []).append(concept)
            elif parts:
                phrases.setdefault(parts, []).append(concept)
        return concept

    for line in text.splitlines():
        line = line.strip()
        if line.startswith("["):
            section = line
        elif line and not line.startswith("#"):
            if section == "[opposite]":
                left, _, right = line.partition("<>")
                one, other = add(left, SIDE), add(right, SIDE)
                lexicon.opposite[one] = other
                lexicon.opposite[other] = one
            else:
                add(line, SAME if section == "[same]" else NEAR)
    lexicon.words = {word: tuple(concepts) for word, concepts in words.items()}
    for parts, concepts in phrases.items():
        lexicon.phrases.setdefault(parts[0], []).append((parts[1:], tuple(concepts)))
    return lexicon


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon, read once."""
    return _read(_FILE.read_text(encoding="utf-8"))
