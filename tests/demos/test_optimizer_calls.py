"""What the optimisers take and give back: arrays of any shape, gradients that misbehave, overflow, wrong calls."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from quizbot.demos.optimizers import DEFAULTS, FloatArray, run

NAMES = tuple(DEFAULTS)


def bowl(curvature: Any) -> Any:
    return lambda x: curvature * x


@pytest.mark.parametrize("name", NAMES)
def test_the_gradient_cannot_touch_the_path(name: str) -> None:
    kept: list[FloatArray] = []
    returned = np.zeros(2)

    def hostile(x: FloatArray) -> FloatArray:
        for old in kept:
            old[:] = 1e9
        returned[:] = np.array([1.0, 25.0]) * x
        x[:] = -1e9
        kept.append(x)
        return returned

    start = np.array([1.0, -2.0])
    path = run(name, hostile, start, steps=20, lr=0.01, weight_decay=0.1)
    np.testing.assert_array_equal(
        path, run(name, bowl(np.array([1.0, 25.0])), start, steps=20, lr=0.01, weight_decay=0.1)
    )
    np.testing.assert_array_equal(start, [1.0, -2.0])
    assert len(kept) == 20
    assert not any(np.shares_memory(old, path) for old in (*kept, start, returned))


@pytest.mark.parametrize("name", NAMES)
def test_what_the_gradient_returns_is_left_as_it_was(name: str) -> None:
    slope = np.array([3.0, 4.0])
    slope.flags.writeable = False
    run(name, lambda _: slope, [0.0, 1.0], steps=5, lr=0.1, weight_decay=0.1)


def test_a_rate_array_is_read_once() -> None:
    lr = np.array([0.1, 0.2])

    def gradient(x: FloatArray) -> FloatArray:
        lr[:] = 50
        return x

    np.testing.assert_allclose(run("sgd", gradient, [1, 1], steps=2, lr=lr)[-1], [0.81, 0.64])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", [(), (1,), (0,), (2, 0), (2, 3, 4)])
def test_any_shape_will_do(name: str, shape: tuple[int, ...]) -> None:
    path = run(name, bowl(2.0), np.ones(shape), steps=4, lr=0.1, weight_decay=0.1)
    assert path.shape == (5, *shape)
    line = run(name, bowl(2.0), 1.0, steps=4, lr=0.1, weight_decay=0.1)
    np.testing.assert_array_equal(path, np.broadcast_to(line.reshape(5, *(1 for _ in shape)), path.shape))


@pytest.mark.parametrize(
    "x0", [[1, 2], (1.0, 2.0), np.array([1, 2], dtype=np.uint8), np.array([1, 2], dtype=np.float32)]
)
def test_numbers_of_any_kind_become_float64(x0: Any) -> None:
    path = run("adam", lambda x: [int(value) for value in np.sign(x)], x0, steps=2, lr=1)
    assert path.dtype == np.float64
    np.testing.assert_array_equal(path[0], [1, 2])


@pytest.mark.parametrize("name", NAMES)
def test_divergence_is_a_result_without_a_warning(name: str) -> None:
    path = run(name, lambda x: x**9, [10.0, 0.0], steps=400, lr=1e6)
    assert path.shape == (401, 2)
    assert np.isfinite(path[0]).all()
    if name in ("sgd", "momentum", "nesterov"):
        assert not np.isfinite(path[-1, 0])
    again = run(name, lambda x: np.full_like(x, np.nan), [1.0], steps=2, lr=0.1)
    assert np.isnan(again[1:]).all()


def test_the_gradient_is_asked_once_an_update_and_in_order() -> None:
    seen: list[float] = []

    def gradient(x: FloatArray) -> FloatArray:
        seen.append(float(x[0]))
        return x

    path = run("sgd", gradient, [1.0], steps=5, lr=0.5)
    assert seen == path[:-1, 0].tolist() == [1, 0.5, 0.25, 0.125, 0.0625]
    run("sgd", gradient, [1.0], steps=0, lr=0.5)
    assert len(seen) == 5


# Bad input.


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "adm"}, "no optimiser is called 'adm'; did you mean adam"),
        ({"name": "quux"}, "there are: sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw"),
        ({"amsgrad": True}, "sgd has no hyperparameter 'amsgrad'; there are: momentum, dampening"),
        ({"momentun": 0.9}, "did you mean momentum"),
        ({"name": "adam", "momentum": 0.9}, "adam has no hyperparameter 'momentum'"),
        ({"lr": -0.1}, "lr must be at least 0, not -0.1"),
        ({"lr": [0.1, -2.0]}, "lr must be at least 0, not -2.0"),
        ({"lr": math.nan}, "lr must be finite, not nan"),
        ({"lr": math.inf}, "lr must be finite, not inf"),
        ({"lr": "fast"}, "lr must be real numbers, not str"),
        ({"lr": True}, "lr must be real numbers, not bool"),
        ({"lr": None}, "lr must be real numbers, not NoneType"),
        ({"lr": [0.1, 0.2, 0.3]}, r"lr of shape \(3,\) does not broadcast to x0's shape \(2,\)"),
        ({"x0": np.ones((3, 2)), "lr": [0.1] * 3}, r"one value a configuration: \(3, 1\)"),
        ({"x0": 1.0, "lr": [0.1, 0.2]}, "does not broadcast to x0's shape"),
        ({"momentum": -0.1}, "momentum must be at least 0, not -0.1"),
        ({"dampening": math.nan}, "dampening must be finite"),
        ({"weight_decay": -1}, "weight_decay must be at least 0"),
        ({"nesterov": 1}, "nesterov must be True or False, not 1"),
        ({"nesterov": True}, "Nesterov needs momentum above 0"),
        ({"nesterov": True, "momentum": 0.9, "dampening": 0.1}, "Nesterov takes no dampening"),
        ({"name": "nesterov", "momentum": 0}, "Nesterov needs momentum above 0"),
        ({"name": "nesterov", "momentum": [0.9, 0]}, "Nesterov needs momentum above 0"),
        ({"name": "nesterov", "dampening": 0.5}, "Nesterov takes no dampening"),
        ({"name": "nesterov", "nesterov": False}, "run momentum instead"),
        ({"name": "adagrad", "lr_decay": -1}, "lr_decay must be at least 0"),
        ({"name": "adagrad", "initial_accumulator_value": -1}, "initial_accumulator_value must be at least 0"),
        ({"name": "rmsprop", "alpha": -0.1}, "alpha must be at least 0"),
        ({"name": "rmsprop", "eps": -1e-8}, "eps must be at least 0"),
        ({"name": "rmsprop", "centered": "yes"}, "centered must be True or False"),
        ({"name": "adam", "betas": (0.9, 1.0)}, r"betas\[1\] must be below 1, not 1.0"),
        ({"name": "adam", "betas": (-0.1, 0.9)}, r"betas\[0\] must be at least 0"),
        ({"name": "adam", "betas": 0.9}, "betas must be two numbers"),
        ({"name": "adam", "betas": (0.9,)}, "betas must be two numbers"),
        ({"name": "adam", "betas": "ab"}, "betas must be two numbers"),
        ({"steps": -1}, "steps must be a whole number of at least 0, not -1"),
        ({"steps": 2.0}, "steps must be a whole number of at least 0, not 2.0"),
        ({"steps": True}, "steps must be a whole number"),
        ({"x0": "start"}, "x0 must be real numbers, not str"),
        ({"x0": [True, False]}, "x0 must be real numbers, not list of type bool"),
        ({"x0": [1j]}, "x0 must be real numbers"),
        ({"x0": [[1, 2], [3]]}, "x0 is not an array of numbers: its rows must be of equal length"),
        ({"gradient": lambda x: x[:1]}, r"gradient returned shape \(1,\) for x of shape \(2,\)"),
        ({"gradient": lambda _: 0.0}, r"gradient returned shape \(\) for x of shape \(2,\)"),
        ({"gradient": lambda _: None}, "what gradient returned must be real numbers, not NoneType"),
        ({"gradient": lambda x: x * 1j}, "what gradient returned must be real numbers"),
    ],
)
def test_wrong_calls_say_what_to_do(changes: dict[str, Any], message: str) -> None:
    call: dict[str, Any] = {"name": "sgd", "gradient": bowl(1.0), "x0": [1.0, 2.0], "steps": 2, "lr": 0.1, **changes}
    with pytest.raises(ValueError, match=message):
        run(call.pop("name"), call.pop("gradient"), call.pop("x0"), **call)


def test_settings_are_checked_even_when_no_step_is_taken() -> None:
    with pytest.raises(ValueError, match="lr must be at least 0"):
        run("sgd", bowl(1.0), [1.0], steps=0, lr=-1)


def test_what_the_gradient_raises_comes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        run("sgd", lambda _: 1 / 0, [1.0], steps=1, lr=0.1)
