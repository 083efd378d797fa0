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
    from .network import Network, Points

_FOLDER = Path(__file__).parent
_MOST_STRETCHES = 6
"""Stretches of an answer that are read; about 1,400 words. What comes after is left to the lexical scorer."""
_DIGITS = 2


LogOdds = tuple[float, ...]
"""Of missing, partial, covered, contradicted."""
_NOTHING: LogOdds = (4.0, 0.0, 0.0, 0.0)
Span = tuple[int, int]


@dataclass(slots=True)
class Reading:
    """What was read of one answer: log-odds for every key point, and where each may have been made.

    `shares` has, for every key point, the beginnings of pieces in the text and how likely the point is made at each.
    """

    log_odds: list[LogOdds]
    shares: list[tuple[Sequence[int], Sequence[float]]]

    def within(self, point: int, spans: Sequence[Span]) -> list[float]:
        """How likely a key point is made in each of some stretches (start, end) of the text, rounded as the log-odds are."""
        starts, shares = self.shares[point]
        return [
            round(sum(share for at, share in zip(starts, shares, strict=True) if start <= at < end), _DIGITS)
            for start, end in spans
        ]


@dataclass(slots=True)
class Reader:
    """The network with its cutter."""

    cutter: WordPiece
    network: Network

    def prepare(self, points: Sequence[KeyPoint]) -> Points | None:
        """Key points with their phrasings, read by themselves; None where there are none."""
        cut = [point_ids(self.cutter, parts_of(point)) for point in points]
        return self.network.prepare(cut) if cut else None

    def read(self, answer: str, points: Points | None) -> Reading:
        """An answer of any length, a long one in stretches, against prepared key points.

        Of several stretches the one that is surest of not missing a point decides that point. The log-odds are rounded so that
        machines agree.
        """
        count = len(points.bounds) - 1 if points else 0
        pieces = self.cutter.cut(answer)
        best = Reading([_NOTHING] * count, [((), ())] * count)
        if points and pieces.ids:
            for number, (first, last) in enumerate(stretches(answer, pieces)[:_MOST_STRETCHES]):
                read = self.network.read(answer_ids(self.cutter, pieces, first, last), points)
                for k, row in enumerate(read.log_odds.tolist()):
                    found = tuple(round(value, _DIGITS) for value in row)
                    if number == 0 or _missing(found) < _missing(best.log_odds[k]):
                        best.log_odds[k] = found
                        best.shares[k] = (pieces.starts[first:last], read.places[k, 1:-1].tolist())
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
