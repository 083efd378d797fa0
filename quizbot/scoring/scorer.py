"""The scorer's front door: an answer and key points in, a `Score` with evidence out. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Sequence

from .align import Alignment, align
from .explain import choose_phrasing, evidence_for, misconception, name_of, next_step
from .features import NAMES, features, opposed
from .gates import copies_question, form_of, is_keyword_list, is_other_language, is_word_salad
from .model import VERDICTS, Model, expected_credit, shipped_model
from .prepared import REASON, Prepared, prepare
from .types import PASS_MARK, KeyPoint, Misconception, PointVerdict, Score, VerdictName, band_of, weighted_score

ASK_BELOW = 0.6
"""Below this confidence the user is asked to judge a point themselves; chosen on questions left out of training."""
_OFF_TOPIC = 0.12
_COPIED, _APART = 0.85, 0.2
_ASSERTED, _REJECT_ASSERTED, _CONTRAST, _SPELT, _SPELT_REJECT = (
    NAMES.index(name) for name in ("asserted", "reject_asserted", "contrast_asserted", "spelt", "spelt_reject")
)
_UNSURE_SHARE = 1 / 3


def score(answer: str, *, question: str, key_points: Sequence[KeyPoint], role: str | None = None) -> Score:
    """Scores one answer against the key points of one question.

    `question` is the prompt's text, whose words earn nothing by themselves; `role` is only echoed. Any text is accepted.
    Prepare the key points once with `prepare` when several answers are scored.
    """
    return score_prepared(prepare(question, key_points), answer, role)


def score_prepared(prepared: Prepared, answer: str, role: str | None = None, *, model: Model | None = None) -> Score:
    """Scores one answer against prepared key points; see `score`. `model` replaces the shipped one, for measuring."""
    decide = model if model is not None else shipped_model()
    points = prepared.key_points
    found = align(prepared, answer)
    flags = _form_flags(prepared, found)
    verdicts: list[PointVerdict] = []
    wrong: list[Misconception] = []
    if not found.clauses or "keyword-list" in flags or "copies-question" in flags:
        verdicts = [
            PointVerdict(point.id, "missing", 0.0, 1.0 if not found.clauses else 0.95, (), None) for point in points
        ]
    else:
        for number, row in enumerate(features(prepared, found)):
            verdict, mistake = _judge(prepared, found, number, decide, row)
            verdicts.append(verdict)
            if mistake is not None:
                wrong.append(mistake)
        flags += _content_flags(points, found, verdicts)
    total = weighted_score([(v.verdict, _weight(p)) for p, v in zip(points, verdicts, strict=True)])
    return Score(
        role, total, band_of(total), total >= PASS_MARK, tuple(verdicts), tuple(wrong), tuple(flags),
        next_step(points, verdicts, flags),
    )  # fmt: skip


def _weight(point: KeyPoint) -> float:
    return max(0.0, float(point.weight))


def verbatim(row: Sequence[float]) -> list[float] | None:
    """Probabilities of VERDICTS where an author's sentence is repeated nearly word for word, else None.

    A copied rejected statement must not pass because it shares the claim's words, nor a copied claim fail.
    """
    said, against, contrast = row[_ASSERTED], row[_REJECT_ASSERTED], row[_CONTRAST]
    if against >= _COPIED and row[_SPELT_REJECT] >= _COPIED and contrast <= -_APART:
        return [0.01, 0.01, 0.02, 0.96]
    if said >= _COPIED and row[_SPELT] >= _COPIED and contrast >= _APART:
        return [0.01, 0.02, 0.96, 0.01]
    return None


def _judge(
    made: Prepared, found: Alignment, number: int, model: Model, row: list[float]
) -> tuple[PointVerdict, Misconception | None]:
    point = made.key_points[number]
    chances = verbatim(row) or model.probabilities(row)
    verdict: VerdictName = model.decide(chances)
    confidence = round(chances[VERDICTS.index(verdict)], 4)
    credit = expected_credit(chances)
    if verdict == "missing":
        return PointVerdict(point.id, verdict, credit, confidence, (), None), None
    chosen = choose_phrasing(found, number, verdict)
    evidence = evidence_for(made, found, chosen[0], chosen[1]) if chosen else ()
    if chosen is None or not evidence:
        # A verdict that no words of the answer carry is not given.
        return PointVerdict(point.id, "missing", min(credit, 0.0), round(chances[0], 4), (), None), None
    matched = name_of(made, chosen[1], verdict, chosen[2])
    mistake = misconception(point, matched, evidence) if verdict == "contradicted" else None
    return PointVerdict(point.id, verdict, credit, confidence, evidence, matched), mistake


def gated(made: Prepared, found: Alignment) -> bool:
    """Whether an answer is no answer by its form and earns nothing whatever it mentions."""
    flags = _form_flags(made, found)
    return not found.clauses or "keyword-list" in flags or "copies-question" in flags


def _form_flags(made: Prepared, found: Alignment) -> list[str]:
    flags = []
    if found.clauses:
        if is_keyword_list(form_of(found.text, found.clauses)) or is_word_salad(found.order, found.pairs):
            flags.append("keyword-list")
        if copies_question(found.clauses, made.question_stems):
            flags.append("copies-question")
        if is_other_language(found.text, found.clauses):
            flags.append("other-language")
    return flags


def _content_flags(points: Sequence[KeyPoint], found: Alignment, verdicts: Sequence[PointVerdict]) -> list[str]:
    flags = []
    nothing = all(v.verdict == "missing" for v in verdicts)
    best = max((entry[0] for entry in found.best if entry), default=0.0)
    if points and nothing and best < _OFF_TOPIC:
        flags.append("off-topic")
    total = sum(_weight(p) for p in points)
    doubtful = sum(_weight(p) for p, v in zip(points, verdicts, strict=True) if v.confidence < ASK_BELOW)
    if total > 0 and doubtful >= _UNSURE_SHARE * total:
        flags.append("unsure")
    return flags


def support(prepared: Prepared, text: str) -> list[dict[str, float]]:
    """How well a text aligns with every phrasing of every key point, in [0, 1]: {"claim": 0.8, "accept[0]": 0.3, …} a point.

    This is the alignment the scorer itself uses, without the model: `lint` asks it whether an accepted phrasing lies nearer
    to a rejected statement than to its claim. Words met with the opposite polarity, or by their opposites, count against.
    """
    found = align(prepared, text)
    result: list[dict[str, float]] = [{} for _ in prepared.key_points]
    for number, phrasing in enumerate(prepared.phrasings):
        if phrasing.kind == REASON:
            continue
        best = 0.0
        for window in found.windows:
            met = window.agree[number] + window.clash[number]
            if met > 0:
                against = window.clash[number] / met + max(0.0, opposed(found, window, phrasing))
                best = max(best, window.fit[number] * max(0.0, 1.0 - 2.0 * against))
        result[phrasing.point][phrasing.name] = round(best, 4)
    return result
