"""Graded answers put to the scorer: what is told where the two do not agree, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizbot import scoring
from quizbot.content.problems import Problem
from quizbot.lint import lint
from quizbot.scoring import Evidence, PointVerdict, Score
from quizbot.scoring.types import VerdictName, band_of
from tests.helpers import AHEAD, QUESTION, SAMPLES, content_folder

POINTS = ("unseen", "optimistic", "leakage", "money")


def one_answer(gold: str, role: str = "technical", text: str = "An answer.") -> str:
    """The samples with a single answer; `gold` is flow YAML."""
    head = SAMPLES[: SAMPLES.index("- id: small-01")]
    return f"{head}- id: small-01\n  style: free\n  role: {role}\n  text: {text}\n  gold: {gold}\n  grade: 5\n"


def result(
    *verdicts: VerdictName, score: float, confidence: float = 0.5, said: str = "", flags: tuple[str, ...] = ()
) -> Score:
    evidence = (Evidence(0, len(said), said),) if said else ()
    points = [
        PointVerdict(name, verdict, 0.0, confidence, evidence, None)
        for name, verdict in zip(POINTS, verdicts, strict=True)
    ]
    return Score(None, score, band_of(score), False, tuple(points), (), flags, "")


def findings(folder: Path, samples: str, judged: Score, monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """What lint says of the samples when the scorer judges each answer like this; rules about the set are left out."""

    monkeypatch.setattr(scoring, "score_prepared", lambda *_, **__: judged)
    content_folder(folder, small=QUESTION)
    (folder / "small.samples.yaml").write_text(samples, encoding="utf-8")
    return [
        problem for problem in lint([*folder.iterdir()]).problems if problem.rule in ("sample-score", "sample-verdict")
    ]


MIXED = "{unseen: covered, optimistic: missing, leakage: missing, money: missing}"
"""42.9 of 100 for an engineer: 3 of the weights 3, 2, 2 and 0."""


@pytest.mark.parametrize(
    ("score", "told"), [(42.9, 0), (67.9, 0), (68.0, 1), (17.9, 0), (17.8, 1), (0.0, 1), (100.0, 1)]
)
def test_a_score_is_told_from_more_than_25_points_on(
    score: float, told: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = findings(
        tmp_path, one_answer(MIXED), result("covered", "missing", "missing", "missing", score=score), monkeypatch
    )
    assert [problem.rule for problem in found] == ["sample-score"] * told


def test_the_score_names_both_numbers_and_what_weighs_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Weighted differences: 3 x 0.5, 2 x 1, 2 x 1.5; a key point without weight is not to blame.
    gold = "{unseen: covered, optimistic: covered, leakage: covered, money: covered}"
    judged = result("partial", "missing", "contradicted", "missing", score=7.1)
    (problem,) = findings(tmp_path, one_answer(gold), judged, monkeypatch)[:1]
    assert (problem.rule, problem.severity) == ("sample-score", "warning")
    assert problem.message == (
        "`small-01` scores 7.1; by its own verdicts it would be 100: most by `leakage` covered, not contradicted,"
        " `optimistic` covered, not missing, `unseen` covered, not partial"
    )
    assert (problem.line, problem.column) == (4, 3)


def test_the_weights_are_those_of_the_role_of_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = result("missing", "missing", "missing", "missing", score=0)
    (problem,) = findings(tmp_path, one_answer(MIXED, "managerial"), judged, monkeypatch)
    assert "by its own verdicts it would be 40:" in problem.message


@pytest.mark.parametrize(
    ("gold", "given", "confidence", "told"),
    [
        ("covered", "covered", 0.99, False),
        ("covered", "partial", 0.84, False),
        ("covered", "partial", 0.85, True),
        ("missing", "contradicted", 0.84, False),
        ("partial", "missing", 0.9, True),
        ("covered", "contradicted", 0.3, True),
        ("contradicted", "covered", 0.3, True),
        ("contradicted", "missing", 0.3, False),
    ],
)
def test_a_verdict_is_told_when_the_scorer_is_sure_or_says_the_opposite(
    gold: str, given: VerdictName, confidence: float, told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = one_answer(MIXED.replace("money: missing", f"money: {gold}"))
    judged = result("covered", "missing", "missing", given, score=42.9, confidence=confidence)
    found = findings(tmp_path, samples, judged, monkeypatch)
    assert [(problem.rule, "`money`" in problem.message) for problem in found] == [("sample-verdict", True)] * told


def test_the_verdict_stands_at_its_place_with_the_words_relied_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = result(
        "missing", "missing", "missing", "contradicted", score=42.9, confidence=0.91, said="said\x1b[2J\nthus"
    )
    samples = one_answer(MIXED.replace("unseen: covered", "unseen: missing"))
    (problem,) = findings(tmp_path, samples, judged, monkeypatch)[-1:]
    message = '`money` is missing to its author and contradicted to the scorer (0.91), by "said␛[2J thus"'
    assert (problem.message, problem.severity) == (message, "warning")
    assert problem.hint == "add the wording to accept/reject, or check the verdict"
    line = samples.splitlines()[problem.line - 1]
    assert line[problem.column - 1 :] == "missing}"


def test_a_long_quotation_is_shortened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = result("covered", "missing", "missing", "covered", score=42.9, confidence=0.9, said="word " * 100)
    (problem,) = findings(tmp_path, one_answer(MIXED), judged, monkeypatch)
    quotation = problem.message.split('"')[1]
    assert quotation.startswith("word word")
    assert quotation.endswith("…")
    assert len(quotation) == 90


def test_an_answer_taken_for_a_list_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = result("missing", "missing", "missing", "missing", score=0, confidence=0.95, flags=("keyword-list",))
    (problem,) = findings(tmp_path, one_answer(MIXED), judged, monkeypatch)
    assert problem.rule == "sample-score"
    assert problem.message.endswith("it would be 42.9: the scorer takes the answer for a list of keywords")


def test_an_answer_without_all_verdicts_is_not_scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = result("covered", "covered", "covered", "covered", score=100, confidence=0.99)
    assert findings(tmp_path, one_answer("{unseen: missing}"), judged, monkeypatch) == []


# With the scorer itself. A claim or a rejected statement word for word leaves no room for another verdict.

CLAIM = "A test set measures the error on unseen cases."
REJECTED = "The test set is used to fit the parameters."
NOTHING = "{unseen: missing, optimistic: missing, leakage: missing, money: missing}"


def scored(folder: Path, **files: str) -> list[Problem]:
    content_folder(folder)
    for name, text in files.items():
        (folder / f"{name.replace('_', '.')}.yaml").write_text(text, encoding="utf-8")
    return [
        problem for problem in lint([*folder.iterdir()]).problems if problem.rule in ("sample-score", "sample-verdict")
    ]


@pytest.mark.parametrize("ahead", [False, True])
def test_the_scorer_is_asked_with_question_or_embedded_key_points(ahead: bool, tmp_path: Path) -> None:
    wrong = one_answer(NOTHING.replace("unseen: missing", "unseen: contradicted"), text=CLAIM)
    opening = AHEAD[: AHEAD.index("answers:")]
    if ahead:
        found = scored(tmp_path, small_samples=opening + wrong[wrong.index("answers:") :])
    else:
        found = scored(tmp_path, small=QUESTION, small_samples=wrong)
    (problem,) = [problem for problem in found if "`unseen` is" in problem.message]
    assert problem.message.startswith("`unseen` is contradicted to its author and covered to the scorer (0.")
    assert problem.message.endswith(f'by "{CLAIM.rstrip(".")}"')
    (score,) = [problem for problem in found if problem.rule == "sample-score"]
    assert score.message.startswith("`small-01` scores 42.9; by its own verdicts it would be 0:")


@pytest.mark.parametrize(("text", "verdict"), [(CLAIM, "covered"), (REJECTED, "contradicted")])
def test_where_both_agree_nothing_is_told(text: str, verdict: str, tmp_path: Path) -> None:
    samples = one_answer(NOTHING.replace("unseen: missing", f"unseen: {verdict}"), text=text)
    found = scored(tmp_path, small=QUESTION, small_samples=samples)
    assert [problem for problem in found if "`unseen`" in problem.message] == []


def test_samples_left_out_are_not_scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> Score:
        raise AssertionError("an answer was scored")

    monkeypatch.setattr(scoring, "score_prepared", refuse)
    content_folder(tmp_path, small=QUESTION)
    (tmp_path / "small.samples.yaml").write_text(SAMPLES, encoding="utf-8")
    assert lint([tmp_path], score_samples=False).problems == ()
    with pytest.raises(AssertionError, match="an answer was scored"):
        lint([tmp_path])
