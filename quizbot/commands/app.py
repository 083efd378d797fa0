"""`quizbot` without a command: the terminal UI."""

from __future__ import annotations

import gc
import sys
import time

from quizbot.commands.context import Context, wrong_call
from quizbot.store import Store, StoreError


def run_app(context: Context) -> int:
    """Open the terminal UI, or say what works without a terminal."""
    if context.arguments.plain:
        wrong_call(
            "line mode wants a command: `quizbot ask` practises the next question, `quizbot --help` shows the rest"
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        wrong_call("this is not a terminal; `quizbot ask` practises in line mode, `quizbot --help` shows the rest")
    bank = context.bank(tell=False)
    trouble = ""
    try:
        store = context.store()
        store.prepare()
    except StoreError as error:
        # Practising goes on; the user is told at once that nothing will be kept.
        trouble = f"{error} Nothing is recorded in this session."
        store = Store.in_memory()
    # Thousands of objects are made before the first screen stands and none of them is garbage: collecting meanwhile only
    # delays it.
    gc.disable()
    from quizbot.tui.app import QuizbotApp
    from quizbot.tui.terminal import forgive_bytes

    forgive_bytes()
    app = QuizbotApp(bank, store, seconds=time.monotonic, trouble=trouble, started=_collect_again)
    with store:
        app.run()
    return app.return_code or 0


def _collect_again() -> None:
    """The first screen stands: what is there now stays, what comes may be garbage."""
    gc.freeze()
    gc.enable()
