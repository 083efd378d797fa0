"""Practising: from the list of questions to the self-assessment and on to the next question."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from quizbot.practice.round import Round
from quizbot.scoring import Score
from quizbot.store import Store
from quizbot.tui.app import QuizbotApp
from tests.tui import support
from tests.tui.support import (
    ANSWER,
    Clock,
    burst,
    drive,
    editor,
    made_score,
    messages,
    press,
    scored,
    screen_name,
    screen_text,
)


def hand_made(this: Round, answer: str) -> Score:
    return made_score(answer, name=this.question["id"])


async def open_f1(pilot: Pilot[None], running: QuizbotApp) -> None:
    """Open the question on F1 from the home screen, as a user does: by its words."""
    await press(pilot, "slash", *"f1", "enter", "enter")
    assert screen_name(running) == "QuestionScreen"


async def write(pilot: Pilot[None], running: QuizbotApp, text: str) -> None:
    wanted = editor(running).text + text
    burst(running, *text)
    await support.settle(pilot, lambda: editor(running).text == wanted)


def events(records: Store, kind: str) -> list[dict[str, Any]]:
    return [event.body for event in records.events.read(kind=kind)]


def test_a_round_from_the_list_to_the_next_question() -> None:
    records, clock = support.store(), Clock()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await open_f1(pilot, running)
        assert "What does F1 measure, and what does it leave out?" in screen_text(running)
        await write(pilot, running, ANSWER)
        clock.now += 75
        await press(pilot, "ctrl+s")
        assert screen_name(running) == "FeedbackScreen"
        assert records.drafts.all() == []

        # It begins at what is wrong, with the words that the verdict rests on and the reason.
        assert "F1 is the average of precision and recall[1✗]" in support.shown_text(running, "#answer")
        detail = support.shown_text(running, "#detail")
        assert detail.startswith("✗ wrong")
        assert "Because: The plain average would hide a zero." in detail
        await press(pilot, "down")
        assert "“ignores correct rejections”" in support.shown_text(running, "#detail")
        await press(pilot, "j")
        assert "not sure: judge this one yourself" in support.shown_text(running, "#detail")
        await press(pilot, "up", "k")
        assert support.shown_text(running, "#detail") == detail

        await press(pilot, "a")
        assert screen_name(running) == "AssessScreen"
        await press(pilot, "p", "enter", "x", "m")
        assert "By your verdicts" in screen_text(running)
        assert "4 of 4 judged: Ctrl+S saves" in screen_text(running)
        await press(pilot, "ctrl+s")
        assert "4 of 4 judged, saved" in screen_text(running)
        await press(pilot, "n")
        assert screen_name(running) == "QuestionScreen"
        assert [type(screen).__name__ for screen in running.screen_stack] == ["HomeScreen", "QuestionScreen"]

    with scored(hand_made):
        drive(support.app(records, clock=clock), script)
    (attempt,) = events(records, "attempt")
    assert attempt["answer"] == ANSWER
    assert (attempt["question"], attempt["role"], attempt["mode"]) == ("f1-score", "technical", "tui")
    assert attempt["seconds"] == 75
    assert [point["verdict"] for point in attempt["points"]] == ["contradicted", "covered", "partial", "missing"]
    (assessment,) = events(records, "self_assessment")
    (event,) = records.attempts("f1-score")
    assert assessment["attempt"] == event.uuid
    # Wrong on a point of weight 2 takes a half away: (3 · 0.5 + 2 · 1 - 2 · 0.5 + 0) / 7.
    assert assessment["score"] == 35.7
    assert [(point["id"], point["own"], point["automatic"]) for point in assessment["points"]] == [
        ("harmonic", "partial", "contradicted"),
        ("no-tn", "covered", "covered"),
        ("beta", "contradicted", "partial"),
        ("costs", "missing", "missing"),
    ]


def test_own_verdicts_are_kept_when_the_screen_is_left() -> None:
    records = support.store()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await support.feedback(running)
        await press(pilot, "down", "enter")  # Enter on a key point judges from there
        assert screen_name(running) == "AssessScreen"
        await press(pilot, "ctrl+s")
        assert "Enter agrees" in messages(running)[-1]
        await press(pilot, "escape")
        assert events(records, "self_assessment") == []  # nothing was judged yet
        await press(pilot, "enter", "c", "escape", "a")
        assert "1 of 4 judged, saved" in screen_text(running)
        assert "✓ covered / ✓ covered" in screen_text(running)
        await press(pilot, "x", "ctrl+q")

    drive(support.app(records), script)
    first, second = events(records, "self_assessment")
    assert [point["own"] for point in first["points"]] == ["contradicted", "covered", "partial", "missing"]
    assert [point["own"] for point in second["points"]] == ["contradicted", "contradicted", "partial", "missing"]


def test_a_draft_comes_back_with_caret_and_time_in_a_new_app() -> None:
    records, clock = support.store(), Clock()

    async def leave(pilot: Pilot[None], running: QuizbotApp) -> None:
        await open_f1(pilot, running)
        await write(pilot, running, "first line\nsecond")
        await pilot.pause(0.5)  # the draft is on disk by now
        clock.now += 65  # thinking, and moving the caret, change no text and are kept all the same
        await press(pilot, "up", "home", "right", "right", "escape")
        assert screen_name(running) == "HomeScreen"
        assert "new ✎ What does F1 measure?" in screen_text(running)

    async def come_back(pilot: Pilot[None], running: QuizbotApp) -> None:
        assert "new ✎ What does F1 measure?" in screen_text(running)
        await open_f1(pilot, running)
        assert editor(running).text == "first line\nsecond"
        assert editor(running).cursor_location == (0, 2)
        assert "1:05 of 1:30" in screen_text(running)
        assert "your draft is back" in screen_text(running)
        clock.now += 26
        await press(pilot, "!")
        await support.settle(pilot, lambda: "over time 1:31" in screen_text(running))
        assert editor(running).text == "fi!rst line\nsecond"
        assert "your draft is back" not in screen_text(running)

    drive(support.app(records, clock=clock), leave)
    (draft,) = records.drafts.all()
    assert (draft.caret, draft.elapsed) == (2, 65)
    drive(support.app(records, clock=clock), come_back)


def test_each_role_has_a_draft_of_its_own() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await open_f1(pilot, running)
        await write(pilot, running, "for engineers")
        await press(pilot, "f4")
        assert "Your team reports F1 alone." in screen_text(running)
        assert editor(running).text == ""
        await write(pilot, running, "for managers")
        await press(pilot, "f4")
        assert "what does it leave out?" in screen_text(running)
        assert editor(running).text == "for engineers"
        await press(pilot, "f4")
        assert editor(running).text == "for managers"
        await press(pilot, "escape")
        roles = {draft.role: draft.text for draft in running.store.drafts.all()}
        assert roles == {"technical": "for engineers", "managerial": "for managers"}

    drive(support.app(), script)


def test_an_emptied_answer_takes_its_draft_with_it() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await open_f1(pilot, running)
        await write(pilot, running, "no")
        await support.settle(pilot, lambda: bool(running.store.drafts.all()))
        await press(pilot, "backspace", "backspace", "escape")
        assert running.store.drafts.all() == []
        assert "✎" not in screen_text(running)

    drive(support.app(), script)


def test_improving_an_answer_makes_a_second_attempt() -> None:
    records, clock = support.store(), Clock()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await open_f1(pilot, running)
        await write(pilot, running, "a first try")
        clock.now += 30
        await press(pilot, "ctrl+s", "e")
        assert screen_name(running) == "QuestionScreen"
        assert editor(running).text == "a first try"
        clock.now += 12
        await write(pilot, running, ", improved")
        await press(pilot, "ctrl+s")
        assert screen_name(running) == "FeedbackScreen"

    with scored():
        drive(support.app(records, clock=clock), script)
    assert [(body["answer"], body["seconds"]) for body in events(records, "attempt")] == [
        ("a first try", 30),
        ("a first try, improved", 12),
    ]
    assert records.drafts.all() == []


def test_going_back_from_the_feedback_without_a_change_brings_no_draft_back() -> None:
    records = support.store()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await open_f1(pilot, running)
        await write(pilot, running, "done")
        await press(pilot, "ctrl+s", "escape", "left", "escape")
        assert screen_name(running) == "HomeScreen"
        assert "✎" not in screen_text(running)

    with scored():
        drive(support.app(records), script)
    assert records.drafts.all() == []
    assert len(events(records, "attempt")) == 1


def test_the_plan_is_shown_and_hidden() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await open_f1(pilot, running)
        assert "1. Define it: One sentence." not in screen_text(running)
        await press(pilot, "f3")
        assert "1. Define it: One sentence." in screen_text(running)
        assert "3. Close with costs: What would you use instead?" in screen_text(running)
        await press(pilot, "f3")
        assert "Define it" not in screen_text(running)

    drive(support.app(), script)


def test_what_cannot_be_done_is_told_kindly() -> None:
    """An empty answer, a plan that nobody wrote, another role that nobody asks for."""
    records = support.store()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_question("rollout")
        await support.ready(running)
        assert support.shown_text(running, "#clock") == "0:00"  # a question without a limit
        await press(pilot, "ctrl+s", "f3", "f4", " ", "\n", "ctrl+s")
        assert screen_name(running) == "QuestionScreen"
        assert messages(running) == [
            "Write something first. What you know of it is enough.",
            "The author of this question wrote no plan.",
            "This question is asked for the managerial role only.",
            "Write something first. What you know of it is enough.",
        ]
        assert editor(running).text == " \n"

    drive(support.app(records), script)
    assert events(records, "attempt") == []


def test_the_views_of_the_feedback() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await support.feedback(running)
        assert "Your answer" in screen_text(running)
        await press(pilot, "tab")
        assert "Blind to true negatives." in screen_text(running)
        await press(pilot, "tab")
        assert "The harmonic mean punishes imbalance." in screen_text(running)
        await press(pilot, "tab")
        assert "F1 is the average of precision and recall[1✗]" in screen_text(running)
        await press(pilot, "d")
        assert messages(running) == ["This question has no demo."]
        await press(pilot, "v")
        assert screen_name(running) == "ReadScreen"
        await press(pilot, "escape", "h")
        assert screen_name(running) == "HomeScreen"

    drive(support.app(), script)


def test_a_long_answer_is_scrolled_to_the_words_in_question() -> None:
    answer = "filler\n" * 60 + "it combines both"
    score = made_score(answer, quotes={"beta": ("partial", "combines both", 0.9)})

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await support.feedback(running, answer, score)
        assert "combines both[3◐]" not in screen_text(running)
        await press(pilot, "down", "down")
        assert "combines both[3◐]" in screen_text(running)
        await press(pilot, "space")  # from the end back to the start
        assert "combines both[3◐]" not in screen_text(running)

    drive(support.app(), script)


def test_flags_are_told_in_words() -> None:
    async def script(_pilot: Pilot[None], running: QuizbotApp) -> None:
        await support.feedback(running, score=made_score(flags=("keyword-list", "unsure", "from-the-future")))
        assert "! This reads as a list of words." in screen_text(running)
        assert "! quizbot is not sure about some points" in screen_text(running)

    drive(support.app(), script)
