"""Key points made ready for alignment: phrasings as weighted vocabulary items, found by stem, concept or likeness of spelling.

Preparing costs a few milliseconds a question; scoring an answer against prepared key points much less.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .aliases import Aliases
from .idf import Idf, shipped_idf
from .lexicon import lexicon
from .polarity import firmness, negate
from .text import Token, content
from .types import KeyPoint

if TYPE_CHECKING:
    from .reader.network import Points

POSITIVE, PARTIAL, REJECTED, REASON = 0, 1, 2, 3
KINDS = 4
"""Kinds of phrasing. A reason is what the author says about a point or against a rejected statement: true, on the topic, but
no wording of the claim, so it is aligned and never named as the match."""
QUESTION_DISCOUNT = 0.35
MAX_PHRASING_TOKENS = 120

Hits = tuple[tuple[int, float], ...]
"""Vocabulary items a word stands for, with likeness in (0, 1]."""


@dataclass(slots=True)
class Phrasing:
    """One wording of a key point. `name` is as in `PointVerdict.matched`; `mass` the summed weight of its words."""

    point: int
    kind: int
    name: str
    text: str
    items: list[int]
    mass: float = 0.0
    weights: dict[int, float] = field(default_factory=dict)
    negated: set[int] = field(default_factory=set)
    order: list[int] = field(default_factory=list)
    firm: float = 0.0
    spans: list[list[int]] = field(default_factory=list)
    parts: list[tuple[dict[int, float], float]] = field(default_factory=list)
    """The words of each clause of the phrasing with their weights, and the summed weight; clauses without weight left out."""


@dataclass(slots=True)
class Prepared:
    """A question's key points, ready to be aligned with any number of answers."""

    question: str
    key_points: tuple[KeyPoint, ...]
    phrasings: list[Phrasing]
    question_stems: frozenset[str]
    idf: Idf
    aliases: Aliases
    vocabulary: list[str] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    by_stem: dict[str, list[int]] = field(default_factory=dict)
    by_concept: dict[int, list[int]] = field(default_factory=dict)
    norms: dict[str, list[int]] = field(default_factory=dict)
    bigrams: dict[str, list[str]] = field(default_factory=dict)
    joined: dict[str, tuple[int, ...]] = field(default_factory=dict)
    postings: list[list[tuple[int, float, bool]]] = field(default_factory=list)
    grams: dict[str, tuple[float, list[tuple[int, float]]]] = field(default_factory=dict)
    gram_scale: list[float] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)
    """Per phrasing 4 · point + kind: where its best values are kept."""
    masses: list[float] = field(default_factory=list)
    spellings: dict[str, Hits] = field(default_factory=dict)
    point_phrasings: list[list[int]] = field(default_factory=list)
    item_points: list[list[tuple[int, float]]] = field(default_factory=list)
    point_weight: list[dict[int, float]] = field(default_factory=list)
    only_accepted: list[dict[int, float]] = field(default_factory=list)
    only_rejected: list[dict[int, float]] = field(default_factory=list)
    read_as: Points | None = None
    """The key points as the reader has read them by themselves, once a thorough score has been asked for."""


def _phrasings(key_points: Sequence[KeyPoint]) -> Iterable[tuple[int, int, str, str]]:
    for number, point in enumerate(key_points):
        yield number, POSITIVE, "claim", point.claim
        for i, says in enumerate(point.accept):
            yield number, POSITIVE, f"accept[{i}]", says
        for i, says in enumerate(point.partial):
            yield number, PARTIAL, f"partial[{i}]", says
        for i, reject in enumerate(point.reject):
            yield number, REJECTED, f"reject[{i}]", reject.says
        if point.why:
            yield number, REASON, "why", point.why
        for i, reject in enumerate(point.reject):
            if reject.because:
                yield number, REASON, f"because[{i}]", reject.because


def _tokens_of(text: str, aliases: Aliases) -> tuple[list[Token], list[int]]:
    """The tokens of a phrasing and the number of the clause each stands in."""
    parts = aliases.clauses(text)
    for part in parts:
        negate(part.tokens)
    found = [(token, number) for number, part in enumerate(parts) for token in part.tokens][:MAX_PHRASING_TOKENS]
    return [token for token, _ in found], [number for _, number in found]


