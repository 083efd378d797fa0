"""Where the ticks of an axis go and what they say."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

_NICE = (1.0, 2.0, 5.0, 10.0)

# Decades from tick to tick; float64 spans some 630 of them.
_STRIDES = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)


def linear_ticks(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten within [low, high], ascending, at most `most` (at least 1).

    May be empty when no such multiple lies inside. Bounds must be finite with low <= high, else there are no ticks.
    With `whole` the ticks are whole numbers, as befits steps and counts.
    """
    span = high - low
    if not (math.isfinite(low) and math.isfinite(high)) or low > high or most < 1:
        return []
    if not math.isfinite(span):
        # The span overflows only for ranges around zero: halve, place, double.
        return [2 * tick for tick in linear_ticks(low / 2, high / 2, most, whole=whole)]
    if span == 0 or span <= 1e-12 * max(abs(low), abs(high)) or span < 1e-300:
        return [low]
    step = max(_nice_step(span / most), 1.0 if whole else 0.0)
    while True:
        if math.isinf(step):  # of its multiples only zero is a number
            return [0.0] if low <= 0 <= high else [low]
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            break
        step = _nice_step(step * 1.5)
    # Rounding to the step's own decimals turns 0.30000000000000004 into 0.3, and the clamp keeps the bounds.
    places = min(320, 2 - math.floor(math.log10(step)))
    ticks = (min(max(round(i * step, places), low), high) for i in range(first, last + 1))
    return sorted({tick + 0.0 for tick in ticks})


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Ticks for a logarithmic axis over [low, high], both positive: decades, thinned evenly when there are too many.

    Over few decades 2 and 5 (or 3) times each decade join in; within a decade or less the ticks are linear ones.
    """
    if not (math.isfinite(low) and math.isfinite(high)) or low <= 0 or low > high or most < 1:
        return []
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for mantissas in ((1.0, 2.0, 5.0), (1.0, 3.0)):
        fine = _within((_power(e, m) for e in range(first, last + 1) for m in mantissas), low, high)
        if len(fine) <= most and len(_decades(fine)) <= 3:
            return fine if len(fine) >= 3 else linear_ticks(low, high, most) or fine
    exponents = [e for e in range(first, last + 1) if low <= _power(e) <= high]
    if len(exponents) < 2:
        return linear_ticks(low, high, most)
    # Multiples of the stride, so that panning an axis does not shift which decades bear a label.
    kept = next((kept for stride in _STRIDES if len(kept := [e for e in exponents if e % stride == 0]) <= most), [])
    return [_power(e) for e in (kept or exponents[:1])]


def tick_labels(ticks: list[float]) -> list[str]:
    """Labels of a set of linear ticks: alike in decimals, and with enough digits to tell neighbours apart."""
    if len(ticks) < 2:
        # Without a neighbour nothing says how many digits matter; a round tick has few of them anyway.
        return [short_number(tick, 15) for tick in ticks]
    step = min(b - a for a, b in pairwise(ticks))
    size = max(abs(tick) for tick in ticks)
    if step <= 0 or not math.isfinite(step) or not math.isfinite(size):
        return [short_number(tick) for tick in ticks]
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if size < 1e6 and decimals <= 4:
        return [f"{tick + 0.0:.{decimals}f}" for tick in ticks]
    digits = min(17, max(1, math.floor(math.log10(size)) - math.floor(math.log10(step) + 1e-9) + 1))
    return [short_number(tick, digits) for tick in ticks]


def short_number(value: float, digits: int = 3) -> str:
    """`value` to `digits` significant digits in the shortest form: `0.01`, `2000`, `1e-5`, `2.5e12`."""
    if value == 0:
        return "0"
    if not math.isfinite(value):
        return str(value)
    mantissa, _, exponent = f"{value:.{max(1, digits) - 1}e}".partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    power = int(exponent)
    scientific = f"{mantissa}e{power}"
    if -4 <= power < 6:
        decimals = max(0, digits - 1 - power)
        plain = f"{float(f'{mantissa}e{power}'):.{decimals}f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return plain if len(plain) <= len(scientific) + 2 else scientific
    return scientific


def _nice_step(rough: float) -> float:
    """The smallest 1, 2 or 5 times a power of ten that is at least `rough`."""
    power = math.floor(math.log10(rough))
    base = 10.0**power
    return next((nice * base for nice in _NICE if nice * base >= rough * (1 - 1e-9)), 10 * base)


def _power(exponent: int, mantissa: float = 1.0) -> float:
    """mantissa·10^exponent, exactly as the literal reads; 10.0**-5 is not always 1e-5."""
    return float(f"{mantissa}e{exponent}")


def _within(values: Iterable[float], low: float, high: float) -> list[float]:
    return [value for value in values if low <= value <= high]


def _decades(values: list[float]) -> set[int]:
    return {math.floor(math.log10(value) + 1e-9) for value in values}
