"""What can go wrong with the store, as one tree of exceptions.

Every public function of `quizbot.store` raises these and nothing else for trouble with the disk, the file or the data. The
text of each one is a sentence or two for people: what is wrong, where, and what to do. No traceback is needed to act on it.

    StoreError                  catch this one: nothing was written, and what is on screen should stay there
    ├── StoreUnwritableError    read-only folder, missing rights, a file where a folder should be, a failing disk
    │   └── StoreFullError      no space left
    ├── StoreBusyError          another program held the file for longer than the busy timeout
    ├── DamagedStoreError       the file is not a database, is cut off, or holds something that cannot be read
    ├── ForeignStoreError       a healthy database that belongs to another program
    ├── NewerStoreError         written by a newer quizbot
    ├── StoreClosedError        used after `close()`
    └── InvalidRecordError      an event, a draft key or a time that must not be written: a mistake in the calling code

All of them leave the file as it was: a write is one transaction that either happens or does not.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

BUSY_SECONDS = 10.0


class StoreError(Exception):
    """Something is wrong with the store; the text says what, where, and what to do. See the module for the whole tree."""


class StoreUnwritableError(StoreError):
    """The place cannot be written."""


class StoreFullError(StoreUnwritableError):
    """The disk is full."""


class StoreBusyError(StoreError):
    """Another program kept the file locked."""


class DamagedStoreError(StoreError):
    """The file cannot be read as what it should be."""


class ForeignStoreError(StoreError):
    """The file is a database of another program."""


class NewerStoreError(StoreError):
    """The file was written by a newer quizbot than this one."""


class StoreClosedError(StoreError):
    """The store was used after it was closed."""


class InvalidRecordError(StoreError):
    """A record that may not be written, and the place in it that is wrong."""


def damaged(path: Path | None, reason: str) -> DamagedStoreError:
    """The error for a file that cannot be trusted, with the way out."""
    if path is None:
        return DamagedStoreError(f"The store in memory is damaged ({reason}). Start quizbot again.")
    return DamagedStoreError(
        f"{path} is damaged ({reason}). Move it aside, together with the files of the same name that end in -wal and -shm, "
        "and keep them for a rescue; quizbot then starts with an empty store."
    )


def newer(path: Path | None, found: int, known: int) -> NewerStoreError:
    """The error for a schema version above the one that this program knows."""
    return NewerStoreError(
        f"{path or 'The store'} was written by a newer quizbot (its format is {found}, this one knows up to {known}). "
        "Upgrade quizbot, or set QUIZBOT_HOME to another folder. The file was not changed."
    )


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Turn every SQLite and operating system error inside the block into a `StoreError` that names `path`."""
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(error, path) from error
    except OSError as error:
        raise _from_system(error, path) from error


def _from_sqlite(error: sqlite3.Error, path: Path | None) -> StoreError:
    import sqlite3

    # Extended result codes keep the primary one in the low byte. Errors that the Python module raises itself carry none.
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    where = path or "the store in memory"
    if primary == sqlite3.SQLITE_FULL:
        return _full(path)
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StoreBusyError(
            f"{where} is in use by another program and did not become free within {BUSY_SECONDS:g} seconds. "
            "Nothing was saved. Close the other program or try again."
        )
    if primary in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return damaged(path, str(error))
    if primary in {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_PROTOCOL,
    }:
        return _unwritable(path, str(error))
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return InvalidRecordError(f"{where} does not accept this record ({error}). Nothing was saved.")
    if primary == sqlite3.SQLITE_TOOBIG:
        return InvalidRecordError(f"This is too large to be kept in {where} ({error}). Nothing was saved.")
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return StoreClosedError(f"{where} was already closed. Nothing was saved.")
    # What is left: tables or columns that are missing, text that is not UTF-8.
    return damaged(path, str(error))


def _from_system(error: OSError, path: Path | None) -> StoreError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _full(path)
    place = f"{error.filename}: " if error.filename and str(error.filename) != str(path) else ""
    return _unwritable(path, f"{place}{error.strerror or error}")


def _full(path: Path | None) -> StoreFullError:
    place = f"The disk that holds {path} is full" if path else "The memory is full"
    return StoreFullError(f"{place}. Nothing was saved. Free some space and try again.")


def _unwritable(path: Path | None, reason: str) -> StoreUnwritableError:
    where = path or "The store in memory"
    return StoreUnwritableError(
        f"{where} cannot be opened for writing ({reason}). Nothing was saved. "
        "Check the folder, its rights and the disk, or set QUIZBOT_HOME to a folder of your own."
    )
