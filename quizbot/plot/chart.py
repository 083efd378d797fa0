"""A chart in terminal cells: raster, axes, ticks, titles and legend for a given width and height."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from quizbot.plot import legend
from quizbot.plot.geometry import Floats
from quizbot.plot.options import XY, ChartOptions
from quizbot.plot.raster import BrailleRaster
from quizbot.plot.scene import Scene, build_scene
from quizbot.plot.styles import Style, look, single_cells

_AXES_NEED_WIDTH, _AXES_NEED_HEIGHT = 16, 5


@dataclass(frozen=True, slots=True, eq=False)
class ChartCells:
    """A finished chart: `codes` holds a code point for each cell, `styles` a series number or a `Style`.

    Both have shape (height, width). Every character is one cell wide.
    """

    codes: NDArray[np.uint32]
    styles: NDArray[np.int16]

    @property
    def width(self) -> int:
        return int(self.codes.shape[1])

    @property
    def height(self) -> int:
        return int(self.codes.shape[0])

    def segments(self, row: int) -> list[tuple[str, int]]:
        """One row as runs of equal style: (text, series number from 0 or a negative `Style`)."""
        styles = self.styles[row]
        if not len(styles):
            return []
        text = "".join(map(chr, self.codes[row].tolist()))
        cuts = [0, *(np.flatnonzero(styles[1:] != styles[:-1]) + 1).tolist(), len(styles)]
        return [(text[a:b], int(styles[a])) for a, b in pairwise(cuts)]

    def to_text(self) -> str:
        """The chart without colour, rows joined by newlines, blanks at the end of rows dropped."""
        return "\n".join("".join(map(chr, row)).rstrip() for row in self.codes.tolist())

    def changed_rows(self, before: ChartCells | None) -> list[int]:
        """The rows that differ from `before`: all of them when there is none or its size differs."""
        if before is None or before.codes.shape != self.codes.shape:
            return list(range(self.height))
        changed = ((self.codes != before.codes) | (self.styles != before.styles)).any(axis=1)
        rows: list[int] = np.flatnonzero(changed).tolist()
        return rows


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle of cells."""

    top: int
    left: int
    height: int
    width: int

    def row(self, v: float) -> int:
        """The row of fraction `v` of the height, found by way of dots so that it agrees with the raster."""
        return self.top + (round((1 - v) * (4 * self.height - 1)) >> 2)

    def column(self, u: float) -> int:
        return self.left + (round(u * (2 * self.width - 1)) >> 1)


