"""What the tests of the terminal UI share: a small bank of their own, scores made by hand, and a way to drive the app.

No test here depends on the scorer: `Round.score` gives the score that the test has made.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar
from unittest import mock

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static, TextArea

from quizbot.content.bank import Bank, open_bank
from quizbot.content.records import Question, VerdictName
from quizbot.practice.round import Attempt, Round
from quizbot.scoring import Evidence, Misconception, PointVerdict, Score
from quizbot.store import Store
from quizbot.tui.app import QuizbotApp
from quizbot.tui.widgets.point_list import PointList
from tests.store.samples import counting, ticking

CONTENT = Path(__file__).parent / "content"
ANSWER = "F1 is the average of precision and recall.\nIt combines both and ignores correct rejections."
W = TypeVar("W", bound=Widget)
Drive = Callable[[Pilot[None], QuizbotApp], Awaitable[None]]


class Clock:
    """Practice time, moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@cache
def bank(*folders: Path) -> Bank:
    return open_bank([CONTENT, *folders], None)


def question(name: str = "f1-score") -> Question:
    return bank().question(name)


_opened: list[Store] = []


def store() -> Store:
    """A store of its own for one test, which is closed when the test has ended."""
    _opened.append(Store.in_memory(now=ticking(), new_id=counting()))
    return _opened[-1]


def close_stores() -> None:
    """Close what `store` has opened: Python 3.13 warns of connections that are left to the garbage collector."""
    while _opened:
        _opened.pop().close()


def app(
    records: Store | None = None, *, clock: Clock | None = None, questions: Bank | None = None, trouble: str = ""
) -> QuizbotApp:
    return QuizbotApp(
        bank() if questions is None else questions, records or store(), seconds=clock or Clock(), trouble=trouble
    )


def drive(running: QuizbotApp, script: Drive, *, size: tuple[int, int] = (80, 24)) -> None:
    """Run the app without a terminal and let `script` use it; what goes wrong in either fails the test."""

    async def run() -> None:
        async with running.run_test(size=size, notifications=True) as pilot:
            await ready(running)
            await script(pilot, running)
            await ready(running)

    # An app makes so many objects that looking for garbage as often as usual would take a fifth of the time.
    thresholds = gc.get_threshold()
    gc.set_threshold(20_000, 20, 50)
    try:
        asyncio.run(run())
    finally:
        gc.set_threshold(*thresholds)


def evidence(answer: str, text: str) -> tuple[Evidence, ...]:
    start = answer.index(text)
    return (Evidence(start, start + len(text), text),)


def made_score(
    answer: str = ANSWER,
    *,
    name: str = "f1-score",
    quotes: Mapping[str, tuple[VerdictName, str, float]] | None = None,
    flags: tuple[str, ...] = (),
) -> Score:
    """A score made by hand: `quotes` gives for each point its verdict, the words of the answer behind it, and how sure.

    Points that are left out are missing. By default one point is wrong, one covered and one unsure.
    """
    if quotes is None:
        quotes = {
            "harmonic": ("contradicted", "F1 is the average of precision and recall", 0.9),
            "no-tn": ("covered", "ignores correct rejections", 0.8),
            "beta": ("partial", "combines both", 0.3),
        }
    points = []
    wrong = []
    for point in question(name)["key_points"]:
        verdict, text, confidence = quotes.get(point["id"], ("missing", "", 0.7))
        found = evidence(answer, text) if text else ()
        points.append(PointVerdict(point["id"], verdict, 0.0, confidence, found, "claim" if found else None))
        if verdict == "contradicted":
            statement = point["reject"][0]
            wrong.append(Misconception(point["id"], statement["says"], statement["because"], found))
    return Score("technical", 36.0, "developing", False, tuple(points), tuple(wrong), flags, "Say what F1 averages.")


def blank_score(name: str = "f1-score") -> Score:
    """Everything missing: fits any answer."""
    return made_score("", name=name, quotes={})


@contextmanager
def scored(make: Callable[[Round, str], Score] | None = None) -> Iterator[None]:
    """Let every answer get the score that `make` gives; without it, everything is missing."""

    def score(this: Round, answer: str) -> Score:
        return make(this, answer) if make else blank_score(this.question["id"])

    with mock.patch.object(Round, "score", score):
        yield


