"""The list of questions: narrowing it, and what it says of each question."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from quizbot.practice.round import Round
from quizbot.tui.app import QuizbotApp
from tests.tui import support
from tests.tui.support import drive, press, questions, screen_name, screen_text

EVERYTHING = ["step-size", "f1-score", "rollout"]


def test_filters_narrow_the_list_and_escape_clears_them() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        assert questions(running) == EVERYTHING
        await press(pilot, "slash", *"F1")
        assert questions(running) == ["f1-score"]
        await press(pilot, *" metrics?")  # a tag, and a question mark that is only a letter here
        assert running.screen.query_one(Input).value == "F1 metrics?"
        assert questions(running) == []
        assert "No question fits these filters." in screen_text(running)
        await press(pilot, "enter", "enter", "v", "d")  # nothing to open
        assert screen_name(running) == "HomeScreen"
        await press(pilot, "escape")
        assert questions(running) == EVERYTHING
        assert running.screen.query_one(Input).value == ""

        await press(pilot, "p")
        assert questions(running) == ["step-size"]
        await press(pilot, "p")
        assert questions(running) == ["f1-score", "rollout"]
        await press(pilot, "l")
        assert questions(running) == ["f1-score"]
        assert "evaluation · junior · every role" in screen_text(running)
        await press(pilot, "escape", "l", "l", "l")
        assert questions(running) == ["rollout"]
        await press(pilot, "l", "p", "p", "p")  # round again
        assert questions(running) == EVERYTHING
        await press(pilot, "escape")
        assert screen_name(running) == "HomeScreen"

    drive(support.app(), script)


def test_a_role_is_also_the_one_that_is_asked() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await press(pilot, "o")
        assert questions(running) == ["step-size", "f1-score"]
        await press(pilot, "o")
        assert questions(running) == ["f1-score", "rollout"]
        await press(pilot, "enter")
        assert "Your team reports F1 alone." in screen_text(running)
        await press(pilot, "escape", "v")
        assert "junior, managerial" in screen_text(running)
        await press(pilot, "escape", "n")  # the first new one of this role
        assert "Your team reports F1 alone." in screen_text(running)

    drive(support.app(), script)


def test_from_the_filter_into_the_list() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await press(pilot, "slash", *"live", "down", "v")
        assert "How do you decide that a model may go live?" in screen_text(running)
        assert screen_name(running) == "ReadScreen"

    drive(support.app(), script)


def test_what_is_said_of_a_question() -> None:
    records = support.store()
    support.attempted(records)
    records.drafts.save("rollout", "managerial", "We agree on", 3, 20.0)

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        assert "3 questions in 2 packs, 1 answered" in screen_text(running)
        assert " 36   What does F1 measure?" in screen_text(running)
        assert "Demo (d): learning-rate-bowl" in support.shown_text(running, "#about")
        await press(pilot, "j")
        about = support.shown_text(running, "#about")
        assert "junior, technical and managerial\nAnswered once, last on 2026-0" in about
        assert "36 of 100" in about
        await press(pilot, "d")
        assert support.messages(running) == ["This question has no demo. `quizbot demo` lists all of them."]
        await press(pilot, "j")
        about = support.shown_text(running, "#about")
        assert "an answer is begun; Enter goes on with it" in about
        assert "Better after: What does F1 measure?" in about
        await press(pilot, "k", "k", "k")
        await press(pilot, "enter", "escape")
        assert "rollout" in questions(running)[-1]

    drive(support.app(records), script)


def test_the_cursor_stays_on_its_question_after_practice() -> None:
    records = support.store()

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        await press(pilot, "down", "enter")
        this = Round(support.question(), "technical", records, "tui")
        this.record("x", support.blank_score(), 1.0)
        await press(pilot, "escape")
        assert support.shown_text(running, "#about").startswith("What does F1 measure?")
        assert "Answered once" in support.shown_text(running, "#about")

    drive(support.app(records), script)


def test_without_questions_it_says_what_to_do_and_names_files_left_out(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    from quizbot.content.bank import open_bank

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        assert "There are no questions." in screen_text(running)
        assert "! 1 file left out (quizbot lint)" in screen_text(running)
        await press(pilot, "n", "p", "l", "o", "enter", "v", "d", "space")
        assert screen_name(running) == "HomeScreen"

    drive(support.app(questions=open_bank([tmp_path], None)), script)
