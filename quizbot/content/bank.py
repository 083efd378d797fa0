"""All questions at hand: the ones that come with quizbot and those of the user's folders."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizbot.content.cache import CachedFile, ContentCache, Index, stamp_of
from quizbot.content.problems import ContentError, Problem, one_line
from quizbot.content.records import LEVELS, Header, Question

SAMPLES = (".samples.yaml", ".samples.yml")
"""How the names of files with graded answers end."""
UNKNOWN = [0, 0]
"""The stamp of a file that could not be read: no file that can be has it."""


class UnknownQuestionError(LookupError):
    """No question has this id; `close` holds ids that look alike."""

    def __init__(self, question: str, close: Sequence[str]) -> None:
        hint = f"; did you mean {' or '.join(close)}?" if close else "; `quizbot list` shows the ids"
        super().__init__(one_line(f"there is no question `{question[:80]}`{hint}"))
        self.close = tuple(close)


def bundled_content() -> Path:
    """The folder of questions that comes with quizbot: inside an installed package, or beside it in a clone."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_content"
    return installed if installed.is_dir() else package.parent / "content"


def content_version(question: Question) -> str:
    """Hash of the key points: attempts record it, so that a later change of what is scored can be seen."""
    import hashlib  # loads OpenSSL, and a start with a warm cache needs none

    text = json.dumps(question["key_points"], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def yaml_files(root: Path, *, without: tuple[str, ...] = ()) -> Iterator[Path]:
    """Every YAML file below a folder, in a fixed order; hidden files and folders are left out, and names that end so."""
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith((".yaml", ".yml")) and not name.startswith(".") and not name.endswith(without):
                yield Path(folder, name)


def question_files(root: Path) -> Iterator[Path]:
    """The question files among them; graded samples are left out."""
    return yaml_files(root, without=SAMPLES)


@dataclass(frozen=True, slots=True)
class _Entry:
    header: Header
    stamp: list[int]
    cache: ContentCache | None


class Bank:
    """Questions by id. Headers are in memory; a whole question is read when it is asked for."""

    def __init__(self, entries: dict[str, _Entry], problems: Sequence[Problem], notices: Sequence[str]) -> None:
        self._entries = entries
        self.problems = tuple(problems)
        """Why files were left out."""
        self.notices = tuple(notices)
        """What the user should know though nothing is wrong: questions that override others."""
        headers = [entry.header for entry in entries.values()]
        self.headers = sorted(
            headers, key=lambda h: (h["pack"], LEVELS.index(h["level"]), h["title"].casefold(), h["id"])
        )

    def __contains__(self, question: object) -> bool:
        return question in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def packs(self) -> list[str]:
        """The packs that have questions, in alphabetical order."""
        return sorted({header["pack"] for header in self.headers})

    def header(self, question: str) -> Header:
        """The header of a question. Raises UnknownQuestionError."""
        entry = self._entries.get(question)
        if entry is None:
            import difflib

            raise UnknownQuestionError(question, difflib.get_close_matches(question, self._entries, n=2))
        return entry.header

    def question(self, question: str) -> Question:
        """A whole question. Raises UnknownQuestionError, or ContentError when its file has become unusable meanwhile."""
        header = self.header(question)
        entry = self._entries[question]
        record = entry.cache.read_record(header, entry.stamp) if entry.cache else None
        if record is None:
            from quizbot.content.loader import load_question

            record = load_question(Path(header["file"]))
            if entry.cache:
                entry.cache.write_record(header, entry.stamp, record)
        return record


def open_bank(folders: Sequence[Path], cache_dir: Path | None) -> Bank:
    """Read the headers of all questions in `folders`; a later folder overrides an earlier one.

    A file that cannot be used is left out and told in `problems`; the rest loads. With a `cache_dir` only changed files
    are read.
    """
    entries: dict[str, _Entry] = {}
    problems: list[Problem] = []
    notices: list[str] = []
    for root in dict.fromkeys(folder.resolve() for folder in folders):
        cache = ContentCache(cache_dir, root) if cache_dir else None
        own: dict[str, _Entry] = {}
        for file in _scan(root, cache).values():
            problems.extend(Problem(**problem) for problem in file["problems"])
            header = file["header"]
            if header and header["id"] in own:
                # Which of the two is meant cannot be known: the first stays, and both are named.
                problems.append(_clash(header, own[header["id"]].header))
            elif header:
                own[header["id"]] = _Entry(header, file["stamp"], cache)
        for name, entry in own.items():
            if name in entries and entries[name].header["file"] != entry.header["file"]:
                notices.append(f"{name}: {entry.header['file']} is used instead of {entries[name].header['file']}")
        entries.update(own)
    return Bank(entries, problems, notices)


def _scan(root: Path, cache: ContentCache | None) -> Index:
    known = cache.read_index() if cache else {}
    index: Index = {}
    for path in question_files(root):
        name = str(path.relative_to(root))
        try:
            stamp = stamp_of(path)
        except OSError:
            stamp = UNKNOWN  # reading it says why
        entry = known.get(name)
        index[name] = entry if entry and entry["stamp"] == stamp else _read(path, stamp, cache)
    if cache and index != known:
        cache.write_index(index)
    return index


def _read(path: Path, stamp: list[int], cache: ContentCache | None) -> CachedFile:
    from quizbot.content.loader import load_question

    try:
        question = load_question(path)
    except ContentError as error:
        if any(problem.rule == "unreadable" for problem in error.problems):
            stamp = UNKNOWN  # a file that may be read later has the same stamp then: try again next time
        return {"stamp": stamp, "header": None, "problems": [problem.as_json() for problem in error.problems]}
    header: Header = {
        "id": question["id"],
        "title": question["title"],
        "pack": question["pack"],
        "level": question["level"],
        "roles": question["roles"],
        "tags": question["tags"],
        "needs": question["needs"],
        "demo": question["demo"]["name"] if question["demo"] else None,
        "file": str(path),
        "version": content_version(question),
    }
    if cache:
        cache.write_record(header, stamp, question)
    return {"stamp": stamp, "header": header, "problems": []}


def _clash(header: Header, first: Header) -> Problem:
    message = f"the id `{header['id']}` is also in {first['file']} (pack {first['pack']})"
    return Problem(header["file"], 1, 1, "error", message, "duplicate-question", "ids are unique over all packs")
