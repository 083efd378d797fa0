"""quizbot's command line in this process, with state and standard input of its own."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quizbot.cli import main
from quizbot.content.bank import bundled_content, open_bank
from tests.helpers import QUESTION, content_folder


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document; anything else on it fails here."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Done]


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of the bundled questions, so that not every test has to read their YAML."""
    cache = tmp_path_factory.mktemp("cache")
    open_bank([bundled_content()], cache)
    return cache


@pytest.fixture
def bare_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all state, not yet there."""
    folder = tmp_path / "home"
    monkeypatch.setenv("QUIZBOT_HOME", str(folder))
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture
def home(bare_home: Path, warm_cache: Path) -> Path:
    """The folder of all state, with nothing in it but a cache."""
    shutil.copytree(warm_cache, bare_home / "cache")
    return bare_home


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command; `stdin` is what is piped in."""
    assert home.is_dir()

    def run(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        status = main(list(arguments))
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err)

    return run


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A user's folder with the small question."""
    return content_folder(tmp_path / "pack", small=QUESTION)
