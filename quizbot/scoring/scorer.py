"""The scorer's front door: an answer and key points in, a `Score` with evidence out. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .aliases import Written
from .align import Alignment, align
from .explain import choose_phrasing, evidence_for, misconception, name_of, next_step, sayings
from .features import NAMES, features, opposed
from .gates import copies_question, form_of, is_keyword_list, is_other_language, is_word_salad
from .model import VERDICTS, Model, expected_credit, shipped_model
from .prepared import KINDS, POSITIVE, REASON, REJECTED, Prepared, prepare
from .reader.reading import LogOdds, Reading, shipped_reader
from .types import (
    PASS_MARK,
    Evidence,
    KeyPoint,
    Misconception,
    PointVerdict,
    Score,
    VerdictName,
    band_of,
    weighted_score,
)
from .weigh import row_of, shipped_weighing

ASK_BELOW = 0.6
"""Below this confidence the user is asked to judge a point themselves; chosen on questions left out of training."""
_OFF_TOPIC = 0.12
_COPIED, _APART = 0.85, 0.2
_ASSERTED, _REJECT_ASSERTED, _CONTRAST, _SPELT, _SPELT_REJECT = (
    NAMES.index(name) for name in ("asserted", "reject_asserted", "contrast_asserted", "spelt", "spelt_reject")
)
_UNSURE_SHARE = 1 / 3
_FITS_WELL = 0.4
"""Fit from which the aligned words are quoted; below it the reader is asked which sentence says it."""
_ALIGNED = 5.0
"""What a whole fit counts beside the reader's certainty, when the place of a verdict is looked for: `evaluate --places` shows
that words which align tell it far better, so the reader decides where hardly any do."""


def score(
    answer: str,
    *,
    question: str,
    key_points: Sequence[KeyPoint],
    role: str | None = None,
    aliases: Sequence[tuple[str, Sequence[str]]] = (),
) -> Score:
    """Scores one answer against the key points of one question.

    `question` is the prompt's text, whose words earn nothing by themselves; `role` is only echoed; `aliases` are terms with
    other wordings that mean the same in this question. Any text is accepted.
    Prepare the key points once with `prepare` when several answers are scored.
    """
    return score_prepared(prepare(question, key_points, aliases=aliases), answer, role)


@dataclass(frozen=True, slots=True)
class Judges:
    """Who decides, for measuring; None is what the package ships. `read` gives a reader's log-odds of every key point."""

    trees: Model | None = None
    weighing: Model | None = None
    read: Callable[[Prepared, str], Sequence[LogOdds]] | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """What the reader says of an answer: log-odds of every key point, and where in the answer each is made."""

    log_odds: Sequence[LogOdds]
    reading: Reading | None = None
    written: Written | None = None

    def within(self, number: int, spans: Sequence[tuple[int, int]]) -> list[float]:
        """How likely key point `number` is made in each of some stretches of the answer; all alike where that is not known."""
        if self.reading is None or self.written is None:
            return [0.0] * len(spans)
        place = self.written.place
        return self.reading.within(number, [(place(start), place(end)) for start, end in spans])


def _read(prepared: Prepared, answer: str, judges: Judges) -> _Read:
    if judges.read is not None:
        return _Read(judges.read(prepared, answer))
    reader = shipped_reader()
    if prepared.read_as is None:
        prepared.read_as = reader.prepare([prepared.aliases.of_point(point) for point in prepared.key_points])
    written = prepared.aliases.written(answer)
    reading = reader.read(written.text, prepared.read_as)
    return _Read(reading.log_odds, reading, written)


def score_prepared(
    prepared: Prepared, answer: str, role: str | None = None, *, thorough: bool = True, judges: Judges | None = None
) -> Score:
    """Scores one answer against prepared key points; see `score`.

    Not `thorough` means the trees alone, some milliseconds instead of a tenth of a second or two and fewer points
    recognised: for every pause in typing. `judges` replace the shipped ones, for measuring.
    """
    judges = judges or Judges()
    points = prepared.key_points
    found = align(prepared, answer)
    flags = _form_flags(prepared, found)
    verdicts: list[PointVerdict] = []
    wrong: list[Misconception] = []
    if _no_answer(found, flags):
        verdicts = [
            PointVerdict(point.id, "missing", 0.0, 1.0 if not found.clauses else 0.95, (), None) for point in points
        ]
    else:
        read = _read(prepared, answer, judges) if thorough and _phrased(points) else None
        for opinion, reasons in _explained(prepared, found, _opinions(prepared, found, read, judges), read):
            verdict, mistake = _judged(prepared, opinion, reasons)
            verdicts.append(verdict)
            if mistake is not None:
                wrong.append(mistake)
        flags += _content_flags(points, found, verdicts)
    total = weighted_score([(v.verdict, _weight(p)) for p, v in zip(points, verdicts, strict=True)])
    return Score(
        role, total, band_of(total), total >= PASS_MARK, tuple(verdicts), tuple(wrong), tuple(flags),
        next_step(points, verdicts, flags),
    )  # fmt: skip


