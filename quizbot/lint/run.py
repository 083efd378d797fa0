"""Going through files and folders, each file with every rule that fits it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from quizbot.content.bank import SAMPLES, question_files, yaml_files
from quizbot.content.document import Document, read_document
from quizbot.content.loader import question_from, samples_from
from quizbot.content.problems import ContentError, Problem
from quizbot.content.records import Question
from quizbot.lint.phrasing_rules import check_phrasings
from quizbot.lint.question_rules import check_question
from quizbot.lint.sample_rules import check_samples, samples_missing
from quizbot.lint.sample_verdicts import check_verdicts
from quizbot.practice.scored import prepare_points, prepare_question


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, sorted by file and place, and how many files were read."""

    problems: tuple[Problem, ...]
    files: int


@dataclass(frozen=True, slots=True)
class _Loaded:
    path: Path
    given: Path
    """The folder that the call named, or the folder of a file that it named."""
    document: Document
    question: Question


def lint(paths: Sequence[Path], *, known: Sequence[Path] = (), score_samples: bool = True) -> Report:
    """Check every question and samples file in `paths` (files or folders).

    `known` are folders whose questions may be referred to without being checked themselves. `score_samples`: put graded
    answers to the scorer too, which takes most of the time.
    """
    given_by = _given_by(paths)
    files = list(given_by)
    problems: list[Problem] = []
    questions: list[_Loaded] = []
    for file in files:
        if not file.name.endswith(SAMPLES):
            try:
                document = read_document(file)
                questions.append(_Loaded(file, given_by[file], document, question_from(document)))
            except ContentError as error:
                problems.extend(error.problems)
    ids = {loaded.question["id"] for loaded in questions} | {
        file.stem for folder in known for file in question_files(folder)
    }
    problems.extend(_duplicate_ids(questions))
    for loaded in questions:
        problems.extend(check_question(loaded.question, loaded.document, known_ids=ids))
        problems.extend(check_phrasings(loaded.question, loaded.document))
        beside = _samples_of(loaded.path)
        if beside is None:
            problems.append(samples_missing(loaded.question, loaded.document))
        elif beside not in files:
            files.append(beside)
    by_path = {loaded.path: loaded.question for loaded in questions}
    for file in files:
        if file.name.endswith(SAMPLES):
            problems.extend(_check_samples_file(file, by_path, score_samples=score_samples, named=file in paths))
    return Report(tuple(sorted(set(problems))), len(files))


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from yaml_files(path)
    else:
        yield path


def _given_by(paths: Sequence[Path]) -> dict[Path, Path]:
    """Every file to check, once, with the folder it was found through."""
    found: dict[Path, Path] = {}
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path):
            if (real := file.resolve()) not in seen:
                seen.add(real)
                found[file] = path if path.is_dir() else path.parent
    return found


def _samples_of(question: Path) -> Path | None:
    candidates = (question.with_name(question.stem + suffix) for suffix in SAMPLES)
    return next((path for path in candidates if path.exists()), None)


def _check_samples_file(
    file: Path, questions: dict[Path, Question], *, score_samples: bool, named: bool
) -> list[Problem]:
    try:
        document = read_document(file)
        samples = samples_from(document)
    except ContentError as error:
        return list(error.problems)
    stem = file.name.removesuffix(next(suffix for suffix in SAMPLES if file.name.endswith(suffix)))
    beside = next((path for ending in (".yaml", ".yml") if (path := file.with_name(stem + ending)).exists()), None)
    own = samples["key_points"]
    if beside is None:
        if own is None:
            message = f"there is no question {stem}.yaml beside these samples"
            hint = "samples lie beside their question, or bring `question`, `pack` and `key_points` of their own"
            return [document.problem((), message, "samples-question", hint)]
        problems = list(check_samples(samples, own, document, draft=True))
        if not named:
            # The question is still to be written: what its answers lack is for whoever writes it and names the file.
            return [problem for problem in problems if problem.severity == "error"]
        if score_samples:
            asked = partial(prepare_points, samples["question"] or "", own)
            problems.extend(check_verdicts(samples, own, asked, document))
        return problems
    problems = []
    if own is not None:
        message = f"the key points belong to {beside.name}, which lies beside"
        hint = "remove `question`, `pack` and `key_points` here"
        problems.append(document.problem(("key_points",), message, "samples-key-points", hint, at_key=True))
    try:
        question = questions.get(beside) or question_from(read_document(beside))
    except ContentError:
        return problems  # the question's own problems are told where it is linted
    problems.extend(check_samples(samples, question["key_points"], document))
    if score_samples:
        problems.extend(check_verdicts(samples, question["key_points"], partial(prepare_question, question), document))
    return problems


def _duplicate_ids(questions: Sequence[_Loaded]) -> Iterator[Problem]:
    """The same id twice in one folder. In two folders it is no error: there the later one overrides the earlier."""
    first: dict[tuple[Path, str], _Loaded] = {}
    for loaded in questions:
        own = loaded.question["id"]
        earlier = first.setdefault((loaded.given, own), loaded)
        if earlier is not loaded:
            message = f"the id `{own}` is also in {earlier.path} (pack {earlier.question['pack']})"
            yield loaded.document.problem(("id",), message, "duplicate-question", "ids are unique over all packs")
