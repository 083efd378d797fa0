"""Making untrusted text harmless before it reaches a screen.

Content comes from files that anyone may have written, and answers from anywhere a user pastes from. A terminal obeys
control characters, and bidirectional overrides can make text read differently from what it is (CVE-2021-42574).
"""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def safe(text: str) -> str:
    """`text` with each control character replaced by one visible character, so that offsets stay true.

    Line feeds and tabs stay. Lone surrogates, which no terminal can encode, are replaced too.
    """
    return _UNSAFE.sub(_picture, text)


def safe_line(text: str) -> str:
    """As `safe`, on one line: line feeds and tabs become spaces."""
    return safe(text).replace("\n", " ").replace("\t", " ")


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's control pictures: ESC is shown as ␛
    return "\u2421" if code == 0x7F else "\ufffd"
