"""Help: what the screen is for and its keys, read from the bindings themselves."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from quizbot.tui.page import Page


class HelpScreen(ModalScreen[None]):
    """Explains one screen. Escape, q or F1 closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter,f1", "dismiss", "Close", tooltip="Close the help"),
        # A modal screen hides the keys of the app.
        Binding("ctrl+q", "app.quit", "Quit", tooltip="Leave quizbot; what you typed is kept"),
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self.purpose = about.PURPOSE if isinstance(about, Page) else ""
        keys: dict[str, list[str]] = {}
        for active in about.active_bindings.values():
            if active.binding.tooltip:
                keys.setdefault(active.binding.tooltip, []).append(about.app.get_key_display(active.binding))
        self.keys = {what: " ".join(names) for what, names in keys.items()}
        """What can be done, and the keys that do it."""

    def compose(self) -> ComposeResult:
        # One widget for all keys: a widget each would make F1 slow.
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(justify="right", style="bold", no_wrap=True)
        table.add_column()
        for what, names in self.keys.items():
            table.add_row(Text(names), Text(what))
        with VerticalScroll(id="help", classes="panel") as panel:
            panel.border_title = "Help"
            if self.purpose:
                yield Static(Content(self.purpose), id="purpose")
            yield Static(table, id="keys")
            yield Static(
                Content.styled("Escape closes this. Ctrl+P lists every command.", "$foreground-muted"), id="end"
            )
