"""`ask`: one round in line mode, from a pipe and at a terminal; what was typed is never lost."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from quizbot.store import Draft, Store, resolve
from tests.cli.conftest import Run
from tests.helpers import environment, quizbot

GOOD = "If the learning rate is too high, the loss diverges.\nToo low, and it crawls: é 🙂"


@contextmanager
def records(home: Path) -> Iterator[Store]:
    with Store.open(resolve({"QUIZBOT_HOME": str(home)})) as store:
        yield store


def attempts(home: Path) -> list[Any]:
    with records(home) as store:
        return [event.body for event in store.attempts()]


def draft(home: Path, question: str = "learning-rate") -> Draft | None:
    with records(home) as store:
        return store.drafts.load(question, "technical")


def save_draft(home: Path, text: str) -> None:
    with records(home) as store:
        store.drafts.save("learning-rate", "technical", text, 0, 12.0)


def test_a_piped_answer_is_recorded(run: Run, home: Path) -> None:
    done = run("ask", "learning-rate", stdin=GOOD.encode() + b"\n.\nnot part of it\n")
    assert (done.status, done.err) == (0, "")
    (body,) = attempts(home)
    assert body["answer"] == GOOD
    assert (body["question"], body["role"], body["mode"]) == ("learning-rate", "technical", "plain")
    assert body["prompt"] in " ".join(done.out.split())
    assert f"Score {body['score']:g} of 100" in done.out
    assert "Model answer" in done.out
    assert str(home / "data" / "quizbot.db") in done.out
    assert draft(home) is None


def test_the_role_is_recorded(run: Run, home: Path) -> None:
    run("ask", "learning-rate", "--role", "managerial", "--plain", stdin=b"Ask for the loss curve first.")
    (body,) = attempts(home)
    assert body["role"] == "managerial"


@pytest.mark.parametrize("nothing", [b"", b"\n\n", b"  \n.\n", b"."])
def test_no_answer_records_nothing(nothing: bytes, run: Run, home: Path) -> None:
    done = run("ask", "learning-rate", stdin=nothing)
    assert done.status == 0
    assert "nothing was recorded" in done.out
    assert attempts(home) == []


def test_without_an_id_the_next_question_comes(run: Run, home: Path) -> None:
    seen = set()
    for _ in run("list", "--json").json:
        assert run("ask", stdin=b"I do not know.\n").status == 0
        seen = {body["question"] for body in attempts(home)}
    assert seen == {entry["id"] for entry in run("list", "--json").json}


def test_a_piped_answer_leaves_a_draft_from_elsewhere_alone(run: Run, home: Path) -> None:
    save_draft(home, "half an answer")
    assert run("ask", "learning-rate", stdin=b"\n").status == 0
    assert run("ask", "learning-rate", stdin=GOOD.encode()).status == 0
    kept = draft(home)
    assert kept is not None
    assert (kept.text, kept.elapsed) == ("half an answer", 12.0)
    assert [body["answer"] for body in attempts(home)] == [GOOD]


def test_bytes_that_are_not_utf_8_cost_no_more_than_themselves(home: Path) -> None:
    for encoding in ("utf-8", "ascii", "latin-1"):
        answer = GOOD.encode() + b" \xff end"
        done = quizbot("ask", "learning-rate", home=home, stdin=answer, PYTHONIOENCODING=encoding)
        assert done.returncode == 0
    assert {body["answer"] for body in attempts(home)} == {f"{GOOD} \ufffd end"}


def test_an_attempt_that_cannot_be_recorded_is_printed(bare_home: Path) -> None:
    bare_home.write_text("a file where a folder should be", encoding="utf-8")
    done = quizbot("ask", "learning-rate", home=bare_home, stdin=GOOD.encode())
    assert done.returncode == 1
    assert GOOD in done.stderr.decode()
    assert b"could not be recorded" in done.stderr
    assert b"Score " in done.stdout


def begin(home: Path, *arguments: str, stdin: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "quizbot", "ask", "learning-rate", *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home),
    )


def wait_for_draft(home: Path, text: str) -> Draft:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if (home / "data" / "quizbot.db").exists() and (kept := draft(home)) and kept.text == text:
            return kept
        time.sleep(0.05)
    raise AssertionError("the draft did not come")


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_a_kill_half_way_keeps_the_draft(home: Path) -> None:
    process = begin(home)
    assert process.stdin is not None
    try:
        process.stdin.write("The first line: é 🙂\nThe second".encode())
        process.stdin.flush()
        wait_for_draft(home, "The first line: é 🙂")
        process.stdin.write(b" line\n")
        process.stdin.flush()
        wait_for_draft(home, "The first line: é 🙂\nThe second line")
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    kept = draft(home)
    assert kept is not None
    assert kept.text == "The first line: é 🙂\nThe second line"
    assert attempts(home) == []


class Terminal:
    """A process at a pseudo-terminal; `expect` waits for words on its screen."""

    def __init__(self, home: Path, *arguments: str) -> None:
        import pty

        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizbot", "ask", "learning-rate", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(home, TERM="dumb"),
            start_new_session=True,
        )
        os.close(slave)
        self.screen = ""

    def expect(self, words: str) -> None:
        deadline = time.monotonic() + 30
        while words not in self.screen:
            assert time.monotonic() < deadline, f"{words!r} is not in {self.screen!r}"
            ready, _, _ = select.select([self.master], [], [], 0.2)
            if ready:
                try:
                    self.screen += os.read(self.master, 65536).decode()
                except OSError as ended:  # Linux tells the end of a terminal so
                    assert words in self.screen, self.screen
                    raise AssertionError from ended
        self.screen = self.screen[self.screen.index(words) + len(words) :]

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def end(self) -> int:
        status = self.process.wait(timeout=30)
        os.close(self.master)
        return status

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.kill()


at_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


@at_a_terminal
def test_a_draft_comes_back_at_the_terminal_and_is_finished(home: Path, terminals: list[Terminal]) -> None:
    save_draft(home, "Half an answer:\nthe rate")
    terminal = Terminal(home)
    terminals.append(terminal)
    terminal.expect("You began an answer earlier:")
    terminal.expect("Half an answer:")
    terminal.expect("Your answer;")
    terminal.type("is the size of a step.\n.\n")
    terminal.expect("Judge yourself")
    terminal.type("what\n")
    terminal.expect("Enter, c, p, m, x or q.")
    terminal.type("x\nq\n")
    terminal.expect("By your own verdicts")
    assert terminal.end() == 0
    (body,) = attempts(home)
    assert body["answer"] == "Half an answer:\nthe rate\nis the size of a step."
    assert body["seconds"] >= 12
    with records(home) as store:
        (judged,) = store.events.read(kind="self_assessment")
    points = judged.body["points"]
    assert isinstance(points, list)
    assert points[0]["own"] == "contradicted"
    assert all(point["own"] == point["automatic"] for point in points[1:])
    assert draft(home) is None


@at_a_terminal
def test_a_dash_starts_again(home: Path, terminals: list[Terminal]) -> None:
    save_draft(home, "Old words")
    terminal = Terminal(home)
    terminals.append(terminal)
    terminal.expect("starts again")
    terminal.type("-\nNew words\n.\n")
    terminal.expect("Judge yourself")
    terminal.type("q\n")
    terminal.expect("By your own verdicts")
    terminal.end()
    assert [body["answer"] for body in attempts(home)] == ["New words"]


@at_a_terminal
def test_an_interrupt_keeps_the_draft(home: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(home)
    terminals.append(terminal)
    terminal.expect("Your answer;")
    terminal.type("One line\n")
    wait_for_draft(home, "One line")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.process.wait(timeout=30) == 130
    assert "Traceback" not in terminal.screen
    assert attempts(home) == []
    kept = draft(home)
    assert kept is not None
    assert kept.text == "One line"
