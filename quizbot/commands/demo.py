"""`demo`: numeric demos from the command line, as numbers, as a plot or in words."""

from __future__ import annotations

import sys

from quizbot.commands.context import Context, print_json, say, user_path, wrong_call
from quizbot.commands.plain import bullet, heading, paragraph, width
from quizbot.demos.registry import DemoError, DemoResult, DemoSpec, all_specs, command_line, describe, get, run, to_csv


def run_demo(context: Context) -> int:
    """`quizbot demo [NAME] [--set k=v]…`: list demos, or run one."""
    wanted = context.arguments
    if wanted.name is None:
        return _list(as_json=wanted.json)
    try:
        spec = get(wanted.name)
        result = run(spec.name, _settings(wanted.set))
    except DemoError as error:
        wrong_call(f"{error}")
    if wanted.plot:
        _write(wanted.plot, _svg(wanted.plot, spec, result))
    if wanted.csv:
        if wanted.csv == "-":
            print(to_csv(result), end="")
        else:
            _write(wanted.csv, to_csv(result))
    if wanted.json:
        print_json(result.as_json())
    elif wanted.csv != "-":
        _tell(spec, result)
    return 0


def _list(*, as_json: bool) -> int:
    if as_json:
        print_json(
            [
                {"name": spec.name, "title": spec.title, "topics": list(spec.topics), "shows": spec.shows}
                for spec in all_specs()
            ]
        )
        return 0
    for spec in all_specs():
        say(f"{spec.name}: {spec.title}")
        say(paragraph(spec.shows, "  "))
        for param in spec.params:
            say(
                paragraph(
                    f"{param.name}={param.format(param.default)}  {param.help} ({param.range_text})", "      ", "    "
                )
            )
    return 0


def _settings(given: list[str]) -> dict[str, str]:
    settings = {}
    for setting in given:
        name, equals, value = setting.partition("=")
        if not equals:
            wrong_call(f"--set {setting}: write it as NAME=VALUE, lists as NAME=1,2,3")
        settings[name.strip()] = value
    return settings


def _svg(file: str, spec: DemoSpec, result: DemoResult) -> str:
    from quizbot.practice.demo_plot import chart_svg

    if not file.lower().endswith(".svg"):
        wrong_call(f"--plot {file}: only .svg can be written; name the file *.svg")
    return chart_svg(spec, result)


def _write(file: str, text: str) -> None:
    try:
        user_path(file).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        wrong_call(f"cannot write {file}: {error.strerror or error}")


def _tell(spec: DemoSpec, result: DemoResult) -> None:
    say(spec.title)
    say(paragraph(spec.shows))
    if sys.stdout.isatty():
        from quizbot.practice.demo_plot import chart_cells

        say()
        say(chart_cells(spec, result, width(), 20).to_text())
    say(heading("What it shows"))
    for line in describe(result):
        say(bullet(line))
    say(heading("What to look for"))
    say(paragraph(spec.look_for))
    say(paragraph(f"Scope: {spec.scope}"))
    say()
    say(f"Again: {command_line(spec.name, result.params)}")
