"""quizbot as a process: untrusted text never reaches a terminal raw, and nothing outside ends in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import QUESTION, changed, content_folder, environment, quizbot

posix = pytest.mark.skipif(os.name != "posix", reason="needs a shell and /dev")
HARMFUL = [
    *(code for code in range(0xA0) if (code < 0x20 or code >= 0x7F) and chr(code) not in "\n\t"),
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
    *(0x061C, 0x200E, 0x200F, 0xFEFF),
]
EVIL = "\x1b[2J\x1b]0;owned\x07\x9b31m\x08\r\u202egnp.exe\u2066\u2069\x7f\u2028"


def shell(home: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    """Run a shell command in which `quizbot` is ours; no traceback whatever happens, and nothing told at exit."""
    script = f'quizbot() {{ "{sys.executable}" -m quizbot "$@"; }}; {command}'
    done = subprocess.run(
        ["/bin/sh", "-c", script], capture_output=True, env=environment(home), cwd=home.parent, timeout=60, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert b"Exception ignored" not in done.stderr, done.stderr.decode()
    return done


def harmless(output: bytes) -> bool:
    return not any(ord(char) in HARMFUL for char in output.decode("utf-8"))


# Untrusted text


def evil_question() -> str:
    """The small question with harmful characters in every text, written as YAML escapes, since raw ones are refused."""
    written = "".join(f"\\u{ord(char):04x}" for char in EVIL)
    source = QUESTION
    for text in (
        "Why are models checked on data they were not fitted to?",
        "A test set is data that the fit never sees.",
        "It estimates the error on new cases.",
        "the model memorises",
        "the training error lies.",
        "Digits",
        "Fit on half and count errors on the other half.",
        "Because the training error is too good to be true.",
        "A test set measures the error on unseen cases.",
        "That is the error that counts.",
        "the test set is used to fit the parameters",
        "Then it is training data.",
        "How do you estimate the error of a model honestly?",
        "Split first, fit the pipeline on one part and report the other part once.",
        "The training error is usually below the test error.",
        "Any registered demo will do here.",
        "A book.",
    ):
        source = changed(text, f'"{text}{written}"', source)
    step = f'  - {{step: "Define{written}", hint: "Briefly{written}", covers: [unseen]}}\n'
    return changed("level: junior\n", f"level: junior\nframework:\n{step * 3}", source)


@pytest.mark.parametrize(
    "call",
    [
        ("list",),
        ("list", "--json"),
        ("show", "small"),
        ("show", "small", "--role", "managerial"),
        ("show", "small", "--json"),
        ("find", "training", "error"),
        ("find", "training", "error", "--json"),
        ("score", "small"),
        ("score", "small", "--json"),
        ("ask", "small"),
        ("lint", "--no-samples"),
        ("lint", "--no-samples", "--json"),
    ],
)
def test_control_characters_of_content_and_answers_are_made_visible(
    call: tuple[str, ...], home: Path, tmp_path: Path
) -> None:
    folder = content_folder(tmp_path / "evil", small=evil_question())
    answer = f"The test set is used to fit the parameters{EVIL}.\n{EVIL}\n"
    done = quizbot(*call, "--content", str(folder), home=home, stdin=answer.encode())
    assert done.returncode == 0, done.stderr.decode()
    assert harmless(done.stdout)
    assert harmless(done.stderr)
    if "--json" in call:
        json.loads(done.stdout)
    elif call[0] in ("show", "score", "ask"):
        assert "␛[2J" in done.stdout.decode()


def test_control_characters_in_names_and_keys_are_made_visible(home: Path, tmp_path: Path) -> None:
    source = changed("level: junior", 'level: junior\n"k\\e[2Je\\u202ey": 1')
    folder = content_folder(tmp_path / "p\x1b[2J", small=source)
    for call in (
        ("list",),
        ("lint", "--no-samples"),
        ("lint", "--no-samples", "--json"),
        ("show", "sm\x1b[2Jall"),
        ("list", "--pack", "\x1b[2J"),
    ):
        done = quizbot(*call, "--content", str(folder), home=home)
        assert harmless(done.stdout)
        assert harmless(done.stderr)
        assert b"[2J" in done.stderr + done.stdout


def test_answers_with_control_characters_are_kept_whole_in_json(home: Path) -> None:
    answer = f"A high rate{EVIL} diverges.\n"
    line = json.dumps({"id": EVIL, "question": "learning-rate", "answer": answer})
    done = quizbot("grade", "-", home=home, stdin=line.encode())
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert harmless(done.stdout)
    result = json.loads(done.stdout)
    assert result["id"] == EVIL
    for point in result["points"]:
        for part in point["evidence"]:
            assert answer[part["start"] : part["end"]] == part["text"]


# Streams and places


@pytest.mark.parametrize("call", [("list",), ("show", "learning-rate"), ("score", "learning-rate"), ("demo",)])
def test_a_terminal_that_knows_ascii_only(call: tuple[str, ...], home: Path) -> None:
    done = quizbot(*call, home=home, stdin="η too high, it diverges é".encode(), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert done.stdout


@posix
@pytest.mark.parametrize(
    "call",
    ["list", "--help", "--version", "show learning-rate", "list --json", "demo learning-rate-bowl --csv -", "schema"],
)
def test_a_reader_that_goes_away(call: str, home: Path) -> None:
    assert shell(home, f"(sleep 0.2; quizbot {call}) | true").stderr == b""


@posix
def test_a_reader_of_both_streams_that_goes_away(home: Path) -> None:
    shell(home, "(sleep 0.2; quizbot show nosuch) 2>&1 | true")
    shell(home, "(sleep 0.2; quizbot lint --nosuch) 2>&1 | true")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("call", ["list", "show learning-rate --json", "schema"])
def test_a_full_disk_is_told(call: str, home: Path) -> None:
    done = shell(home, f"quizbot {call} >/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith(b"quizbot: ")
    assert b"No space left" in done.stderr


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("call", ["list", "score learning-rate", "ask learning-rate", "--version"])
def test_closed_streams(call: str, closed: str, home: Path) -> None:
    assert (
        shell(
            home, f"quizbot {call} {closed} </dev/null" if "<" not in closed else f"quizbot {call} {closed}"
        ).returncode
        == 0
    )


@posix
def test_a_closed_error_stream_puts_nothing_on_the_output(home: Path, tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "p", broken="[")
    done = shell(home, f"quizbot list --json --content '{folder}' 2>&-")
    assert json.loads(done.stdout)


def test_a_state_folder_that_is_a_file(bare_home: Path) -> None:
    bare_home.write_text("", encoding="utf-8")
    assert quizbot("list", home=bare_home).returncode == 0
    assert quizbot("score", "learning-rate", home=bare_home, stdin=b"x").returncode == 0
    assert quizbot("show", "learning-rate", home=bare_home).returncode == 0
    assert bare_home.read_text(encoding="utf-8") == ""


def test_a_state_folder_of_nobody(home: Path) -> None:
    environ = environment(home) | {"QUIZBOT_HOME": "~no-such-user-here/x"}
    done = subprocess.run(
        [sys.executable, "-m", "quizbot", "list"], capture_output=True, env=environ, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"quizbot: QUIZBOT_HOME=")
    assert done.stderr.count(b"\n") == 1


def test_a_damaged_database_is_told(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "quizbot.db").write_bytes(b"not a database" * 100)
    done = quizbot("ask", "learning-rate", home=home, stdin=b"x")
    assert done.returncode == 1
    assert done.stderr.startswith(b"quizbot: ")
    assert b"quizbot.db" in done.stderr
    assert quizbot("list", home=home).returncode == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root can read everything")
def test_folders_that_may_not_be_read(home: Path, tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "p" / "closed", small=QUESTION)
    folder.chmod(0)
    try:
        assert quizbot("list", "--content", str(folder), home=home).returncode == 2
        assert quizbot("list", "--content", str(folder.parent), home=home).returncode == 0
        assert quizbot("score", "learning-rate", str(folder / "small.yaml"), home=home).returncode == 2
    finally:
        folder.chmod(0o700)


def test_without_a_terminal_the_app_says_what_works(home: Path) -> None:
    for call in ((), ("--plain",)):
        done = quizbot(*call, home=home)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"`quizbot ask`" in done.stderr


def test_a_loop_or_a_folder_named_like_a_question_does_no_harm(home: Path, tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "p", small=QUESTION)
    (folder / "folder.yaml").mkdir()
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    done = quizbot("list", "--content", str(folder), home=home)
    assert done.returncode == 0
    assert b"small" in done.stdout
    assert b"loop.yaml:1:1: error: cannot read the file" in done.stderr
