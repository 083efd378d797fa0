"""The SQLite file: opening it, migrating it, and who may use it from which thread.

Threads. A `Database` may be used from any thread. It holds two connections, each behind a lock of its own: one writes, one
reads. Under WAL a reader never waits for a writer, neither for one in this process nor for another running quizbot, so the
screen can read on the main thread while a worker thread writes and waits for the disk. `query` fetches all its rows before it
lets go of the lock; no cursor outlives a call. A thread inside its own `transaction` reads through the writing connection and
sees what it has just written. A store in memory has one connection and one lock for both.

Processes. Every write begins with BEGIN IMMEDIATE and waits up to `BUSY_SECONDS` for its turn, so two instances simply
alternate.

Durability. WAL with `synchronous=FULL`: a commit returns after the log has reached the disk. NORMAL would survive a killed
process as well, but may lose the last commits when the power fails; what we write is one draft a second at most, for which
one more sync costs nothing that anybody notices.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizbot.store.errors import (
    BUSY_SECONDS,
    ForeignStoreError,
    StoreClosedError,
    damaged,
    explained,
    newer,
)
from quizbot.store.paths import create_private
from quizbot.store.schema import APPLICATION_ID, STEPS, Step

if TYPE_CHECKING:
    import sqlite3

Clock = Callable[[], datetime]
NewId = Callable[[], str]
Row = tuple[Any, ...]


class Database:
    """One store on disk, or in memory when `path` is None.

    Nothing is created before the first write: until then `query` finds no rows. A file that exists is opened, checked and
    migrated by the first use of any kind, or by `open_existing`.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        backups: Path | None = None,
        now: Clock,
        new_id: NewId,
        steps: Sequence[Step] = STEPS,
    ) -> None:
        self.path = path
        self._backups = backups or (path.parent / "backups" if path else None)
        self._now = now
        self._new_id = new_id
        self._steps = steps
        self._writer: sqlite3.Connection | None = None
        self._reader: sqlite3.Connection | None = None
        self._write_lock = threading.RLock()
        # Taken after the write lock where both are needed, never before it.
        self._read_lock = self._write_lock if path is None else threading.RLock()
        self._owner: int | None = None  # the thread inside `transaction`
        self._closed = False
        self._machine: str | None = None

    # Opening and closing

    def open_existing(self) -> bool:
        """Open the file if it is there; False when nothing was ever written. Raises StoreError."""
        return self._connected(create=False)

    def prepare(self) -> None:
        """Open the store now and create it, with its folder, if need be. Raises StoreError."""
        self._connected(create=True)

    def close(self) -> None:
        """Close both connections. Waits for a running write; a second call does nothing."""
        with self._write_lock, self._read_lock:
            self._closed = True
            connections = {id(connection): connection for connection in (self._reader, self._writer) if connection}
            self._reader = self._writer = None
            for connection in connections.values():
                with explained(self.path):
                    connection.close()

    def _is_open(self) -> bool:
        return self._writer is not None

    def _connected(self, *, create: bool) -> bool:
        if self._is_open():
            return True
        with self._write_lock, explained(self.path):
            if self._closed:
                raise StoreClosedError(f"{self.path or 'The store in memory'} was already closed. Nothing was saved.")
            if self._is_open():  # another thread was quicker
                return True
            if self.path is not None:
                if not create and not _is_there(self.path):
                    return False
                create_private(self.path)
            self._connect()
            return True

    def _connect(self) -> None:
        writer = self._new_connection()
        reader = writer
        try:
            self._recognise(writer)
            if self.path is not None:
                _use_wal(writer)
                writer.execute("PRAGMA synchronous=FULL")
                writer.execute("PRAGMA fullfsync=ON")  # macOS: its plain fsync leaves data in the drive's cache
            if _pragma(writer, "user_version") < len(self._steps):
                self._migrate(writer)
            if self.path is not None:
                reader = self._new_connection()
                reader.execute("PRAGMA query_only=ON")
        except BaseException:
            reader.close()
            writer.close()
            raise
        self._reader = reader
        self._writer = writer  # last: `_is_open` is asked without the lock

    def _new_connection(self) -> sqlite3.Connection:
        import sqlite3

        connection = sqlite3.connect(
            self.path or ":memory:",
            timeout=BUSY_SECONDS,
            isolation_level=None,  # transactions are begun and ended here, never behind our back
            check_same_thread=False,  # the locks of this class take its place
        )
        # The file may have been edited by anyone: no functions from its schema, and cells are checked when read.
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        return connection

    def _recognise(self, connection: sqlite3.Connection) -> None:
        """Refuse what is not ours before anything is written to it. A file without tables is a new one."""
        # One snapshot: another instance may be creating the file at this moment.
        connection.execute("BEGIN")
        application, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        connection.execute("COMMIT")
        if application == 0 and version == 0 and tables == 0:
            return
        if application != APPLICATION_ID:
            raise ForeignStoreError(
                f"{self.path} is a database of another program. Move it elsewhere, or set QUIZBOT_HOME to another folder. "
                "The file was not changed."
            )
        if version > len(self._steps):
            raise newer(self.path, version, len(self._steps))
        if version < 1 or tables == 0:
            raise damaged(self.path, "its tables are missing")

    def _migrate(self, connection: sqlite3.Connection) -> None:
        target = len(self._steps)
        with _immediate(connection):
            # Read again: another instance may have migrated while this one waited for the lock.
            version = _pragma(connection, "user_version")
            if version > target:
                raise newer(self.path, version, target)
            if version > 0 and version < target:
                self._copy_before(version, target)
            for step in self._steps[version:]:
                step(connection)
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('machine', ?)", (self._new_id(),))
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={target}")

    def _copy_before(self, version: int, target: int) -> None:
        # The write lock is held, so a second connection sees exactly what is about to be changed.
        assert self._backups is not None
        stamp = self._now().strftime("%Y%m%dT%H%M%S%f")
        copy_to = self._backups / f"quizbot-format-{version}-before-{target}-{stamp}.db"
        with closing(self._new_connection()) as source:
            copy(source, copy_to)

    # Reading and writing

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of one SELECT; none when nothing was ever written. Raises StoreError."""
        if self._owner == threading.get_ident():
            assert self._writer is not None
            return self._writer.execute(sql, parameters).fetchall()
        if not self._connected(create=False):
            return []
        with self._read_lock, explained(self.path):
            if self._reader is None:
                raise StoreClosedError(f"{self.path or 'The store in memory'} was already closed.")
            return self._reader.execute(sql, parameters).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write: all of the block happens or nothing does. A transaction inside another joins it. Raises StoreError.

        When the block ends without an error, its changes are on disk. Let exceptions pass: one that is caught between an
        inner and an outer transaction would commit what was done before it.
        """
        with self._write_lock:
            if self._owner is not None:  # only this thread can be here: it holds the lock
                assert self._writer is not None
                yield self._writer
                return
            self.prepare()
            connection = self._writer
            assert connection is not None
            with explained(self.path), _immediate(connection):
                # A newer instance may have migrated the file since this one opened it.
                version = _pragma(connection, "user_version")
                if version != len(self._steps):
                    raise newer(self.path, version, len(self._steps))
                self._owner = threading.get_ident()
                try:
                    yield connection
                finally:
                    self._owner = None

    def machine(self) -> str:
        """The random name of this installation, made when the store was created. Not the host's name, which is private."""
        if self._machine is None:
            self.prepare()
            rows = self.query("SELECT value FROM meta WHERE key = 'machine'")
            if not rows:
                raise damaged(self.path, "the name of this installation is missing")
            self._machine = str(rows[0][0])
        return self._machine

    def problems(self) -> list[str]:
        """What SQLite's full integrity check finds; an empty list is a healthy file. Reads all of it. Raises StoreError."""
        return [text for (text,) in self.query("PRAGMA integrity_check") if text != "ok"]


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database through SQLite's backup API into the private file `target`, which appears complete or not at all.

    Raises OSError or sqlite3.Error.
    """
    import sqlite3

    part = target.with_name(target.name + ".part")
    create_private(part)
    try:
        with closing(sqlite3.connect(part)) as destination:
            source.backup(destination)
        part.replace(target)
    except BaseException:
        for leftover in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
            with suppress(OSError):
                leftover.unlink()
        raise


@contextmanager
def _immediate(connection: sqlite3.Connection) -> Iterator[None]:
    import sqlite3

    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has already rolled back after some errors, a full disk among them.
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL. Where the file system cannot do it (some network drives) SQLite stays with its rollback journal."""
    import sqlite3
    import time

    deadline = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        except sqlite3.OperationalError as error:
            # SQLite does not use its busy timeout here: two instances that start at once on a new file would fail.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _is_there(path: Path) -> bool:
    # Not `Path.exists`, which takes a folder that may not be entered for one without the file from Python 3.12 on.
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
