"""Ticks: where they go and what they say."""

from __future__ import annotations

import math
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.plot.ticks import linear_ticks, log_ticks, short_number, tick_labels

anything = st.floats(allow_nan=True, allow_infinity=True)


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 50, 6, [0, 10, 20, 30, 40, 50]),
        (0, 50, 5, [0, 20, 40]),
        (-3, 3, 4, [-2, 0, 2]),
        (0, 1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.1, 0.35, 6, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]),
        (1e9, 1e9 + 40, 5, [1e9, 1e9 + 10, 1e9 + 20, 1e9 + 30, 1e9 + 40]),
        (5, 5, 4, [5]),
    ],
)
def test_linear_ticks(low: float, high: float, most: int, expected: list[float]) -> None:
    assert linear_ticks(low, high, most) == expected


def test_whole_ticks_stay_whole() -> None:
    assert linear_ticks(0, 1, 6, whole=True) == [0, 1]
    assert linear_ticks(0, 3, 9, whole=True) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (1e-5, 1e-1, 6, [1e-5, 1e-4, 1e-3, 1e-2, 1e-1]),
        (0.005, 10_000, 7, [0.01, 0.1, 1, 10, 100, 1000, 10_000]),
        (0.005, 10_000, 4, [0.01, 1, 100, 10_000]),
        (1e-200, 1e200, 5, [1e-200, 1e-100, 1, 1e100, 1e200]),
        (1, 100, 7, [1, 2, 5, 10, 20, 50, 100]),
        (1, 100, 5, [1, 3, 10, 30, 100]),
        (0.9, 1, 5, [0.9, 0.95, 1.0]),
    ],
)
def test_log_ticks(low: float, high: float, most: int, expected: list[float]) -> None:
    assert log_ticks(low, high, most) == pytest.approx(expected, rel=1e-12)


@given(low=anything, high=anything, most=st.integers(-2, 40), whole=st.booleans())
def test_linear_ticks_are_ascending_and_within_bounds(low: float, high: float, most: int, whole: bool) -> None:
    ticks = linear_ticks(low, high, most, whole=whole)
    assert all(low <= tick <= high for tick in ticks)
    assert all(a < b for a, b in pairwise(ticks))
    assert len(ticks) <= max(0, most)
    assert len(tick_labels(ticks)) == len(ticks)


@given(low=anything, high=anything, most=st.integers(-2, 40))
def test_log_ticks_are_ascending_and_within_bounds(low: float, high: float, most: int) -> None:
    ticks = log_ticks(low, high, most)
    assert all(low <= tick <= high for tick in ticks)
    assert all(a < b for a, b in pairwise(ticks))
    assert len(ticks) <= max(0, most)


@given(low=st.floats(-1e12, 1e12), size=st.floats(1e-9, 1e12), most=st.integers(3, 30))
def test_ordinary_ranges_get_enough_evenly_spaced_ticks_with_different_labels(
    low: float, size: float, most: int
) -> None:
    high = low + max(size, abs(low) * 1e-6)
    ticks = linear_ticks(low, high, most)
    # The worst case of 1-2-5 steps is a step 2.5 times the wished one.
    assert len(ticks) >= math.floor(most / 2.5) - 1
    steps = [b - a for a, b in pairwise(ticks)]
    assert all(math.isclose(step, steps[0], rel_tol=1e-6) for step in steps)
    labels = tick_labels(ticks)
    assert len(set(labels)) == len(labels)
    for tick, label in zip(ticks, labels, strict=True):
        assert math.isclose(float(label), tick, rel_tol=0, abs_tol=1e-3 * (steps[0] if steps else max(abs(tick), 1)))


@given(low=st.floats(-300, 290), decades=st.floats(1.01, 600), most=st.integers(2, 30))
def test_wide_log_ranges_get_powers_of_ten_or_their_simple_multiples(low: float, decades: float, most: int) -> None:
    ticks = log_ticks(10**low, 10 ** min(low + decades, 308), most)
    assert ticks
    if decades > 4:
        assert all(math.isclose(10 ** round(math.log10(tick)), tick, rel_tol=1e-9) for tick in ticks)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1, "1"),
        (0.01, "0.01"),
        (0.0001, "0.0001"),
        (1e-5, "1e-5"),
        (2.5e-7, "2.5e-7"),
        (10_000, "10000"),
        (1e6, "1e6"),
        (1e85, "1e85"),
        (-1.5, "-1.5"),
        (1234.5678, "1230"),
        (0.999999, "1"),
        (math.inf, "inf"),
    ],
)
def test_short_numbers(value: float, text: str) -> None:
    assert short_number(value) == text


def test_labels_of_a_set_share_their_decimals() -> None:
    assert tick_labels([0.0, 0.5, 1.0]) == ["0.0", "0.5", "1.0"]
    assert tick_labels([-2.0, 0.0, 2.0]) == ["-2", "0", "2"]
    assert tick_labels([0.0, 2e-7, 4e-7]) == ["0", "2e-7", "4e-7"]
    assert tick_labels([-160174600000.0]) == ["-1.601746e11"]
    assert tick_labels([0.1]) == ["0.1"]
    assert tick_labels([1e9, 1e9 + 10]) == ["1e9", "1.00000001e9"]


@pytest.mark.parametrize("low", [-9.99999999e307, -1.0000000010000002e308, -sys.float_info.max])
def test_a_range_at_the_end_of_the_floats_has_a_tick(low: float) -> None:
    assert linear_ticks(low, 0.0, 1) == [0.0]
