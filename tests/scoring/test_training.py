"""The model file, its training and the measures: reproducible, and of the shape that scoring reads."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.scoring import boost, grammar, measures
from quizbot.scoring.compose import changed, compose
from quizbot.scoring.data import read_graded
from quizbot.scoring.evaluate import main as evaluate
from quizbot.scoring.features import NAMES
from quizbot.scoring.idf import Idf, idf_of, parse_idf
from quizbot.scoring.model import VERDICTS, Model, expected_credit, model_from, shipped_model, softmax
from quizbot.scoring.train import as_text, bank_of, rows_of, train_rows

CONTENT = Path(__file__).parents[2] / "content" / "optimisation"


def test_the_shipped_model_reads_the_features_that_scoring_computes() -> None:
    assert shipped_model().names == NAMES
    assert len(shipped_model().prior) == len(VERDICTS)


def test_no_feature_is_a_length() -> None:
    assert not [name for name in NAMES if "length" in name or "words_count" in name or "tokens" in name]


def test_training_twice_gives_the_same_bytes_and_python_agrees_with_numpy() -> None:
    questions = read_graded([CONTENT / "learning-rate.samples.yaml", CONTENT / "momentum.samples.yaml"])
    bank = bank_of(questions)
    rows = rows_of(questions, bank)
    everything = np.ones(len(rows.y), dtype=np.bool_)
    data = train_rows(rows, everything)
    text = as_text(data)
    assert text == as_text(train_rows(rows_of(questions, bank), everything))
    model = model_from(json.loads(text))
    expected = boost.predict(data, rows.x[:50])
    for row, logits in zip(rows.x[:50].tolist(), expected.tolist(), strict=True):
        assert model.logits(row) == pytest.approx(logits, abs=1e-9)


def test_boosting_learns_what_one_feature_decides() -> None:
    rows = np.array([[value / 100, 0.5] for value in range(100)])
    labels = np.array([0 if value < 50 else 2 for value in range(100)])
    data = boost.fit(rows, labels, boost.Settings(rounds=40, columns=1.0, smallest=1.0, ridge=1.0))
    assert (boost.predict(data, rows).argmax(1) == labels).all()


def test_a_tree_of_another_shape_is_refused() -> None:
    data = {"features": ["a"], "start": [0, 0, 0, 0], "temperature": 1.0, "prior": [1, 1, 1, 1]}
    with pytest.raises(ValueError, match="inner nodes"):
        model_from({**data, "trees": [{"feature": [0], "above": [0.5], "leaf": [[0, 0, 0, 0]] * 2}]})


def test_ties_go_to_missing() -> None:
    model = Model((), (0.0,) * 4, (), 1.0, (1.0,) * 4)
    assert model.decide(model.probabilities([])) == "missing"


@given(st.lists(st.floats(-50, 50), min_size=4, max_size=4))
def test_probabilities_sum_to_one_and_credit_stays_in_range(logits: list[float]) -> None:
    chances = softmax(logits)
    assert sum(chances) == pytest.approx(1, abs=1e-5)
    assert -0.5 <= expected_credit(chances) <= 1


@given(st.lists(st.text(alphabet="abc de", max_size=12), max_size=8))
def test_word_statistics_survive_their_file_and_leaving_all_out_leaves_nothing(texts: list[str]) -> None:
    bank = idf_of(texts)
    assert parse_idf(bank.as_text()).as_text() == bank.as_text()
    assert bank.without(texts).weight("abc") == Idf(0, {}).weight("abc")


def test_grammar_survives_its_file_and_prefers_english_order() -> None:
    table = grammar.shipped_grammar()
    assert grammar.parse(grammar.as_text(table)) == table
    assert table["of"]["the"] > 0 > table["the"].get("of", -1.5)


def test_composed_answers_take_their_phrasings_away_and_are_repeatable() -> None:
    (question,) = read_graded([CONTENT / "learning-rate.samples.yaml"])
    made = compose(question, 6, seed=3)
    assert made == compose(question, 6, seed=3)
    assert made != compose(question, 6, seed=4)
    assert {verdict for case in made for verdict in case.gold.values()} >= {"covered", "missing", "contradicted"}
    for case in made[1::2]:
        left = {says.lower() for p in case.points for says in (*p.accept, *p.partial, *(r.says for r in p.reject))}
        assert not any(says.rstrip(".") + "." in case.text.lower().split(". ") for says in left)


def test_denied_cases_turn_covered_into_contradicted() -> None:
    (question,) = read_graded([CONTENT / "learning-rate.samples.yaml"])
    turned = [gold for a in question.answers for text, gold in changed(question, a) if " true that " in text.lower()]
    assert all("covered" not in gold.values() for gold in turned)


def test_measures_on_cases_worked_by_hand() -> None:
    gold, given_labels = ["a", "a", "b", "b"], ["a", "b", "b", "b"]
    assert measures.accuracy(gold, given_labels) == 0.75
    assert measures.f1(gold, given_labels, "a") == pytest.approx(2 / 3)
    assert measures.f1(gold, given_labels, "b") == pytest.approx(4 / 5)
    assert measures.pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert measures.pearson([1, 1], [2, 3]) == 0
    assert measures.auc([0.9, 0.4], [0.4, 0.1]) == pytest.approx(0.875)
    assert measures.median([3, 1, 2, 10]) == 2.5
    assert measures.reliability([0.05, 0.95, 1.0], [False, True, True]) == [(0.0, 0.05, 0.0, 1), (0.9, 0.975, 1.0, 2)]


def test_evaluation_reports_and_refuses_a_wrong_call(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert evaluate([str(CONTENT / "learning-rate.samples.yaml"), "--method", "shipped-quick", "--misses", "3"]) == 0
    report = capsys.readouterr().out
    assert "macro-F1" in report
    assert "strong_paraphrase" in report
    assert evaluate([]) == 2
    assert evaluate([str(tmp_path / "none.yaml")]) == 2
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: x\nkey_points: [\nanswers: 1\n", encoding="utf-8")
    assert evaluate([str(broken)]) == 2
    assert "broken.yaml" in capsys.readouterr().err


def test_a_public_set_is_measured(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    row = {"question_id": "q", "question": "Why does ice float?", "key_points": ["Ice is less dense than water."]}
    rows = [
        {**row, "answer": "Ice is less dense than water", "score": 1.0},
        {**row, "answer": "My dog sleeps", "score": 0.0},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    assert evaluate(["--public", str(path)]) == 0
    assert "AUC 1.000" in capsys.readouterr().out
