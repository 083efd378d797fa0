"""`score` and `grade`: answers scored without practising, for scripts and for authors."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

from quizbot.commands.context import Context, print_json, read_text, say, user_path, wrong_call
from quizbot.commands.feedback import feedback_lines
from quizbot.content.bank import Bank, UnknownQuestionError
from quizbot.content.problems import ContentError
from quizbot.content.records import ROLES, Question, Role
from quizbot.practice.scored import default_role, prepare_question
from quizbot.scoring import Prepared, Score, score_prepared


def run_score(context: Context) -> int:
    """`quizbot score ID [FILE]`: the score of one answer."""
    wanted = context.arguments
    question = context.question(context.bank(), wanted.id)
    role: Role = wanted.role or default_role(question)
    result = score_prepared(prepare_question(question, role), read_text(wanted.file), role)
    if wanted.json:
        print_json(_result(wanted.file, question["id"], result))
    else:
        for line in feedback_lines(question, result, role):
            say(line)
    return 0


def run_grade(context: Context) -> int:
    """`quizbot grade FILE.jsonl`: one JSON result a line, in the same order; a bad line does not stop the rest."""
    grader = _Grader(context.bank())
    name = context.arguments.file
    try:
        stream = sys.stdin.buffer if name == "-" else user_path(name).open("rb")
    except OSError as error:
        wrong_call(f"cannot read {name}: {error.strerror or error}")
    failed = False
    with stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                result = grader.grade(line, number)
                failed = failed or "error" in result
                print_json(result, indent=None)
    return 1 if failed else 0


def _result(name: object, question: str, result: Score) -> dict[str, Any]:
    return {"id": name, "question": question, **result.as_json()}


class _BadLineError(ValueError):
    """A line that cannot be graded; the message says why."""


def _no_json(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


class _Grader:
    """Grades lines; a question is prepared once for each role."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.questions: dict[str, Question] = {}
        self.prepared: dict[tuple[str, Role], Prepared] = {}

    def grade(self, line: bytes, number: int) -> dict[str, Any]:
        name: object = None
        try:
            entry = self._parse(line)
            name = self._id(entry)
            question, role, answer = self._request(entry)
            return _result(name, question["id"], score_prepared(self._prepare(question, role), answer, role))
        except (_BadLineError, UnknownQuestionError, ContentError) as error:
            return {"id": name, "error": f"line {number}: {error}"}

    def _parse(self, line: bytes) -> dict[str, Any]:
        try:
            entry = json.loads(line.decode("utf-8-sig"), parse_constant=_no_json)
        except UnicodeDecodeError as error:
            raise _BadLineError("not UTF-8 text") from error
        except (ValueError, RecursionError) as error:
            raise _BadLineError(f"not JSON: {error}") from error
        if not isinstance(entry, dict):
            raise _BadLineError("not a JSON object")
        return entry

    def _id(self, entry: dict[str, Any]) -> str | int | float | None:
        name = entry.get("id")
        if name is None or isinstance(name, (str, int)) or (isinstance(name, float) and math.isfinite(name)):
            return name
        raise _BadLineError("`id` must be text or a number")

    def _request(self, entry: dict[str, Any]) -> tuple[Question, Role, str]:
        for key in ("question", "answer"):
            if not isinstance(entry.get(key), str):
                raise _BadLineError(f"`{key}` is missing or not text")
        name = entry["question"]
        if name not in self.questions:
            self.questions[name] = self.bank.question(name)
        question = self.questions[name]
        role = entry.get("role")
        if role is None:
            role = default_role(question)
        if role not in ROLES:
            raise _BadLineError(f"`role` must be one of {', '.join(ROLES)}")
        return question, role, entry["answer"]

    def _prepare(self, question: Question, role: Role) -> Prepared:
        key = (question["id"], role)
        if key not in self.prepared:
            self.prepared[key] = prepare_question(question, role)
        return self.prepared[key]