def prepare(
    question: str,
    key_points: Sequence[KeyPoint],
    *,
    idf: Idf | None = None,
    aliases: Sequence[tuple[str, Sequence[str]]] = (),
) -> Prepared:
    """Key points of one question made ready for `score_prepared`.

    `question` is the prompt's text: its words are discounted. `idf` overrides the shipped word statistics, which training
    uses to leave a question's own texts out. `aliases` are terms with other wordings that mean the same in this question.
    """
    table = idf if idf is not None else shipped_idf()
    wordings = Aliases(aliases)
    asked = frozenset(token.stem for part in wordings.clauses(question) for token in content(part.tokens))
    made = Prepared(question, tuple(key_points), [], asked, table, wordings)
    lex = lexicon()
    items: dict[tuple[str, tuple[int, ...]], int] = {}
    point_items: list[set[int]] = [set() for _ in key_points]
    made.point_phrasings = [[] for _ in key_points]
    for point, kind, name, text in _phrasings(key_points):
        found, places = _tokens_of(text, wordings)
        phrasing = Phrasing(point, kind, name, text, [], firm=firmness(found))
        concepts = lex.concepts(found)
        previous: tuple[str, int] | None = None
        for clause, token, groups in zip(places, found, concepts, strict=True):
            if not token.content and not groups:
                previous = None
                continue
            key = (token.stem, groups)
            item = items.get(key)
            if item is None:
                item = items[key] = len(made.vocabulary)
                made.vocabulary.append(token.stem)
                made.by_stem.setdefault(token.stem, []).append(item)
                for group in groups:
                    made.by_concept.setdefault(group, []).append(item)
            if item not in made.norms.setdefault(token.norm, []):
                made.norms[token.norm].append(item)
            if previous is not None:
                made.joined.setdefault(previous[0] + token.norm, (previous[1], item))
            previous = (token.norm, item)
            phrasing.order.append(item)
            while len(phrasing.spans) <= clause:
                phrasing.spans.append([])
            phrasing.spans[clause].append(item)
            if item not in phrasing.weights:
                phrasing.items.append(item)
                phrasing.weights[item] = 0.0
            if token.negated:
                phrasing.negated.add(item)
            if kind != REJECTED:
                point_items[point].add(item)
        made.point_phrasings[point].append(len(made.phrasings))
        made.phrasings.append(phrasing)
    _weigh(made, point_items)
    _spell(made)
    _gram(made)
    return made


def _weigh(made: Prepared, point_items: list[set[int]]) -> None:
    """Weights of the vocabulary: rare in the bank, particular to few key points, and not taken from the question."""
    count = max(1, len(point_items))
    spread: dict[str, int] = {}
    for owned in point_items:
        for stem in {made.vocabulary[item] for item in owned}:
            spread[stem] = spread.get(stem, 0) + 1
    for stem in made.vocabulary:
        particular = math.log((count + 1) / (spread.get(stem, 0) + 0.5)) / math.log((count + 1) / 0.5)
        weight = made.idf.weight(stem) * (0.4 + 0.6 * max(0.0, particular))
        made.weight.append(round(weight * (QUESTION_DISCOUNT if stem in made.question_stems else 1.0), 6))
    made.postings = [[] for _ in made.vocabulary]
    for number, phrasing in enumerate(made.phrasings):
        for item in phrasing.items:
            phrasing.weights[item] = made.weight[item]
        phrasing.mass = sum(phrasing.weights.values())
        for span in phrasing.spans:
            part = {item: made.weight[item] for item in span}
            if part:
                phrasing.parts.append((part, sum(part.values())))
        made.slots.append(KINDS * phrasing.point + phrasing.kind)
        made.masses.append(phrasing.mass)
        for item, weight in phrasing.weights.items():
            made.postings[item].append((number, weight, item in phrasing.negated))
    made.item_points = [[] for _ in made.vocabulary]
    for point, numbers in enumerate(made.point_phrasings):
        accepted: dict[int, float] = {}
        rejected: dict[int, float] = {}
        for number in numbers:
            phrasing = made.phrasings[number]
            (rejected if phrasing.kind == REJECTED else accepted).update(phrasing.weights)
        for item, weight in accepted.items():
            made.item_points[item].append((point, weight))
        stems_accepted = {made.vocabulary[i] for i in accepted}
        stems_rejected = {made.vocabulary[i] for i in rejected}
        made.point_weight.append(accepted)
        made.only_accepted.append({i: w for i, w in accepted.items() if made.vocabulary[i] not in stems_rejected})
        made.only_rejected.append({i: w for i, w in rejected.items() if made.vocabulary[i] not in stems_accepted})


