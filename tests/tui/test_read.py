"""Reading: every section, for either role."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import OptionList

from quizbot.tui.app import QuizbotApp
from tests.tui import support
from tests.tui.support import drive, messages, press, screen_name, screen_text, shown_text

# What each section of f1-score must show: (technical, managerial), taken from the file by hand.
SECTIONS = {
    "Question": (
        "What does F1 measure, and what does it leave out?",
        "Your team reports F1 alone. What do you ask them?",
    ),
    "Plan for speaking": ("2. Say what it leaves out\n   Which cell of the table?", None),
    "Definition": ("F1 is the harmonic mean of precision and recall.", None),
    "What it is for": ("It gives one number when false alarms and misses both matter.", None),
    "Effects": ("One of the two is near zero\nF1 is near zero as well.", None),
    "Examples": ("Search\nPrecision 0.9 and recall 0.1 give F1 = 0.18.", None),
    "Best practices": ("• Report precision and recall next to it.", None),
    "Common mistakes": ("• Comparing F1 between data sets of different prevalence.", None),
    "What to add": ("• Compare macro with micro averaging.", "• Ask what a miss costs the business."),
    "Model answer": ("Blind to true negatives.", "I ask what each kind of error costs us"),
    "Key points": ("better measure.  bonus, not scored", "better measure.  weight 3"),
    "Follow-ups": ("✓ when a miss is worse than a false alarm\n✗ F2 is simply stricter", None),
    "Sources": ("• A Book (2008). Retrieval, ch. 8.\n  https://example.org/book", None),
}


def test_every_section_for_both_roles() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_reading("f1-score")
        await support.ready(running)
        titles = [str(option.prompt) for option in running.screen.query_one("#sections", OptionList).options]
        assert titles == list(SECTIONS)
        for number, (technical, managerial) in enumerate(SECTIONS.values()):
            if number:
                await press(pilot, "down" if number % 2 else "j")
            assert technical in shown_text(running, "#text")
            await press(pilot, "t")
            assert (managerial or technical) in shown_text(running, "#text")
            assert "junior, managerial" in shown_text(running, "#title")
            if managerial:
                assert technical not in shown_text(running, "#text")
            await press(pilot, "t")
            assert technical in shown_text(running, "#text")

    drive(support.app(), script)


def test_from_reading_to_practice_and_to_the_demo() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_reading("f1-score")
        await support.ready(running)
        await press(pilot, "d")
        assert messages(running) == ["This question has no demo."]
        await press(pilot, "t", "enter")  # practises what is being read: this role, and Back leads home
        assert "Your team reports F1 alone." in screen_text(running)
        await press(pilot, "escape")
        assert screen_name(running) == "HomeScreen"
        running.open_reading("step-size")
        await support.ready(running)
        await press(pilot, "t")
        assert messages(running)[-1] == "This question is asked for the technical role only."
        assert "Plan for speaking" not in screen_text(running)  # a section without text is not offered
        await press(pilot, "d")
        assert screen_name(running) == "DemoScreen"
        await press(pilot, "escape")
        assert screen_name(running) == "ReadScreen"

    drive(support.app(), script)


def test_a_long_section_scrolls_by_pages_and_starts_again() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_reading("f1-score")
        await support.ready(running)
        await press(pilot, *["down"] * 10)
        assert "1. F1 is the harmonic" in screen_text(running)
        await press(pilot, "space")
        assert "1. F1 is the harmonic" not in screen_text(running)
        await press(pilot, *["space"] * 4)
        await press(pilot, "up", "down")
        assert "1. F1 is the harmonic" in screen_text(running)

    drive(support.app(), script, size=(60, 14))
