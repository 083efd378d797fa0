"""Three descriptions of a question that must not drift apart: pydantic models, JSON Schema and the types of records."""

from __future__ import annotations

import copy
import types
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import BaseModel, ValidationError

from quizbot.content import records, schema
from quizbot.content.bank import bundled_content, question_files, yaml_files
from quizbot.content.document import parse_document, read_document
from quizbot.content.loader import load_question, load_samples, parse_question
from quizbot.content.problems import ContentError
from tests.helpers import QUESTION, changed

SCHEMA = schema.json_schema()
VALIDATOR = Draft7Validator(SCHEMA)
SHIPPED = list(question_files(bundled_content()))
SMALL: dict[str, Any] = parse_document(QUESTION.encode(), "small.yaml").data

shipped = pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])


def accepted_by_models(document: object) -> bool:
    try:
        schema.Question.model_validate(document)
    except ValidationError:
        return False
    return True


def accepted_by_schema(document: object) -> bool:
    return bool(VALIDATOR.is_valid(document))


# The shipped content


def test_there_are_questions_to_check() -> None:
    assert {"learning-rate", "momentum", "adam-adamw", "lr-schedules"} <= {path.stem for path in SHIPPED}


@shipped
def test_models_and_schema_accept_what_is_shipped(path: Path) -> None:
    document = read_document(path).data
    assert load_question(path)["id"] == path.stem
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []


def test_shipped_samples_load_and_bring_key_points_where_no_question_does() -> None:
    samples = {path for path in yaml_files(bundled_content()) if path.name.endswith(".samples.yaml")}
    assert {path.with_suffix(".samples.yaml") for path in SHIPPED} <= samples
    questions: dict[str, str] = {}
    for path in sorted(samples):
        record = load_samples(path)
        complete(record, records.Samples, path.name)
        beside = load_question(path.with_name(f"{record['id']}.yaml")) if is_question(path) else None
        assert (record["key_points"] is None) == (beside is not None)
        assert (beside or record)["pack"] == path.parent.name
        assert record["id"] not in questions, f"{path} and {questions[record['id']]}"
        questions[record["id"]] = str(path)
    assert len(questions) >= 149


def is_question(samples: Path) -> bool:
    return samples.with_name(samples.name.replace(".samples.yaml", ".yaml")) in SHIPPED


# JSON Schema


def test_the_schema_is_draft_07() -> None:
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert SCHEMA["$id"] == "quizbot/question@1"
    Draft7Validator.check_schema(SCHEMA)
    assert not {"$defs", "discriminator", "prefixItems", "unevaluatedProperties"} & all_keys(SCHEMA)


def test_every_reference_of_the_schema_has_a_definition() -> None:
    for reference in references(SCHEMA):
        assert reference.removeprefix("#/definitions/") in SCHEMA["definitions"]


def all_keys(node: object) -> set[str]:
    if isinstance(node, dict):
        return set(node) | {key for value in node.values() for key in all_keys(value)}
    return {key for value in node for key in all_keys(value)} if isinstance(node, list) else set()


def references(node: object) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own | {found for value in node.values() for found in references(value)}
    return {found for value in node for found in references(value)} if isinstance(node, list) else set()


Change = Callable[[dict[str, Any]], object]

