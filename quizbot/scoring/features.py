"""Readable numbers about one answer and one key point, which the model turns into a verdict.

Every feature is a share, a likeness or a difference of such; none grows with the length of the answer. "Here" is the
window that fits an accepted phrasing best, "there" the one that fits a rejected statement best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .align import Alignment, Window
from .prepared import KINDS, PARTIAL, POSITIVE, REASON, REJECTED, Phrasing, Prepared
from .text import Clause

_POINT = (
    "fit", "recall", "precision", "agree", "second", "keyword", "order", "exact",
    "weakest_part", "strongest_part", "claim_recall", "number", "only_accepted", "only_rejected", "opposite", "clash",
    "reject_here", "sibling_here",
    "pool", "pool_share", "pool_margin", "pool_rank", "refuted", "denial", "correction", "hedged", "negation", "grammar",
)  # fmt: skip
_WHOLE = ("recall_twice", "pool_twice", "asserted", "denied", "reason_fit", "reason_spelt")
_PARTIAL = ("partial_fit", "partial_recall", "partial_minus_fit")
_REJECT = (
    "reject_fit", "reject_recall", "reject_precision", "reject_agree", "fit_there", "only_accepted_there",
    "only_rejected_there", "clash_there", "opposite_there", "same_window", "reject_asserted", "reject_denied", "refuted_there",
)  # fmt: skip
_CONTRAST = ("contrast", "contrast_here", "contrast_there", "contrast_asserted")
_SPELT = ("spelt", "spelt_partial", "spelt_reject", "spelt_contrast", "spelt_here", "spelt_rank", "spelt_margin")
_STANCE = (
    "firm_here", "firm_there", "firm_claim", "firm_gap", "dismissed_here", "dismissed_there", "key_clash", "key_clash_all",
    "uncontested", "best_contrast", "worst_contrast", "others_reject", "others_worst", "here_rank", "reject_rank",
    "opposite_all",
)  # fmt: skip
_OTHERS = ("fit_rank", "others_fit", "others_contrast", "others_best", "word_order", "topic", "topic_rare")
NAMES: tuple[str, ...] = (*_POINT, *_WHOLE, *_PARTIAL, *_REJECT, *_CONTRAST, *_SPELT, *_STANCE, *_OTHERS)


@dataclass(slots=True)
class _Answer:
    """What all points of one answer share: the best fits of accepted and of rejected phrasings."""

    fits: list[float] = field(default_factory=list)
    against: list[float] = field(default_factory=list)


def features(made: Prepared, found: Alignment) -> list[list[float]]:
    """One row of `NAMES` for every key point, rounded so that machines agree."""
    count = len(made.key_points)
    shared = _Answer(
        [_best(found, k, POSITIVE) for k in range(count)], [_best(found, k, REJECTED) for k in range(count)]
    )
    rows = []
    spelt = _spelt(made, found)
    topic = _topic(made, found)
    for k in range(count):
        positive = [n for n in made.point_phrasings[k] if made.phrasings[n].kind == POSITIVE]
        here = _here(made, found, k, positive)
        whole = _whole(made, found, spelt, k, positive)
        reject = _there(made, found, k)
        half = _half(made, found, k, here[0])
        fit, reject_here = here[0], here[_POINT.index("reject_here")]
        contrast = [fit - reject[0], fit - reject_here, reject[4] - reject[0], whole[2] - reject[10]]
        row = [*here, *whole, *half, *reject, *contrast, *_spelling(found, spelt, k)]
        row += [
            *_stance(made, found, shared, k, positive),
            *_others(shared, k),
            max(-1.0, min(0.0, found.order)),
            *topic,
        ]
        rows.append([round(value, 4) for value in row])
    return rows


def _best(found: Alignment, point: int, kind: int) -> float:
    entry = found.of(point, kind)
    return entry[0] if entry else 0.0


_RARE = 0.6


def _topic(made: Prepared, found: Alignment) -> list[float]:
    """Whether the answer speaks of this question at all, whatever else it speaks of: how many of the question's rare words it
    uses, levelling off, and the mean share of known words over its three clauses with most of them."""
    rare: set[str] = set()
    shares = []
    for part in found.clauses:
        known = total = 0.0
        for token in part.tokens:
            if token.content:
                weight = made.idf.weight(token.stem)
                total += weight
                if token.stem in made.by_stem or token.stem in made.question_stems:
                    known += weight
                    if weight > _RARE:
                        rare.add(token.stem)
        if total > 1.0:
            shares.append(known / total)
    top = sorted(shares, reverse=True)[:3]
    return [sum(top) / 3, len(rare) / (len(rare) + 3.0)]


def _met(phrasing: Phrasing, likeness: dict[int, float]) -> float:
    """The share of a phrasing's weight that a bag of likenesses meets, whatever the polarity."""
    if phrasing.mass <= 0:
        return 0.0
    return sum(w * abs(likeness[i]) for i, w in phrasing.weights.items() if i in likeness) / phrasing.mass


