"""Rules about one question that its file loads without: coverage, references to other things, variants that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from quizbot.content.document import Document, NodePath
from quizbot.content.problems import Problem
from quizbot.content.records import Question, Variant
from quizbot.demos.registry import ParamError, UnknownDemo, get, parse_params
from quizbot.scoring.text import content, tokens

MOST_ALIKE = 0.5
"""Highest Jaccard index of the stems of the technical and managerial texts."""


def check_question(question: Question, document: Document, *, known_ids: Iterable[str]) -> Iterator[Problem]:
    """Every finding of these rules for one question."""
    yield from _quiz_coverage(question, document)
    yield from _source_coverage(question, document)
    yield from _scored_somewhere(question, document)
    yield from _needs(question, document, set(known_ids))
    yield from _role_variants(question, document)
    yield from _variants_differ(question, document)
    yield from _demo(question, document)


def warning(document: Document, path: NodePath, message: str, rule: str, hint: str = "") -> Problem:
    """A finding that does not keep the question from being used."""
    return replace(document.problem(path, message, rule, hint), severity="warning")


def _quiz_coverage(question: Question, document: Document) -> Iterator[Problem]:
    tested = {name for item in question["quiz"] for name in item["tests"]}
    for index, point in enumerate(question["key_points"]):
        if point["id"] not in tested:
            yield document.problem(
                ("key_points", index, "id"),
                f"no quiz item tests `{point['id']}`",
                "point-without-quiz",
                "name it in `tests` of an item",
            )


def _source_coverage(question: Question, document: Document) -> Iterator[Problem]:
    supported = {name for source in question["sources"] for name in source["supports"]}
    for index, point in enumerate(question["key_points"]):
        if point["id"] not in supported:
            yield warning(
                document,
                ("key_points", index, "id"),
                f"no source supports `{point['id']}`",
                "point-without-source",
                "name it in `supports` of a source",
            )


def _scored_somewhere(question: Question, document: Document) -> Iterator[Problem]:
    for role in question["roles"]:
        if not any(point["weight"].get(role, 0) for point in question["key_points"]):
            yield document.problem(
                ("roles",),
                f"no key point has a weight for {role}, so every answer would score 0",
                "role-without-weight",
            )


def _needs(question: Question, document: Document, known: set[str]) -> Iterator[Problem]:
    for index, needed in enumerate(question["needs"]):
        if needed not in known:
            yield warning(document, ("needs", index), f"there is no question `{needed}`", "unknown-need")


def _role_variants(question: Question, document: Document) -> Iterator[Problem]:
    for role in question["roles"]:
        if role not in question["variants"]:
            yield warning(
                document,
                ("roles",),
                f"{role} has no variant of its own; the title is asked",
                "role-without-variant",
                f"add `{role}:` to `variants`",
            )


def _variants_differ(question: Question, document: Document) -> Iterator[Problem]:
    technical, managerial = question["variants"].get("technical"), question["variants"].get("managerial")
    if not (technical and managerial):
        return
    pairs = (("adds", _adds(technical), _adds(managerial)), ("answer", technical["answer"], managerial["answer"]))
    for name, one, other in pairs:
        alike = jaccard(one, other)
        if alike > MOST_ALIKE:
            message = f"`{name}` of the two variants share {alike:.2f} of their words; at most {MOST_ALIKE} is allowed"
            yield document.problem(
                ("variants", "managerial", name), message, "variants-alike", "say what this role would add"
            )


def _adds(variant: Variant) -> str:
    return "\n".join(variant["adds"])


def jaccard(one: str, other: str) -> float:
    """Shared share of the content-word stems of two texts, in [0, 1]."""
    first, second = ({token.stem for token in content(tokens(text))} for text in (one, other))
    return len(first & second) / len(first | second) if first | second else 1.0


def _demo(question: Question, document: Document) -> Iterator[Problem]:
    demo = question["demo"]
    if demo is None:
        return
    try:
        parse_params(get(demo["name"]), demo["params"])
    except UnknownDemo as error:
        yield document.problem(("demo", "name"), str(error), "unknown-demo", "`quizbot demo` lists them")
    except ParamError as error:
        yield document.problem(("demo", "params", error.param), str(error), "demo-params")
