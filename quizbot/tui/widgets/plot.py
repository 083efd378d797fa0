"""A braille chart as a widget: each row is a strip made from finished cells, so that a redraw makes no renderables."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from quizbot.plot.chart import ChartCells

Drawer = Callable[[int, int], "ChartCells"]


class PlotView(Widget):
    """Shows what `draw(width, height)` gives for the widget's size; draws again when the size changes."""

    DEFAULT_CSS = """
    PlotView {
        height: 1fr;
        width: 1fr;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._draw: Drawer | None = None
        self._cells: ChartCells | None = None

    def show(self, draw: Drawer) -> None:
        """Take a new drawing; only rows that differ from the present one are painted again."""
        self._draw = draw
        self._redraw()

    def on_resize(self) -> None:
        self._redraw()

    def _redraw(self) -> None:
        if self._draw is None or not self.size:
            return
        before, self._cells = self._cells, self._draw(self.size.width, self.size.height)
        for row in self._cells.changed_rows(before):
            self.refresh(Region(0, row, self.size.width, 1))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as there is room."""
        return container.height

    def render_line(self, y: int) -> Strip:
        """One row of the chart in the widget's own colours."""
        base = self.rich_style
        if self._cells is None or y >= self._cells.height:
            return Strip.blank(self.size.width, base)
        segments = [Segment(text, base + _style(number)) for text, number in self._cells.segments(y)]
        return Strip(segments, self._cells.width)


@lru_cache(maxsize=64)
def _style(number: int) -> RichStyle:
    from quizbot.plot.styles import Style, look

    if number >= 0:
        return RichStyle(color=look(number).colour)
    if number == Style.TITLE:
        return RichStyle(bold=True)
    return RichStyle(dim=number in (Style.AXIS, Style.GRID))
