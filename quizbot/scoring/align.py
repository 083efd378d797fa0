"""Alignment: how far each stretch of an answer says what each phrasing of each key point says.

Clauses become sparse vectors over the vocabulary of the key points; neighbouring clauses and whole sentences are looked at
together as windows. A likeness is negative where the answer negates the word, so that agreement of polarity can be counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from .grammar import order, shipped_grammar
from .lexicon import lexicon
from .polarity import mark
from .prepared import KINDS, POSITIVE, Prepared, gram_products, spelled_like
from .text import Clause

MAX_CLAUSES = 600
"""Clauses aligned of one answer; far more than anyone says, so that pasted books cannot hang the scorer."""
LONGEST_WINDOW = 12
RECALL_EMPHASIS = 5.0
_SEEN = 0.08


@dataclass(slots=True)
class Stretch:
    """The vocabulary a clause speaks of: item -> signed likeness, item -> number of the word in the answer, and opposites."""

    likeness: dict[int, float]
    where: dict[int, int]
    opposites: dict[int, bool]
    mass: float
    grams: list[float]
    gram_square: float


@dataclass(slots=True)
class Window:
    """Clauses `first` to `last` together.

    `agree[p]` and `clash[p]` are the weight of phrasing p met with the same and with the opposite polarity, `fit[p]` the
    balance of how much of the phrasing is said and how much of the window says it. `top` and `spelt` hold for every slot
    (4 · point + kind) the best fit and the best likeness by character n-grams; `pool[k]` is the weight of all words of key
    point k. `leader` is the point with the best accepted fit, `lead` and `runner_up` that fit and the next point's.
    """

    first: int
    last: int
    mass: float
    likeness: dict[int, float]
    agree: list[float]
    clash: list[float]
    fit: list[float]
    top: list[float]
    spelt: list[float]
    pool: list[float]
    leader: int = -1
    lead: float = 0.0
    runner_up: float = 0.0

    def rival(self, point: int) -> float:
        """The best accepted fit of any other point."""
        return self.runner_up if point == self.leader else self.lead


@dataclass(slots=True)
class Alignment:
    """An answer against prepared key points. `whole` spans every clause that was not taken back.

    `best` has for every slot (4 · point + kind) the fit, window and phrasing of the best alignment; `asserted` and `denied`
    the best fit counting only words of the same, or of the opposite, polarity.
    """

    text: str
    clauses: list[Clause]
    stretches: list[Stretch]
    best: list[tuple[float, int, int] | None]
    asserted: list[float]
    denied: list[float]
    windows: list[Window] = field(default_factory=list)
    whole: dict[int, float] = field(default_factory=dict)
    order: float = 0.0
    pairs: int = 0
    """How English the order of the words is, and the number of pairs this rests on; see `grammar.order`."""

    def of(self, point: int, kind: int) -> tuple[float, int, int] | None:
        """Fit, window and phrasing of the best alignment of one kind of phrasing of a point, or None."""
        return self.best[KINDS * point + kind]


def _stretch(made: Prepared, clause: Clause, before: int) -> Stretch:
    """One clause; `before` words stand before it."""
    likeness: dict[int, float] = {}
    where: dict[int, int] = {}
    opposites: dict[int, bool] = {}
    mass = 0.0
    lex = lexicon()
    by_stem, by_concept, joined = made.by_stem, made.by_concept, made.joined
    strength, opposite = lex.strength, lex.opposite
    flip = clause.polarity < 0
    tokens = clause.tokens
    known_weight, asked = made.idf.weight, made.question_stems

    def meet(item: int, how: float, place: int, negative: bool) -> None:
        if abs(likeness.get(item, 0.0)) < how:
            likeness[item] = -how if negative else how
            where[item] = place

    for i, (token, concepts) in enumerate(zip(tokens, lex.concepts(tokens), strict=True)):
        if not token.content and not concepts:
            continue
        negative = token.negated != flip
        if token.content:
            mass += known_weight(token.stem) * (0.35 if token.stem in asked else 1.0)
        exact = by_stem.get(token.stem)
        if exact:
            for item in exact:
                meet(item, 1.0, before + i, negative)
        for concept in concepts:
            for item in by_concept.get(concept, ()):
                meet(item, strength[concept], before + i, negative)
            other = opposite.get(concept)
            if other is not None:
                for item in by_concept.get(other, ()):
                    opposites[item] = negative
        if not exact:
            pair = joined.get(token.norm)
            if pair:
                for item in pair:
                    meet(item, 1.0, before + i, negative)
            elif len(token.norm) >= 5 and len(token.norm) <= 24 and token.norm.isalpha():
                for item, how in spelled_like(made, token.norm, token.stem):
                    meet(item, how, before + i, negative)
        if i + 1 < len(tokens) and tokens[i + 1].content:
            compound = made.norms.get(token.norm + tokens[i + 1].norm)
            if compound:
                for item in compound:
                    meet(item, 1.0, before + i, negative)
    grams, square = gram_products(made, tokens)
    return Stretch(likeness, where, opposites, mass, grams, square)


def _window(
    made: Prepared, found: Alignment, sums: list[list[float]], squares: list[float], first: int, last: int
) -> Window:
    """The window of some clauses; where the window before it begins with the same ones, what those gave is taken from there."""
    before = found.windows[-1] if found.windows and found.windows[-1].first == first else None
    if before is None:
        count = len(made.phrasings)
        merged: dict[int, float] = {}
        agree, clash = [0.0] * count, [0.0] * count
        pool = [0.0] * len(made.key_points)
        mass, start = 0.0, first
    else:
        merged, agree, clash, pool = dict(before.likeness), before.agree[:], before.clash[:], before.pool[:]
        mass, start = before.mass, before.last + 1
    postings, item_points = made.postings, made.item_points
    for stretch in found.stretches[start : last + 1]:
        mass += stretch.mass
        for item, how in stretch.likeness.items():
            share = -how if how < 0 else how
            had = merged.get(item)
            if had is None:
                merged[item] = how
            else:
                less = -had if had < 0 else had
                if share <= less:
                    continue
                merged[item] = how
                if (how < 0) != (had < 0):
                    _take_back(made, item, had, agree, clash)
                    for point, weight in item_points[item]:
                        pool[point] -= weight * less
                else:
                    share -= less
            negative = how < 0
            for number, weight, negated in postings[item]:
                if negative == negated:
                    agree[number] += weight * share
                else:
                    clash[number] += weight * share
            for point, weight in item_points[item]:
                pool[point] += weight * share
    size = len(found.best)
    window = Window(first, last, mass, merged, agree, clash, [0.0] * len(agree), [0.0] * size, [0.0] * size, pool)
    if mass > 0:
        _fit(made, found, window)
    _spell(made, window, sums[first], sums[last + 1], squares[last + 1] - squares[first])
    return window


def _take_back(made: Prepared, item: int, how: float, agree: list[float], clash: list[float]) -> None:
    """Takes an item out of what phrasings have met, because it is met with the other polarity and more surely."""
    for number, weight, negated in made.postings[item]:
        side = agree if (how < 0) == negated else clash
        side[number] = max(0.0, side[number] - weight * abs(how))


def _fit(made: Prepared, found: Alignment, window: Window) -> None:
    """Fills the fits of a window and carries the best of them over to the alignment."""
    agree, clash, fit, top, mass = window.agree, window.clash, window.fit, window.top, window.mass
    slots, masses = made.slots, made.masses
    at = len(found.windows)
    best, asserted, denied = found.best, found.asserted, found.denied
    for number, whole in enumerate(masses):
        met = agree[number] + clash[number]
        if met <= _SEEN * whole or met <= 0.0:
            continue
        # The F-measure of recall, met / whole, and precision, met / mass but at most 1, with the fractions cleared.
        value = (1 + RECALL_EMPHASIS) * met / (RECALL_EMPHASIS * whole + (mass if mass > met else met))
        fit[number] = value
        slot = slots[number]
        if value > top[slot]:
            top[slot] = value
            old = best[slot]
            if old is None or value > old[0] + 1e-9:
                best[slot] = (value, at, number)
        said = value * agree[number] / met
        if said > asserted[slot]:
            asserted[slot] = said
        if value - said > denied[slot]:
            denied[slot] = value - said
    accepted = top[POSITIVE::KINDS]
    if accepted:
        window.lead = max(accepted)
        window.leader = accepted.index(window.lead)
        window.runner_up = max((value for j, value in enumerate(accepted) if j != window.leader), default=0.0)


def _spell(made: Prepared, window: Window, before: list[float], after: list[float], square: float) -> None:
    """Fills a window's likeness by character n-grams from running sums over the clauses."""
    if square <= 0:
        return
    scale = 1.0 / math.sqrt(square)
    best = window.spelt
    for low, high, norm, slot in zip(before, after, made.gram_scale, made.slots, strict=True):
        if high > low:
            value = (high - low) * norm * scale
            if value > best[slot]:
                best[slot] = value