def _phrased(points: Sequence[KeyPoint]) -> bool:
    """Whether any key point has a phrasing besides its claim. The reader has learnt to read claims by their phrasings; on
    claims alone it ranks answers worse than the trees do (`evaluate --public`), so it is not asked."""
    return any(point.accept or point.partial or point.reject for point in points)


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


@dataclass(frozen=True, slots=True)
class _Opinion:
    """The verdict on key point `number`, the probabilities behind it, and what the trees alone would say."""

    number: int
    verdict: VerdictName
    chances: Sequence[float]
    quick: VerdictName


@dataclass(frozen=True, slots=True)
class _Reasons:
    """The words a verdict rests on and the name of the phrasing they met."""

    evidence: tuple[Evidence, ...]
    matched: str | None


def _opinions(prepared: Prepared, found: Alignment, read: _Read | None, judges: Judges) -> list[_Opinion]:
    trees = judges.trees or shipped_model()
    rows = features(prepared, found)
    if read is None:
        settled = [verbatim(row) or trees.probabilities(row) for row in rows]
        quick = [trees.decide(chances) for chances in settled]
        return [_Opinion(k, q, chances, q) for k, (q, chances) in enumerate(zip(quick, settled, strict=True))]
    weighing = judges.weighing or shipped_weighing()
    opinions = []
    for number, (row, log_odds) in enumerate(zip(rows, read.log_odds, strict=True)):
        copied = verbatim(row)
        alone = copied or trees.probabilities(row)
        chances = copied or weighing.probabilities(row_of(row, alone, log_odds))
        opinions.append(_Opinion(number, weighing.decide(chances), chances, trees.decide(alone)))
    return opinions


def _explained(
    prepared: Prepared, found: Alignment, opinions: Sequence[_Opinion], read: _Read | None
) -> Iterator[tuple[_Opinion, _Reasons]]:
    """Every opinion with its reasons: the trees' where they agree and their words fit well, else what the reader finds."""
    places = sayings(found) if read is not None else []
    for opinion in opinions:
        chosen = choose_phrasing(found, opinion.number, opinion.verdict) if opinion.verdict != "missing" else None
        evidence = evidence_for(prepared, found, chosen[0], chosen[1]) if chosen else ()
        matched = name_of(prepared, chosen[1], opinion.verdict, chosen[2]) if chosen else None
        fits = bool(chosen and evidence and found.windows[chosen[0]].fit[chosen[1]] >= _FITS_WELL)
        if read is not None and opinion.verdict != "missing" and not (fits and opinion.quick == opinion.verdict):
            start, end = _place(found, places, opinion, read)
            evidence = (Evidence(start, end, found.text[start:end]),)
            matched = matched or ("reversal" if opinion.verdict == "contradicted" else "claim")
        yield opinion, _Reasons(evidence, matched)


def _place(found: Alignment, places: Sequence[tuple[int, int]], opinion: _Opinion, read: _Read) -> tuple[int, int]:
    """Where the reader finds a key point made; words that align with the point there count as well."""
    likely = read.within(opinion.number, places)
    gains = [
        share + _ALIGNED * _fit_within(found, place, opinion.number, opinion.verdict)
        for share, place in zip(likely, places, strict=True)
    ]
    return places[gains.index(max(gains))]


def _fit_within(found: Alignment, place: tuple[int, int], number: int, verdict: VerdictName) -> float:
    """The best fit of a key point's phrasings in the clauses of a place: of rejected ones too, where it is contradicted."""
    kinds = (POSITIVE, REJECTED) if verdict == "contradicted" else (POSITIVE,)
    inside = [
        window
        for window in found.windows
        if found.clauses[window.first].start >= place[0] and found.clauses[window.last].end <= place[1]
    ]
    return max((window.top[KINDS * number + kind] for window in inside for kind in kinds), default=0.0)


def _judged(made: Prepared, opinion: _Opinion, reasons: _Reasons) -> tuple[PointVerdict, Misconception | None]:
    point = made.key_points[opinion.number]
    verdict, chances = opinion.verdict, opinion.chances
    confidence = round(chances[VERDICTS.index(verdict)], 4)
    credit = expected_credit(chances)
    if verdict == "missing":
        return PointVerdict(point.id, verdict, credit, confidence, (), None), None
    if not reasons.evidence or reasons.matched is None:
        # A verdict that no words of the answer carry is not given.
        return PointVerdict(point.id, "missing", min(credit, 0.0), round(chances[0], 4), (), None), None
    mistake = misconception(point, reasons.matched, reasons.evidence) if verdict == "contradicted" else None
    return PointVerdict(point.id, verdict, credit, confidence, reasons.evidence, reasons.matched), mistake


def gated(made: Prepared, found: Alignment) -> bool:
    """Whether an answer is no answer by its form and earns nothing whatever it mentions."""
    return _no_answer(found, _form_flags(made, found))


def _no_answer(found: Alignment, flags: Sequence[str]) -> bool:
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
