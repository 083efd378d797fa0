"""A list of key points with their verdicts: marks in one column, claims in another, so that long claims wrap tidily."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import ListItem, ListView, Static

Row = tuple[Content, Content]
"""What stands in the narrow column, and the claim."""


class PointList(ListView):
    """Key points to move through. Enter selects, as in any list."""

    DEFAULT_CSS = """
    PointList {
        height: 1fr;
        background: $background;
        scrollbar-size-vertical: 1;
        & > ListItem {
            layout: horizontal;
            height: auto;
            padding: 0;
            background: $background;
            &.-highlight {
                background: $surface-lighten-1;
                .claim {
                    text-style: bold;
                }
            }
        }
        &:focus > ListItem.-highlight {
            background: $surface-lighten-2;
        }
        .mark {
            width: auto;
            height: auto;
        }
        .claim {
            width: 1fr;
            height: auto;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False, tooltip="Next key point"),
        Binding("k", "cursor_up", "Up", show=False, tooltip="Previous key point"),
    ]

    def __init__(self, rows: Sequence[Row], *, start: int = 0, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(*[_PointRow(mark, claim) for mark, claim in rows], initial_index=start, id=id)

    @property
    def current(self) -> int:
        """Index of the key point under the cursor; 0 while there is none."""
        return self.index or 0

    def set_mark(self, index: int, mark: Content) -> None:
        """Show another verdict beside a key point."""
        self.query(_PointRow)[index].query_one(".mark", Static).update(mark)


class _PointRow(ListItem):
    """One key point."""

    def __init__(self, mark: Content, claim: Content) -> None:
        super().__init__()
        self._mark = mark
        self._claim = claim

    def compose(self) -> ComposeResult:
        yield Static(self._mark, classes="mark")
        yield Static(self._claim, classes="claim")
