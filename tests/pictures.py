"""Pictures of the real app, taken through Textual's Pilot: `python -m tests.pictures FOLDER` and `--readme FILE.svg`.

Every screen at a small and a large size, as SVG and, where rsvg-convert is installed, as PNG. The store is in memory, the
clocks stand still and the answer is fixed, so that the same code gives the same pictures.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import TextArea

from quizbot.content.bank import bundled_content, open_bank
from quizbot.store import Store
from quizbot.tui.app import QuizbotApp

SIZES = ((80, 24), (140, 45))
README_SIZE = (120, 36)
QUESTION = "learning-rate"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SECONDS_TAKEN = 95.0
ANSWER = (
    "The learning rate is the step size: it multiplies the gradient before we subtract it from the weights. "
    "Too high and the loss oscillates or diverges. A rate of 0.1 is always too high. "
    "I would start with a warm-up and then decay it with a cosine schedule."
)

CELL = 12.2
"""Width of a cell in Textual's pictures, in pixels; the text of a run is set to so many of them by `textLength`."""

_FONT_FACE = re.compile(r"\s*@font-face\s*\{[^}]*\}")
_LEADING_BLANKS = re.compile(r'(<text class="[^"]*" x=")([0-9.]+)("[^>]*>)((?:&#160;)+)')


def for_converter(svg: str) -> str:
    """The picture for rsvg-convert, which knows no `textLength` and drops blanks at the start of a run."""

    def moved(match: re.Match[str]) -> str:
        before, x, rest, blanks = match.groups()
        return f"{before}{float(x) + CELL * blanks.count('&#160;'):g}{rest}"

    # DejaVu Sans Mono advances by 0.602 of its size: so its cells are as wide as the picture's.
    font = f"font-family: DejaVu Sans Mono, monospace;\n        font-size: {CELL / 0.602:.3f}px;"
    svg = re.sub(r"font-family: monospace;\s*font-size: 20px;", font, svg)
    return _LEADING_BLANKS.sub(moved, svg)


class StandingClock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def without_font_hosts(svg: str) -> str:
    """The picture with whatever monospaced font there is: Textual's own SVG fetches one from the network."""
    return _FONT_FACE.sub("", svg).replace("font-family: Fira Code, monospace", "font-family: monospace")


@asynccontextmanager
async def running(size: tuple[int, int]) -> AsyncIterator[tuple[QuizbotApp, Pilot[None], StandingClock]]:
    """The app with the shipped questions and an empty memory."""
    clock = StandingClock()
    store = Store.in_memory(now=lambda: NOW)
    app = QuizbotApp(open_bank([bundled_content()], None), store, seconds=clock)
    with store:
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            yield app, pilot, clock


async def settled(app: QuizbotApp, pilot: Pilot[None]) -> None:
    """Wait until every message and worker is done."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def walk(size: tuple[int, int]) -> dict[str, str]:
    """One practice round; a picture of every screen on the way, by name."""
    pictures: dict[str, str] = {}
    async with running(size) as (app, pilot, clock):

        async def take(name: str) -> None:
            await settled(app, pilot)
            app.clear_notifications()
            await pilot.pause()
            pictures[name] = without_font_hosts(app.export_screenshot(title=f"quizbot: {name}"))

        await take("home")
        await pilot.press("f1")
        await take("help")
        await pilot.press("escape")
        app.open_question(QUESTION)
        await settled(app, pilot)
        await take("question-empty")
        area = app.screen.query_one(TextArea)
        area.cursor_blink = False
        area.insert(ANSWER)
        clock.now = SECONDS_TAKEN
        await pilot.pause(1.1)  # the clock on the screen is drawn once a second
        await take("question")
        await pilot.press("f3")
        await take("question-plan")
        await pilot.press("f3", "ctrl+s")
        await take("feedback")
        await pilot.press("tab")
        await take("feedback-tab")
        await pilot.press("tab")
        await take("feedback-tab-tab")
        await pilot.press("a")
        await take("assess")
        await pilot.press("enter", "c", "x")
        await take("assess-judged")
        app.go_home()
        await take("home-answered")
        app.open_reading(QUESTION)
        await settled(app, pilot)
        await take("read")
        await pilot.press("down", "down", "down", "down")
        await take("read-section")
        app.go_home()
        await settled(app, pilot)
        question = app.load(QUESTION)
        assert question is not None and question["demo"] is not None
        app.open_demo(question["demo"]["name"], question)
        await take("demo-predict")
        await pilot.press("down", "enter")
        await take("demo")
        await pilot.press("ctrl+l")
        await take("demo-linear")
    return pictures


async def readme_picture() -> str:
    """The feedback screen, as README.md shows it."""
    async with running(README_SIZE) as (app, pilot, clock):
        app.open_question(QUESTION)
        await settled(app, pilot)
        app.screen.query_one(TextArea).insert(ANSWER)
        clock.now = SECONDS_TAKEN
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        app.clear_notifications()
        await pilot.pause()
        return without_font_hosts(app.export_screenshot(title="quizbot", simplify=True))


def write(svg: str, file: Path) -> None:
    """Write the picture, and a PNG beside it when something can make one."""
    file.write_text(svg.rstrip() + "\n", encoding="utf-8", newline="\n")
    converter = shutil.which("rsvg-convert")
    if converter:
        png = str(file.with_suffix(".png"))
        subprocess.run([converter, "--output", png], input=for_converter(svg).encode(), check=True)


def main() -> None:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description="Take pictures of the real app.")
    parser.add_argument("folder", nargs="?", type=Path, help="where every screen goes, at 80 × 24 and 140 × 45")
    parser.add_argument(
        "--readme", type=Path, metavar="FILE", help="write the picture of README.md (docs/feedback.svg)"
    )
    wanted = parser.parse_args()
    if not (wanted.folder or wanted.readme):
        parser.error("name a folder, or --readme FILE")
    if wanted.readme:
        wanted.readme.write_text(asyncio.run(readme_picture()).rstrip() + "\n", encoding="utf-8", newline="\n")
        print(wanted.readme)
    if wanted.folder:
        wanted.folder.mkdir(parents=True, exist_ok=True)
        for width, height in SIZES:
            for name, svg in asyncio.run(walk((width, height))).items():
                file = wanted.folder / f"{name}-{width}x{height}.svg"
                write(svg, file)
                print(file)


if __name__ == "__main__":
    main()
