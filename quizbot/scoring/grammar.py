"""Whether words stand in an order that English allows: how usual pairs of neighbouring grammar words are.

`grammar.txt`, written by `quizbot.scoring.train`, holds for pairs of function words (content words count as one class) the
logarithm of how much more often than by chance they follow each other in the bank's texts. Shuffled words score low.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from .text import FUNCTION, Clause, clauses

_FILE = Path(__file__).with_name("grammar.txt")
_CONTENT = "*"
_UNSEEN = -1.5
_FEW = 8
Grammar = dict[str, dict[str, float]]


def _classes(part: Clause) -> list[str]:
    return [token.norm if token.norm in FUNCTION else _CONTENT for token in part.tokens]


def order(grammar: Grammar, parts: Sequence[Clause]) -> tuple[float, int]:
    """The mean score of neighbouring words of which one is a grammar word, and their number; (0, n) when n is too small."""
    total = 0.0
    count = 0
    for part in parts:
        before = ""
        for word in _classes(part):
            if before and (before != _CONTENT or word != _CONTENT):
                total += grammar.get(before, {}).get(word, _UNSEEN)
                count += 1
            before = word
    return (round(total / count, 4) if count >= _FEW else 0.0), count


def grammar_of(documents: Iterable[str]) -> Grammar:
    """Scores of pairs from texts, rounded to one decimal; rare words are left to the default."""
    pairs: dict[tuple[str, str], int] = {}
    first: dict[str, int] = {}
    second: dict[str, int] = {}
    total = 0
    for text in documents:
        for part in clauses(text):
            before = ""
            for word in _classes(part):
                if before:
                    pairs[before, word] = pairs.get((before, word), 0) + 1
                    first[before] = first.get(before, 0) + 1
                    second[word] = second.get(word, 0) + 1
                    total += 1
                before = word
    grammar: Grammar = {}
    for (one, other), count in sorted(pairs.items()):
        if count > 1 and (one, other) != (_CONTENT, _CONTENT):
            score = math.log(count * total / (first[one] * second[other]))
            grammar.setdefault(one, {})[other] = round(min(2.5, max(_UNSEEN, score)), 1)
    return grammar


def as_text(grammar: Grammar) -> str:
    """The file format: a line for every first word, with its followers by score."""
    lines = []
    for one in sorted(grammar):
        by_score: dict[float, list[str]] = {}
        for other, score in grammar[one].items():
            by_score.setdefault(score, []).append(other)
        followers = "\t".join(f"{score} {' '.join(sorted(by_score[score]))}" for score in sorted(by_score))
        lines.append(f"{one}\t{followers}")
    return "\n".join(lines) + "\n"


def parse(text: str) -> Grammar:
    """Reads `as_text`."""
    grammar: Grammar = {}
    for line in text.splitlines():
        one, *groups = line.split("\t")
        scores = grammar.setdefault(one, {})
        for group in groups:
            score, *others = group.split(" ")
            for other in others:
                scores[other] = float(score)
    return grammar


@lru_cache(maxsize=1)
def shipped_grammar() -> Grammar:
    """The scores in the package, read once."""
    return parse(_FILE.read_text(encoding="utf-8"))
