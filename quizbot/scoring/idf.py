"""How telling a word is: document frequencies of stems in the bank, from `idf.txt`.

A document is one key point with its phrasings, or one graded answer. `quizbot.scoring.train` writes the file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from .text import stems

_FILE = Path(__file__).with_name("idf.txt")
_FLOOR = 0.08


class Idf:
    """Document frequencies of stems. Weights lie in (0, 1]; a stem never seen weighs 1."""

    __slots__ = ("_frequency", "_weights", "documents")

    def __init__(self, documents: int, frequency: Mapping[str, int]) -> None:
        self.documents = documents
        self._frequency = frequency
        self._weights: dict[str, float] = {}

    def weight(self, stem: str) -> float:
        """Inverse document frequency, scaled so that a stem of no document weighs 1."""
        known = self._weights.get(stem)
        if known is None:
            most = math.log(self.documents + 2)
            known = max(_FLOOR, math.log((self.documents + 2) / (self._frequency.get(stem, 0) + 1)) / most)
            known = round(known, 6)
            if len(self._weights) < 50_000:
                self._weights[stem] = known
        return known

    def knows(self, stem: str) -> bool:
        """Whether the bank uses the word in at least two documents, so that it is hardly a misspelling."""
        return self._frequency.get(stem, 0) > 1

    def without(self, documents: Iterable[str]) -> Idf:
        """The same statistics with some documents left out; measuring on a question needs its own texts gone."""
        left = dict(self._frequency)
        count = self.documents
        for text in documents:
            count -= 1
            for stem in set(stems(text)):
                if left.get(stem, 0) > 0:
                    left[stem] -= 1
        return Idf(max(0, count), left)

    def as_text(self) -> str:
        """The file format: the number of documents, then a line for every frequency with its stems."""
        by_count: dict[int, list[str]] = {}
        for stem, count in self._frequency.items():
            by_count.setdefault(count, []).append(stem)
        lines = [f"{count} {' '.join(sorted(by_count[count]))}" for count in sorted(by_count, reverse=True)]
        return "\n".join([str(self.documents), *lines]) + "\n"


def idf_of(documents: Iterable[str]) -> Idf:
    """Statistics of the given documents."""
    count = 0
    frequency: dict[str, int] = {}
    for text in documents:
        count += 1
        for stem in set(stems(text)):
            if len(stem) <= 30:
                frequency[stem] = frequency.get(stem, 0) + 1
    return Idf(count, frequency)


def parse_idf(text: str) -> Idf:
    """Reads `Idf.as_text`; a file without documents gives empty statistics."""
    lines = text.splitlines()
    frequency: dict[str, int] = {}
    for line in lines[1:]:
        count, *stemmed = line.split(" ")
        for stem in stemmed:
            frequency[stem] = int(count)
    return Idf(int(lines[0]) if lines else 0, frequency)


@lru_cache(maxsize=1)
def shipped_idf() -> Idf:
    """The statistics in the package, read once."""
    return parse_idf(_FILE.read_text(encoding="utf-8"))
