"""Curves as braille characters: every terminal cell is 2 dots wide and 4 dots high."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quizbot.plot.geometry import Floats, clip_segments, dash_mask, thin

# Bit of each dot in a braille character (U+2800 plus the bits), by row and column in the cell.
_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], dtype=np.uint32)
_BRAILLE = 0x2800

# Far enough outside any terminal to keep a line's direction, near enough to keep arithmetic finite.
_FAR = 1e9


class BrailleRaster:
    """A bitmap of `width` × `height` cells that remembers which series drew last in each cell.

    Dot coordinates run from 0 at the top left to `dots_x - 1` and `dots_y - 1`; they may be fractions, lie outside or
    be nan (a gap). A size below 1 gives an empty raster on which drawing has no effect.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = max(0, width), max(0, height)
        self.dots_x, self.dots_y = 2 * self.width, 4 * self.height
        self._dots = np.zeros((self.dots_y, self.dots_x), dtype=np.bool_)
        self.ids: NDArray[np.int16] = np.full((self.height, self.width), -1, dtype=np.int16)
        """Series that drew last in each cell, shape (height, width); -1 where nothing was drawn."""

    def line(self, x: Floats, y: Floats, series: int, dash: tuple[int, ...] = ()) -> None:
        """Draw the polyline through the points; `dash` counts dots drawn and left out in turn (empty: solid)."""
        if not self._dots.size or not len(x):
            return
        x, y = np.clip(x, -_FAR, _FAR), np.clip(y, -_FAR, _FAR)
        self._isolated(x, y, series)
        x, y = thin(x, y, self.dots_x)
        box = (-0.49, -0.49, self.dots_x - 0.51, self.dots_y - 0.51)
        ends_x, ends_y, _ = clip_segments(x, y, box)
        dx, dy = ends_x[:, 1] - ends_x[:, 0], ends_y[:, 1] - ends_y[:, 0]
        # One dot per unit of the longer direction; the next segment brings its own first dot.
        counts = np.ceil(np.maximum(np.abs(dx), np.abs(dy))).astype(np.intp) + 1
        total = int(counts.sum())
        if not total:
            return
        offsets = np.cumsum(counts) - counts
        t = (np.arange(total) - np.repeat(offsets, counts)) / np.repeat(np.maximum(counts - 1, 1), counts)
        columns = np.rint(np.repeat(ends_x[:, 0], counts) + t * np.repeat(dx, counts)).astype(np.intp)
        rows = np.rint(np.repeat(ends_y[:, 0], counts) + t * np.repeat(dy, counts)).astype(np.intp)
        if dash:
            # Counted over distinct dots, so that the pattern does not depend on how many points a curve has.
            moved = np.concatenate(([0], ((columns[1:] != columns[:-1]) | (rows[1:] != rows[:-1])).astype(np.intp)))
            drawn = dash_mask(np.cumsum(moved), dash)
            columns, rows = columns[drawn], rows[drawn]
        self._set(columns, rows, series)

    def points(self, x: Floats, y: Floats, series: int) -> None:
        """Draw one dot at each point that lies inside."""
        inside = (x > -0.5) & (x < self.dots_x - 0.5) & (y > -0.5) & (y < self.dots_y - 0.5)
        self._set(np.rint(x[inside]).astype(np.intp), np.rint(y[inside]).astype(np.intp), series)

    def codes(self) -> NDArray[np.uint32]:
        """Code points, shape (height, width): braille where something was drawn, a space elsewhere."""
        cells = self._dots.reshape(self.height, 4, self.width, 2)
        bits = np.zeros((self.height, self.width), dtype=np.uint32)
        for row in range(4):
            for column in range(2):
                bits |= cells[:, row, :, column] * _BITS[row, column]
        return np.where(bits == 0, np.uint32(ord(" ")), bits + np.uint32(_BRAILLE))

    def rows(self) -> list[str]:
        """The picture as text, one string a row of cells."""
        return ["".join(map(chr, row)) for row in self.codes().tolist()]

    def _isolated(self, x: Floats, y: Floats, series: int) -> None:
        """Points without a neighbour to be joined to would vanish from a polyline; draw them as dots."""
        gap = np.isnan(x) | np.isnan(y)
        before, after = np.concatenate(([True], gap[:-1])), np.concatenate((gap[1:], [True]))
        alone = ~gap & before & after
        if alone.any():
            self.points(x[alone], y[alone], series)

    def _set(self, columns: NDArray[np.intp], rows: NDArray[np.intp], series: int) -> None:
        self._dots[rows, columns] = True
        self.ids[rows >> 2, columns >> 1] = series
