"""What is handed out: the wheel holds everything that runs, and runs from anywhere; the sdist holds everything to build on.

The build backend is called in this environment, without the network; it is part of the `test` extra.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from quizbot import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = "import sys, hatchling.build as backend; print(getattr(backend, 'build_' + sys.argv[1])(sys.argv[2]))"
ANSWER = "It is the step size of gradient descent. Too high and the loss oscillates or diverges."
WALK = """
import asyncio, sys
from quizbot.content.bank import bundled_content, open_bank
from quizbot.store import Store
from quizbot.tui.app import QuizbotApp

async def walk():
    with Store.in_memory() as store:
        await practise(QuizbotApp(open_bank([bundled_content()], None), store, seconds=lambda: 0.0))

async def practise(app):
    async with app.run_test() as pilot:
        app.open_question("learning-rate")
        await pilot.pause()
        await pilot.press(*"step", "ctrl+s")
        await pilot.pause()
        print(type(app.screen).__name__, sys.modules["quizbot"].__file__)

asyncio.run(walk())
"""


def build(kind: str, folder: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-c", BUILD, kind, str(folder)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(unpacked: Path, home: Path, *arguments: str, given: str = "") -> str:
    """Run Python on the unpacked wheel alone, from a folder that has nothing to do with it."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("QUIZBOT", "PYTHON"))}
    env |= {"PYTHONPATH": str(unpacked), "QUIZBOT_HOME": str(home), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], env=env, cwd=home, input=given, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shipped(folder: Path) -> set[str]:
    """The files below a source folder as they are meant to be handed out."""
    files = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return {file.as_posix() for file in files if "__pycache__" not in file.parts and not file.name.startswith(".")}


def test_wheel_holds_every_file_of_the_package_and_all_content(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    package, content = shipped(ROOT / "quizbot"), shipped(ROOT / "content")
    training = {name for name in content if name.endswith(".sentences.tsv") or name.startswith("training/")}
    training.add("readings.jsonl")
    assert len(training) > 100
    assert training <= content
    content -= training
    data = {"py.typed", "scoring/lexicon.txt", "scoring/idf.txt", "scoring/weights.json", "scoring/weighing.json"}
    data |= {"scoring/reader/reader.npz", "scoring/reader/pieces.txt", "tui/app.tcss"}
    assert data <= package
    assert "optimisation/learning-rate.yaml" in content
    expected = {f"quizbot/{name}" for name in package} | {f"quizbot/_content/{name}" for name in content}
    assert {name for name in inside if name.startswith("quizbot/")} == expected
    assert not {name.split("/")[0] for name in inside} - {"quizbot", f"quizbot-{__version__}.dist-info"}


def test_wheel_names_command_licence_and_version(wheel: Path) -> None:
    info = f"quizbot-{__version__}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        metadata = message_from_string(archive.read(f"{info}/METADATA").decode())
        commands = archive.read(f"{info}/entry_points.txt").decode()
        licence = archive.read(f"{info}/licenses/LICENSE").decode()
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT"
    assert "test" in metadata.get_all("Provides-Extra", [])
    assert "quizbot = quizbot.cli:main" in commands
    assert licence.startswith("MIT License")


def test_unpacked_wheel_finds_its_own_content_from_another_folder(unpacked: Path, tmp_path: Path) -> None:
    listed = json.loads(run(unpacked, tmp_path, "-m", "quizbot", "list", "--json"))
    assert "learning-rate" in {question["id"] for question in listed}
    for question in listed:
        assert Path(question["file"]).is_relative_to(unpacked)


def test_unpacked_wheel_scores_with_its_own_data(unpacked: Path, tmp_path: Path) -> None:
    result = json.loads(run(unpacked, tmp_path, "-m", "quizbot", "score", "learning-rate", "--json", given=ANSWER))
    assert result["score"] > 0
    assert len(result["points"]) >= 4


def test_unpacked_wheel_opens_its_screens(unpacked: Path, tmp_path: Path) -> None:
    screen, package = run(unpacked, tmp_path, "-c", WALK).split(maxsplit=1)
    assert screen == "FeedbackScreen"
    assert Path(package.strip()).is_relative_to(unpacked)


def test_sdist_holds_what_a_packager_needs(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        inside = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    for folder in ("quizbot", "content", "tests"):
        assert {f"{folder}/{name}" for name in shipped(ROOT / folder)} <= inside
    assert {"pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"} <= inside
