"""Kills at random moments, and two processes at once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from quizbot.store import Store
from tests.store.samples import paths_in

ROUNDS = 10


def start(mode: str, home: Path, *rest: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", mode, str(home), *rest],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def write_at_once(home: Path, processes: int, count: int) -> set[str]:
    """Let several processes begin in the same moment; the uuids that they confirmed."""
    writers = [start("events", home, str(count)) for _ in range(processes)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    confirmed: set[str] = set()
    for writer in writers:
        output, _ = writer.communicate(timeout=120)
        assert writer.returncode == 0
        confirmed |= {line.split()[2] for line in output.splitlines()}
    return confirmed


def kill_after(home: Path, lines: int, delay: float) -> list[list[str]]:
    """Run the practice writer, kill it `delay` seconds after `lines` confirmations; everything that it confirmed."""
    with start("practice", home) as process:
        assert process.stdout is not None
        confirmed = [process.stdout.readline() for _ in range(lines)]
        time.sleep(delay)
        process.kill()
        confirmed += process.stdout.readlines()
    # The last line may have been cut off by the kill; then its write was not confirmed.
    return [line.split() for line in confirmed if line.endswith("\n")]


def test_everything_confirmed_survives_kill_9(tmp_path: Path) -> None:
    rng = random.Random(20260301)
    attempts: set[str] = set()
    for _ in range(ROUNDS):
        confirmed = kill_after(tmp_path / "home", rng.randrange(1, 40), rng.random() * 0.02)
        attempts |= {words[2] for words in confirmed if words[0] == "attempt"}
        last = max(int(words[1]) for words in confirmed if words[0] == "draft")
        with Store.open(paths_in(tmp_path)) as store:
            assert store.problems() == []
            events = list(store.attempts("learning-rate"))
            assert {event.uuid for event in events} >= attempts
            # What was typed last is in the draft, or has become an attempt: of this round, that is the latest one.
            draft = store.drafts.load("learning-rate", "technical")
            newest = draft.text if draft else events[-1].body["answer"]
            number, words = newest.split(" ", 1)
            assert int(number) >= last
            assert words == "words " * (int(number) % 400)
            if draft:
                store.drafts.discard("learning-rate", "technical")
    assert len(attempts) >= ROUNDS


def test_two_processes_write_at_once_into_a_new_store(tmp_path: Path) -> None:
    confirmed = write_at_once(tmp_path / "home", processes=2, count=300)
    assert len(confirmed) == 600
    with Store.open(paths_in(tmp_path)) as store:
        events = list(store.attempts())
        assert {event.uuid for event in events} == confirmed
        assert sorted(event.seq for event in events) == list(range(1, 601))
        assert store.problems() == []


def test_several_processes_create_the_store_at_the_same_moment(tmp_path: Path) -> None:
    for round_ in range(4):
        folder = tmp_path / str(round_)
        confirmed = write_at_once(folder / "home", processes=4, count=2)
        with Store.open(paths_in(folder)) as store:
            events = list(store.attempts())
            assert {event.uuid for event in events} == confirmed
            assert len(events) == 8
            assert len({event.machine for event in events}) == 1
