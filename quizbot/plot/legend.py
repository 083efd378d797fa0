"""What a legend says and how its entries are set into rows of limited width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizbot.plot.styles import single_cells


@dataclass(frozen=True, slots=True)
class Entry:
    """`text` for series `index`; an index of None is a remark without a sample of a curve."""

    text: str
    index: int | None


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry at a row and column of the legend; `sample` cells come before its text."""

    row: int
    column: int
    entry: Entry
    sample: int


def entries(names: Sequence[str], remarks: Sequence[str]) -> list[Entry]:
    return [*(Entry(single_cells(name), i) for i, name in enumerate(names)), *(Entry(text, None) for text in remarks)]


def compact_names(names: Sequence[str]) -> tuple[str, list[str]]:
    """`rate=0.1,curvature=25` and its like as a common heading, `rate,curvature =`, and values alone, `0.1,25`.

    Names that are not all of one such form come back unchanged with an empty heading.
    """
    split = [[part.partition("=") for part in name.split(",")] for name in names]
    keys = {tuple(key for key, _, _ in parts) for parts in split}
    if len(keys) != 1 or any(not key or not equals or not value for parts in split for key, equals, value in parts):
        return "", list(names)
    return ",".join(keys.pop()) + " =", [",".join(value for _, _, value in parts) for parts in split]


def flow(names: Sequence[str], remarks: Sequence[str], width: int, most_rows: int) -> list[Placed]:
    """Entries from left to right in at most `most_rows` rows of `width` cells; the fullest form that fits.

    Names are written out, or else as values under a common heading, or else as many as fit with `+n more` at the end.
    """
    if most_rows < 1 or width < 4:
        return []
    full = _set(entries(names, remarks), width, sample=3)
    if _fits(full, width, most_rows):
        return full
    heading, values = compact_names(names)
    short = entries(values, remarks)
    if heading:
        short.insert(0, Entry(single_cells(heading), None))
    for listed in (short, short[: len(short) - len(remarks)]):
        placed = _set(listed, width, sample=1)
        if _fits(placed, width, most_rows):
            return placed
    for count in range(len(names) - 1, 0, -1):
        head = short[: count + (1 if heading else 0)]
        placed = _set([*head, Entry(f"+{len(names) - count} more", None)], width, sample=1)
        if _fits(placed, width, most_rows):
            return placed
    return [_cut(Entry(f"{len(names)} series", None), 0, 0, 0, width)]


def stack(names: Sequence[str], remarks: Sequence[str], width: int, most_rows: int) -> list[Placed]:
    """One entry a row, cut to `width`; what does not fit is counted in the last row."""
    listed = entries(names, remarks)
    if len(listed) > most_rows:
        listed = listed[: len(names)]
    if len(listed) > most_rows:
        listed = [*listed[: most_rows - 1], Entry(f"+{len(names) - most_rows + 1} more", None)]
    return [_cut(entry, row, 0, 3, width) for row, entry in enumerate(listed[: max(0, most_rows)])]


def _set(listed: Sequence[Entry], width: int, sample: int) -> list[Placed]:
    """Rows filled in order, two blanks between entries; an entry wider than a row has one to itself, uncut."""
    placed: list[Placed] = []
    row = column = 0
    for entry in listed:
        cells = sample if entry.index is not None else 0
        size = cells + (1 if cells == 3 else 0) + len(entry.text)
        if column and column + size > width:
            row, column = row + 1, 0
        placed.append(Placed(row, column, entry, cells))
        column += size + 2
    return placed


def _fits(placed: Sequence[Placed], width: int, most_rows: int) -> bool:
    return all(one.row < most_rows and one.column + extent(one) <= width for one in placed)


def extent(one: Placed) -> int:
    """Cells that an entry takes: the sample, a blank after a long one, the text."""
    return one.sample + (1 if one.sample == 3 else 0) + len(one.entry.text)


def _cut(entry: Entry, row: int, column: int, sample: int, width: int) -> Placed:
    sample = sample if entry.index is not None else 0
    room = max(0, width - column - sample - (1 if sample == 3 else 0))
    text = entry.text if len(entry.text) <= room else entry.text[: max(0, room - 1)] + ("…" if room else "")
    return Placed(row, column, Entry(text, entry.index), sample)
