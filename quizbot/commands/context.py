"""What every command needs: where things are, how to print, and how a failure is told."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from quizbot.text import safe

if TYPE_CHECKING:
    import argparse

    from quizbot.content.bank import Bank
    from quizbot.content.records import Question
    from quizbot.store import Paths, Store


class CommandError(Exception):
    """A command that cannot be carried out; the message is for the user, `status` is the exit status."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


def wrong_call(message: str) -> NoReturn:
    """End the command with exit status 2."""
    raise CommandError(message)


@dataclass(frozen=True, slots=True)
class Context:
    """The parsed call, with the files and folders it works on."""

    arguments: argparse.Namespace

    @property
    def paths(self) -> Paths:
        """Where quizbot keeps its state."""
        from quizbot.store import resolve

        return resolve(os.environ)

    @property
    def folders(self) -> list[Path]:
        """Content folders in the order in which they override each other."""
        from quizbot.content.bank import bundled_content

        folders = [bundled_content()]
        for given in [*self.arguments.content, *self.arguments.more_content]:
            folder = user_path(given)
            if not folder.is_dir():
                wrong_call(f"--content: there is no folder {given}")
            if not os.access(folder, os.R_OK | os.X_OK):
                wrong_call(f"--content: the folder {given} cannot be read")
            folders.append(folder)
        return folders

    def bank(self, *, tell: bool = True) -> Bank:
        """The questions; with `tell`, files that were left out are named on standard error."""
        from quizbot.content.bank import open_bank

        bank = open_bank(self.folders, self.paths.cache)
        if tell:
            for problem in bank.problems:
                note(str(problem))
            for notice in bank.notices:
                note(f"note: {notice}")
        return bank

    def question(self, bank: Bank, name: str) -> Question:
        """A question by id, or the end of the command with a hint."""
        from quizbot.content.bank import UnknownQuestionError
        from quizbot.content.problems import ContentError

        try:
            return bank.question(name)
        except (UnknownQuestionError, ContentError) as error:
            wrong_call(str(error.args[0]))

    def store(self) -> Store:
        """The user's records, to be used as a context manager."""
        from quizbot.store import Store

        return Store.open(self.paths)


def run(parser: argparse.ArgumentParser, arguments: list[str]) -> int:
    """Parse, call the handler, and turn every expected failure into one line on standard error."""
    _prepare_streams()
    try:
        status = _carry_out(parser, arguments)
        sys.stdout.flush()  # now, not at exit, where a failure could no longer be told
    except BrokenPipeError:  # the reader of a pipe has seen enough
        status = 0
        _drop_output()
    except OSError as error:  # such as a full disk
        status = 1
        _drop_output()
        note(f"quizbot: cannot write the output: {error.strerror or error}")
    return status


def _carry_out(parser: argparse.ArgumentParser, arguments: list[str]) -> int:
    try:
        parsed = parser.parse_args(arguments)
    except SystemExit as end:  # argparse has told what is wrong
        return end.code if isinstance(end.code, int) else 2
    module, _, function = parsed.handler.partition(":")
    try:
        handler: Callable[[Context], int] = getattr(import_module(module), function)
        return handler(Context(parsed))
    except CommandError as error:
        note(f"quizbot: {error}")
        return error.status
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        note("")
        return 130
    except Exception as error:
        if not _is_expected(error):
            raise
        note(f"quizbot: {error}")
        return 1


def _prepare_streams() -> None:
    """Make the standard streams usable whatever started this process."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller, as with `<&-`
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (stays open)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show η gets \u03b7, not a traceback
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        # What is piped in is UTF-8, as files are; a byte that is not costs one character, not the answer.
        sys.stdin.reconfigure(encoding=None if sys.stdin.isatty() else "utf-8", errors="replace")


def _drop_output() -> None:
    """Let what can no longer be written go nowhere, so that the interpreter does not complain at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _is_expected(error: Exception) -> bool:
    """Failures that are told and not traced: of the user's records, and of the file system."""
    from quizbot.store import StoreError

    return isinstance(error, (StoreError, OSError))


def note(text: str) -> None:
    """A line for people, on standard error."""
    print(safe(text), file=sys.stderr)


def say(text: str = "") -> None:
    """A line for people, on standard output, with untrusted characters made harmless."""
    print(safe(text))


def print_json(data: Any, *, indent: int | None = 2) -> None:
    """One JSON document. Escaped to ASCII, so that any text survives any terminal and pipe."""
    print(json.dumps(data, ensure_ascii=True, allow_nan=False, indent=indent))


def user_path(given: str) -> Path:
    """A path as the user typed it, with `~` expanded; where `~name` is no user it is an ordinary name."""
    try:
        return Path(given).expanduser()
    except RuntimeError:
        return Path(given)


def read_text(file: str) -> str:
    """The text of a file, or of standard input for `-`, exactly as it is: line ends and all."""
    try:
        if file == "-":
            if sys.stdin.isatty():
                note("Type your answer; Ctrl+D on an empty line ends it.")
            raw = sys.stdin.buffer.read()
        else:
            raw = user_path(file).read_bytes()
    except OSError as error:
        wrong_call(f"cannot read {file}: {error.strerror or error}")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong_call(f"{'standard input' if file == '-' else file} is not UTF-8 text (byte {error.start + 1})")
