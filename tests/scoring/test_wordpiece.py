"""Cutting words into pieces, checked against the rules of BERT's uncased tokeniser by hand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.scoring.reader.wordpiece import WordPiece

PIECES = [
    "[UNK]",
    "learn",
    "##ing",
    "##ed",
    "rate",
    "a",
    "##a",
    "b",
    "##b",
    "cafe",
    "-",
    ".",
    "un",
    "##learn",
    "e",
    "##e",
]
CUTTER = WordPiece(PIECES)


def cut(text: str) -> list[tuple[str, str]]:
    found = CUTTER.cut(text)
    return [(PIECES[i], text[a:b]) for i, a, b in zip(found.ids, found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Learning rate", [("learn", "Learn"), ("##ing", "ing"), ("rate", "rate")]),
        ("unlearned.", [("un", "un"), ("##learn", "learn"), ("##ed", "ed"), (".", ".")]),
        ("rate-learn", [("rate", "rate"), ("-", "-"), ("learn", "learn")]),
        ("Café", [("cafe", "Café")]),
        ("Cafe\u0301 a", [("cafe", "Cafe"), ("a", "a")]),
        ("zebra a", [("[UNK]", "zebra"), ("a", "a")]),
        ("lea\u200brn", [("learn", "lea\u200brn")]),
        ("a\u00a0b\tb", [("a", "a"), ("b", "b"), ("b", "b")]),
    ],
)
def test_the_longest_known_beginning_first(text: str, wanted: list[tuple[str, str]]) -> None:
    assert cut(text) == wanted


@given(st.text(alphabet=st.sampled_from("abe rné-.,\u0301\u200b\nLEARNING中🙂"), max_size=60))
def test_pieces_stand_in_order_for_parts_of_the_text(text: str) -> None:
    found = CUTTER.cut(text)
    before = 0
    for start, end in zip(found.starts, found.ends, strict=True):
        assert before <= start < end <= len(text)
        before = start
    plain = [
        c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) not in ("Mn", "Cf", "Cc", "Zs")
    ]
    spelt = [
        c
        for start, end in zip(found.starts, found.ends, strict=True)
        for c in unicodedata.normalize("NFD", text[start:end].lower())
        if unicodedata.category(c) not in ("Mn", "Cf", "Cc", "Zs")
    ]
    assert spelt == plain
