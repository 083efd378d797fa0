"""Learning-rate schedules in float64, update for update those of PyTorch 2.13 where it has them.

PyTorch computes most schedules by multiplying the last rate with a factor. The recursions are kept as they are: they
agree with it to the last bit, and they say what it does at the edges, such as a `total_iters` of 0.

Sources: torch.optim.lr_scheduler of PyTorch 2.13; Loshchilov and Hutter 2017 (SGDR: cosine, restarts); Smith and Topin
2018 (one-cycle); Smith 2017 (cyclic); Vaswani et al. 2017 (warm-up with inverse square root).
"""

from __future__ import annotations

import math
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_MOST = 2**53
"""The largest whole number taken: beyond it float64 cannot tell neighbours apart."""


def rates(name: str, *, steps: int, lr: float, **params: object) -> FloatArray:
    """The rate of every update, shape (steps,), float64: entry 0 is the rate of the first update.

    `lr` is the base rate, at least 0. Below, t = 0, 1, … counts the updates done before (PyTorch's last_epoch) and
    k = t + 1 is the number of the update. A parameter without = must be given.

    - constant: lr throughout.
    - step(step_size, gamma=0.1): times gamma at t = step_size, 2·step_size, … (StepLR).
    - multistep(milestones, gamma=0.1): times gamma at every t in `milestones`, in any order; a milestone that stands
      there n times multiplies n times (MultiStepLR).
    - exponential(gamma): times gamma at every t from 1 (ExponentialLR).
    - linear(start_factor=1/3, end_factor=1, total_iters=5): lr times a factor that goes in a straight line from
      start_factor at t = 0 to end_factor at t = total_iters, and stays (LinearLR; with total_iters 0 it stays at
      start_factor, as there).
    - cosine(t_max, eta_min=0): half a cosine from lr at t = 0 to eta_min at t = t_max; beyond it the wave goes on, so
      that lr is reached again at 2·t_max (CosineAnnealingLR).
    - cosine-restarts(t_0, t_mult=1, eta_min=0): a cosine that falls for t_0 updates, then restarts at lr with a period
      t_mult times as long, and so on (CosineAnnealingWarmRestarts).
    - polynomial(total_iters=5, power=1): lr·(1 − t/total_iters)^power, then 0 (PolynomialLR; total_iters 0 keeps lr).
    - one-cycle(max_lr): cosine from max_lr/25 up to max_lr at t = 0.3·steps − 1, then cosine down to max_lr/250,000 at
      the last update (OneCycleLR with total_steps = steps). `lr` is ignored. With up to 3 updates there is no rise.
    - cyclic-triangular(base_lr, max_lr, step_size_up=2000): straight from base_lr at t = 0 to max_lr at
      t = step_size_up, back in as many, and again (CyclicLR, mode triangular). `lr` is ignored.
    - warmup-cosine(warmup, eta_min=0): lr·k/warmup for k ≤ warmup, so that update `warmup` has the rate lr; then half
      a cosine, eta_min + (lr − eta_min)·(1 + cos(π·(k − warmup)/(steps − warmup)))/2, to eta_min at k = steps. With
      warmup ≥ steps only the rise is seen, cut off at lr·steps/warmup. With warmup 0 the same formula holds: lr would
      belong to the update before the first.
    - inverse-sqrt(warmup): lr·k/warmup for k ≤ warmup, then lr·√(warmup/k). With warmup ≥ steps only the rise is seen.

    `steps` 0 gives an empty array. A single update has the rate of t = 0; in warmup-cosine that is eta_min for warmup
    0, in one-cycle max_lr/250,000, because it is the last update.

    Raises ValueError, with what to do about it, for an unknown name or parameter, one that is missing, not a finite
    number or not whole where it counts updates, or out of range: rates, gamma and power at least 0; start_factor in
    (0, 1]; end_factor in [0, 1]; step_size, step_size_up, t_max, t_0, t_mult and the warmup of inverse-sqrt at least
    1; other counts at least 0.
    """
    schedule = _SCHEDULES.get(name)
    if schedule is None:
        raise ValueError(f"no schedule is called {name!r}; {_hint(name, _SCHEDULES)}")
    count = _whole("steps", steps, low=0)
    base = _number("lr", lr, low=0) if schedule.uses_lr else math.nan
    values = _parameters(name, schedule.params, params)
    return np.fromiter(schedule.rates(count, base, **values), dtype=np.float64, count=count)


