"""Words to the vocabulary pieces of the reader, as BERT's uncased tokeniser cuts them, with offsets into the raw text.

Source: Devlin et al. 2018 (arXiv 1810.04805), section 3, and Wu et al. 2016 (arXiv 1609.08144) for WordPiece. The vocabulary
is a part of BERT's: a word whose own piece was left out is cut into shorter pieces that are there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

UNKNOWN = "[UNK]"
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as piece numbers; piece i stands for `text[starts[i]:ends[i]]`."""

    ids: list[int]
    starts: list[int]
    ends: list[int]


@dataclass(slots=True)
class WordPiece:
    """`pieces` in the order of their numbers; those that go on within a word begin with `##`."""

    pieces: Sequence[str]
    _number: dict[str, int] = field(init=False)
    _known: dict[str, tuple[tuple[int, int], ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._number = {piece: number for number, piece in enumerate(self.pieces)}

    @property
    def numbers(self) -> Mapping[str, int]:
        """Piece to number."""
        return self._number

    def cut(self, text: str) -> Pieces:
        """The pieces of a text, in order; nothing is added at its ends."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for word, places in _words(text):
            for number, length in self._pieces_of(word):
                ids.append(number)
                starts.append(places[0])
                ends.append(places[length - 1] + 1)
                places = places[length:]
        return Pieces(ids, starts, ends)

    def _pieces_of(self, word: str) -> tuple[tuple[int, int], ...]:
        """(number, letters) of each piece: the longest known beginning first, then so on from there."""
        known = self._known.get(word)
        if known is not None:
            return known
        found: list[tuple[int, int]] = []
        start = 0
        while start < len(word):
            lead = "##" if start else ""
            end = len(word)
            while end > start and lead + word[start:end] not in self._number:
                end -= 1
            if end == start or len(word) > _LONGEST_WORD:
                found = [(self._number[UNKNOWN], len(word))]
                break
            found.append((self._number[lead + word[start:end]], end - start))
            start = end
        result = tuple(found)
        if len(self._known) < 20_000:
            self._known[word] = result
        return result


def _words(text: str) -> Iterator[tuple[str, list[int]]]:
    """Words in small letters without accents, and marks of punctuation one by one, with the place of every letter."""
    word: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Zs") or character == "\ufffd":
            if word and (character.isspace() or unicodedata.category(character) == "Zs"):
                yield "".join(word), places
                word, places = [], []
            continue
        if _is_mark(character) or _is_ideograph(character):
            if word:
                yield "".join(word), places
                word, places = [], []
            yield character, [place]
            continue
        for letter in unicodedata.normalize("NFD", character.lower()):
            if unicodedata.category(letter) != "Mn":
                word.append(letter)
                places.append(place)
    if word:
        yield "".join(word), places


def _is_mark(character: str) -> bool:
    code = ord(character)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(character).startswith("P")


def _is_ideograph(character: str) -> bool:
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
        or 0x2F800 <= code <= 0x2FA1F
    )
