"""`lint`, `schema` and `demo` from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from quizbot.content.schema import json_schema
from tests.cli.conftest import Run
from tests.content.broken import CASES
from tests.helpers import QUESTION, SAMPLES, changed, content_folder, marked

FINDING = ["file", "line", "column", "severity", "rule", "message", "hint"]


def checked(folder: Path, question: str = QUESTION) -> Path:
    content_folder(folder, small=question)
    (folder / "small.samples.yaml").write_text(SAMPLES, encoding="utf-8")
    return folder


# lint


def test_the_shipped_content_passes(run: Run) -> None:
    done = run("lint", "--no-samples", "--json")
    assert (done.status, done.err) == (0, "")
    assert [finding for finding in done.json if finding["severity"] == "error"] == []
    done = run("lint", "--no-samples")
    assert done.status == 0
    assert " files checked: 0 errors, " in done.err


def test_a_good_folder_is_silent(run: Run, tmp_path: Path) -> None:
    folder = checked(tmp_path / "p")
    done = run("lint", "--no-samples", str(folder))
    assert (done.status, done.out, done.err) == (0, "", "2 files checked: 0 errors, 0 warnings\n")
    assert run("lint", str(folder), "--no-samples", "--json").json == []


def test_warnings_alone_are_no_failure(run: Run, tmp_path: Path) -> None:
    folder = checked(tmp_path / "p", changed("level: junior", "level: junior\nneeds: [gone]"))
    done = run("lint", str(folder), "--no-samples", "--json")
    assert done.status == 0
    assert [(finding["severity"], finding["rule"]) for finding in done.json] == [("warning", "unknown-need")]


def test_an_error_as_text_and_as_json(run: Run, tmp_path: Path) -> None:
    place = marked(changed("tests: [leakage]", "tests: [⟦leak]"))
    folder = checked(tmp_path / "p", place.text)
    file = folder / "small.yaml"
    message = "there is no key point `leak`"
    hint = "one of leakage, money, optimistic, unseen"
    done = run("lint", str(folder))
    assert done.status == 1
    assert done.out == f"{file}:{place.line}:{place.column}: error: {message} [unknown-key-point]\n    {hint}\n"
    assert done.err == "2 files checked: 1 errors, 0 warnings\n"
    done = run("lint", str(file), "--json")
    assert (done.status, done.err) == (1, "")
    (finding,) = done.json
    assert list(finding) == FINDING
    assert finding == {
        "file": str(file),
        "line": place.line,
        "column": place.column,
        "severity": "error",
        "rule": "unknown-key-point",
        "message": message,
        "hint": hint,
    }


def test_many_broken_files_each_with_its_line(run: Run, tmp_path: Path) -> None:
    expected = []
    for case in CASES:
        place = marked(changed(case.old, case.new))
        folder = content_folder(tmp_path / "broken" / case.name, small=place.text)
        expected.append(f"{folder / 'small.yaml'}:{place.line}:{place.column}: error: {case.message} [{case.rule}]")
    (tmp_path / "broken" / "picture.yaml").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "broken" / "deep.yaml").write_bytes(b"[" * 100_000)
    done = run("lint", str(tmp_path / "broken"))
    assert done.status == 1
    found = [line for line in done.out.splitlines() if not line.startswith(" ")]
    assert set(expected) <= set(found)
    assert sum(": error: " in line for line in found) == len(CASES) + 2


@pytest.mark.parametrize("path", ["nowhere", "~no-such-user-here"])
def test_a_path_that_is_not_there(path: str, run: Run) -> None:
    done = run("lint", path, "--json")
    assert (done.status, done.out, done.err) == (2, "", f"quizbot: there is no file or folder {path}\n")


def test_content_folders_are_checked_too_and_may_override(run: Run, tmp_path: Path) -> None:
    first, second = checked(tmp_path / "a"), checked(tmp_path / "b", changed("level: junior", "level: x"))
    done = run("lint", "--no-samples", "--content", str(first), "--content", str(second), "--json")
    assert done.status == 1
    assert [finding["rule"] for finding in done.json if finding["severity"] == "error"] == ["bad-value"]


def test_questions_of_all_folders_may_be_needed(run: Run, tmp_path: Path) -> None:
    folder = checked(tmp_path / "p", changed("level: junior", "level: junior\nneeds: [momentum]"))
    assert run("lint", str(folder), "--no-samples", "--json").json == []


def test_samples_that_the_scorer_judges_otherwise_are_warned_of_unless_left_out(run: Run, tmp_path: Path) -> None:
    folder = checked(tmp_path / "p")
    claim = "A test set measures the error on unseen cases."
    samples = changed("text: I like tea.", f"text: {claim}", SAMPLES)
    (folder / "small.samples.yaml").write_text(samples, encoding="utf-8")
    line = samples[: samples.index("- id: small-04")].count("\n") + 1
    done = run("lint", str(folder), "--json")
    assert done.status == 0
    assert ("warning", "sample-score", line) in [(one["severity"], one["rule"], one["line"]) for one in done.json]
    assert run("lint", str(folder), "--json", "--no-samples").json == []


# schema


@pytest.mark.parametrize("call", [("schema",), ("schema", "--json")])
def test_schema_prints_the_schema_of_the_models(call: tuple[str, ...], run: Run) -> None:
    done = run(*call)
    assert (done.status, done.err) == (0, "")
    assert done.json == json_schema()


# demo


def test_demos_are_listed(run: Run) -> None:
    done = run("demo", "--json")
    assert "learning-rate-bowl" in [demo["name"] for demo in done.json]
    assert "learning-rate-bowl" in run("demo").out


def test_a_demo_as_json(run: Run) -> None:
    done = run("demo", "learning-rate-bowl", "--set", "rates=0.1,2.1", "--set", "curvatures=1", "--json")
    assert (done.status, done.err) == (0, "")
    data = done.json
    assert data.keys() >= {"demo", "params", "series", "grid", "summary"}
    assert data["demo"] == "learning-rate-bowl"
    assert data["params"]["rates"] == [0.1, 2.1]
    assert data["grid"] is None
    assert data["series"].keys() == data["summary"].keys()
    assert len(data["series"]) == 2
    for series in data["series"].values():
        assert len(series["x"]) == len(series["y"])


def test_a_demo_in_words(run: Run) -> None:
    done = run("demo", "learning-rate-bowl", "--set", "rates=0.1,2.1", "--set", "curvatures=1")
    assert (done.status, done.err) == (0, "")
    assert "Again: quizbot demo learning-rate-bowl --set rates=0.1,2.1" in done.out


def test_a_demo_as_picture_and_table(run: Run, tmp_path: Path) -> None:
    plot, table = tmp_path / "bowl.svg", tmp_path / "bowl.csv"
    done = run("demo", "learning-rate-bowl", "--plot", str(plot), "--csv", str(table))
    assert (done.status, done.err) == (0, "")
    assert ET.fromstring(plot.read_text(encoding="utf-8")).tag.endswith("svg")
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert len(rows) > 2
    done = run("demo", "learning-rate-bowl", "--csv", "-")
    assert list(csv.reader(io.StringIO(done.out))) == rows


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("learning-rate-bow",), "did you mean learning-rate-bowl?"),
        (("learning-rate-bowl", "--set", "ratez=1"), "did you mean rates?"),
        (("learning-rate-bowl", "--set", "rates"), "write it as NAME=VALUE"),
        (("learning-rate-bowl", "--set", "rates=fast"), "rates"),
        (("learning-rate-bowl", "--set", "steps=-1"), "steps"),
        (("learning-rate-bowl", "--plot", "bowl.png"), "only .svg can be written"),
        (("learning-rate-bowl", "--plot", "/nowhere/at/all/bowl.svg"), "cannot write"),
        (("learning-rate-bowl", "--csv", "~no-such-user-here/x.csv"), "cannot write"),
    ],
)
def test_a_wrong_demo_call(call: tuple[str, ...], told: str, run: Run) -> None:
    done = run("demo", *call, "--json")
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1


def test_what_demo_prints_is_json_even_when_it_diverges(run: Run) -> None:
    done = run(
        "demo", "learning-rate-bowl", "--set", "rates=1000", "--set", "curvatures=100", "--set", "steps=400", "--json"
    )
    assert done.status == 0

    def refuse(name: str) -> object:
        raise AssertionError(f"{name} is not JSON")

    data = json.loads(done.out, parse_constant=refuse)
    (name,) = data["series"]
    assert None in data["series"][name]["y"]
    assert data["summary"][name]["diverged_at"] > 0
