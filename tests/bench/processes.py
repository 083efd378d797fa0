"""Short processes, timed from outside: commands of the command line, and imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure, figure, ratios

ROOT = Path(__file__).resolve().parent.parent.parent
NOTHING = [sys.executable, "-c", "pass"]
IMPORTS = {
    "quizbot.cli": "import quizbot.cli",
    "quizbot.store": "import quizbot.store",
    "quizbot.content.bank": "import quizbot.content.bank",
    "quizbot.content.schema": "import quizbot.content.schema",
    "quizbot.scoring": "import quizbot.scoring",
    "quizbot.tui.app": "import quizbot.tui.app",
    "textual.app": "import textual.app",
    "pydantic.BaseModel": "from pydantic import BaseModel",  # the bare `import pydantic` puts its work off
    "numpy": "import numpy",
    "yaml": "import yaml",
    "platformdirs": "import platformdirs",
}
_TIMED_IMPORT = "import sys,time;t=time.perf_counter();{0};print((time.perf_counter()-t)*1e3,len(sys.modules))"


def quizbot_command() -> list[str]:
    """What people type, where it is installed beside this Python; else `python -m quizbot`."""
    name = "quizbot.exe" if os.name == "nt" else "quizbot"
    installed = Path(sysconfig.get_path("scripts"), name)
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "quizbot"]


def measured(module: str, arguments: Sequence[str], env: Mapping[str, str], given: str | None = None) -> dict[str, Any]:
    """The JSON object that a module of the benchmark prints when it is run as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        input=given,
        env=env,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def environment(home: Path) -> dict[str, str]:
    """The environment of every measured process: its own state, and nothing that changes what Textual does."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("TEXTUAL", "PYTHON", "QUIZBOT")) and key not in ("NO_COLOR", "COLUMNS", "LINES")
    }
    return kept | {"QUIZBOT_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def run_once(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Milliseconds from start to end of a process. Raises CalledProcessError when it fails."""
    started = time.perf_counter()
    subprocess.run(
        command,
        env=env,
        cwd=ROOT,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    return (time.perf_counter() - started) * 1e3


def over_nothing(
    commands: Mapping[str, Sequence[str]], env: Mapping[str, str], runs: int
) -> dict[str, dict[str, Figure]]:
    """Each command beside `python -c pass`, all of them in every round: milliseconds and ratio."""
    times: dict[str, list[float]] = {name: [] for name in ("python -c pass", *commands)}
    for command in commands.values():
        run_once(command, env)
    for _ in range(runs):
        times["python -c pass"].append(run_once(NOTHING, env))
        for name, command in commands.items():
            times[name].append(run_once(command, env))
    nothing = times["python -c pass"]
    return {name: {"ms": figure(taken), "ratio": ratios(taken, nothing)} for name, taken in times.items()}


def import_costs(env: Mapping[str, str], runs: int) -> dict[str, dict[str, Figure]]:
    """What importing a module costs in a fresh process: milliseconds, and how many modules there are afterwards."""
    taken: dict[str, list[float]] = {name: [] for name in IMPORTS}
    modules: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for turn in range(runs + 1):
        for name in IMPORTS:
            code = _TIMED_IMPORT.format(IMPORTS[name])
            done = subprocess.run(
                [sys.executable, "-c", code], env=env, cwd=ROOT, check=True, capture_output=True, text=True
            )
            if turn:  # the first turn only warms the disk and the compiled files
                ms, count = done.stdout.split()
                taken[name].append(float(ms))
                modules[name].append(float(count))
    return {name: {"ms": figure(taken[name]), "modules": figure(modules[name])} for name in IMPORTS}
