"""How two opinions are put side by side for the weighing, and the readings that it is fitted on."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.scoring.features import NAMES as FEATURES
from quizbot.scoring.train_weighing import read_readings
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
    good = {"question": "q", "answer": "a", "log_odds": {"p": [1, 0, -1, 0.5]}}
    file = tmp_path / "readings.jsonl"
    file.write_text(json.dumps(good) + "\n", encoding="utf-8")
    assert read_readings(file) == {("q", "a"): {"p": (1.0, 0.0, -1.0, 0.5)}}
    for bad in ('{"question": "q"}', "[]", "{", json.dumps({**good, "log_odds": {"p": [1, 2, 3]}})):
        file.write_text(json.dumps(good) + "\n" + bad + "\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"readings\.jsonl:2: not a reading"):
            read_readings(file)
