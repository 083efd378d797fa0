"""Hypothesis strategies shared by the tests of the store."""

from __future__ import annotations

from hypothesis import strategies as st

# Lone surrogates and NUL are too rare among all characters to turn up by themselves. Not `st.text` over both: it merges them
# into one alphabet, in which they are as rare as before.
_AWKWARD = '\0\ud800\udbff\udc80\udfff\r\n\u2028\ufffd"\\😀é'
any_text = st.lists(st.one_of(st.characters(), st.sampled_from(_AWKWARD))).map("".join)
