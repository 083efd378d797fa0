"""The optimisers against PyTorch's own paths, against what can be worked out on paper, and laws that hold for all."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.demos.optimizers import DEFAULTS, FloatArray, run
from tests.demos.reference.problems import PROBLEMS

REFERENCE: dict[str, Any] = json.loads((Path(__file__).parent / "reference" / "optimizers.json").read_text("utf-8"))
NAMES = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")

seeds = st.integers(0, 2**32 - 1)
names = st.sampled_from(NAMES)


def bowl(curvature: Any) -> Any:
    return lambda x: curvature * x


def nothing(x: FloatArray) -> FloatArray:
    return np.zeros_like(x)


# Against PyTorch.


@pytest.mark.parametrize(
    "case",
    REFERENCE["cases"],
    ids=[f"{i}-{case['name']}-{case['problem']}" for i, case in enumerate(REFERENCE["cases"])],
)
def test_paths_equal_those_of_pytorch(case: dict[str, Any]) -> None:
    path = run(
        case["name"],
        PROBLEMS[case["problem"]][0](),
        case["x0"],
        steps=case["steps"],
        lr=case["lr"],
        **case["hyper"],
    )
    # Paths that overflow are among them, hence a difference per max(1, |x|), and equal_nan.
    expected = np.array(case["path"])
    np.testing.assert_allclose(path[REFERENCE["at"]], expected, rtol=1e-9, atol=1e-9, equal_nan=True)
    np.testing.assert_array_equal(path[0], case["x0"])


def test_the_reference_covers_every_optimiser_problem_and_hyperparameter() -> None:
    assert REFERENCE["written_by"] == "PyTorch 2.13.0"
    for name in NAMES:
        mine = [case for case in REFERENCE["cases"] if case["name"] == name]
        for problem in PROBLEMS:
            assert sum(case["problem"] == problem for case in mine) >= 5, (name, problem)
        used = {key for case in mine for key in case["hyper"]}
        fixed = {"nesterov": {"nesterov", "dampening"}, "momentum": {"nesterov"}}.get(name, set())
        assert used == set(DEFAULTS[name]) - fixed
        assert any(not case["hyper"] for case in mine), f"{name} never at its defaults"
    assert any(not np.isfinite(case["path"]).all() for case in REFERENCE["cases"]), "no path that overflows"


def test_names_and_defaults_are_those_of_pytorch() -> None:
    sgd = {"momentum": 0, "dampening": 0, "weight_decay": 0, "nesterov": False}
    adam = {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0}
    expected = {
        "sgd": sgd,
        "momentum": {**sgd, "momentum": 0.9},
        "nesterov": {**sgd, "momentum": 0.9, "nesterov": True},
        "adagrad": {"lr_decay": 0, "weight_decay": 0, "initial_accumulator_value": 0, "eps": 1e-10},
        "rmsprop": {"alpha": 0.99, "eps": 1e-8, "weight_decay": 0, "momentum": 0, "centered": False},
        "adam": adam,
        "adamw": {**adam, "weight_decay": 0.01},
    }
    assert expected == DEFAULTS


# On paper.


@pytest.mark.parametrize("curvature", [0.5, 1, 25, 400])
def test_gradient_descent_is_stable_up_to_two_over_the_curvature(curvature: float) -> None:
    factors = np.array([0.999, 1.0, 1.001])
    path = np.abs(run("sgd", bowl(curvature), np.ones(3), steps=1_000, lr=2 / curvature * factors))
    # The factor of a step is 1 − lr·curvature = 1 − 2·factor, so |x| is |1 − 2·factor|^steps.
    np.testing.assert_allclose(path[-1], np.abs(1 - 2 * factors) ** 1_000, rtol=1e-9)
    assert path[-1, 0] < 1 < path[-1, 2]


@pytest.mark.parametrize("beta", [0.3, 0.9, 0.99])
def test_momentum_widens_the_stable_range(beta: float) -> None:
    # Heavy ball on a bowl of curvature 1 is stable for lr < 2·(1 + β) (Polyak 1964).
    path = np.abs(
        run("momentum", bowl(1.0), np.ones(2), steps=20_000, lr=2 * (1 + beta) * np.array([0.99, 1.01]), momentum=beta)
    )
    assert path[-1, 0] < 1e-6
    assert path[-1, 1] > 1e6 or not np.isfinite(path[-1, 1])


LOW, HIGH = 1.0, 100.0
BEST_LR = 4 / (math.sqrt(HIGH) + math.sqrt(LOW)) ** 2
BEST_MOMENTUM = ((math.sqrt(HIGH) - math.sqrt(LOW)) / (math.sqrt(HIGH) + math.sqrt(LOW))) ** 2


def test_the_best_heavy_ball_follows_its_closed_form() -> None:
    # At the best rate and momentum both ends have a double root r = ±√β, so x after k steps is (1 + c·k)·r^k.
    steps = 150
    path = run("momentum", bowl(np.array([LOW, HIGH])), [1, 1], steps=steps, lr=BEST_LR, momentum=BEST_MOMENTUM)
    k = np.arange(steps + 1)
    for i, (curvature, root) in enumerate(((LOW, math.sqrt(BEST_MOMENTUM)), (HIGH, -math.sqrt(BEST_MOMENTUM)))):
        c = (1 - BEST_LR * curvature) / root - 1
        # A double root splits under rounding, by about √eps, and the split grows with k.
        np.testing.assert_allclose(path[:, i], (1 + c * k) * root**k, rtol=1e-9, atol=1e-13)


def test_no_neighbour_converges_faster_than_the_best_heavy_ball() -> None:
    scales = np.linspace(0.8, 1.2, 9)
    lr, one_less = (grid.ravel() for grid in np.meshgrid(BEST_LR * scales, (1 - BEST_MOMENTUM) * scales))
    path = run(
        "momentum",
        bowl(np.array([LOW, HIGH])),
        np.ones((lr.size, 2)),
        steps=400,
        lr=lr[:, None],
        momentum=(1 - one_less)[:, None],
    )
    size = np.abs(path).max(axis=2)
    # The rate a step over the second half, from peaks: a path that swings passes zero now and then.
    rate = (size[350:].max(axis=0) / size[150:200].max(axis=0)) ** (1 / 200)
    best = int(np.flatnonzero((lr == BEST_LR) & (one_less == 1 - BEST_MOMENTUM))[0])
    assert int(np.argmin(rate)) == best
    assert rate[best] == pytest.approx(math.sqrt(BEST_MOMENTUM), abs=0.01)


def test_plain_descent_at_its_best_rate_needs_many_more_steps() -> None:
    # The best rate 2/(μ + L) shrinks both ends by (κ − 1)/(κ + 1) a step.
    path = run("sgd", bowl(np.array([LOW, HIGH])), [1, 1], steps=100, lr=2 / (LOW + HIGH))
    kappa = HIGH / LOW
    np.testing.assert_allclose(np.abs(path[-1]), ((kappa - 1) / (kappa + 1)) ** 100, rtol=1e-9)


def test_momentum_under_a_constant_gradient_ends_at_ten_times_the_speed() -> None:
    path = run("momentum", np.ones_like, 0.0, steps=300, lr=0.01)
    k = np.arange(1, 301)
    np.testing.assert_allclose(-np.diff(path), 0.01 * (1 - 0.9**k) / (1 - 0.9), rtol=1e-12)


def test_dampening_scales_every_gradient_but_the_first() -> None:
    path = run("sgd", np.ones_like, 0.0, steps=3, lr=1.0, momentum=0.5, dampening=0.75)
    # Buffers 1, 0.5·1 + 0.25, 0.5·0.75 + 0.25.
    np.testing.assert_allclose(path, [0, -1, -1.75, -2.375])
    without = run("sgd", np.ones_like, 0.0, steps=3, lr=1.0, dampening=0.75)
    np.testing.assert_allclose(without, [0, -1, -2, -3])


def test_nesterov_is_the_gradient_taken_ahead() -> None:
    # Sutskever et al. 2013: v ← μ·v − lr·∇f(θ + μ·v), θ ← θ + v; the path holds θ + μ·v.
    mu, lr, curvature = 0.9, 0.02, np.array([1.0, 25.0])
    path = run("nesterov", bowl(curvature), [1, -2], steps=50, lr=lr, momentum=mu)
    theta, v = np.array([1.0, -2.0]), np.zeros(2)
    for point in path:
        np.testing.assert_allclose(point, theta + mu * v, rtol=1e-10, atol=1e-13)
        v = mu * v - lr * curvature * (theta + mu * v)
        theta = theta + v


@pytest.mark.parametrize("name", ["adam", "adamw"])
@pytest.mark.parametrize("slope", [0.5, 500.0, -500.0, 1e-6])
def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient(name: str, slope: float) -> None:
    path = run(name, lambda x: np.full_like(x, slope), 0.0, steps=1, lr=0.01)
    # Bias correction makes it lr·g/(|g| + eps).
    assert path[1] == pytest.approx(-0.01 * slope / (abs(slope) + 1e-8), rel=1e-12)


def test_adam_under_a_constant_gradient_moves_the_rate_each_step() -> None:
    path = run("adam", lambda x: np.full_like(x, 500.0), 0.0, steps=100, lr=0.01)
    np.testing.assert_allclose(path, -0.01 * np.arange(101), rtol=1e-9)


def test_the_first_step_of_rmsprop_is_ten_rates_and_of_adagrad_one() -> None:
    # RMSprop does not correct its bias: the first average is (1 − 0.99)·g², so the step is lr/√0.01.
    assert run("rmsprop", np.ones_like, 0.0, steps=1, lr=0.01, eps=0)[1] == pytest.approx(-0.1, rel=1e-12)
    assert run("adagrad", np.ones_like, 0.0, steps=1, lr=0.01, eps=0)[1] == pytest.approx(-0.01, rel=1e-12)


def test_adagrad_steps_shrink_with_the_root_of_their_number() -> None:
    path = run("adagrad", lambda x: np.full_like(x, 7.0), 0.0, steps=50, lr=0.1, lr_decay=0.5, eps=0)
    k = np.arange(1, 51)
    np.testing.assert_allclose(-np.diff(path), 0.1 / (1 + 0.5 * (k - 1)) / np.sqrt(k), rtol=1e-9)
    slow = run("adagrad", lambda x: np.full_like(x, 3.0), 0.0, steps=1, lr=0.1, initial_accumulator_value=16, eps=0)
    assert slow[1] == pytest.approx(-0.1 * 3 / 5, rel=1e-12)


def test_centred_rmsprop_divides_by_the_deviation() -> None:
    # After one step the averages are 0.1·g and 0.1·g², so the variance is (0.1 − 0.01)·g².
    path = run("rmsprop", lambda x: np.full_like(x, -4.0), 0.0, steps=1, lr=0.3, alpha=0.9, centered=True, eps=0)
    assert path[1] == pytest.approx(0.3 / math.sqrt(0.09), rel=1e-12)


@pytest.mark.parametrize(("name", "hyper"), [("adamw", {}), ("sgd", {}), ("sgd", {"momentum": 0.0})])
def test_weight_decay_alone_shrinks_by_rate_times_decay(name: str, hyper: dict[str, float]) -> None:
    path = run(name, nothing, [2.0, -3.0], steps=40, lr=0.1, weight_decay=0.3, **hyper)
    np.testing.assert_allclose(path, (1 - 0.1 * 0.3) ** np.arange(41)[:, None] * [2.0, -3.0], rtol=1e-12)


def test_adam_turns_weight_decay_into_a_step_of_the_rate() -> None:
    # Coupled decay goes through the normalisation: its strength makes no difference to the first step.
    path = run("adam", nothing, [2.0, -3.0], steps=1, lr=0.1, weight_decay=0.3)
    np.testing.assert_allclose(path[1], [1.9, -2.9], rtol=1e-7)


def test_the_noise_floor_of_sgd_on_a_noisy_bowl() -> None:
    # x ← (1 − ηλ)·x − η·ξ with Var ξ = σ² settles at variance ησ²/(λ·(2 − ηλ)).
    curvature, sigma, count = 2.0, 3.0, 20_000
    rng = np.random.default_rng(5)
    for lr in (0.05, 0.5):
        path = run(
            "sgd", lambda x: curvature * x + sigma * rng.standard_normal(count), np.zeros(count), steps=120, lr=lr
        )
        floor = lr * sigma**2 / (curvature * (2 - lr * curvature))
        # The variance of n normal values has a standard error of √(2/n): 1 % here, so five of them are 5 %.
        assert path[-1].var() == pytest.approx(floor, rel=0.05)


# Laws.


def problem(seed: int, rows: int) -> tuple[FloatArray, FloatArray, Any]:
    """Starts and rates of a batch, and a gradient that is neither linear nor alike in any two columns."""
    rng = np.random.default_rng(seed)
    curvature = rng.uniform(0.1, 5, 3)
    return rng.normal(size=(rows, 3)), 10 ** rng.uniform(-4, 0.5, (rows, 1)), lambda x: curvature * x + x * x * x / 9


def hyper_for(name: str, seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    options = {
        "momentum": float(rng.uniform(0.1, 0.95)),
        "dampening": 0.0 if name == "nesterov" else float(rng.uniform(0, 1)),
        "weight_decay": float(rng.uniform(0, 0.3)),
        "alpha": float(rng.uniform(0.3, 0.99)),
        "betas": (float(rng.uniform(0, 0.95)), float(rng.uniform(0.3, 0.999))),
        "eps": float(10 ** rng.uniform(-9, -2)),
        "lr_decay": float(rng.uniform(0, 0.1)),
        "initial_accumulator_value": float(rng.uniform(0, 1)),
        "centered": bool(rng.random() < 0.5),
    }
    return {key: value for key, value in options.items() if key in DEFAULTS[name] and rng.random() < 0.6}


@given(names, seeds)
@settings(deadline=None)
def test_a_batch_of_rates_is_bit_for_bit_its_single_runs(name: str, seed: int) -> None:
    x0, lr, gradient = problem(seed, rows=5)
    hyper = hyper_for(name, seed)
    batch = run(name, gradient, x0, steps=40, lr=lr, **hyper)
    for row in range(5):
        single = run(name, gradient, x0[row], steps=40, lr=float(lr[row, 0]), **hyper)
        np.testing.assert_array_equal(batch[:, row], single)


@given(names, seeds)
@settings(deadline=None)
def test_arrays_of_hyperparameters_are_single_runs_too(name: str, seed: int) -> None:
    x0, lr, gradient = problem(seed, rows=4)
    lr = np.minimum(lr, 0.03)
    single: list[dict[str, Any]] = [dict(DEFAULTS[name]) for _ in range(4)]
    for i, row in enumerate(single):
        row.update({key: value for key, value in hyper_for(name, seed + i).items() if key != "centered"})
        row["eps" if "eps" in row else "weight_decay"] = 0.1 / (i + 1)  # a large eps keeps paths from turning chaotic
    batch: dict[str, Any] = {}
    for key, default in DEFAULTS[name].items():
        if isinstance(default, bool):
            batch[key] = default
        elif isinstance(default, tuple):
            batch[key] = tuple(np.array([[row[key][i]] for row in single]) for i in range(2))
        else:
            batch[key] = np.array([[row[key]] for row in single])
    path = run(name, gradient, x0, steps=30, lr=lr, **batch)
    for i, row in enumerate(single):
        expected = run(name, gradient, x0[i], steps=30, lr=float(lr[i, 0]), **row)
        np.testing.assert_allclose(path[:, i], expected, rtol=1e-9, atol=1e-11)


@given(names, seeds, st.integers(0, 20))
@settings(deadline=None)
def test_runs_repeat_start_at_x0_and_extend_shorter_ones(name: str, seed: int, steps: int) -> None:
    x0, lr, gradient = problem(seed, rows=2)
    hyper = hyper_for(name, seed)
    path = run(name, gradient, x0, steps=20, lr=lr, **hyper)
    assert path.shape == (21, 2, 3)
    assert path.dtype == np.float64
    np.testing.assert_array_equal(path[0], x0)
    np.testing.assert_array_equal(run(name, gradient, x0, steps=20, lr=lr, **hyper), path)
    np.testing.assert_array_equal(run(name, gradient, x0, steps=steps, lr=lr, **hyper), path[: steps + 1])


@given(st.sampled_from([name for name in NAMES if name != "adamw"]), seeds)
@settings(deadline=None)
def test_coupled_weight_decay_is_a_term_of_the_gradient(name: str, seed: int) -> None:
    x0, lr, gradient = problem(seed, rows=2)
    hyper = {**hyper_for(name, seed), "weight_decay": 0.25}
    decayed = run(name, gradient, x0, steps=20, lr=lr, **hyper)
    by_hand = run(name, lambda x: gradient(x) + 0.25 * x, x0, steps=20, lr=lr, **{**hyper, "weight_decay": 0})
    np.testing.assert_array_equal(decayed, by_hand)


@given(st.sampled_from(["adagrad", "rmsprop", "adam", "adamw"]), seeds, st.sampled_from([2.0**-12, 2.0, 2.0**9]))
@settings(deadline=None)
def test_adaptive_methods_without_eps_ignore_the_scale_of_the_gradient(name: str, seed: int, scale: float) -> None:
    x0, lr, gradient = problem(seed, rows=2)
    lr = np.minimum(lr, 0.1)
    plain = run(name, gradient, x0, steps=20, lr=lr, eps=0, weight_decay=0)
    # A power of two changes no digit, so the paths are the same to the last bit.
    scaled = run(name, lambda x: scale * gradient(x), x0, steps=20, lr=lr, eps=0, weight_decay=0)
    np.testing.assert_array_equal(scaled, plain)


@given(seeds)
def test_a_rate_of_zero_goes_nowhere(seed: int) -> None:
    x0, _, gradient = problem(seed, rows=2)
    for name in NAMES:
        np.testing.assert_array_equal(run(name, gradient, x0, steps=3, lr=0), np.broadcast_to(x0, (4, 2, 3)))
