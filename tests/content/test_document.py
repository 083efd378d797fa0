"""YAML to plain data: what stays text, what is a number, and that no bytes at all can do worse than a ContentError."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.content.document import Mark, parse_document
from quizbot.content.loader import parse_question
from quizbot.content.problems import ContentError
from tests.helpers import QUESTION


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"),
        ("12:30:45", "12:30:45"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("1e-5", 0.00001),
        ("1E5", 100000.0),
        (".5", 0.5),
        ("-3.", -3.0),
        ("0.1", 0.1),
        ("007", 7),
        ("0x1F", 31),
        ("0o17", 15),
        ("+12", 12),
        ("true", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("null", None),
        ("~", None),
        ("-.inf", float("-inf")),
        ("'5'", "5"),
        ('"true"', "true"),
        ("!!str 5", "5"),
        ("=", "="),
        ("9" * 200, "9" * 200),
    ],
)
def test_scalars_follow_the_core_schema(written: str, read: object) -> None:
    value = parse_document(f"key: {written}\n".encode(), "x.yaml").data["key"]
    assert value == read
    assert type(value) is type(read)


def test_every_value_and_key_has_its_mark() -> None:
    document = parse_document("a: 1\nb:\n  - x\n  - {c: é, d: y}\n".encode(), "x.yaml")
    assert document.values == {
        (): Mark(1, 1),
        ("a",): Mark(1, 4),
        ("b",): Mark(3, 3),
        ("b", 0): Mark(3, 5),
        ("b", 1): Mark(4, 5),
        ("b", 1, "c"): Mark(4, 9),
        ("b", 1, "d"): Mark(4, 15),
    }
    assert document.keys == {
        ("a",): Mark(1, 1),
        ("b",): Mark(2, 1),
        ("b", 1, "c"): Mark(4, 6),
        ("b", 1, "d"): Mark(4, 12),
    }
    assert document.value_mark(("b", 1, "gone", 3)) == Mark(4, 5)


def lies_inside(raw: bytes, line: int, column: int) -> bool:
    lines = re.split(r"\r\n|\r|\n", raw.decode("utf-8-sig", "replace"))
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


def check(raw: bytes) -> None:
    """Either a question or a ContentError whose every problem has a place in the file and fits on a line."""
    try:
        parse_question(raw, "small.yaml")
    except ContentError as error:
        assert error.problems
        for problem in error.problems:
            assert (problem.line, problem.column) == (1, 1) or lies_inside(raw, problem.line, problem.column), problem
            assert len(str(problem).splitlines()) == 1
            assert problem.message
            assert re.fullmatch(r"[a-z]+(-[a-z]+)*", problem.rule)


@given(st.binary(max_size=200))
def test_arbitrary_bytes(raw: bytes) -> None:
    check(raw)


PIECES = [
    "\t",
    "\n",
    "\r",
    "\r\n",
    "  ",
    "- ",
    ": ",
    ":",
    "? ",
    "#",
    " #",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    ",",
    "|",
    ">-\n",
    "---\n",
    "...\n",
    "*a",
    "&a ",
    "<<: ",
    "!!int ",
    "!x ",
    "%YAML 9.9\n",
    "\0",
    "\x85",
    "\u2028",
    "\ufeff",
    "é",
    "🙂",
    "null",
    "~",
    "true",
    "yes",
    ".nan",
    "-1",
    "1e999",
    "9" * 5000,
    "0x",
    "[" * 60,
    "{a: " * 60,
    "\\",
    '"\\x00"',
    '"\\ud800"',
    "schema: quizbot/question@1\n",
    "id: other\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_arbitrary_pieces_of_yaml(text: str) -> None:
    check(text.encode())


@given(st.data())
def test_a_valid_question_with_some_bytes_changed(data: st.DataObject) -> None:
    raw = QUESTION.encode()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(raw)))
        end = min(len(raw), start + data.draw(st.integers(0, 12)))
        piece = data.draw(st.sampled_from([b"", *(piece.encode() for piece in PIECES)]) | st.binary(max_size=4))
        raw = raw[:start] + piece + raw[end:]
    check(raw)


@given(st.data())
def test_a_valid_question_with_lines_moved(data: st.DataObject) -> None:
    lines = QUESTION.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        moved = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        lines.insert(data.draw(st.integers(0, len(lines))), data.draw(st.sampled_from(["", "  ", "    "])) + moved)
    check("".join(lines).encode())
