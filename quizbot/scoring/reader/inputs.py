"""What the reader is given to read: an answer, cut into pieces, and every key point as its claim and some of its phrasings."""

from __future__ import annotations

from collections.abc import Iterable

from ..types import KeyPoint
from .wordpiece import Pieces, WordPiece

START, END = "[CLS]", "[SEP]"
CLAIM, ACCEPT, REJECT = "[unused1]", "[unused2]", "[unused3]"
"""What stands before a claim, an accepted phrasing and a rejected statement: pieces that BERT left free."""
MAX_ANSWER, MAX_PHRASING, MAX_POINT = 320, 48, 200
"""Pieces read of an answer at once, of one phrasing, and of a whole key point."""
ACCEPTED, REJECTED = 3, 2

Part = tuple[str, str]
"""A mark and a text."""


def parts_of(point: KeyPoint) -> list[Part]:
    """The texts of a key point that the reader sees."""
    return [
        (CLAIM, point.claim),
        *((ACCEPT, text) for text in list(point.accept)[:ACCEPTED]),
        *((REJECT, reject.says) for reject in list(point.reject)[:REJECTED]),
    ]


def point_ids(cutter: WordPiece, parts: Iterable[Part]) -> list[int]:
    """The piece numbers of a key point's texts, each after its mark, between start and end."""
    numbers = cutter.numbers
    ids = [numbers[START]]
    for mark, text in parts:
        ids.append(numbers[mark])
        ids += cutter.cut(text).ids[:MAX_PHRASING]
    return [*ids, numbers[END]][:MAX_POINT]


def answer_ids(cutter: WordPiece, pieces: Pieces, first: int, last: int) -> list[int]:
    """The piece numbers of a stretch of an answer, between start and end."""
    return [cutter.numbers[START], *pieces.ids[first:last], cutter.numbers[END]]
