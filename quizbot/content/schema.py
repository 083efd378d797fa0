"""The question format `quizbot/question@1` and the samples format, as pydantic models: the truth about both.

`quizbot schema` prints the JSON Schema made from `Question`. What pydantic accepts is kept as plain JSON, whose types for
readers are in `records.py`. Checks that concern more than one field are in `crosscheck.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticCustomError

QUESTION_FORMAT = "quizbot/question@1"
SAMPLES_FORMAT = "quizbot/samples@1"

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Title = Annotated[str, StringConstraints(min_length=10, pattern=r"\S")]
Level = Literal["junior", "mid", "senior"]
Role = Literal["technical", "managerial"]
Section = Literal["definition", "role", "effects", "examples", "best_practices", "common_mistakes"]
VerdictName = Literal["covered", "partial", "missing", "contradicted"]
Weight = Annotated[int, Field(ge=0, le=3)]
Ids = Annotated[list[Slug], Field(min_length=1)]
Wording = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"\S")]


def _given(choice: Literal["anyOf", "oneOf"], kind: str, *keys: str) -> dict[str, JsonValue]:
    """JSON Schema for "at least one" or "exactly one" of these keys has a value, which validators below check in Python."""
    return {choice: [{"required": [key], "properties": {key: {"type": kind}}} for key in keys]}


class Model(BaseModel):
    """Unknown keys are refused, numbers are not read from text, and NaN is no number."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class FrameworkStep(Model):
    """One step of the order in which a good spoken answer proceeds."""

    step: Text
    hint: str = ""
    covers: Ids


class Effect(Model):
    when: Text
    then: Text


class Example(Model):
    title: Text
    text: Text


class Answer(Model):
    """What the learner reads, by section."""

    definition: Text
    role: Text
    effects: Annotated[list[Effect], Field(min_length=1)]
    examples: Annotated[list[Example], Field(min_length=1)]
    best_practices: list[Text]
    common_mistakes: list[Text]
    model_answer: Text


class RejectedStatement(Model):
    """Something people say that contradicts the claim, and why it is wrong."""

    says: Text
    because: Text


class KeyPoint(Model):
    """One claim that an answer is checked for. A weight of 0 means shown, not scored; a role left out has weight 0."""

    id: Slug
    section: Section
    claim: Annotated[str, StringConstraints(min_length=1, max_length=220, pattern=r"\S")]
    why: Text
    accept: Annotated[list[Text], Field(min_length=2)]
    partial: list[Text] = []
    reject: Annotated[list[RejectedStatement], Field(min_length=1)]
    weight: Annotated[dict[Role, Weight], Field(min_length=1)]


KeyPoints = Annotated[list[KeyPoint], Field(min_length=4, max_length=8)]


class Variant(Model):
    """The question as one role is asked it."""

    prompt: Text
    focus: Ids
    adds: Annotated[list[Text], Field(min_length=2)]
    answer: Text


class Variants(Model):
    model_config = ConfigDict(json_schema_extra=_given("anyOf", "object", "technical", "managerial"))

    technical: Variant | None = None
    managerial: Variant | None = None

    @model_validator(mode="after")
    def at_least_one(self) -> Variants:
        if self.technical is None and self.managerial is None:
            raise PydanticCustomError("no_variant", "at least one of `technical` and `managerial` is needed")
        return self


class Option(Model):
    text: Text
    correct: bool = False
    feedback: Text


class QuizBase(Model):
    id: Slug
    tests: Ids


class ChoiceItem(QuizBase):
    type: Literal["single", "multiple"]
    stem: Text
    options: Annotated[list[Option], Field(min_length=3)]
    scoring: Literal["all_or_nothing", "per_option"] = "all_or_nothing"


class TrueFalseItem(QuizBase):
    type: Literal["true_false"]
    stem: Text
    answer: bool
    feedback: Text


class Tolerance(Model):
    """How far a number may be off: `abs` in the unit of the answer, or `rel` as a share of it."""

    model_config = ConfigDict(json_schema_extra=_given("oneOf", "number", "abs", "rel"))

    abs: Annotated[float, Field(ge=0)] | None = None
    rel: Annotated[float, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def exactly_one(self) -> Tolerance:
        if (self.abs is None) == (self.rel is None):
            raise PydanticCustomError("one_tolerance", "give exactly one of `abs` and `rel`")
        return self


class NearMiss(Model):
    value: float
    feedback: Text


class NumericItem(QuizBase):
    type: Literal["numeric"]
    stem: Text
    answer: float
    unit: str = ""
    tolerance: Tolerance
    feedback: Text
    near_misses: list[NearMiss] = []


class OrderingItem(QuizBase):
    type: Literal["ordering"]
    stem: Text
    items: Annotated[list[Text], Field(min_length=3)]
    scoring: Literal["all_or_nothing", "adjacent_pairs"] = "all_or_nothing"
    feedback: Text


class WrongGap(Model):
    text: Text
    feedback: Text


class Gap(Model):
    accept: Annotated[list[Text], Field(min_length=1)]
    wrong: list[WrongGap] = []


class ClozeItem(QuizBase):
    """`text` marks each gap as `{{name}}`; `gaps` says what each accepts."""

    type: Literal["cloze"]
    text: Text
    gaps: Annotated[dict[str, Gap], Field(min_length=1)]
    feedback: Text


QuizItem = Annotated[
    ChoiceItem | TrueFalseItem | NumericItem | OrderingItem | ClozeItem,
    Field(discriminator="type"),
]


class FollowUp(Model):
    """The next question an interviewer asks; `probes` names the key point it is chosen for."""

    ask: Text
    listen_for: list[Text]
    red_flags: list[Text] = []
    probes: Slug | None = None


class Predict(Model):
    """A question to answer before the demo is shown; `answer` is the index of the right option, from 0."""

    ask: Text
    options: Annotated[list[Text], Field(min_length=2)]
    answer: Annotated[int, Field(ge=0)]
    explain: Text


ParamValue = bool | int | float | str | list[int | float] | list[str]


class DemoRef(Model):
    """A registered demo by name. Content never names code: the registry decides what a name runs."""

    name: Slug
    params: dict[str, ParamValue] = {}
    shows: Text
    predict: Predict | None = None


class Source(Model):
    """Where a claim can be traced to: one of `arxiv`, `doi` and `url` at least."""

    model_config = ConfigDict(json_schema_extra=_given("anyOf", "string", "arxiv", "doi", "url"))

    key: Slug
    cite: Text
    arxiv: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}\.[0-9]{4,5}$")] | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.[0-9]{4,9}/\S+$")] | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    supports: Ids

    @model_validator(mode="after")
    def traceable(self) -> Source:
        if self.arxiv is None and self.doi is None and self.url is None:
            raise PydanticCustomError("no_locator", "a source needs `arxiv`, `doi` or `url`")
        return self


