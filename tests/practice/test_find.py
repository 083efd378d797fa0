"""Finding what a question in the user's own words is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.content.bank import bundled_content, question_files
from quizbot.content.loader import load_question, parse_question
from quizbot.demos.registry import all_specs
from quizbot.practice.find import Finder
from tests.helpers import QUESTION, changed

QUESTIONS = [load_question(path) for path in question_files(bundled_content())]
FINDER = Finder(QUESTIONS, all_specs())
REVERSED = Finder(QUESTIONS[::-1], all_specs())
SMALL = parse_question(QUESTION.encode(), "small.yaml")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_a_question_is_first_for_its_own_title(question: dict[str, object]) -> None:
    best = FINDER.find(str(question["title"]))[0]
    assert (best.kind, best.id) == ("question", question["id"])


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_a_point_is_among_the_first_for_its_own_claim(question: dict[str, object]) -> None:
    (whole,) = [candidate for candidate in QUESTIONS if candidate["id"] == question["id"]]
    for point in whole["key_points"]:
        found = [(hit.question, hit.id) for hit in FINDER.find(point["claim"], limit=3)]
        assert (whole["id"], point["id"]) in found


def test_a_user_with_an_exploding_loss_is_sent_to_the_learning_rate() -> None:
    hits = FINDER.find("why does my loss explode", limit=5)
    assert "learning-rate" in {hit.question or hit.id for hit in hits[:3]}


@pytest.mark.parametrize(
    ("wrong", "right"), [("lerning rate", "learning rate"), ("momentun", "momentum"), ("Nestrov", "nesterov")]
)
def test_typos_find_what_was_meant(wrong: str, right: str) -> None:
    assert [hit.where for hit in FINDER.find(wrong, limit=5)] == [hit.where for hit in FINDER.find(right, limit=5)]


def test_demos_are_found_and_name_the_question_that_shows_them() -> None:
    (demo,) = [hit for hit in FINDER.find("learning-rate-bowl curvature", limit=20) if hit.kind == "demo"]
    assert demo.id == demo.where == "learning-rate-bowl"
    shown_by = {whole["id"] for whole in QUESTIONS if whole["demo"] and whole["demo"]["name"] == demo.id}
    assert demo.question in shown_by
    assert demo.pack == "optimisation"


def test_a_demo_that_no_question_shows_is_found_all_the_same() -> None:
    (hit,) = Finder([], all_specs()).find(all_specs()[0].title)
    assert (hit.kind, hit.question, hit.pack, hit.level, hit.roles) == ("demo", None, "", None, ())


def test_a_section_and_a_point_of_the_same_name_are_two_hits() -> None:
    source = QUESTION.replace("leakage", "effects")
    hits = Finder([parse_question(source.encode(), "small.yaml")]).find("preprocessing memorises", limit=50)
    found = [(hit.kind, hit.where) for hit in hits]
    assert len(set(found)) == len(found)
    assert {("section", "small#effects"), ("point", "small#effects")} <= set(found)


@pytest.mark.parametrize("nothing", ["", "   ", "?!", "the of and", "xqzjvw", "ж"])
def test_nothing_is_found_for_nothing(nothing: str) -> None:
    assert FINDER.find(nothing) == []


def test_an_empty_bank_is_searched_without_trouble() -> None:
    assert Finder([]).find("anything") == []


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["why", "does", "my", "loss", "explode", "rate", "momentum", "adam"])).map(" ".join),
    st.integers(1, 8),
)
def test_hits_are_ranked_limited_and_reproducible(text: str, limit: int) -> None:
    hits = FINDER.find(text, limit=limit)
    assert len(hits) <= limit
    assert all(hit.score > 0 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits == FINDER.find(text, limit=50)[:limit]
    assert [hit.where for hit in REVERSED.find(text, limit=limit)] == [hit.where for hit in hits]


def test_a_hit_as_json_has_the_keys_of_the_contract() -> None:
    for hit in Finder([SMALL], all_specs()).find("training error rate", limit=50):
        data = hit.as_json()
        assert list(data) == ["id", "title", "pack", "level", "roles", "kind", "question", "score"]
        assert data["kind"] in {"question", "section", "point", "demo"}
        assert (data["question"] is None) == (data["kind"] == "question" or not data["pack"])


def test_a_word_of_the_title_weighs_more_than_one_in_passing() -> None:
    title = changed("id: small", "id: title")
    title = changed("Why are models checked on data they were not fitted to?", "What is a zebra good for?", title)
    passing = changed("then: the training error lies.", "then: the training error of a zebra lies.")
    bank = [parse_question(passing.encode(), "small.yaml"), parse_question(title.encode(), "title.yaml")]
    hits = Finder(bank).find("zebra", limit=50)
    assert [hit.id for hit in hits if hit.kind == "question"] == ["title", "small"]
