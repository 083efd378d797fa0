"""Replacing words without touching what stands around them: letter case is kept, whole words only."""

from __future__ import annotations

import re
from collections.abc import Mapping


def like(model: str, word: str) -> str:
    """`word` written in capitals, with a capital, or small, as `model` is."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def replace_words(text: str, table: Mapping[str, str]) -> str:
    """Every whole word or phrase of `table` (small letters) replaced, the longest first; hyphenated words stay whole."""
    return replacer(table).sub(lambda match: like(match[0], table[" ".join(match[0].lower().split())]), text)


def replacer(table: Mapping[str, str]) -> re.Pattern[str]:
    """What finds the words and phrases of a table."""
    longest_first = sorted(table, key=lambda entry: (-len(entry), entry))
    found = "|".join(r"\s+".join(re.escape(word) for word in entry.split()) for entry in longest_first)
    return re.compile(rf"(?<![\w'’_-])(?:{found})(?![\w'’_-])", re.IGNORECASE)
