"""Checks that concern more than one field of a question: references, quiz items that can be answered, ids.

A question that fails one of these cannot be practised, so the loader refuses it, as it refuses a wrong type. Checks that
need other questions, the scorer or the demos are in `quizbot.lint`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from quizbot.content.document import Document, NodePath
from quizbot.content.problems import Problem
from quizbot.content.records import ClozeItem, NumericItem, Question, Samples

GAP = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def check_question(question: Question, document: Document) -> Iterator[Problem]:
    """Every error of one question, in no particular order."""
    yield from _check_id(question["id"], document, PurePath(document.file).name)
    yield from _duplicates(question, document)
    yield from _references(question, document)
    yield from _roles(question, document)
    yield from _aliases(question, document)
    for index, item in enumerate(question["quiz"]):
        path: NodePath = ("quiz", index)
        if item["type"] == "single" or item["type"] == "multiple":
            right = sum(option["correct"] for option in item["options"])
            if item["type"] == "single" and right != 1:
                yield document.problem(
                    (*path, "options"), f"a single choice has one correct option; this has {right}", "quiz-correct"
                )
            if item["type"] == "multiple" and right == 0:
                yield document.problem(
                    (*path, "options"), "no option is correct", "quiz-correct", "add `correct: true` to one"
                )
        elif item["type"] == "cloze":
            yield from _cloze(item, path, document)
        elif item["type"] == "numeric":
            yield from _near_misses(item, path, document)
        elif item["type"] == "ordering" and len(set(item["items"])) < len(item["items"]):
            yield document.problem(
                (*path, "items"), "two entries are the same, so their order cannot be judged", "quiz-order"
            )
    predict = question["demo"]["predict"] if question["demo"] else None
    if predict and predict["answer"] >= len(predict["options"]):
        last = len(predict["options"]) - 1
        yield document.problem(
            ("demo", "predict", "answer"),
            f"`answer` is {predict['answer']}; options count from 0 to {last}",
            "predict-answer",
        )


def check_samples(samples: Samples, document: Document) -> Iterator[Problem]:
    """Errors within one samples file; whether its key points exist is for lint, which sees the question."""
    yield from _check_id(samples["id"], document, PurePath(document.file).name, suffix=".samples")
    yield from _twice(document, "key_points", [point["id"] for point in samples["key_points"] or ()], "key point")
    yield from _twice(document, "answers", [answer["id"] for answer in samples["answers"]], "answer")


def tolerance_of(item: NumericItem) -> float:
    """How far an answer to a numeric item may be off, in the unit of the answer."""
    absolute, relative = item["tolerance"]["abs"], item["tolerance"]["rel"]
    return absolute if absolute is not None else abs(item["answer"]) * (relative or 0.0)


def _check_id(own: str, document: Document, file: str, suffix: str = "") -> Iterator[Problem]:
    stem = re.sub(rf"{re.escape(suffix)}\.ya?ml$", "", file)
    if stem != own:
        yield document.problem(
            ("id",),
            f"the id `{own}` differs from the file name `{file}`",
            "id-file-name",
            f"rename the file to {own}{suffix}.yaml",
        )


def _duplicates(question: Question, document: Document) -> Iterator[Problem]:
    yield from _twice(document, "key_points", [point["id"] for point in question["key_points"]], "key point")
    yield from _twice(document, "quiz", [item["id"] for item in question["quiz"]], "quiz item")
    yield from _twice(document, "sources", [source["key"] for source in question["sources"]], "source", key="key")


def _twice(document: Document, block: str, ids: list[str], what: str, key: str = "id") -> Iterator[Problem]:
    seen: set[str] = set()
    for index, own in enumerate(ids):
        if own in seen:
            yield document.problem(
                (block, index, key), f"two {what}s have the id `{own}`", "duplicate-id", "ids are unique within a file"
            )
        seen.add(own)


def _references(question: Question, document: Document) -> Iterator[Problem]:
    known = {point["id"] for point in question["key_points"]}

    def unknown(ids: Iterable[str], path: NodePath) -> Iterator[Problem]:
        for index, name in enumerate(ids):
            if name not in known:
                yield document.problem(
                    (*path, index),
                    f"there is no key point `{name}`",
                    "unknown-key-point",
                    f"one of {', '.join(sorted(known))}",
                )

    for index, step in enumerate(question["framework"]):
        yield from unknown(step["covers"], ("framework", index, "covers"))
    for role, variant in question["variants"].items():
        yield from unknown(variant["focus"], ("variants", role, "focus"))
    for index, item in enumerate(question["quiz"]):
        yield from unknown(item["tests"], ("quiz", index, "tests"))
    for index, source in enumerate(question["sources"]):
        yield from unknown(source["supports"], ("sources", index, "supports"))
    for index, followup in enumerate(question["followups"]):
        if followup["probes"] is not None and followup["probes"] not in known:
            yield document.problem(
                ("followups", index, "probes"),
                f"there is no key point `{followup['probes']}`",
                "unknown-key-point",
                f"one of {', '.join(sorted(known))}",
            )


def _roles(question: Question, document: Document) -> Iterator[Problem]:
    for index, role in enumerate(question["roles"]):
        if role in question["roles"][:index]:
            yield document.problem(("roles", index), f"the role {role} stands twice", "duplicate-role", "remove one")
    for role in question["variants"]:
        if role not in question["roles"]:
            yield document.problem(
                ("variants", role),
                f"a variant for {role}, which is not in `roles`",
                "variant-role",
                f"add {role} to `roles`",
                at_key=True,
            )


def _aliases(question: Question, document: Document) -> Iterator[Problem]:
    """A wording stands once in all of `aliases`: twice, it says nothing or means two things."""
    under: dict[str, str] = {}
    for index, alias in enumerate(question["aliases"]):
        places: list[tuple[NodePath, str]] = [(("aliases", index, "term"), alias["term"])]
        places += [(("aliases", index, "also", place), wording) for place, wording in enumerate(alias["also"])]
        for path, wording in places:
            own = _same_wording(wording)
            if own not in under:
                under[own] = alias["term"]
                continue
            if own != _same_wording(under[own]):
                message = f"`{wording}` stands already under the term `{under[own]}`"
            elif "also" in path and own == _same_wording(alias["term"]):
                message = f"`{wording}` is the term itself"
            else:
                message = f"`{wording}` is a term already"
            yield document.problem(path, message, "duplicate-alias", "a wording stands once in all of `aliases`")


def _same_wording(wording: str) -> str:
    return " ".join(wording.casefold().split())


def _cloze(item: ClozeItem, path: NodePath, document: Document) -> Iterator[Problem]:
    in_text = GAP.findall(item["text"])
    for name in dict.fromkeys(in_text):
        if name not in item["gaps"]:
            yield document.problem(
                (*path, "text"), f"the text has a gap {{{{{name}}}}} that `gaps` does not explain", "cloze-gaps"
            )
        if in_text.count(name) > 1:
            yield document.problem(
                (*path, "text"), f"the gap {{{{{name}}}}} stands twice", "cloze-gaps", "give each gap its own name"
            )
    for name in item["gaps"]:
        if name not in in_text:
            yield document.problem(
                (*path, "gaps", name), f"the text has no gap {{{{{name}}}}}", "cloze-gaps", at_key=True
            )


def _near_misses(item: NumericItem, path: NodePath, document: Document) -> Iterator[Problem]:
    for index, miss in enumerate(item["near_misses"]):
        if abs(miss["value"] - item["answer"]) <= tolerance_of(item):
            yield document.problem(
                (*path, "near_misses", index),
                f"the near miss {miss['value']:g} lies within the tolerance of the answer",
                "near-miss",
            )
