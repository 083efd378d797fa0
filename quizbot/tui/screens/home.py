"""Home: what there is to practise, narrowed by text, pack, level and role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from quizbot.content.records import LEVELS, ROLES, Header, Level, Role
from quizbot.practice.suggest import as_listed
from quizbot.store import AttemptSummary, StoreError
from quizbot.text import safe_line
from quizbot.tui.page import Page, Part
from quizbot.tui.widgets.fields import Field

T = TypeVar("T")


class QuestionList(OptionList):
    """The questions; its keys stand in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Practise", tooltip="Ask the question under the cursor"),
        Binding("j", "cursor_down", "Down", show=False, tooltip="Move down"),
        Binding("k", "cursor_up", "Up", show=False, tooltip="Move up"),
    ]


class WordFilter(Field):
    """The filter; its keys stand in the footer while it is being typed in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", "Clear", tooltip="Clear the filters"),
        Binding("enter", "submit", "List", tooltip="Go to the questions found"),
        Binding("down", "submit", "List", show=False, tooltip="Go to the questions found"),
    ]


class HomeScreen(Page):
    """The list of questions and a look at the one under the cursor."""

    PURPOSE = (
        "Choose a question. Enter asks it; you answer in your own words and see which key points you covered. "
        "Type / to narrow the list by words; p, l and o narrow it by pack, level and role."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Clear filters", show=False, tooltip="Clear the filters"),
        Binding("n", "next", "Next", tooltip="Ask the question that comes next: new ones first, then your weakest"),
        Binding("v", "read", "Read", tooltip="Read the structured answer"),
        Binding("d", "demo", "Demo", tooltip="Run the numeric demo of this question"),
        Binding("slash", "search", "Filter", key_display="/", tooltip="Narrow the list by words"),
        Binding("p", "pack", "Pack", tooltip="Show one pack after the other"),
        Binding("l", "level", "Level", tooltip="Show one level after the other"),
        Binding("o", "role", "Role", tooltip="Show questions for one role after the other, and ask them for it"),
        Binding("ctrl+q", "app.quit", "Quit", tooltip="Leave quizbot; what you typed is kept"),
        Binding("space", "page", "Scroll", show=False, tooltip="Scroll what is said about the question"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pack: str | None = None
        self.level: Level | None = None
        self.role: Role | None = None
        self.listed: list[Header] = []
        self.last: dict[str, AttemptSummary] = {}
        self.drafts: set[str] = set()

    def compose(self) -> ComposeResult:
        yield Static(id="banner")
        with Horizontal(id="filters"):
            yield WordFilter(placeholder="Filter by words: press /", id="words", compact=True, select_on_focus=False)
            yield Static(id="chosen")
        with Horizontal(id="body"):
            with Vertical(id="left", classes="panel"):
                yield QuestionList(id="questions", markup=False)
                yield Static(id="nothing")
            with VerticalScroll(id="preview", classes="panel", can_focus=False):
                yield Static(id="about")
        yield Footer(compact=True, show_command_palette=False)

    def set_up(self) -> None:
        self.listed = as_listed(self.quizbot.bank.headers)
        self.query_one("#left").border_title = "Questions"
        self.query_one("#preview").border_title = "About this question"
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """Coming back from practice: scores and drafts may have changed."""
        if not self.children:
            return
        try:
            self.last = self.quizbot.store.last_attempts()
            self.drafts = {draft.question for draft in self.quizbot.store.drafts.all()}
        except StoreError as error:
            self.quizbot.warn(str(error))
        self.refill()

    def shown(self) -> list[Header]:
        """The questions that fit the filters, in their order."""
        words = self.query_one("#words", Input).value.casefold().split()
        return [
            header
            for header in self.listed
            if self.pack in (None, header["pack"])
            and self.level in (None, header["level"])
            and (self.role is None or self.role in header["roles"])
            and _fits(header, words)
        ]

    def refill(self) -> None:
        """Make the list again, with the cursor on the question where it was."""
        questions = self.query_one(OptionList)
        kept = self.current
        headers = self.shown()
        with self.app.batch_update():
            questions.clear_options()
            questions.add_options(self._options(headers))
            places = {option.id: index for index, option in enumerate(questions.options) if not option.disabled}
            if places:
                questions.highlighted = places.get(kept) if kept in places else next(iter(places.values()))
        questions.display = bool(headers)
        nothing = self.query_one("#nothing", Static)
        nothing.display = not headers
        nothing.update(self._nothing())
        self.query_one("#chosen", Static).update(Content(self._filter_text()))
        self.query_one("#banner", Static).update(self._banner())
        if not headers:
            self.query_one("#about", Static).update("")

    def _options(self, headers: Sequence[Header]) -> list[Option]:
        options: list[Option] = []
        pack = None
        for header in headers:
            if header["pack"] != pack:
                pack = header["pack"]
                options.append(Option(Content.styled(pack_title(pack), "bold"), disabled=True))
            options.append(Option(self._line(header), id=header["id"]))
        return options

    def _line(self, header: Header) -> Content:
        last = self.last.get(header["id"])
        state = f"{last.score:3.0f}" if last else "new"
        mark = "✎" if header["id"] in self.drafts else " "
        return Content.assemble(
            (f"{state} ", "$foreground-muted" if last is None else ""),
            (f"{mark} ", "$accent"),
            safe_line(header["title"]),
        )

    def _banner(self) -> Content:
        bank = self.quizbot.bank
        answered = sum(header["id"] in self.last for header in bank.headers)
        text = f"{len(bank)} questions in {len(bank.packs)} {'pack' if len(bank.packs) == 1 else 'packs'}, {answered} answered"
        parts: list[Part] = [("quizbot", "bold $accent"), f"  {text}"]
        broken = len({problem.file for problem in bank.problems})
        if broken:
            files = "1 file" if broken == 1 else f"{broken} files"
            parts.append((f"  ! {files} left out (quizbot lint)", "$text-warning"))
        return Content.assemble(*parts)

    def _filter_text(self) -> str:
        chosen = [self.pack or "every pack", self.level or "every level", self.role or "every role"]
        return " · ".join(chosen)

    def _nothing(self) -> str:
        if not self.quizbot.bank.headers:
            return "There are no questions. Start quizbot with --content DIR to add a folder of your own."
        return "No question fits these filters.\nEscape clears them."

    @property
    def current(self) -> str | None:
        """The id of the question under the cursor."""
        option = self.query_one(OptionList).highlighted_option
        return option.id if option else None

    @on(OptionList.OptionHighlighted, "#questions")
    def preview(self) -> None:
        """Say what the question under the cursor is about; a header is at hand, so nothing is read from disk."""
        about = self.query_one("#about", Static)
        if self.current is None:
            about.update("")
            return
        header = self.quizbot.bank.header(self.current)
        last = self.last.get(header["id"])
        lines: list[Part] = [
            (safe_line(header["title"]), "bold"),
            f"\n{header['level']}, {' and '.join(header['roles'])}",
        ]
        if last:
            times = "once" if last.attempts == 1 else f"{last.attempts} times"
            lines.append(f"\nAnswered {times}, last on {last.at.astimezone():%Y-%m-%d}: {last.score:.0f} of 100")
        else:
            lines.append("\nNot answered yet")
        if header["id"] in self.drafts:
            lines.append(("\n✎ an answer is begun; Enter goes on with it", "$text-accent"))
        if header["demo"]:
            lines.append(f"\nDemo (d): {header['demo']}")
        needs = [self.quizbot.bank.header(name)["title"] for name in header["needs"] if name in self.quizbot.bank]
        lines += [f"\nBetter after: {safe_line(title)}" for title in needs]
        if header["tags"]:
            lines.append((f"\n{', '.join(map(safe_line, header['tags']))}", "$foreground-muted"))
        about.update(Content.assemble(*lines))

    @on(Input.Changed, "#words")
    def filter_words(self) -> None:
        """Narrow the list while typing."""
        self.refill()

    @on(Input.Submitted, "#words")
    def leave_words(self) -> None:
        """Enter in the filter goes to the list."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected, "#questions")
    def practise(self) -> None:
        """Ask the question under the cursor."""
        if self.current and self.is_active:  # Enter hit twice must not open two editors on one draft
            self.quizbot.open_question(self.current, self._role_of(self.current))

    def _role_of(self, question: str) -> Role | None:
        return self.role if self.role in self.quizbot.bank.header(question)["roles"] else None

    def action_next(self) -> None:
        """Ask what comes next."""
        self.quizbot.open_next(role=self.role)

    def action_read(self) -> None:
        """Read the answer of the question under the cursor."""
        if self.current:
            self.quizbot.open_reading(self.current, self._role_of(self.current))

    def action_demo(self) -> None:
        """Run the demo of the question under the cursor."""
        if self.current is None:
            return
        question = self.quizbot.load(self.current)
        if question:
            self.quizbot.open_demo_of(question, hint="`quizbot demo` lists all of them.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the filter / is a letter like any other."""
        if action == "search" and isinstance(self.focused, Input):
            return False
        return super().check_action(action, parameters)

    def action_page(self) -> None:
        """Scroll what is said about the question."""
        self.turn_page("#preview")

    def action_search(self) -> None:
        """Go to the filter."""
        self.query_one("#words", Input).focus()

    def action_pack(self) -> None:
        """The next pack, and after the last all of them."""
        self.pack = _following([None, *self.quizbot.bank.packs], self.pack)
        self.refill()

    def action_level(self) -> None:
        """The next level, and after the last all of them."""
        self.level = _following([None, *LEVELS], self.level)
        self.refill()

    def action_role(self) -> None:
        """The next role, and after the last all of them."""
        self.role = _following([None, *ROLES], self.role)
        self.refill()

    def action_back(self) -> None:
        """Nothing is behind the home screen: Escape clears the filters instead."""
        self.pack = self.level = self.role = None
        self.query_one("#words", Input).value = ""
        self.query_one(OptionList).focus()
        self.refill()


def pack_title(pack: str) -> str:
    """A pack's id as people write it."""
    return pack.replace("-", " ").capitalize()


def _fits(header: Header, words: Sequence[str]) -> bool:
    text = " ".join([header["id"], header["title"], header["pack"], header["level"], *header["tags"]]).casefold()
    return all(word in text for word in words)


def _following(choices: Sequence[T], present: T) -> T:
    """The choice after `present`, from the start again after the last."""
    return choices[(choices.index(present) + 1) % len(choices)]
