"""Whole answers to the learning-rate question: better answers outrank worse ones, as their authors graded them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from random import Random

import pytest

from quizbot.scoring import Prepared, Score, prepare, score_prepared
from quizbot.scoring.data import GradedAnswer, GradedQuestion, read_graded
from quizbot.scoring.report.changes import capitals, denial
from quizbot.scoring.report.junk import keywords
from quizbot.scoring.robust import Change, padded, shuffled

CONTENT = Path(__file__).parents[2] / "content" / "optimisation"


@lru_cache
def graded() -> tuple[GradedQuestion, dict[str, Prepared]]:
    (question,) = read_graded([CONTENT / "learning-rate.samples.yaml"])
    return question, {role: prepare(question.prompt, question.points_for(role)) for role in ("technical", "managerial")}


def scored(answer: GradedAnswer, text: str | None = None) -> Score:
    return score_prepared(graded()[1][answer.role], answer.text if text is None else text, answer.role)


def mean_score(prefix: tuple[str, ...]) -> float:
    values = [scored(a).score for a in graded()[0].answers if a.style.startswith(prefix)]
    assert values, f"no sample of style {prefix}"
    return sum(values) / len(values)


def test_strong_answers_outrank_partial_ones_and_those_outrank_wrong_ones() -> None:
    strong, partial = mean_score(("strong",)), mean_score(("partial", "half"))
    wrong = mean_score(("swapped", "definition_then_wrong"))
    assert strong > partial + 10
    assert partial > wrong + 10


def test_every_answer_graded_zero_scores_at_most_weak() -> None:
    for answer in graded()[0].answers:
        if answer.grade == 0:
            assert scored(answer).band == "weak", answer.id


def test_full_marks_are_at_least_solid() -> None:
    for answer in graded()[0].answers:
        if answer.grade == 10:
            assert scored(answer).passed, answer.id


def test_a_swapped_answer_names_its_misconceptions() -> None:
    (swapped,) = (a for a in graded()[0].answers if a.style == "swapped")
    gold = {point for point, verdict in swapped.gold.items() if verdict == "contradicted"}
    named = {m.point for m in scored(swapped).misconceptions}
    assert len(gold & named) >= 3
    assert all(m.says and m.because for m in scored(swapped).misconceptions)


def strong_answers() -> list[GradedAnswer]:
    return [a for a in graded()[0].answers if a.style.startswith("strong")]


def test_strong_answers_cannot_be_kept_by_denying_or_shuffling_and_stay_under_padding() -> None:
    """Over all strong answers together, as the targets are stated: one answer's score moves by whole key points."""
    question = graded()[0]
    strong = strong_answers()
    base = sum(scored(answer).score for answer in strong)

    def kept(change: Change) -> float:
        return sum(scored(answer, change(answer.text, question, Random(1))).score for answer in strong) / base

    assert base > 40 * len(strong)
    assert kept(denial("It is not true that")) <= 0.1
    assert kept(shuffled) <= 0.3
    assert abs(kept(padded) - 1) <= 0.2
    assert kept(capitals) >= 0.95
    for answer in strong:
        assert scored(answer, ", ".join(keywords(question))).score == 0


@pytest.mark.parametrize("name", ["learning-rate", "momentum", "adam-adamw", "lr-schedules"])
def test_the_samples_of_every_shipped_question_rank_as_graded(name: str) -> None:
    (question,) = read_graded([CONTENT / f"{name}.samples.yaml"])
    prepared = {role: prepare(question.prompt, question.points_for(role)) for role in ("technical", "managerial")}
    scores: dict[str, list[float]] = {"strong": [], "partial": [], "wrong": [], "empty": []}
    for answer in question.answers:
        group = answer.style.split("_")[0]
        group = "partial" if group == "half" else "wrong" if group in {"swapped", "definition"} else group
        group = "empty" if answer.style in {"keyword_list", "off_topic"} else group
        if group in scores:
            scores[group].append(score_prepared(prepared[answer.role], answer.text, answer.role).score)
    mean = {group: sum(values) / len(values) for group, values in scores.items()}
    assert mean["strong"] > mean["partial"] > max(mean["wrong"], mean["empty"])
    assert min(scores["strong"]) > max(scores["wrong"] + scores["empty"])
