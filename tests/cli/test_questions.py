"""`list`, `find` and `show`, and the folders that `--content` adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizbot.content.bank import bundled_content
from quizbot.content.loader import load_question
from tests.cli.conftest import Run
from tests.helpers import QUESTION, changed, content_folder, named

SHIPPED = {"learning-rate", "momentum", "adam-adamw", "lr-schedules"}
LISTED = {"id", "title", "pack", "level", "roles"}


def test_list_prints_one_line_a_question(run: Run) -> None:
    done = run("list")
    assert (done.status, done.err) == (0, "")
    for name in SHIPPED:
        assert sum(line.split()[0] == name for line in done.out.splitlines()) == 1


def test_list_as_json(run: Run) -> None:
    done = run("list", "--json")
    assert done.status == 0
    entries = {entry["id"]: entry for entry in done.json}
    assert entries.keys() >= SHIPPED
    for name, entry in entries.items():
        question = load_question(bundled_content() / entry["pack"] / f"{name}.yaml")
        for key in LISTED:
            assert entry[key] == question[key]  # type: ignore[literal-required]


@pytest.mark.parametrize(
    ("filters", "key", "value"),
    [
        (("--pack", "optimisation"), "pack", "optimisation"),
        (("--level", "junior"), "level", "junior"),
        (("--role", "managerial"), "roles", "managerial"),
    ],
)
def test_list_filters(filters: tuple[str, str], key: str, value: str, run: Run) -> None:
    everything = run("list", "--json").json
    expected = [entry["id"] for entry in everything if value == entry[key] or value in entry[key]]
    assert [entry["id"] for entry in run("list", *filters, "--json").json] == expected
    assert expected


def test_list_of_an_unknown_pack_names_those_there_are(run: Run) -> None:
    done = run("list", "--pack", "optimization", "--json")
    assert (done.status, done.out) == (2, "")
    assert "there is no pack `optimization`" in done.err
    assert "optimisation" in done.err


def test_list_of_nothing(run: Run, pack: Path) -> None:
    call = ("list", "--pack", "testing", "--level", "senior", "--content", str(pack))
    assert run(*call, "--json").json == []
    done = run(*call)
    assert (done.status, done.out) == (0, "No question fits these filters.\n")


def test_a_title_of_two_lines_takes_one(run: Run, tmp_path: Path) -> None:
    old = "title: Why are models checked on data they were not fitted to?"
    folder = content_folder(tmp_path / "pack", small=changed(old, 'title: "Why are models\\n  evil  1  checked?"'))
    (line,) = [line for line in run("list", "--content", str(folder)).out.splitlines() if "small" in line]
    assert "Why are models" in line
    assert "checked?" in line


# --content


def test_content_may_stand_before_and_after_the_command_and_be_repeated(run: Run, tmp_path: Path, pack: Path) -> None:
    other = content_folder(tmp_path / "other", more=named("more"))
    third = content_folder(tmp_path / "third", last=named("last"))
    calls = [
        ("--content", str(pack), "list", "--json", "--content", str(other), "--content", str(third)),
        ("--content", str(pack), "--content", str(other), "--content", str(third), "list", "--json"),
        ("list", "--content", str(pack), "--content", str(other), "--json", f"--content={third}"),
    ]
    for call in calls:
        done = run(*call)
        assert (done.status, done.err) == (0, "")
        assert {entry["id"] for entry in done.json} >= {"small", "more", "last"} | SHIPPED


def test_a_later_folder_overrides_with_a_notice_on_standard_error(run: Run, tmp_path: Path, pack: Path) -> None:
    other = content_folder(tmp_path / "other", small=changed("pack: testing", "pack: mine"))
    done = run("--content", str(pack), "list", "--content", str(other), "--json")
    assert [entry["pack"] for entry in done.json if entry["id"] == "small"] == ["mine"]
    assert f"note: small: {other / 'small.yaml'} is used instead of {pack / 'small.yaml'}" in done.err


@pytest.mark.parametrize("name", ["nowhere", "small.yaml", "~no-such-user-here/x"])
def test_a_content_folder_that_is_not_there(name: str, run: Run, pack: Path) -> None:
    folder = name if name.startswith("~") else str(pack / name)
    for call in (("--content", folder, "list"), ("list", "--content", folder)):
        done = run(*call)
        assert (done.status, done.out) == (2, "")
        assert done.err == f"quizbot: --content: there is no folder {folder}\n"


def test_a_folder_that_cannot_be_read(run: Run, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)  # the tests may run as root, who can read everything
    done = run("list", "--content", str(pack))
    assert (done.status, done.err) == (2, f"quizbot: --content: the folder {pack} cannot be read\n")


def test_a_broken_file_is_named_and_the_rest_is_listed(run: Run, pack: Path) -> None:
    content_folder(pack, broken="a: [")
    for call in (("list", "--json"), ("show", "small", "--json"), ("find", "test", "error", "--json")):
        done = run(*call, "--content", str(pack))
        assert done.status == 0
        assert done.err.startswith(f"{pack / 'broken.yaml'}:")
        assert "error: not valid YAML" in done.err
        assert done.json


def test_an_id_twice_in_one_folder_is_told(run: Run, pack: Path) -> None:
    content_folder(pack / "again", small=QUESTION)
    done = run("list", "--content", str(pack), "--json")
    assert done.status == 0
    assert "[duplicate-question]" in done.err
    assert str(pack / "small.yaml") in done.err
    assert str(pack / "again" / "small.yaml") in done.err


# show


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_show_as_json_is_the_question_as_validated(name: str, run: Run) -> None:
    done = run("show", name, "--json")
    assert (done.status, done.err) == (0, "")
    assert done.json == load_question(bundled_content() / "optimisation" / f"{name}.yaml")


def test_show_has_every_section(run: Run, pack: Path) -> None:
    done = run("show", "small", "--content", str(pack))
    assert (done.status, done.err) == (0, "")
    for text in (
        "A test set is data that the fit never sees.",
        "The training error is too optimistic.",
        "Why: The fit has adapted to its noise.",
        "Split before preprocessing.",
        "Compute a confidence interval for accuracy.",
        "quizbot demo learning-rate-bowl",
        "https://example.org/book",
    ):
        assert text in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_show_for_a_role(run: Run, pack: Path) -> None:
    done = run("show", "small", "--role", "managerial", "--content", str(pack))
    assert "Why should we hold back data we have paid for?" in done.out
    assert "How do you estimate" not in done.out
    assert "(weight 3)" in done.out
    assert "(bonus, not scored)" in done.out


@pytest.mark.parametrize(
    ("section", "key"), [("definition", "definition"), ("best-practices", "best_practices"), ("sources", "sources")]
)
def test_show_one_section(section: str, key: str, run: Run, pack: Path) -> None:
    question = load_question(pack / "small.yaml")
    block = question["answer"] if key in question["answer"] else question
    data = run("show", "small", "--section", section, "--json", "--content", str(pack)).json
    assert data == {"id": "small", key: block[key]}  # type: ignore[literal-required]
    text = run("show", "small", "--section", section, "--content", str(pack)).out
    assert section.replace("-", " ").capitalize() in text
    assert "Compute a confidence interval" not in text


def test_show_of_an_unknown_section_lists_them(run: Run) -> None:
    done = run("show", "momentum", "--section", "history", "--json")
    assert (done.status, done.out) == (2, "")
    assert "there is no section `history`" in done.err
    assert "best_practices" in done.err


@pytest.mark.parametrize("command", [("show",), ("score",), ("ask",)])
def test_an_unknown_question_is_told_with_a_likely_one(command: tuple[str, ...], run: Run) -> None:
    done = run(*command, "learning-rat", stdin=b"x")
    assert (done.status, done.out) == (2, "")
    assert done.err == "quizbot: there is no question `learning-rat`; did you mean learning-rate?\n"


# find


def test_find_as_json(run: Run) -> None:
    done = run("find", "why", "does", "my", "loss", "explode", "--json")
    assert (done.status, done.err) == (0, "")
    assert "learning-rate" in {hit["question"] or hit["id"] for hit in done.json[:3]}
    for hit in done.json:
        assert hit.keys() >= LISTED | {"score", "kind", "question"}
        assert hit["kind"] in {"question", "section", "point", "demo"}
    scores = [hit["score"] for hit in done.json]
    assert scores == sorted(scores, reverse=True)


def test_find_as_text(run: Run) -> None:
    done = run("find", "momentum", "--limit", "3")
    assert done.status == 0
    assert done.out.splitlines()[0].split()[1:] == ["question", "momentum"]
    assert len([line for line in done.out.splitlines() if not line.startswith(" " * 8)]) == 3


def test_find_nothing(run: Run) -> None:
    assert run("find", "xqzjvw", "--json").json == []
    done = run("find", "xqzjvw")
    assert done.status == 0
    assert "Nothing found" in done.out


@pytest.mark.parametrize("call", [["find"], ["show"], ["list", "--level", "expert"], ["nosuch"], ["list", "--nosuch"]])
def test_a_wrong_call_ends_with_status_2(call: list[str], run: Run) -> None:
    done = run(*call)
    assert (done.status, done.out) == (2, "")
    assert "usage: quizbot" in done.err


@pytest.mark.parametrize("call", [["--version"], ["-V"]])
def test_the_version(call: list[str], run: Run) -> None:
    from quizbot import __version__

    done = run(*call)
    assert (done.status, done.out, done.err) == (0, f"quizbot {__version__}\n", "")


def test_help_names_every_command(run: Run) -> None:
    done = run("--help")
    assert done.status == 0
    for command in ("list", "find", "show", "ask", "score", "grade", "demo", "lint", "schema"):
        assert f"\n    {command} " in done.out


def test_listing_creates_no_records(run: Run, home: Path) -> None:
    run("list")
    run("score", "momentum", stdin=b"It adds past gradients.")
    assert [path.name for path in home.iterdir()] == ["cache"]
