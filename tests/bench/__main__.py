"""`python -m tests.bench`: start-up, commands, scoring, redraw and imports; ratios are taken within one run.

Aims: first text at most 1.3 times that of a bare Textual app, `quizbot --version` at most 5 times `python -c pass`; a quick
score of a prepared question within 4 ms (12 ms for the slowest of twenty), its first one within 200 ms, in 40 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.bench import redraw, scorer, terminal
from tests.bench.figures import Figure
from tests.bench.processes import ROOT, environment, import_costs, over_nothing, quizbot_command

AIM_START, AIM_VERSION = 1.3, 5.0
AIMS_SCORING: Mapping[str, tuple[float | None, ...]] = {
    "quick": (200.0, 4.0, 12.0, 40.0),
    "thorough": (None, None, None, None),
}
"""First answer, median, 95th percentile (ms) and memory (MB)."""


def measure(runs: int, home: Path) -> dict[str, Any]:
    """Every figure as plain data. Takes about a minute with nine runs."""
    env = environment(home)
    ours = quizbot_command()
    listed = subprocess.run(
        [*ours, "list", "--json"], env=env, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )  # this also fills the cache
    commands = {
        "quizbot --version": [*ours, "--version"],
        "quizbot list": [*ours, "list"],
        "quizbot score": [*ours, "score", "learning-rate", str(ROOT / "tests" / "bench" / "answer.txt")],
    }
    result: dict[str, Any] = {
        "machine": {
            "python": platform.python_version(),
            "system": platform.system(),
            "processors": os.cpu_count(),
            "runs": runs,
        }
    }
    if os.name == "posix":
        # Three words of the first question are enough to know that the list is there; the line may be cut short.
        title = " ".join(json.loads(listed.stdout)[0]["title"].split()[:3])
        bare = [sys.executable, "-P", str(ROOT / "tests" / "bench" / "bare_app.py")]
        result["start"] = _plain(terminal.compare((ours, title), (bare, "bare app"), env, runs))
    result["commands"] = {name: _plain(figures) for name, figures in over_nothing(commands, env, runs).items()}
    result["scoring"] = scorer.measure(env, runs)
    result["redraw"] = redraw.measure(env, runs)
    result["imports"] = {name: _plain(figures) for name, figures in import_costs(env, runs).items()}
    return result


def _plain(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {name: figure.as_json() for name, figure in figures.items()}


def report(result: Mapping[str, Any]) -> list[str]:
    """The figures for people: medians, with the smallest and largest in brackets."""
    machine = result["machine"]
    lines = [
        f"Python {machine['python']} on {machine['system']}, {machine['processors']} processors, warm caches;",
        f"medians of {machine['runs']} interleaved runs, smallest and largest in brackets",
        "",
        f"(a) start in a pseudo-terminal of {terminal.COLUMNS} × {terminal.ROWS}, ms",
    ]
    if start := result.get("start"):
        lines += [
            f"    bare Textual app, first text   {_text(start['bare'])}",
            f"    quizbot, first text            {_text(start['first'])}",
            f"    quizbot, questions listed      {_text(start['ready'])}",
            f"    quizbot over bare, first text  {_text(start['ratio'])}  {_aim(start['ratio'], AIM_START)}",
            f"    quizbot over bare, listed      {_text(start['ready_ratio'])}",
        ]
    else:
        lines.append("    not measured: this system has no pseudo-terminals")
    lines += ["", "(b, c) whole processes, ms, and over `python -c pass`"]
    for name, figures in result["commands"].items():
        aim = _aim(figures["ratio"], AIM_VERSION) if name == "quizbot --version" else ""
        lines.append(f"    {name:<18} {_text(figures['ms']):<20} ratio {_text(figures['ratio'])}  {aim}".rstrip())
    lines += ["", *_scoring_lines(result["scoring"])]
    lines += [
        "",
        f"(e) demo redraw at {redraw.WIDTH} × {redraw.HEIGHT}, CPU ms",
    ]
    for name, case in result["redraw"].items():
        lines.append(f"    {name:<24} {_text(case['cpu_ms'])}  ({case['series']} × {_span(case['points'])} points)")
    lines += ["", "(f) imports in a fresh process, ms, and modules loaded afterwards"]
    for name, figures in result["imports"].items():
        lines.append(f"    {name:<22} {_text(figures['ms']):<22} {figures['modules']['median']:.0f}")
    return lines


def _scoring_lines(scoring: Mapping[str, Any]) -> list[str]:
    lines = [
        f"(d) scoring answers of {scoring['words']} words against {_span(scoring['key_points'])} prepared key points, ms",
    ]
    for mode, aims in AIMS_SCORING.items():
        figures = scoring[mode]
        memory = figures["memory"]
        measured = {
            "first answer in a process, with import and preparing": (
                _text(figures["first"]),
                figures["first"]["median"],
            ),
            "each further answer, median": (f"{figures['median']:.2f}", figures["median"]),
            f"each further answer, p95 of {figures['answers']}": (f"{figures['p95']:.2f}", figures["p95"]),
            "memory added, MB": (_text(memory) if memory else "not told here", memory["median"] if memory else None),
        }
        lines.append(f"    {mode}")
        for (name, (text, value)), aim in zip(measured.items(), aims, strict=True):
            verdict = "" if aim is None or value is None else f"aim ≤ {aim:g}: {'met' if value <= aim else 'MISSED'}"
            lines.append(f"        {name:<53} {text:<22} {verdict}".rstrip())
    return lines


def _text(figure: Mapping[str, Any]) -> str:
    return str(Figure(figure["median"], figure["low"], figure["high"], figure["runs"]))


def _aim(ratio: Mapping[str, Any], aim: float) -> str:
    return f"aim ≤ {aim:g}: {'met' if ratio['median'] <= aim else 'MISSED'}"


def _span(numbers: list[int]) -> str:
    return f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--runs", type=int, default=9, metavar="N", help="runs of each measurement (default: 9)")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quizbot-bench-") as home:
        result = measure(max(1, wanted.runs), Path(home))
    print(json.dumps(result, indent=2) if wanted.json else "\n".join(report(result)))


if __name__ == "__main__":
    main()
