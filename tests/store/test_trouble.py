"""Damage and refusals: what the user is told, and that nothing is half-written."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizbot.store import (
    DamagedStoreError,
    ForeignStoreError,
    NewerStoreError,
    Store,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUnwritableError,
)
from tests.store.samples import (
    attempt,
    counting,
    database_of,
    filled,
    paths_in,
    store_in,
    ticking,
    use_everything,
)

# Damage


@pytest.mark.parametrize("keep", [2, 99, 100, 511, 4096, 0.5, 0.9])
def test_a_truncated_file_is_called_damaged(tmp_path: Path, keep: float) -> None:
    """Down to two bytes: SQLite itself takes a file of one byte or none for a new one."""
    path = filled(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(keep if keep >= 1 else keep * len(whole))])
    cut = path.read_bytes()
    with pytest.raises(DamagedStoreError) as caught:
        use_everything(store_in(tmp_path))
    assert str(path) in str(caught.value)
    assert "Move it aside" in str(caught.value)
    assert path.read_bytes() == cut


@pytest.mark.parametrize("size", [10, 1000, 100_000])
def test_random_bytes_are_called_damaged(tmp_path: Path, size: int) -> None:
    path = filled(tmp_path)
    noise = random.Random(size).randbytes(size)
    path.write_bytes(noise)
    with pytest.raises(DamagedStoreError, match="Move it aside"):
        store_in(tmp_path)
    assert path.read_bytes() == noise


def test_zeros_are_called_damaged(tmp_path: Path) -> None:
    path = filled(tmp_path)
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(DamagedStoreError, match="Move it aside"):
        store_in(tmp_path)


def test_random_bytes_inside_a_file_never_show_another_exception(tmp_path: Path) -> None:
    path = filled(tmp_path)
    whole = path.read_bytes()
    refused = 0
    for seed in range(40):
        rng = random.Random(seed)
        broken = bytearray(whole)
        at = rng.randrange(len(whole) - 600)
        broken[at : at + 600] = rng.randbytes(600)
        for leftover in path.parent.iterdir():
            leftover.unlink()
        path.write_bytes(broken)
        try:
            with store_in(tmp_path) as store:
                use_everything(store)
        except StoreError as error:
            assert isinstance(error, DamagedStoreError), error
            refused += 1
    assert refused > 0


def test_a_full_check_finds_what_reading_may_miss(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with store_in(tmp_path) as store:
        assert store.problems() == []
    database = database_of(path)
    [(root,)] = database.query("SELECT rootpage FROM sqlite_master WHERE name = 'events_by_time'")
    [(page,)] = database.query("PRAGMA page_size")
    database.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * page + page // 2)
        file.write(bytes(page // 2))
    with store_in(tmp_path) as store:
        assert store.problems() != []


def test_missing_tables_are_damage(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE drafts")
    with store_in(tmp_path) as store, pytest.raises(DamagedStoreError, match="drafts"):
        store.drafts.all()


def test_an_empty_file_is_a_new_store(tmp_path: Path) -> None:
    path = paths_in(tmp_path).database
    path.parent.mkdir(parents=True)
    path.touch()
    with store_in(tmp_path) as store:
        use_everything(store)
        assert store.events.count() == 1


# Refusals


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=99")
    before = path.read_bytes()
    with pytest.raises(NewerStoreError, match="newer quizbot"):
        store_in(tmp_path)
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = paths_in(tmp_path).database
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(ForeignStoreError, match="another program"):
        store_in(tmp_path)
    assert path.read_bytes() == before


def file_for_folder(home: Path) -> None:
    home.write_text("not a folder")


def file_for_data(home: Path) -> None:
    home.mkdir()
    (home / "data").write_text("not a folder")


def folder_for_database(home: Path) -> None:
    (home / "data" / "quizbot.db").mkdir(parents=True)


@pytest.mark.parametrize("spoil", [file_for_folder, file_for_data, folder_for_database])
def test_a_place_that_cannot_be_written_is_explained(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / "home")
    with pytest.raises(StoreUnwritableError) as caught:
        store_in(tmp_path).prepare()
    message = str(caught.value)
    assert str(paths_in(tmp_path).database) in message
    assert "QUIZBOT_HOME" in message


def test_a_failed_start_can_be_repeated_when_the_place_is_mended(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with store_in(tmp_path) as store:
        with pytest.raises(StoreUnwritableError):
            store.drafts.save("q", "technical", "typed", 0, 0.0)
        assert store.drafts.all() == []
        (tmp_path / "home").unlink()
        store.drafts.save("q", "technical", "typed", 0, 0.0)
        assert [draft.text for draft in store.drafts.all()] == ["typed"]


_UNPRIVILEGED = """
import os, sqlite3, sys
from quizbot.store import Store, StoreUnwritableError, resolve
if os.geteuid() == 0:
    os.setuid(65534)  # root writes everywhere
