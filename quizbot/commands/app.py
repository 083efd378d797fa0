"""`quizbot` without a command: the terminal UI."""

from __future__ import annotations

import sys

from quizbot.commands.context import Context, wrong_call


def run_app(context: Context) -> int:
    """Open the terminal UI, or say what works without a terminal."""
    if context.arguments.plain:
        wrong_call(
            "line mode wants a command: `quizbot ask` practises the next question, `quizbot --help` shows the rest"
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        wrong_call("this is not a terminal; `quizbot ask` practises in line mode, `quizbot --help` shows the rest")
    from quizbot.tui.app import QuizbotApp

    app = QuizbotApp(folders=context.folders, paths=context.paths)
    app.run()
    return app.return_code or 0
