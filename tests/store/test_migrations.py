"""Files of older versions are brought up to date, after a copy was made, or are left as they are."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quizbot.store import NewerStoreError, StoreError, StoreUnwritableError
from quizbot.store.database import Database
from quizbot.store.schema import STEPS
from tests.store.samples import counting, database_of, filled, paths_in, store_in, ticking, use_everything


def add_notes(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE notes (text TEXT)")


def fill_notes(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO notes SELECT uuid FROM events")


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO no_such_table VALUES (1)")


def test_a_migration_makes_a_copy_first_and_keeps_everything(tmp_path: Path) -> None:
    path = filled(tmp_path)
    backups = paths_in(tmp_path).backups
    database = Database(path, backups=backups, now=ticking(), new_id=counting(), steps=(*STEPS, add_notes, fill_notes))
    assert database.open_existing()
    assert database.query("SELECT count(*) FROM notes") == [(30,)]
    assert database.query("PRAGMA user_version") == [(len(STEPS) + 2,)]
    assert database.machine() == "id-000001"
    database.close()
    [saved] = backups.iterdir()
    assert saved.name == f"quizbot-format-{len(STEPS)}-before-{len(STEPS) + 2}-20260301T093000000000.db"
    old = database_of(saved)
    assert old.query("SELECT count(*) FROM events") == [(30,)]
    assert old.query("PRAGMA user_version") == [(len(STEPS),)]
    assert old.problems() == []
    old.close()
    # The second start has nothing to do.
    database = Database(path, backups=backups, now=ticking(), new_id=counting(), steps=(*STEPS, add_notes, fill_notes))
    database.open_existing()
    database.close()
    assert len([item for item in backups.iterdir() if item.suffix == ".db"]) == 1


def test_a_new_file_is_not_copied(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        use_everything(store)
    assert not paths_in(tmp_path).backups.exists()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with pytest.raises(StoreError, match="no_such_table"):
        database_of(path, (*STEPS, add_notes, fail)).open_existing()
    with store_in(tmp_path) as store:
        assert store.events.count() == 30
    database = database_of(path)
    assert database.query("SELECT name FROM sqlite_master WHERE name = 'notes'") == []
    assert database.query("PRAGMA user_version") == [(len(STEPS),)]
    database.close()


def test_without_room_for_the_copy_nothing_is_migrated(tmp_path: Path) -> None:
    path = filled(tmp_path)
    paths_in(tmp_path).backups.write_text("a file where the folder should be")
    with pytest.raises(StoreUnwritableError):
        database_of(path, (*STEPS, add_notes)).open_existing()
    with store_in(tmp_path) as store:
        assert store.events.count() == 30


def test_an_older_instance_stops_writing_when_a_newer_one_has_migrated(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with store_in(tmp_path) as old:
        new = database_of(path, (*STEPS, add_notes))
        new.open_existing()
        with pytest.raises(NewerStoreError):
            old.drafts.save("q", "technical", "x", 0, 0.0)
        new.close()
