"""Help: what the screen is for and its keys, read from the bindings themselves."""

from __future__ import annotations

from typing import ClassVar

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
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter", "dismiss", "Close")]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self.purpose = about.PURPOSE if isinstance(about, Page) else ""
        self.keys = [
            (self._display(about, active.binding), active.binding.tooltip or active.binding.description)
            for active in about.active_bindings.values()
            if active.binding.tooltip
        ]

    @staticmethod
    def _display(screen: Screen[object], binding: Binding) -> str:
        return screen.app.get_key_display(binding)

    def compose(self) -> ComposeResult:
        keys: dict[str, list[str]] = {}
        for key, what in self.keys:
            keys.setdefault(what, []).append(key)
        lines: list[Content | str | tuple[str, str]] = [self.purpose, "\n"] if self.purpose else []
        for what, names in keys.items():
            lines += ["\n", (f"{' '.join(names):>12}", "bold"), f"  {what}"]
        lines += ["\n\n", ("Escape closes this. Ctrl+P lists every command.", "$foreground-muted")]
        with VerticalScroll(id="help", classes="panel") as panel:
            panel.border_title = "Help"
            yield Static(Content.assemble(*lines))
