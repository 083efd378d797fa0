"""A cure for one habit of Textual's terminal driver, which has no setting for it."""

from __future__ import annotations

import codecs
import sys


def forgive_bytes() -> None:
    """Let a byte that is not UTF-8 (a terminal set to Latin-1, a broken paste) be shown as � instead of ending the app.

    Textual 8.2 decodes what is typed strictly, and the error of its input thread takes the whole app with it.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    def decoder(encoding: str) -> object:
        return lambda: codecs.getincrementaldecoder(encoding)(errors="replace")

    linux_driver.getincrementaldecoder = decoder  # type: ignore[attr-defined, assignment]
