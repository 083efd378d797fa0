"""Untrusted text made harmless, one character for one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.text import safe, safe_line

any_text = st.text(alphabet=st.characters(), max_size=80)


@given(any_text)
def test_offsets_stay_true(text: str) -> None:
    assert len(safe(text)) == len(text) == len(safe_line(text))


@given(any_text)
def test_no_control_character_is_left(text: str) -> None:
    for char in safe(text):
        assert unicodedata.category(char) not in ("Cc", "Cs") or char in "\n\t"
        assert unicodedata.bidirectional(char) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    safe(text).encode("utf-8")
    assert not set("\n\t\r") & set(safe_line(text))


@given(any_text)
def test_a_second_time_changes_nothing(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize("text", ["", "plain", "é🙂η ½·a·x²", "a\tb\nc", "👩‍🔬", "न्‍य", "e\u0301"])
def test_ordinary_text_stays(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"), [("\x1b[2J", "␛[2J"), ("\0", "␀"), ("\x7f", "␡"), ("\r\n", "␍\n"), ("a\u202eb", "a\ufffdb")]
)
def test_what_is_shown_instead(text: str, shown: str) -> None:
    assert safe(text) == shown
