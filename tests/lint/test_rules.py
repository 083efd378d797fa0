"""Each rule of lint: content that breaks it, at the place where the author has to look, and content that does not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from quizbot.content.bank import bundled_content
from quizbot.content.problems import Problem
from quizbot.lint import Report, lint
from quizbot.lint.question_rules import jaccard
from tests.helpers import AHEAD, MARK, QUESTION, SAMPLES, changed, content_folder, marked, named


def folder_with(folder: Path, question: str = QUESTION, samples: str | None = SAMPLES) -> Path:
    content_folder(folder, small=question)
    if samples is not None:
        (folder / "small.samples.yaml").write_text(samples, encoding="utf-8")
    return folder


def findings(folder: Path, question: str = QUESTION, samples: str | None = SAMPLES) -> list[Problem]:
    """What the rules say; what the scorer says about the samples is in test_samples.py."""
    return list(lint([folder_with(folder, question, samples)], score_samples=False).problems)


def test_the_shipped_content_has_no_errors() -> None:
    report = lint([bundled_content()], score_samples=False)
    assert [str(problem) for problem in report.problems if problem.severity == "error"] == []
    assert report.files >= 153


def test_a_good_question_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path) == []
    assert lint([tmp_path], score_samples=False).files == 2


@dataclass(frozen=True, slots=True)
class Case:
    """A change of the small question that breaks one rule; the mark in `new` is the expected place."""

    rule: str
    severity: str
    old: str
    new: str
    message: str


MANAGERIAL = "answer: Because a launch on flattering numbers is the expensive mistake."
CASES = [
    Case(
        "point-without-quiz",
        "error",
        "tests: [unseen, optimistic]",
        "tests: [unseen]",
        "no quiz item tests `optimistic`",
    ),
    Case(
        "point-without-source",
        "warning",
        "supports: [unseen, optimistic, leakage, money]",
        "supports: [unseen, leakage, money]",
        "no source supports `optimistic`",
    ),
    Case("unknown-need", "warning", "level: junior", f"level: junior\nneeds: [{MARK}gone]", "there is no question `gone`"),
    Case("unknown-demo", "error", "name: learning-rate-bowl", f"name: {MARK}no-such-thing", "no demo is called no-such-thing"),
    Case("demo-params", "error", "shows: Any", f"params: {{ratez: {MARK}1}}\n  shows: Any", "ratez: "),
    Case("demo-params", "error", "shows: Any", f"params: {{rates: {MARK}fast}}\n  shows: Any", "rates: "),
    Case(
        "variants-alike",
        "error",
        MANAGERIAL,
        f"answer: {MARK}Split first, then fit the pipeline on one part and report on the other part once.",
        "`answer` of the two variants share 1.00 of their words; at most 0.5 is allowed",
    ),
    Case(
        "variants-alike",
        "error",
        "adds: [Compare it with an audit., Ask who may look at the held-out numbers.]",
        f"adds: {MARK}[Compute an interval for accuracy., Name cross-validation and confidence.]",
        "`adds` of the two variants share 1.00 of their words; at most 0.5 is allowed",
    ),
    Case(
        "accept-like-reject",
        "warning",
        "accept: [a test set is cheap insurance,",
        f"accept: [{MARK}all data should go into the fit,",
        "to the scorer this is closer to the rejected `all data should go into the fit`",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_broken_rule_is_found_at_its_place(case: Case, tmp_path: Path) -> None:
    source = changed(case.old, case.new)
    # Where nothing stands that could be marked, the key point's own id is the place.
    place = marked(source if MARK in source else changed("- id: optimistic", f"- id: {MARK}optimistic", source))
    (problem,) = findings(tmp_path, place.text)
    assert (problem.rule, problem.severity) == (case.rule, case.severity)
    assert (problem.line, problem.column) == (place.line, place.column)
    assert problem.message.startswith(case.message)
    assert problem.file == str(tmp_path / "small.yaml")


def test_a_phrasing_in_words_of_the_claim_is_fine(tmp_path: Path) -> None:
    source = changed(
        "accept: [a test set is cheap insurance,", "accept: [holding data back costs less than a bad launch,"
    )
    assert findings(tmp_path, source) == []


def test_a_role_without_weights_would_always_score_nothing(tmp_path: Path) -> None:
    source = changed("technical: 3, managerial: 2", "technical: 3").replace("{managerial: 3}", "{managerial: 0}")
    place = marked(changed("roles: [", f"roles: {MARK}[", source))
    (problem,) = findings(tmp_path, place.text)
    assert (problem.rule, problem.severity) == ("role-without-weight", "error")
    assert (problem.line, problem.column) == (place.line, place.column)
    assert "managerial" in problem.message


def test_a_role_without_a_variant_is_asked_the_title(tmp_path: Path) -> None:
    start, end = QUESTION.index("  managerial:\n    prompt"), QUESTION.index("quiz:\n")
    (problem,) = findings(tmp_path, QUESTION[:start] + QUESTION[end:])
    assert (problem.rule, problem.severity) == ("role-without-variant", "warning")
    assert "managerial" in problem.message


def test_needs_may_name_questions_that_are_not_checked(tmp_path: Path) -> None:
    source = changed("level: junior", "level: junior\nneeds: [elsewhere]")
    folder = folder_with(tmp_path / "mine", source)
    known = content_folder(tmp_path / "known", elsewhere=named("elsewhere"))
    assert [problem.rule for problem in lint([folder], score_samples=False).problems] == ["unknown-need"]
    assert lint([folder], known=[known], score_samples=False).problems == ()


def test_every_demo_parameter_of_the_question_is_checked(tmp_path: Path) -> None:
    assert findings(tmp_path, changed("shows: Any", "params: {rates: [0.1, 1], steps: 20}\n  shows: Any")) == []


# Samples


def test_a_question_without_samples_is_a_warning(tmp_path: Path) -> None:
    (problem,) = findings(tmp_path, samples=None)
    assert (problem.rule, problem.severity) == ("no-samples", "warning")
    assert "small.samples.yaml" in problem.message


def test_samples_without_a_question_are_an_error(tmp_path: Path) -> None:
    folder = content_folder(tmp_path)
    (folder / "small.samples.yaml").write_text(SAMPLES, encoding="utf-8")
    (problem,) = lint([folder]).problems
    assert (problem.rule, problem.severity, problem.line) == ("samples-question", "error", 1)


def test_samples_may_come_before_their_question(tmp_path: Path) -> None:
    folder = content_folder(tmp_path)
    (folder / "small.samples.yaml").write_text(AHEAD, encoding="utf-8")
    assert lint([folder], score_samples=False) == Report((), 1)


def test_samples_before_their_question_are_held_against_their_own_key_points(tmp_path: Path) -> None:
    folder = content_folder(tmp_path)
    place = marked(changed("gold: {unseen: partial,", f"gold: {{{MARK}seen: covered, unseen: partial,", AHEAD))
    (folder / "small.samples.yaml").write_text(place.text, encoding="utf-8")
    (problem,) = lint([folder], score_samples=False).problems
    assert (problem.rule, problem.severity) == ("unknown-key-point", "error")
    assert (problem.line, problem.column) == (place.line, place.column)


def test_a_kind_of_sample_that_is_wanting_is_no_error_before_the_question_is_written(tmp_path: Path) -> None:
    folder = content_folder(tmp_path)
    file = folder / "small.samples.yaml"
    file.write_text(changed("style: swapped", "style: free", AHEAD), encoding="utf-8")
    assert lint([folder], score_samples=False).problems == ()
    (problem,) = lint([file], score_samples=False).problems
    assert (problem.rule, problem.severity) == ("sample-styles", "warning")


def test_key_points_stand_in_one_place_only(tmp_path: Path) -> None:
    place = marked(changed("key_points:", f"{MARK}key_points:", AHEAD))
    (problem,) = findings(tmp_path, samples=place.text)
    assert (problem.rule, problem.severity) == ("samples-key-points", "error")
    assert problem.message == "the key points belong to small.yaml, which lies beside"
    assert (problem.line, problem.column) == (place.line, place.column)


def test_key_points_in_two_places_are_told_though_the_question_is_broken(tmp_path: Path) -> None:
    rules = [problem.rule for problem in findings(tmp_path, changed("level: junior", "level: x"), AHEAD)]
    assert sorted(rules) == ["bad-value", "samples-key-points"]


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        ("strong_terse", "strong_*"),
        ("half_stated", "partial_* or half_stated"),
        ("swapped", "swapped, negated_one or definition_then_wrong"),
        ("off_topic", "keyword_list or off_topic"),
    ],
)
def test_each_kind_of_sample_is_wanted(style: str, wanted: str, tmp_path: Path) -> None:
    (problem,) = findings(tmp_path, samples=changed(f"style: {style}", "style: rambling", SAMPLES))
    assert (problem.rule, problem.severity) == ("sample-styles", "error")
    assert problem.message == f"no answer in the style {wanted}"
    assert problem.line == SAMPLES[: SAMPLES.index("- id: small-01")].count("\n") + 1


@pytest.mark.parametrize(
    ("style", "other"),
    [
        ("strong_terse", "strong_paraphrase"),
        ("half_stated", "partial_two"),
        ("swapped", "negated_one"),
        ("swapped", "definition_then_wrong"),
        ("off_topic", "keyword_list"),
    ],
)
def test_any_style_of_a_kind_will_do(style: str, other: str, tmp_path: Path) -> None:
    assert findings(tmp_path, samples=changed(f"style: {style}", f"style: {other}", SAMPLES)) == []


def test_four_samples_are_the_least(tmp_path: Path) -> None:
    three = SAMPLES[: SAMPLES.index("- id: small-04")]
    assert {problem.rule for problem in findings(tmp_path, samples=three)} == {"too-few-samples", "sample-styles"}


def test_every_point_needs_a_verdict(tmp_path: Path) -> None:
    place = marked(changed("gold: {unseen: partial, optimistic: missing,", f"gold: {MARK}{{unseen: partial,", SAMPLES))
    (problem,) = findings(tmp_path, samples=place.text)
    assert (problem.rule, problem.message) == ("gold-incomplete", "no verdict for `optimistic`")
    assert (problem.line, problem.column) == (place.line, place.column)


def test_a_verdict_needs_a_point(tmp_path: Path) -> None:
    place = marked(changed("gold: {unseen: partial,", f"gold: {{{MARK}seen: covered, unseen: partial,", SAMPLES))
    (problem,) = findings(tmp_path, samples=place.text)
    assert (problem.rule, problem.message) == ("unknown-key-point", "there is no key point `seen`")
    assert (problem.line, problem.column) == (place.line, place.column)


# Files and folders


def test_broken_files_are_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, changed("level: junior", "level: junior\nneeds: [gone]"))
    content_folder(folder, broken="[")
    rules = {(Path(problem.file).name, problem.rule) for problem in lint([folder], score_samples=False).problems}
    assert rules == {("broken.yaml", "yaml-syntax"), ("small.yaml", "unknown-need")}


def test_samples_of_a_broken_question_are_not_blamed(tmp_path: Path) -> None:
    assert [problem.rule for problem in findings(tmp_path, changed("level: junior", "level: x"))] == ["bad-value"]


def test_a_file_may_be_given_and_brings_its_samples(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, samples=changed("style: swapped", "style: rambling", SAMPLES))
    report = lint([folder / "small.yaml"], score_samples=False)
    assert [problem.rule for problem in report.problems] == ["sample-styles"]
    assert report.files == 2
    assert lint([folder / "small.yaml", folder, folder / "small.samples.yaml"]).files == 2


def test_samples_alone_are_held_against_the_question_beside_them(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, samples=changed("unseen: partial", "seen: partial", SAMPLES))
    rules = [problem.rule for problem in lint([folder / "small.samples.yaml"], score_samples=False).problems]
    assert sorted(rules) == ["gold-incomplete", "unknown-key-point"]


def test_an_id_twice_in_one_folder_is_an_error_and_in_two_it_is_an_override(tmp_path: Path) -> None:
    one, two = folder_with(tmp_path / "a"), folder_with(tmp_path / "b")
    (problem,) = lint([tmp_path], score_samples=False).problems
    assert (problem.rule, problem.severity) == ("duplicate-question", "error")
    assert (problem.line, problem.column) == (2, 5)
    assert problem.file == str(two / "small.yaml")
    assert str(one / "small.yaml") in problem.message
    assert lint([one, two], score_samples=False).problems == ()


def test_hidden_folders_are_left_alone(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    folder_with(tmp_path / ".old", "[", "[")
    assert lint([folder], score_samples=False).problems == ()


def test_findings_are_sorted(tmp_path: Path) -> None:
    source = changed("supports: [unseen, optimistic, leakage, money]", "supports: [unseen]")
    found = findings(tmp_path, source, samples=None)
    assert found == sorted(found)
    assert [problem.rule for problem in found] == ["no-samples", *["point-without-source"] * 3]


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("split the data", "split the data", 1.0),
        ("splits", "splitting", 1.0),
        ("alpha beta gamma", "gamma delta beta", 0.5),
        ("alpha", "beta", 0.0),
        ("", "", 1.0),
        ("alpha", "", 0.0),
    ],
)
def test_the_jaccard_index_of_stems(one: str, other: str, share: float) -> None:
    assert jaccard(one, other) == share
