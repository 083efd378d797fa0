"""The contract of `score`, as DESIGN.md states it, for hand-written and for arbitrary text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.scoring import KeyPoint, Reject, Score, prepare, score, score_prepared, support
from quizbot.scoring.types import VALUES, band_of

QUESTION = "Why do we split data into training and test sets?"
POINTS = (
    KeyPoint(
        "unseen",
        "The test set estimates how well the model does on unseen data.",
        accept=("it shows performance on data the model has never seen", "an honest estimate of generalisation"),
        partial=("the test set is for checking",),
        reject=(Reject("the test set is used to fit the parameters", "Then the estimate is too good."),),
        weight=3,
        why="That is the purpose of the split.",
    ),
    KeyPoint(
        "leak",
        "Preprocessing must be fitted on the training part only, otherwise information leaks into the test score.",
        accept=("fit the scaler on train, then apply it to test",),
        reject=(Reject("the scaler may be fitted on all data", "That is leakage."),),
        weight=2,
        why="Leakage inflates the score.",
    ),
    KeyPoint("bonus", "Stratify the split when classes are rare.", weight=0),
)
PREPARED = prepare(QUESTION, POINTS)
VERDICT_NAMES = set(VALUES)

# Text as people can type or paste it: any code point, lone surrogates and control characters included.
any_text = st.text(alphabet=st.characters(), max_size=200) | st.lists(
    st.sampled_from(
        ["the test set", "fitted on", "training data", "is not", "never", "unseen", ", ", ". ", "\r\n", "\n- ", '"',
         "no, wait, ", "generalisation", "leak", "é", "e\u0301", "🙂", "w -= lr*grad", "0.1", "(", ")", "people say ",
         "that's wrong "]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


def check(result: Score, answer: str, points: tuple[KeyPoint, ...]) -> None:
    assert 0 <= result.score <= 100
    assert result.band == band_of(result.score)
    assert result.passed == (result.score >= 55)
    assert [p.id for p in result.points] == [p.id for p in points]
    assert result.next
    assert "\n" not in result.next
    total = sum(p.weight for p in points)
    value = sum(p.weight * VALUES[v.verdict] for p, v in zip(points, result.points, strict=True))
    assert result.score == pytest.approx(100 * max(0.0, value / total) if total else 0.0, abs=0.06)
    for point, verdict in zip(points, result.points, strict=True):
        assert verdict.verdict in VERDICT_NAMES
        assert -0.5 <= verdict.credit <= 1
        assert 0 <= verdict.confidence <= 1
        assert (verdict.matched is None) == (verdict.verdict == "missing")
        assert (verdict.evidence == ()) == (verdict.verdict == "missing")
        names = {"claim", "reversal"} | {f"accept[{i}]" for i in range(len(point.accept))}
        names |= {f"partial[{i}]" for i in range(len(point.partial))} | {
            f"reject[{i}]" for i in range(len(point.reject))
        }
        assert verdict.matched is None or verdict.matched in names
        for span in verdict.evidence:
            assert 0 <= span.start < span.end <= len(answer)
            assert answer[span.start : span.end] == span.text
    assert {m.point for m in result.misconceptions} == {v.id for v in result.points if v.verdict == "contradicted"}
    assert set(result.flags) <= {"keyword-list", "copies-question", "off-topic", "other-language", "unsure"}


@settings(max_examples=150, deadline=None)
@given(any_text)
def test_any_text_gives_a_valid_quick_score_with_verbatim_evidence(answer: str) -> None:
    check(score_prepared(PREPARED, answer, thorough=False), answer, POINTS)


@settings(max_examples=40, deadline=None)
@given(any_text)
def test_any_text_gives_a_valid_score_with_verbatim_evidence(answer: str) -> None:
    check(score_prepared(PREPARED, answer), answer, POINTS)


@settings(max_examples=15, deadline=None)
@given(any_text)
def test_preparing_once_changes_nothing(answer: str) -> None:
    fresh = score(answer, question=QUESTION, key_points=POINTS)
    assert fresh == score_prepared(PREPARED, answer)


@settings(max_examples=15, deadline=None)
@given(any_text, st.sampled_from([0.5, 2.0, 4.0]))
def test_scaling_all_weights_changes_no_score(answer: str, factor: float) -> None:
    scaled = [KeyPoint(p.id, p.claim, p.accept, p.partial, p.reject, p.weight * factor, p.why) for p in POINTS]
    assert score(answer, question=QUESTION, key_points=scaled).score == score_prepared(PREPARED, answer).score


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=3), st.text(max_size=80))
def test_any_key_point_text_is_accepted(claim: str, phrasings: list[str], answer: str) -> None:
    points = (KeyPoint("a", claim, phrasings, phrasings, [Reject(p, p) for p in phrasings]), KeyPoint("b", ""))
    check(score(answer, question=claim, key_points=points), answer, points)


@pytest.mark.parametrize("answer", ["", " ", "\n\t \r\n", "\u200b", "...", "🙂🙂", "\x00\x07"])
def test_an_answer_without_words_scores_zero_with_every_point_missing(answer: str) -> None:
    result = score_prepared(PREPARED, answer)
    assert result.score == 0
    assert {p.verdict for p in result.points} == {"missing"}


def test_no_key_points_and_no_weight_score_zero() -> None:
    assert score("anything at all", question=QUESTION, key_points=()).score == 0
    weightless = [KeyPoint(p.id, p.claim, p.accept, weight=0) for p in POINTS]
    assert score(POINTS[0].claim, question=QUESTION, key_points=weightless).score == 0


def test_role_is_echoed_and_json_has_the_names_of_the_contract() -> None:
    result = score(POINTS[0].claim, question=QUESTION, key_points=POINTS, role="managerial")
    data: dict[str, Any] = result.as_json()
    assert data["role"] == "managerial"
    assert set(data) == {"role", "score", "band", "pass", "points", "misconceptions", "flags", "next"}
    assert set(data["points"][0]) == {"id", "verdict", "credit", "confidence", "evidence", "matched"}


def test_the_claims_themselves_are_covered_and_quoted() -> None:
    answer = "\r\n".join(p.claim for p in POINTS)
    result = score_prepared(PREPARED, answer)
    assert [p.verdict for p in result.points] == ["covered"] * 3
    assert result.score == 100
    check(result, answer, POINTS)


def test_a_rejected_statement_is_contradicted_and_explained_first() -> None:
    answer = "The scaler may be fitted on all data. It shows performance on data the model has never seen."
    result = score_prepared(PREPARED, answer)
    assert {p.id: p.verdict for p in result.points} == {"unseen": "covered", "leak": "contradicted", "bonus": "missing"}
    (wrong,) = result.misconceptions
    assert (wrong.says, wrong.because) == ("the scaler may be fitted on all data", "That is leakage.")
    assert result.next.startswith("Put this right first")


def test_next_names_the_heaviest_missing_point() -> None:
    result = score_prepared(PREPARED, "I would talk to the stakeholders about their holidays.")
    assert POINTS[0].claim.rstrip(".") in result.next


def test_huge_answers_are_scored_in_bounded_work() -> None:
    answer = "The test set estimates how well the model does on unseen data, and so on. " * 4_000
    check(score_prepared(PREPARED, answer), answer, POINTS)
    for filler in ("a" * 200_000, "(" * 50_000, "ab, " * 50_000, "\n" * 100_000, "no wait, " * 20_000, '"' * 50_000):
        check(score_prepared(PREPARED, filler), filler, POINTS)


def test_support_tells_claim_from_rejected_statement() -> None:
    shares = support(PREPARED, "the scaler may be fitted on all data")[1]
    assert shares["reject[0]"] > shares["claim"]
    shares = support(PREPARED, "fit the scaler on the training part only")[1]
    assert shares["accept[0]"] > shares["reject[0]"]