BREAKS: dict[str, Change] = {
    "no title": lambda q: q.pop("title"),
    "short title": lambda q: q.update(title="Too short"),
    "blank title": lambda q: q.update(title=" " * 20),
    "title is a number": lambda q: q.update(title=12345678901),
    "unknown key": lambda q: q.update(colour="red"),
    "python name": lambda q: q.update(format=q.pop("schema")),
    "other format": lambda q: q.update(schema="quizbot/question@2"),
    "id with capitals": lambda q: q.update(id="Small"),
    "id with underscore": lambda q: q.update(id="a_b"),
    "id too long": lambda q: q.update(id="a" * 81),
    "unknown level": lambda q: q.update(level="expert"),
    "no roles": lambda q: q.update(roles=[]),
    "unknown role": lambda q: q.update(roles=["manager"]),
    "tags are text": lambda q: q.update(tags="one"),
    "time too short": lambda q: q.update(time_limit_s=19),
    "time too long": lambda q: q.update(time_limit_s=601),
    "time is true": lambda q: q.update(time_limit_s=True),
    "framework of two": lambda q: q.update(framework=[{"step": "a", "covers": ["unseen"]}] * 2),
    "no effects": lambda q: q["answer"].update(effects=[]),
    "unknown section": lambda q: q["answer"].update(history="long"),
    "three points": lambda q: q["key_points"].pop(),
    "nine points": lambda q: q["key_points"].extend(q["key_points"] * 2),
    "one phrasing": lambda q: q["key_points"][0]["accept"].pop(),
    "nothing rejected": lambda q: q["key_points"][0].update(reject=[]),
    "no weight": lambda q: q["key_points"][0].update(weight={}),
    "weight of four": lambda q: q["key_points"][0].update(weight={"technical": 4}),
    "negative weight": lambda q: q["key_points"][0].update(weight={"technical": -1}),
    "weight of a stranger": lambda q: q["key_points"][0].update(weight={"tester": 1}),
    "long claim": lambda q: q["key_points"][0].update(claim="x" * 221),
    "no variants": lambda q: q.update(variants={}),
    "variants of nothing": lambda q: q.update(variants={"technical": None}),
    "one addition": lambda q: q["variants"]["technical"]["adds"].pop(),
    "two items": lambda q: q.update(quiz=q["quiz"][:2]),
    "unknown item": lambda q: q["quiz"][0].update(type="essay"),
    "item without type": lambda q: q["quiz"][0].pop("type"),
    "item tests nothing": lambda q: q["quiz"][0].update(tests=[]),
    "field of another item": lambda q: q["quiz"][0].update(options=[]),
    "two options": lambda q: q["quiz"][1]["options"].pop(),
    "no tolerance": lambda q: q["quiz"][2].update(tolerance={}),
    "two tolerances": lambda q: q["quiz"][2].update(tolerance={"abs": 1, "rel": 0.1}),
    "negative tolerance": lambda q: q["quiz"][2].update(tolerance={"abs": -1}),
    "no gaps": lambda q: q["quiz"][3].update(gaps={}),
    "gap accepts nothing": lambda q: q["quiz"][3].update(gaps={"which": {"accept": []}}),
    "one prediction": lambda q: q["demo"]["predict"].update(options=["a"]),
    "negative prediction": lambda q: q["demo"]["predict"].update(answer=-1),
    "parameter of null": lambda q: q["demo"].update(params={"a": None}),
    "alias of nothing": lambda q: q.update(aliases=[{"term": "test set", "also": []}]),
    "aliases are a mapping": lambda q: q.update(aliases={"test set": ["holdout"]}),
    "blank alias": lambda q: q.update(aliases=[{"term": "test set", "also": [" "]}]),
    "alias too long": lambda q: q.update(aliases=[{"term": "test set", "also": ["x" * 61]}]),
    "term too long": lambda q: q.update(aliases=[{"term": "x" * 61, "also": ["holdout"]}]),
    "alias without term": lambda q: q.update(aliases=[{"also": ["holdout"]}]),
    "alias is a number": lambda q: q.update(aliases=[{"term": "test set", "also": [5]}]),
    "no sources": lambda q: q.update(sources=[]),
    "source without place": lambda q: q["sources"][0].pop("url"),
    "source with an empty place": lambda q: q["sources"][0].update(url=None),
    "bad arxiv number": lambda q: q["sources"][0].update(arxiv="12.34"),
    "bad DOI": lambda q: q["sources"][0].update(doi="https://doi.org/10.1000/1"),
    "bad address": lambda q: q["sources"][0].update(url="ftp://example.org"),
}

