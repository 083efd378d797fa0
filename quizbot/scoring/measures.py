"""Measures of agreement in plain Python: accuracy, F1, correlation, calibration, area under the curve."""

from __future__ import annotations

import math
from collections.abc import Sequence


def accuracy(gold: Sequence[str], given: Sequence[str]) -> float:
    """The share of equal pairs; 0 without pairs."""
    return sum(1 for a, b in zip(gold, given, strict=True) if a == b) / len(gold) if gold else 0.0


def f1(gold: Sequence[str], given: Sequence[str], label: str) -> float:
    """The F1 of one label; 0 when it neither occurs nor is given."""
    hits = sum(1 for a, b in zip(gold, given, strict=True) if a == b == label)
    total = sum(1 for a in gold if a == label) + sum(1 for b in given if b == label)
    return 2 * hits / total if total else 0.0


def macro_f1(gold: Sequence[str], given: Sequence[str], labels: Sequence[str]) -> float:
    """The mean F1 over labels."""
    return sum(f1(gold, given, label) for label in labels) / len(labels)


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's r; 0 when one side does not vary or there are fewer than two pairs."""
    count = len(one)
    if count < 2:
        return 0.0
    mean_one, mean_other = sum(one) / count, sum(other) / count
    both = sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True))
    spread = sum((a - mean_one) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other)
    return both / math.sqrt(spread) if spread > 0 else 0.0


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive case is ranked above a negative one, ties counting half; 0.5 when a side is empty."""
    if not positive or not negative:
        return 0.5
    ranked = sorted([(value, 1) for value in positive] + [(value, 0) for value in negative])
    total = 0.0
    at = 0
    while at < len(ranked):
        stop = at
        while stop < len(ranked) and ranked[stop][0] == ranked[at][0]:
            stop += 1
        total += (at + stop + 1) / 2 * sum(kind for _, kind in ranked[at:stop])
        at = stop
    count = len(positive)
    return (total - count * (count + 1) / 2) / (count * len(negative))


def reliability(
    confidence: Sequence[float], right: Sequence[bool], bins: int = 10
) -> list[tuple[float, float, float, int]]:
    """(lower edge, mean confidence, share right, count) of every filled bin of equal width over [0, 1]."""
    table = []
    for number in range(bins):
        inside = [
            (c, r) for c, r in zip(confidence, right, strict=True) if number == min(bins - 1, int(c * bins + 1e-9))
        ]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            table.append((number / bins, mean, sum(1 for _, r in inside if r) / len(inside), len(inside)))
    return table


def median(values: Sequence[float]) -> float:
    """The middle value; 0 without values."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
