"""Writing in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path


class EditorError(Exception):
    """The editor could not be used; the message says what to do."""


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """The command of `$VISUAL` or else `$EDITOR`. Raises EditorError when neither is set or can be understood."""
    name = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    if not name:
        raise EditorError("Set VISUAL or EDITOR to your editor, for instance: export EDITOR=nano")
    try:
        # On Windows backslashes belong to paths and quotes are not shell quotes.
        return shlex.split(name, posix=os.name != "nt")
    except ValueError as error:
        raise EditorError(f"The editor command {name!r} cannot be understood: {error}") from error


def edit(text: str, command: list[str]) -> str:
    """Open `text` in an editor, wait for it to end, and return what was saved.

    Raises EditorError when the editor cannot be started, fails, or leaves a file that is not text; `text` is then still
    with the caller.
    """
    with tempfile.TemporaryDirectory(prefix="quizbot-") as folder:
        file = Path(folder, "answer.md")
        file.write_text(text, encoding="utf-8", errors="replace", newline="")
        try:
            status = subprocess.run([*command, str(file)], check=False).returncode
        except OSError as error:
            raise EditorError(f"{command[0]} cannot be started: {error.strerror or error}") from error
        if status != 0:
            raise EditorError(f"{command[0]} ended with status {status}; the answer is as it was before.")
        try:
            edited = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise EditorError(f"What the editor saved cannot be read: {error}") from error
    # Editors end the last line; an answer that did not end so before should not look changed.
    if text.endswith("\n"):
        return edited
    return edited.removesuffix("\r\n") if edited.endswith("\r\n") else edited.removesuffix("\n")
