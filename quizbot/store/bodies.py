"""What events say: the shape of each kind's body, and the check that every body passes before it is written.

A body is plain JSON. The checks here are for the code that writes: a key that is missing or misspelt, a wrong type, a number
that is not finite. They do not judge content. Bodies that are read back are not checked: an older or newer quizbot may have
written them, and what people did is never refused afterwards.

To add a kind: a TypedDict, and its fields in `_KINDS`. Readers must bear bodies that lack a key which was added later: the log
keeps the old ones for ever.
"""

# Without `from __future__ import annotations`: it would have every annotation of the TypedDicts compiled at import.
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypedDict

from quizbot.store.errors import InvalidRecordError

Verdict = Literal["covered", "partial", "missing", "contradicted"]
Role = Literal["technical", "managerial"]
Kind = Literal["attempt", "self_assessment", "demo_prediction"]

VERDICTS: tuple[Verdict, ...] = ("covered", "partial", "missing", "contradicted")
ROLES: tuple[Role, ...] = ("technical", "managerial")
_BANDS = ("weak", "developing", "solid", "strong")
_LONGEST_ID = 200


class Evidence(TypedDict):
    """`answer[start:end] == text`, in code points of the attempt's answer."""

    start: int
    end: int
    text: str


class AttemptPoint(TypedDict):
    """The scorer's verdict on one key point; `credit` is in [-0.5, 1], `confidence` in [0, 1]."""

    id: str
    verdict: Verdict
    credit: float
    confidence: float
    matched: str | None
    evidence: Sequence[Evidence]


class AttemptMisconception(TypedDict):
    """Something wrong that the answer says, and why it is wrong."""

    point: str
    says: str
    because: str
    evidence: Sequence[Evidence]


class AttemptBody(TypedDict):
    """One answered question: what was asked, said and found. `score` is in [0, 100], `seconds` the time spent answering.

    `scorer_version` and `content_version` say with what the verdicts were made, so that old attempts can be told from new ones.
    """

    question: str
    role: Role
    prompt: str
    answer: str
    score: float
    band: Literal["weak", "developing", "solid", "strong"]
    passed: bool
    points: Sequence[AttemptPoint]
    misconceptions: Sequence[AttemptMisconception]
    flags: Sequence[str]
    seconds: float
    scorer_version: str
    content_version: str
    mode: Literal["tui", "plain"]


class AssessedPoint(TypedDict):
    """The user's own verdict on one key point beside the automatic one, with the reason where one was given (else "")."""

    id: str
    own: Verdict
    automatic: Verdict
    reason: str


class SelfAssessmentBody(TypedDict):
    """How the user judged an attempt. `attempt` is its uuid; `score`, in [0, 100], follows from the own verdicts."""

    attempt: str
    question: str
    role: Role
    points: Sequence[AssessedPoint]
    score: float


class DemoPredictionBody(TypedDict):
    """What the user expected of a demo before seeing it run. `params` are the demo's, `chosen` is the option's text."""

    demo: str
    question: str | None
    params: Mapping[str, object]
    ask: str
    chosen: str
    correct: bool


_Check = Callable[[object, str], None]


def _wrong(where: str, expected: str, value: object) -> InvalidRecordError:
    # Only short values are shown: an answer does not belong into an error message.
    shown = repr(value)
    return InvalidRecordError(
        f"{where}: expected {expected}, got {shown if len(shown) <= 40 else type(value).__name__}."
    )


def _text(value: object, where: str) -> None:
    if not isinstance(value, str):
        raise _wrong(where, "text", value)


def check_id(value: object, where: str) -> None:
    """A non-empty printable text of at most 200 characters. Raises InvalidRecordError, which names `where`."""
    if not isinstance(value, str) or not value or len(value) > _LONGEST_ID or not value.isprintable():
        raise _wrong(where, f"an id (1 to {_LONGEST_ID} printable characters)", value)


def check_role(value: object, where: str) -> None:
    """One of the two roles. Raises InvalidRecordError, which names `where`."""
    if value not in ROLES:
        raise _wrong(where, "technical or managerial", value)