# Schedules. Each yields the rate at t = 0, 1, … below `steps`.


def _constant(steps: int, lr: float) -> Iterator[float]:
    return repeat(lr, steps)


def _step(steps: int, lr: float, *, step_size: int, gamma: float) -> Iterator[float]:
    for t in range(steps):
        if t and t % step_size == 0:
            lr *= gamma
        yield lr


def _multistep(steps: int, lr: float, *, milestones: Sequence[int], gamma: float) -> Iterator[float]:
    times = Counter(milestones)
    for t in range(steps):
        for _ in range(times[t]):
            lr *= gamma
        yield lr


def _exponential(steps: int, lr: float, *, gamma: float) -> Iterator[float]:
    for t in range(steps):
        if t:
            lr *= gamma
        yield lr


def _linear(steps: int, lr: float, *, start_factor: float, end_factor: float, total_iters: int) -> Iterator[float]:
    rise = end_factor - start_factor
    for t in range(steps):
        if t == 0:
            lr *= start_factor
        elif t <= total_iters:
            lr *= 1 + rise / (total_iters * start_factor + (t - 1) * rise)
        yield lr


def _cosine(steps: int, lr: float, *, t_max: int, eta_min: float) -> Iterator[float]:
    rate = lr
    for t in range(steps):
        if t == 0:
            pass
        elif (t - 1 - t_max) % (2 * t_max) == 0:
            # The wave is at its lowest point, where the recursion would divide by nothing.
            rate += (lr - eta_min) * (1 - math.cos(math.pi / t_max)) / 2
        else:
            wave, before = math.cos(math.pi * t / t_max), math.cos(math.pi * (t - 1) / t_max)
            rate = (1 + wave) / (1 + before) * (rate - eta_min) + eta_min
        yield rate


def _cosine_restarts(steps: int, lr: float, *, t_0: int, t_mult: int, eta_min: float) -> Iterator[float]:
    since, period = 0, t_0
    for _ in range(steps):
        yield eta_min + (lr - eta_min) * (1 + math.cos(math.pi * since / period)) / 2
        since += 1
        if since >= period:
            since, period = 0, period * t_mult


def _polynomial(steps: int, lr: float, *, total_iters: int, power: float) -> Iterator[float]:
    for t in range(steps):
        if 0 < t <= total_iters:
            lr *= ((1 - t / total_iters) / (1 - (t - 1) / total_iters)) ** power
        yield lr


def _one_cycle(steps: int, _: float, *, max_lr: float) -> Iterator[float]:
    first, last = max_lr / 25, max_lr / 25 / 1e4
    peak = 0.3 * steps - 1  # seldom a whole number: then no update has the rate max_lr itself
    for t in range(steps):
        if t <= peak:
            yield _cosine_between(first, max_lr, t / peak)
        else:
            yield _cosine_between(max_lr, last, (t - peak) / (steps - 1 - peak))


def _cosine_between(start: float, end: float, done: float) -> float:
    return end + (start - end) / 2 * (math.cos(math.pi * done) + 1)


def _cyclic_triangular(steps: int, _: float, *, base_lr: float, max_lr: float, step_size_up: int) -> Iterator[float]:
    for t in range(steps):
        cycles = t / (2 * step_size_up)
        # In PyTorch's order of operations; 1 + cycles − floor(1 + cycles) is the part of this cycle that is done.
        done = 1 + cycles - math.floor(1 + cycles)
        height = done / 0.5 if done <= 0.5 else (done - 1) / -0.5
        yield base_lr + (max_lr - base_lr) * height


def _warmup_cosine(steps: int, lr: float, *, warmup: int, eta_min: float) -> Iterator[float]:
    for k in range(1, steps + 1):
        if k <= warmup:
            yield lr * k / warmup
        else:
            yield eta_min + (lr - eta_min) * (1 + math.cos(math.pi * (k - warmup) / (steps - warmup))) / 2


def _inverse_sqrt(steps: int, lr: float, *, warmup: int) -> Iterator[float]:
    for k in range(1, steps + 1):
        yield lr * k / warmup if k <= warmup else lr * math.sqrt(warmup / k)


@dataclass(frozen=True, slots=True)
class _Param:
    """One parameter; `default` None means that it must be given."""

    kind: Literal["number", "whole", "wholes"] = "number"
    default: float | int | None = None
    low: int = 0
    high: int | None = None
    low_open: bool = False