try:
    Store.open(resolve({"QUIZBOT_HOME": sys.argv[1]})).drafts.save("q", "technical", "typed", 0, 0.0)
except StoreUnwritableError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
@pytest.mark.parametrize("case", ["may not be entered", "may not be written", "holds a store but may not be written"])
def test_missing_rights_are_explained(case: str) -> None:
    # Not tmp_path: the folders above it are closed to the user that root turns into.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        home = folder / "home"
        home.mkdir()
        if case == "holds a store but may not be written":
            filled(folder, count=1)
            paths_in(folder).database.chmod(0o444)
            paths_in(folder).data.chmod(0o555)
        home.chmod(0o000 if case == "may not be entered" else 0o555)
        try:
            run = subprocess.run(
                [sys.executable, "-c", _UNPRIVILEGED, str(home)],
                capture_output=True,
                text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                check=False,
            )
        finally:
            home.chmod(0o700)
            if (home / "data").exists():
                (home / "data").chmod(0o700)
        assert run.returncode == 0, run.stderr
        assert str(paths_in(folder).database) in run.stdout
        assert "QUIZBOT_HOME" in run.stdout


def test_a_full_database_refuses_whole_transactions_and_goes_on_later(tmp_path: Path) -> None:
    filled(tmp_path, count=5)
    database = database_of(paths_in(tmp_path).database)
    store = Store(database, now=ticking(), new_id=counting("late"))
    [(pages,)] = database.query("PRAGMA page_count")
    with database.transaction() as connection:
        connection.execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(StoreFullError, match="full"):
        store.record_attempt(attempt(answer="x" * 100_000))
    assert store.events.count() == 5
    assert [draft.text for draft in store.drafts.all()] == ["typed"]
    with database.transaction() as connection:
        connection.execute("PRAGMA max_page_count=1000000")
    store.record_attempt(attempt(answer="x" * 100_000))
    assert store.events.count() == 6
    assert store.problems() == []
    store.close()


_LIMITED = """
import resource, sys
from pathlib import Path
from quizbot.store import Store, StoreUnwritableError, resolve
from tests.store.samples import attempt

store = Store.open(resolve({"QUIZBOT_HOME": sys.argv[1]}))
store.drafts.save("learning-rate", "technical", "typed", 0, 0.0)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
kept = 0
try:
    while True:
        store.record_attempt(attempt(answer="y" * 3000), discard_draft=False)
        kept += 1
except StoreUnwritableError as error:
    assert "Nothing was saved" in str(error), error
print(kept)
print(store.events.count())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs file size limits")
def test_a_disk_that_refuses_in_the_middle_leaves_a_sound_file(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(tmp_path / "home")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    kept, counted = map(int, run.stdout.split())
    assert kept == counted > 0
    with store_in(tmp_path) as store:
        assert store.events.count() == kept
        assert [draft.text for draft in store.drafts.all()] == ["typed"]
        assert store.problems() == []
        use_everything(store)


def test_a_locked_file_can_be_read_and_a_write_says_who_is_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbot.store.database.BUSY_SECONDS", 0.05)
    path = filled(tmp_path)
    with store_in(tmp_path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert store.events.count() == 30
        with pytest.raises(StoreBusyError, match="in use by another program"):
            store.record_attempt(attempt())
        other.execute("ROLLBACK")
        store.record_attempt(attempt())
        assert store.events.count() == 31


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = '{}'",
        "UPDATE events SET score = 100 WHERE seq = 1",
        "DELETE FROM events",
        "DELETE FROM events WHERE seq = 1",
        "INSERT OR REPLACE INTO events SELECT seq, uuid, machine, time, kind, question, 100, body FROM events",
        "INSERT OR REPLACE INTO events SELECT seq, uuid || 'x', machine, time, kind, question, 100, body FROM events",
        "INSERT OR REPLACE INTO events SELECT NULL, uuid, machine, time, kind, question, 100, body FROM events",
        "INSERT INTO events SELECT * FROM events WHERE true ON CONFLICT (uuid) DO UPDATE SET score = 100",
    ],
)
def test_events_cannot_be_changed_even_with_plain_sqlite(tmp_path: Path, statement: str) -> None:
    path = filled(tmp_path, count=3)
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute("SELECT * FROM events").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
        assert connection.execute("SELECT * FROM events").fetchall() == before
    assert len(before) == 3