def attempted(records: Store, answer: str = ANSWER, score: Score | None = None) -> tuple[Round, Attempt]:
    """A round of the first question with a recorded attempt."""
    this = Round(question(), "technical", records, "tui")
    return this, this.record(answer, score or made_score(answer), 42.0)


async def feedback(running: QuizbotApp, answer: str = ANSWER, score: Score | None = None) -> None:
    """Open the feedback on an attempt."""
    this, attempt = attempted(running.store, answer, score)
    running.open_feedback(this, attempt, recorded=True)
    await ready(running)


def burst(running: QuizbotApp, *keys: str) -> None:
    """Keys that arrive faster than any of them is handled, as from a fast typist on a busy machine."""
    for key in keys:
        if len(key) == 1 and key != "\n":
            running.post_message(events.Key(_character_to_key(key), key))
        else:
            name = "enter" if key == "\n" else key
            running.post_message(events.Key(name, {"space": " ", "enter": "\r", "tab": "\t", "slash": "/"}.get(name)))


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each when the one before has had its effect.

    As `Pilot.press`, which for every key waits three times until the process idles: over all tests that is a minute.
    """
    running = pilot.app
    assert isinstance(running, QuizbotApp)
    for key in keys:
        before = running.screen
        burst(running, key)
        await _quiet(running)
        while running.is_running and getattr(running.screen, "scoring", False):
            await asyncio.sleep(0.002)
            await _quiet(running)
        if running.is_running and running.screen is not before:
            await ready(running)
    await ready(running)


async def ready(running: QuizbotApp) -> None:
    """Wait until the screen has all its widgets and is painted."""
    calm = 0
    while calm < 2 and running.is_running:
        await _quiet(running)
        await asyncio.sleep(0.002)
        calm = 0 if not getattr(running.screen, "complete", True) or _unpainted(running.screen) else calm + 1


def _unpainted(screen: Screen[object]) -> bool:
    stale = screen._layout_required or screen._scroll_required or screen._repaint_required or screen._dirty_widgets
    return bool(stale or screen._recompose_required or screen._callbacks)


async def _quiet(running: QuizbotApp) -> None:
    """Wait until no message waits in the app, its screen or its focused widget: keys go through all three and back."""
    calm = 0
    while calm < 10 and running.is_running:
        await asyncio.sleep(0)
        places = [place for place in (running, running.screen, running.focused) if place is not None]
        calm = calm + 1 if all(place._message_queue.empty() for place in places) else 0


async def settle(pilot: Pilot[None], until: Callable[[], bool], tries: int = 200) -> None:
    """Wait until something is so; fail when it does not become so."""
    for _ in range(tries):
        await asyncio.sleep(0.01)
        if until():
            return
    raise AssertionError(f"it did not happen; the screen shows:\n{screen_text(pilot.app)}")


def screen_lines(running: object) -> list[str]:
    """The rows of the screen as text, without colours and trailing blanks."""
    assert isinstance(running, QuizbotApp)
    strips = running.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip if isinstance(segment, Segment)).rstrip() for strip in strips]


def screen_text(running: object) -> str:
    return "\n".join(screen_lines(running))


def messages(running: QuizbotApp) -> list[str]:
    """What the user has been told in the corner of the screen, the oldest first."""
    return [notice.message for notice in running._notifications]


def shown_text(running: QuizbotApp, selector: str) -> str:
    """The whole text of a static widget, that which is scrolled away included."""
    content = running.screen.query_one(selector, Static).content
    assert isinstance(content, (str, Content))
    return str(content)


def editor(running: QuizbotApp) -> TextArea:
    return running.screen.query_one(TextArea)


def rubric(running: QuizbotApp) -> PointList:
    return running.screen.query_one(PointList)


def questions(running: QuizbotApp) -> list[str]:
    """The ids of the questions in the list on the home screen."""
    return [option.id for option in running.screen.query_one("#questions", OptionList).options if option.id]


def screen_name(running: QuizbotApp) -> str:
    return type(running.screen).__name__