@dataclass(frozen=True, slots=True)
class _Schedule:
    rates: Callable[..., Iterable[float]]
    params: Mapping[str, _Param]
    uses_lr: bool = True


_RATE = _Param()
_ETA_MIN = _Param(default=0.0)
_GAMMA = _Param(default=0.1)
_COUNT = _Param("whole", low=1)

_SCHEDULES: Mapping[str, _Schedule] = {
    "constant": _Schedule(_constant, {}),
    "step": _Schedule(_step, {"step_size": _COUNT, "gamma": _GAMMA}),
    "multistep": _Schedule(_multistep, {"milestones": _Param("wholes"), "gamma": _GAMMA}),
    "exponential": _Schedule(_exponential, {"gamma": _Param()}),
    "linear": _Schedule(
        _linear,
        {
            "start_factor": _Param(default=1 / 3, high=1, low_open=True),
            "end_factor": _Param(default=1.0, high=1),
            "total_iters": _Param("whole", default=5),
        },
    ),
    "cosine": _Schedule(_cosine, {"t_max": _COUNT, "eta_min": _ETA_MIN}),
    "cosine-restarts": _Schedule(
        _cosine_restarts, {"t_0": _COUNT, "t_mult": _Param("whole", default=1, low=1), "eta_min": _ETA_MIN}
    ),
    "polynomial": _Schedule(_polynomial, {"total_iters": _Param("whole", default=5), "power": _Param(default=1.0)}),
    "one-cycle": _Schedule(_one_cycle, {"max_lr": _RATE}, uses_lr=False),
    "cyclic-triangular": _Schedule(
        _cyclic_triangular,
        {"base_lr": _RATE, "max_lr": _RATE, "step_size_up": _Param("whole", default=2000, low=1)},
        uses_lr=False,
    ),
    "warmup-cosine": _Schedule(_warmup_cosine, {"warmup": _Param("whole"), "eta_min": _ETA_MIN}),
    "inverse-sqrt": _Schedule(_inverse_sqrt, {"warmup": _COUNT}),
}

NAMES: tuple[str, ...] = tuple(_SCHEDULES)
"""Every schedule, in the order of the docstring of `rates`."""


# Checks.


def _parameters(name: str, known: Mapping[str, _Param], given: Mapping[str, object]) -> dict[str, object]:
    for key in given:
        if key not in known:
            raise ValueError(f"{name} has no parameter {key!r}; {_hint(key, known)}")
    values: dict[str, object] = {}
    for key, param in known.items():
        if key not in given and param.default is None:
            raise ValueError(f"{name} needs {key}: there is no default")
        raw = given.get(key, param.default)
        if param.kind == "wholes":
            values[key] = _wholes(key, raw)
        elif param.kind == "whole":
            values[key] = _whole(key, raw, low=param.low)
        else:
            values[key] = _number(key, raw, low=param.low, high=param.high, low_open=param.low_open)
    return values


def _wholes(label: str, raw: object) -> list[int]:
    if isinstance(raw, Iterable) and not isinstance(raw, str):
        return [_whole(f"{label}[{i}]", item, low=0) for i, item in enumerate(raw)]
    raise ValueError(f"{label} must be whole numbers such as (30, 80), not {raw!r}")


def _whole(label: str, raw: object, *, low: int) -> int:
    try:
        value = None if isinstance(raw, (bool, np.bool)) else operator.index(raw)  # type: ignore[arg-type]
    except TypeError:
        value = None
    if value is None or not low <= value <= _MOST:
        raise ValueError(f"{label} must be a whole number of at least {low}, not {raw!r}")
    return value


def _number(label: str, raw: object, *, low: int, high: int | None = None, low_open: bool = False) -> float:
    number = isinstance(raw, (int, float, np.integer, np.floating)) and not isinstance(raw, bool)
    try:
        value = float(raw) if number else math.nan  # type: ignore[arg-type]
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ValueError(f"{label} must be a finite number, not {raw!r}")
    if value < low or (low_open and value == low) or (high is not None and value > high):
        bounds = f"{'above' if low_open else 'at least'} {low}" + (f" and at most {high}" if high is not None else "")
        raise ValueError(f"{label} must be {bounds}, not {raw!r}")
    return value


def _hint(name: object, names: Iterable[str]) -> str:
    import difflib  # only wanted when something went wrong

    known = list(names)
    close = difflib.get_close_matches(str(name)[:80].lower().replace("_", "-"), known, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    return f"there are: {', '.join(known)}" if known else "it takes none"
