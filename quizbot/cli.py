"""The command line: what can be asked for, and which module answers. Each command imports what it needs when it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizbot import __version__

if TYPE_CHECKING:
    import argparse

EPILOG = """\
Without a command, quizbot opens in the terminal. Every other command prints plain text and works without a terminal.
Exit status: 0 done, 1 a negative finding (such as lint errors), 2 a wrong call."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments in (["--version"], ["-V"]):  # before argparse is imported: the one call that scripts make often
        try:
            print(f"quizbot {__version__}", flush=True)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    from quizbot.commands.context import run

    return run(build_parser(), arguments)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line. `handler` of the parsed namespace names the function to call, as `module:function`."""
    import argparse

    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--content",
        action="append",
        metavar="DIR",
        default=argparse.SUPPRESS,
        dest="more_content",
        help="add a folder of questions; can be given more than once, a later folder overrides an earlier one",
    )
    shared.add_argument("--plain", action="store_true", default=argparse.SUPPRESS, help="line mode: no full screen")
    printing = argparse.ArgumentParser(add_help=False)
    printing.add_argument("--json", action="store_true", help="print one JSON document and nothing else")

    parser = argparse.ArgumentParser(
        prog="quizbot",
        description="Practise technical interviews: answer in your own words, see which key points you covered.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-V", "--version", action="version", version=f"quizbot {__version__}")
    parser.add_argument("--content", action="append", metavar="DIR", default=[], help="add a folder of questions")
    parser.add_argument("--plain", action="store_true", help="line mode: no full screen")
    parser.set_defaults(handler="quizbot.commands.app:run_app", more_content=[])
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, handler: str, summary: str, *, json: bool = True) -> argparse.ArgumentParser:
        parents = [shared, printing] if json else [shared]
        sub = commands.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + ".", parents=parents
        )
        sub.set_defaults(handler=f"quizbot.commands.{handler}")
        return sub

    def role(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--role", choices=("technical", "managerial"), help="whose question it is")

    sub = command("list", "questions:run_list", "list the questions")
    sub.add_argument("--pack", help="only this pack")
    sub.add_argument("--level", choices=("junior", "mid", "senior"), help="only this level")
    role(sub)
    sub = command("find", "questions:run_find", "find questions, key points and demos for a question in your own words")
    sub.add_argument("text", nargs="+", metavar="TEXT")
    sub.add_argument("--limit", type=int, default=10, metavar="N", help="how many to show (default: 10)")
    sub = command("show", "questions:run_show", "show the structured answer")
    sub.add_argument("id", metavar="ID")
    role(sub)
    sub.add_argument("--section", metavar="S", help="only this section, such as definition, effects or sources")
    sub = command("ask", "ask:run_ask", "practise one question in line mode and record the attempt", json=False)
    sub.add_argument("id", nargs="?", metavar="ID", help="default: the next one to practise")
    role(sub)
    sub = command("score", "score:run_score", "score one answer; records nothing")
    sub.add_argument("id", metavar="ID")
    role(sub)
    sub.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="the answer; - or nothing reads standard input"
    )
    sub = command("grade", "score:run_grade", "score many answers: JSON lines in, JSON lines out")
    sub.add_argument(
        "file", metavar="FILE.jsonl", help='lines {"id", "question", "role", "answer"}; - reads standard input'
    )
    sub = command("demo", "demo:run_demo", "list the numeric demos, or run one")
    sub.add_argument("name", nargs="?", metavar="NAME")
    sub.add_argument("--set", action="append", default=[], metavar="K=V", help="a parameter; lists as k=1,2,3")
    sub.add_argument("--plot", metavar="FILE.svg", help="write the plot")
    sub.add_argument("--csv", metavar="FILE", help="write the numbers; - prints them")
    sub = command("lint", "check:run_lint", "check questions and say what to put right")
    sub.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; default: all content")
    sub.add_argument("--no-samples", action="store_true", help="do not score the graded answers, which takes longest")
    command("schema", "check:run_schema", "print the JSON Schema of a question, for editors")
    return parser
