"""quizbot in a real terminal: a kill while typing loses nothing, and quitting leaves the terminal as it was. POSIX only."""

from __future__ import annotations

import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizbot.store import Draft, Store
from tests.bench.terminal import visible
from tests.helpers import ROOT
from tests.store.samples import paths_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

LIMIT = 30.0
"""Seconds to wait for anything; only a failure takes so long."""
PROMISE = timedelta(seconds=1)
SLACK = timedelta(seconds=5)
"""For a machine that is busy with other tests."""
TEXT = "My words should survive a kill"
QUIT = b"\x11"


class Terminal:
    """A program in a pseudo-terminal of 80 × 24, and all that it has written."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.master = master
        self.output = b""

    def read(self, seconds: float) -> bool:
        """Take what arrives within `seconds`; False once the program has closed its side."""
        if select.select([self.master], [], [], seconds)[0]:
            try:
                data = os.read(self.master, 65_536)
            except OSError:  # how Linux says that the other side is closed
                data = b""
            self.output += data
            return bool(data)
        return True

    def wait_until(self, so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + LIMIT
        while not so():
            going_on = self.read(0.02)
            assert time.monotonic() < deadline, f"no {what}; it shows {visible(self.output)[-600:]!r}"
            assert going_on or so(), f"ended without {what}; it shows {visible(self.output)[-600:]!r}"

    def expect(self, text: str) -> None:
        """Wait for a text, and forget what was shown up to now."""
        self.wait_until(lambda: text in visible(self.output), text)
        self.output = b""

    def type(self, keys: bytes) -> datetime:
        """Press keys; when that was."""
        os.write(self.master, keys)
        return datetime.now(UTC)


@contextmanager
def quizbot(folder: Path) -> Iterator[Terminal]:
    """Start quizbot with its state in `folder`; killed at the end unless it has ended."""
    import fcntl
    import pty
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    unset = ("COLUMNS", "LINES", "NO_COLOR", "TEXTUAL", "CI")
    environ = {name: value for name, value in os.environ.items() if name not in unset}
    environ |= {"TERM": "xterm-256color", "QUIZBOT_HOME": str(paths_in(folder).data.parent), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "quizbot"],
        cwd=ROOT,
        env=environ,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_a_kill_while_typing_and_a_quit(tmp_path: Path) -> None:
    with quizbot(tmp_path) as terminal:
        terminal.expect("Practise")  # the footer is drawn last
        terminal.type(b"n")
        terminal.expect("Submit")
        last_key = terminal.type(TEXT.encode())
        draft = wait_for_draft(tmp_path, terminal)
        assert draft.updated < last_key + PROMISE + SLACK
        assert draft.caret == len(TEXT)
        os.kill(terminal.process.pid, signal.SIGKILL)
        assert terminal.process.wait(LIMIT) == -signal.SIGKILL

    with quizbot(tmp_path) as terminal:
        terminal.expect("Practise")
        terminal.type(b"n")
        terminal.wait_until(lambda: TEXT in visible(terminal.output), "the text again")
        terminal.wait_until(lambda: "Submit" in visible(terminal.output), "the footer")
        terminal.output = b""
        terminal.type(b"\xff")  # no UTF-8: it must not end the app
        terminal.wait_until(lambda: "\ufffd" in visible(terminal.output), "the replacement character")
        terminal.output = b""
        terminal.type(b" - and a quit" + QUIT)
        deadline = time.monotonic() + LIMIT
        while terminal.read(0.1) and time.monotonic() < deadline:  # what is not read could keep it from ending
            pass
        assert terminal.process.wait(LIMIT) == 0
        assert b"\x1b[?1049l" in terminal.output  # back from the alternate screen
        assert b"\x1b[?25h" in terminal.output  # with the cursor visible
        assert b"Traceback" not in terminal.output

    with Store.open(paths_in(tmp_path)) as store:
        (kept,) = store.drafts.all()
        assert kept.text == f"{TEXT}\ufffd - and a quit"
        assert store.problems() == []


def wait_for_draft(folder: Path, terminal: Terminal) -> Draft:
    """The draft, once it holds all that was typed."""
    found: list[Draft] = []

    def complete() -> bool:
        found[:] = [draft for draft in store.drafts.all() if draft.text == TEXT]
        return bool(found)

    with Store.open(paths_in(folder)) as store:
        terminal.wait_until(complete, "draft on disk")
    return found[0]
