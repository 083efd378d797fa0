"""Keys: each is explained, none is bound twice, and the help of a screen is made from them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections import Counter

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.widgets import Static

import quizbot.tui
from quizbot.tui.app import QuizbotApp
from quizbot.tui.page import Page
from quizbot.tui.screens.help import HelpScreen
from tests.tui import support
from tests.tui.support import drive, editor, press, screen_name


def own_nodes() -> list[type[DOMNode]]:
    """Every class of the terminal UI that may bind keys."""
    modules = [module.name for module in pkgutil.walk_packages(quizbot.tui.__path__, "quizbot.tui.")]
    values = [value for name in modules for value in vars(importlib.import_module(name)).values()]
    nodes = [value for value in values if inspect.isclass(value) and issubclass(value, DOMNode)]
    return [node for node in dict.fromkeys(nodes) if node.__module__.startswith("quizbot.tui")]


def own_bindings(node: type[DOMNode]) -> list[Binding]:
    """What a class binds itself, one binding a key."""
    assert all(isinstance(binding, Binding) for binding in vars(node).get("BINDINGS", []))
    return list(Binding.make_bindings(vars(node).get("BINDINGS", [])))


def test_there_are_screens_and_lists_to_look_at() -> None:
    names = {node.__name__ for node in own_nodes() if own_bindings(node)}
    assert names >= {"QuizbotApp", "HomeScreen", "QuestionScreen", "FeedbackScreen", "AssessScreen", "ReadScreen"}
    assert names >= {"DemoScreen", "HelpScreen", "QuestionList", "Rubric", "PointList", "Page"}


@pytest.mark.parametrize("node", own_nodes(), ids=lambda node: node.__name__)
def test_every_key_has_a_name_and_an_explanation(node: type[DOMNode]) -> None:
    for binding in own_bindings(node):
        assert binding.description, binding
        assert binding.tooltip, binding
        assert not binding.tooltip.endswith("."), binding


@pytest.mark.parametrize("node", own_nodes(), ids=lambda node: node.__name__)
def test_no_key_is_bound_twice_in_one_place(node: type[DOMNode]) -> None:
    counts = Counter(binding.key for binding in own_bindings(node))
    assert [key for key, count in counts.items() if count > 1] == []


def bindings_of(kind: type) -> list[Binding]:
    return own_bindings(kind) if issubclass(kind, DOMNode) and kind.__module__.startswith("quizbot.tui") else []


async def open_screen(pilot: Pilot[None], running: QuizbotApp, name: str) -> None:
    """Bring up one screen of each kind."""
    question = running.bank.question("step-size")
    if name == "QuestionScreen":
        running.open_question("f1-score")
    elif name == "ReadScreen":
        running.open_reading("f1-score")
    elif name == "DemoScreen":
        running.open_demo("learning-rate-bowl", question)
    elif name == "DemoScreen, running":
        running.open_demo("learning-rate-bowl")
    elif name in ("FeedbackScreen", "AssessScreen"):
        await support.feedback(running)
        if name == "AssessScreen":
            await press(pilot, "a")
    await support.ready(running)
    assert screen_name(running) == name.partition(",")[0]


SCREENS = [
    "HomeScreen",
    "QuestionScreen",
    "FeedbackScreen",
    "AssessScreen",
    "ReadScreen",
    "DemoScreen",
    "DemoScreen, running",
]


def test_help_explains_every_screen_and_each_of_its_keys() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        for name in SCREENS:
            await open_screen(pilot, running, name)
            await check_help(pilot, running)
            running.go_home()
            await support.ready(running)

    drive(support.app(), script)


async def check_help(pilot: Pilot[None], running: QuizbotApp) -> None:
    about = running.screen
    assert isinstance(about, Page)
    typing = running.focused is not None and running.focused.check_consume_key("question_mark", "?")
    active = {key: value.binding for key, value in about.active_bindings.items() if value.node is not running}
    own = {binding.key for kind in (*type(about).__mro__, type(running.focused)) for binding in bindings_of(kind)}
    assert "escape" in own

    await press(pilot, "f1")
    shown = running.screen
    assert isinstance(shown, HelpScreen)
    told = shown.keys
    assert next(iter(told)).split(" ")[0] in support.screen_text(running)
    assert str(running.screen.query_one("#purpose", Static).content) == about.PURPOSE
    assert about.PURPOSE.endswith(".")
    for key, binding in active.items():
        if key in own:
            assert running.get_key_display(binding) in told[binding.tooltip].split(" ")
    assert len(own & set(active)) >= 2
    assert ("?" in told["Explain this screen and its keys"]) is not typing
    await press(pilot, "f1")
    assert running.screen is about

    depth = len(running.screen_stack)
    await press(pilot, "escape")
    assert len(running.screen_stack) == max(1, depth - 1)


def test_a_question_mark_asks_for_help_and_in_an_answer_is_a_question_mark() -> None:
    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        for screen in ("HomeScreen", "ReadScreen"):
            await open_screen(pilot, running, screen)
            await press(pilot, "question_mark")
            assert screen_name(running) == "HelpScreen"
            await press(pilot, "question_mark")
            assert screen_name(running) == screen
        running.open_question("f1-score")
        await support.ready(running)
        await press(pilot, *"why?")
        assert editor(running).text == "why?"
        assert screen_name(running) == "QuestionScreen"

    drive(support.app(), script)


def test_the_command_palette_offers_the_keys_of_the_screen_and_runs_them() -> None:
    async def script(_pilot: Pilot[None], running: QuizbotApp) -> None:
        running.open_reading("f1-score")
        await support.ready(running)
        commands = {command.title: command for command in running.get_system_commands(running.screen)}
        assert "Role (t)" in commands
        assert "Theme" in commands
        assert commands["Role (t)"].help == "Switch between technical and managerial"
        commands["Role (t)"].callback()
        await support.ready(running)
        assert "managerial" in support.shown_text(running, "#title")

    drive(support.app(), script)


def test_keys_typed_ahead_of_a_screen_do_no_harm() -> None:
    """Each of these arrives while the screen that the one before opens is still being made."""
    runs = [("d", "s"), ("d", "f5", "f3"), ("v", "enter", "ctrl+s"), ("f1", "escape")]

    async def script(pilot: Pilot[None], running: QuizbotApp) -> None:
        for keys in runs:
            support.burst(running, *keys)
            await pilot.pause(0.05)
            await support.settle(pilot, lambda: getattr(running.screen, "complete", True))
            assert running._exception is None
            running.go_home()
            await support.ready(running)
        # A key with priority is not even queued behind the making of its screen.
        this, attempt = support.attempted(running.store)
        running.open_feedback(this, attempt, recorded=True)
        support.burst(running, "tab", "tab")
        await support.settle(pilot, lambda: getattr(running.screen, "complete", False))
        assert running._exception is None

    drive(support.app(), script)
