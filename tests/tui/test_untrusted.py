"""Text from anywhere: content, answers and drafts are shown as they are and never obeyed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input

from quizbot.content.records import VerdictName
from quizbot.practice.feedback import MARKS
from quizbot.scoring import Evidence, PointVerdict, Score
from quizbot.text import safe
from quizbot.tui.app import QuizbotApp
from quizbot.tui.verdicts import highlighted
from tests.store.strategies import any_text
from tests.tui import support
from tests.tui.support import CONTENT, drive, editor, made_score, press, scored, screen_text, shown_text

MARKUP = "[bold red]x[/] [@click=app.quit]y[/] [/]"
HOSTILE = f"\x1b[31mred\x1b]0;title\x07 \x9b2J \u202eright to left\u2066 {MARKUP} \ud800 \x00 \x7f"
ODD = "\n".join(
    [
        HOSTILE,
        "😀 👩‍👩‍👧 🇦🇹 👍🏽 é e\u0301 a\u0300\u0301\u0302 \u200b\u200d",
        "漢字かな交じり文 한국어 ＡＢＣ " * 8,
        "a\tb",
        "\tc",
        "[[[]]] [ ] [1✓] \\[x] [not closed",
        "x" * 300,
    ]
)


def assert_harmless(running: QuizbotApp) -> None:
    """Nothing on the screen that a terminal would obey or could not encode."""
    text = screen_text(running)
    bad = {char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"}
    assert not bad
    assert not set("\u202e\u202d\u2066\u2067\u2068") & set(text)


@pytest.mark.parametrize("answer", [ODD, "one\r\ntwo\r\n\r\nthree"], ids=["odd characters", "carriage returns"])
def test_an_odd_answer_goes_through_every_screen_unchanged(answer: str) -> None:
    records = support.store()
    records.drafts.save("f1-score", "technical", answer, len(answer), 1.0)
    words = answer.split()[0]
    score = made_score(answer, quotes={"harmonic": ("covered", words, 0.9), "beta": ("partial", answer, 0.3)})

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_question("f1-score")
        await support.ready(running)
        assert editor(running).text == answer
        assert_harmless(running)
        await press(pilot, "up", "down", "end", "ctrl+s")
        shown = shown_text(running, "#answer")
        assert safe(words) in shown
        assert_harmless(running)
        await press(pilot, "tab", "tab", "up", "up", "up")
        assert f"“{safe(words)}" in shown_text(running, "#detail")
        assert_harmless(running)
        await press(pilot, "a")
        assert_harmless(running)

    with scored(lambda _this, _answer: score):
        drive(support.app(records), script)
    (event,) = records.attempts()
    assert event.body["answer"] == answer
    for point in event.body["points"]:
        for found in point["evidence"]:
            assert answer[found["start"] : found["end"]] == found["text"]


def test_pasted_control_characters_are_kept_and_not_obeyed() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.post_message(events.Key("slash", "/"))
        await support.ready(running)
        running.post_message(events.Paste(HOSTILE))
        await support.ready(running)
        assert MARKUP in running.screen.query_one(Input).value
        assert_harmless(running)
        await press(pilot, "escape", "n")
        running.post_message(events.Paste(HOSTILE))
        await support.ready(running)
        assert editor(running).text == HOSTILE
        assert "␛[31mred␛]0;title␇" in screen_text(running)
        assert "[bold red]x[/]" in screen_text(running)
        assert_harmless(running)

    drive(support.app(), script)


def test_hostile_content_is_shown_literally(tmp_path: Path) -> None:
    """Every text of a question that an author may write, with what YAML lets through of control characters."""
    hostile = f"\\e[31m \\u202e {MARKUP}"
    question = (CONTENT / "descent" / "step-size.yaml").read_text(encoding="utf-8").replace("step-size", "hostile")
    for text in (
        "When does gradient descent diverge?",
        "When does gradient descent diverge on a bowl?",
        "It diverges when a step makes the error larger.",
        "On a bowl of curvature a the limit is 2/a.",
        "Above it the factor is below minus one.",
        "When the step size is above two over the curvature.",
        "A Team (2021). Bowls.",
    ):
        assert text in question
        question = question.replace(f": {text}", f': "{hostile} {text}"').replace(f'"{text}"', f'"{hostile} {text}"')
    for text in (
        "Which rate diverges?",
        "rate 2.1",
        "At 2.1 each step",
        "The path of x",
        "any step works",
        "optimiser",
    ):
        assert text in question
        question = question.replace(text, f"{MARKUP} {text}")
    question = question.replace("says: [bold", "says: '[bold").replace("any step works,", "any step works',")
    question = question.replace(
        "tags: [[bold red]x[/] [@click=app.quit]y[/] [/] optimiser]", f"tags: ['{MARKUP} optimiser']"
    )
    (tmp_path / "hostile.yaml").write_text(question, encoding="utf-8")
    bank = support.bank(tmp_path)
    if "hostile" not in bank:  # the format may refuse control characters outright; markup is plain text to it
        (tmp_path / "hostile.yaml").write_text(question.replace("\\e", "").replace("\\u202e", ""), encoding="utf-8")
        support.bank.cache_clear()
        bank = support.bank(tmp_path)
    assert "hostile" in bank, [str(problem) for problem in bank.problems]

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        async def check(*selectors: str) -> None:
            await support.ready(running)
            assert_harmless(running)
            for selector in selectors:
                assert MARKUP in shown_text(running, selector)

        await press(pilot, "slash", *"hostile", "enter")
        await check("#about")
        await press(pilot, "v")
        await check("#title")
        for _ in range(9):
            await press(pilot, "down")
            await check()
        await press(pilot, "d")
        await check("#ask")
        await press(pilot, "down", "enter")
        await support.settle(pilot, lambda: bool(shown_text(running, "#summary")))
        await check("#summary")
        await press(pilot, "f5", *"any step works", "ctrl+s")
        await check("#detail")
        await press(pilot, "tab", "a")
        await check("#detail")
        await press(pilot, "f1")
        await check()

    wrong = made_score("any step works", name="step-size", quotes={"limit": ("contradicted", "any step works", 0.9)})
    with scored(lambda _this, _answer: wrong):
        drive(support.app(questions=bank), script)


def test_a_very_long_answer() -> None:
    line = "The learning rate scales the step; η above 2/a diverges. 漢字\n"
    answer = line * (100_000 // len(line))
    found = tuple(Evidence(at, at + 17, answer[at : at + 17]) for at in range(0, len(answer), len(line) * 50))
    score = made_score(answer, quotes={"harmonic": ("covered", "The learning rate", 0.9)})
    assert len(found) > 20
    many = PointVerdict("harmonic", "covered", 0.9, 0.9, found, "claim")
    score = Score(score.role, 50.0, "developing", False, (many, *score.points[1:]), (), (), "Shorten it.")
    records = support.store()
    records.drafts.save("f1-score", "technical", answer, 0, 1.0)

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_question("f1-score")
        await support.ready(running)
        await press(pilot, "end", "!", "ctrl+s")
        await press(pilot, "down", "a")
        assert support.screen_name(running) == "AssessScreen"

    with scored(lambda _this, _answer: score):
        drive(support.app(records), script)
    (event,) = records.attempts()
    first, rest = answer.split("\n", 1)
    assert event.body["answer"] == f"{first}!\n{rest}"


VERDICTS: tuple[VerdictName, ...] = ("covered", "partial", "missing", "contradicted")
Part = tuple[int, VerdictName, Evidence]


@st.composite
def answers_with_parts(draw: st.DrawFn) -> tuple[str, list[Part]]:
    """An answer, and pieces of it that may touch, overlap, repeat and be empty."""
    answer = draw(any_text)
    parts: list[Part] = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(answer)))
        end = draw(st.integers(start, len(answer)))
        part = (draw(st.integers(1, 9)), draw(st.sampled_from(VERDICTS)), Evidence(start, end, answer[start:end]))
        parts.append(part)
    return answer, parts


def without_tags(text: str, answer: str, parts: Sequence[Part]) -> str:
    """`text` without the tags that stand at the ends of the parts, in a way of its own: from the last end to the first."""
    at = len(text)
    position = len(answer)
    for end in sorted({evidence.end for _, _, evidence in parts}, reverse=True):
        at -= position - end
        position = end
        opening = text.rindex("[", 0, at)
        tag = text[opening:at]
        assert tag.endswith("]")
        names = sorted(f"{number}{MARKS[verdict]}" for number, verdict, evidence in parts if evidence.end == end)
        assert sorted(tag[1:-1].split(" ")) == names
        text = text[:opening] + text[at:]
        at = opening
    return text


@given(answers_with_parts(), st.one_of(st.none(), st.integers(1, 9)))
def test_highlighting_changes_nothing_but_the_tags(case: tuple[str, list[Part]], chosen: int | None) -> None:
    answer, parts = case
    content, line = highlighted(answer, parts, chosen)
    assert isinstance(content, Content)
    assert without_tags(content.plain, answer, parts) == safe(answer)
    starts = [evidence.start for number, _, evidence in parts if number == chosen]
    assert line == (answer.count("\n", 0, min(starts)) if starts else 0)


@given(answers_with_parts())
def test_every_piece_of_evidence_is_underlined_and_the_chosen_one_reversed(case: tuple[str, list[Part]]) -> None:
    answer, parts = case
    content, _ = highlighted(answer, parts, 1)
    shown = content.plain
    for number, _, evidence in parts:
        piece = safe(evidence.text)
        if not piece or len([1 for _, _, other in parts if other.end < evidence.end]):
            continue  # only pieces that no tag stands before: there the offsets are those of the answer
        styles = [
            str(span.style) for span in content.spans if span.start <= evidence.start and span.end >= evidence.end
        ]
        assert shown[evidence.start : evidence.end] == piece
        assert any("underline" in style for style in styles)
        if number == 1:
            assert any("reverse" in style for style in styles)
