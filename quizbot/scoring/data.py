"""Graded answers for training and measuring: YAML files of questions with key points, answers and gold verdicts.

A file is either `ID.samples.yaml` beside the question `ID.yaml`, or it is self-contained (`id`, `question`, `key_points`,
`answers`), as samples are whose question is still to be written; or it is `*.answers` or `*.claims` in the plain form of
`plain.py`.
Reading needs PyYAML, imported only here and only when called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .types import KeyPoint, Reject, VerdictName


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """One answer with its gold verdict for every key point and its grade from 0 to 10."""

    id: str
    text: str
    style: str
    role: str
    gold: dict[str, VerdictName]
    grade: float


@dataclass(frozen=True, slots=True)
class GradedQuestion:
    """A question with its key points (weights per role) and graded answers."""

    id: str
    prompt: str
    points: tuple[KeyPoint, ...]
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    answers: tuple[GradedAnswer, ...] = ()
    aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Terms with other wordings that mean the same in this question, for `prepare`."""

    def points_for(self, role: str) -> tuple[KeyPoint, ...]:
        """The key points with the weights of a role; a weight left out is 0."""
        return tuple(
            KeyPoint(p.id, p.claim, p.accept, p.partial, p.reject, self.weights.get(p.id, {}).get(role, 0.0), p.why)
            for p in self.points
        )


def documents(question: GradedQuestion) -> list[str]:
    """The texts of a question that count as documents of the bank: its key points and its answers."""
    points = [" ".join([p.claim, *p.accept, *p.partial, *(r.says for r in p.reject)]) for p in question.points]
    return points + [answer.text for answer in question.answers]


def _flow(text: Any) -> str:
    return " ".join(str(text).split())


def _question(data: dict[str, Any], samples: dict[str, Any]) -> GradedQuestion:
    points = []
    weights = {}
    for raw in data["key_points"]:
        rejects = tuple(Reject(_flow(r["says"]), _flow(r.get("because", ""))) for r in raw.get("reject", ()))
        points.append(
            KeyPoint(
                raw["id"],
                _flow(raw["claim"]),
                tuple(_flow(t) for t in raw.get("accept", ())),
                tuple(_flow(t) for t in raw.get("partial", ())),
                rejects,
                1.0,
                _flow(raw.get("why", "")),
            )
        )
        weights[raw["id"]] = {role: float(value) for role, value in raw.get("weight", {}).items()}
    prompt = _flow(data.get("question") or data.get("title") or "")
    aliases = tuple((_flow(a["term"]), tuple(_flow(also) for also in a["also"])) for a in data.get("aliases", ()))
    return GradedQuestion(data["id"], prompt, tuple(points), weights, _answers(samples), aliases)


def _answers(samples: dict[str, Any]) -> tuple[GradedAnswer, ...]:
    return tuple(
        GradedAnswer(
            a["id"], a["text"], a.get("style", ""), a.get("role", "technical"), dict(a["gold"]), float(a["grade"])
        )
        for a in samples.get("answers", ())
    )


def _files(paths: Iterable[Path], kinds: Sequence[str]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for kind in kinds for file in path.rglob(f"*.{kind}"))
        else:
            yield path


def read_graded(paths: Iterable[Path], *, claims: bool = False) -> list[GradedQuestion]:
    """All questions with graded answers under the paths, sorted by id; a question found twice is read once.

    Where `ID.yaml` lies beside its samples, the key points are those of the question. Samples with neither question nor key
    points add their answers to the question of that id, wherever that was found. Folders are searched for `*.claims` only if
    asked: answers for the reader alone, from which words that are counted learn nothing good.
    Raises ValueError, naming the file, for YAML that is not of this format.
    """
    import yaml

    from .plain import read_plain

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, GradedQuestion] = {}
    more: list[tuple[str, tuple[GradedAnswer, ...]]] = []
    for path in _files(paths, ["yaml", "answers", "claims"] if claims else ["yaml", "answers"]):
        if path.suffix in (".answers", ".claims"):
            found.update((question.id, question) for question in read_plain(path) if question.id not in found)
            continue
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
            if not isinstance(data, dict) or not data.get("answers"):
                continue
            if path.name.endswith(".samples.yaml"):
                beside = path.with_name(path.name.replace(".samples.yaml", ".yaml"))
                if beside.exists():
                    question = _question(yaml.load(beside.read_text(encoding="utf-8"), Loader=loader), data)
                elif data.get("key_points"):
                    question = _question(data, data)
                else:
                    more.append((data["id"], _answers(data)))
                    continue
            elif "key_points" in data:
                question = _question(data, data)
            else:
                continue
        except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}: not a file of graded answers: {error}") from error
        found.setdefault(question.id, question)
    for name, answers in more:
        if name in found:
            found[name] = replace(found[name], answers=found[name].answers + answers)
    return [found[key] for key in sorted(found)]