KEEPS: dict[str, Change] = {
    "no demo": lambda q: q.pop("demo"),
    "demo of null": lambda q: q.update(demo=None),
    "reviewed": lambda q: q.update(reviewed="2026-11-23"),
    "reviewed by": lambda q: q.update(reviewed={"date": "2026-11-23", "by": "somebody"}),
    "one variant": lambda q: q["variants"].pop("managerial"),
    "relative tolerance": lambda q: q["quiz"][2].update(tolerance={"rel": 0, "abs": None}),
    "weight of zero": lambda q: q["key_points"][0].update(weight={"technical": 0}),
    "multiple choice": lambda q: q["quiz"][1].update(type="multiple", scoring="per_option"),
    "ordering": lambda q: q["quiz"].append(
        {"id": "o", "type": "ordering", "tests": ["x"], "stem": "s", "items": ["a", "b", "c"], "feedback": "f"}
    ),
    "follow-up": lambda q: q.update(followups=[{"ask": "a", "listen_for": []}]),
    "arxiv": lambda q: q["sources"][0].update(arxiv="1412.6980", url=None),
    "parameters": lambda q: q["demo"].update(params={"a": 1, "b": [1, 2.5], "c": "x", "d": ["x"], "e": False}),
    "framework": lambda q: q.update(framework=[{"step": "a", "covers": ["unseen"]}] * 3),
    "no framework": lambda q: q.update(framework=None),
    "aliases": lambda q: q.update(aliases=[{"term": "x", "also": ["y" * 60, "z"]}, {"term": "gone", "also": ["a b"]}]),
    "no aliases": lambda q: q.update(aliases=[]),
}


@pytest.mark.parametrize("name", BREAKS)
def test_models_and_schema_refuse_alike(name: str) -> None:
    document = copy.deepcopy(SMALL)
    BREAKS[name](document)
    assert (accepted_by_models(document), accepted_by_schema(document)) == (False, False)


@pytest.mark.parametrize("name", KEEPS)
def test_models_and_schema_accept_alike(name: str) -> None:
    document = copy.deepcopy(SMALL)
    KEEPS[name](document)
    assert (accepted_by_models(document), accepted_by_schema(document)) == (True, True)


def places(node: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(found for key, value in inside for found in places(value, (*path, key)))]


PLACES = [place for place in places(SMALL) if place]
# Not 2.0 and the like: to JSON Schema that is an integer, to an author it is not.
VALUES: list[object] = [
    None,
    "",
    "  ",
    "text of some length",
    "slug",
    "https://example.org",
    0,
    5,
    -1,
    1.5,
    True,
    [],
    ["slug"],
    {},
    {"a": "b"},
]


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from([*VALUES, KeyError, NameError])), max_size=3))
def test_models_and_schema_agree_on_any_change(changes: list[tuple[tuple[str | int, ...], object]]) -> None:
    document = copy.deepcopy(SMALL)
    for place, value in changes:
        change(document, place, value)
    assert accepted_by_models(document) == accepted_by_schema(document)


def change(document: Any, place: tuple[str | int, ...], value: object) -> None:
    """Put a value at a place; KeyError takes the place away and NameError renames it. Places that are gone stay so."""
    node = document
    for step in place[:-1]:
        inside = step in node if isinstance(node, dict) else isinstance(node, list) and step in range(len(node))
        if not inside:
            return
        node = node[step]
    last = place[-1]
    if not (last in node if isinstance(node, dict) else isinstance(node, list) and last in range(len(node))):
        return
    if value is KeyError:
        del node[last]
    elif value is NameError:
        if isinstance(node, dict):
            node[f"{last}-x"] = node.pop(last)
    else:
        node[last] = copy.deepcopy(value)


def test_a_role_twice_is_refused_by_both() -> None:
    document = {**SMALL, "roles": ["technical", "managerial", "technical"]}
    assert not accepted_by_schema(document)
    with pytest.raises(ContentError, match="duplicate-role"):
        parse_question(
            changed("roles: [technical, managerial]", "roles: [technical, managerial, technical]").encode(),
            "small.yaml",
        )


# Records

Shape = Any
"""A type without its dress: a class, the name of a record, a set of alternatives, or a tuple of list or dict and parts."""

RECORDS = [kind for kind in vars(records).values() if is_typeddict(kind) and kind is not records.Header]


