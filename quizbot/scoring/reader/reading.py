"""One answer read against key points: log-odds of the verdicts, and where in the answer each point was looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..types import KeyPoint
from .inputs import MAX_ANSWER, answer_ids, parts_of, point_ids
from .wordpiece import Pieces, WordPiece

if TYPE_CHECKING:
    from .network import Network

_FOLDER = Path(__file__).parent
_MOST_STRETCHES = 6
"""Stretches of an answer that are read; about 1,400 words. What comes after is left to the lexical scorer."""
_DIGITS = 2


LogOdds = tuple[float, ...]
"""Of missing, partial, covered, contradicted."""
_NOTHING: LogOdds = (4.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class Reader:
    """The network with its cutter."""

    cutter: WordPiece
    network: Network

    def cut_points(self, points: Sequence[KeyPoint]) -> list[list[int]]:
        """The piece numbers of key points with their phrasings, for `read`."""
        return [point_ids(self.cutter, parts_of(point)) for point in points]

    def cut_claims(self, points: Sequence[KeyPoint]) -> list[list[int]]:
        """The piece numbers of key points with one phrasing, for reading many short texts."""
        return [point_ids(self.cutter, parts_of(point)[:2]) for point in points]

    def read(self, answer: str, points: Sequence[Sequence[int]]) -> list[LogOdds]:
        """Log-odds for every key point, rounded so that machines agree; an answer of any length, a long one in stretches.

        Of several stretches the one that is surest of not missing a point decides that point.
        """
        pieces = self.cutter.cut(answer)
        best = [_NOTHING] * len(points)
        if points and pieces.ids:
            for number, (first, last) in enumerate(stretches(answer, pieces)[:_MOST_STRETCHES]):
                rows = self.network.read(answer_ids(self.cutter, pieces, first, last), points)
                for k, row in enumerate(rows.tolist()):
                    found = tuple(round(value, _DIGITS) for value in row)
                    if number == 0 or _missing(found) < _missing(best[k]):
                        best[k] = found
        return best


def _missing(log_odds: LogOdds) -> float:
    return log_odds[0] - max(log_odds[1:])


def stretches(answer: str, pieces: Pieces) -> list[tuple[int, int]]:
    """(first, last) of stretches short enough to be read at once, cut after the end of a sentence where there is one."""
    room = MAX_ANSWER
    found: list[tuple[int, int]] = []
    first = 0
    while len(pieces.ids) - first > room:
        last = first + room
        for end in range(last, first + room // 2, -1):
            if answer[pieces.starts[end - 1]] in ".!?\n" and pieces.starts[end] > pieces.ends[end - 1]:
                last = end
                break
        found.append((first, last))
        first = last
    found.append((first, len(pieces.ids)))
    return found


@lru_cache(maxsize=1)
def shipped_reader() -> Reader:
    """The reader in the package, loaded once (numpy and about 15 MB from disk)."""
    import numpy as np

    from .network import network_from

    pieces = (_FOLDER / "pieces.txt").read_text(encoding="utf-8").split("\n")[:-1]
    with np.load(_FOLDER / "reader.npz") as arrays:
        return Reader(WordPiece(pieces), network_from(arrays))
