"""Question: the prompt, a clock that informs, and room to answer."""

from __future__ import annotations

import os
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.document._document import Document
from textual.timer import Timer
from textual.widgets import Footer, Static, TextArea
from textual.worker import get_current_worker

from quizbot.practice.round import Attempt, Round
from quizbot.scoring import Score
from quizbot.store import StoreError
from quizbot.text import safe, safe_line
from quizbot.tui.editor import EditorError, edit, editor_command
from quizbot.tui.page import Page, title_content
from quizbot.tui.widgets.answer_area import AnswerArea

SAVE_AFTER = 0.4
"""Seconds from a keystroke to the draft on its way to disk; well within the promised second."""


class QuestionScreen(Page):
    """One question being answered. What is typed is kept as a draft from the first letter on."""

    CSS_PATH = "question.tcss"
    AUTO_FOCUS = "TextArea"
    PURPOSE = (
        "Answer in your own words, as you would say it. Sentences, notes and formulas all count; lists of terms do not. "
        "What you type is kept: you can leave at any time and go on later. The clock only informs."
    )
    # None has priority: a key with priority overtakes letters that still wait in the editor's queue, and the last words
    # typed before Ctrl+S would be missing from the answer.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "submit", "Submit", tooltip="Hand in the answer and see what it covers"),
        Binding("f2", "editor", "Editor", tooltip="Write in $VISUAL or $EDITOR"),
        Binding("f3", "plan", "Plan", tooltip="Show or hide a plan for speaking"),
        Binding("f4", "role", "Role", tooltip="Ask the question for the other role"),
        Binding("escape", "back", "Back", tooltip="Leave; the draft is kept"),
    ]

    def __init__(self, this: Round) -> None:
        super().__init__()
        self.round = this
        self.earlier = 0.0
        self.opened_at = 0.0
        self.pending: Timer | None = None
        self.saved = ""
        self.drafted = False
        self.submitted = False
        self.scoring = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(id="title")
            yield Static(id="clock")
        yield Static(id="prompt", classes="panel")
        yield Static(id="plan", classes="panel")
        yield AnswerArea(soft_wrap=True, id="answer", classes="panel", placeholder="Answer in your own words.")
        yield Footer(compact=True, show_command_palette=False)

    def set_up(self) -> None:
        self.query_one("#plan").display = False
        self.query_one("#plan").border_title = "A plan for speaking"
        self.query_one("#answer").border_title = "Your answer"
        self.begin()
        self.set_interval(1.0, self.tick)

    def begin(self) -> None:
        """Fill the screen for the round at hand, with its draft."""
        question, role = self.round.question, self.round.role
        self.query_one("#title", Static).update(title_content(question, role))
        self.query_one("#prompt", Static).update(Content(safe(self.round.prompt)))
        self.query_one("#prompt").border_title = f"The interviewer asks ({role})"
        steps = [
            f"{number}. {safe_line(step['step'])}: {safe_line(step['hint'])}"
            for number, step in enumerate(question["framework"], 1)
        ]
        self.query_one("#plan", Static).update(Content("\n".join(steps)))
        answer = self.query_one(TextArea)
        draft = None
        try:
            draft = self.round.draft()
        except StoreError as error:
            self.quizbot.warn(str(error))
        self.earlier = draft.elapsed if draft else 0.0
        self.opened_at = self.quizbot.seconds()
        self.saved = draft.text if draft else ""
        self.drafted = draft is not None
        with self.prevent(TextArea.Changed):
            answer.load_text(self.saved)
        if draft:
            answer.cursor_location = _document(answer).get_location_from_index(draft.caret)
        answer.border_subtitle = "your draft is back" if draft else ""
        self.tick()

    def elapsed(self) -> float:
        """Seconds spent on this answer, those before an interruption included."""
        return self.earlier + self.quizbot.seconds() - self.opened_at

    def tick(self) -> None:
        """Show the time; a limit that is over is told, and nothing else happens."""
        limit = self.round.question["time_limit_s"]
        spent = int(self.elapsed())
        text = f"{spent // 60}:{spent % 60:02}"
        if limit:
            text += f" of {limit // 60}:{limit % 60:02}"
        over = bool(limit) and spent > (limit or 0)
        self.query_one("#clock", Static).update(
            Content.styled(f"over time {text}" if over else text, "$text-warning" if over else "")
        )

    @on(TextArea.Changed)
    def keep(self) -> None:
        """Save soon after a change: later keystrokes do not push the moment back."""
        self.query_one("#answer").border_subtitle = ""
        if self.pending is None:
            self.pending = self.set_timer(SAVE_AFTER, self.save)

    def save(self, *, leaving: bool = False) -> None:
        """Send the draft to the disk, if its text differs from what is there; on leaving also its caret and time."""
        if self.pending is not None:
            self.pending.stop()
            self.pending = None
        area = self.query_one(TextArea)
        text = area.text
        changed = text != self.saved
        if changed or (leaving and self.drafted):
            self.saved = text
            self.drafted = bool(text)
            caret = _document(area).get_index_from_location(area.cursor_location)
            self.quizbot.write_later(partial(self.round.save_draft, text, caret, self.elapsed()))

    def keep_work(self) -> None:
        """quizbot is about to end: the last letters go to disk too."""
        self.save(leaving=True)

    def action_back(self) -> None:
        """Leave with the draft on disk, so that the home screen sees it."""
        self.scoring = False
        self.workers.cancel_node(self)
        self.save(leaving=True)
        self.quizbot.wait_for_writes()
        super().action_back()

    def action_submit(self) -> None:
        """Score the answer, write the attempt down, and show what it covered."""
        area = self.query_one(TextArea)
        if self.scoring:
            return
        if not area.text.strip():
            self.notify("Write something first. What you know of it is enough.", severity="warning")
            return
        self.hold(True)
        self.save()
        self.judge(area.text, self.elapsed())

    def hold(self, held: bool) -> None:
        """While an answer is read it does not change, and only Esc takes it back."""
        self.scoring = held
        area = self.query_one(TextArea)
        area.read_only = held
        area.border_subtitle = "reading your answer …" if held else ""

    @work(thread=True, exclusive=True)
    def judge(self, answer: str, seconds: float) -> None:
        """Reading takes a noticeable part of a second on a slow machine: the screen stays alive meanwhile."""
        worker = get_current_worker()
        score = self.round.score(answer)
        if not worker.is_cancelled:
            self.app.call_from_thread(self.finish, answer, score, seconds)

    def finish(self, answer: str, score: Score, seconds: float) -> None:
        """Write the attempt down and show what the answer covered; nothing of it when the user has gone back meanwhile."""
        if not self.scoring:
            return
        self.hold(False)
        self.quizbot.wait_for_writes()
        try:
            attempt = self.round.record(answer, score, seconds)
            recorded = True
            self.drafted = False
        except StoreError as error:
            self.quizbot.warn(f"Not recorded: {error}")
            attempt = Attempt("", answer, score, seconds)
            recorded = False
        self.submitted = True
        self.quizbot.open_feedback(self.round, attempt, recorded=recorded)

    def on_screen_resume(self) -> None:
        """Back from the feedback: the text is still here to be improved; that is a new attempt with a clock of its own."""
        if self.submitted:
            self.submitted = False
            self.earlier, self.opened_at = 0.0, self.quizbot.seconds()

    def action_editor(self) -> None:
        """Hand the text to the user's editor."""
        if self.scoring:
            return
        area = self.query_one(TextArea)
        self.save()
        try:
            command = editor_command(os.environ)
            with self.app.suspend():
                edited = edit(area.text, command)
        except EditorError as error:
            self.quizbot.warn(str(error))
            return
        except SuspendNotSupported:
            self.quizbot.warn("This terminal cannot be handed to an editor and taken back; go on writing here.")
            return
        self.app.refresh()
        area.load_text(edited)
        area.move_cursor(area.document.end)
        self.save()

    def action_plan(self) -> None:
        """Show the framework, or hide it."""
        plan = self.query_one("#plan")
        if self.round.question["framework"]:
            plan.display = not plan.display
        else:
            self.notify("The author of this question wrote no plan.")

    def action_role(self) -> None:
        """The same question for another role; each role has its own draft."""
        other = None if self.scoring else self.other_role(self.round.question, self.round.role)
        if other is None:
            return
        self.save(leaving=True)
        self.quizbot.wait_for_writes()
        self.round = Round(self.round.question, other, self.quizbot.store, "tui")
        self.begin()


def _document(area: TextArea) -> Document:
    """The document with its type: text areas also hold other kinds, ours never does."""
    assert isinstance(area.document, Document)
    return area.document
