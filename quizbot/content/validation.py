"""Validation errors of pydantic, told in the words of the format and with the place in the file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from quizbot.content import schema
from quizbot.content.document import Document, NodePath
from quizbot.content.problems import ContentError, Problem

_KINDS: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a mapping (`key: value`)",
    type(None): "nothing",
}

_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping (`key: value`)",
    "model_type": "a mapping (`key: value`)",
    "model_attributes_type": "a mapping (`key: value`)",
}

_PATTERNS = {
    r"\S": ("is blank", "write something or remove the key"),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": (
        "is not a valid id",
        "lower-case letters, digits and single hyphens, as in `too-high`",
    ),
    r"^[a-z0-9]+(_[a-z0-9]+)*$": (
        "is not a valid style",
        "lower-case letters, digits and underscores, as in `strong_terse`",
    ),
    r"^[0-9]{4}\.[0-9]{4,5}$": (
        "is not an arXiv number",
        'four digits, a dot, four or five digits, in quotes: "1412.6980"',
    ),
    r"^10\.[0-9]{4,9}/\S+$": ("is not a DOI", "it starts with 10. and has no https://doi.org/ before it"),
    r"^https?://\S+$": ("is not a web address", "it starts with https://"),
}


def validate(model: type[BaseModel], document: Document) -> Any:
    """The document as an instance of `model`. Raises ContentError with one problem for each thing wrong."""
    if not isinstance(document.data, dict):
        what = _KINDS.get(type(document.data), "something else")
        raise ContentError(
            [document.problem((), f"the file must be a mapping (`key: value`), not {what}", "wrong-type")]
        )
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise ContentError(sorted(set(_problems(error, document)))) from error


def _problems(error: ValidationError, document: Document) -> Iterator[Problem]:
    seen: set[NodePath] = set()
    for detail in error.errors(include_url=False):
        path, rest = _locate(detail["loc"], document.data)
        kind = detail["type"]
        if kind == "union_tag_invalid":
            path = (*path, "type")
        if kind == "missing":
            yield _missing(document, path, str(rest[-1]))
        elif kind == "extra_forbidden":
            yield _unknown_key(document, path)
        elif rest and rest[-1] == "[key]":
            yield document.problem(
                path, f"`{path[-1]}` is not allowed here: {_expected(detail)}", "bad-key", at_key=True
            )
        elif path not in seen:
            # A value that fits no member of a union gives one error a member; the first tells enough.
            seen.add(path)
            yield _bad_value(document, path, detail, in_union=len(rest) > 0)


def _locate(loc: tuple[int | str, ...], data: Any) -> tuple[NodePath, tuple[int | str, ...]]:
    """Split pydantic's location into the path that is in the file and the rest (a missing key, names of union members)."""
    path: list[int | str] = []
    rest: list[int | str] = []
    for step in loc:
        inside = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if inside:
            data = data[step]
            path.append(step)
            rest.clear()
        else:
            rest.append(step)
    return tuple(path), tuple(rest)


def _missing(document: Document, path: NodePath, key: str) -> Problem:
    where = f" of {_name(path)}" if path else ""
    return document.problem(path, f"the key `{key}`{where} is missing", "missing-key", f"add `{key}:`")


def _unknown_key(document: Document, path: NodePath) -> Problem:
    key = str(path[-1])
    known = {name for model in _models(schema.Model) for name in _field_names(model)}
    close = difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.75)
    hint = f"did you mean `{close[0]}`?" if close and close[0] != key else "remove it, or see `quizbot schema`"
    return document.problem(path, f"unknown key `{key}`", "unknown-key", hint, at_key=True)


def _bad_value(document: Document, path: NodePath, detail: Any, *, in_union: bool) -> Problem:
    kind: str = detail["type"]
    name = _name(path)
    value = detail["input"]
    if kind in _WANTED or kind.endswith("_type"):
        wanted = "a number, text, true or false, or a list of them" if in_union else _WANTED.get(kind, "something else")
        given = _KINDS.get(type(value), "something else")
        hint = "put it in quotes" if kind == "string_type" and isinstance(value, (int, float, bool)) else ""
        return document.problem(path, f"{name} must be {wanted}, not {given}", "wrong-type", hint)
    message, rule, hint = _told(kind, name, value, detail)
    return document.problem(path, message, rule, hint)


def _told(kind: str, name: str, value: Any, detail: Any) -> tuple[str, str, str]:
    """Message, rule and hint for one kind of pydantic error."""
    context = detail.get("ctx", {})
    match kind:
        case "literal_error":
            return f"{name}: {_expected(detail)}, not {_shown(value)}", "bad-value", ""
        case "string_pattern_mismatch":
            what, hint = _PATTERNS.get(
                context["pattern"], ("does not have the right form", f"it must match {context['pattern']}")
            )
            return f"{name} {what}" if what == "is blank" else f"{name} {_shown(value)} {what}", "bad-value", hint
        case "string_too_short":
            return f"{name} is too short: at least {context['min_length']} characters", "too-short", ""
        case "string_too_long":
            return f"{name} is too long: {len(value)} characters, at most {context['max_length']}", "too-long", ""
        case "too_short":
            need, given = context["min_length"], context["actual_length"]
            return f"{name} needs at least {need} entries and has {given}", "too-short", ""
        case "too_long":
            most, given = context["max_length"], context["actual_length"]
            return f"{name} has {given} entries; at most {most} are allowed", "too-long", ""
        case "greater_than_equal":
            return f"{name} must be at least {context['ge']:g}, not {_shown(value)}", "out-of-range", ""
        case "less_than_equal":
            return f"{name} must be at most {context['le']:g}, not {_shown(value)}", "out-of-range", ""
        case "finite_number":
            return f"{name} must be a finite number", "out-of-range", ""
        case "union_tag_not_found":
            return f"{name} needs a `type`", "missing-key", "single, multiple, true_false, numeric, ordering or cloze"
        case "union_tag_invalid":
            return f"{name} is {_shown(context['tag'])}, not one of {context['expected_tags']}", "bad-value", ""
        case "half_a_question":
            return detail["msg"], "missing-key", "give all three, or none of them when the question lies beside"
        case "no_variant" | "no_locator":
            return f"{name}: {detail['msg']}", "missing-key", ""
        case "one_tolerance":
            return f"{name}: {detail['msg']}", "bad-value", "for instance `{abs: 0.01}`"
        case _:
            return f"{name}: {detail['msg']}", "bad-value", ""


def _expected(detail: Any) -> str:
    return f"it must be {detail.get('ctx', {}).get('expected', 'something else')}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _name(path: NodePath) -> str:
    """A path as people say it: ('quiz', 0, 'stem') is `quiz[1].stem`, counting entries from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return f"`{text}`" if text else "the file"


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for child in model.__subclasses__():
        yield from _models(child)


def _field_names(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
