"""A demo's result as a chart: the one place that knows both demos and plots."""

from __future__ import annotations

from quizbot.demos.registry import DemoResult, DemoSpec
from quizbot.plot import options_for
from quizbot.plot.chart import ChartCells, draw_chart
from quizbot.plot.svg import draw_svg


def chart_cells(
    spec: DemoSpec, result: DemoResult, width: int, height: int, *, y_log: bool | None = None
) -> ChartCells:
    """The result drawn in `width` × `height` terminal cells, on the demo's own kind of y axis unless `y_log` is given."""
    return draw_chart(result.series, width, height, options_for(spec, result.view, y_log=y_log))


def chart_svg(spec: DemoSpec, result: DemoResult) -> str:
    """The same picture as an SVG document."""
    return draw_svg(result.series, options=options_for(spec, result.view, title=spec.title))
