"""What a demo gives back: frames while it runs, a result at the end, and both as JSON or CSV."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from quizbot.demos.params import ParamValue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = Sequence[float] | NDArray[np.float64] | NDArray[np.int64]

SummaryValue = float | int | str | bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One curve: `x` and `y` of equal length. `y` may hold inf and nan, which are results, not errors."""

    x: Numbers
    y: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Values over a plane, for heat maps and contours: `z` has shape (len(y), len(x))."""

    x: Numbers
    y: Numbers
    z: Sequence[Numbers] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class View:
    """The part of the plane worth looking at: (low, high) each; None lets the data decide.

    A diverging path would otherwise set the scale and flatten every other one. A view never widens what the data
    needs, it only cuts.
    """

    linear: tuple[float, float] | None = None
    log: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The state after `step` of `total` steps; `series` holds everything drawn so far. `note` is one line in words."""

    step: int
    total: int
    series: Mapping[str, Series]
    grid: Grid | None = None
    note: str = ""
    view: View = View()


@dataclass(frozen=True, slots=True, eq=False)
class DemoResult:
    """A whole run. `summary` has one entry a series; `diverged_at` is its first step that is not finite."""

    demo: str
    params: Mapping[str, ParamValue]
    series: Mapping[str, Series]
    summary: Mapping[str, Mapping[str, SummaryValue]]
    grid: Grid | None = None
    view: View = field(default_factory=View)

    def as_json(self) -> dict[str, Any]:
        """The document that `quizbot demo NAME --json` prints; values that are not finite become None."""
        grid = None
        if self.grid is not None:
            rows = [_plain(row) for row in self.grid.z]
            grid = {"x": _plain(self.grid.x), "y": _plain(self.grid.y), "z": rows}
        return {
            "demo": self.demo,
            "params": {name: list(value) if isinstance(value, tuple) else value for name, value in self.params.items()},
            "series": {name: {"x": _plain(one.x), "y": _plain(one.y)} for name, one in self.series.items()},
            "grid": grid,
            "summary": {name: {key: _finite(item) for key, item in one.items()} for name, one in self.summary.items()},
        }


class DemoModule(Protocol):
    """What a module of a demo offers. All of it is pure: the same parameters give the same frames."""

    def frame_count(self, params: Mapping[str, ParamValue]) -> int:
        """How many frames `frames` yields with `every=1`."""

    def frames(self, params: Mapping[str, ParamValue], *, every: int = 1) -> Iterator[Frame]:
        """The first frame, then one frame every `every` steps, and always the last."""

    def result(self, params: Mapping[str, ParamValue]) -> DemoResult:
        """The whole run at once."""

    def text_summary(self, result: DemoResult) -> list[str]:
        """What the plot shows, in sentences, for line mode."""

    def table(self, result: DemoResult) -> list[list[str]]:
        """The figures to show beside the plot: a row of headings, then rows of cells; empty when there are none."""


def to_csv(result: DemoResult) -> str:
    """The series in long format with the header `series,x,y`; a value that is not finite leaves its field empty."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("series", "x", "y"))
    for name, one in result.series.items():
        writer.writerows((name, x, y) for x, y in zip(_plain(one.x), _plain(one.y), strict=True))
    return out.getvalue()


def _plain(values: Numbers) -> list[float | int | None]:
    """Plain Python numbers, None for what is not finite (JSON knows neither inf nor nan)."""
    numbers: list[float | int] = values.tolist() if hasattr(values, "tolist") else list(values)
    return [value if math.isfinite(value) else None for value in numbers]


def _finite(value: SummaryValue) -> SummaryValue:
    return None if isinstance(value, float) and not math.isfinite(value) else value
