"""A numeric demo: predict, then run, then change the parameters while looking at the plot."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Input, Label, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from quizbot.content.records import Predict, Question
from quizbot.demos.params import Param, ParamValue
from quizbot.demos.registry import DemoError, DemoResult, command_line, describe, get, parse_params, run, table
from quizbot.plot.chart import ChartCells
from quizbot.practice.demo_plot import chart_cells
from quizbot.store import DemoPredictionBody, StoreError
from quizbot.text import safe, safe_line
from quizbot.tui.page import Page, Part
from quizbot.tui.widgets.fields import Field
from quizbot.tui.widgets.plot import PlotView

RUN_AFTER = 0.25
"""Seconds without a keystroke before changed parameters are run."""


class ParamField(Field):
    """One parameter. The caret begins at the end and nothing is selected: lists are added to more often than replaced."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "screen.page", "Scroll", tooltip="Scroll the text beside the plot"),
    ]

    def __init__(self, param: Param, value: ParamValue) -> None:
        tip = f"{param.help}: {param.range_text}"
        super().__init__(param.format(value), id=f"p-{param.name}", compact=True, select_on_focus=False, tooltip=tip)


class Predictions(OptionList):
    """What may be expected; its keys stand in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Predict", tooltip="Expect this, and see what happens"),
        Binding("j", "cursor_down", "Down", show=False, tooltip="Move down"),
        Binding("k", "cursor_up", "Up", show=False, tooltip="Move up"),
    ]


class DemoScreen(Page):
    """One demo. Opened from a question it begins with that question's parameters and prediction."""

    CSS_PATH = "demo.tcss"
    PURPOSE = (
        "Predict first, then see what happens. Change a parameter and the plot follows; lists are written as 1,2,3. "
        "Every number on the screen comes from the run or from the formula beside it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "axis", "Log axis", tooltip="Switch the y axis between logarithmic and linear"),
        Binding("ctrl+r", "reset", "Reset", tooltip="Set every parameter back to where it began"),
        Binding("f5", "question", "Question", tooltip="Answer the question that this demo belongs to"),
        Binding("s", "skip", "Skip", tooltip="Run it without a prediction"),
    ]

    def __init__(self, demo: str, question: Question | None = None) -> None:
        super().__init__()
        self.spec = get(demo)
        self.question = question
        reference = question["demo"] if question else None
        self.given = dict(reference["params"]) if reference else {}
        self.values = parse_params(self.spec, self.given)
        self.shows = reference["shows"] if reference else self.spec.shows
        self.predict: Predict | None = reference["predict"] if reference else None
        self.predicted = self.predict is None
        self.explained = Content("")
        self.result: DemoResult | None = None
        self.y_log = self.spec.y_log
        self.pending: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(safe_line(self.spec.title), "bold"), id="title")
        if self.predict:
            with Vertical(id="predict", classes="panel"):
                # Not what the question says of the demo: that would give the prediction away.
                yield Static(Content.styled(self.spec.shows, "$foreground-muted"))
                yield Static(Content.styled(safe(self.predict["ask"]), "bold"), id="ask")
                options = [Option(Content(safe_line(text))) for text in self.predict["options"]]
                yield Predictions(*options, id="options", markup=False)
        with Horizontal(id="body"):
            with Vertical(id="chart", classes="panel"):
                yield PlotView(id="plot")
            with Vertical(id="side"):
                with Horizontal(id="params", classes="panel"):
                    for param in self.spec.params:
                        with Horizontal(classes="param"):
                            yield Label(f"{param.name} ")
                            yield ParamField(param, self.values[param.name])
                with VerticalScroll(id="facts", classes="panel"):
                    yield Static(id="summary")
        yield Footer(compact=True, show_command_palette=False)

    def set_up(self) -> None:
        self.query_one("#params").border_title = "Parameters"
        self.query_one("#facts").border_title = "What it shows"
        if self.predict:
            self.query_one("#predict").border_title = "Predict first (s skips)"
        self._reveal()

    def _reveal(self) -> None:
        """Show the question before a prediction, the run after it."""
        self.query_one("#body").display = self.predicted
        self.refresh_bindings()
        if self.predicted:
            self.set_focus(self.query_one(f"#p-{self.spec.params[0].name}", Input))
            self.start()
        else:
            self.set_focus(self.query_one("#options"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing are not shown."""
        hidden = (
            (action == "skip" and self.predicted)
            or (action in ("axis", "reset", "page") and not self.predicted)
            or (action == "question" and self.question is None)
        )
        return False if hidden else super().check_action(action, parameters)

    @on(OptionList.OptionSelected, "#options")
    def take_prediction(self, event: OptionList.OptionSelected) -> None:
        """Record what was expected, then run."""
        assert self.predict is not None
        if self.predicted:  # Enter was hit twice
            return
        chosen = event.option_index
        correct = chosen == self.predict["answer"]
        body: DemoPredictionBody = {
            "demo": self.spec.name,
            "question": self.question["id"] if self.question else None,
            "params": self.given,
            "ask": self.predict["ask"],
            "chosen": self.predict["options"][chosen],
            "correct": correct,
        }
        try:
            self.quizbot.store.events.append("demo_prediction", body)
        except StoreError as error:
            self.quizbot.warn(f"The prediction is not recorded: {error}")
        self._explain(chosen)

    def _explain(self, chosen: int | None) -> None:
        assert self.predict is not None
        right = self.predict["options"][self.predict["answer"]]
        if chosen is None:
            verdict: tuple[str, str] = (f"Right: {safe_line(right)}.", "bold")
        elif chosen == self.predict["answer"]:
            verdict = (f"✓ Right: {safe_line(right)}.", "bold $text-success")
        else:
            given = safe_line(self.predict["options"][chosen])
            verdict = (f"✗ You expected {given}; right is {safe_line(right)}.", "bold $text-error")
        self.explained = Content.assemble(verdict, " ", safe(self.predict["explain"]), "\n\n")
        self.query_one("#predict").display = False
        self.predicted = True
        self._reveal()

    def action_skip(self) -> None:
        """Run without a prediction; nothing is recorded."""
        self._explain(None)

    @on(Input.Changed)
    def parameter_changed(self) -> None:
        """Run soon, once the typing pauses."""
        if self.predicted:
            if self.pending:
                self.pending.stop()
            self.pending = self.set_timer(RUN_AFTER, self.start)

    @on(Input.Submitted)
    def parameter_entered(self) -> None:
        """Run at once and go to the next parameter."""
        self.start()
        self.focus_next(Input)

    def start(self) -> None:
        """Check the parameters and run; what is wrong with them stands where the summary was."""
        raw = {param.name: self.query_one(f"#p-{param.name}", Input).value for param in self.spec.params}
        try:
            values = parse_params(self.spec, raw)
        except DemoError as error:
            self.query_one("#summary", Static).update(Content.styled(f"! {safe_line(str(error))}", "$text-error"))
            return
        self.compute(values)

    @work(thread=True, exclusive=True)
    def compute(self, values: dict[str, object]) -> None:
        """Run the demo beside the screen; a newer run replaces one that is under way."""
        worker = get_current_worker()
        result = run(self.spec.name, values)
        if not worker.is_cancelled:
            self.app.call_from_thread(self.show_result, result)

    def show_result(self, result: DemoResult) -> None:
        """Draw the run and say what it shows."""
        if not self.is_attached:  # left while it was running
            return
        self.result = result
        y_label = self.spec.y_log_label if self.y_log else self.spec.y_label
        self.query_one("#chart").border_title = f"{y_label} by {self.spec.x_label}"

        def draw(width: int, height: int) -> ChartCells:
            return chart_cells(self.spec, result, width, height, y_log=self.y_log)

        self.query_one(PlotView).show(draw)
        intro = Content.assemble(self.explained, f"{safe(self.shows)}\n\n")
        parts: list[Part] = [intro]
        parts += _table(table(result))
        parts += [f"• {safe_line(line)}\n" for line in describe(result)]
        parts += ["\n", (safe(self.spec.look_for), "$foreground-muted"), ("\n\nScope: ", "bold"), safe(self.spec.scope)]
        parts += [("\n\nAgain: ", "bold"), command_line(self.spec.name, result.params)]
        self.query_one("#summary", Static).update(Content.assemble(*parts))

    def action_page(self) -> None:
        """Scroll the text beside the plot."""
        self.turn_page("#facts")

    def action_axis(self) -> None:
        """The other kind of y axis."""
        self.y_log = not self.y_log
        if self.result:
            self.show_result(self.result)

    def action_reset(self) -> None:
        """Every parameter as it was when the demo was opened."""
        for param in self.spec.params:
            self.query_one(f"#p-{param.name}", Input).value = param.format(self.values[param.name])

    def action_question(self) -> None:
        """Answer the question that the demo belongs to."""
        if self.question:
            self.quizbot.open_question(self.question["id"], instead=True)


def _table(rows: list[list[str]]) -> list[Part]:
    """Rows of cells as aligned lines, the headings in bold."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [(f"{lines[0]}\n", "bold"), "\n".join(lines[1:]), "\n\n"]
