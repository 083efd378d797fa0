"""Scoring: what the first answer costs with everything that has to be imported, and what each further one costs.

Run as a module it is the measured process: questions and answers come in on standard input, so that reading YAML is not
part of the time.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

WORDS = 150
"""Length of the scored answers: about a minute and a half of speech."""


def workload() -> list[dict[str, Any]]:
    """Every shipped question as its first role is asked it, with answers of 150 words made from its samples in turn."""
    from pathlib import Path

    from quizbot.content.bank import bundled_content, open_bank
    from quizbot.content.loader import load_samples
    from quizbot.practice.scored import default_role, prompt_for

    bank = open_bank([bundled_content()], None)
    questions = []
    for header in bank.headers:
        question = bank.question(header["id"])
        role = default_role(question)
        samples = load_samples(Path(header["file"]).with_suffix(".samples.yaml"))
        texts = [answer["text"] for answer in samples["answers"]]
        answers = []
        for first in range(len(texts)):
            words = " ".join(texts[first:] + texts[:first]).split()
            answers.append(" ".join(words[:WORDS]))
        points = [
            {
                "id": point["id"],
                "claim": point["claim"],
                "accept": point["accept"],
                "partial": point["partial"],
                "reject": [[wrong["says"], wrong["because"]] for wrong in point["reject"]],
                "weight": point["weight"].get(role, 0),
                "why": point["why"],
            }
            for point in question["key_points"]
        ]
        prompt = f"{question['title']}\n{prompt_for(question, role)}"
        questions.append({"prompt": prompt, "points": points, "answers": answers})
    return questions


def measure(env: Mapping[str, str], runs: int) -> dict[str, Any]:
    """Milliseconds: the first answer in each of `runs` fresh processes, and every answer of the last of them."""
    from tests.bench.figures import figure, percentile
    from tests.bench.processes import ROOT

    given = workload()
    firsts, later = [], []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.scorer"],
            input=json.dumps(given),
            env=env,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        result = json.loads(done.stdout)
        firsts.append(result["first"])
        later = result["later"]
    return {
        "first": figure(firsts).as_json(),
        "median": round(statistics.median(later), 3),
        "p95": round(percentile(later, 0.95), 3),
        "answers": len(later),
        "words": sorted({len(answer.split()) for question in given for answer in question["answers"]}),
        "key_points": sorted({len(question["points"]) for question in given}),
    }


def main() -> None:
    """The measured process."""
    given = json.load(sys.stdin)
    began = time.perf_counter()
    from quizbot.scoring import KeyPoint, Reject, prepare, score_prepared

    def prepared(question: dict[str, Any]) -> Any:
        points = [
            KeyPoint(**{**point, "reject": [Reject(*wrong) for wrong in point["reject"]]})
            for point in question["points"]
        ]
        return prepare(question["prompt"], points)

    first = prepared(given[0])
    score_prepared(first, given[0]["answers"][0])
    taken = (time.perf_counter() - began) * 1e3
    later = []
    for question in given:
        ready = prepared(question)
        for answer in question["answers"]:
            began = time.perf_counter()
            score_prepared(ready, answer)
            later.append((time.perf_counter() - began) * 1e3)
    json.dump({"first": taken, "later": later}, sys.stdout)


if __name__ == "__main__":
    main()
