"""The shape of a validated question, as everything outside `content` reads it.

`schema.py` (pydantic) is the truth and checks what authors write. What it accepts is kept as plain JSON, in the cache and
in memory, so that opening quizbot never imports pydantic. These types describe that JSON: every key is there, because
defaults are filled in when a file is validated. `tests/content/test_schema.py` holds the two descriptions together.
"""

from __future__ import annotations

from typing import Literal, TypedDict

Level = Literal["junior", "mid", "senior"]
Role = Literal["technical", "managerial"]
Section = Literal["definition", "role", "effects", "examples", "best_practices", "common_mistakes"]
VerdictName = Literal["covered", "partial", "missing", "contradicted"]

LEVELS: tuple[Level, ...] = ("junior", "mid", "senior")
ROLES: tuple[Role, ...] = ("technical", "managerial")
SECTIONS: tuple[Section, ...] = ("definition", "role", "effects", "examples", "best_practices", "common_mistakes")


class FrameworkStep(TypedDict):
    step: str
    hint: str
    covers: list[str]


class Effect(TypedDict):
    when: str
    then: str


class Example(TypedDict):
    title: str
    text: str


class Answer(TypedDict):
    definition: str
    role: str
    effects: list[Effect]
    examples: list[Example]
    best_practices: list[str]
    common_mistakes: list[str]
    model_answer: str


class RejectedStatement(TypedDict):
    says: str
    because: str


class KeyPoint(TypedDict):
    id: str
    section: Section
    claim: str
    why: str
    accept: list[str]
    partial: list[str]
    reject: list[RejectedStatement]
    weight: dict[Role, int]


class Variant(TypedDict):
    prompt: str
    focus: list[str]
    adds: list[str]
    answer: str


class Option(TypedDict):
    text: str
    correct: bool
    feedback: str


class ChoiceItem(TypedDict):
    id: str
    type: Literal["single", "multiple"]
    tests: list[str]
    stem: str
    options: list[Option]
    scoring: Literal["all_or_nothing", "per_option"]


class TrueFalseItem(TypedDict):
    id: str
    type: Literal["true_false"]
    tests: list[str]
    stem: str
    answer: bool
    feedback: str


class Tolerance(TypedDict):
    """Exactly one of the two is a number; the other is None."""

    abs: float | None
    rel: float | None


class NearMiss(TypedDict):
    value: float
    feedback: str


class NumericItem(TypedDict):
    id: str
    type: Literal["numeric"]
    tests: list[str]
    stem: str
    answer: float
    unit: str
    tolerance: Tolerance
    feedback: str
    near_misses: list[NearMiss]


class OrderingItem(TypedDict):
    id: str
    type: Literal["ordering"]
    tests: list[str]
    stem: str
    items: list[str]
    scoring: Literal["all_or_nothing", "adjacent_pairs"]
    feedback: str


class WrongGap(TypedDict):
    text: str
    feedback: str


class Gap(TypedDict):
    accept: list[str]
    wrong: list[WrongGap]


class ClozeItem(TypedDict):
    id: str
    type: Literal["cloze"]
    tests: list[str]
    text: str
    gaps: dict[str, Gap]
    feedback: str


QuizItem = ChoiceItem | TrueFalseItem | NumericItem | OrderingItem | ClozeItem


class FollowUp(TypedDict):
    ask: str
    listen_for: list[str]
    red_flags: list[str]
    probes: str | None


class Predict(TypedDict):
    ask: str
    options: list[str]
    answer: int
    explain: str


ParamValue = bool | int | float | str | list[int | float] | list[str]


class DemoRef(TypedDict):
    name: str
    params: dict[str, ParamValue]
    shows: str
    predict: Predict | None


class Source(TypedDict):
    key: str
    cite: str
    arxiv: str | None
    doi: str | None
    url: str | None
    supports: list[str]


class Alias(TypedDict):
    term: str
    also: list[str]


class Question(TypedDict):
    schema: Literal["quizbot/question@1"]
    id: str
    title: str
    pack: str
    level: Level
    roles: list[Role]
    tags: list[str]
    needs: list[str]
    time_limit_s: int | None
    reviewed: str | dict[str, str] | None
    framework: list[FrameworkStep]
    answer: Answer
    key_points: list[KeyPoint]
    aliases: list[Alias]
    variants: dict[Role, Variant]
    quiz: list[QuizItem]
    followups: list[FollowUp]
    demo: DemoRef | None
    sources: list[Source]


class Header(TypedDict):
    """What lists, filters and search need of a question without reading the whole of it."""

    id: str
    title: str
    pack: str
    level: Level
    roles: list[Role]
    tags: list[str]
    needs: list[str]
    demo: str | None
    file: str
    """Path of the YAML file, absolute."""
    version: str
    """Hash of the key points: changes when what is scored changes."""


class SampleAnswer(TypedDict):
    id: str
    style: str
    role: Role
    text: str
    gold: dict[str, VerdictName]
    grade: float


class Samples(TypedDict):
    """`question`, `pack` and `key_points` are there where no question lies beside yet, or else all three are None."""

    schema: Literal["quizbot/samples@1"]
    id: str
    question: str | None
    pack: str | None
    key_points: list[KeyPoint] | None
    answers: list[SampleAnswer]
