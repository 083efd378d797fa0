"""Screens as plain text, to be compared with the files beside this one.

`python -m tests.tui.goldens` compares and names what differs; `python -m tests.tui.goldens --write` renews the files. Look at
every renewed file before you keep it: cut-off text, footers that run over, empty panels and crooked columns are defects.

Only text is compared, colours are not: so the files are the same with NO_COLOR and in every theme. The bank is that of these
tests, the scores are made by hand and the clocks stand still.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from quizbot.tui.app import QuizbotApp
from tests.tui import support
from tests.tui.support import ANSWER, drive, made_score, press, screen_lines, settle, shown_text

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Golden:
    """One screen: what to do to get there, and how large the terminal is."""

    name: str
    script: support.Drive
    size: tuple[int, int] = (80, 24)

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.txt"


async def home(pilot: Pilot[None], running: QuizbotApp) -> None:
    support.attempted(running.store)
    running.store.drafts.save("rollout", "managerial", "We agree on", 3, 20.0)
    running.open_reading("rollout")
    await press(pilot, "escape", "down")


async def question(pilot: Pilot[None], running: QuizbotApp) -> None:
    running.store.drafts.save("f1-score", "technical", f"{ANSWER}\n\nIt wraps softly: {'and so on ' * 12}", 9, 75.0)
    running.open_question("f1-score")
    await press(pilot, "f3")


async def feedback(_pilot: Pilot[None], running: QuizbotApp) -> None:
    await support.feedback(running, score=made_score(flags=("unsure",)))


async def assess(pilot: Pilot[None], running: QuizbotApp) -> None:
    await support.feedback(running)
    await press(pilot, "a", "p", "enter")


async def read(pilot: Pilot[None], running: QuizbotApp) -> None:
    running.open_reading("f1-score")
    await press(pilot, *["down"] * 8)


async def demo_predict(_pilot: Pilot[None], running: QuizbotApp) -> None:
    running.open_demo("learning-rate-bowl", running.bank.question("step-size"))


async def demo_run(pilot: Pilot[None], running: QuizbotApp) -> None:
    await demo_predict(pilot, running)
    await press(pilot, "down", "enter")
    await settle(pilot, lambda: "✓ Right" in shown_text(running, "#summary"))


async def help_(pilot: Pilot[None], _running: QuizbotApp) -> None:
    await press(pilot, "f1")


WIDE = (140, 45)
GOLDENS = [
    Golden("home", home),
    Golden("question", question),
    Golden("feedback", feedback),
    Golden("feedback-wide", feedback, WIDE),
    Golden("assess", assess),
    Golden("read", read),
    Golden("demo-predict", demo_predict),
    Golden("demo-run", demo_run),
    Golden("help", help_),
]


def take(golden: Golden, prepare: Callable[[QuizbotApp], None] = lambda _app: None) -> str:
    """The text of a screen, one line a row, without blanks at the ends. `prepare` is called when the app runs."""
    taken: list[str] = []

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        prepare(running)
        await golden.script(pilot, running)
        await settle(pilot, lambda: getattr(running.screen, "complete", True))
        await support.ready(running)
        taken.extend(screen_lines(running))

    with _standing_time_zone():
        drive(support.app(), script, size=golden.size)
    return "\n".join(taken) + "\n"


@contextmanager
def _standing_time_zone() -> Iterator[None]:
    """Dates on the screen are local ones."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        yield
    finally:
        del os.environ["TZ"]
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()
