"""What a chart is asked to show. Plain data; the caller maps a demo's description onto it with `options_for`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

LegendPlace = Literal["auto", "right", "bottom", "none"]
Range = tuple[float, float]


class XY(Protocol):
    """A curve: `x` and `y` of equal length; inf and nan are allowed."""

    @property
    def x(self) -> ArrayLike: ...
    @property
    def y(self) -> ArrayLike: ...


class Labelled(Protocol):
    """The part of a demo's description that a plot needs."""

    @property
    def x_label(self) -> str: ...
    @property
    def y_label(self) -> str: ...
    @property
    def y_log_label(self) -> str: ...
    @property
    def x_log(self) -> bool: ...
    @property
    def y_log(self) -> bool: ...


class Windowed(Protocol):
    """The part of the y axis worth looking at, by kind of axis."""

    @property
    def linear(self) -> Range | None: ...
    @property
    def log(self) -> Range | None: ...


@dataclass(frozen=True, slots=True)
class ChartOptions:
    """How to draw a set of curves.

    `y_abs` shows |y|, which a logarithmic axis needs for values that change sign. `x_range` and `y_range` fix an axis
    exactly; `y_view` only cuts what the data would otherwise claim. `grid` marks the y ticks across the plot.
    """

    title: str = ""
    x_label: str = ""
    y_label: str = ""
    x_log: bool = False
    y_log: bool = False
    y_abs: bool = False
    x_range: Range | None = None
    y_range: Range | None = None
    y_view: Range | None = None
    legend: LegendPlace = "auto"
    grid: bool = False


def options_for(spec: Labelled, view: Windowed, *, y_log: bool | None = None, title: str = "") -> ChartOptions:
    """The options for a demo: its labels, and its view for the kind of y axis (its own kind unless `y_log` is given)."""
    log = spec.y_log if y_log is None else y_log
    return ChartOptions(
        title=title,
        x_label=spec.x_label,
        y_label=spec.y_log_label if log else spec.y_label,
        x_log=spec.x_log,
        y_log=log,
        y_abs=log,
        y_view=view.log if log else view.linear,
    )
