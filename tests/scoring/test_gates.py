"""Gates: lists of terms, copies and other texts that are no answer, against terse notes that are one."""

from __future__ import annotations

import pytest

from quizbot.scoring import KeyPoint, prepare, score_prepared

POINTS = (
    KeyPoint("trade", "Precision counts how many flagged cases are right, recall how many real cases are found."),
    KeyPoint("threshold", "Raising the threshold usually raises precision and lowers recall."),
)
QUESTION = "What is the trade-off between precision and recall?"
PREPARED = prepare(QUESTION, POINTS)


def flags(answer: str) -> tuple[str, ...]:
    return score_prepared(PREPARED, answer).flags


@pytest.mark.parametrize(
    "answer",
    [
        "precision, recall, threshold, flagged cases, real cases, F1, trade-off, ROC, AUC",
        "Precision. Recall. Threshold. F1. Flagged. Found. Cases. ROC curve.",
        "precision / recall / threshold / F1 score / flagged cases / ROC / AUC",
        "- precision\n- recall\n- threshold\n- flagged cases\n- real cases\n- F1\n",
        "precision recall threshold flagged right real cases found raising lowers usually trade-off",
    ],
)
def test_lists_of_terms_earn_nothing(answer: str) -> None:
    result = score_prepared(PREPARED, answer)
    assert "keyword-list" in result.flags
    assert result.score == 0
    assert {p.verdict for p in result.points} == {"missing"}


@pytest.mark.parametrize(
    "answer",
    [
        "P = TP/(TP+FP), R = TP/(TP+FN). threshold up -> P up, R down. pick by cost.",
        "- P: share of flagged that are right\n- R: share of real ones found\n- higher threshold: P up, R down",
        "thr ↑ → precision ↑, recall ↓ (usually); F1 = harmonic mean, so both must be OK",
        "precision: of the flagged ones, how many are right; recall: of the real ones, how many were found",
        "y_hat = (p >= t); as t grows fewer cases are flagged, so recall falls",
        "High threshold: few false alarms, many misses. Low threshold: the reverse.",
    ],
)
def test_terse_notes_bullets_and_code_are_no_lists(answer: str) -> None:
    assert "keyword-list" not in flags(answer)


def test_words_in_random_order_earn_nothing() -> None:
    salad = (
        "of the real how threshold right cases and raising many the are recall the found usually is precision flagged that "
        "a counts lowers it of to and the in which so an is we the then if of on by what"
    )
    assert score_prepared(PREPARED, salad).score == 0


@pytest.mark.parametrize(
    "answer", [QUESTION, "The trade-off between precision and recall", "So the trade-off of recall and precision..."]
)
def test_copies_of_the_question_earn_nothing(answer: str) -> None:
    result = score_prepared(PREPARED, answer)
    assert "copies-question" in result.flags
    assert result.score == 0


@pytest.mark.parametrize(
    ("answer", "foreign"),
    [
        ("Die Genauigkeit sagt, wie viele der markierten Fälle richtig sind, und nicht wie viele wir finden.", True),
        ("La précision est la part des cas signalés qui sont corrects, et le rappel des cas trouvés.", True),
        ("Точность показывает, сколько найденных случаев верны, а полнота сколько мы нашли.", True),
        ("Precision is the share of flagged cases that are right.", False),
        ("The doors die as we per come", False),
    ],
)
def test_other_languages_are_flagged(answer: str, foreign: bool) -> None:
    assert ("other-language" in flags(answer)) == foreign


def test_text_about_something_else_is_off_topic() -> None:
    result = score_prepared(PREPARED, "My bicycle needs a new chain, and on Sunday we bake bread with my grandmother.")
    assert "off-topic" in result.flags
    assert result.score == 0


@pytest.mark.parametrize("answer", ["I don't know.", "asdf qwer zxcv uiop hjkl", "???", "no idea, sorry"])
def test_nothing_said_scores_nothing(answer: str) -> None:
    assert score_prepared(PREPARED, answer).score == 0