class _Canvas:
    """Cells that ignore whatever is written outside them."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = max(0, width), max(0, height)
        self.codes = np.full((self.height, self.width), ord(" "), dtype=np.uint32)
        self.styles = np.full((self.height, self.width), Style.BLANK, dtype=np.int16)

    def put(self, row: int, column: int, text: str, style: int) -> None:
        if not 0 <= row < self.height:
            return
        text, column = text[max(0, -column) :], max(0, column)
        text = text[: max(0, self.width - column)]
        if text:
            self.codes[row, column : column + len(text)] = [ord(char) for char in text]
            self.styles[row, column : column + len(text)] = style


def draw_chart(series: Mapping[str, XY], width: int, height: int, options: ChartOptions | None = None) -> ChartCells:
    """Draw `series` into `width` × `height` cells; meant for 40×10 and up, and smaller ones still show the curves.

    Series are numbered in the order of the mapping. Values off the scale are marked with arrows at the edge, values
    that are not numbers break the line and are marked ×. Raises ValueError when x and y of a series differ in length.
    """
    options = options or ChartOptions()
    scene = build_scene(series, options)
    canvas = _Canvas(width, height)
    if canvas.width < _AXES_NEED_WIDTH or canvas.height < _AXES_NEED_HEIGHT:
        _draw_curves(canvas, _Box(0, 0, canvas.height, canvas.width), scene)
    else:
        _draw_all(canvas, scene, options)
    return ChartCells(canvas.codes, canvas.styles)


def _draw_all(canvas: _Canvas, scene: Scene, options: ChartOptions) -> None:
    names = [curve.name for curve in scene.curves]
    remarks = scene.remarks
    title, own_x_row = bool(options.title) and canvas.height >= 10, bool(options.x_label) and canvas.height >= 14
    top = int(title) + int(bool(options.y_label or (options.x_label and not own_x_row)) and canvas.height >= 7)
    bottom = 2 + int(own_x_row)
    room = canvas.height - top - bottom

    right, below = _legend(names, remarks, canvas, room, options)
    plot_width = canvas.width - (max((p.column + legend.extent(p) for p in right), default=-2) + 2)
    plot_height = room - (max((p.row for p in below), default=-1) + 1)

    y_ticks = scene.y_axis.ticks(max(2, plot_height // 2 if scene.y_axis.log else plot_height // 3))
    gutter = min(max((len(label) for _, label in y_ticks), default=0), plot_width // 3) + 1
    box = _Box(top, gutter + 1, plot_height, plot_width - gutter - 1)

    if title:
        canvas.put(0, 0, _fitted(options.title, canvas.width), Style.TITLE)
    _draw_frame(canvas, box, scene, y_ticks, grid=options.grid)
    _draw_titles(canvas, box, options, own_x_row)
    _draw_curves(canvas, box, scene)
    _draw_legend(canvas, right, top, plot_width + 2)
    _draw_legend(canvas, below, canvas.height - (canvas.height - top - bottom - plot_height), 0)


def _legend(
    names: Sequence[str], remarks: Sequence[str], canvas: _Canvas, room: int, options: ChartOptions
) -> tuple[list[legend.Placed], list[legend.Placed]]:
    """The entries to the right of the plot and those below it; one of the two is empty."""
    if options.legend == "none" or not names or not any(names):
        return [], []
    widest = max(map(len, [*names, *remarks])) + 4
    beside = options.legend == "right" or (
        options.legend == "auto" and canvas.width - widest - 2 >= 60 and len(names) + len(remarks) <= room
    )
    if beside:
        return legend.stack(names, remarks, min(widest, canvas.width // 3), room), []
    # The plot keeps at least four rows and two thirds of the height.
    return [], legend.flow(names, remarks, canvas.width, min(room - 4, max(1, canvas.height // 3)))


def _draw_frame(canvas: _Canvas, box: _Box, scene: Scene, y_ticks: list[tuple[float, str]], *, grid: bool) -> None:
    spine, floor = box.left - 1, box.top + box.height
    for row in range(box.top, floor):
        canvas.put(row, spine, "│", Style.AXIS)
    canvas.put(floor, spine, "└" + "─" * box.width, Style.AXIS)
    used: set[int] = set()
    for v, label in y_ticks:
        row = box.row(v)
        if row in used:
            continue
        used.add(row)
        canvas.put(row, spine, "┤", Style.AXIS)
        canvas.put(row, spine - 1 - len(label), label, Style.TICK)
        if grid:
            canvas.put(row, box.left, "┈" * box.width, Style.GRID)
    free_from = 0
    limit = box.left + box.width
    for u, label in _spaced_ticks(scene, box.width):
        column = box.column(u)
        start = min(max(0, column - len(label) // 2), limit - len(label))
        if start >= free_from:
            canvas.put(floor, column, "┬", Style.AXIS)
            canvas.put(floor + 1, start, label, Style.TICK)
            free_from = start + len(label) + 1


def _spaced_ticks(scene: Scene, width: int) -> list[tuple[float, str]]:
    """As many x ticks as leave three blanks between labels."""
    most = max(2, width // 8)
    ticks = scene.x_axis.ticks(most)
    while most > 2 and sum(len(label) + 3 for _, label in ticks) > width:
        most -= 1
        ticks = scene.x_axis.ticks(most)
    return ticks


def _draw_titles(canvas: _Canvas, box: _Box, options: ChartOptions, own_x_row: bool) -> None:
    row, right = box.top - 1, box.left + box.width
    x_label = _fitted(options.x_label, box.width)
    if own_x_row:
        canvas.put(box.top + box.height + 2, box.left + (box.width - len(x_label)) // 2, x_label, Style.TITLE)
    if row < 0 or (row == 0 and options.title and canvas.height >= 10):
        return
    y_label = _fitted(options.y_label, right)
    canvas.put(row, max(0, min(box.left - 1, right - len(y_label))), y_label, Style.TITLE)
    if not own_x_row and x_label:
        text = f"{x_label} →"
        if max(0, box.left - 1) + len(y_label) + 2 + len(text) <= right:
            canvas.put(row, right - len(text), text, Style.TITLE)


def _draw_curves(canvas: _Canvas, box: _Box, scene: Scene) -> None:
    if box.width < 1 or box.height < 1:
        return
    raster = BrailleRaster(box.width, box.height)
    for curve in scene.curves:
        x = curve.u * (raster.dots_x - 1)
        y = (1 - curve.v) * (raster.dots_y - 1)
        raster.line(x, y, curve.index, curve.look.dash)
    drawn = raster.ids >= 0
    area = np.s_[box.top : box.top + box.height, box.left : box.left + box.width]
    canvas.codes[area] = np.where(drawn, raster.codes(), canvas.codes[area])
    canvas.styles[area] = np.where(drawn, raster.ids, canvas.styles[area])
    most = max(1, box.width // max(8, box.width // 5, 2 * len(scene.curves)))
    for curve in scene.curves:
        for u, v in curve.marker_places(most, len(scene.curves)):
            canvas.put(box.row(v), box.column(u), curve.look.marker, curve.index)
    for curve in scene.curves:
        for mark in curve.marks:
            canvas.put(box.row(mark.v), box.column(mark.u), mark.symbol, curve.index)


def _draw_legend(canvas: _Canvas, placed: Sequence[legend.Placed], top: int, left: int) -> None:
    for one in placed:
        row, column = top + one.row, left + one.column
        if one.entry.index is None:
            canvas.put(row, column, one.entry.text, Style.TICK)
            continue
        if one.sample == 3:
            canvas.put(row, column, _sample(one.entry.index), one.entry.index)
        else:
            canvas.put(row, column, look(one.entry.index).marker, one.entry.index)
        canvas.put(row, column + legend.extent(one) - len(one.entry.text), one.entry.text, Style.TICK)


def _sample(index: int) -> str:
    """Marker between two cells of the curve's own dash pattern."""
    raster = BrailleRaster(3, 1)
    x: Floats = np.array([0.0, 5.0])
    raster.line(x, np.array([2.0, 2.0]), index, look(index).dash)
    row = raster.rows()[0]
    return row[0] + look(index).marker + row[2]


def _fitted(text: str, width: int) -> str:
    text = single_cells(text)
    return text if len(text) <= width else text[: max(0, width - 1)] + ("…" if width > 0 else "")
