"""Graded answers as files: beside their question, ahead of it, and as whole files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizbot.scoring import train
from quizbot.scoring.data import GradedQuestion, read_graded
from quizbot.scoring.idf import Idf
from tests.helpers import AHEAD, QUESTION, SAMPLES, changed

NAMES = ["unseen", "optimistic", "leakage", "money"]


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        Path(folder, name.replace("_", ".") + ".yaml").write_text(text, encoding="utf-8")
    return folder


def only(folder: Path) -> GradedQuestion:
    (question,) = read_graded([folder])
    return question


def test_answers_beside_their_question_take_its_key_points(tmp_path: Path) -> None:
    question = only(write(tmp_path, small=QUESTION, small_samples=SAMPLES))
    assert question.prompt == "Why are models checked on data they were not fitted to?"
    assert [point.id for point in question.points] == NAMES
    assert [point.weight for point in question.points_for("managerial")] == [2, 0, 0, 3]
    assert [answer.id for answer in question.answers] == ["small-01", "small-02", "small-03", "small-04"]


def test_answers_ahead_of_their_question_bring_prompt_and_key_points(tmp_path: Path) -> None:
    question = only(write(tmp_path, small_samples=AHEAD))
    assert (question.id, question.prompt) == ("small", "What is a test set good for?")
    assert [point.id for point in question.points] == NAMES
    assert question.points[0].reject[0].because == "Then it is training data."
    assert len(question.answers) == 4


def test_aliases_of_the_question_come_along(tmp_path: Path) -> None:
    source = changed("variants:\n", "aliases:\n  - {term: test set, also: [holdout, held-out rows]}\nvariants:\n")
    question = only(write(tmp_path, small=source, small_samples=SAMPLES))
    assert question.aliases == (("test set", ("holdout", "held-out rows")),)


def test_once_the_question_is_there_its_key_points_count(tmp_path: Path) -> None:
    written = changed("claim: A test set measures", "claim: A held-out set measures")
    question = only(write(tmp_path, small=written, small_samples=AHEAD))
    assert question.points[0].claim == "A held-out set measures the error on unseen cases."


def test_a_whole_file_of_its_own_is_read_too(tmp_path: Path) -> None:
    question = only(write(tmp_path, small=changed("schema: quizbot/samples@1\n", "", AHEAD)))
    assert (len(question.points), len(question.answers)) == (4, 4)


def test_further_answers_are_added_wherever_the_question_lies(tmp_path: Path) -> None:
    more = SAMPLES.replace("- id: small-0", "- id: small-m0")
    write(tmp_path / "a", small_samples=more)
    write(tmp_path / "b", small_samples=AHEAD)
    assert [answer.id[-3:] for answer in only(tmp_path).answers] == [
        "-01",
        "-02",
        "-03",
        "-04",
        "m01",
        "m02",
        "m03",
        "m04",
    ]


def test_further_answers_to_no_question_are_left_out(tmp_path: Path) -> None:
    assert read_graded([write(tmp_path, small_samples=SAMPLES)]) == []


def test_a_file_of_another_form_is_named(tmp_path: Path) -> None:
    write(tmp_path, small_samples=changed("  grade: 9\n", "", AHEAD))
    with pytest.raises(ValueError, match=r"small\.samples\.yaml: not a file of graded answers: 'grade'"):
        read_graded([tmp_path])


# Leaving questions out of training


def three(folder: Path) -> Path:
    """Three questions that differ in nothing but their names."""
    return write(
        folder,
        **{f"{name}_samples": changed("id: small\n", f"id: {name}\n", AHEAD) for name in ("one", "two", "three")},
    )


def test_a_question_left_out_is_not_trained_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Enough(Exception):  # noqa: N818
        """Raised before the training itself, which takes long and is tested elsewhere."""

    trained: list[list[str]] = []

    def remember(questions: list[GradedQuestion], bank: Idf) -> None:
        trained.append([question.id for question in questions])
        assert bank.documents == sum(len(question.points) + len(question.answers) for question in questions)
        raise Enough

    monkeypatch.setattr(train, "rows_of", remember)
    monkeypatch.setattr(train, "_PACKAGE", tmp_path)
    folder = str(three(tmp_path / "graded"))
    for options in (["--leave-out", "two"], []):
        with pytest.raises(Enough):
            train.main([folder, *options])
    assert trained == [["one", "three"], ["one", "three", "two"]]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--leave-out", "tow"], "no graded answers to leave out: tow"),
        (["--leave-out", "one", "--leave-out", "two"], "at least two questions"),
    ],
)
def test_a_wrong_call_writes_nothing(
    options: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train, "_PACKAGE", tmp_path)
    assert train.main([str(three(tmp_path / "graded")), *options]) == 2
    assert told in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["graded"]
