"""Keys that arrive faster than they are handled: no letter is lost, and no key acts on a screen that has been left."""

from __future__ import annotations

import time
from pathlib import Path
from unittest import mock

from textual.pilot import Pilot
from textual.widgets import Input

from quizbot.content.records import Role
from quizbot.store import Draft, Store
from quizbot.store.drafts import Drafts
from quizbot.tui.app import QuizbotApp
from tests.store.samples import paths_in, store_in
from tests.tui import support
from tests.tui.support import burst, drive, editor, press, scored, screen_name

TEXT = "The step is too long? Then it leaves.\nη above 2/a: " + "and so on " * 6 + "the end"


def test_letters_typed_right_before_submitting_are_in_the_attempt() -> None:
    records = support.store()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await press(pilot, "n")
        burst(running, *TEXT, "ctrl+s")
        await support.settle(pilot, lambda: screen_name(running) == "FeedbackScreen")

    with scored():
        drive(support.app(records), script)
    assert [event.body["answer"] for event in records.attempts()] == [TEXT]


def test_editing_keys_keep_their_turn_among_the_letters() -> None:
    """Left to Textual, the letters would overtake the Backspace, and it would take the last one."""

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await press(pilot, "n")
        burst(running, *"leanr", "backspace", "backspace", *"rn", "home", *"I ", "end", *" fast", "ctrl+w", *"slowly")
        await support.settle(pilot, lambda: editor(running).text.endswith("y"))
        assert editor(running).text == "I learn slowly"
        await press(pilot, "escape", "slash")
        burst(running, *"costs", "backspace", *"X", "left", *"y")
        await support.settle(pilot, lambda: "X" in running.screen.query_one(Input).value)
        await support.ready(running)
        assert running.screen.query_one(Input).value == "costyX"

    drive(support.app(), script)


def test_letters_typed_right_before_quitting_are_in_the_draft(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await press(pilot, "n")
        burst(running, *TEXT, "ctrl+q")
        await support.settle(pilot, lambda: not running.is_running)

    save = Drafts.save

    def save_slowly(self: Drafts, question: str, role: Role, text: str, caret: int, elapsed: float) -> Draft:
        time.sleep(0.2)  # quizbot has ended by then, and waits
        return save(self, question, role, text, caret, elapsed)

    with store_in(tmp_path) as records, mock.patch.object(Drafts, "save", save_slowly):
        drive(support.app(records), script)
    with Store.open(paths_in(tmp_path)) as records:
        assert [draft.text for draft in records.drafts.all()] == [TEXT]


def test_letters_typed_right_before_escape_are_in_the_draft() -> None:
    records = support.store()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await press(pilot, "n")
        burst(running, *TEXT, "escape")
        await support.settle(pilot, lambda: screen_name(running) == "HomeScreen")
        assert [draft.text for draft in records.drafts.all()] == [TEXT]

    drive(support.app(records), script)


def test_letters_typed_right_before_switching_the_role_stay_with_their_role() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_question("f1-score")
        await support.ready(running)
        burst(running, *TEXT, "f4")
        await support.settle(pilot, lambda: editor(running).text == "")
        assert [(draft.role, draft.text) for draft in running.store.drafts.all()] == [("technical", TEXT)]

    drive(support.app(), script)


def test_enter_hit_twice_opens_one_question() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        burst(running, "\n", "\n")
        await pilot.pause(0.05)
        assert [type(screen).__name__ for screen in running.screen_stack] == ["HomeScreen", "QuestionScreen"]

    drive(support.app(), script)


def test_a_prediction_hit_twice_is_recorded_once() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_demo("learning-rate-bowl", running.bank.question("step-size"))
        await support.ready(running)
        burst(running, "\n", "\n")
        await support.settle(pilot, lambda: running.screen.query_one("#body").display)
        await pilot.pause(0.05)
        assert running.store.events.count() == 1

    drive(support.app(), script)


def test_submitting_and_leaving_twice_do_it_once() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await press(pilot, "n")
        burst(running, *"ab", "ctrl+s", "ctrl+s")
        await support.settle(pilot, lambda: screen_name(running) == "FeedbackScreen")
        await pilot.pause(0.05)
        assert running.store.events.count() == 1
        await press(pilot, "enter")
        burst(running, "escape", "escape", "escape", "escape", "escape")
        await support.settle(pilot, lambda: screen_name(running) == "HomeScreen")
        await pilot.pause(0.05)
        assert screen_name(running) == "HomeScreen"

    with scored():
        drive(support.app(), script)
