"""YAML text to plain data, with the place of every node.

Built on the event stream of `CSafeLoader` instead of its node tree: the tree is composed recursively in C and a file of a
few thousand opening brackets would crash the interpreter, while events come one by one and their depth can be limited.
Scalars follow the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema), which has no dates and does not
read `yes`, `no` or `on` as booleans: authors write those words in answers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from quizbot.content.problems import ContentError, Problem, one_line

NodePath = tuple[str | int, ...]

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
# What neither YAML nor an author means to have in a file; tabs and line breaks are told apart later.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OTHER_INT = re.compile(r"0(o[0-7]+|x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_INFINITE = {".inf": float("inf"), "+.inf": float("inf"), "-.inf": float("-inf"), ".nan": float("nan")}
_CONSTANTS = {"null": None, "~": None, "": None, "true": True, "false": False}
_CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")} | {"!"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; both count from 1."""

    line: int
    column: int


START = Mark(1, 1)


@dataclass(slots=True)
class Document:
    """Plain data with the mark of every value and of every mapping key, by path from the root."""

    file: str
    data: Any
    values: dict[NodePath, Mark] = field(default_factory=dict)
    keys: dict[NodePath, Mark] = field(default_factory=dict)

    def value_mark(self, path: NodePath) -> Mark:
        """Where the value at `path` stands; for a path that is not there, its nearest parent that is."""
        return next((self.values[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.values), START)

    def key_mark(self, path: NodePath) -> Mark:
        """Where the key at the end of `path` stands; as `value_mark` where `path` ends in a list index."""
        return self.keys.get(path) or self.value_mark(path)

    def problem(self, path: NodePath, message: str, rule: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """An error at `path`."""
        mark = self.key_mark(path) if at_key else self.value_mark(path)
        return Problem(self.file, mark.line, mark.column, "error", one_line(message), rule, one_line(hint))


class _Lines:
    """Offsets into a text as lines and columns, counted as editors do.

    The parser's own line numbers also count U+0085, U+2028 and U+2029, which no editor shows as a new line.
    """

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]

    def mark(self, offset: int) -> Mark:
        line = bisect_right(self.starts, offset)
        return Mark(line, offset - self.starts[line - 1] + 1)


def read_document(path: Path, shown_as: str | None = None) -> Document:
    """Read and parse one YAML file. Raises ContentError for a file that cannot be read, decoded or parsed."""
    shown = shown_as or str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _failure(shown, START, f"cannot read the file: {error.strerror or error}", "unreadable") from error
    return parse_document(raw, shown)


def parse_document(raw: bytes, file: str) -> Document:
    """Parse YAML bytes. Raises ContentError that names the line and column of the first thing wrong."""
    if len(raw) > MAX_BYTES:
        raise _failure(file, START, f"the file is larger than {MAX_BYTES // 1_000_000} MB", "too-large")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error.object` is `raw` without a byte order mark; what stands before the place decodes.
        before = error.object[: error.start].decode("utf-8")
        mark = _Lines(before).mark(len(before))
        raise _failure(file, mark, "this is not UTF-8 text", "not-text", "save the file as UTF-8") from error
    control = _CONTROL.search(text)
    if control:
        mark = _Lines(text).mark(control.start())
        raise _failure(
            file,
            mark,
            f"control character U+{ord(control.group()):04X} in the file",
            "not-text",
            "remove the character",
        )
    return _Builder(file, text).build()


class _Builder:
    """Builds plain data from parse events with a stack of its own."""

    def __init__(self, file: str, text: str) -> None:
        self.document = Document(file, None)
        self.file = file
        self.text = text
        self.lines = _Lines(text)
        # One entry per open collection: the list or dict, its path, and for a dict the key that waits for its value.
        self.stack: list[tuple[Any, NodePath]] = []
        self.pending: list[str | None] = []

    def build(self) -> Document:
        documents = 0
        try:
            for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise self.error(
                            event, "a second document starts here; one file holds one question", "yaml-syntax"
                        )
                else:
                    self.handle(event)
        except yaml.MarkedYAMLError as error:
            if "nesting depth" in str(error.problem):
                raise self.too_deep(error) from error
            raise self.syntax_error(error) from error
        except yaml.YAMLError as error:
            raise _failure(self.file, START, f"not valid YAML: {error}", "yaml-syntax") from error
        if not documents or self.document.data is None:
            raise _failure(
                self.file, START, "the file is empty", "empty-file", "`quizbot show learning-rate` shows a full one"
            )
        return self.document

    def too_deep(self, error: yaml.MarkedYAMLError) -> ContentError:
        """For a parser with a limit of its own, which it meets while it looks ahead, before the events that lead there.

        The first half of the brackets is enough to get past our limit, and too few to meet the parser's again.
        """
        end = error.problem_mark.index if error.problem_mark else len(self.text)
        openers = [found.end() for found in re.finditer(r"[\[{]", self.text[:end])]
        try:
            _Builder(self.file, self.text[: openers[len(openers) // 2]]).build()
        except ContentError as found:
            if found.problems[0].rule == "yaml-depth":
                return found
        mark = self.lines.mark(end)
        return _failure(self.file, mark, f"nested deeper than {MAX_DEPTH} levels", "yaml-depth")

    def handle(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self.error(
                event, "aliases (*name) are not allowed in questions", "yaml-alias", "write the text again"
            )
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
            self.pending.pop()
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            if event.tag and event.tag not in _CORE_TAGS:
                raise self.error(event, f"the tag {event.tag} is not allowed", "yaml-tag", "remove the tag")
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            else:
                self.open(event, {} if isinstance(event, yaml.MappingStartEvent) else [])

    def scalar(self, event: Any) -> None:
        if self.expects_key():
            self.take_key(event)
        else:
            self.put(event, _resolve(event.value) if event.implicit[0] else event.value)

    def open(self, event: Any, collection: Any) -> None:
        if self.expects_key():
            raise self.error(event, "a key must be plain text", "yaml-key")
        if len(self.stack) >= MAX_DEPTH:
            raise self.error(event, f"nested deeper than {MAX_DEPTH} levels", "yaml-depth")
        path = self.put(event, collection)
        self.stack.append((collection, path))
        self.pending.append(None)

    def expects_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1][0], dict) and self.pending[-1] is None

    def take_key(self, event: Any) -> None:
        collection, path = self.stack[-1]
        key = event.value
        if key in collection:
            first = self.document.keys[(*path, key)]
            raise self.error(
                event,
                f"the key `{key}` stands twice; the first is on line {first.line}",
                "duplicate-key",
                "remove one of them",
            )
        self.document.keys[(*path, key)] = self.mark(event)
        self.pending[-1] = key

    def put(self, event: Any, value: Any) -> NodePath:
        if not self.stack:
            path: NodePath = ()
            self.document.data = value
        else:
            collection, parent = self.stack[-1]
            key = self.pending[-1]
            if isinstance(collection, dict):
                assert key is not None
                path = (*parent, key)
                collection[key] = value
                self.pending[-1] = None
            else:
                path = (*parent, len(collection))
                collection.append(value)
        self.document.values[path] = self.mark(event)
        return path

    def error(self, event: Any, message: str, rule: str, hint: str = "") -> ContentError:
        return _failure(self.file, self.mark(event), message, rule, hint)

    def mark(self, event: Any) -> Mark:
        return self.lines.mark(event.start_mark.index)

    def syntax_error(self, error: yaml.MarkedYAMLError) -> ContentError:
        problem, context = error.problem or "not valid YAML", error.context or ""
        place = error.problem_mark
        opened = error.context_mark
        if opened and context == "while scanning a quoted scalar" and "end of stream" in problem:
            return _failure(
                self.file,
                self.lines.mark(opened.index),
                "the quote that opens here is not closed",
                "yaml-syntax",
                "close it, or write a quote inside '…' twice",
            )
        if context == "while scanning a simple key":
            place = opened  # the parser notices a line later
        offset = place.index if place else 0
        mark = self.lines.mark(offset)
        if self.text[offset : offset + 1] == "\t" or "tab character" in problem:
            return _failure(
                self.file, mark, "a tab is used to indent; YAML wants spaces", "yaml-tab", "replace the tab by spaces"
            )
        what = problem.replace("found character that cannot start any token", "unexpected character")
        hint = "a text with `: ` or ` #` in it needs quotes" if "mapping values" in what or "expected" in what else ""
        return _failure(self.file, mark, f"not valid YAML: {what} {context}".rstrip(), "yaml-syntax", hint)


def _resolve(value: str) -> Any:
    """A plain scalar by the core schema of YAML 1.2."""
    lowered = value.lower()
    if lowered in _CONSTANTS and value in {lowered, lowered.capitalize(), lowered.upper()}:
        return _CONSTANTS[lowered]
    if _INT.match(value):
        # Python refuses to convert very long digit strings; as text they fail validation with a place.
        return int(value) if len(value) < 100 else value
    if _OTHER_INT.match(value):
        return int(value, 0) if len(value) < 100 else value
    if _FLOAT.match(value):
        return float(value)
    return _INFINITE.get(lowered, value)


def _failure(file: str, mark: Mark, message: str, rule: str, hint: str = "") -> ContentError:
    return ContentError([Problem(file, mark.line, mark.column, "error", one_line(message), rule, one_line(hint))])
