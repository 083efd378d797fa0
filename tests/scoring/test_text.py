"""Clauses, tokens and stems, on sentences written for these tests."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizbot.scoring.stem import stem
from quizbot.scoring.text import clauses, fold, stems, tokens


def spans(text: str) -> list[str]:
    return [text[clause.start : clause.end] for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The loss falls. Then it rises!", ["The loss falls", "Then it rises"]),
        (
            "We use Adam, e.g. with 0.001, because it is robust.",
            ["We use Adam", "e.g. with 0.001", "because it is robust"],
        ),
        ("It is fast but it needs memory", ["It is fast", "but it needs memory"]),
        ("- split first\n- scale later\n", ["split first", "scale later"]),
        ("1) split first\r\n2) scale later", ["split first", "scale later"]),
        ("w -= lr * grad; repeat", ["w -= lr * grad", "repeat"]),
        ("gain is 1/(1-b) here", ["gain is 1/(1-b) here"]),
        ("import torch.nn as nn", ["import torch.nn as nn"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_clauses_are_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


def test_a_hard_wrapped_line_stays_one_sentence() -> None:
    text = "The gradient points uphill and therefore every single step goes the\nother way, downhill."
    assert len({clause.sentence for clause in clauses(text)}) == 1


def test_contractions_open_a_negation() -> None:
    found = [(t.norm, t.negator) for t in tokens("It doesn't and can’t help")]
    assert [norm for norm, negator in found if negator] == ["not", "not"]
    assert "can" in [norm for norm, _ in found]


def test_offsets_survive_emoji_accents_and_line_ends() -> None:
    text = "🙂 cafe\u0301 na\u00efve\r\nη²"
    assert [text[t.start : t.end] for t in tokens(text)] == ["cafe\u0301", "na\u00efve", "η²"]
    assert [t.norm for t in tokens(text)] == ["cafe", "naive", "eta2"]


def test_camel_case_and_snake_case_fall_into_words() -> None:
    found = [t.norm for t in tokens("CosineAnnealingLR num_warmup_steps")]
    assert found == ["cosine", "annealing", "lr", "num", "warmup", "steps"]


@given(st.text())
def test_offsets_always_lie_inside_the_text_and_in_order(text: str) -> None:
    last = 0
    for clause in clauses(text):
        assert last <= clause.start < clause.end <= len(text)
        last = clause.end
        for token in clause.tokens:
            assert clause.start <= token.start < token.end <= clause.end


@example("𝝖")
@example("ﬃ")
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "family",
    [
        "oscillate oscillates oscillating oscillation",
        "optimise optimize optimiser optimizer optimisation optimized",
        "regularise regularisation regularization",
        "converge converges convergence converging",
        "stable stability",
        "classify classifier classification",
        "big bigger biggest",
        "noise noisy",
        "predict predictions predicted",
        "fall fell fallen falls",
        "step stepping stepped",
        "colour color",
    ],
)
def test_forms_of_one_word_share_a_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["variance vary", "general generate", "overfit underfit", "loss less", "precision precise", "bias base"]
)
def test_terms_that_differ_keep_different_stems(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_stems_are_of_content_words_only() -> None:
    assert stems("The steps of the optimiser are not large") == [stem("step"), stem("optimiser"), stem("large")]
