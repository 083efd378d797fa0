"""What all screens have in common: access to the app's services, the footer, and help made from the keys themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.screen import Screen

if TYPE_CHECKING:
    from quizbot.tui.app import QuizbotApp


class Page(Screen[None]):
    """A screen of quizbot. `PURPOSE` says what it is for; F1 shows it above the keys."""

    PURPOSE: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", tooltip="Go back to where you came from"),
        Binding("question_mark", "app.help", "Help", show=False, tooltip="Explain this screen and its keys"),
    ]

    @property
    def quizbot(self) -> QuizbotApp:
        """The app, with its type."""
        from quizbot.tui.app import QuizbotApp

        return cast(QuizbotApp, self.app)

    def keep_work(self) -> None:
        """Called before quizbot ends, on every open screen: save what is not saved yet."""

    def action_back(self) -> None:
        """Leave this screen."""
        self.app.pop_screen()
