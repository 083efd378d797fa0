"""From start to the first text in a pseudo-terminal: what somebody waits for after typing a command. POSIX only."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tests.bench.figures import Figure, figure, ratios

COLUMNS, ROWS = 80, 24
LIMIT = 30.0
"""Seconds after which a program that shows no text counts as failed."""
QUIT = b"\x11"  # Ctrl+Q

_CONTROL = re.compile(
    r"\x1b\].*?(?:\x07|\x1b\\)"  # operating system commands, such as a window title
    r"|\x1b[PX^_].*?\x1b\\"  # device control and other strings
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, modes, cursor
    r"|\x1b[ -/]*[0-Z\\^-~]"  # two-character escapes
    r"|\x1b.*\Z"  # one that has only half arrived
    r"|[\x00-\x1f\x7f]",
    re.DOTALL,
)


def visible(output: bytes) -> str:
    """What a terminal would show of `output`, in the order in which it was written, without regard to place."""
    return _CONTROL.sub("", output.decode("utf-8", "ignore"))


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds to the first letter on the screen, and to the text that was waited for."""

    first: float
    ready: float


def start(command: Sequence[str], env: Mapping[str, str], until: str) -> Start:
    """Start a program in a terminal of 80 × 24, wait until it shows `until`, and quit it with Ctrl+Q.

    Raises TimeoutError, with what was shown, when the text does not come.
    """
    import fcntl
    import pty
    import termios

    size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        try:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execve(command[0], list(command), dict(env))
        finally:
            os._exit(127)
    try:
        return _watch(terminal, began, until)
    finally:
        _end(process, terminal)


def _watch(terminal: int, began: float, until: str) -> Start:
    output = b""
    first: float | None = None
    while (left := began + LIMIT - time.perf_counter()) > 0:
        output += _read(terminal, left)
        now = (time.perf_counter() - began) * 1e3
        shown = visible(output)
        if first is None and any(char.isalpha() for char in shown):
            first = now
        if until in shown:
            return Start(first or now, now)
    raise TimeoutError(f"{until!r} did not appear within {LIMIT:g} s; this did: {visible(output)[-400:]!r}")


def _read(terminal: int, seconds: float) -> bytes:
    """What arrived; nothing once `seconds` are over. Raises EOFError when the program has ended."""
    if not select.select([terminal], [], [], max(0.0, seconds))[0]:
        return b""
    try:
        data = os.read(terminal, 65_536)
    except OSError:  # how Linux reports that the other side is closed
        data = b""
    if not data:
        raise EOFError("the program ended before it showed what was waited for")
    return data


def _end(process: int, terminal: int) -> None:
    """Quit as a user does, so that the next start does not meet what a kill leaves behind; kill what does not quit."""
    with suppress(OSError):
        os.write(terminal, QUIT)
    deadline = time.perf_counter() + 5
    with suppress(EOFError):
        while time.perf_counter() < deadline:
            _read(terminal, deadline - time.perf_counter())
    gone = 0
    while not gone and time.perf_counter() < deadline:
        gone, _ = os.waitpid(process, os.WNOHANG)
        time.sleep(0.002)
    if not gone:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    os.close(terminal)


def compare(
    ours: tuple[Sequence[str], str], bare: tuple[Sequence[str], str], env: Mapping[str, str], runs: int
) -> dict[str, Figure]:
    """Start both programs in turn, `runs` times; each is (command, text to wait for). Milliseconds, and the ratios."""
    start(ours[0], env, ours[1])
    start(bare[0], env, bare[1])
    own: list[Start] = []
    other: list[Start] = []
    for _ in range(runs):
        other.append(start(bare[0], env, bare[1]))
        own.append(start(ours[0], env, ours[1]))
    return {
        "bare": figure([run.first for run in other]),
        "first": figure([run.first for run in own]),
        "ready": figure([run.ready for run in own]),
        "ratio": ratios([run.first for run in own], [run.first for run in other]),
        "ready_ratio": ratios([run.ready for run in own], [run.ready for run in other]),
    }
