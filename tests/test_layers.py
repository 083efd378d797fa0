"""Start-up stays light: which modules a command imports, seen from a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import environment

HEAVY = {"textual", "rich", "pydantic", "yaml", "numpy"}
REPORT = (
    "import sys; from quizbot.cli import main; status = main(sys.argv[1:]);"
    "print('loaded:', *sorted(sys.modules), file=sys.stderr); sys.exit(status)"
)


def loaded_by(home: Path, *arguments: str) -> set[str]:
    """The modules that a command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", REPORT, *arguments],
        input="A high rate diverges.",
        capture_output=True,
        text=True,
        env=environment(home),
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("loaded:")[2].split())


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder whose cache has been filled by one call."""
    home = tmp_path_factory.mktemp("warm") / "home"
    assert loaded_by(home, "list") >= {"pydantic", "yaml"}, "a cold start reads YAML, or this test sees nothing"
    return home


@pytest.mark.parametrize(
    "call",
    [
        ("list",),
        ("list", "--json"),
        ("show", "learning-rate"),
        ("show", "learning-rate", "--json"),
        ("find", "why does my loss explode"),
        ("score", "learning-rate"),
        ("score", "learning-rate", "--json"),
        ("grade", "-"),
        ("demo",),
        ("ask", "learning-rate"),
    ],
    ids=" ".join,
)
def test_with_a_warm_cache_nothing_heavy_is_imported(call: tuple[str, ...], warm: Path) -> None:
    wanted = HEAVY if call[0] in ("list", "show", "find", "demo") else HEAVY - {"numpy"}
    if call[0] == "grade":
        Path(warm.parent, "empty.jsonl").write_text("", encoding="utf-8")
        call = ("grade", str(warm.parent / "empty.jsonl"))
    assert loaded_by(warm, *call) & wanted == set()


def test_a_cold_start_imports_no_screen(tmp_path: Path) -> None:
    assert loaded_by(tmp_path / "home", "score", "learning-rate") & {"textual", "rich"} == set()


def test_a_demo_imports_numpy_and_no_screen(warm: Path) -> None:
    loaded = loaded_by(warm, "demo", "learning-rate-bowl", "--json")
    assert "numpy" in loaded
    assert loaded & (HEAVY - {"numpy"}) == set()


def test_listing_opens_no_database(warm: Path) -> None:
    assert "sqlite3" not in loaded_by(warm, "list")


def test_the_version_imports_not_even_the_parser(tmp_path: Path) -> None:
    plain = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        env=environment(tmp_path),
        check=True,
    )
    more = loaded_by(tmp_path / "home", "--version") - set(plain.stdout.split())
    assert "argparse" not in more
    assert {name for name in more if name.startswith("quizbot")} == {"quizbot", "quizbot.cli"}
    assert not (tmp_path / "home").exists()


def test_schema_and_lint_import_no_screen(warm: Path) -> None:
    for call in (("schema",), ("lint", "--no-samples")):
        assert loaded_by(warm, *call) & {"textual", "rich"} == set()
