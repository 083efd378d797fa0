"""Negation, refutation, self-correction and stance, on sentences written for these tests."""

from __future__ import annotations

import pytest

from quizbot.scoring.polarity import firmness, ignorance, mark
from quizbot.scoring.text import Clause, clauses


def marked(text: str) -> list[Clause]:
    found = clauses(text)
    mark(text, found)
    return found


def negated(text: str) -> set[str]:
    return {token.norm for clause in marked(text) for token in clause.tokens if token.negated}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dropout is not used in production", {"used", "production"}),
        ("it never converges", {"converges"}),
        ("it does not overfit but memorises", {"overfit"}),
        ("it is not only fast", set()),
        ("we use the median instead of the mean", {"mean"}),
        ("No, the median is robust", set()),
        ("Not really, the median is robust", set()),
        ("it isn't without cost", set()),
        ("neither precision nor recall", {"precision", "recall"}),
        ("the loss fails to decrease", {"decrease"}),
        ("the median is robust", set()),
    ],
)
def test_negation_reaches_as_far_as_its_clause(text: str, expected: set[str]) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "refuted"),
    [
        ("People say trees need scaling. That's wrong, they don't care.", "trees need scaling"),
        ('"More data always helps" is a myth.', "More data always helps"),
        ("It is not true that accuracy is enough.", "accuracy is enough"),
        ("Some believe that a p-value is a probability of truth, which is false.", "a p-value"),
        ("You often hear that trees need scaling. Not really, a split looks at order only.", "trees need scaling"),
    ],
)
def test_a_statement_made_only_to_be_refuted_is_turned_round(text: str, refuted: str) -> None:
    turned = " | ".join(text[c.start : c.end] for c in marked(text) if c.polarity < 0)
    assert refuted in turned


@pytest.mark.parametrize(
    "text",
    [
        "People use trees often. They need no scaling.",
        "We call this “stratified” sampling, it keeps the shares.",
        "That is right.",
    ],
)
def test_plain_statements_are_left_alone(text: str) -> None:
    assert all(clause.polarity > 0 and clause.weight > 0 for clause in marked(text))


@pytest.mark.parametrize(
    ("text", "retracted", "kept"),
    [
        (
            "Type one errors miss an effect, no wait, they are false alarms.",
            "Type one errors miss an effect",
            "false alarms",
        ),
        (
            "Recall is about predicted positives. Scratch that, it is about actual positives.",
            "predicted positives",
            "actual",
        ),
        ("Ridge sets weights to zero, sorry, lasso does.", "Ridge sets weights to zero", "lasso"),
    ],
)
def test_what_the_speaker_takes_back_does_not_count(text: str, retracted: str, kept: str) -> None:
    found = marked(text)
    assert retracted in " | ".join(text[c.start : c.end] for c in found if c.weight == 0)
    assert kept in " | ".join(text[c.start : c.end] for c in found if c.weight > 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [("it always works", 1.0), ("it often works", -1.0), ("it does not always work", -1.0), ("it works", 0.0)],
)
def test_firmness_tells_absolutes_from_reservations(text: str, value: float) -> None:
    assert firmness(marked(text)[0].tokens) == value


def test_admitted_ignorance_is_counted() -> None:
    assert ignorance("I don't really know. No idea, I forgot the rest.") == 3
    assert ignorance("I know that well.") == 0
