"""Redrawing a demo: CPU milliseconds for one chart, from the series to rows of text that a terminal widget paints.

Run as a module it is the measured process.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from typing import Any

WIDTH, HEIGHT = 120, 40
DRAWS = 20
CASES: dict[str, dict[str, object]] = {
    "as shipped": {},
    "3 series of 500 points": {"rates": [0.01, 0.1, 1.9], "curvatures": [1], "steps": 499},
}


def measure(env: Mapping[str, str], runs: int) -> dict[str, Any]:
    """CPU milliseconds a chart for each case, `runs` batches of 20 each."""
    from tests.bench.processes import measured

    return measured("tests.bench.redraw", [str(runs)], env)


def main() -> None:
    """The measured process."""
    from quizbot.demos.registry import get, run
    from quizbot.practice.demo_plot import chart_cells
    from tests.bench.figures import figure

    spec = get("learning-rate-bowl")
    result: dict[str, Any] = {}
    for name, params in CASES.items():
        done = run(spec.name, params)
        lengths = sorted({len(series.x) for series in done.series.values()})

        def draw(done: Any = done) -> None:
            cells = chart_cells(spec, done, WIDTH, HEIGHT)
            for row in range(cells.height):
                cells.segments(row)

        draw()
        times = []
        for _ in range(int(sys.argv[1])):
            began = time.process_time()
            for _ in range(DRAWS):
                draw()
            times.append((time.process_time() - began) * 1e3 / DRAWS)
        result[name] = {"cpu_ms": figure(times).as_json(), "series": len(done.series), "points": lengths}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
