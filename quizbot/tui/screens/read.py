"""Reading: the structured answer, one section at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from quizbot.content.records import Question, Role
from quizbot.practice.scored import default_role, model_answer_for, prompt_for
from quizbot.practice.sources import places_of
from quizbot.text import safe, safe_line
from quizbot.tui.page import Page, Part, title_content


class SectionList(OptionList):
    """The sections; its keys stand in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Practise", tooltip="Answer this question"),
        Binding("j", "cursor_down", "Down", show=False, tooltip="Next section"),
        Binding("k", "cursor_up", "Up", show=False, tooltip="Previous section"),
    ]


class ReadScreen(Page):
    """The answer as a learner reads it, for one role at a time."""

    CSS_PATH = "read.tcss"
    AUTO_FOCUS = "#sections"
    PURPOSE = (
        "The structured answer. Move through the sections on the left; t switches between the technical and the managerial "
        "side of the question, which differ in what is asked, stressed and added."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "role", "Role", tooltip="Switch between technical and managerial"),
        Binding("d", "demo", "Demo", tooltip="Run the numeric demo of this question"),
        Binding("space", "page", "Scroll", tooltip="Scroll the text"),
    ]

    def __init__(self, question: Question, role: Role | None = None) -> None:
        super().__init__()
        self.question = question
        self.role: Role = role or default_role(question)
        self.sections = [name for name, render in SECTIONS.items() if render(question, self.role)]

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        with Horizontal(id="body"):
            yield SectionList(
                *[Option(_title(name)) for name in self.sections], id="sections", classes="panel", markup=False
            )
            with VerticalScroll(id="page", classes="panel", can_focus=False):
                yield Static(id="text")
        yield Footer(compact=True, show_command_palette=False)

    def set_up(self) -> None:
        self.query_one("#sections").border_title = "Sections"
        self.query_one("#sections", OptionList).highlighted = 0
        self.show_role()

    def show_role(self) -> None:
        """Show title and section for the role at hand."""
        question = self.question
        self.query_one("#title", Static).update(title_content(question, self.role))
        self.show_section()

    @on(OptionList.OptionHighlighted, "#sections")
    def show_section(self) -> None:
        """Show the section under the cursor."""
        name = self.sections[self.query_one("#sections", OptionList).highlighted or 0]
        page = self.query_one("#page", VerticalScroll)
        page.border_title = f"{_title(name)} ({self.role})" if name in BY_ROLE else _title(name)
        self.query_one("#text", Static).update(Content.assemble(*SECTIONS[name](self.question, self.role)))
        page.scroll_home(animate=False)

    def action_role(self) -> None:
        """The other role of this question."""
        other = self.other_role(self.question, self.role)
        if other:
            self.role = other
            self.show_role()

    @on(OptionList.OptionSelected, "#sections")
    def practise(self) -> None:
        """Answer this question instead of reading it."""
        if self.is_active:  # not when Enter was hit twice
            self.quizbot.open_question(self.question["id"], self.role, instead=True)

    def action_demo(self) -> None:
        """Run the question's demo."""
        self.quizbot.open_demo_of(self.question)

    def action_page(self) -> None:
        """Scroll by a page, from the end back to the start."""
        self.turn_page("#page")


def _title(name: str) -> str:
    return TITLES.get(name) or name.replace("_", " ").capitalize()


def _list(entries: list[str]) -> list[Part]:
    return [f"• {safe(entry)}\n\n" for entry in entries]


def _variant(question: Question, role: Role) -> list[Part]:
    variant = question["variants"].get(role)
    if not variant:
        return []
    parts: list[Part] = [
        (safe(variant["prompt"]), "bold"),
        "\n\n",
        (f"What a {role} answer adds:\n\n", "$foreground-muted"),
    ]
    return parts + _list(variant["adds"])


def _key_points(question: Question, role: Role) -> list[Part]:
    parts: list[Part] = []
    for number, point in enumerate(question["key_points"], 1):
        weight = point["weight"].get(role, 0)
        parts += [
            (f"{number}. {safe_line(point['claim'])}", "bold"),
            (f"  weight {weight}\n" if weight else "  bonus, not scored\n", "$foreground-muted"),
            f"{safe(point['why'])}\n\n",
        ]
    return parts


def _sources(question: Question, _role: Role) -> list[Part]:
    parts: list[Part] = []
    for source in question["sources"]:
        place = "  ".join(map(safe_line, places_of(source)))
        parts += [
            f"• {safe_line(source['cite'])}\n",
            (f"  {place}\n  supports {', '.join(source['supports'])}\n\n", "$foreground-muted"),
        ]
    return parts


def _followups(question: Question, _role: Role) -> list[Part]:
    parts: list[Part] = []
    for followup in question["followups"]:
        parts += [(f"{safe(followup['ask'])}\n", "bold"), *[f"✓ {safe(text)}\n" for text in followup["listen_for"]]]
        parts += [*[f"✗ {safe(text)}\n" for text in followup["red_flags"]], "\n"]
    return parts


SECTIONS: dict[str, Callable[[Question, Role], list[Part]]] = {
    "question": lambda question, role: [(safe(prompt_for(question, role)), "bold")],
    "plan": lambda question, _: [
        part
        for number, step in enumerate(question["framework"], 1)
        for part in ((f"{number}. {safe_line(step['step'])}\n", "bold"), f"   {safe(step['hint'])}\n\n")
    ],
    "definition": lambda question, _: [safe(question["answer"]["definition"])],
    "role": lambda question, _: [safe(question["answer"]["role"])],
    "effects": lambda question, _: [
        part
        for effect in question["answer"]["effects"]
        for part in ((f"{safe_line(effect['when']).capitalize()}\n", "bold"), f"{safe(effect['then'])}\n\n")
    ],
    "examples": lambda question, _: [
        part
        for example in question["answer"]["examples"]
        for part in ((f"{safe_line(example['title'])}\n", "bold"), f"{safe(example['text'])}\n\n")
    ],
    "best_practices": lambda question, _: _list(question["answer"]["best_practices"]),
    "common_mistakes": lambda question, _: _list(question["answer"]["common_mistakes"]),
    "what_to_add": _variant,
    "model_answer": lambda question, role: [safe(model_answer_for(question, role))],
    "key_points": _key_points,
    "follow_ups": _followups,
    "sources": _sources,
}
TITLES = {"role": "What it is for", "plan": "Plan for speaking", "follow_ups": "Follow-ups"}
"""Section names that would mislead as they are: `role` is not that of the user, which t switches."""
BY_ROLE = {"question", "what_to_add", "model_answer", "key_points"}
