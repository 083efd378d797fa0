"""One file in, one checked record out. Imports pydantic and yaml, so callers import it only when the cache cannot serve."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from quizbot.content.crosscheck import check_question, check_samples
from quizbot.content.document import Document, parse_document, read_document
from quizbot.content.problems import ContentError
from quizbot.content.records import Question as QuestionRecord
from quizbot.content.records import Samples as SamplesRecord
from quizbot.content.schema import QUESTION_FORMAT, SAMPLES_FORMAT, Question, Samples
from quizbot.content.validation import validate


def load_question(path: Path, shown_as: str | None = None) -> QuestionRecord:
    """Read and check one question. Raises ContentError that lists everything wrong with it."""
    return question_from(read_document(path, shown_as))


def question_from(document: Document) -> QuestionRecord:
    """A parsed document as a checked question. Raises ContentError that lists everything wrong with it."""
    _check_format(document, QUESTION_FORMAT)
    question = cast(QuestionRecord, validate(Question, document).as_record())
    problems = sorted(check_question(question, document))
    if problems:
        raise ContentError(problems)
    return question


def load_samples(path: Path, shown_as: str | None = None) -> SamplesRecord:
    """Read and check one `ID.samples.yaml`. Raises ContentError that lists everything wrong with it."""
    return samples_from(read_document(path, shown_as))


def samples_from(document: Document) -> SamplesRecord:
    """A parsed document as checked samples. Raises ContentError that lists everything wrong with it."""
    _check_format(document, SAMPLES_FORMAT)
    samples = cast(SamplesRecord, validate(Samples, document).as_record())
    problems = sorted(check_samples(samples, document))
    if problems:
        raise ContentError(problems)
    return samples


def parse_question(raw: bytes, file: str) -> QuestionRecord:
    """As `load_question`, for bytes that are not in a file (yet); `file` is the name that problems show."""
    return question_from(parse_document(raw, file))


def _check_format(document: Document, wanted: str) -> None:
    """Refuse other formats with a reason of their own, before hundreds of complaints about unknown keys."""
    if not isinstance(document.data, dict) or "schema" not in document.data:
        return
    given = str(document.data["schema"])
    if given == wanted:
        return
    kind, _, number = wanted.partition("@")
    match = re.fullmatch(rf"{re.escape(kind)}@([0-9]+)", given)
    if match and int(match[1]) > int(number):
        message = f"written in a newer format ({given}); this quizbot reads {wanted}"
        raise ContentError([document.problem(("schema",), message, "newer-format", "update quizbot")])
    raise ContentError([document.problem(("schema",), f"`schema` is {given!r}; it must be {wanted}", "bad-value")])