def _spell(made: Prepared) -> None:
    for norm in made.norms:
        if len(norm) >= 5 and norm.isalpha():
            for pair in {norm[i : i + 2] for i in range(len(norm) - 1)}:
                made.bigrams.setdefault(pair, []).append(norm)


def _grams(norm: str) -> list[str]:
    padded = f" {norm} "
    return [padded[i : i + 4] for i in range(len(padded) - 3)] if len(padded) >= 4 else [padded]


def _gram(made: Prepared) -> None:
    """Character n-grams of the phrasings' content words, weighted by how few phrasings have them."""
    bags: list[dict[str, int]] = []
    spread: dict[str, int] = {}
    for phrasing in made.phrasings:
        bag: dict[str, int] = {}
        for token in _tokens_of(phrasing.text, made.aliases)[0]:
            if token.content:
                for gram in _grams(token.norm):
                    bag[gram] = bag.get(gram, 0) + 1
        bags.append(bag)
        for gram in bag:
            spread[gram] = spread.get(gram, 0) + 1
    count = len(bags)
    for number, bag in enumerate(bags):
        square = 0.0
        for gram, times in bag.items():
            weight = math.log((count + 1) / spread[gram])
            made.grams.setdefault(gram, (weight, []))[1].append((number, weight * times))
            square += (weight * times) ** 2
        made.gram_scale.append(1.0 / math.sqrt(square) if square > 0 else 0.0)


def gram_products(made: Prepared, tokens: Sequence[Token]) -> tuple[list[float], float]:
    """Dot products of a clause's character n-grams with every phrasing's, and the clause's own square."""
    dots = [0.0] * len(made.phrasings)
    square = 0.0
    unseen = math.log(len(made.phrasings) + 1)
    grams = made.grams
    for token in tokens:
        if token.content:
            for gram in _grams(token.norm):
                known = grams.get(gram)
                if known is None:
                    square += unseen * unseen
                else:
                    weight, where = known
                    square += weight * weight
                    for number, other in where:
                        dots[number] += weight * other
    return dots, square


def _edits(one: str, other: str, limit: int) -> int:
    """Damerau-Levenshtein distance (neighbouring letters swapped count once), or limit + 1 when it is larger."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def spelled_like(made: Prepared, norm: str, stem: str) -> Hits:
    """Vocabulary items that an unknown word may be a misspelling or another form of; remembered per word."""
    known = made.spellings.get(norm)
    if known is not None:
        return known
    shared: dict[str, int] = {}
    for pair in {norm[i : i + 2] for i in range(len(norm) - 1)}:
        for word in made.bigrams.get(pair, ()):
            shared[word] = shared.get(word, 0) + 1
    best: tuple[float, str] | None = None
    for word, pairs in shared.items():
        short = min(len(word), len(norm))
        if pairs < max(2, short // 3):
            continue
        common = 0
        while common < short and word[common] == norm[common]:
            common += 1
        likeness = 0.0
        if common >= 5 and common >= 0.6 * max(len(word), len(norm)):
            likeness = 0.75
        elif not made.idf.knows(stem):
            limit = 1 if short < 8 else 2
            edits = _edits(norm, word, limit)
            if edits <= limit:
                likeness = 0.9 - 0.1 * edits
        if likeness and (best is None or (likeness, word) > best):
            best = (likeness, word)
    hits: Hits = () if best is None else tuple((item, best[0]) for item in made.norms[best[1]])
    if len(made.spellings) < 20_000:
        made.spellings[norm] = hits
    return hits
