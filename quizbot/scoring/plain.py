"""Graded answers in a plain form, for training only: one item a line, quick to write and to read.

```
Q: the question
K some-id: the claim of a key point
+ an accepted phrasing of it
- a rejected statement about it
A some-id=covered other-id=partial: an answer; key points that are not named are missing
```

Lines that begin with # are comments. Such questions have no weights, and their grade is what the verdicts give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from .data import GradedAnswer, GradedQuestion
from .model import VERDICTS
from .types import VALUES, KeyPoint, Reject, VerdictName

_POINT = re.compile(r"K ([a-z0-9-]+): (.+)")
_ANSWER = re.compile(r"A((?: [a-z0-9-]+=[a-z]+)*): (.+)")
STYLE, ROLE = "free", "technical"


@dataclass(slots=True)
class _Point:
    claim: str
    accept: list[str] = field(default_factory=list)
    reject: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Question:
    prompt: str
    points: dict[str, _Point] = field(default_factory=dict)
    answers: list[tuple[str, dict[str, VerdictName]]] = field(default_factory=list)


def read_plain(path: Path) -> list[GradedQuestion]:
    """The questions of one file, with ids made of its name and their number.

    Raises OSError, and ValueError that names file and line for a line of another form.
    """
    found: list[_Question] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.strip() and not line.startswith("#"):
                _take(line.strip(), found)
        except (ValueError, IndexError) as error:
            raise ValueError(f"{path}:{number}: not a line of graded answers: {error}") from error
    return [_made(f"{path.stem}-{number}", question) for number, question in enumerate(found, 1)]


def _take(line: str, found: list[_Question]) -> None:
    if line.startswith("Q: "):
        found.append(_Question(line[3:]))
    elif point := _POINT.fullmatch(line):
        found[-1].points[point[1]] = _Point(point[2])
    elif line.startswith("+ "):
        _last(found).accept.append(line[2:])
    elif line.startswith("- "):
        _last(found).reject.append(line[2:])
    elif answer := _ANSWER.fullmatch(line):
        points = found[-1].points
        gold: dict[str, VerdictName] = dict.fromkeys(points, "missing")
        for pair in answer[1].split():
            name, _, said = pair.partition("=")
            if name not in points:
                raise ValueError(f"there is no key point {name!r}")
            gold[name] = VERDICTS[[*VERDICTS].index(said)]  # type: ignore[arg-type]
        found[-1].answers.append((answer[2], gold))
    else:
        raise ValueError("it begins with none of Q:, K, +, -, A and #")


def _last(found: list[_Question]) -> _Point:
    return list(found[-1].points.values())[-1]


def _made(name: str, question: _Question) -> GradedQuestion:
    points = tuple(
        KeyPoint(key, p.claim, tuple(p.accept), (), tuple(Reject(says) for says in p.reject))
        for key, p in question.points.items()
    )
    answers = tuple(
        GradedAnswer(f"{name}-{number}", text, STYLE, ROLE, gold, _grade(gold))
        for number, (text, gold) in enumerate(question.answers, 1)
    )
    return GradedQuestion(name, question.prompt, points, {key: {ROLE: 1.0} for key in question.points}, answers)


def _grade(gold: dict[str, VerdictName]) -> float:
    return round(10 * max(0.0, sum(VALUES[verdict] for verdict in gold.values()) / max(1, len(gold))), 1)
