"""Scoring: what the first answer costs with everything that has to be imported, what each further one costs, and memory.

Run as a module it is the measured process: questions and answers come in on standard input, so that reading YAML is part of
neither time nor memory.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

WORDS = 150
"""Length of the scored answers: about a minute and a half of speech."""
KEY_POINTS = 7
"""Key points that each of them is scored against."""
QUESTIONS, ANSWERS = 12, 8
"""How many questions, and answers to each, are scored quickly."""
THOROUGH_ANSWERS, THOROUGH_RUNS = 2, 3
"""Thorough scores take their time, so fewer are measured, also for memory."""
REMEMBERED = 20
"""Answers scored before memory is looked at."""
_MODES = ("quick", "thorough")


def workload() -> list[dict[str, Any]]:
    """Questions of the bank with their first seven key points, and answers of 150 words made from their samples in turn."""
    from quizbot.scoring.data import read_graded
    from tests.bench.processes import ROOT

    enough = [q for q in read_graded([ROOT / "content"]) if len(q.points) >= KEY_POINTS]
    step = max(1, len(enough) // QUESTIONS)
    questions = []
    for question in enough[::step][:QUESTIONS]:
        texts = [answer.text for answer in question.answers]
        points = [
            {
                "id": point.id,
                "claim": point.claim,
                "accept": list(point.accept),
                "partial": list(point.partial),
                "reject": [[wrong.says, wrong.because] for wrong in point.reject],
                "weight": point.weight,
                "why": point.why,
            }
            for point in question.points_for("technical")[:KEY_POINTS]
        ]
        aliases = [[term, list(also)] for term, also in question.aliases]
        answers = answers_of(texts, max(ANSWERS, REMEMBERED))
        questions.append({"prompt": question.prompt, "points": points, "aliases": aliases, "answers": answers})
    return questions


def answers_of(texts: Sequence[str], count: int, words: int = WORDS) -> list[str]:
    """`count` answers of so many words, each the texts in turn from another one on; at least one text has to have words."""
    made = []
    for first in range(count):
        start = first % len(texts)
        said = " ".join([*texts[start:], *texts[:start]]).split()
        made.append(" ".join((said * (words // len(said) + 1))[:words]))
    return made


def measure(env: Mapping[str, str], runs: int) -> dict[str, Any]:
    """For quick and thorough scores: milliseconds of the first answer in each of `runs` fresh processes and of the answers in
    the last of them, and megabytes that importing, one prepared question and 20 answers add, 2 if thorough; None: unknown."""
    from tests.bench.figures import figure, percentile

    given = workload()
    result: dict[str, Any] = {
        "words": WORDS,
        "key_points": sorted({len(question["points"]) for question in given}),
        "questions": len(given),
    }
    for mode in _MODES:
        count = ANSWERS if mode == "quick" else THOROUGH_ANSWERS
        times = runs if mode == "quick" else min(runs, THOROUGH_RUNS)
        some = [{**question, "answers": question["answers"][:count]} for question in given]
        one = [{**given[0], "answers": given[0]["answers"][: REMEMBERED if mode == "quick" else count]}]
        # All answers in the last process only; the others are there for their first answer.
        done = [_process(["time", mode], some if n == times - 1 else some[:1], env) for n in range(times)]
        added = [_process(["memory", mode], one, env)["added"] for _ in range(times)]
        later = done[-1]["later"]
        result[mode] = {
            "first": figure([each["first"] for each in done]).as_json(),
            "median": round(statistics.median(later), 3),
            "p95": round(percentile(later, 0.95), 3),
            "answers": len(later),
            "memory": None if None in added else figure(added).as_json(),
        }
    return result


def _process(arguments: Sequence[str], given: Sequence[Mapping[str, Any]], env: Mapping[str, str]) -> dict[str, Any]:
    from tests.bench.processes import measured

    return measured("tests.bench.scorer", arguments, env, json.dumps(given))


def resident() -> float | None:
    """Megabytes (10⁶ bytes) of this process that are in memory now; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, AttributeError):
        return None


def _prepared(question: Mapping[str, Any]) -> Any:
    from quizbot.scoring import KeyPoint, Reject, prepare

    points = [
        KeyPoint(**{**point, "reject": [Reject(*wrong) for wrong in point["reject"]]}) for point in question["points"]
    ]
    return prepare(question["prompt"], points, aliases=question["aliases"])


def _times(given: Sequence[Mapping[str, Any]], thorough: bool) -> dict[str, Any]:
    began = time.perf_counter()
    from quizbot.scoring import score_prepared

    score_prepared(_prepared(given[0]), given[0]["answers"][0], thorough=thorough)
    first = (time.perf_counter() - began) * 1e3
    later = []
    for question in given:
        ready = _prepared(question)
        # What is kept with the prepared question after its first answer is not paid for again.
        score_prepared(ready, question["answers"][0], thorough=thorough)
        for answer in question["answers"][1:]:
            began = time.perf_counter()
            score_prepared(ready, answer, thorough=thorough)
            later.append((time.perf_counter() - began) * 1e3)
    return {"first": first, "later": later}


def _memory(given: Sequence[Mapping[str, Any]], thorough: bool) -> dict[str, Any]:
    before = resident()
    from quizbot.scoring import score_prepared

    ready = _prepared(given[0])
    for answer in given[0]["answers"]:
        score_prepared(ready, answer, thorough=thorough)
    after = resident()
    return {"added": None if before is None or after is None else after - before}


def main(arguments: Sequence[str]) -> None:
    """The measured process."""
    what, mode = arguments
    given = json.load(sys.stdin)
    found = (_times if what == "time" else _memory)(given, mode == "thorough")
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
