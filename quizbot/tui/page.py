"""What all screens have in common: access to the app's services, the footer, and help made from the keys themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from quizbot.content.records import ROLES, Question, Role
from quizbot.text import safe_line

if TYPE_CHECKING:
    from quizbot.tui.app import QuizbotApp


Part = Content | str | tuple[str, str]
"""What `Content.assemble` takes: content, plain text, or text with a style."""


def title_content(question: Question, role: Role) -> Content:
    """The title of a question, with its level and the role it is asked for."""
    return Content.assemble(
        (safe_line(question["title"]), "bold"), (f"  {question['level']}, {role}", "$foreground-muted")
    )


class Page(Screen[None]):
    """A screen of quizbot. `PURPOSE` says what it is for; F1 shows it above the keys."""

    PURPOSE: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", tooltip="Go back to where you came from"),
        Binding("question_mark", "app.help", "Help", show=False, tooltip="Explain this screen and its keys"),
    ]

    @property
    def quizbot(self) -> QuizbotApp:
        """The app, with its type."""
        from quizbot.tui.app import QuizbotApp

        return cast(QuizbotApp, self.app)

    complete = False
    """Whether every widget of this screen is there."""

    def on_mount(self) -> None:
        # A screen that is opened while quizbot ends is mounted without its widgets.
        if self.children:
            self.set_up()
            self.complete = True
            self.refresh_bindings()

    def set_up(self) -> None:
        """Fill the widgets of this screen, which are all there."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys typed ahead may come before the widgets of a new screen, or when quizbot is ending: they have no effect."""
        return True if self.complete and not self.quizbot.leaving else None

    def keep_work(self) -> None:
        """Called before quizbot ends, on every open screen: save what is not saved yet."""

    def action_back(self) -> None:
        """Leave this screen."""
        self.app.pop_screen()

    def other_role(self, question: Question, role: Role) -> Role | None:
        """The role to switch to from `role`; None, and a message, when the question is asked for one role only."""
        roles = [known for known in ROLES if known in question["roles"]]
        if len(roles) < 2:
            self.notify(f"This question is asked for the {role} role only.")
            return None
        return roles[(roles.index(role) + 1) % len(roles)] if role in roles else roles[0]

    def turn_page(self, selector: str) -> None:
        """Scroll a text by a page, from the end back to the start."""
        text = self.query_one(selector, VerticalScroll)
        if text.scroll_y >= text.max_scroll_y:
            text.scroll_home(animate=False)
        else:
            text.scroll_page_down(animate=False)
