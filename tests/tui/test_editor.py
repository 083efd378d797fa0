"""The user's own editor: what it saves comes back, and what goes wrong leaves the text as it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from quizbot.tui.app import QuizbotApp
from quizbot.tui.editor import EditorError, edit, editor_command
from tests.tui import support
from tests.tui.support import drive, editor, messages, press


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Path]:
    """A program that stands in for an editor; tests write its source."""
    yield tmp_path / "editor.py"


def command(script: Path, source: str) -> list[str]:
    script.write_text(f"import sys, pathlib\nfile = pathlib.Path(sys.argv[-1])\n{source}\n", encoding="utf-8")
    return [sys.executable, str(script)]


def test_the_editor_gets_the_text_and_gives_back_its_own(script: Path) -> None:
    visual = command(script, "file.write_bytes(file.read_bytes().upper() + 'η\\r\\n'.encode())")
    records = support.store()

    async def use(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_question("f1-score")
        await support.ready(running)
        await press(pilot, *"text", "home", "f2")
        assert editor(running).text == "TEXTη"  # an editor's last line end is no part of the answer
        assert messages(running) == []
        assert editor(running).cursor_location == editor(running).document.end
        await support.settle(pilot, lambda: [draft.text for draft in records.drafts.all()] == [editor(running).text])

    with (
        mock.patch.dict(os.environ, {"VISUAL": " ".join(visual)}),
        mock.patch.object(QuizbotApp, "suspend", nullcontext),
    ):
        drive(support.app(records), use)


def test_an_editor_that_fails_leaves_the_text(script: Path) -> None:
    failing = " ".join(command(script, "file.write_text('half'); sys.exit(3)"))

    async def use(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_question("f1-score")
        await support.ready(running)
        await press(pilot, *"mine")
        expected = [
            ({"VISUAL": failing}, "ended with status 3; the answer is as it was before."),
            ({"VISUAL": "/no/such/editor"}, "/no/such/editor cannot be started"),
            ({"VISUAL": "'unclosed"}, "cannot be understood"),
            ({"VISUAL": " ", "EDITOR": ""}, "Set VISUAL or EDITOR"),
        ]
        for environ, message in expected:
            with mock.patch.dict(os.environ, environ):
                await press(pilot, "f2")
            assert message in messages(running)[-1]
            assert editor(running).text == "mine"
        await press(pilot, "!")
        assert editor(running).text == "mine!"

    with mock.patch.object(QuizbotApp, "suspend", nullcontext):
        drive(support.app(), use)


def test_a_terminal_that_cannot_be_handed_over() -> None:
    async def use(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_question("f1-score")
        await support.ready(running)
        await press(pilot, "x", "f2")  # the driver without a terminal is one that cannot
        assert "cannot be handed to an editor" in messages(running)[-1]
        assert editor(running).text == "x"

    with mock.patch.dict(os.environ, {"VISUAL": "true"}):
        drive(support.app(), use)


@pytest.mark.parametrize(
    ("source", "message"),
    [("file.write_bytes(b'\\xff\\xfe')", "cannot be read"), ("file.unlink()", "cannot be read")],
)
def test_what_cannot_be_read_back_is_an_error(script: Path, source: str, message: str) -> None:
    with pytest.raises(EditorError, match=message):
        edit("text", command(script, source))


def test_visual_comes_before_editor_and_may_have_arguments() -> None:
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor_command({"VISUAL": "  ", "EDITOR": "nano -w"}) == ["nano", "-w"]
    assert editor_command({"EDITOR": "'my editor' -x"}) == ["my editor", "-x"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_editor_that_is_closed_at_once_changes_nothing(text: str) -> None:
    with mock.patch("subprocess.run", return_value=mock.Mock(returncode=0)):
        assert edit(text, ["editor"]) == text