def _share(weights: dict[int, float], window: Window) -> float:
    """The share of a window's weight that is said, not denied, with the given words; at most 1.5."""
    if window.mass <= 0:
        return 0.0
    said = sum(weights[item] * how for item, how in window.likeness.items() if how > 0 and item in weights)
    return min(1.5, said / window.mass)


def opposed(found: Alignment, window: Window, phrasing: Phrasing) -> float:
    """The share of a phrasing whose words the window names by their opposites; negated opposites count against it."""
    if phrasing.mass <= 0:
        return 0.0
    total = 0.0
    seen: set[int] = set()
    for stretch in found.stretches[window.first : window.last + 1]:
        for item, negative in stretch.opposites.items():
            if item in phrasing.weights and item not in seen and abs(window.likeness.get(item, 0.0)) < 0.6:
                seen.add(item)
                total += phrasing.weights[item] * (1.0 if negative == (item in phrasing.negated) else -1.0)
    return total / phrasing.mass


def _order(found: Alignment, window: Window, phrasing: Phrasing) -> float:
    """The share of neighbouring words of a phrasing that the window has in the same order; 0.5 when too few are met."""
    where: dict[int, int] = {}
    for stretch in found.stretches[window.first : window.last + 1]:
        for item, start in stretch.where.items():
            where.setdefault(item, start)
    places = [where[item] for item in phrasing.order if item in where]
    if len(places) < 2:
        return 0.5
    return sum(1 for a, b in pairwise(places) if a < b) / (len(places) - 1)


def _parts(phrasing: Phrasing, likeness: dict[int, float]) -> tuple[float, float]:
    """How far the weakest and the strongest clause of a phrasing are met; a two-sided claim needs both."""
    shares = []
    for items, mass in phrasing.parts:
        shares.append(sum(w * abs(likeness[i]) for i, w in items.items() if i in likeness) / mass)
    return (min(shares), max(shares)) if shares else (0.0, 0.0)


def _numbers(made: Prepared, phrasings: Sequence[int], window: Window) -> float:
    """1 when a number of the phrasings is said in the window, else 0."""
    for number in phrasings:
        for item in made.phrasings[number].items:
            if made.vocabulary[item][0].isdigit() and abs(window.likeness.get(item, 0.0)) > 0.9:
                return 1.0
    return 0.0


def _marks(clauses: Sequence[Clause], window: Window) -> list[float]:
    """Refuted share, denial, correction and hedge in or beside a window, any negation, share of grammar words."""
    parts = clauses[window.first : window.last + 1]
    around = clauses[max(0, window.first - 1) : window.last + 2]
    tokens = [token for part in parts for token in part.tokens]
    return [
        sum(1.0 for part in parts if part.polarity < 0) / len(parts),
        float(any("denial" in part.marks for part in around)),
        float(any("correction" in part.marks for part in around)),
        float(any(part.hedged for part in around)),
        float(any(token.negated for token in tokens)),
        sum(1 for token in tokens if not token.content) / len(tokens),
    ]


