"""Feedback: the verdict on each key point, the words it rests on, what is wrong and what to say next."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from quizbot.content.records import VerdictName
from quizbot.practice.feedback import FLAG_TEXTS, MARKS, PointFeedback, points_in_order
from quizbot.practice.round import Attempt, Round
from quizbot.practice.scored import model_answer_for
from quizbot.text import safe, safe_line
from quizbot.tui.page import Page, Part
from quizbot.tui.verdicts import STYLES, WORDS, claim_content, highlighted, verdict_content
from quizbot.tui.widgets.point_list import PointList, Row

PANES = ("point", "own", "model")


class FeedbackScreen(Page):
    """What one answer covered. Moving through the key points shows the words behind each verdict."""

    CSS_PATH = "feedback.tcss"
    AUTO_FOCUS = "#points"
    PURPOSE = (
        "Each key point has a verdict: covered, partial, missing or wrong. Move through them to see which of your own words "
        "the verdict rests on; in your answer they are underlined and numbered. A ? means that quizbot is not sure: "
        "judge that point yourself with a."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "assess", "Judge", tooltip="Go through the key points and set your own verdicts"),
        Binding("tab", "pane", "View", tooltip="Show the key point, your answer, or the model answer", priority=True),
        Binding("e", "improve", "Improve", tooltip="Go back to your answer, improve it and hand it in again"),
        Binding("v", "read", "Read", tooltip="Read the structured answer"),
        Binding("d", "demo", "Demo", tooltip="Run the numeric demo of this question"),
        Binding("n", "next", "Next", tooltip="Go on with the next question"),
        Binding("h", "home", "Home", show=False, tooltip="Go to the list of questions"),
        Binding("space", "page", "Scroll", show=False, tooltip="Scroll the text on view"),
    ]

    def __init__(self, this: Round, attempt: Attempt, *, recorded: bool) -> None:
        super().__init__()
        self.round = this
        self.attempt = attempt
        self.recorded = recorded
        self.points = points_in_order(this.question, attempt.score, this.role)
        self.own: dict[str, VerdictName] = {}
        self.pane = "own"

    def compose(self) -> ComposeResult:
        yield Static(self._summary(), id="summary")
        with Horizontal(id="body"):
            with Vertical(id="list", classes="panel"):
                yield PointList(self._rows(), start=self._worst(), id="points")
            with Horizontal(id="panes"):
                with VerticalScroll(id="point", classes="panel pane", can_focus=False):
                    yield Static(id="detail")
                with VerticalScroll(id="own", classes="panel pane", can_focus=False):
                    yield Static(id="answer")
                with VerticalScroll(id="model", classes="panel pane", can_focus=False):
                    yield Static(Content(safe(model_answer_for(self.round.question, self.round.role))))
        yield Footer(compact=True, show_command_palette=False)

    def set_up(self) -> None:
        self.query_one("#list").border_title = "Key points"
        for pane, title in (
            ("point", "Key point"),
            ("own", "Your answer"),
            ("model", f"Model answer ({self.round.role})"),
        ):
            self.query_one(f"#{pane}").border_title = title
        self._show_pane()

    def _worst(self) -> int:
        """Where to begin: what is wrong, else the heaviest missing point, else the first."""
        return min(range(len(self.points)), key=lambda index: self.points[index].urgency, default=0)

    def _summary(self) -> Content:
        score = self.attempt.score
        counts = [
            f"{MARKS[verdict]} {sum(entry.verdict.verdict == verdict for entry in self.points)} {word}"
            for verdict, word in WORDS.items()
        ]
        lines: list[Part] = [(f"{score.score:.0f} of 100, {score.band}", "bold"), f"   {'  '.join(counts)}"]
        if score.next:
            lines += ["\n", ("Next: ", "bold $text-accent"), safe_line(score.next)]
        lines += [("\n! " + FLAG_TEXTS[flag], "$text-warning") for flag in score.flags if flag in FLAG_TEXTS]
        if not self.recorded:
            lines.append(
                ("\n! This attempt could not be recorded. Your text is still in the editor behind this.", "$text-error")
            )
        return Content.assemble(*lines)

    def _rows(self) -> list[Row]:
        rows = []
        for number, entry in enumerate(self.points, 1):
            doubt = "?" if not entry.sure else " "
            mark = Content.assemble(f"{number} ", verdict_content(entry.verdict.verdict, pad=True), f"{doubt} ")
            rows.append((mark, claim_content(entry)))
        return rows

    @on(PointList.Highlighted)
    def show_point(self) -> None:
        """Show the point under the cursor and the words behind its verdict."""
        if not self.points:
            return
        current = self.query_one(PointList).current
        entry = self.points[current]
        self.query_one("#detail", Static).update(self._detail(entry))
        parts = [
            (number, other.verdict.verdict, evidence)
            for number, other in enumerate(self.points, 1)
            for evidence in other.verdict.evidence
        ]
        text, line = highlighted(self.attempt.answer, parts, current + 1)
        self.query_one("#answer", Static).update(text)
        self.query_one("#own", VerticalScroll).scroll_to(y=max(0, line - 2), animate=False)
        self.query_one("#point", VerticalScroll).scroll_home(animate=False)

    def _detail(self, entry: PointFeedback) -> Content:
        verdict = entry.verdict
        lines: list[Part] = [
            verdict_content(verdict.verdict),
            f"  sure to {verdict.confidence:.0%}"
            if entry.sure
            else ("  not sure: judge this one yourself (a)", "$text-warning"),
            "\n\n",
            (safe_line(entry.point["claim"]), "bold"),
            "\n",
            (safe(entry.point["why"]), "$foreground-muted"),
        ]
        if entry.wrong:
            style = STYLES["contradicted"]
            lines += [
                "\n\n",
                (f"Wrong: {safe_line(entry.wrong.says)}", style),
                "\nBecause: ",
                safe(entry.wrong.because),
            ]
        for evidence in verdict.evidence:
            lines += ["\n\nYou said: ", (f"“{safe_line(evidence.text)}”", f"underline {STYLES[verdict.verdict]}")]
        if verdict.verdict in ("missing", "partial") and entry.point["accept"]:
            lines += ["\n\nOne way to say it: ", safe(entry.point["accept"][0])]
        return Content.assemble(*lines)

    def _show_pane(self) -> None:
        for pane in PANES:
            self.query_one(f"#{pane}").set_class(pane == self.pane, "-shown")

    def action_pane(self) -> None:
        """The next of the three views; on a wide terminal all are on the screen, and the chosen one scrolls."""
        self.pane = PANES[(PANES.index(self.pane) + 1) % len(PANES)]
        self._show_pane()

    def action_page(self) -> None:
        """Scroll the chosen view by a page, from the end back to the start."""
        self.turn_page(f"#{self.pane}")

    @on(PointList.Selected)
    def action_assess(self) -> None:
        """Judge yourself, point by point."""
        from quizbot.tui.screens.assess import AssessScreen

        if self.recorded and self.is_active:  # Enter may have been hit twice
            start = self.query_one(PointList).current
            self.app.push_screen(AssessScreen(self.round, self.attempt, self.own, start=start))
        elif not self.recorded:
            self.notify("The attempt was not recorded, so your own verdicts cannot be kept either.", severity="warning")

    def action_read(self) -> None:
        """Read the structured answer."""
        self.quizbot.open_reading(self.round.question["id"], self.round.role)

    def action_demo(self) -> None:
        """Run the question's demo."""
        self.quizbot.open_demo_of(self.round.question)

    def action_improve(self) -> None:
        """Back to the answer, to hand it in again."""
        self.action_back()

    def action_next(self) -> None:
        """Go on with the next question."""
        self.quizbot.open_next(after=self.round.question["id"])

    def action_home(self) -> None:
        """Go to the list of questions."""
        self.quizbot.go_home()
