"""The charts that are kept as text files beside this module, in `goldens/`.

`python -m tests.plot.pictures` prints them all and with `--write` renews the files: look at every one before you keep
it. Each has something that is known without the code: where a curve must start, end, leave or break.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quizbot.demos import registry
from quizbot.plot.chart import draw_chart
from quizbot.plot.options import ChartOptions, options_for

GOLDENS = Path(__file__).parent / "goldens"


@dataclass(frozen=True)
class Curve:
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def curve(x: object, y: object) -> Curve:
    return Curve(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))


def bowl(width: int, height: int, *, log: bool, **params: object) -> str:
    spec = registry.get("learning-rate-bowl")
    result = registry.run(spec.name, params)
    return draw_chart(result.series, width, height, options_for(spec, result.view, y_log=log)).to_text()


def bowl_log() -> str:
    """0.9^50 = 0.005 at the lower right, 1.1^50 = 117 at the upper right; rates 0.1 and 1.9 share one curve of |x|."""
    return bowl(60, 15, log=True, rates=[0.1, 1.9, 2.1], curvatures=[1])


def bowl_linear() -> str:
    """1.1^12 = 3.1 is the first value above 3: the growing swing leaves upwards between steps 11 and 12."""
    return bowl(60, 15, log=False, rates=[0.1, 1.9, 2.1], curvatures=[1])


def bowl_smallest() -> str:
    """Eight series and their legend in the smallest size that is meant to be read."""
    return bowl(40, 10, log=True)


def trouble() -> str:
    """x² with a value missing at 3, an infinity at 7, and a second curve below the scale from 5 on."""
    x = np.arange(11.0)
    up = x**2
    up[3], up[7] = np.nan, np.inf
    series = {"square": curve(x, up), "falling": curve(x, 20 - 10 * x)}
    options = ChartOptions(x_label="x", y_label="y", y_view=(-30, 100), grid=True, title="gaps, infinities, edges")
    return draw_chart(series, 64, 18, options).to_text()


def log_log() -> str:
    """1/x is a straight line from the upper left to the lower right corner when both axes are logarithmic."""
    x = np.logspace(-3, 3, 50)
    options = ChartOptions(x_label="x", y_label="1/x", x_log=True, y_log=True)
    return draw_chart({"1/x": curve(x, 1 / x)}, 50, 14, options).to_text()


def beside() -> str:
    """A wide chart with the legend on the right: sin starts at 0, cos at 1, both swing once."""
    x = np.linspace(0, 2 * np.pi, 200)
    options = replace(ChartOptions(x_label="angle", y_label="value"), grid=True)
    return draw_chart({"sin": curve(x, np.sin(x)), "cos": curve(x, np.cos(x))}, 90, 16, options).to_text()


PICTURES: dict[str, Callable[[], str]] = {
    one.__name__: one for one in (bowl_log, bowl_linear, bowl_smallest, trouble, log_log, beside)
}


def main() -> None:
    for name, draw in PICTURES.items():
        print(f"{name}: {draw.__doc__}\n{draw()}\n")
        if "--write" in sys.argv:
            (GOLDENS / f"{name}.txt").write_text(draw() + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
