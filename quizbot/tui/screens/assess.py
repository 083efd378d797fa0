"""Self-assessment: your own verdict on every key point, beside quizbot's."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from quizbot.content.records import VerdictName
from quizbot.practice.feedback import MARKS, PointFeedback, points_in_order
from quizbot.practice.round import Attempt, Round
from quizbot.store import StoreError
from quizbot.text import safe, safe_line
from quizbot.tui.page import Page, Part
from quizbot.tui.verdicts import claim_content, verdict_content
from quizbot.tui.widgets.point_list import PointList


class Rubric(PointList):
    """The key points to judge."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Agree", tooltip="Agree with quizbot's verdict and go to the next point"),
    ]


class AssessScreen(Page):
    """The rubric of one attempt, with the automatic verdicts to agree with or to overrule."""

    CSS_PATH = "assess.tcss"
    AUTO_FOCUS = "#rubric"
    PURPOSE = (
        "Go through the key points. Enter agrees with quizbot's verdict and goes on; c, p, m and x set your own. "
        "Both are kept, and the score by your own verdicts stands beside quizbot's. Ctrl+S saves."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "judge('covered')", "Covered", tooltip="I covered this point"),
        Binding("p", "judge('partial')", "Partial", tooltip="I covered a part of it"),
        Binding("m", "judge('missing')", "Missing", tooltip="I did not say it"),
        Binding("x", "judge('contradicted')", "Wrong", tooltip="I said something that contradicts it"),
        Binding("ctrl+s", "save", "Save", tooltip="Keep your verdicts"),
        Binding("n", "next", "Next", tooltip="Keep your verdicts and go on with the next question"),
        Binding("escape", "back", "Back", tooltip="Go back; your verdicts are kept"),
    ]

    def __init__(self, this: Round, attempt: Attempt, own: dict[str, VerdictName], *, start: int = 0) -> None:
        """`own` holds the verdicts set so far, by key point, and takes those that are set here."""
        super().__init__()
        self.round = this
        self.attempt = attempt
        self.start = start
        self.points = points_in_order(this.question, attempt.score, this.role)
        self.own = own
        self.dirty = False

    def compose(self) -> ComposeResult:
        yield Static(id="standing")
        with Horizontal(id="body"):
            with Vertical(id="list", classes="panel"):
                rows = [(self._mark(entry), claim_content(entry)) for entry in self.points]
                yield Rubric(rows, start=min(self.start, len(self.points) - 1), id="rubric")
            with VerticalScroll(id="side", classes="panel", can_focus=False):
                yield Static(id="detail")
        yield Footer(compact=True, show_command_palette=False)

    def set_up(self) -> None:
        self.query_one("#list").border_title = "Judge yourself: quizbot / you"
        self.query_one("#side").border_title = "Key point"
        self._tell()

    def verdict_of(self, entry: PointFeedback) -> VerdictName:
        """The verdict that stands: the user's, or else the automatic one."""
        return self.own.get(entry.point["id"], entry.verdict.verdict)

    def _mark(self, entry: PointFeedback) -> Content:
        own = self.own.get(entry.point["id"])
        mine = verdict_content(own, pad=True) if own else Content.styled("·".ljust(9), "$foreground-muted")
        doubt = "?" if not entry.sure else " "
        return Content.assemble(verdict_content(entry.verdict.verdict, pad=True), doubt, "/ ", mine, " ")

    def _tell(self) -> None:
        own = self.round.own_score({entry.point["id"]: self.verdict_of(entry) for entry in self.points})
        state = f"{len(self.own)} of {len(self.points)} judged"
        if self.own and not self.dirty:
            state += ", saved"
        elif len(self.own) == len(self.points):
            state += ": Ctrl+S saves"
        self.query_one("#standing", Static).update(
            Content.assemble(
                (f"By your verdicts {own:.0f} of 100", "bold"),
                f"   by quizbot's {self.attempt.score.score:.0f}   ",
                (state, "$foreground-muted"),
            )
        )

    @on(PointList.Highlighted)
    def show_point(self) -> None:
        """Show what the point asks for, beside the user's words."""
        entry = self.points[self.query_one(PointList).current]
        lines: list[Part] = [
            (safe_line(entry.point["claim"]), "bold"),
            "\n",
            (safe(entry.point["why"]), "$foreground-muted"),
        ]
        if entry.verdict.evidence:
            lines.append("\n\nYou said: ")
            lines += [(f"“{safe_line(evidence.text)}” ", "underline") for evidence in entry.verdict.evidence]
        else:
            lines.append(("\n\nquizbot found nothing about it in your answer.", "$foreground-muted"))
        if entry.wrong:
            lines += [("\n\nWrong: ", "bold"), safe_line(entry.wrong.says), "\nBecause: ", safe(entry.wrong.because)]
        lines.append(("\n\nThese count as covered:", "bold"))
        lines += [f"\n{MARKS['covered']} {safe_line(text)}" for text in entry.point["accept"]]
        if entry.point["partial"]:
            lines.append(("\nThese as partial:", "bold"))
            lines += [f"\n{MARKS['partial']} {safe_line(text)}" for text in entry.point["partial"]]
        lines.append(("\nThese as wrong:", "bold"))
        lines += [f"\n{MARKS['contradicted']} {safe_line(wrong['says'])}" for wrong in entry.point["reject"]]
        self.query_one("#detail", Static).update(Content.assemble(*lines))
        self.query_one("#side", VerticalScroll).scroll_home(animate=False)

    @on(PointList.Selected)
    def action_agree(self) -> None:
        """Take over quizbot's verdict."""
        self._set(self.points[self.query_one(PointList).current].verdict.verdict)

    def action_judge(self, verdict: VerdictName) -> None:
        """Set an own verdict."""
        self._set(verdict)

    def _set(self, verdict: VerdictName) -> None:
        rubric = self.query_one(PointList)
        index = rubric.current
        entry = self.points[index]
        self.own[entry.point["id"]] = verdict
        self.dirty = True
        rubric.set_mark(index, self._mark(entry))
        self._tell()
        if index + 1 < len(self.points):
            rubric.index = index + 1

    def action_save(self) -> None:
        """Record the verdicts; points that were not judged keep quizbot's."""
        if not self.dirty:
            self.notify("Nothing to save yet: Enter agrees with a verdict; c, p, m and x set your own.")
            return
        try:
            self.round.assess(self.attempt, self.own)
        except StoreError as error:
            self.quizbot.warn(f"Not saved: {error}")
            return
        self.dirty = False
        self._tell()

    def keep_work(self) -> None:
        """quizbot is about to end: verdicts are kept as text is."""
        if self.dirty:
            self.action_save()

    def action_back(self) -> None:
        """Leave with the verdicts kept; where the disk refuses, the feedback still has them."""
        self.keep_work()
        super().action_back()

    def action_next(self) -> None:
        """Save and go on."""
        self.keep_work()
        if not self.dirty:
            self.quizbot.open_next(after=self.round.question["id"])