def _boolean(value: object, where: str) -> None:
    if not isinstance(value, bool):
        raise _wrong(where, "true or false", value)


def _number(low: float, high: float) -> _Check:
    def check(value: object, where: str) -> None:
        # Comparing before converting: a huge int has no float, and NaN fails every comparison.
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise _wrong(where, f"a number from {low:g} to {high:g}", value)

    return check


def _offset(value: object, where: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _wrong(where, "a whole number from 0", value)


def _one_of(*names: str) -> _Check:
    def check(value: object, where: str) -> None:
        if not isinstance(value, str) or value not in names:
            raise _wrong(where, " or ".join(names), value)

    return check


def _or_null(inner: _Check) -> _Check:
    def check(value: object, where: str) -> None:
        if value is not None:
            inner(value, where)

    return check


def _list_of(inner: _Check) -> _Check:
    def check(value: object, where: str) -> None:
        if not isinstance(value, list | tuple):
            raise _wrong(where, "a list", value)
        for index, item in enumerate(value):
            inner(item, f"{where}[{index}]")

    return check


def _record(**fields: _Check) -> _Check:
    def check(value: object, where: str) -> None:
        if not isinstance(value, Mapping):
            raise _wrong(where, "an object", value)
        missing = [name for name in fields if name not in value]
        unknown = [str(name) for name in value if name not in fields]
        if missing or unknown:
            found = [
                f"{what} {', '.join(names)}" for what, names in (("missing", missing), ("unknown", unknown)) if names
            ]
            raise InvalidRecordError(f"{where}: {'; '.join(found)}.")
        for name, inner in fields.items():
            inner(value[name], f"{where}.{name}")

    return check


def _json(value: object, where: str) -> None:
    """Anything that JSON can hold without loss, finite numbers only."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            _text(key, f"{where}: a key")
            _json(item, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _json(item, f"{where}[{index}]")
    elif isinstance(value, float) and not math.isfinite(value):
        raise _wrong(where, "a finite number", value)
    elif value is not None and not isinstance(value, str | int | float):
        raise _wrong(where, "JSON data", value)


def _json_object(value: object, where: str) -> None:
    if not isinstance(value, Mapping):
        raise _wrong(where, "an object", value)
    _json(value, where)


_VERDICT = _one_of(*VERDICTS)
_SCORE = _number(0, 100)
_EVIDENCE = _list_of(_record(start=_offset, end=_offset, text=_text))

_KINDS: dict[str, _Check] = {
    "attempt": _record(
        question=check_id,
        role=check_role,
        prompt=_text,
        answer=_text,
        score=_SCORE,
        band=_one_of(*_BANDS),
        passed=_boolean,
        points=_list_of(
            _record(
                id=check_id,
                verdict=_VERDICT,
                credit=_number(-0.5, 1),
                confidence=_number(0, 1),
                matched=_or_null(_text),
                evidence=_EVIDENCE,
            )
        ),
        misconceptions=_list_of(_record(point=check_id, says=_text, because=_text, evidence=_EVIDENCE)),
        flags=_list_of(_text),
        seconds=_number(0, 1e9),
        scorer_version=_text,
        content_version=_text,
        mode=_one_of("tui", "plain"),
    ),
    "self_assessment": _record(
        attempt=check_id,
        question=check_id,
        role=check_role,
        points=_list_of(_record(id=check_id, own=_VERDICT, automatic=_VERDICT, reason=_text)),
        score=_SCORE,
    ),
    "demo_prediction": _record(
        demo=check_id,
        question=_or_null(check_id),
        params=_json_object,
        ask=_text,
        chosen=_text,
        correct=_boolean,
    ),
}

KINDS: tuple[str, ...] = tuple(_KINDS)


def check_body(kind: str, body: Mapping[str, object]) -> None:
    """Refuse an event that must not be written. Raises InvalidRecordError with the path of the first thing that is wrong."""
    check = _KINDS.get(kind)
    if check is None:
        raise InvalidRecordError(f"There is no kind of event called {kind!r}; there are {', '.join(KINDS)}.")
    check(body, kind)
