"""Gradient descent on the bowl ½·a·x² for every pair of learning rate and curvature.

The gradient is a·x, so one update x ← x − η·a·x multiplies x by the factor 1 − η·a. The path is nevertheless computed
by iterating the update, and the analytic values stand beside it, so that each can be checked against the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quizbot.demos.params import ParamValue, format_number
from quizbot.demos.results import DemoResult, Frame, Series, SummaryValue, View

NAME = "learning-rate-bowl"

GROWTH = 1000.0
"""A path counts as grown once |x| exceeds this multiple of |start|; see `grown_at` in `result`."""

# One part in 10¹² keeps a boundary that is exact on paper (0.1² = 1 %) from slipping a step by rounding.
_SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class _Bowl:
    """The checked parameters as numbers and arrays; pair i has `rates[i]`, `curvatures[i]` and `names[i]`."""

    names: tuple[str, ...]
    rates: NDArray[np.float64]
    curvatures: NDArray[np.float64]
    steps: int
    start: float

    @property
    def view(self) -> View:
        """Four decades to each side of the start on a log axis, three times the start on a linear one."""
        size = abs(self.start)
        return View(linear=(-3 * size, 3 * size), log=(1e-4 * size, 1e4 * size))


def frame_count(params: Mapping[str, ParamValue]) -> int:
    """Steps and the start before them."""
    return _bowl(params).steps + 1


def frames(params: Mapping[str, ParamValue], *, every: int = 1) -> Iterator[Frame]:
    """The paths after 0, `every`, 2·`every`, … steps and after the last; arrays are read-only views of one buffer."""
    bowl = _bowl(params)
    path = np.empty((len(bowl.names), bowl.steps + 1))
    seen = path.view()
    seen.flags.writeable = False
    axis = _step_axis(bowl.steps)
    lost: dict[int, int] = {}
    for step in _descend(bowl, path):
        if len(lost) < len(bowl.names) and not np.isfinite(path[:, step]).all():
            for pair in np.flatnonzero(~np.isfinite(path[:, step])).tolist():
                lost.setdefault(pair, step)
        if step % every == 0 or step == bowl.steps:
            series = {name: Series(axis[: step + 1], seen[i, : step + 1]) for i, name in enumerate(bowl.names)}
            note = f"step {step} of {bowl.steps}"
            if lost:
                first = min(lost, key=lost.__getitem__)
                note += f"; {bowl.names[first]} diverged at step {lost[first]}"
                note += f" and {len(lost) - 1} more by now" if len(lost) > 1 else ""
            yield Frame(step=step, total=bowl.steps, series=series, note=note, view=bowl.view)


def result(params: Mapping[str, ParamValue]) -> DemoResult:
    """The whole run; `y` is the path of x itself, start first.

    The summary of a pair has
    `factor`: 1 − η·a; `limit`: 2/a, the rate from which the path no longer shrinks;
    `kind`: converges, one-step (factor 0), oscillates (shrinks with changing sign), bounces (η = 2/a), diverges, or
    stalls (η·a is so small that float64 rounds the factor to 1);
    `steps_to_1_percent`: the smallest k with |factor|^k ≤ 0.01, or None when |factor| ≥ 1;
    `steps_to_1_percent_observed`: the first step of the run with |x| at or below 1 % of |start|, or None;
    `final`: the last x; `grown_at`: the first step with |x| above 1000·|start| or x not finite, or None;
    `diverged_at`: the first step at which x is no longer a finite float64, or None. A growing path whose values are
    still finite has kind diverges and `grown_at`, and no `diverged_at`: its numbers are all there to see.
    """
    bowl = _bowl(params)
    path = np.empty((len(bowl.names), bowl.steps + 1))
    for _ in _descend(bowl, path):
        pass
    path.flags.writeable = False
    axis = _step_axis(bowl.steps)
    return DemoResult(
        demo=NAME,
        params=dict(params),
        series={name: Series(axis, path[i]) for i, name in enumerate(bowl.names)},
        summary={
            name: _summary(float(bowl.rates[i]), float(bowl.curvatures[i]), path[i])
            for i, name in enumerate(bowl.names)
        },
        view=bowl.view,
    )


def classify(rate: float, curvature: float) -> str:
    """The kind of a path by its factor.

    The two boundaries count as met when either `rate` equals the rounded 2/a (1/a) or the rounded product equals
    2 (1): which of them rounding preserves differs from curvature to curvature.
    """
    product = rate * curvature
    if product == 2 or rate == 2 / curvature:
        return "bounces"
    if product == 1 or rate == 1 / curvature:
        return "one-step"
    if product > 2:
        return "diverges"
    if product > 1:
        return "oscillates"
    return "stalls" if 1 - product == 1 else "converges"


def steps_to_fraction(rate: float, curvature: float, fraction: float = 0.01) -> int | None:
    """The smallest k ≥ 0 with |1 − rate·curvature|^k ≤ fraction (0 < fraction < 1), or None when there is none."""
    product = rate * curvature
    kind = classify(rate, curvature)
    if kind in ("bounces", "diverges") or product == 0:
        return None
    if kind == "one-step":
        return 1
    # log1p keeps the digits of a small product that 1 − product would lose.
    log_factor = math.log1p(-product) if product < 1 else math.log(product - 1)
    return max(1, math.ceil(math.log(fraction) / log_factor * (1 - _SLACK)))


def text_summary(result: DemoResult) -> list[str]:
    """What the plot shows: the set-up, one line a path, and the rates whose fate depends on the curvature."""
    bowl = _bowl(result.params)
    count = len(bowl.names)
    paths, steps = ("path" if count == 1 else "paths"), ("step" if bowl.steps == 1 else "steps")
    start = format_number(bowl.start)
    lines = [f"Gradient descent on ½·a·x² from x = {start}: {count} {paths} of {bowl.steps:,} {steps}."]
    lines += [f"{name}: {_in_words(result.summary[name], bowl.steps)}" for name in bowl.names]
    for rate in dict.fromkeys(bowl.rates.tolist()):
        mine = np.flatnonzero(bowl.rates == rate).tolist()
        grow = [format_number(float(bowl.curvatures[i])) for i in mine if _kind(result, bowl.names[i]) == "diverges"]
        shrink = [
            format_number(float(bowl.curvatures[i]))
            for i in mine
            if _kind(result, bowl.names[i]) in ("converges", "oscillates", "one-step")
        ]
        if grow and shrink:
            lines.append(
                f"The same rate {format_number(rate)} converges at curvature {_listed(shrink)} "
                f"and diverges at {_listed(grow)}."
            )
    return lines


def table(result: DemoResult) -> list[list[str]]:
    """Factor, limit, outcome and steps to 1 % of every pair, as the formulas give them; the plot shows the run."""
    bowl = _bowl(result.params)
    rows = [["rate", "curv.", "1−ηa", "2/a", "outcome", "to 1 %"]]
    for i, name in enumerate(bowl.names):
        facts = result.summary[name]
        needed = facts["steps_to_1_percent"]
        numbers = [format_number(float(value)) for value in (bowl.rates[i], bowl.curvatures[i])]
        numbers += [f"{facts['factor']:.5g}", f"{facts['limit']:.5g}"]
        rows.append([*numbers, str(facts["kind"]), "never" if needed is None else f"{needed:,}"])
    return rows


def _bowl(params: Mapping[str, ParamValue]) -> _Bowl:
    rates, curvatures = params["rates"], params["curvatures"]
    steps, start = params["steps"], params["start"]
    if not (isinstance(rates, tuple) and isinstance(curvatures, tuple) and isinstance(steps, int)):
        raise TypeError("parameters must come from parse_params")
    pairs = [(float(rate), float(curvature)) for rate in rates for curvature in curvatures]
    return _Bowl(
        names=tuple(f"rate={format_number(rate)},curvature={format_number(curvature)}" for rate, curvature in pairs),
        rates=np.array([rate for rate, _ in pairs]),
        curvatures=np.array([curvature for _, curvature in pairs]),
        steps=steps,
        start=float(start) if isinstance(start, (int, float)) else math.nan,
    )


def _descend(bowl: _Bowl, path: NDArray[np.float64]) -> Iterator[int]:
    """Fill `path` (pairs, steps + 1) column by column and yield each step once its column is there."""
    x = np.full(len(bowl.names), bowl.start)
    path[:, 0] = x
    yield 0
    for step in range(1, bowl.steps + 1):
        # Entered anew each time: the error state must not leak to whoever holds the suspended generator.
        with np.errstate(all="ignore"):
            gradient = bowl.curvatures * x
            x -= bowl.rates * gradient
        path[:, step] = x
        yield step


def _step_axis(steps: int) -> NDArray[np.int64]:
    axis = np.arange(steps + 1, dtype=np.int64)
    axis.flags.writeable = False
    return axis


def _summary(rate: float, curvature: float, path: NDArray[np.float64]) -> dict[str, SummaryValue]:
    finite = np.isfinite(path)
    size = np.abs(path)
    start = float(size[0])
    return {
        "factor": 1 - rate * curvature,
        "limit": 2 / curvature,
        "kind": classify(rate, curvature),
        "steps_to_1_percent": steps_to_fraction(rate, curvature),
        "steps_to_1_percent_observed": _first(size <= 0.01 * start * (1 + _SLACK)),
        "final": float(path[-1]),
        "grown_at": _first(~finite | (size > GROWTH * start)),
        "diverged_at": _first(~finite),
    }


def _first(mask: NDArray[np.bool_]) -> int | None:
    return int(mask.argmax()) if mask.any() else None


def _kind(result: DemoResult, name: str) -> SummaryValue:
    return result.summary[name]["kind"]


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _in_words(pair: Mapping[str, SummaryValue], steps: int) -> str:
    factor, limit, final = (float(pair[key] or 0.0) for key in ("factor", "limit", "final"))
    need, grown, lost = pair["steps_to_1_percent"], pair["grown_at"], pair["diverged_at"]
    multiplies = f"each step multiplies x by {factor:.6g}"
    end = f"x ends at {final:.3g}"
    match pair["kind"]:
        case "diverges":
            text = f"diverges; {multiplies}, the limit is a rate of {limit:.6g}"
            if lost is not None:
                return f"{text}. It left the range of float64: diverged at step {lost:,}."
            if grown is not None:
                return f"{text}. |x| passed {GROWTH:g} times its start at step {grown:,}; {end}."
            return f"{text}; {end}."
        case "bounces":
            return f"bounces for ever at the limit of {limit:.6g}; {multiplies}; {end}."
        case "one-step":
            return f"reaches the minimum in one step, since the rate is 1/a; {end}."
        case "stalls":
            return "stalls; rate times curvature is too small for float64 to move x at all."
        case kind:
            how = "oscillates and converges" if kind == "oscillates" else "converges"
            within = "" if isinstance(need, int) and need <= steps else f", more than the {steps:,} of this run"
            return f"{how}; {multiplies}, which takes {need:,} steps to 1 %{within}; {end}."
