"""The documents say what the code does: keys, commands, dependencies, layers and the example question."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from quizbot import __version__
from quizbot.lint import lint
from tests import readme

ROOT = readme.ROOT
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
SCREEN_LINES = 45


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def part(document: str, name: str) -> str:
    """What stands between the marks `<!-- NAME -->` and `<!-- /NAME -->` of a document."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text_of(document), re.DOTALL)
    assert found, f"{document} has no part marked {name}"
    return found[1].strip()


def rows(table: str) -> list[list[str]]:
    """The cells of a Markdown table, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("name", sorted(readme.TABLES))
def test_tables_of_the_readme_are_those_of_the_code(name: str) -> None:
    assert part("README.md", name) == readme.TABLES[name](), "run: python -m tests.readme --write"


def test_every_screen_with_keys_has_its_row() -> None:
    told = {row[0] for row in rows(part("README.md", "keys"))}
    modules = {file.stem for file in (ROOT / "quizbot" / "tui" / "screens").glob("*.py")} - {"__init__", "help"}
    assert modules <= told


def test_keys_that_every_practice_round_needs_are_told() -> None:
    keys = {row[0]: row[1] for row in rows(part("README.md", "keys"))}
    assert "`Ctrl+S` submit" in keys["question"]
    assert "`F2` editor" in keys["question"]
    assert "`Ctrl+Q` quit" in keys["everywhere"]


def test_every_command_is_told_with_a_summary() -> None:
    told = {row[0].strip("`").split()[0]: row[1] for row in rows(part("README.md", "commands"))}
    assert set(told) == set(readme.commands())
    assert all(told.values())


@pytest.mark.parametrize(
    "key, name",
    [
        ("ctrl+s", "Ctrl+S"),
        ("f2", "F2"),
        ("slash", "/"),
        ("question_mark", "?"),
        ("n", "n"),
        ("shift+tab", "Shift+Tab"),
    ],
)
def test_keys_are_written_as_people_write_them(key: str, name: str) -> None:
    assert readme.key_name(key) == name


def test_readme_fits_on_two_screens() -> None:
    assert len(text_of("README.md").splitlines()) <= 2 * SCREEN_LINES


def test_each_readme_command_is_one_line() -> None:
    for name in ("open", "test"):
        commands = [line for line in part("README.md", name).splitlines() if not line.startswith("```")]
        assert len(commands) == 1
        assert "python3 -m venv .venv && .venv/bin/pip install" in commands[0]


def test_ci_runs_the_command_between_the_marks_of_the_readme() -> None:
    script = text_of(".ci/run")
    assert "<!-- test -->" in script
    assert "pytest" not in script, "the test command stands in README.md only"
    for check in ("ruff check", "ruff format --check", "mypy", "lint-imports", "quizbot lint"):
        assert f"step .venv/bin/{check}" in script


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_a_document_points_to_exist(name: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", text_of(name))
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []


def test_picture_of_the_readme_fetches_nothing_and_shows_verdicts() -> None:
    picture = text_of("docs/feedback.svg")
    assert not re.search(r"@font-face|@import|href=|url\((?!#)", picture)
    words = re.sub(r"<[^>]*>", "", picture).replace("&#160;", " ")
    for word in ("covered", "missing", "wrong", "Your answer", "Model answer", "Key points"):
        assert word in words


def test_dependency_table_names_what_is_installed() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = [re.split(r"[^A-Za-z0-9_.-]", line)[0].lower() for line in wanted]
    table = rows(part("CONTRIBUTING.md", "dependencies"))
    assert sorted(row[0].lower() for row in table) == sorted(names)
    assert all(len(row) == 4 and all(row) for row in table)


def test_layout_names_every_package() -> None:
    layout = re.findall(r"^\| `quizbot/([a-z_]+)(?:/|\.py)` \|", text_of("CONTRIBUTING.md"), re.MULTILINE)
    packages = {file.parent.name for file in (ROOT / "quizbot").glob("*/__init__.py")}
    assert set(layout) == packages | {"cli"}


def test_example_question_has_no_fault_but_its_missing_samples(tmp_path: Path) -> None:
    source = re.sub(r"^```.*\n?", "", part("CONTRIBUTING.md", "question"), flags=re.MULTILINE)
    name = re.search(r"^id: (.+)$", source, re.MULTILINE)
    assert name
    file = tmp_path / f"{name[1]}.yaml"
    file.write_text(source, encoding="utf-8")
    rules = {problem.rule: str(problem) for problem in lint([file]).problems}
    assert set(rules) <= {"no-samples"}, rules


def test_changelog_tells_of_this_version() -> None:
    versions = re.findall(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert __version__ in versions
