"""The same picture for every output: axes with their ranges, and curves placed between 0 and 1 along them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quizbot.plot.geometry import Floats
from quizbot.plot.options import XY, ChartOptions, Range
from quizbot.plot.styles import ABOVE, BELOW, LOST, Look, look
from quizbot.plot.ticks import linear_ticks, log_ticks, short_number, tick_labels

# A fraction of the axis this far out stands for infinity: no line leads there, a mark says where it happened.
_FAR = 1e6

# Ranges narrower than this part of their values cannot be labelled with a sane number of digits.
_NARROW = 1e-6

# Two samples nearer than this along x, one above the scale and one below, are not joined: see `_without_leaps`.
_LEAP = 0.05

_HUGE = 1e300
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from `low` to `high` (finite, low < high, both positive when `log`); `whole` asks for whole ticks."""

    low: float
    high: float
    log: bool = False
    whole: bool = False

    def place(self, values: Floats) -> Floats:
        """Where values lie: 0 at `low`, 1 at `high`, ±10⁶ at most; nan for nan and for negatives on a log axis."""
        with np.errstate(all="ignore"):
            if self.log:
                low = math.log10(self.low)
                fraction = (np.log10(values) - low) / (math.log10(self.high) - low)
            else:
                fraction = (values / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
            placed: Floats = np.clip(fraction, -_FAR, _FAR)
        return placed

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """At most `most` ticks as (fraction of the axis, label), ascending."""
        low, high = self.low, self.high
        values = log_ticks(low, high, most) if self.log else linear_ticks(low, high, most, whole=self.whole)
        fractions = self.place(np.array(values, dtype=np.float64))
        labels = tick_labels(values) if len(values) > 1 and not self.log else self._labels(values, fractions)
        return [(min(max(f, 0.0), 1.0), label) for f, label in zip(fractions.tolist(), labels, strict=True)]

    def _labels(self, values: Sequence[float], fractions: Floats) -> list[str]:
        """Labels with as few digits, from 3 up, as place every tick within half a percent of the axis."""
        labels: list[str] = []
        for digits in range(3, 18):
            labels = [short_number(value, digits) for value in values]
            shown = self.place(np.array([float(label) for label in labels]))
            if (np.abs(shown - fractions) < 0.005).all():
                break
        return labels


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A place where a curve stops being visible: ↑ or ↓ off the scale, × for a value that is not a number."""

    u: float
    v: float
    symbol: str


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One series: `u` and `v` are fractions of the axes, nan in gaps, possibly far outside 0 to 1."""

    name: str
    index: int
    u: Floats
    v: Floats
    marks: Sequence[Mark]

    @property
    def look(self) -> Look:
        return look(self.index)

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Which points are within the plot."""
        return _inside(self.u, self.v)

    def marker_places(self, most: int, count: int) -> list[tuple[float, float]]:
        """At most `most` points of the drawn line for the markers of this one of `count` curves.

        They are spread evenly along x and shifted by curve, so that curves that coincide both show theirs. A point of
        the data is preferred; between points far apart the marker sits on the line that joins them.
        """
        known = np.flatnonzero(~np.isnan(self.u) & ~np.isnan(self.v))
        u, v = self.u[known], self.v[known]
        if len(u) > 1 and (u[1:] >= u[:-1]).all():
            targets = (np.arange(most) + (self.index + 0.5) / count) / most
            targets = targets[(targets > u[0]) & (targets <= u[-1])]
            after = np.searchsorted(u, targets)
            before = after - 1
            part = (targets - u[before]) / (u[after] - u[before])
            near = np.where(part > 0.5, after, before)
            snap = np.abs(u[near] - targets) <= 0.5 / (most * count)
            # Across a gap there is no line to sit on.
            joined = snap | (known[after] - known[before] == 1)
            places_u = np.where(snap, u[near], targets)
            places_v = np.where(snap, v[near], v[before] + part * (v[after] - v[before]))
            chosen = joined & _inside(places_u, places_v)
            if chosen.any():
                return list(zip(places_u[chosen].tolist(), places_v[chosen].tolist(), strict=True))
        # A curve that runs back and forth, or leaves the plot before its first place.
        visible = np.flatnonzero(self.inside)
        kept = visible[len(visible) % max(1, most) :: -(-len(visible) // most)] if len(visible) > most else visible[-1:]
        return list(zip(self.u[kept].tolist(), self.v[kept].tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    x_axis: Axis
    y_axis: Axis
    curves: Sequence[Curve]

    @property
    def remarks(self) -> list[str]:
        """What the legend says of the marks that occur."""
        occurring = {mark.symbol for curve in self.curves for mark in curve.marks}
        texts = {ABOVE: "above the scale", BELOW: "below the scale", LOST: "not a number"}
        return [f"{symbol} {text}" for symbol, text in texts.items() if symbol in occurring]


def build_scene(series: Mapping[str, XY], options: ChartOptions) -> Scene:
    """Place every series. Raises ValueError when a series has x and y of different lengths."""
    data = [(name, *_arrays(name, one, options)) for name, one in series.items()]
    x_range = _axis_range([x for _, x, _ in data], options.x_log, options.x_range, None)
    y_range = _axis_range([y for _, _, y in data], options.y_log, options.y_range, options.y_view)
    x_axis = Axis(*x_range, options.x_log, whole=all(_whole(x) for _, x, _ in data))
    y_axis = Axis(*y_range, options.y_log)
    curves = []
    for index, (name, x, y) in enumerate(data):
        u, v = x_axis.place(x), y_axis.place(y)
        marks = _marks(u, v)
        curves.append(Curve(name, index, *_without_leaps(u, v), marks))
    return Scene(x_axis, y_axis, curves)


def freeze(series: Mapping[str, XY], options: ChartOptions) -> ChartOptions:
    """`options` with both ranges fixed to what `series` needs, so that the axes stand still while frames grow."""
    scene = build_scene(series, options)
    return replace(
        options, x_range=(scene.x_axis.low, scene.x_axis.high), y_range=(scene.y_axis.low, scene.y_axis.high)
    )


def _arrays(name: str, one: XY, options: ChartOptions) -> tuple[Floats, Floats]:
    x, y = _floats(one.x), _floats(one.y)
    if x.shape != y.shape:
        raise ValueError(f"series {name!r} has {x.size} x values and {y.size} y values")
    return x, np.abs(y) if options.y_abs else y


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64).ravel()


def _whole(values: Floats) -> bool:
    return bool((np.rint(values) == values).all())


def _axis_range(columns: list[Floats], log: bool, fixed: Range | None, view: Range | None) -> Range:
    """A range that can be drawn: the fixed one, or that of the data cut to the view, made wide enough."""
    if fixed is not None:
        return _drawable(*fixed, log)
    # Zero and the subnormals near it have no place on a log axis; they are shown as below the scale.
    usable = [column[np.isfinite(column) & ((column > _TINY) | (not log))] for column in columns]
    usable = [column for column in usable if column.size]
    if not usable:
        return _drawable(*(view or ((0.1, 10.0) if log else (0.0, 1.0))), log)
    low, high = min(float(c.min()) for c in usable), max(float(c.max()) for c in usable)
    if view is not None:
        low, high = max(low, view[0]), min(high, view[1])
        if low > high:
            low, high = view
    return _drawable(low, high, log)


def _drawable(low: float, high: float, log: bool) -> Range:
    """(low, high) put in order, kept finite (and positive for a log axis) and opened up when it is too narrow."""
    fallback = (0.1, 10.0) if log else (0.0, 1.0)
    if math.isnan(low) or math.isnan(high):
        return fallback
    low, high = sorted((min(max(low, -_HUGE), _HUGE), min(max(high, -_HUGE), _HUGE)))
    if log:
        if high <= _TINY:
            return fallback
        low = max(low, _TINY)
        return (low, high) if high / low > 1 + _NARROW else (low / 10, high * 10)
    size = max(abs(low), abs(high))
    if size < _TINY:
        return -1.0, 1.0
    return (low, high) if high / 2 - low / 2 > _NARROW * size else (low - size / 2, high + size / 2)


def _inside(u: Floats, v: Floats) -> NDArray[np.bool_]:
    return (u >= 0) & (u <= 1) & (v >= 0) & (v <= 1)


def _marks(u: Floats, v: Floats) -> list[Mark]:
    """One mark wherever the curve leaves the plot upwards or downwards or ends in nan, and where it starts outside."""
    if not len(u):
        return []
    inside = _inside(u, v)
    if inside.all():
        return []
    marks = []
    gone = np.isnan(u) | np.isnan(v)
    if not inside[0] and not gone[0] and 0 <= u[0] <= 1:
        marks.append(Mark(float(u[0]), *_edge(float(v[0]))))
    for i in np.flatnonzero(inside[:-1] & ~inside[1:]).tolist():
        if gone[i + 1]:
            marks.append(Mark(float(u[i]), float(v[i]), LOST))
        elif not 0 <= v[i + 1] <= 1:
            v_edge, symbol = _edge(float(v[i + 1]))
            part = 1.0 if abs(v[i + 1]) >= _FAR else (v_edge - float(v[i])) / (float(v[i + 1]) - float(v[i]))
            marks.append(Mark(min(max(float(u[i] + part * (u[i + 1] - u[i])), 0.0), 1.0), v_edge, symbol))
    return marks


def _without_leaps(u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """The curve with a gap at infinite values and wherever it leaps over the whole height between two samples.

    A path that swings ever wider would otherwise hatch the plot from top to bottom once it has left the scale, and
    hide the others; the arrow where it left says it better.
    """
    v = np.where(np.abs(v) >= _FAR, np.nan, v)
    outside = (v > 1).astype(np.int8) - (v < 0).astype(np.int8)
    leaps = np.flatnonzero((outside[1:] * outside[:-1] == -1) & (np.abs(np.diff(u)) < _LEAP)) + 1
    if not len(leaps):
        return u, v
    return np.insert(u, leaps, np.nan), np.insert(v, leaps, np.nan)


def _edge(v: float) -> tuple[float, str]:
    return (1.0, ABOVE) if v > 1 else (0.0, BELOW)
