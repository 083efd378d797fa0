"""The schedules against PyTorch's own rates, against exact values, and against bad input."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.demos.schedules import NAMES, rates

REFERENCE: dict[str, Any] = json.loads((Path(__file__).parent / "reference" / "schedules.json").read_text("utf-8"))
OURS_ALONE = {"constant", "warmup-cosine", "inverse-sqrt"}

lengths = st.integers(0, 60)
base_rates = st.floats(1e-6, 10)


def cosine(done: float) -> float:
    return (1 + math.cos(math.pi * done)) / 2


# Against PyTorch.


@pytest.mark.parametrize(
    "case", REFERENCE["cases"], ids=[f"{i}-{case['name']}-{case['steps']}" for i, case in enumerate(REFERENCE["cases"])]
)
def test_rates_equal_those_of_pytorch(case: dict[str, Any]) -> None:
    ours = rates(case["name"], steps=case["steps"], lr=case["lr"], **case["params"])
    np.testing.assert_allclose(ours, case["rates"], rtol=1e-9, atol=1e-12)


def test_the_reference_covers_every_schedule_that_pytorch_has() -> None:
    assert REFERENCE["written_by"] == "PyTorch 2.13.0"
    assert {case["name"] for case in REFERENCE["cases"]} == set(NAMES) - OURS_ALONE
    used = {(case["name"], key) for case in REFERENCE["cases"] for key in case["params"]}
    assert used >= {("step", "gamma"), ("multistep", "milestones"), ("linear", "end_factor"), ("linear", "total_iters")}
    assert used >= {("cosine", "eta_min"), ("cosine-restarts", "t_mult"), ("polynomial", "power")}
    climbs = [
        case for case in REFERENCE["cases"] if case["name"] == "cosine" and case["params"]["t_max"] < case["steps"] - 1
    ]
    assert climbs, "no cosine runs past t_max"


# Exact values.


@pytest.mark.parametrize(
    ("name", "params", "expected"),
    [
        ("constant", {}, [1] * 8),
        ("step", {"step_size": 3, "gamma": 0.5}, [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]),
        ("step", {"step_size": 7}, [1, 1, 1, 1, 1, 1, 1, 0.1]),
        ("multistep", {"milestones": [2, 5, 5], "gamma": 0.5}, [1, 1, 0.5, 0.5, 0.5, 0.125, 0.125, 0.125]),
        ("multistep", {"milestones": [6, 0], "gamma": 0.5}, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25]),
        ("multistep", {"milestones": []}, [1] * 8),
        ("exponential", {"gamma": 0.5}, [2.0**-t for t in range(8)]),
        ("linear", {}, [5 / 15, 7 / 15, 9 / 15, 11 / 15, 13 / 15, 1, 1, 1]),
        ("linear", {"start_factor": 1, "end_factor": 0, "total_iters": 4}, [1, 0.75, 0.5, 0.25, 0, 0, 0, 0]),
        ("linear", {"total_iters": 0}, [1 / 3] * 8),
        ("cosine", {"t_max": 3}, [1, 0.75, 0.25, 0, 0.25, 0.75, 1, 0.75]),
        ("cosine", {"t_max": 1, "eta_min": 0.5}, [1, 0.5] * 4),
        ("cosine-restarts", {"t_0": 3}, [1, 0.75, 0.25, 1, 0.75, 0.25, 1, 0.75]),
        (
            "cosine-restarts",
            {"t_0": 2, "t_mult": 2, "eta_min": 0.2},
            [1, 0.6, 1, 0.2 + 0.8 * cosine(0.25), 0.6, 0.2 + 0.8 * cosine(0.75), 1, 0.2 + 0.8 * cosine(0.125)],
        ),
        ("polynomial", {}, [1, 0.8, 0.6, 0.4, 0.2, 0, 0, 0]),
        ("polynomial", {"total_iters": 4, "power": 2}, [1, 9 / 16, 4 / 16, 1 / 16, 0, 0, 0, 0]),
        ("polynomial", {"total_iters": 0}, [1] * 8),
        (
            "cyclic-triangular",
            {"base_lr": 0.25, "max_lr": 1, "step_size_up": 3},
            [0.25, 0.5, 0.75, 1, 0.75, 0.5, 0.25, 0.5],
        ),
        ("warmup-cosine", {"warmup": 4}, [0.25, 0.5, 0.75, 1, cosine(0.25), 0.5, cosine(0.75), 0]),
        ("warmup-cosine", {"warmup": 5, "eta_min": 0.2}, [0.2, 0.4, 0.6, 0.8, 1, 0.8, 0.4, 0.2]),
        ("warmup-cosine", {"warmup": 1}, [1, *(cosine(i / 7) for i in range(1, 7)), 0]),
        ("warmup-cosine", {"warmup": 0}, [*(cosine(k / 8) for k in range(1, 8)), 0]),
        ("warmup-cosine", {"warmup": 8}, [k / 8 for k in range(1, 9)]),
        ("warmup-cosine", {"warmup": 16, "eta_min": 0.9}, [k / 16 for k in range(1, 9)]),
        ("inverse-sqrt", {"warmup": 2}, [0.5, 1, *(math.sqrt(2 / k) for k in range(3, 9))]),
        ("inverse-sqrt", {"warmup": 1}, [1 / math.sqrt(k) for k in range(1, 9)]),
        ("inverse-sqrt", {"warmup": 16}, [k / 16 for k in range(1, 9)]),
    ],
)
def test_eight_updates_by_hand(name: str, params: dict[str, Any], expected: list[float]) -> None:
    np.testing.assert_allclose(rates(name, steps=8, lr=1, **params), expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(rates(name, steps=0, lr=1, **params), [])


def test_one_cycle_rises_to_the_maximum_and_ends_far_below_the_start() -> None:
    found = rates("one-cycle", steps=100, lr=0.123, max_lr=2.0)
    # 0.3·100 − 1 = 29 is a whole number, so an update has the maximum itself.
    assert found[0] == pytest.approx(2 / 25, rel=1e-12)
    assert int(np.argmax(found)) == 29
    assert found[29] == pytest.approx(2, rel=1e-12)
    assert found[99] == pytest.approx(2 / 250_000, rel=1e-9)
    assert (np.diff(found[:30]) > 0).all()
    assert (np.diff(found[29:]) < 0).all()


@pytest.mark.parametrize(
    ("name", "params", "only"),
    [
        ("one-cycle", {"max_lr": 1}, 1 / 250_000),
        ("cyclic-triangular", {"base_lr": 0.25, "max_lr": 1}, 0.25),
        ("warmup-cosine", {"warmup": 0, "eta_min": 0.1}, 0.1),
        ("warmup-cosine", {"warmup": 1, "eta_min": 0.1}, 2),
        ("warmup-cosine", {"warmup": 4, "eta_min": 0.1}, 0.5),
        ("inverse-sqrt", {"warmup": 1}, 2),
        ("inverse-sqrt", {"warmup": 4}, 0.5),
        ("linear", {}, 2 / 3),
        ("cosine", {"t_max": 1}, 2),
        ("cosine-restarts", {"t_0": 1}, 2),
        ("polynomial", {}, 2),
    ],
)
def test_a_single_update(name: str, params: dict[str, Any], only: float) -> None:
    np.testing.assert_allclose(rates(name, steps=1, lr=2, **params), [only], rtol=1e-9)


# Laws.

ANY: dict[str, dict[str, Any]] = {
    "constant": {},
    "step": {"step_size": 7, "gamma": 0.3},
    "multistep": {"milestones": (3, 9, 9, 40), "gamma": 0.7},
    "exponential": {"gamma": 0.93},
    "linear": {"start_factor": 0.1, "end_factor": 0.6, "total_iters": 23},
    "cosine": {"t_max": 11},
    "cosine-restarts": {"t_0": 5, "t_mult": 2},
    "polynomial": {"total_iters": 31, "power": 1.7},
    "one-cycle": {"max_lr": 0.5},
    "cyclic-triangular": {"base_lr": 0.01, "max_lr": 0.4, "step_size_up": 6},
    "warmup-cosine": {"warmup": 9},
    "inverse-sqrt": {"warmup": 9},
}


def test_the_laws_are_tried_on_every_schedule() -> None:
    assert tuple(ANY) == NAMES


@given(st.sampled_from(NAMES), lengths, base_rates)
def test_every_rate_is_a_finite_number_that_is_not_negative(name: str, steps: int, lr: float) -> None:
    found = rates(name, steps=steps, lr=lr, **ANY[name])
    assert found.shape == (steps,)
    assert found.dtype == np.float64
    assert np.isfinite(found).all()
    assert (found >= -1e-16).all()
    np.testing.assert_array_equal(rates(name, steps=steps, lr=lr, **ANY[name]), found)


@given(st.sampled_from(sorted(set(NAMES) - {"one-cycle", "warmup-cosine"})), lengths, lengths, base_rates)
def test_the_length_of_the_run_changes_no_rate(name: str, one: int, other: int, lr: float) -> None:
    short, long = sorted((one, other))
    longer = rates(name, steps=long, lr=lr, **ANY[name])
    np.testing.assert_array_equal(rates(name, steps=short, lr=lr, **ANY[name]), longer[:short])


@given(st.sampled_from(sorted(set(NAMES) - {"one-cycle", "cyclic-triangular"})), lengths, base_rates)
def test_rates_are_proportional_to_lr(name: str, steps: int, lr: float) -> None:
    one, four = (rates(name, steps=steps, lr=scale * lr, **ANY[name]) for scale in (1, 4))
    np.testing.assert_array_equal(four, 4 * one)  # doubling changes no digit


@pytest.mark.parametrize(("name", "used"), [("one-cycle", False), ("cyclic-triangular", False), ("constant", True)])
def test_lr_is_ignored_where_the_schedule_brings_its_own(name: str, used: bool) -> None:
    assert np.array_equal(rates(name, steps=9, lr=1, **ANY[name]), rates(name, steps=9, lr=2, **ANY[name])) is not used


def test_lr_may_be_anything_where_it_is_ignored() -> None:
    assert len(rates("one-cycle", steps=9, lr=math.nan, max_lr=1)) == 9


@given(st.integers(1, 40), st.integers(0, 160), base_rates, st.floats(0, 0.01))
def test_cosine_is_a_wave_that_climbs_back(t_max: int, steps: int, lr: float, eta_min: float) -> None:
    found = rates("cosine", steps=steps, lr=lr, t_max=t_max, eta_min=eta_min)
    expected = [eta_min + (lr - eta_min) * cosine(t / t_max) for t in range(steps)]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12 * lr)


@given(st.integers(0, 40), st.integers(1, 80), base_rates, st.floats(0, 1e-6))
def test_warmup_cosine_peaks_at_lr_and_ends_at_its_floor(warmup: int, steps: int, lr: float, eta_min: float) -> None:
    found = rates("warmup-cosine", steps=steps, lr=lr, warmup=warmup, eta_min=eta_min)
    assert (found <= lr * (1 + 1e-12)).all()
    if 1 <= warmup <= steps:
        assert found[warmup - 1] == pytest.approx(lr, rel=1e-12)
    if warmup < steps:
        assert found[-1] == pytest.approx(eta_min, rel=1e-12, abs=1e-15)
        assert (np.diff(found[max(warmup - 1, 0) :]) < 1e-15).all()
    assert (np.diff(found[: min(warmup, steps)]) > 0).all()


@given(st.integers(1, 40), st.integers(0, 80), base_rates)
def test_inverse_sqrt_halves_when_the_steps_grow_fourfold(warmup: int, extra: int, lr: float) -> None:
    step = warmup + extra
    found = rates("inverse-sqrt", steps=4 * step, lr=lr, warmup=warmup)
    assert found[4 * step - 1] == pytest.approx(found[step - 1] / 2, rel=1e-12)
    assert found.max() == pytest.approx(lr, rel=1e-12)


def test_growth_beyond_float64_is_a_result() -> None:
    assert rates("exponential", steps=400, lr=1, gamma=10)[-1] == math.inf
    assert rates("multistep", steps=2, lr=1, gamma=1e200, milestones=[1, 1])[-1] == math.inf


def test_numpy_numbers_are_numbers() -> None:
    call: dict[str, Any] = {"steps": np.int64(4), "lr": np.float32(0.5), "step_size": np.int32(2)}
    found = rates("step", gamma=np.float64(0.5), **call)
    np.testing.assert_array_equal(found, [0.5, 0.5, 0.25, 0.25])
    np.testing.assert_array_equal(rates("multistep", steps=3, lr=1, milestones=np.array([1]), gamma=0.5), [1, 0.5, 0.5])


# Bad input.


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("cosin", {}, "no schedule is called 'cosin'; did you mean cosine"),
        ("one_cycle", {}, "did you mean one-cycle"),
        ("quux", {}, "there are: constant, step, multistep"),
        ("constant", {"gamma": 1}, "constant has no parameter 'gamma'; it takes none"),
        ("step", {"step_sise": 3}, "step has no parameter 'step_sise'; did you mean step_size"),
        ("cosine", {"T_max": 3}, "did you mean t_max"),
        ("step", {}, "step needs step_size: there is no default"),
        ("exponential", {}, "exponential needs gamma"),
        ("one-cycle", {}, "one-cycle needs max_lr"),
        ("cyclic-triangular", {"max_lr": 1}, "cyclic-triangular needs base_lr"),
        ("inverse-sqrt", {}, "inverse-sqrt needs warmup"),
        ("constant", {"steps": -1}, "steps must be a whole number of at least 0, not -1"),
        ("constant", {"steps": 3.0}, "steps must be a whole number of at least 0, not 3.0"),
        ("constant", {"steps": True}, "steps must be a whole number"),
        ("constant", {"lr": -1}, "lr must be at least 0, not -1"),
        ("constant", {"lr": math.nan}, "lr must be a finite number, not nan"),
        ("constant", {"lr": "0.1"}, "lr must be a finite number, not '0.1'"),
        ("constant", {"lr": 10**400}, "lr must be a finite number"),
        ("constant", {"lr": True}, "lr must be a finite number, not True"),
        ("step", {"step_size": 0}, "step_size must be a whole number of at least 1, not 0"),
        ("step", {"step_size": 2.5}, "step_size must be a whole number"),
        ("step", {"step_size": 2, "gamma": -0.1}, "gamma must be at least 0, not -0.1"),
        ("multistep", {"milestones": 30}, r"milestones must be whole numbers such as \(30, 80\), not 30"),
        ("multistep", {"milestones": "30"}, "milestones must be whole numbers"),
        ("multistep", {"milestones": [3, -1]}, r"milestones\[1\] must be a whole number of at least 0, not -1"),
        ("linear", {"start_factor": 0}, "start_factor must be above 0 and at most 1, not 0"),
        ("linear", {"start_factor": 1.5}, "start_factor must be above 0 and at most 1, not 1.5"),
        ("linear", {"end_factor": 1.5}, "end_factor must be at least 0 and at most 1"),
        ("linear", {"total_iters": -1}, "total_iters must be a whole number of at least 0"),
        ("cosine", {"t_max": 0}, "t_max must be a whole number of at least 1"),
        ("cosine", {"t_max": 3, "eta_min": -1}, "eta_min must be at least 0"),
        ("cosine-restarts", {"t_0": 0}, "t_0 must be a whole number of at least 1"),
        ("cosine-restarts", {"t_0": 3, "t_mult": 0}, "t_mult must be a whole number of at least 1"),
        ("polynomial", {"power": -1}, "power must be at least 0"),
        ("one-cycle", {"max_lr": -1}, "max_lr must be at least 0"),
        ("cyclic-triangular", {"base_lr": 0, "max_lr": 1, "step_size_up": 0}, "step_size_up must be a whole number"),
        ("warmup-cosine", {"warmup": -1}, "warmup must be a whole number of at least 0"),
        ("inverse-sqrt", {"warmup": 0}, "warmup must be a whole number of at least 1, not 0"),
    ],
)
def test_wrong_calls_say_what_to_do(name: str, changes: dict[str, Any], message: str) -> None:
    call: dict[str, Any] = {"steps": 5, "lr": 0.1, **changes}
    with pytest.raises(ValueError, match=message):
        rates(name, **call)
