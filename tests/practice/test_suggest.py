"""Laws of the order in which questions come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.content.records import LEVELS, Header
from quizbot.practice.suggest import as_listed, in_learning_order, next_question
from tests.helpers import header

START = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Last:
    """The latest attempt, as the store tells it."""

    score: float
    at: datetime


def last(score: float, minutes: int = 0) -> Last:
    return Last(score, START + timedelta(minutes=minutes))


@st.composite
def banks(draw: st.DrawFn, *, circles: bool) -> list[Header]:
    """Headers whose needs go anywhere, or only to earlier ones, in any order."""
    names = [f"q{number}" for number in range(draw(st.integers(0, 6)))]
    made = []
    for index, name in enumerate(names):
        others = names if circles else names[:index]
        needs = draw(st.lists(st.sampled_from([*others, "gone"]), max_size=3))
        made.append(
            header(
                name,
                needs=tuple(needs),
                title=draw(st.sampled_from(["A", "b", "C"])),
                level=draw(st.sampled_from(LEVELS)),
            )
        )
    return draw(st.permutations(made))


def ids(headers: list[Header]) -> list[str]:
    return [entry["id"] for entry in headers]


@settings(max_examples=50)
@given(banks(circles=True))
def test_every_question_comes_once(headers: list[Header]) -> None:
    assert sorted(ids(in_learning_order(headers))) == sorted(ids(headers))


@settings(max_examples=50)
@given(banks(circles=False))
def test_what_is_needed_comes_before(headers: list[Header]) -> None:
    order = ids(in_learning_order(headers))
    for entry in headers:
        for needed in entry["needs"]:
            if needed in order:
                assert order.index(needed) < order.index(entry["id"])


@settings(max_examples=50)
@given(banks(circles=True))
def test_only_a_circle_may_break_the_order(headers: list[Header]) -> None:
    known = {entry["id"]: entry for entry in headers}

    def leads_to(start: str, goal: str) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            for needed in known[waiting.pop()]["needs"]:
                if needed == goal:
                    return True
                if needed in known and needed not in seen:
                    seen.add(needed)
                    waiting.append(needed)
        return False

    order = ids(in_learning_order(headers))
    for entry in headers:
        for needed in entry["needs"]:
            if needed in known and not leads_to(needed, entry["id"]):
                assert order.index(needed) < order.index(entry["id"])


@settings(max_examples=50)
@given(banks(circles=True))
def test_the_order_does_not_hang_on_how_files_were_found(headers: list[Header]) -> None:
    assert ids(in_learning_order(headers)) == ids(in_learning_order(list(reversed(headers))))


def test_without_needs_easy_ones_come_first_then_by_title() -> None:
    headers = [
        header("d", level="senior", title="a"),
        header("c", level="junior", title="b"),
        header("b", level="mid", title="c"),
        header("a", level="junior", title="A"),
    ]
    assert ids(in_learning_order(headers)) == ["a", "c", "b", "d"]


def test_a_hard_question_that_an_easy_one_needs_comes_first() -> None:
    headers = [header("easy", needs=("hard",)), header("hard", level="senior"), header("other", title="zz")]
    assert ids(in_learning_order(headers)) == ["hard", "easy", "other"]


def test_a_long_chain_of_needs_is_followed() -> None:
    length = 5000
    chain = [header(f"q{number:04}", needs=(f"q{number + 1:04}",)) for number in range(length)]
    assert ids(in_learning_order(chain)) == [f"q{number:04}" for number in reversed(range(length))]


def test_unseen_ones_come_first_in_learning_order() -> None:
    headers = [header("a"), header("b"), header("c", needs=("d",)), header("d")]
    chosen = next_question(headers, {"a": last(10)})
    assert chosen is not None
    assert chosen["id"] == "b"
    chosen = next_question(headers, {"a": last(10), "b": last(10)})
    assert chosen is not None
    assert chosen["id"] == "d"


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"a": last(50), "b": last(20), "c": last(90)}, "b"),
        ({"a": last(20, 5), "b": last(20, 1), "c": last(20, 9)}, "b"),
        ({"a": Last(20, START + timedelta(microseconds=5)), "b": last(20), "c": last(20, 9)}, "b"),
    ],
)
def test_then_the_weakest_and_of_those_the_oldest(scores: dict[str, Last], expected: str) -> None:
    chosen = next_question([header("a"), header("b"), header("c")], scores)
    assert chosen is not None
    assert chosen["id"] == expected


@settings(max_examples=50)
@given(banks(circles=True), st.data())
def test_the_question_just_answered_does_not_come_again(headers: list[Header], data: st.DataObject) -> None:
    names = ids(headers)
    scores = {name: last(data.draw(st.integers(0, 100))) for name in names if data.draw(st.booleans())}
    after = data.draw(st.sampled_from([*names, "elsewhere"]))
    chosen = next_question(headers, scores, after=after)
    if not names:
        assert chosen is None
    else:
        assert chosen in headers
        assert chosen is not None
        assert chosen["id"] != after or names == [after]
        unseen = set(names) - set(scores) - {after}
        assert chosen["id"] in unseen if unseen else True


def test_only_questions_of_the_role_come() -> None:
    both = header("b")
    both["roles"] = ["technical", "managerial"]
    chosen = next_question([header("a"), both], {}, role="managerial")
    assert chosen is both
    assert next_question([header("a")], {}, role="managerial") is None
    assert next_question([], {}) is None


def test_lists_go_pack_by_pack_and_put_what_is_needed_first() -> None:
    listed = as_listed(
        [header("c", pack="two"), header("b", needs=("d",), pack="one"), header("d", pack="one", level="senior")]
    )
    assert [entry["id"] for entry in listed] == ["d", "b", "c"]