def _here(made: Prepared, found: Alignment, k: int, positive: list[int]) -> list[float]:
    entry = found.of(k, POSITIVE)
    if entry is None:
        return [0.5 if name == "order" else 1.0 if name == "pool_rank" else 0.0 for name in _POINT]
    fit, at, number = entry
    here = found.windows[at]
    phrasing = made.phrasings[number]
    agree, clash = here.agree[number], here.clash[number]
    met = agree + clash
    heaviest = max(phrasing.weights.values())
    keyword = max(w * abs(here.likeness.get(i, 0.0)) for i, w in phrasing.weights.items()) / heaviest
    exact = sum(w for i, w in phrasing.weights.items() if abs(here.likeness.get(i, 0.0)) > 0.9) / phrasing.mass
    weakest, strongest = _parts(phrasing, here.likeness)
    others = [value for j, value in enumerate(here.pool) if j != k]
    rival = max(others, default=0.0)
    pool = here.pool[k]
    sibling = here.rival(k)
    return [
        fit, met / phrasing.mass, min(1.0, met / here.mass), agree / met,
        max((here.fit[n] for n in positive if n != number), default=0.0), keyword, _order(found, here, phrasing), exact,
        weakest, strongest, _met(made.phrasings[positive[0]], here.likeness), _numbers(made, positive, here),
        _share(made.only_accepted[k], here), _share(made.only_rejected[k], here),
        opposed(found, here, phrasing), clash / phrasing.mass,
        here.top[KINDS * k + REJECTED], sibling,
        pool / (1.0 + pool), pool / (pool + rival) if pool + rival > 0 else 0.0,
        max(-1.0, min(1.5, (pool - rival) / here.mass)) if here.mass else 0.0,
        sum(1 for value in others if value > pool + 1e-9) / max(1, len(others)),
        *_marks(found.clauses, here),
    ]  # fmt: skip


def _whole(made: Prepared, found: Alignment, spelt: list[list[float]], k: int, positive: list[int]) -> list[float]:
    union = _two_best(found, k)
    recall = max((_met(made.phrasings[n], union) for n in positive), default=0.0)
    weights = made.point_weight[k]
    mass = sum(weights.values())
    pool = sum(w * abs(union[i]) for i, w in weights.items() if i in union) / mass if mass > 0 else 0.0
    slot = KINDS * k + POSITIVE
    return [recall, pool, found.asserted[slot], found.denied[slot], _best(found, k, REASON), spelt[k][3]]


def _two_best(found: Alignment, k: int) -> dict[int, float]:
    """The likenesses of the two clauses that say most of a point together; people make one point in two places."""
    single = [window for window in found.windows if window.first == window.last]
    top = sorted(range(len(single)), key=lambda i: (-round(single[i].pool[k], 6), i))[:2]
    union: dict[int, float] = {}
    for i in top:
        for item, how in single[i].likeness.items():
            if abs(how) > abs(union.get(item, 0.0)):
                union[item] = how
    return union


def _half(made: Prepared, found: Alignment, k: int, fit: float) -> list[float]:
    entry = found.of(k, PARTIAL)
    if entry is None:
        return [0.0, 0.0, -fit]
    half, at, number = entry
    window = found.windows[at]
    return [half, (window.agree[number] + window.clash[number]) / made.phrasings[number].mass, half - fit]


def _there(made: Prepared, found: Alignment, k: int) -> list[float]:
    entry = found.of(k, REJECTED)
    if entry is None:
        return [0.0] * len(_REJECT)
    fit, at, number = entry
    there = found.windows[at]
    phrasing = made.phrasings[number]
    agree, clash = there.agree[number], there.clash[number]
    met = agree + clash
    accepted = found.of(k, POSITIVE)
    same = 0.0
    if accepted:
        here = found.windows[accepted[1]]
        same = float(here.first <= there.last and there.first <= here.last)
    slot = KINDS * k + REJECTED
    parts = found.clauses[there.first : there.last + 1]
    return [
        fit, met / phrasing.mass, min(1.0, met / there.mass), agree / met,
        there.top[KINDS * k + POSITIVE],
        _share(made.only_accepted[k], there), _share(made.only_rejected[k], there),
        clash / phrasing.mass, opposed(found, there, phrasing), same, found.asserted[slot], found.denied[slot],
        sum(1.0 for part in parts if part.polarity < 0) / len(parts),
    ]  # fmt: skip


