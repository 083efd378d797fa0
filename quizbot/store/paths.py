"""Where quizbot keeps what it writes: one place that decides, nothing created until something is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from quizbot.store.errors import StoreError

HOME_VARIABLE = "QUIZBOT_HOME"
_DATABASE = "quizbot.db"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files of one user, all absolute. Holding them creates nothing.

    `data` must not be lost (the database and its copies); `cache` may be deleted at any time; `config` is what people edit.
    On some systems two of them are the same folder, so file names must not clash.
    """

    data: Path
    cache: Path
    config: Path

    @property
    def database(self) -> Path:
        """The SQLite file. Beside it lie `-wal` and `-shm` while it is open."""
        return self.data / _DATABASE

    @property
    def backups(self) -> Path:
        """Copies of the database, such as the one made before a migration."""
        return self.data / "backups"

    def named(self) -> dict[str, Path]:
        """Every path with its name, for `quizbot where`."""
        return {
            "data": self.data,
            "database": self.database,
            "backups": self.backups,
            "cache": self.cache,
            "config": self.config,
        }


def resolve(environ: Mapping[str, str]) -> Paths:
    """The paths for this environment.

    A non-empty `QUIZBOT_HOME` in `environ` moves everything below that folder (`data`, `cache`, `config`); `~` and relative
    paths are expanded here, so that a later change of the working directory moves nothing. Otherwise platformdirs decides,
    which itself reads the environment of the process (`XDG_DATA_HOME` and its relatives on Linux).

    Raises StoreError when `QUIZBOT_HOME` cannot name a folder.
    """
    home = environ.get(HOME_VARIABLE, "")
    if home:
        root = _expanded(home, environ)
        return Paths(data=root / "data", cache=root / "cache", config=root / "config")
    from platformdirs import PlatformDirs

    # appauthor=False: on Windows platformdirs would otherwise nest the folder below an author of the same name.
    folders = PlatformDirs("quizbot", appauthor=False)
    return Paths(
        data=Path(folders.user_data_dir).absolute(),
        cache=Path(folders.user_cache_dir).absolute(),
        config=Path(folders.user_config_dir).absolute(),
    )


def make_private(folder: Path) -> None:
    """Create `folder` and what is missing above it, open to the owner only (0700 on POSIX). Existing folders keep their mode.

    Raises OSError.
    """
    missing = []
    current = folder
    while not current.exists():
        missing.append(current)
        if current.parent == current:
            break
        current = current.parent
    # One at a time: `mkdir(parents=True)` gives the mode to the last folder only.
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
    if not folder.is_dir():
        raise NotADirectoryError(20, "a file lies where a folder is needed", str(folder))


def create_private(file: Path) -> None:
    """Create `file` empty and readable by the owner only (0600 on POSIX), unless it exists. Its folder is created too.

    Raises OSError.
    """
    make_private(file.parent)
    # O_EXCL, so that a file that exists is never opened here. On POSIX, closing any handle of a file drops every lock that
    # this process has on it, those of an open SQLite connection included; another process could then remove its log.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _expanded(home: str, environ: Mapping[str, str]) -> Path:
    if "\0" in home:
        raise StoreError(
            f"{HOME_VARIABLE} holds a NUL character and cannot name a folder. Set it to a folder of your own."
        )
    if home == "~" or home.startswith(("~/", "~" + os.sep)):
        # The shell expands `~` only when it is unquoted; the given environment decides before the process's own.
        base = environ.get("HOME") or environ.get("USERPROFILE") or str(Path("~").expanduser())
        return Path(base, home[2:]).absolute()
    try:
        path = Path(home).expanduser()
    except RuntimeError as error:
        raise StoreError(
            f"{HOME_VARIABLE}={home}: that user has no home folder. Set it to a folder of your own."
        ) from error
    # Not `resolve()`: a symbolic link that the user set up on purpose stays visible in every message.
    return path.absolute()
