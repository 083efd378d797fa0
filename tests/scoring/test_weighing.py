"""How two opinions are put side by side for the weighing, and the readings that it is fitted on."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.scoring.compose import changed
from quizbot.scoring.data import GradedAnswer, GradedQuestion
from quizbot.scoring.features import NAMES as FEATURES
from quizbot.scoring.train_weighing import BARE, WHOLE, Readings, changed_name, read_cases, read_readings
from quizbot.scoring.types import KeyPoint
from quizbot.scoring.weigh import NAMES, row_of, shipped_weighing

odds = st.floats(-40, 40)


def test_a_row_holds_the_features_and_both_opinions_as_log_probabilities() -> None:
    features = [0.5] * len(FEATURES)
    row = row_of(features, [0.1, 0.2, 0.6, 0.1], [3.0, 3.0, 3.0 + math.log(2), 3.0 + math.log(4)])
    assert len(row) == len(NAMES)
    assert row[: len(FEATURES)] == features
    assert row[-8:-4] == pytest.approx([math.log(p + 0.001) for p in (0.1, 0.2, 0.6, 0.1)], abs=1e-4)
    assert row[-4:] == pytest.approx([math.log(p) for p in (1 / 8, 1 / 8, 2 / 8, 4 / 8)], abs=1e-4)


@given(st.lists(odds, min_size=4, max_size=4), st.floats(-20, 20))
def test_only_differences_of_log_odds_count_and_extremes_stay_finite(log_odds: list[float], shift: float) -> None:
    row = row_of([], [1.0, 0.0, 0.0, 0.0], log_odds)
    assert all(math.isfinite(value) for value in row)
    assert row_of([], [1.0, 0.0, 0.0, 0.0], [value + shift for value in log_odds]) == pytest.approx(row, abs=2e-4)


def test_the_shipped_weighing_reads_these_names_and_listens_to_the_reader() -> None:
    model = shipped_weighing()
    assert model.names == NAMES
    used = {feature for tree in model.trees for feature in tree[:14:2]}
    assert used & set(range(len(FEATURES) + 4, len(NAMES)))


def test_readings_are_checked_line_by_line(tmp_path: Path) -> None:
    good = {"question": "q", "answer": "a", "shape": "whole", "log_odds": {"p": [1, 0, -1, 0.5]}}
    file = tmp_path / "readings.jsonl"
    file.write_text(json.dumps(good) + "\n", encoding="utf-8")
    assert read_readings(file) == Readings({("q", "whole", "a"): {"p": (1.0, 0.0, -1.0, 0.5)}})
    file.write_text(json.dumps({**good, "older": True}) + "\n", encoding="utf-8")
    assert read_readings(file).older == {("q", "whole", "a")}
    for bad in ('{"question": "q"}', "[]", "{", json.dumps({**good, "log_odds": {"p": [1, 2, 3]}})):
        file.write_text(json.dumps(good) + "\n" + bad + "\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"readings\.jsonl:2: not a reading"):
            read_readings(file)


def question_of(count: int) -> GradedQuestion:
    points = (KeyPoint("a", "One claim.", ("another wording",)), KeyPoint("b", "A second one."))
    answers = tuple(
        GradedAnswer(
            f"q-{n}", f"The claim number {n} is right.", "", "technical", {"a": "covered", "b": "missing"}, 5.0
        )
        for n in range(count)
    )
    return GradedQuestion("q", "What?", points, {}, answers)


def test_answers_are_read_as_they_are_as_training_changes_them_and_against_claims_alone() -> None:
    question = question_of(40)
    (whole, points, texts), (bare, claims, some) = read_cases(question)
    assert (whole, bare) == (WHOLE, BARE)
    assert points == question.points
    assert claims == [KeyPoint("a", "One claim."), KeyPoint("b", "A second one.")]
    own = {answer.id: answer.text for answer in question.answers}
    assert {name: text for name, text in texts.items() if name in own} == own
    made = {
        changed_name(answer.id, number): text
        for answer in question.answers
        for number, (text, _) in enumerate(changed(question, answer))
    }
    others = {name: text for name, text in texts.items() if name not in own}
    assert others.items() <= made.items()
    assert 0 < len(others) < len(made)
    assert some.items() <= own.items()
    assert 0 < len(some) < len(own)
    assert list(read_cases(question)) == list(read_cases(question_of(40)))