def _stance(made: Prepared, found: Alignment, shared: _Answer, k: int, positive: list[int]) -> list[float]:
    accepted, rejected = found.of(k, POSITIVE), found.of(k, REJECTED)
    firm_here = firm_there = dismissed_here = dismissed_there = key_clash = key_all = opposite_all = 0.0
    firm_claim = sum(made.phrasings[n].firm for n in positive) / max(1, len(positive))
    here_rank = 1.0
    if accepted:
        here = found.windows[accepted[1]]
        parts = found.clauses[here.first : here.last + 1]
        firm_here = sum(part.absolute for part in parts) / len(parts)
        dismissed_here = float(any(part.dismissed for part in parts))
        top = sorted(made.phrasings[accepted[2]].weights.items(), key=lambda pair: (-pair[1], pair[0]))[:4]
        negated = made.phrasings[accepted[2]].negated
        met = [(w, (here.likeness[i] < 0) != (i in negated)) for i, w in top if i in here.likeness]
        key_clash = sum(w for w, wrong in met if wrong) / sum(w for w, _ in met) if met else 0.0
        shares = here.top[POSITIVE::KINDS]
        here_rank = sum(1 for value in shares if value > shares[k] + 1e-9) / max(1, len(shares) - 1)
        opposite_all = max(opposed(found, here, made.phrasings[n]) for n in positive)
    weights = made.point_weight[k]
    total = wrong_total = 0.0
    negated_items = {i for n in positive for i in made.phrasings[n].negated}
    for item, how in found.whole.items():
        if item in weights:
            size = weights[item] * abs(how)
            total += size
            if (how < 0) != (item in negated_items):
                wrong_total += size
    key_all = wrong_total / total if total > 0 else 0.0
    if rejected:
        there = found.windows[rejected[1]]
        parts = found.clauses[there.first : there.last + 1]
        firm_there = sum(part.absolute for part in parts) / len(parts)
        dismissed_there = float(any(part.dismissed for part in parts))
    uncontested = best_contrast = -1.0
    worst_contrast = 1.0
    slot, slot_against = KINDS * k + POSITIVE, KINDS * k + REJECTED
    for window in found.windows:
        mine, against = window.top[slot], window.top[slot_against]
        if mine > 0 or against > 0:
            best_contrast = max(best_contrast, mine - against)
            worst_contrast = min(worst_contrast, mine - against)
        if mine > 0:
            uncontested = max(uncontested, mine - window.rival(k))
    against_others = [value for j, value in enumerate(shared.against) if j != k]
    gaps = [fit - bad for j, (fit, bad) in enumerate(zip(shared.fits, shared.against, strict=True)) if j != k]
    rank = sum(1 for value in against_others if value > shared.against[k] + 1e-9) / max(1, len(against_others))
    return [
        firm_here, firm_there, firm_claim, firm_here - firm_claim, dismissed_here, dismissed_there, key_clash, key_all,
        uncontested, best_contrast, worst_contrast, sum(against_others) / max(1, len(against_others)),
        min(gaps, default=0.0), here_rank, rank, opposite_all,
    ]  # fmt: skip


def _spelt(made: Prepared, found: Alignment) -> list[list[float]]:
    """The best likeness by character n-grams of each point's accepted, partial, rejected and reasoning phrasings."""
    best = [0.0] * (KINDS * len(made.key_points))
    for window in found.windows:
        best = [b if b > a else a for a, b in zip(best, window.spelt, strict=True)]
    return [best[at : at + KINDS] for at in range(0, len(best), KINDS)]


def _spelling(found: Alignment, spelt: list[list[float]], k: int) -> list[float]:
    accepted, partial, rejected, _ = spelt[k]
    entry = found.of(k, POSITIVE)
    here = found.windows[entry[1]].spelt[KINDS * k + POSITIVE] if entry else 0.0
    others = [values[0] for j, values in enumerate(spelt) if j != k]
    rank = sum(1 for value in others if value > accepted + 1e-9) / max(1, len(others))
    return [accepted, partial, rejected, accepted - rejected, here, rank, accepted - max(others, default=0.0)]


def _others(shared: _Answer, k: int) -> list[float]:
    fits = [fit for j, fit in enumerate(shared.fits) if j != k]
    contrasts = [
        fit - against for j, (fit, against) in enumerate(zip(shared.fits, shared.against, strict=True)) if j != k
    ]
    count = max(1, len(fits))
    above = sum(1 for fit in fits if fit > shared.fits[k] + 1e-9)
    return [above / count, sum(fits) / count, sum(contrasts) / count, max(fits, default=0.0)]
