"""The numeric demo: predict, run, change parameters while looking at the plot."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Input

from quizbot.tui.app import QuizbotApp
from quizbot.tui.screens.demo import DemoScreen
from quizbot.tui.widgets.plot import PlotView
from tests.tui import support
from tests.tui.support import burst, drive, press, screen_name, screen_text, settle, shown_text


async def open_demo(running: QuizbotApp) -> None:
    running.open_demo("learning-rate-bowl", running.bank.question("step-size"))
    await support.ready(running)


async def ran(pilot: Pilot[None], running: QuizbotApp, text: str) -> None:
    """Wait until the summary of a run says `text`."""
    await settle(pilot, lambda: text in shown_text(running, "#summary"))


def plot(running: QuizbotApp) -> list[str]:
    view = running.screen.query_one(PlotView)
    return ["".join(segment.text for segment in view.render_line(row)) for row in range(view.size.height)]


def test_a_prediction_is_recorded_and_judged() -> None:
    records = support.store()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await open_demo(running)
        assert "Which rate diverges?" in screen_text(running)
        assert "The path of x on a bowl" not in screen_text(running)  # what it shows would give the answer away
        await press(pilot, "enter")
        await ran(pilot, running, "✗ You expected rate 0.1; right is rate 2.1.")
        assert "At 2.1 each step multiplies x by -1.1." in shown_text(running, "#summary")
        await press(pilot, "escape")
        await open_demo(running)
        await press(pilot, "down", "enter")
        await ran(pilot, running, "✓ Right: rate 2.1.")

    drive(support.app(records), script)
    events = list(records.events.read())
    assert [event.kind for event in events] == ["demo_prediction"] * 2
    for event, chosen in zip(events, ("rate 0.1", "rate 2.1"), strict=True):
        assert event.body == {
            "demo": "learning-rate-bowl",
            "question": "step-size",
            "params": {"rates": [0.1, 2.1], "curvatures": [1], "steps": 20},
            "ask": "Which rate diverges?",
            "chosen": chosen,
            "correct": chosen == "rate 2.1",
        }


def test_skipping_runs_it_and_parameters_can_be_changed() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await open_demo(running)
        await press(pilot, "s")
        await ran(pilot, running, "Right: rate 2.1.")
        assert running.store.events.count() == 0
        # At curvature 1 the error of rate 0.1 is multiplied by 0.9, that of 2.1 by -1.1 (twenty times: 6.7).
        assert "0.9" in shown_text(running, "#summary")
        before = plot(running)
        assert any("2.1" in line for line in before)
        assert "Again: quizbot demo learning-rate-bowl --set rates=0.1,2.1" in shown_text(running, "#summary")

        rates = running.screen.query_one("#p-rates", Input)
        assert running.focused is rates
        burst(running, *["backspace"] * 3, *"1.9")
        await ran(pilot, running, "--set rates=0.1,1.9")
        assert any("1.9" in line for line in plot(running))
        assert plot(running) != before

        # A parameter that cannot be run: the reason stands there, the last plot stays.
        before = plot(running)
        burst(running, *",zero")
        await ran(pilot, running, "! rates: 'zero' is not a number")
        assert plot(running) == before
        burst(running, "ctrl+r")
        await ran(pilot, running, "--set rates=0.1,2.1")
        assert rates.value == "0.1,2.1"

        # Enter runs at once and goes to the next parameter.
        burst(running, "enter")
        await settle(pilot, lambda: running.focused is running.screen.query_one("#p-curvatures"))

        logarithmic = plot(running)
        assert screen_text(running).splitlines()[1].startswith("╭─ |x| by step")
        await press(pilot, "ctrl+l")
        assert screen_text(running).splitlines()[1].startswith("╭─ x by step")
        assert plot(running) != logarithmic
        await press(pilot, "ctrl+l")
        assert plot(running) == logarithmic

        # The text beside the plot is longer than its place: it scrolls without leaving the parameters.
        assert "Scope:" not in screen_text(running)
        for _ in range(12):
            await press(pilot, "pagedown")
            if "Scope:" in screen_text(running):
                break
        assert "Scope:" in screen_text(running)
        await press(pilot, "f5")
        assert "When does gradient descent diverge on a bowl?" in screen_text(running)
        await press(pilot, "escape")
        assert screen_name(running) == "HomeScreen"

    drive(support.app(), script)


def test_a_demo_by_itself_runs_at_once() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_demo("learning-rate-bowl")
        await support.ready(running)
        await ran(pilot, running, "Scope:")
        assert "Question" not in screen_text(running).splitlines()[-1]
        # Left while a run is under way: its result comes too late and is dropped.
        demo = running.screen
        assert isinstance(demo, DemoScreen)
        assert demo.result is not None
        await press(pilot, "escape")
        demo.show_result(demo.result)
        assert screen_name(running) == "HomeScreen"

    drive(support.app(), script)
