"""Graded answers in the plain form."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizbot.scoring import KeyPoint, Reject
from quizbot.scoring.data import read_graded
from quizbot.scoring.plain import read_plain

TEXT = """\
# A comment: nothing is read of it
Q: Why is a test set kept apart?
K unseen: It shows the error on new data.
+ how well it does on fresh cases
- it is there to fit the weights
K once: It is used once.

A unseen=covered once=partial: For new cases, and not too often: that spoils it.
A unseen=contradicted: To fit the weights on it.
A: I have no idea.
Q: What is a leak?
K leak: Test rows reach training.
A leak=covered: Rows of the test are known = seen.
"""


def write(folder: Path, text: str = TEXT) -> Path:
    file = folder / "some.answers"
    file.write_text(text, encoding="utf-8")
    return file


def test_questions_points_and_answers_are_read(tmp_path: Path) -> None:
    first, second = read_plain(write(tmp_path))
    assert (first.id, first.prompt) == ("some-1", "Why is a test set kept apart?")
    assert first.points == (
        KeyPoint("unseen", "It shows the error on new data.", ("how well it does on fresh cases",), (),
                 (Reject("it is there to fit the weights"),)),
        KeyPoint("once", "It is used once."),
    )  # fmt: skip
    assert [answer.gold for answer in first.answers] == [
        {"unseen": "covered", "once": "partial"},
        {"unseen": "contradicted", "once": "missing"},
        {"unseen": "missing", "once": "missing"},
    ]
    assert first.answers[0].text == "For new cases, and not too often: that spoils it."
    assert second.answers[0].text == "Rows of the test are known = seen."
    assert len({answer.id for question in (first, second) for answer in question.answers}) == 4


def test_the_grade_is_what_the_verdicts_give(tmp_path: Path) -> None:
    first, _ = read_plain(write(tmp_path))
    # (1 + 0.5) / 2, (-0.5 + 0) / 2 but not below zero, and nothing, of ten.
    assert [answer.grade for answer in first.answers] == [7.5, 0.0, 0.0]


def test_a_folder_may_hold_both_forms(tmp_path: Path) -> None:
    write(tmp_path)
    assert [question.id for question in read_graded([tmp_path])] == ["some-1", "some-2"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("A missing-point=covered: text", "there is no key point 'missing-point'"),
        ("A leak=perhaps: text", "perhaps"),
        ("B: text", "it begins with none of"),
        ("A leak=covered text", "it begins with none of"),
    ],
)
def test_a_line_of_another_form_is_named(line: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"some\.answers:14: not a line of graded answers: ") as caught:
        read_plain(write(tmp_path, TEXT + line + "\n"))
    assert told in str(caught.value)


def test_an_answer_before_any_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"some\.answers:1: "):
        read_plain(write(tmp_path, "A: text\n"))
