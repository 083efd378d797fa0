"""The bowl demo against what can be worked out on paper."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.demos import registry
from quizbot.demos.learning_rate_bowl import classify, steps_to_fraction

NAME = "learning-rate-bowl"


def summary_of(rate: float, curvature: float, **params: object) -> Any:
    result = registry.run(NAME, {"rates": [rate], "curvatures": [curvature], **params})
    (pair,) = result.summary.values()
    return pair


def exact_steps(rate: float, curvature: float, fraction: str = "0.01") -> int:
    """The smallest k with |1 − rate·curvature|^k ≤ fraction for the decimal numbers as written, in 60 digits."""
    with localcontext() as context:
        context.prec = 60
        factor = abs(1 - Decimal(repr(rate)) * Decimal(repr(curvature)))
        k = int(Decimal(fraction).ln() / factor.ln())
        return next(n for n in range(max(1, k - 2), k + 3) if factor**n <= Decimal(fraction))


def test_series_are_named_by_what_differs() -> None:
    result = registry.run(NAME, {"rates": "0.1,0.0001,1.9,2.1", "curvatures": "1,25"})
    assert list(result.series) == [
        f"rate={rate},curvature={curvature}" for rate in ("0.1", "0.0001", "1.9", "2.1") for curvature in ("1", "25")
    ]


@pytest.mark.parametrize(
    ("rate", "curvature", "factor", "limit", "kind", "steps"),
    [
        (0.0001, 1, 0.9999, 2, "converges", 46_050),
        (0.0001, 25, 0.9975, 0.08, "converges", 1_840),
        (0.1, 1, 0.9, 2, "converges", 44),
        (0.1, 25, -1.5, 0.08, "diverges", None),
        (1.9, 1, -0.9, 2, "oscillates", 44),
        (1.9, 25, -46.5, 0.08, "diverges", None),
        (2.1, 1, -1.1, 2, "diverges", None),
        (2.1, 25, -51.5, 0.08, "diverges", None),
        (2, 1, -1, 2, "bounces", None),
        (0.08, 25, -1, 0.08, "bounces", None),
        (1, 1, 0, 2, "one-step", 1),
        (0.5, 2, 0, 1, "one-step", 1),
        (0.9, 1, 0.1, 2, "converges", 2),
        (1.1, 1, -0.1, 2, "oscillates", 2),
    ],
)
def test_summary_against_paper(
    rate: float, curvature: float, factor: float, limit: float, kind: str, steps: int | None
) -> None:
    pair = summary_of(rate, curvature)
    assert pair["factor"] == pytest.approx(factor, abs=1e-13)
    assert pair["limit"] == pytest.approx(limit, rel=1e-15)
    assert pair["kind"] == kind
    assert pair["steps_to_1_percent"] == steps


@pytest.mark.parametrize(("rate", "curvature"), [(0.0001, 1), (0.0001, 25), (0.003, 7), (1.9, 1), (0.0799, 25)])
def test_analytic_steps_agree_with_exact_arithmetic_and_with_the_run(rate: float, curvature: float) -> None:
    expected = exact_steps(rate, curvature)
    pair = summary_of(rate, curvature, steps=50_000)
    assert pair["steps_to_1_percent"] == expected
    assert pair["steps_to_1_percent_observed"] == expected


def test_observed_steps_are_none_when_the_run_is_too_short() -> None:
    assert summary_of(0.1, 1, steps=43)["steps_to_1_percent_observed"] is None
    assert summary_of(0.1, 1, steps=44)["steps_to_1_percent_observed"] == 44
    assert summary_of(0.1, 1, steps=43)["steps_to_1_percent"] == 44


@given(
    rate=st.floats(1e-6, 10),
    curvature=st.floats(1e-3, 1e3),
    steps=st.integers(1, 60),
    start=st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-6),
)
def test_the_iterated_path_follows_the_closed_form(rate: float, curvature: float, steps: int, start: float) -> None:
    result = registry.run(NAME, {"rates": [rate], "curvatures": [curvature], "steps": steps, "start": start})
    (series,) = result.series.values()
    factor = 1 - Fraction(rate) * Fraction(curvature)
    expected = [float(Fraction(start) * factor**k) for k in range(steps + 1)]
    # Rounding of one step is relative to the two terms that are subtracted, not to their small difference.
    growth = [abs(start) * float(1 + Fraction(rate) * Fraction(curvature)) ** k for k in range(steps + 1)]
    for got, want, scale in zip(series.y, expected, growth, strict=True):
        assert math.isclose(float(got), want, rel_tol=0, abs_tol=1e-13 * scale)


@given(rate=st.floats(1e-9, 1000), curvature=st.floats(1e-6, 1e6))
def test_kind_agrees_with_exact_arithmetic_away_from_the_boundaries(rate: float, curvature: float) -> None:
    product = Fraction(rate) * Fraction(curvature)
    kind = classify(rate, curvature)
    near = any(abs(product - edge) < Fraction(1, 10**12) for edge in (0, 1, 2))
    if not near:
        assert kind == ("diverges" if product > 2 else "oscillates" if product > 1 else "converges")


@pytest.mark.parametrize("curvature", [1, 3, 7, 25, 49, 0.3, 1e-3, 123.456, 1e6])
def test_boundaries_are_met_at_the_rounded_rate(curvature: float) -> None:
    assert classify(2 / curvature, curvature) == "bounces"
    assert classify(1 / curvature, curvature) == "one-step"
    assert steps_to_fraction(2 / curvature, curvature) is None
    assert steps_to_fraction(1 / curvature, curvature) == 1
    assert classify(2 / curvature * (1 + 1e-9), curvature) == "diverges"
    assert classify(2 / curvature * (1 - 1e-9), curvature) == "oscillates"


def test_at_the_limit_the_path_bounces_for_ever() -> None:
    result = registry.run(NAME, {"rates": [2], "curvatures": [1], "steps": 1000, "start": -0.7})
    (series,) = result.series.values()
    assert list(series.y) == [-0.7, 0.7] * 500 + [-0.7]


def test_at_one_over_the_curvature_one_step_is_enough() -> None:
    result = registry.run(NAME, {"rates": [0.25], "curvatures": [4], "steps": 3})
    (series,) = result.series.values()
    assert list(series.y) == [1, 0, 0, 0]


def test_a_product_below_float64_stalls_and_says_so() -> None:
    result = registry.run(NAME, {"rates": [1e-9], "curvatures": [1e-8], "steps": 5})
    (name,) = result.series
    assert list(result.series[name].y) == [1] * 6
    assert result.summary[name]["kind"] == "stalls"
    assert result.summary[name]["steps_to_1_percent_observed"] is None
    assert "too small for float64" in registry.describe(result)[1]


def test_overflow_is_a_result_with_the_step_it_happened_at() -> None:
    # |factor| = 999 = 10^2.99957: the largest float64, 10^308.2547, is passed at the 103rd step.
    result = registry.run(NAME, {"rates": [1], "curvatures": [1000], "steps": 120})
    (name,) = result.series
    pair = result.summary[name]
    step = math.ceil(math.log10(1.7976931348623157e308) / math.log10(999))
    assert step == 103
    assert pair["diverged_at"] == step
    assert pair["grown_at"] == 2
    assert pair["kind"] == "diverges"
    document = json.loads(json.dumps(result.as_json(), allow_nan=False))
    values = document["series"][name]["y"]
    assert values.index(None) == step
    assert set(values[step:]) == {None}
    assert document["summary"][name]["diverged_at"] == step
    assert document["summary"][name]["final"] is None
    assert f"diverged at step {step}" in " ".join(registry.describe(result))


def test_a_growing_path_that_stays_finite_has_grown_but_not_diverged_at() -> None:
    pair = summary_of(0.1, 25)
    # 1.5^17 = 985.3, 1.5^18 = 1477.9
    assert pair["grown_at"] == 18
    assert pair["diverged_at"] is None
    assert pair["final"] == pytest.approx(1.5**50, rel=1e-12)


def test_json_is_the_contract() -> None:
    document = registry.run(NAME, {"rates": "0.1", "curvatures": "1", "steps": 2, "start": 2}).as_json()
    assert list(document) == ["demo", "params", "series", "grid", "summary"]
    assert document["demo"] == NAME
    assert document["params"] == {"rates": [0.1], "curvatures": [1.0], "steps": 2, "start": 2.0}
    assert document["grid"] is None
    series = document["series"]["rate=0.1,curvature=1"]
    assert series["x"] == [0, 1, 2]
    assert series["y"] == pytest.approx([2, 1.8, 1.62])
    assert json.loads(json.dumps(document)) == document


def test_csv_has_one_line_a_point_and_blanks_where_nothing_is_finite() -> None:
    result = registry.run(NAME, {"rates": [1], "curvatures": [1000, 1], "steps": 110})
    rows = list(csv.DictReader(io.StringIO(registry.to_csv(result))))
    assert len(rows) == 2 * 111
    assert list(rows[0]) == ["series", "x", "y"]
    assert rows[102]["y"] != ""
    assert rows[103]["y"] == ""
    assert rows[111] == {"series": "rate=1,curvature=1", "x": "0", "y": "1.0"}
    got = [float(row["y"]) for row in rows[:103]]
    assert got == list(result.series["rate=1,curvature=1000"].y)[:103]


def test_frames_are_prefixes_of_the_result_and_repeat_on_rewind() -> None:
    params = {"rates": "0.1,2.1", "curvatures": "1,1000", "steps": 130}
    result = registry.run(NAME, params)
    first, again = list(registry.frames(NAME, params)), list(registry.frames(NAME, params))
    assert [frame.step for frame in first] == list(range(131))
    for frame, twin in zip(first, again, strict=True):
        assert frame.note == twin.note
        for name, series in frame.series.items():
            np.testing.assert_array_equal(series.y, np.asarray(result.series[name].y)[: frame.step + 1])
            np.testing.assert_array_equal(series.y, twin.series[name].y)
    assert "diverged at step" not in first[50].note
    lost = int(str(result.summary["rate=2.1,curvature=1000"]["diverged_at"]))
    assert f"diverged at step {lost}" in first[lost].note


def test_a_frame_taken_early_is_not_changed_by_later_ones() -> None:
    run = registry.frames(NAME, {"rates": "0.1", "curvatures": "1"})
    early = next(itertools.islice(run, 3, None))
    before = [list(series.y) for series in early.series.values()]
    list(run)
    assert [list(series.y) for series in early.series.values()] == before


def test_results_cannot_be_changed_by_their_readers() -> None:
    (series,) = registry.run(NAME, {"rates": "0.1", "curvatures": "1"}).series.values()
    with pytest.raises(ValueError, match="read-only"):
        np.asarray(series.y)[0] = 5


def test_overflow_leaves_numpy_error_handling_alone() -> None:
    run = registry.frames(NAME, {"rates": "1000", "curvatures": "1000000", "steps": 100})
    with np.errstate(over="raise"):
        for _ in run:
            assert np.geterr()["over"] == "raise"


def test_the_words_for_line_mode_tell_the_claim() -> None:
    lines = registry.describe(registry.run(NAME))
    assert lines[0] == "Gradient descent on ½·a·x² from x = 1: 8 paths of 50 steps."
    by_name = dict(line.split(": ", 1) for line in lines[1:9])
    assert "converges" in by_name["rate=0.1,curvature=1"]
    assert "44 steps to 1 %" in by_name["rate=0.1,curvature=1"]
    assert "46,050 steps to 1 %, more than the 50 of this run" in by_name["rate=0.0001,curvature=1"]
    assert by_name["rate=0.1,curvature=25"].startswith("diverges; each step multiplies x by -1.5")
    assert "oscillates and converges" in by_name["rate=1.9,curvature=1"]
    assert "The same rate 0.1 converges at curvature 1 and diverges at 25." in lines[9:]


def test_the_table_gives_the_analytic_values_of_each_pair() -> None:
    rows = registry.table(registry.run(NAME, {"rates": "0.1,2.1", "curvatures": "1,25"}))
    assert len({len(row) for row in rows}) == 1
    by_pair = {(row[0], row[1]): row[2:] for row in rows[1:]}
    assert by_pair == {
        ("0.1", "1"): ["0.9", "2", "converges", "44"],
        ("0.1", "25"): ["-1.5", "0.08", "diverges", "never"],
        ("2.1", "1"): ["-1.1", "2", "diverges", "never"],
        ("2.1", "25"): ["-51.5", "0.08", "diverges", "never"],
    }
