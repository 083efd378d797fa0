"""When the disk refuses: nothing typed is lost, the user is told, and practice goes on."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from textual.pilot import Pilot

from quizbot.content.bank import open_bank
from quizbot.store import Store, StoreError
from quizbot.store.drafts import Drafts
from quizbot.store.events import EventLog
from quizbot.tui.app import QuizbotApp
from tests.tui import support
from tests.tui.support import CONTENT, burst, drive, editor, messages, press, scored, screen_name, screen_text, settle

FULL = StoreError("The disk is full. [red]Make room[/] and try again.")


def test_an_attempt_that_cannot_be_recorded() -> None:
    records = support.store()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_question("f1-score")
        await support.ready(running)
        with mock.patch.object(Store, "record_attempt", side_effect=FULL):
            await press(pilot, *"my answer", "ctrl+s")
        assert screen_name(running) == "FeedbackScreen"
        assert messages(running) == [f"Not recorded: {FULL}"]
        assert "! This attempt could not be recorded." in screen_text(running)
        await press(pilot, "a")
        assert screen_name(running) == "FeedbackScreen"
        assert "your own verdicts cannot be kept either" in messages(running)[-1]
        await press(pilot, "enter")
        assert screen_name(running) == "FeedbackScreen"
        assert [draft.text for draft in records.drafts.all()] == ["my answer"]  # nothing was lost
        await press(pilot, "e")
        assert editor(running).text == "my answer"
        await press(pilot, "ctrl+s")  # the disk is well again
        assert "could not be recorded" not in screen_text(running)
        assert records.drafts.all() == []

    with scored():
        drive(support.app(records), script)
    assert [event.body["answer"] for event in records.attempts()] == ["my answer"]


def test_a_draft_that_cannot_be_saved_is_told_and_stops_nothing() -> None:
    records = support.store()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_question("f1-score")
        await support.ready(running)
        await press(pilot, "a", "b")
        await settle(pilot, lambda: messages(running) == [f"Not saved: {FULL}"])
        await settle(pilot, lambda: "[red]Make room[/]" in screen_text(running))
        # While a failing write is under way the screen waits for it: neither may wait for the other for ever.
        burst(running, "c", "f4")
        await settle(pilot, lambda: len(messages(running)) == 2)
        await press(pilot, "f4", "d", "escape")
        assert screen_name(running) == "HomeScreen"
        await press(pilot, "n", "x", "ctrl+q")

    with mock.patch.object(Drafts, "save", side_effect=FULL):
        drive(support.app(records), script)
    assert records.drafts.all() == []


def test_a_store_that_cannot_be_read() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        assert str(FULL) in messages(running)
        assert "3 questions in 2 packs" in screen_text(running)
        await press(pilot, "n")
        assert screen_name(running) == "QuestionScreen"
        await press(pilot, "z", "escape")
        assert screen_name(running) == "HomeScreen"

    with (
        mock.patch.object(Store, "last_attempts", side_effect=FULL),
        mock.patch.object(Drafts, "load", side_effect=FULL),
        mock.patch.object(Drafts, "all", side_effect=FULL),
    ):
        drive(support.app(), script)


def test_verdicts_and_predictions_that_cannot_be_recorded() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await support.feedback(running)
        with mock.patch.object(EventLog, "append", side_effect=FULL):
            await press(pilot, "a", "c", "ctrl+s")
            assert messages(running) == [f"Not saved: {FULL}"]
            await press(pilot, "n")  # does not go on without them
            assert screen_name(running) == "AssessScreen"
            await press(pilot, "escape")  # but leads back, with the verdict still there
            assert screen_name(running) == "FeedbackScreen"
        await press(pilot, "a")
        assert "1 of 4 judged" in screen_text(running)
        await press(pilot, "escape")
        running.open_demo("learning-rate-bowl", running.bank.question("step-size"))
        await support.ready(running)
        with mock.patch.object(EventLog, "append", side_effect=FULL):
            await press(pilot, "enter")
            assert messages(running)[-1] == f"The prediction is not recorded: {FULL}"
            await settle(pilot, lambda: "✗ You expected" in support.shown_text(running, "#summary"))

    drive(support.app(), script)


def test_trouble_at_the_start_is_told_at_once() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        assert len(messages(running)) == 1
        await settle(pilot, lambda: "recorded in this session." in screen_text(running))

    drive(support.app(trouble="The folder is read-only. Nothing is recorded in this session."), script)


@pytest.mark.parametrize("demo", ["name: no-such-demo", "name: learning-rate-bowl\n  x-y: 1"])
def test_a_question_file_that_became_unusable_is_told(tmp_path: Path, demo: str) -> None:
    """A demo that is not there (the loader cannot know), and a file that broke after quizbot was started."""
    file = tmp_path / "step-size.yaml"
    source = (CONTENT / "descent" / "step-size.yaml").read_text(encoding="utf-8")
    missing = "no-such" in demo
    changed = source.replace("name: learning-rate-bowl", demo)
    file.write_text(changed if missing else source, encoding="utf-8")
    bank = open_bank([tmp_path], None)
    if not missing:
        file.write_text(changed, encoding="utf-8")

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await press(pilot, "d")
        assert screen_name(running) == "HomeScreen"
        expected = "no demo is called no-such-demo" if missing else "step-size.yaml:"
        assert expected in messages(running)[-1]
        if not missing:
            await press(pilot, "enter", "v", "n")
            assert screen_name(running) == "HomeScreen"

    drive(support.app(questions=bank), script)
