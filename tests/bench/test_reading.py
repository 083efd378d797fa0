"""How the benchmark reads a terminal and reduces its runs; what it measures is for people to judge."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.figures import figure, percentile, ratios
from tests.bench.processes import environment, over_nothing
from tests.bench.scorer import answers_of, resident, workload
from tests.bench.terminal import start, visible

posix_only = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")
# Python 3.12 and later warn of a fork while other threads run, such as those of numpy. This child only starts a program.
forks = pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")


@pytest.mark.parametrize(
    "output, shown",
    [
        (b"\x1b[?1049h\x1b[2J\x1b[38;2;10;20;30mHello\x1b[0m", "Hello"),
        (b"\x1b]0;a window title\x07text", "text"),
        (b"\x1b]0;a window title\x1b\\text", "text"),
        (b"\x1bP+q544e\x1b\\text", "text"),
        (b"\x1b[?2026$p\x1b(Btext\r\n", "text"),
        (b"text\x1b[38;2", "text"),
        (b"text\x1b]0;half a title", "text"),
        ("naïve".encode()[:3], "na"),
    ],
)
def test_control_sequences_are_not_text(output: bytes, shown: str) -> None:
    assert visible(output) == shown


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=["Cs"])))
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    assert visible(text.encode()) == text


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_percentile_is_a_value_that_enough_others_do_not_exceed(values: list[float]) -> None:
    found = percentile(values, 0.95)
    assert found in values
    assert sum(value <= found for value in values) >= 0.95 * len(values)
    assert all(sum(value <= other for value in values) < 0.95 * len(values) for other in values if other < found)


def test_ratios_are_taken_run_by_run() -> None:
    # The third run was slow for both: its ratio is that of the others, and a ratio of sums would not show it.
    assert ratios([2.0, 4.0, 20.0], [1.0, 2.0, 10.0]) == figure([2.0, 2.0, 2.0])


@posix_only
@forks
def test_a_program_is_watched_until_its_text_is_there() -> None:
    program = "import sys; print('\\x1b[1mfirst'); print('then'); sys.stdin.read(1)"
    seen = start([sys.executable, "-c", program], dict(os.environ), "then")
    assert 0 < seen.first <= seen.ready


@posix_only
@forks
def test_a_program_that_ends_early_is_an_error() -> None:
    with pytest.raises(EOFError):
        start([sys.executable, "-c", "print('something else')"], dict(os.environ), "what was waited for")


def test_measured_processes_see_their_own_state_and_no_switches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "TEXTUAL_ANIMATIONS", "PYTHONDONTWRITEBYTECODE", "QUIZBOT_HOME", "COLUMNS"):
        monkeypatch.setenv(name, "1")
    env = environment(tmp_path)
    assert env["QUIZBOT_HOME"] == str(tmp_path)
    assert not {"NO_COLOR", "TEXTUAL_ANIMATIONS", "PYTHONDONTWRITEBYTECODE", "COLUMNS"} & set(env)


def test_every_command_is_run_as_often_as_nothing() -> None:
    found = over_nothing({"nothing again": [sys.executable, "-c", "pass"]}, dict(os.environ), 2)
    assert {name: figures["ms"].runs for name, figures in found.items()} == {"python -c pass": 2, "nothing again": 2}
    assert found["python -c pass"]["ratio"] == figure([1.0, 1.0])


@given(st.lists(st.text(alphabet="ab ", min_size=1), min_size=1, max_size=4), st.integers(1, 9), st.integers(1, 40))
def test_answers_have_as_many_words_as_asked_for_and_come_from_the_texts(
    texts: list[str], count: int, words: int
) -> None:
    texts = [f"{text} c" for text in texts]
    made = answers_of(texts, count, words)
    assert [len(answer.split()) for answer in made] == [words] * count
    assert {word for answer in made for word in answer.split()} <= {word for text in texts for word in text.split()}


def test_the_workload_is_what_is_said_to_be_measured() -> None:
    given_questions = workload()
    assert len(given_questions) >= 2
    assert {len(question["points"]) for question in given_questions} == {7}
    assert {len(answer.split()) for question in given_questions for answer in question["answers"]} == {150}
    assert len({answer for question in given_questions for answer in question["answers"]}) >= 10


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells")
def test_resident_memory_grows_with_what_is_kept() -> None:
    before = resident()
    kept = bytearray(os.urandom(40_000_000))
    after = resident()
    assert before is not None
    assert after is not None
    assert after - before > 30, len(kept)
