"""How the screens look: as text, at several sizes, without colour and in a light theme."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer

from quizbot.scoring import Score
from quizbot.tui.app import QuizbotApp
from tests.helpers import ROOT
from tests.tui import support
from tests.tui.goldens import FOLDER, GOLDENS, Golden, take
from tests.tui.support import drive, press, scored, screen_lines, screen_name, screen_text, settle

BY_NAME = {golden.name: golden for golden in GOLDENS}


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_the_screen_is_as_it_was_looked_at(golden: Golden) -> None:
    """When a change is meant: `python -m tests.tui.goldens --write`, then look at the files."""
    assert take(golden) == golden.file.read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(BY_NAME)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_no_golden_runs_over_its_terminal(golden: Golden) -> None:
    columns, rows = golden.size
    lines = golden.file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == rows
    assert max(map(len, lines)) <= columns
    if golden.name != "help":
        assert lines[-1].endswith("f1 Help")  # the footer shows its last key, so nothing of it is cut off


def test_a_light_theme_shows_the_same_text() -> None:
    def light(running: QuizbotApp) -> None:
        running.theme = "textual-light"

    golden = BY_NAME["feedback"]
    assert take(golden, light) == golden.file.read_text(encoding="utf-8")


def test_without_colour_and_motion_the_text_is_the_same() -> None:
    """Textual reads both variables when it is imported, so this takes a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.tui.goldens", "feedback", "assess"],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "TEXTUAL_ANIMATIONS": "none"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("size", [(60, 20), (200, 60)], ids=["60x20", "200x60"])
def test_a_whole_round_at_another_size(size: tuple[int, int]) -> None:
    """At every step what the screen is for can be read."""

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        def shows(*texts: str) -> None:
            lines = screen_lines(running)
            assert len(lines) == size[1]
            assert max(map(len, lines)) <= size[0]
            for text in texts:
                assert text in "\n".join(lines)

        shows("What does F1 measure?", "Questions", "About this question", "Practise")
        await press(pilot, "down", "enter")
        shows("What does F1 measure, and what does it leave out?", "Your answer", "0:00 of 1:30", "Submit")
        await press(pilot, *"It depends.", "f3")
        shows("1. Define it", "It depends.")
        await press(pilot, "ctrl+s")
        shows("0 of 100, weak", "○ missing", "It depends.", "Judge")
        await press(pilot, "a")
        shows("By your verdicts", "○ missing / ·", "These count as covered", "Agree", "Covered")
        await press(pilot, "escape", "v")
        shows("Sections", "Model answer", "What does F1 measure, and")
        running.open_demo("learning-rate-bowl", running.bank.question("step-size"))
        await support.ready(running)
        shows("Which rate diverges?", "rate 2.1", "neither")
        await press(pilot, "down", "enter")
        await settle(pilot, lambda: "✓ Right" in screen_text(running))
        shows("rates", "0.1,2.1", "rate=2.1,curvature=1", "Parameters", "✓ Right: rate 2.1.")

    with scored(lambda this, _answer: weak(this.question["id"])):
        drive(support.app(), script, size=size)


def weak(name: str) -> Score:
    score = support.blank_score(name)
    return Score(score.role, 0.0, "weak", False, score.points, (), (), "Begin with what F1 averages.")


def test_the_terminal_may_be_resized_at_any_time() -> None:
    sizes = [(20, 5), (140, 40), (80, 24)]

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        async def through_sizes() -> None:
            for size in sizes:
                await pilot.resize_terminal(*size)
                assert len(screen_lines(running)) == size[1]

        await through_sizes()
        await press(pilot, "down", "enter", *"text")
        await through_sizes()
        assert "text" in screen_text(running)
        await press(pilot, "ctrl+s")
        await through_sizes()
        assert "│ text" in screen_text(running)
        running.open_demo("learning-rate-bowl")
        await settle(pilot, lambda: "step →" in screen_text(running))
        await through_sizes()
        await settle(pilot, lambda: "step →" in screen_text(running))
        assert screen_name(running) == "DemoScreen"
        assert running.screen.query_one(Footer).region.bottom == 24

    with scored():
        drive(support.app(), script)
