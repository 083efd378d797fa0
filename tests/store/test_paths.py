from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from quizbot.store import HOME_VARIABLE, StoreError, make_private, resolve
from tests.store.samples import attempt, paths_in, store_in

posix_only = pytest.mark.skipif(os.name != "posix", reason="POSIX modes")


def test_home_moves_all_state_and_creates_nothing(tmp_path: Path) -> None:
    home = tmp_path / "elsewhere"
    paths = resolve({HOME_VARIABLE: str(home)})
    for path in paths.named().values():
        assert path.is_relative_to(home)
    assert paths.database.is_relative_to(paths.data)
    assert paths.backups.is_relative_to(paths.data)
    assert len({paths.data, paths.cache, paths.config}) == 3
    assert list(tmp_path.iterdir()) == []


def test_relative_home_is_fixed_when_resolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = resolve({HOME_VARIABLE: "a/state"})
    monkeypatch.chdir("/")
    assert paths.data == tmp_path / "a" / "state" / "data"


@pytest.mark.parametrize("written, under", [("~", "."), ("~/q", "q"), ("~/a/b", "a/b")])
def test_tilde_is_the_home_of_the_given_environment(written: str, under: str, tmp_path: Path) -> None:
    paths = resolve({HOME_VARIABLE: written, "HOME": str(tmp_path)})
    assert paths.data == tmp_path / under / "data"


@posix_only
@pytest.mark.parametrize("written", ["~no-such-user-here/x", "a\0b"])
def test_a_home_that_names_no_folder_is_explained(written: str) -> None:
    with pytest.raises(StoreError, match=HOME_VARIABLE):
        resolve({HOME_VARIABLE: written})


@pytest.mark.parametrize("environ", [{}, {HOME_VARIABLE: ""}])
def test_without_home_the_platform_decides(environ: dict[str, str]) -> None:
    paths = resolve(environ)
    for path in paths.named().values():
        assert path.is_absolute()
        assert "quizbot" in path.parts or "quizbot" in str(path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG folders")
def test_xdg_folders_are_honoured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data", "cache", "config"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    paths = resolve({})
    assert paths.data == tmp_path / "data" / "quizbot"
    assert paths.cache == tmp_path / "cache" / "quizbot"
    assert paths.config == tmp_path / "config" / "quizbot"


@posix_only
def test_new_folders_and_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with store_in(tmp_path) as store:
            store.record_attempt(attempt())
            data = paths_in(tmp_path).data
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (data.parent, data, *data.iterdir())}
    finally:
        os.umask(before)
    assert modes.pop("home") == modes.pop("data") == 0o700
    assert set(modes) >= {"quizbot.db", "quizbot.db-wal"}
    assert set(modes.values()) == {0o600}


@posix_only
def test_existing_folders_keep_their_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path / "a" / "b")
    make_private(tmp_path / "a" / "b")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")] == [
        0o755,
        0o700,
        0o700,
    ]


def test_make_private_refuses_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        make_private(tmp_path / "file")
    with pytest.raises(NotADirectoryError):
        make_private(tmp_path / "file" / "below")


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="reads Linux's table of locks")
def test_opening_a_second_store_keeps_the_locks_of_the_first(tmp_path: Path) -> None:
    """A handle on the database that is opened and closed outside SQLite would drop them."""

    def locks() -> list[str]:
        mark = f":{paths_in(tmp_path).database.stat().st_ino} "
        return [line for line in Path("/proc/locks").read_text().splitlines() if mark in line]

    with store_in(tmp_path) as first:
        first.record_attempt(attempt())
        assert locks()
        with store_in(tmp_path) as second:
            second.last_attempts()
            second.prepare()
            assert locks()
        assert locks()