def shape_of(kind: Any) -> Shape:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return shape_of(arguments[0])
    if origin in (Union, types.UnionType):
        return frozenset(shape_of(argument) for argument in arguments)
    if origin is Literal:
        return frozenset(arguments)
    if origin in (list, dict):
        return (origin, *map(shape_of, arguments))
    if kind is schema.Variants:
        return (dict, shape_of(records.Role), "Variant")  # `as_record` leaves out a variant that is not there
    if is_typeddict(kind) or (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return kind.__name__
    return kind


def fields_of_model(model: type[BaseModel]) -> dict[str, Shape]:
    hints = get_type_hints(model, include_extras=True)
    return {field.alias or name: shape_of(hints[name]) for name, field in model.model_fields.items()}


@pytest.mark.parametrize("record", RECORDS, ids=[record.__name__ for record in RECORDS])
def test_record_and_model_agree(record: Any) -> None:
    ours = {name: shape_of(kind) for name, kind in get_type_hints(record).items()}
    theirs = fields_of_model(getattr(schema, record.__name__))
    if record is records.Question:
        # A framework left out becomes an empty list, so that a reader never meets None.
        assert theirs["framework"] == frozenset({(list, "FrameworkStep"), type(None)})
        theirs["framework"] = (list, "FrameworkStep")
    assert ours == theirs
    assert record.__required_keys__ == frozenset(ours), "every key is there; readers never ask"


def test_every_model_has_a_record() -> None:
    bases = {schema.Model, schema.QuizBase, schema.Variants}
    models = {kind for kind in vars(schema).values() if isinstance(kind, type) and issubclass(kind, schema.Model)}
    assert {model.__name__ for model in models - bases} == {record.__name__ for record in RECORDS}


def test_the_lists_of_words_are_those_of_the_format() -> None:
    assert records.LEVELS == get_args(schema.Level) == get_args(records.Level)
    assert records.ROLES == get_args(schema.Role) == get_args(records.Role)
    assert records.SECTIONS == get_args(schema.Section) == get_args(records.Section)
    assert get_args(records.VerdictName) == get_args(schema.VerdictName)
    assert set(records.SECTIONS) | {"model_answer"} == set(schema.Answer.model_fields)


def complete(data: Any, kind: Any, where: str) -> None:
    """Assert that `data` has every key that the record types promise, all the way down."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        fitting = [option for option in arguments if is_typeddict(option) and fits(data, option)]
        assert fitting or not isinstance(data, dict) or dict in [get_origin(option) for option in arguments], where
        for option in fitting:
            complete(data, option, where)
    elif origin is list:
        assert isinstance(data, list), where
        for index, value in enumerate(data):
            complete(value, arguments[0], f"{where}[{index}]")
    elif origin is dict:
        assert isinstance(data, dict), where
        for key, value in data.items():
            complete(value, arguments[1], f"{where}.{key}")
    elif is_typeddict(kind):
        assert set(data) == kind.__required_keys__, where
        for name, own in get_type_hints(kind).items():
            complete(data[name], own, f"{where}.{name}")


def fits(data: Any, option: Any) -> bool:
    if not isinstance(data, dict):
        return False
    kinds = get_type_hints(option).get("type")
    return kinds is None or data.get("type") in get_args(kinds)


@shipped
def test_records_of_what_is_shipped_are_complete(path: Path) -> None:
    complete(load_question(path), records.Question, "question")


def test_a_record_of_the_least_question_is_complete() -> None:
    record = schema.Question.model_validate(SMALL).as_record()
    complete(record, records.Question, "question")
    assert record["framework"] == record["tags"] == record["aliases"] == record["needs"] == record["followups"] == []
    assert record["time_limit_s"] is None
    assert record["quiz"][2]["tolerance"] == {"abs": 0.5, "rel": None}


@shipped
def test_a_record_is_again_a_valid_question(path: Path) -> None:
    """What `show --json` prints can be checked with `quizbot schema`, and reading it again changes nothing."""
    record = schema.Question.model_validate(read_document(path).data).as_record()
    assert [error.message for error in VALIDATOR.iter_errors(record)] == []
    assert schema.Question.model_validate(record).as_record() == record
