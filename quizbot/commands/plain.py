"""Text for a plain terminal: wrapped paragraphs and lists."""

from __future__ import annotations

import shutil
import textwrap


def width() -> int:
    """Columns to write in: those of the terminal, at most 100, since longer lines are hard to read."""
    return max(30, min(100, shutil.get_terminal_size((80, 24)).columns))


def paragraph(text: str, indent: str = "", first: str | None = None) -> str:
    """Wrap each line of `text`; `first` replaces the indent of the first line (a bullet, a number)."""
    lines: list[str] = []
    for index, line in enumerate(text.strip().splitlines() or [""]):
        start = first if first is not None and index == 0 else indent
        wrapped = textwrap.wrap(
            line, width(), initial_indent=start, subsequent_indent=indent, break_long_words=True, break_on_hyphens=False
        )
        lines.extend(wrapped or [start.rstrip()])
    return "\n".join(lines)


def bullet(text: str, mark: str = "-") -> str:
    """A list entry."""
    return paragraph(text, "  ", f"{mark} ")


def heading(text: str) -> str:
    """A heading for plain text: its own line, underlined."""
    return f"\n{text}\n{'-' * len(text)}"
