"""Arithmetic on polylines in dots or pixels: cutting them to a box, thinning them, spacing their dashes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# In dots and pixels a difference this small is none, and dividing by a smaller one can overflow.
_FLAT = 1e-9


def clip_segments(
    x: Floats, y: Floats, box: tuple[float, float, float, float]
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """The visible parts of the segments between successive points, after Liang and Barsky.

    `box` is (left, bottom, right, top). Returns the ends' x and y, each of shape (segments, 2), and which segment each
    row is. A segment with an end that is nan is dropped: that is a gap. Coordinates must not be infinite.
    """
    left, bottom, right, top = box
    x0, y0 = x[:-1], y[:-1]
    dx, dy = x[1:] - x0, y[1:] - y0
    enter, leave = np.zeros(len(dx)), np.ones(len(dx))
    keep = ~np.isnan(dx + dy)
    for start, delta, low, high in ((x0, dx, left, right), (y0, dy, bottom, top)):
        flat = np.abs(delta) < _FLAT
        keep &= ~flat | ((start >= low - _FLAT) & (start <= high + _FLAT))
        safe = np.where(flat, 1.0, delta)
        a, b = (low - start) / safe, (high - start) / safe
        enter = np.where(flat, enter, np.maximum(enter, np.minimum(a, b)))
        leave = np.where(flat, leave, np.minimum(leave, np.maximum(a, b)))
    index = np.flatnonzero(keep & (enter <= leave))
    t = np.stack((enter[index], leave[index]), axis=1)
    ends_x = np.clip(x0[index, None] + t * dx[index, None], left, right)
    ends_y = np.clip(y0[index, None] + t * dy[index, None], bottom, top)
    return ends_x, ends_y, index


def thin(x: Floats, y: Floats, columns: int) -> tuple[Floats, Floats]:
    """The same curve with at most four points per column of width 1: first, lowest, highest, last.

    Only for curves that run from left to right and have many points per column; others come back as they are.
    What is drawn does not change, since a column can show no more than its extremes.
    """
    if len(x) <= 8 * columns or np.isnan(x).any() or (np.diff(x) < 0).any():
        return x, y
    column = np.floor(x + 0.5)
    starts = np.flatnonzero(np.concatenate(([True], column[1:] != column[:-1])))
    if len(starts) * 4 >= len(x):
        return x, y
    ends = np.concatenate((starts[1:], [len(x)])) - 1
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    thin_x = np.repeat(column[starts], 4)
    thin_y = np.stack((y[starts], low, high, y[ends]), axis=1).ravel()
    return thin_x, thin_y


def dash_mask(positions: NDArray[np.intp], dash: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which positions along a curve are drawn; `dash` lists lengths drawn and left out in turn."""
    pattern = np.concatenate([np.full(length, i % 2 == 0) for i, length in enumerate(dash)])
    drawn: NDArray[np.bool_] = pattern[positions % len(pattern)]
    return drawn
