"""How curves look and how cells are styled. Series differ by marker and dash first, by colour only in addition."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum


class Style(IntEnum):
    """Style of a cell. Numbers from 0 up are series; these are the rest."""

    BLANK = -1
    AXIS = -2
    TICK = -3
    TITLE = -4
    GRID = -5


# Dots or pixels drawn and left out in turn along a curve; empty means solid.
DASHES: tuple[tuple[int, ...], ...] = ((), (6, 3), (2, 2), (6, 2, 2, 2))

MARKERS = "●■▲◆▼○□△◇▽"

# Each has a contrast of at least 3:1 on white and on #121212, so that one picture serves light and dark backgrounds.
COLOURS = ("#2a7fd4", "#d1550f", "#1f8f5f", "#b457c2", "#9a7a00", "#d43d5e", "#0f8a9a", "#7d76d6")
INK = "#767676"

ABOVE, BELOW, LOST = "↑", "↓", "×"


@dataclass(frozen=True, slots=True)
class Look:
    """The appearance of one series."""

    marker: str
    dash: tuple[int, ...]
    colour: str


def look(index: int) -> Look:
    """The look of series `index` (from 0); marker and dash together repeat after 20 series, with colour after 40."""
    return Look(
        marker=MARKERS[index % len(MARKERS)],
        dash=DASHES[index % len(DASHES)],
        colour=COLOURS[index % len(COLOURS)],
    )


def single_cells(text: str) -> str:
    """`text` with every character that would not fill exactly one terminal cell replaced by `?`."""
    return text if text.isascii() and text.isprintable() else "".join(map(_single_cell, text))


def _single_cell(char: str) -> str:
    fits = char.isprintable() and unicodedata.east_asian_width(char) not in "WF" and not unicodedata.combining(char)
    return char if fits else "?"