def _spans(parts: list[Clause]) -> list[tuple[int, int]]:
    """Clauses, neighbours in twos and threes, sentences, and neighbouring sentences, each once, none longer than the cap."""
    live = [i for i, part in enumerate(parts) if part.weight > 0]
    spans: set[tuple[int, int]] = set()
    for at, i in enumerate(live):
        spans.add((i, i))
        for reach in (1, 2):
            if at + reach < len(live) and live[at + reach] == i + reach:
                spans.add((i, i + reach))
    sentences: list[tuple[int, int]] = []
    for i in live:
        if sentences and parts[sentences[-1][0]].sentence == parts[i].sentence and sentences[-1][1] == i - 1:
            sentences[-1] = (sentences[-1][0], i)
        else:
            sentences.append((i, i))
    for at, (first, last) in enumerate(sentences):
        if last - first < LONGEST_WINDOW:
            spans.add((first, last))
        if at + 1 < len(sentences):
            after = sentences[at + 1]
            if after[0] == last + 1 and after[1] - first < LONGEST_WINDOW:
                spans.add((first, after[1]))
    return sorted(spans)


def align(made: Prepared, answer: str) -> Alignment:
    """Aligns one answer. Linear in the length of the answer up to `MAX_CLAUSES`, constant beyond."""
    parts = made.aliases.clauses(answer)[:MAX_CLAUSES]
    mark(answer, parts)
    size = KINDS * len(made.key_points)
    stretches: list[Stretch] = []
    words = 0
    for part in parts:
        stretches.append(_stretch(made, part, words))
        words += len(part.tokens)
    found = Alignment(answer, parts, stretches, [None] * size, [0.0] * size, [0.0] * size)
    found.order, found.pairs = order(shipped_grammar(), parts)
    sums = [[0.0] * len(made.phrasings)]
    squares = [0.0]
    for stretch in stretches:
        sums.append([a + b for a, b in zip(sums[-1], stretch.grams, strict=True)])
        squares.append(squares[-1] + stretch.gram_square)
    for first, last in _spans(parts):
        found.windows.append(_window(made, found, sums, squares, first, last))
    for part, stretch in zip(parts, stretches, strict=True):
        if part.weight > 0:
            for item, how in stretch.likeness.items():
                if abs(how) > abs(found.whole.get(item, 0.0)):
                    found.whole[item] = how
    return found
