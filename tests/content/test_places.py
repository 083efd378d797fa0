"""Broken questions: each problem with exactly the line and column at which the author has to look."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizbot.content.loader import load_question, load_samples
from quizbot.content.problems import ContentError, Problem
from tests.content.broken import CASES, Case
from tests.helpers import KEY_POINTS, MARK, QUESTION, SAMPLES, changed, marked

by_name = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def problems_of(path: Path, text: str | bytes) -> tuple[Problem, ...]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ContentError) as caught:
        load_samples(path) if ".samples." in path.name else load_question(path)
    return caught.value.problems


@by_name
def test_one_problem_at_its_place(case: Case, tmp_path: Path) -> None:
    place = marked(changed(case.old, case.new))
    path = tmp_path / "small.yaml"
    (problem,) = problems_of(path, place.text)
    assert str(problem) == f"{path}:{place.line}:{place.column}: error: {case.message} [{case.rule}]"
    if case.hint is not None:
        assert problem.hint == case.hint


def test_a_variant_for_a_role_that_is_not_asked(tmp_path: Path) -> None:
    source = changed("roles: [technical, managerial]", "roles: [technical]")
    place = marked(changed("  managerial:\n    prompt", f"  {MARK}managerial:\n    prompt", source))
    (problem,) = problems_of(tmp_path / "small.yaml", place.text)
    assert (problem.line, problem.column, problem.rule) == (place.line, place.column, "variant-role")
    assert problem.message == "a variant for managerial, which is not in `roles`"


def test_the_unbroken_question_loads(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(QUESTION, encoding="utf-8")
    assert load_question(path)["id"] == "small"


@pytest.mark.parametrize("break_", ["\r\n", "\r"])
def test_other_line_breaks_count_alike(break_: str, tmp_path: Path) -> None:
    place = marked(changed("    why: The fit has", f"    {MARK}whi: The fit\n    why: The fit has"))
    (problem,) = problems_of(tmp_path / "small.yaml", place.text.replace("\n", break_))
    assert (problem.line, problem.column) == (place.line, place.column)


def test_a_byte_order_mark_takes_no_column(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "small.yaml", b"\xef\xbb\xbf" + changed("schema:", "shema:").encode())[:1]
    assert (problem.line, problem.column) == (1, 1)


def test_a_missing_key_is_told_at_the_top(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "small.yaml", changed("pack: testing\n", ""))
    assert (problem.line, problem.column, problem.rule) == (1, 1, "missing-key")
    assert (problem.message, problem.hint) == ("the key `pack` is missing", "add `pack:`")


def test_two_correct_options_are_told_at_the_options(tmp_path: Path) -> None:
    place = marked(changed("      - {text: After the split", f"      {MARK}- {{text: After the split"))
    source = changed("{text: Before the split,", "{text: Before the split, correct: true,", place.text)
    (problem,) = problems_of(tmp_path / "small.yaml", source)
    assert (problem.line, problem.column, problem.rule) == (place.line, place.column, "quiz-correct")
    assert problem.message == "a single choice has one correct option; this has 2"


def test_a_missing_key_of_an_entry_is_told_at_the_entry(tmp_path: Path) -> None:
    place = marked(
        changed("- id: q-true\n    type", f"- {MARK}id: q-true\n    type").replace(
            "    feedback: The fit adapts to its own cases.\n", ""
        )
    )
    (problem,) = problems_of(tmp_path / "small.yaml", place.text)
    assert (problem.line, problem.column, problem.rule) == (place.line, place.column, "missing-key")
    assert problem.message == "the key `feedback` of `quiz[1]` is missing"


@pytest.mark.parametrize(
    ("raw", "line", "column", "message", "rule"),
    [
        (b"", 1, 1, "the file is empty", "empty-file"),
        (b"# one\n\n  # two\n", 1, 1, "the file is empty", "empty-file"),
        (b"---\n", 1, 1, "the file is empty", "empty-file"),
        (b"null\n", 1, 1, "the file is empty", "empty-file"),
        (b"# first\n- a\n- b\n", 2, 1, "the file must be a mapping (`key: value`), not a list", "wrong-type"),
        (b"\nonly text\n", 2, 1, "the file must be a mapping (`key: value`), not text", "wrong-type"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, 1, "this is not UTF-8 text", "not-text"),
        ("schema: ü".encode("utf-16"), 1, 1, "this is not UTF-8 text", "not-text"),
        ("schema".encode("utf-16-le"), 1, 2, "control character U+0000 in the file", "not-text"),
        ("a: 1\nb: é".encode() + b"\xff\n", 2, 5, "this is not UTF-8 text", "not-text"),
        (b"\xef\xbb\xbfa: 1\r\nb: \xe9t\xe9\r\n", 2, 4, "this is not UTF-8 text", "not-text"),
        (b"a: 1\rb: \xe9\r", 2, 4, "this is not UTF-8 text", "not-text"),
        (b"a: " + b"[" * 100_000, 1, 43, "nested deeper than 40 levels", "yaml-depth"),
        (b"[" * 100_000 + b"]" * 100_000, 1, 41, "nested deeper than 40 levels", "yaml-depth"),
        (b"{a: " * 100_000, 1, 161, "nested deeper than 40 levels", "yaml-depth"),
        (b"- " * 100_000, 1, 81, "nested deeper than 40 levels", "yaml-depth"),
        (
            b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
            2,
            8,
            "aliases (*name) are not allowed in questions",
            "yaml-alias",
        ),
        (b"a: 1\n<<: *a\n", 2, 5, "aliases (*name) are not allowed in questions", "yaml-alias"),
        (
            b"a: [1, 2\nb: 3\n",
            2,
            2,
            "not valid YAML: did not find expected ',' or ']' while parsing a flow sequence",
            "yaml-syntax",
        ),
        (b"#" * 1_000_001, 1, 1, "the file is larger than 1 MB", "too-large"),
    ],
)
def test_files_that_are_no_question(
    raw: bytes, line: int, column: int, message: str, rule: str, tmp_path: Path
) -> None:
    path = tmp_path / "small.yaml"
    (problem,) = problems_of(path, raw)
    assert str(problem) == f"{path}:{line}:{column}: error: {message} [{rule}]"


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"gone\.yaml:1:1: error: cannot read the file: .* \[unreadable\]$"):
        load_question(tmp_path / "gone.yaml")


def test_every_problem_of_a_file_is_told_in_order(tmp_path: Path) -> None:
    source = changed("level: junior", "level: expert")
    source = changed("why: The fit has adapted", "wy: The fit has adapted", source)
    source = changed("tolerance: {abs: 0.5}", "tolerance: {abs: -0.5}", source)
    problems = problems_of(tmp_path / "small.yaml", source)
    assert [problem.rule for problem in problems] == ["bad-value", "missing-key", "unknown-key", "out-of-range"]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_a_long_name_does_not_flood_the_screen(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "small.yaml", changed("level: junior", f"level: junior\n{'k' * 900}: 1"))
    assert problem.rule == "unknown-key"
    assert len(problem.message) <= 400


@pytest.mark.parametrize(
    ("old", "new", "message", "rule"),
    [
        ("  grade: 9", f"  grade: {MARK}11", "`answers[1].grade` must be at most 10, not 11", "out-of-range"),
        ("- id: small-02", f"- id: {MARK}small-01", "two answers have the id `small-01`", "duplicate-id"),
        (
            "unseen: partial",
            f"unseen: {MARK}half",
            "`answers[2].gold.unseen`: it must be 'covered', 'partial', 'missing' or 'contradicted', not 'half'",
            "bad-value",
        ),
        (
            "quizbot/samples@1",
            f"{MARK}quizbot/samples@2",
            "written in a newer format (quizbot/samples@2); this quizbot reads quizbot/samples@1",
            "newer-format",
        ),
        (
            "style: strong_terse",
            f"style: {MARK}Strong",
            "`answers[1].style` 'Strong' is not a valid style",
            "bad-value",
        ),
        (
            "id: small\n",
            f"id: {MARK}other\n",
            "the id `other` differs from the file name `small.samples.yaml`",
            "id-file-name",
        ),
        (
            "schema: quizbot/samples@1\n",
            f"{MARK}schema: quizbot/samples@1\npack: testing\n",
            "`question`, `pack` and `key_points` go together; `question` and `key_points` are missing",
            "missing-key",
        ),
        (
            "id: small\n",
            f"id: small\nquestion: {MARK}Too short\npack: testing\n{KEY_POINTS}",
            "`question` is too short: at least 10 characters",
            "too-short",
        ),
        (
            "id: small\n",
            f"id: small\nquestion: What is it for?\npack: testing\n{changed('id: money', f'id: {MARK}unseen', KEY_POINTS)}",
            "two key points have the id `unseen`",
            "duplicate-id",
        ),
    ],
)
def test_samples_have_places_too(old: str, new: str, message: str, rule: str, tmp_path: Path) -> None:
    place = marked(changed(old, new, SAMPLES))
    path = tmp_path / "small.samples.yaml"
    (problem,) = problems_of(path, place.text)
    assert str(problem) == f"{path}:{place.line}:{place.column}: error: {message} [{rule}]"
