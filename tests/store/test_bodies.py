from __future__ import annotations

import copy
import math
from typing import Any

import pytest

from quizbot.scoring import types as scoring
from quizbot.store import KINDS, InvalidRecordError
from quizbot.store.bodies import ROLES, VERDICTS, check_body
from tests.store.samples import assessment, attempt, prediction

GOOD: dict[str, dict[str, Any]] = {
    "attempt": dict(attempt()),
    "self_assessment": dict(assessment("u-1")),
    "demo_prediction": dict(prediction()),
}


def changed(kind: str, path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    body = copy.deepcopy(GOOD[kind])
    place: Any = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return body


def test_every_kind_has_an_example_that_passes() -> None:
    assert set(GOOD) == set(KINDS)
    for kind, body in GOOD.items():
        check_body(kind, body)


def test_the_words_are_those_of_the_scorer() -> None:
    assert set(VERDICTS) == set(scoring.VALUES)
    assert ROLES == ("technical", "managerial")


def test_a_score_fits_into_an_attempt_as_the_scorer_gives_it() -> None:
    evidence = (scoring.Evidence(0, 2, "It"),)
    score = scoring.Score(
        role="technical",
        score=50.0,
        band="developing",
        passed=False,
        points=(scoring.PointVerdict("too-high", "partial", 0.5, 0.7, evidence, "partial[0]"),),
        misconceptions=(scoring.Misconception("adaptive", "says", "because", evidence),),
        flags=("unsure",),
        next="",
    )
    data = score.as_json()
    body = dict(attempt()) | {key: data[key] for key in ("score", "band", "points", "misconceptions", "flags")}
    check_body("attempt", body | {"passed": data["pass"]})


@pytest.mark.parametrize("kind", list(GOOD))
def test_each_key_is_required_and_others_are_refused(kind: str) -> None:
    for key in GOOD[kind]:
        body = {name: value for name, value in GOOD[kind].items() if name != key}
        with pytest.raises(InvalidRecordError, match=rf"^{kind}: missing {key}\.$"):
            check_body(kind, body)
    with pytest.raises(InvalidRecordError, match="unknown tpyo"):
        check_body(kind, GOOD[kind] | {"tpyo": 1})


@pytest.mark.parametrize(
    ("kind", "path", "value", "where"),
    [
        ("attempt", ("score",), math.nan, "attempt.score"),
        ("attempt", ("score",), math.inf, "attempt.score"),
        ("attempt", ("score",), 100.1, "attempt.score"),
        ("attempt", ("score",), True, "attempt.score"),
        ("attempt", ("score",), "64", "attempt.score"),
        ("attempt", ("score",), 10**400, "attempt.score"),
        ("attempt", ("seconds",), -1, "attempt.seconds"),
        ("attempt", ("passed",), 1, "attempt.passed"),
        ("attempt", ("answer",), None, "attempt.answer"),
        ("attempt", ("question",), "", "attempt.question"),
        ("attempt", ("question",), "a\ud800", "attempt.question"),
        ("attempt", ("question",), "q" * 201, "attempt.question"),
        ("attempt", ("role",), "manager", "attempt.role"),
        ("attempt", ("role",), [], "attempt.role"),
        ("attempt", ("band",), "good", "attempt.band"),
        ("attempt", ("mode",), "gui", "attempt.mode"),
        ("attempt", ("flags",), "unsure", "attempt.flags"),
        ("attempt", ("flags", 0), 3, "attempt.flags[0]"),
        ("attempt", ("points",), {}, "attempt.points"),
        ("attempt", ("points", 1), "x", "attempt.points[1]"),
        ("attempt", ("points", 1, "verdict"), "wrong", "attempt.points[1].verdict"),
        ("attempt", ("points", 0, "credit"), math.nan, "attempt.points[0].credit"),
        ("attempt", ("points", 0, "credit"), -0.6, "attempt.points[0].credit"),
        ("attempt", ("points", 0, "confidence"), 1.1, "attempt.points[0].confidence"),
        ("attempt", ("points", 0, "evidence", 0, "start"), -1, "attempt.points[0].evidence[0].start"),
        ("attempt", ("points", 0, "evidence", 0, "end"), 1.5, "attempt.points[0].evidence[0].end"),
        ("attempt", ("misconceptions", 0, "says"), None, "attempt.misconceptions[0].says"),
        ("self_assessment", ("attempt",), "", "self_assessment.attempt"),
        ("self_assessment", ("points", 0, "own"), None, "self_assessment.points[0].own"),
        ("self_assessment", ("points", 0, "reason"), None, "self_assessment.points[0].reason"),
        ("demo_prediction", ("params",), [], "demo_prediction.params"),
        ("demo_prediction", ("params", "rates", 1), math.inf, "demo_prediction.params.rates[1]"),
        ("demo_prediction", ("params", "steps"), {1, 2}, "demo_prediction.params.steps"),
        ("demo_prediction", ("params", 3), 1, "demo_prediction.params"),
        ("demo_prediction", ("correct",), None, "demo_prediction.correct"),
    ],
)
def test_the_message_says_where(kind: str, path: tuple[str | int, ...], value: object, where: str) -> None:
    with pytest.raises(InvalidRecordError) as caught:
        check_body(kind, changed(kind, path, value))
    assert str(caught.value).startswith(f"{where}:")


def test_the_message_does_not_repeat_a_long_text() -> None:
    with pytest.raises(InvalidRecordError) as caught:
        check_body("attempt", changed("attempt", ("score",), "private " * 50))
    assert "private" not in str(caught.value)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InvalidRecordError, match="'rating'"):
        check_body("rating", {})
