"""The app: what all screens share, and the way from one screen to the next. Screens are imported when they are opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quizbot.content.bank import Bank
from quizbot.store import Store, StoreError
from quizbot.text import safe
from quizbot.tui.page import Page
from quizbot.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from quizbot.content.records import Question, Role
    from quizbot.practice.round import Attempt, Round


class QuizbotApp(App[None]):
    """quizbot in the terminal.

    `seconds` is the clock that practice time is taken with, in seconds from any moment. `trouble` is told when the app
    opens: why nothing can be recorded, for instance. `started` is called once the first screen stands.
    """

    TITLE = "quizbot"
    # Textual does not read the CSS_PATH of the default screen, so that one stands here.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/home.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", tooltip="Explain this screen and its keys"),
        Binding("ctrl+q", "quit", "Quit", show=False, tooltip="Leave quizbot; what you typed is kept"),
    ]

    def __init__(
        self,
        bank: Bank,
        store: Store,
        *,
        seconds: Callable[[], float],
        trouble: str = "",
        started: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self.bank = bank
        self.store = store
        self.seconds = seconds
        self.trouble = trouble
        self.started = started
        self.leaving = False
        # One thread, so that writes reach the disk in the order in which they were made.
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")

    def get_default_screen(self) -> Screen[None]:
        return HomeScreen()

    def on_mount(self) -> None:
        if self.trouble:
            self.warn(self.trouble)

    def on_ready(self) -> None:
        self.started()

    def on_unmount(self) -> None:
        self._writer.shutdown(wait=True)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The keys of the screen at hand are commands of the palette too."""
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.description and binding.tooltip:
                title = f"{binding.description} ({self.get_key_display(binding)})"
                yield SystemCommand(title, binding.tooltip, _runner(self, binding.action, active.node))
        for command in super().get_system_commands(screen):
            if command.title in {"Theme", "Screenshot"}:
                yield command

    def warn(self, message: str) -> None:
        """Tell the user of something that went wrong."""
        self.notify(safe(message), severity="error", timeout=12, markup=False)

    def write_later(self, write: Callable[[], None]) -> None:
        """Run `write` on the writer thread; a StoreError is told on the screen."""

        def told(done: Future[None]) -> None:
            error = done.exception()
            if isinstance(error, StoreError):
                # Only posted: the screen may be waiting for this very thread, and waiting for it in turn would never end.
                self.call_later(self.warn, f"Not saved: {error}")
            elif error is not None:
                raise error

        self._writer.submit(write).add_done_callback(told)

    def wait_for_writes(self) -> None:
        """Return when everything handed to `write_later` so far is on disk."""
        self._writer.submit(lambda: None).result()

    def load(self, name: str) -> Question | None:
        """A whole question; None, and a message, when its file has become unusable."""
        from quizbot.content.bank import UnknownQuestionError
        from quizbot.content.problems import ContentError

        try:
            return self.bank.question(name)
        except (UnknownQuestionError, ContentError) as error:
            self.warn(str(error))
            return None

    def open_question(self, name: str, role: Role | None = None, *, instead: bool = False) -> None:
        """Ask a question; `instead` leaves the present screen."""
        from quizbot.practice.round import Round
        from quizbot.tui.screens.question import QuestionScreen

        question = self.load(name)
        if question is not None:
            screen = QuestionScreen(Round(question, role, self.store, "tui"))
            if instead:
                self.switch_screen(screen)
            else:
                self.push_screen(screen)

    def open_next(self, after: str | None = None, role: Role | None = None) -> None:
        """Ask the question that comes next, from the home screen."""
        from quizbot.practice.suggest import next_question

        try:
            last = self.store.last_attempts()
        except StoreError as error:
            self.warn(str(error))
            last = {}
        header = next_question(self.bank.headers, last, role=role, after=after)
        if header is None:
            self.warn("There is no question for this role.")
            return
        self.go_home()
        self.open_question(header["id"], role)

    def open_feedback(self, this: Round, attempt: Attempt, *, recorded: bool) -> None:
        """Show what an answer covered."""
        from quizbot.tui.screens.feedback import FeedbackScreen

        self.push_screen(FeedbackScreen(this, attempt, recorded=recorded))

    def open_reading(self, name: str, role: Role | None = None) -> None:
        """Show the structured answer."""
        from quizbot.tui.screens.read import ReadScreen

        question = self.load(name)
        if question is not None:
            self.push_screen(ReadScreen(question, role))

    def open_demo_of(self, question: Question, *, hint: str = "") -> None:
        """Open the demo that a question refers to, or say that there is none, with a `hint`."""
        if question["demo"]:
            self.open_demo(question["demo"]["name"], question)
        else:
            self.notify(f"This question has no demo. {hint}".strip(), markup=False)

    def open_demo(self, demo: str, question: Question | None = None) -> None:
        """Open a numeric demo, with a question's own parameters and prediction where it has them."""
        from quizbot.demos.registry import DemoError
        from quizbot.tui.screens.demo import DemoScreen

        try:
            self.push_screen(DemoScreen(demo, question))
        except DemoError as error:
            # Content is checked against the demos by `quizbot lint` only.
            self.warn(f"This demo cannot be run: {error}")

    async def action_quit(self) -> None:
        """Leave, with everything that was typed on its way to disk; `on_unmount` waits for it."""
        for screen in self.screen_stack:
            if isinstance(screen, Page) and screen.complete:
                screen.keep_work()
        self.leaving = True
        self.exit()

    def go_home(self) -> None:
        """Close every screen above the home screen."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_help(self) -> None:
        """Explain the screen at hand."""
        from quizbot.tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        else:
            self.push_screen(HelpScreen(self.screen))


def _runner(app: QuizbotApp, action: str, namespace: object) -> Callable[[], None]:
    """A command of the palette that runs an action where its key was bound."""

    async def run() -> None:
        await app.run_action(action, default_namespace=namespace)  # type: ignore[arg-type]

    def start() -> None:
        app.call_later(run)

    return start
