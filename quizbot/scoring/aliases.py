"""Other wordings of the terms of one question: an answer is read as if each of them had been written as its term.

"eta" for "learning rate" is right in one question and wrong in the next, so these stand in the question and not in the
lexicon of the field. Answer, key points and prompt are all brought to the terms, which makes a wording and its term count
alike in either direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .text import Clause, Token, clauses, tokens
from .types import KeyPoint


@dataclass(frozen=True, slots=True)
class _Wording:
    """A wording by its stems, and the term it stands for: as text and in tokens, which the term itself does not need."""

    stems: tuple[str, ...]
    term: str
    meant: Sequence[Token] | None


@dataclass(frozen=True, slots=True)
class Written:
    """A text with wordings replaced. `moves` are (offset in the original, what is added to offsets from there on)."""

    text: str
    moves: tuple[tuple[int, int], ...] = ()

    def place(self, offset: int) -> int:
        """Where an offset of the original lies that is not within a wording."""
        return offset + next((moved for start, moved in reversed(self.moves) if start <= offset), 0)


class Aliases:
    """Finds wordings in texts by their stems, the longest first. A wording that runs over the end of a clause is not found."""

    __slots__ = ("_by_first",)

    def __init__(self, groups: Sequence[tuple[str, Sequence[str]]] = ()) -> None:
        """`groups` are terms with their other wordings; a term or wording without a single word is left out."""
        self._by_first: dict[str, list[_Wording]] = {}
        for term, also in groups:
            meant = tokens(term)
            for wording in (term, *also) if meant else ():
                stems = tuple(token.stem for token in tokens(wording))
                if stems:
                    # The term itself stays as it is written; it is looked for because a wording may be a part of it.
                    own = _Wording(stems, term, None if wording == term else meant)
                    self._by_first.setdefault(stems[0], []).append(own)
        for candidates in self._by_first.values():
            candidates.sort(key=lambda wording: -len(wording.stems))

    def clauses(self, text: str) -> list[Clause]:
        """The clauses of a text, as `text.clauses` gives them, with wordings replaced by the words of their terms.

        The new tokens have the offsets of the whole wording, so that what is quoted is what the user typed.
        """
        parts = clauses(text)
        if self._by_first:
            for part in parts:
                part.tokens = [token for found in self._found(part.tokens) for token in _as_term(*found)]
        return parts

    def written_out(self, text: str) -> str:
        """The text with wordings replaced by their terms, for what reads texts and not tokens."""
        return self.written(text).text

    def written(self, text: str) -> Written:
        """The text with wordings replaced by their terms, and how places in it have moved."""
        if not self._by_first:
            return Written(text)
        pieces: list[str] = []
        moves: list[tuple[int, int]] = []
        done = moved = 0
        for part in clauses(text):
            for written, wording in self._found(part.tokens):
                if wording is not None and wording.meant is not None:
                    start, end = written[0].start, written[-1].end
                    pieces += [text[done:start], wording.term]
                    moved += len(wording.term) - (end - start)
                    moves.append((end, moved))
                    done = end
        return Written("".join([*pieces, text[done:]]), tuple(moves))

    def of_point(self, point: KeyPoint) -> KeyPoint:
        """A key point with all its texts written out."""
        if not self._by_first:
            return point
        out = self.written_out
        return replace(
            point,
            claim=out(point.claim),
            accept=tuple(map(out, point.accept)),
            partial=tuple(map(out, point.partial)),
            reject=tuple(replace(wrong, says=out(wrong.says), because=out(wrong.because)) for wrong in point.reject),
            why=out(point.why),
        )

    def _found(self, words: list[Token]) -> Iterator[tuple[list[Token], _Wording | None]]:
        """The words of a clause in order, those of a wording together with it, every other one alone."""
        stems = tuple(token.stem for token in words)
        at = 0
        while at < len(words):
            candidates = self._by_first.get(stems[at], ())
            wording = next((w for w in candidates if stems[at : at + len(w.stems)] == w.stems), None)
            stop = at + (len(wording.stems) if wording else 1)
            yield words[at:stop], wording
            at = stop


def _as_term(written: list[Token], wording: _Wording | None) -> list[Token]:
    if wording is None or wording.meant is None:
        return written
    start, end = written[0].start, written[-1].end
    return [Token(start, end, word.norm, word.stem, word.content, word.negator) for word in wording.meant]