class Alias(Model):
    """Other wordings that mean the same as `term` in this question; the term itself need not occur anywhere."""

    term: Wording
    also: Annotated[list[Wording], Field(min_length=1)]


class Question(Model):
    """One question: one YAML file whose name is its id."""

    format: Literal["quizbot/question@1"] = Field(alias="schema")
    id: Slug
    title: Title
    pack: Slug
    level: Level
    roles: Annotated[list[Role], Field(min_length=1, json_schema_extra={"uniqueItems": True})]
    tags: list[Text] = []
    needs: list[Slug] = []
    time_limit_s: Annotated[int, Field(ge=20, le=600)] | None = None
    reviewed: str | dict[str, str] | None = None
    framework: Annotated[list[FrameworkStep], Field(min_length=3)] | None = None
    answer: Answer
    key_points: KeyPoints
    aliases: list[Alias] = []
    variants: Variants
    quiz: Annotated[list[QuizItem], Field(min_length=3)]
    followups: list[FollowUp] = []
    demo: DemoRef | None = None
    sources: Annotated[list[Source], Field(min_length=1)]

    def as_record(self) -> dict[str, Any]:
        """Plain JSON data with every default filled in: what the cache keeps and `quizbot show --json` prints."""
        record = self.model_dump(mode="json", by_alias=True)
        record["framework"] = record["framework"] or []
        record["variants"] = {role: variant for role, variant in record["variants"].items() if variant is not None}
        return record


class SampleAnswer(Model):
    """A graded answer: the verdict of every key point, and a grade from 0 to 10."""

    id: Slug
    style: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    role: Role
    text: str
    gold: Annotated[dict[Slug, VerdictName], Field(min_length=1)]
    grade: Annotated[float, Field(ge=0, le=10)]


class Samples(Model):
    """`ID.samples.yaml`: graded answers beside a question; never loaded while people practise.

    Answers may be there before their question is written: then the file says itself what is asked (`question`), in which
    pack, and what the answers are graded on. Once `ID.yaml` lies beside, the three belong there only.
    """

    format: Literal["quizbot/samples@1"] = Field(alias="schema")
    id: Slug
    question: Title | None = None
    pack: Slug | None = None
    key_points: KeyPoints | None = None
    answers: Annotated[list[SampleAnswer], Field(min_length=1)]

    @model_validator(mode="after")
    def question_whole_or_absent(self) -> Samples:
        embedded = {"question": self.question, "pack": self.pack, "key_points": self.key_points}
        missing = [f"`{name}`" for name, value in embedded.items() if value is None]
        if missing and len(missing) < len(embedded):
            raise PydanticCustomError(
                "half_a_question",
                "`question`, `pack` and `key_points` go together; {missing} missing",
                {"missing": f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'}"},
            )
        return self

    def as_record(self) -> dict[str, Any]:
        """Plain JSON data."""
        return self.model_dump(mode="json", by_alias=True)


class _Draft07(GenerateJsonSchema):
    """pydantic writes JSON Schema 2020-12; editors' YAML support is best with draft-07."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft-07) of a question file, made from the models."""
    made = Question.model_json_schema(by_alias=True, ref_template="#/definitions/{model}", schema_generator=_Draft07)
    definitions = made.pop("$defs")
    schema = {"$schema": _Draft07.schema_dialect, "$id": QUESTION_FORMAT, **made, "definitions": definitions}
    cleaned: dict[str, Any] = _without_openapi(schema)
    return cleaned


def _without_openapi(node: Any) -> Any:
    """Drop `discriminator`, which is OpenAPI's word and not draft-07's; the `oneOf` beside it says the same."""
    if isinstance(node, dict):
        return {
            key: _without_openapi(value)
            for key, value in node.items()
            if not (key == "discriminator" and "oneOf" in node)
        }
    if isinstance(node, list):
        return [_without_openapi(value) for value in node]
    return node
