"""The hyperparameters of the optimisers: names and defaults of PyTorch 2.13, and the checks of what is given."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import SupportsIndex

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Value = float | FloatArray
"""A number, or an array that broadcasts to the shape of x0."""

Default = float | bool | tuple[float, float]

_SGD: dict[str, Default] = {"momentum": 0.0, "dampening": 0.0, "weight_decay": 0.0, "nesterov": False}
_ADAM: dict[str, Default] = {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.0}

DEFAULTS: Mapping[str, Mapping[str, Default]] = MappingProxyType(
    {
        "sgd": MappingProxyType(_SGD),
        "momentum": MappingProxyType({**_SGD, "momentum": 0.9}),
        "nesterov": MappingProxyType({**_SGD, "momentum": 0.9, "nesterov": True}),
        "adagrad": MappingProxyType(
            {"lr_decay": 0.0, "weight_decay": 0.0, "initial_accumulator_value": 0.0, "eps": 1e-10}
        ),
        "rmsprop": MappingProxyType(
            {"alpha": 0.99, "eps": 1e-8, "weight_decay": 0.0, "momentum": 0.0, "centered": False}
        ),
        "adam": MappingProxyType(_ADAM),
        "adamw": MappingProxyType({**_ADAM, "weight_decay": 1e-2}),
    }
)
"""Every optimiser with the hyperparameters it takes and their defaults."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The checked hyperparameters of one run; a method reads those it has. Each is a number or broadcasts against x."""

    momentum: Value = 0.0
    dampening: Value = 0.0
    weight_decay: Value = 0.0
    nesterov: bool = False
    alpha: Value = 0.0
    eps: Value = 0.0
    centered: bool = False
    beta1: Value = 0.0
    beta2: Value = 0.0
    lr_decay: Value = 0.0
    initial_accumulator_value: Value = 0.0


def settings_of(name: str, hyper: Mapping[str, object], shape: tuple[int, ...]) -> Settings:
    """The defaults of `name` with `hyper` over them. Raises ValueError for what `name` does not know or take."""
    defaults = DEFAULTS[name]
    for key in hyper:
        if key not in defaults:
            raise ValueError(f"{name} has no hyperparameter {key!r}; {hint(key, defaults)}")
    flags: dict[str, bool] = {}
    values: dict[str, Value] = {}
    for key, default in defaults.items():
        raw = hyper.get(key, default)
        if isinstance(default, bool):
            flags[key] = _flag(key, raw)
        elif isinstance(default, tuple):
            values["beta1"], values["beta2"] = _betas(raw, shape)
        else:
            values[key] = setting(key, raw, shape, low=None if key == "dampening" else 0)
    if name == "nesterov" and not flags["nesterov"]:
        raise ValueError("nesterov=False contradicts the name: run momentum instead")
    settings = Settings(**values, nesterov=flags.get("nesterov", False), centered=flags.get("centered", False))
    if settings.nesterov and not np.all(np.greater(settings.momentum, 0)):
        raise ValueError("Nesterov needs momentum above 0: give one such as 0.9, or run sgd")
    if settings.nesterov and np.any(settings.dampening):
        raise ValueError("Nesterov takes no dampening: leave it at 0, or run momentum")
    return settings


def _betas(raw: object, shape: tuple[int, ...]) -> tuple[Value, Value]:
    pair = list(raw) if isinstance(raw, Iterable) and not isinstance(raw, str) else []
    if len(pair) != 2:
        raise ValueError("betas must be two numbers from 0 up to but not including 1, such as (0.9, 0.999)")
    first, second = (setting(f"betas[{i}]", item, shape, below=1) for i, item in enumerate(pair))
    return first, second


def setting(
    label: str, raw: object, shape: tuple[int, ...], *, low: float | None = 0, below: float | None = None
) -> Value:
    """`raw` as a float, or as a private array that broadcasts to `shape`; finite, from `low` on and less than `below`.

    Raises ValueError otherwise.
    """
    values = numbers(label, raw)
    if not np.isfinite(values).all():
        raise ValueError(f"{label} must be finite, not {_first(values, ~np.isfinite(values))}")
    if low is not None and (values < low).any():
        raise ValueError(f"{label} must be at least {low}, not {_first(values, values < low)}")
    if below is not None and (values >= below).any():
        raise ValueError(f"{label} must be below {below}, not {_first(values, values >= below)}")
    if values.ndim == 0:
        return float(values)
    try:
        fits = np.broadcast_shapes(values.shape, shape) == shape
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"{label} of shape {values.shape} does not broadcast to x0's shape {shape}: give a number, or give each "
            f"axis x0's length or 1 (one value a configuration: {(*shape[:1], *(1 for _ in shape[1:]))})"
        )
    return values


def numbers(label: str, raw: object) -> FloatArray:
    """`raw` as a float64 array of its own; booleans, text and complex numbers are not numbers here."""
    try:
        values = np.asarray(raw)
    except (ValueError, TypeError):
        raise ValueError(f"{label} is not an array of numbers: its rows must be of equal length") from None
    if values.dtype.kind not in "iuf":
        raise ValueError(f"{label} must be real numbers, not {type(raw).__name__} of type {values.dtype}")
    with np.errstate(all="ignore"):
        return np.array(values, dtype=np.float64)


def slope_of(raw: object, shape: tuple[int, ...]) -> FloatArray:
    """What a gradient gave back, as float64. Raises ValueError where it is not numeric or not of `shape`."""
    slope = numbers("what gradient returned", raw)
    if slope.shape != shape:
        raise ValueError(
            f"gradient returned shape {slope.shape} for x of shape {shape}: return one number per entry of x"
        )
    return slope


def step_count(steps: SupportsIndex) -> int:
    """`steps` as a Python int. Raises ValueError unless it is a whole number of at least 0."""
    try:
        count = -1 if isinstance(steps, (bool, np.bool)) else operator.index(steps)
    except TypeError:
        count = -1
    if count < 0:
        raise ValueError(f"steps must be a whole number of at least 0, not {steps!r}")
    return count


def _flag(label: str, raw: object) -> bool:
    if isinstance(raw, (bool, np.bool)):
        return bool(raw)
    raise ValueError(f"{label} must be True or False, not {raw!r}")


def _first(values: FloatArray, wrong: NDArray[np.bool]) -> float:
    return float(values[wrong].flat[0])


def hint(name: object, names: Iterable[str]) -> str:
    """What to write instead of `name`: the one of `names` that looks like it, or all of them."""
    import difflib  # only wanted when something went wrong

    close = difflib.get_close_matches(str(name)[:80].lower(), list(names), n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else f"there are: {', '.join(names)}"
