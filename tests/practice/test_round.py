"""One question answered: prompt, weights, draft, record and self-assessment, in memory and on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.content.bank import content_version
from quizbot.content.loader import parse_question
from quizbot.content.records import Question, Role, VerdictName
from quizbot.practice.feedback import ordered_points, points_in_order
from quizbot.practice.round import Round
from quizbot.practice.scored import (
    aliases_for,
    key_points_for,
    model_answer_for,
    prepare_question,
    prompt_for,
    score_answer,
)
from quizbot.scoring.types import SCORER_VERSION
from quizbot.store import Store, StoreError, resolve
from tests.helpers import QUESTION, changed

SMALL = parse_question(QUESTION.encode(), "small.yaml")
ANSWER = "It shows how the model does on fresh data.\r\n\tFitting flatters itself 🙂\n"
VERDICTS: list[VerdictName] = ["covered", "partial", "missing", "contradicted"]
VALUES = {"covered": 1.0, "partial": 0.5, "missing": 0.0, "contradicted": -0.5}


def round_of(store: Store, role: Role | None = "technical", question: Question = SMALL) -> Round:
    return Round(question, role, store, "plain")


def body(store: Store, kind: str) -> Any:
    (event,) = store.events.read(kind=kind)
    return event.body


# Roles


def test_aliases_of_the_question_reach_the_scorer() -> None:
    source = changed("variants:\n", "aliases:\n  - {term: test set, also: [zorp, held back]}\nvariants:\n")
    question = parse_question(source.encode(), "small.yaml")
    assert aliases_for(question) == (("test set", ("zorp", "held back")),)
    assert prepare_question(question, "technical").aliases.written_out("Zorps, held back") == "test set, test set"
    assert prepare_question(SMALL, "technical").aliases.written_out("Zorps, held back") == "Zorps, held back"


def test_the_role_decides_prompt_weights_and_model_answer() -> None:
    variant = SMALL["variants"]["managerial"]
    assert prompt_for(SMALL, "managerial") == variant["prompt"]
    assert model_answer_for(SMALL, "managerial") == variant["answer"]
    assert [point.weight for point in key_points_for(SMALL, "technical")] == [3, 2, 2, 0]
    assert [point.weight for point in key_points_for(SMALL, "managerial")] == [2, 0, 0, 3]


def test_a_role_without_a_variant_gets_the_title_and_the_general_answer() -> None:
    start, end = QUESTION.index("  managerial:\n    prompt"), QUESTION.index("quiz:\n")
    question = parse_question((QUESTION[:start] + QUESTION[end:]).encode(), "small.yaml")
    assert prompt_for(question, "managerial") == question["title"]
    assert model_answer_for(question, "managerial") == question["answer"]["model_answer"]


def test_the_first_role_is_asked_unless_another_is_chosen() -> None:
    question = parse_question(changed("[technical, managerial]", "[managerial, technical]").encode(), "small.yaml")
    with Store.in_memory() as store:
        assert round_of(store, None, question).role == "managerial"
        assert round_of(store, "technical", question).role == "technical"


def test_a_question_that_was_begun_goes_on_in_the_role_it_was_begun_for() -> None:
    with Store.in_memory() as store:
        round_of(store, "managerial").save_draft("I would ask for", 15, 4.0)
        assert round_of(store, None).role == "managerial"
        assert round_of(store, "technical").role == "technical"


# Drafts and records


@pytest.mark.parametrize("where", ["memory", "disk"])
def test_a_round_from_draft_to_self_assessment(where: str, tmp_path: Path) -> None:
    paths = resolve({"QUIZBOT_HOME": str(tmp_path)})
    with Store.in_memory() if where == "memory" else Store.open(paths) as store:
        this = round_of(store)
        assert this.draft() is None
        this.save_draft("It sho", 6, 3.5)
        draft = this.draft()
        assert draft is not None
        assert (draft.text, draft.caret, draft.elapsed) == ("It sho", 6, 3.5)
        assert round_of(store, "managerial").draft() is None

        score = this.score(ANSWER)
        attempt = this.record(ANSWER, score, 61.26)
        assert this.draft() is None
        written = body(store, "attempt")
        assert written["answer"] == ANSWER
        assert written["question"] == "small"
        assert written["role"] == "technical"
        assert written["prompt"] == prompt_for(SMALL, "technical")
        assert written["score"] == score.score
        assert written["passed"] == score.passed
        assert written["seconds"] == 61.3
        assert written["mode"] == "plain"
        assert written["scorer_version"] == SCORER_VERSION
        assert written["content_version"] == content_version(SMALL)
        assert [point["id"] for point in written["points"]] == [point["id"] for point in SMALL["key_points"]]
        for point in written["points"]:
            for part in point["evidence"]:
                assert ANSWER[part["start"] : part["end"]] == part["text"]

        own = this.assess(attempt, {"unseen": "covered", "money": "contradicted"})
        judged = body(store, "self_assessment")
        assert judged["attempt"] == attempt.uuid
        assert judged["score"] == own
        automatic = {verdict.id: verdict.verdict for verdict in score.points}
        assert {point["id"]: point["automatic"] for point in judged["points"]} == automatic
        expected = {**automatic, "unseen": "covered", "money": "contradicted"}
        assert {point["id"]: point["own"] for point in judged["points"]} == expected
        assert store.last_attempts()["small"].attempts == 1

    if where == "disk":
        with Store.open(paths) as again:
            assert body(again, "attempt")["answer"] == ANSWER


def test_an_emptied_answer_takes_its_draft_with_it() -> None:
    with Store.in_memory() as store:
        this = round_of(store)
        this.save_draft("words", 5, 1.0)
        this.save_draft("", 0, 2.0)
        assert this.draft() is None


def test_an_attempt_can_leave_the_draft_alone() -> None:
    with Store.in_memory() as store:
        this = round_of(store)
        this.save_draft("half an answer", 3, 1.0)
        this.record("another answer", this.score("another answer"), 1.0, discard_draft=False)
        draft = this.draft()
        assert draft is not None
        assert draft.text == "half an answer"


def test_a_draft_is_kept_when_the_attempt_cannot_be_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(resolve({"QUIZBOT_HOME": str(tmp_path)})) as store:
        this = round_of(store)
        this.save_draft(ANSWER, 0, 1.0)
        score = this.score(ANSWER)

        def refuse(*_: object, **__: object) -> object:
            raise StoreError("the disk is full")

        monkeypatch.setattr(store.events, "append", refuse)
        with pytest.raises(StoreError, match="the disk is full"):
            this.record(ANSWER, score, 1.0)
        monkeypatch.undo()
        draft = this.draft()
        assert draft is not None
        assert draft.text == ANSWER
        assert list(store.attempts()) == []


@pytest.mark.parametrize("answer", ["", "  \n", "\ud800 high", "\0", "x" * 100_000, "é" + "e\u0301" * 50])
def test_any_answer_can_be_scored_and_recorded(answer: str) -> None:
    with Store.in_memory() as store:
        this = round_of(store)
        this.save_draft(answer, 0, 0.0)
        this.record(answer, this.score(answer), -5.0)
        written = body(store, "attempt")
        assert written["answer"] == answer
        assert written["seconds"] == 0.0


# Scores


@pytest.mark.parametrize(
    ("role", "verdicts", "expected"),
    [
        # technical weights 3, 2, 2, 0; managerial weights 2, 0, 0, 3
        ("technical", ["covered", "covered", "covered", "missing"], 100.0),
        ("technical", ["covered", "missing", "missing", "covered"], 42.9),  # 3 / 7
        ("technical", ["partial", "covered", "contradicted", "covered"], 35.7),  # (1.5 + 2 - 1) / 7
        ("technical", ["contradicted", "contradicted", "missing", "covered"], 0.0),
        ("managerial", ["partial", "contradicted", "contradicted", "covered"], 80.0),  # (1 + 3) / 5
        ("managerial", ["covered", "covered", "covered", "contradicted"], 10.0),  # (2 - 1.5) / 5
    ],
)
def test_own_score_by_hand(role: Role, verdicts: list[VerdictName], expected: float) -> None:
    with Store.in_memory() as store:
        own = dict(zip([point["id"] for point in SMALL["key_points"]], verdicts, strict=True))
        assert round_of(store, role).own_score(own) == expected


@given(st.lists(st.sampled_from(VERDICTS), min_size=4, max_size=4), st.sampled_from(["technical", "managerial"]))
def test_own_score_is_the_formula(verdicts: list[VerdictName], role: Role) -> None:
    weights = {"technical": [3, 2, 2, 0], "managerial": [2, 0, 0, 3]}[role]
    total = sum(weight * VALUES[verdict] for weight, verdict in zip(weights, verdicts, strict=True))
    own = dict(zip([point["id"] for point in SMALL["key_points"]], verdicts, strict=True))
    with Store.in_memory() as store:
        assert round_of(store, role).own_score(own) == pytest.approx(100 * max(0.0, total / sum(weights)), abs=0.05001)


def test_without_any_weight_the_score_is_nothing() -> None:
    source = QUESTION.replace("managerial: 2}", "managerial: 0}").replace("{managerial: 3}", "{managerial: 0}")
    question = parse_question(source.encode(), "small.yaml")
    own: dict[str, VerdictName] = {point["id"]: "covered" for point in question["key_points"]}
    with Store.in_memory() as store:
        assert round_of(store, "managerial", question).own_score(own) == 0.0


# Feedback


@pytest.mark.parametrize("role", ["technical", "managerial"])
def test_feedback_starts_with_what_is_wrong_and_ends_with_what_is_not_scored(role: Role) -> None:
    answer = "The test set is used to fit the parameters. Fitting flatters itself, so it is too optimistic."
    score = score_answer(SMALL, role, answer)
    in_order = points_in_order(SMALL, score, role)
    assert [entry.point["id"] for entry in in_order] == [point["id"] for point in SMALL["key_points"]]
    for entry, verdict in zip(in_order, score.points, strict=True):
        assert entry.verdict is verdict
        assert entry.weight == entry.point["weight"].get(role, 0)
    sorted_points = ordered_points(SMALL, score, role)
    assert sorted(entry.point["id"] for entry in sorted_points) == sorted(entry.point["id"] for entry in in_order)
    rank = {"contradicted": 0, "missing": 1, "partial": 2, "covered": 3}
    keys = [(entry.weight == 0, rank[entry.verdict.verdict], -entry.weight) for entry in sorted_points]
    assert keys == sorted(keys)
