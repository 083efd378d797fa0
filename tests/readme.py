"""The tables of README.md that are made from the code: `python -m tests.readme --write` renews them."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
TOLD_ONCE = {"j", "k"}
"""Keys that do the same in every list: a sentence below the table tells them."""
KEY_NAMES = {"question_mark": "?", "slash": "/", "escape": "Esc"}


def key_name(key: str) -> str:
    """A key of Textual as people write it: `ctrl+s` is Ctrl+S, `f2` is F2, `slash` is /."""
    *modifiers, last = key.split("+")
    if last in KEY_NAMES:
        shown = KEY_NAMES[last]
    elif modifiers and len(last) == 1:
        shown = last.upper()
    else:
        shown = last.title() if len(last) > 1 else last
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])


def screens() -> dict[str, list[type[Any]]]:
    """The classes with keys of their own in each module of `quizbot.tui.screens`, by name of the module."""
    import quizbot.tui.screens as package

    found: dict[str, list[type[Any]]] = {}
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        classes = [thing for thing in vars(module).values() if isinstance(thing, type)]
        own = [thing for thing in classes if thing.__module__ == module.__name__ and "BINDINGS" in vars(thing)]
        if own:
            found[info.name] = own
    return found


def keys_of(classes: list[type[Any]]) -> Iterator[tuple[str, str]]:
    """(key, what it does) for every binding with a tooltip; those without are not told to the user anywhere."""
    from textual.binding import Binding

    for owner in classes:
        for binding in Binding.make_bindings(vars(owner)["BINDINGS"]):
            if binding.tooltip and binding.key not in TOLD_ONCE:
                yield key_name(binding.key), binding.description.lower()


def keys_table() -> str:
    """A row a screen, in the order in which a session meets them; first the keys that work everywhere."""
    from quizbot.tui.app import QuizbotApp
    from quizbot.tui.page import Page

    order = ["home", "question", "feedback", "assess", "read", "demo"]
    modules = screens()
    names = [*[name for name in order if name in modules], *sorted(set(modules) - set(order))]
    rows = {"everywhere": list(keys_of([QuizbotApp, Page]))}
    rows |= {name: [key for key in keys_of(modules[name]) if key not in rows["everywhere"]] for name in names}
    lines = ["| Screen | Keys |", "|---|---|"]
    for name, keys in rows.items():
        by_use: dict[str, list[str]] = {}
        for key, use in keys:
            if key not in by_use.setdefault(use, []):
                by_use[use].append(key)
        if by_use:
            told = ", ".join(f"{' '.join(f'`{key}`' for key in pressed)} {use}" for use, pressed in by_use.items())
            lines.append(f"| {name} | {told} |")
    return "\n".join(lines)


def commands_table() -> str:
    """A row a command: how it is called, and what it does in its own words."""
    lines = ["| Command | Does |", "|---|---|"]
    for name, (summary, parser) in commands().items():
        call = " ".join([name, *(_written(action) for action in parser._actions if not action.option_strings)])
        lines.append(f"| `{call}` | {summary} |")
    return "\n".join(lines)


def _written(action: argparse.Action) -> str:
    """A positional argument as in the help of a command: in brackets when it can be left out."""
    name = str(action.metavar or action.dest)
    many = "…" if action.nargs in ("*", "+") else ""
    return f"[{name}{many}]" if action.nargs in ("?", "*") else f"{name}{many}"


def commands() -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Every command of the command line: its one line of help, and its parser."""
    from quizbot.cli import build_parser

    actions = build_parser()._actions
    chosen = next(action for action in actions if isinstance(action, argparse._SubParsersAction))
    helps = {choice.dest: choice.help or "" for choice in chosen._get_subactions()}
    return {name: (helps[name], parser) for name, parser in chosen.choices.items()}


TABLES = {"keys": keys_table, "commands": commands_table}


def section(text: str, name: str) -> str:
    """What stands between `<!-- NAME -->` and `<!-- /NAME -->`. Raises ValueError when a mark is missing."""
    match = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    if not match:
        raise ValueError(f"README.md has no part marked {name}")
    return match[1]


def renewed(text: str) -> str:
    """README.md with its tables made again."""
    for name, table in TABLES.items():
        opening, closing = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        text = text.replace(f"{opening}{section(text, name)}{closing}", f"{opening}{table()}\n{closing}")
    return text


def main() -> None:
    """Print the tables, or write them."""
    if "--write" in sys.argv[1:]:
        README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    else:
        print("\n\n".join(table() for table in TABLES.values()))


if __name__ == "__main__":
    main()
