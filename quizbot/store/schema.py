"""The tables of the store and the steps that bring an older file up to date.

`user_version` counts the steps that a file has been through; `application_id` marks it as ours. To change the schema, append
a step to `STEPS` and never edit an old one. A step runs inside the transaction of the whole migration: use
`connection.execute`, not `executescript`, which would commit halfway. Before the first step of an existing file a copy is
made (see `database`).

`events` is append-only, and the triggers hold everyone to it, including a person with the `sqlite3` shell. The way for a later
`forget`: an event of kind `forget` names the uuids to delete (the tombstone, which is synced and exported like any event);
a step then replaces `events_no_delete` by one with `WHEN NOT EXISTS` such a tombstone, and adds its mirror before INSERT, so
that neither a merge nor a restored copy brings the text back. Nothing else may ever delete, and no update is ever needed.

The SQL keeps to what SQLite 3.24 knows (no STRICT tables, generated columns or JSON functions), because Python is often
linked with the SQLite of an old system.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

Step = Callable[["sqlite3.Connection"], None]

APPLICATION_ID = 0x51756942  # "QuiB"; kept in the file header, where `file` and SQLite tools show it

_VERSION_1 = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)",
    # `seq` is the order of arrival on this machine. AUTOINCREMENT, so that a number is never used twice.
    # `question` and `score` repeat what `body` says, so that the home screen parses no JSON. They are written with the body
    # in one row that never changes, hence they cannot drift from it.
    """CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        uuid TEXT NOT NULL UNIQUE,
        machine TEXT NOT NULL,
        time TEXT NOT NULL,
        kind TEXT NOT NULL,
        question TEXT,
        score REAL,
        body TEXT NOT NULL
    )""",
    "CREATE INDEX events_by_time ON events (time, uuid)",
    # Covers `Store.last_attempts` without touching the (long) rows.
    "CREATE INDEX events_by_question ON events (question, kind, time, uuid, score) WHERE question IS NOT NULL",
    """CREATE TRIGGER events_no_update BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are append-only: no update'); END""",
    """CREATE TRIGGER events_no_delete BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are append-only: no delete'); END""",
    # INSERT OR REPLACE deletes the old row without asking the trigger above.
    """CREATE TRIGGER events_no_replace BEFORE INSERT ON events
        WHEN EXISTS (SELECT 1 FROM events WHERE uuid = NEW.uuid OR seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'events are append-only: this event is already there'); END""",
    # `text` is a BLOB because SQLite's TEXT cannot hold every Python string (see `drafts`).
    """CREATE TABLE drafts (
        question TEXT NOT NULL,
        role TEXT NOT NULL,
        text BLOB NOT NULL,
        caret INTEGER NOT NULL,
        elapsed REAL NOT NULL,
        updated TEXT NOT NULL,
        PRIMARY KEY (question, role)
    )""",
)


def _create(connection: sqlite3.Connection) -> None:
    for statement in _VERSION_1:
        connection.execute(statement)


STEPS: Sequence[Step] = (_create,)
