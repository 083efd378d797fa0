"""Why a verdict was given: the user's own words, the phrasing they met, what was wrong, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from .align import Alignment
from .prepared import PARTIAL, POSITIVE, REJECTED, Prepared
from .text import Clause
from .types import Evidence, KeyPoint, Misconception, PointVerdict, VerdictName

_WORTH_QUOTING, _WORTH_ANOTHER_SENTENCE = 0.12, 0.35
"""Share of the best clause's weight that a further clause must add, in the same sentence and in another one."""
_REJECT_SHARE = 0.6
_LONG_SENTENCE, _SHORT_SAYING = 30, 8
"""Words from which a sentence is quoted in parts, and words that a part has at least."""
_LEADS: tuple[tuple[VerdictName, str], ...] = (
    ("contradicted", "Put this right first"),
    ("missing", "Add this"),
    ("partial", "Say this in full"),
)


def choose_phrasing(found: Alignment, point: int, verdict: VerdictName) -> tuple[int, int, bool] | None:
    """(window, phrasing, whether the claim was turned round) that a verdict rests on, or None when nothing aligns."""
    accepted, partial, rejected = (found.of(point, kind) for kind in (POSITIVE, PARTIAL, REJECTED))
    if verdict == "contradicted":
        if rejected and (not accepted or rejected[0] >= _REJECT_SHARE * accepted[0]):
            return rejected[1], rejected[2], False
        chosen = accepted or partial
        return (chosen[1], chosen[2], True) if chosen else None
    if verdict == "partial" and partial and (not accepted or partial[0] >= accepted[0]):
        return partial[1], partial[2], False
    chosen = accepted or partial
    if chosen is None and rejected:
        # The point is made by denying what is rejected.
        return rejected[1], rejected[2], False
    return (chosen[1], chosen[2], False) if chosen else None


def evidence_for(made: Prepared, found: Alignment, window: int, phrasing: int) -> tuple[Evidence, ...]:
    """The clauses of a window that carry a phrasing's words, neighbours joined, verbatim from the answer.

    The clause that carries most comes first; a further one is quoted for what it adds to those before it.
    """
    span = found.windows[window]
    weights = made.phrasings[phrasing].weights
    met = {
        i: {item: weights[item] * abs(how) for item, how in found.stretches[i].likeness.items() if item in weights}
        for i in range(span.first, span.last + 1)
        if found.clauses[i].weight > 0
    }
    ranked = sorted(met, key=lambda i: (-sum(met[i].values()), i))
    kept: list[int] = []
    seen: dict[int, float] = {}
    for i in ranked:
        added = sum(max(0.0, share - seen.get(item, 0.0)) for item, share in met[i].items())
        same = not kept or found.clauses[i].sentence == found.clauses[kept[0]].sentence
        least = (_WORTH_QUOTING if same else _WORTH_ANOTHER_SENTENCE) * sum(met[ranked[0]].values())
        if added > 0 and added >= least:
            kept.append(i)
            seen.update({item: max(share, seen.get(item, 0.0)) for item, share in met[i].items()})
    spans: list[tuple[int, int]] = []
    for i in sorted(kept):
        clause = found.clauses[i]
        if spans and i > 0 and spans[-1][1] == found.clauses[i - 1].end:
            spans[-1] = (spans[-1][0], clause.end)
        else:
            spans.append((clause.start, clause.end))
    return tuple(Evidence(start, end, found.text[start:end]) for start, end in spans)


def sayings(found: Alignment) -> list[tuple[int, int]]:
    """(start, end) of what can be quoted on its own: sentences, and the clauses of long ones."""
    live = [clause for clause in found.clauses if clause.weight > 0] or found.clauses
    spans: list[tuple[int, int]] = []
    for _, group in groupby(live, key=lambda clause: clause.sentence):
        parts = list(group)
        if sum(len(part.tokens) for part in parts) <= _LONG_SENTENCE:
            spans.append((parts[0].start, parts[-1].end))
        else:
            spans += _joined(parts)
    return spans


def _joined(parts: Sequence[Clause]) -> list[tuple[int, int]]:
    """Clauses of a long sentence, short ones joined with what follows."""
    spans: list[tuple[int, int]] = []
    start, count = None, 0
    for part in parts:
        start = part.start if start is None else start
        count += len(part.tokens)
        if count >= _SHORT_SAYING:
            spans.append((start, part.end))
            start, count = None, 0
    if start is not None:
        spans.append((start, parts[-1].end))
    return spans


def name_of(made: Prepared, phrasing: int, verdict: VerdictName, turned: bool) -> str:
    """The `matched` name of a phrasing; a claim that the user turned round is called reversal."""
    if turned:
        return "reversal"
    chosen = made.phrasings[phrasing]
    if chosen.kind == REJECTED and verdict != "contradicted":
        return "claim"
    return chosen.name


def misconception(point: KeyPoint, matched: str, evidence: tuple[Evidence, ...]) -> Misconception:
    """What was said wrongly: the author's rejected statement with its reason, or the claim that the user turned round."""
    if matched.startswith("reject["):
        rejected = point.reject[int(matched[7:-1])]
        return Misconception(point.id, rejected.says, rejected.because, evidence)
    return Misconception(point.id, point.claim, point.why, evidence)


def _sentence(lead: str, claim: str) -> str:
    text = " ".join(claim.split()).rstrip(" .")
    return f"{lead}: {text}." if text else f"{lead} this key point."


def next_step(points: Sequence[KeyPoint], verdicts: Sequence[PointVerdict], flags: Sequence[str]) -> str:
    """One sentence on what to put right or add first: contradictions, then missing, then partial points, each by weight."""
    if "keyword-list" in flags:
        return "Say in whole sentences how these terms hang together; a list of terms earns nothing."
    if "copies-question" in flags:
        return "Answer in your own words instead of repeating the question."
    pairs = list(zip(points, verdicts, strict=True))
    for verdict, lead in _LEADS:
        weights = [point.weight if found.verdict == verdict else 0.0 for point, found in pairs]
        if max(weights, default=0.0) > 0:
            return _sentence(lead, points[weights.index(max(weights))].claim)
    return "You covered every key point." if points else "This question has no key points to score."
