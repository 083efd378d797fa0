"""Writes the reference vectors with PyTorch, or measures how far quizbot is from it on many more configurations.

    python -m tests.demos.reference.write           writes optimizers.json and schedules.json beside this file
    python -m tests.demos.reference.write --check   compares whole paths live and prints the largest differences

Needs PyTorch 2.13 (the CPU build will do) and numpy; run it from the root of the repository, in an environment of its
own. The suite never imports this file: it reads the JSON. Configurations are drawn with a fixed seed, and numbers are
written with all their digits, so that a second run writes the same bytes.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import random
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tests.demos.reference.problems import PROBLEMS, FloatArray

torch: Any = importlib.import_module("torch")  # no import statement: type checks run where PyTorch is not installed

HERE = Path(__file__).parent
AT = (1, 2, 3, 5, 10, 20, 50, 100, 200)
"""The updates after which the written paths keep x; whole paths would be twenty times as long."""

CHAOTIC = 1e-12
"""A case whose `torch_spread` is larger has no reference: see there."""

Case = dict[str, Any]


# Optimisers.

CLASSES = {"adagrad": "Adagrad", "rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW"}
TOP_RATES = {
    "quadratic": {"sgd": 0.05, "momentum": 0.02, "nesterov": 0.02},
    "rosenbrock": {"sgd": 1e-3, "momentum": 2e-4, "nesterov": 2e-4},
    "noisy": {"sgd": 0.05, "momentum": 0.02, "nesterov": 0.02},
}
"""The largest rates drawn: above them a path leaves the finite numbers or, on Rosenbrock, turns chaotic."""


def hyper_of(name: str, rng: random.Random) -> dict[str, Any]:
    """Hyperparameters drawn at random; each is left at its default about half of the time."""
    options: dict[str, Any] = {"weight_decay": rng.choice((0.0, 10 ** rng.uniform(-4, -0.5)))}
    if name in ("sgd", "momentum", "nesterov"):
        options["momentum"] = rng.choice((0.5, 0.9, 0.99, rng.uniform(0.01, 0.99)))
    if name in ("sgd", "momentum"):
        options["dampening"] = rng.choice((0.0, 0.9, rng.uniform(0, 1)))
    if name == "sgd" and rng.random() < 0.3:
        return {"momentum": options["momentum"], "nesterov": True}
    if name == "adagrad":
        options |= {"lr_decay": 10 ** rng.uniform(-4, -1), "initial_accumulator_value": rng.uniform(0, 2)}
    if name == "rmsprop":
        options |= {"alpha": rng.choice((0.0, 0.5, 0.9, 0.999)), "centered": True, "momentum": rng.uniform(0.1, 0.95)}
    if name in ("adam", "adamw"):
        options["betas"] = (rng.choice((0.0, 0.3, 0.5, rng.uniform(0, 0.99))), rng.choice((0.5, 0.9, 0.99, 0.9999)))
    if name in ("adagrad", "rmsprop", "adam", "adamw"):
        options["eps"] = 10 ** rng.uniform(-12, -1)
    drawn = {key: value for key, value in options.items() if rng.random() < 0.5}
    if drawn.get("centered") and drawn.get("alpha") == 0:
        # The variance of one value: PyTorch divides by the rounding error of g² − g·g, or takes its square root to nan.
        drawn["alpha"] = 0.5
    return drawn


def optimizer_case(name: str, problem: str, rng: random.Random, steps: int) -> Case:
    top = TOP_RATES[problem].get(name, 0.1)
    size = PROBLEMS[problem][1]
    return {
        "name": name,
        "problem": problem,
        "x0": [rng.uniform(-1.5, 1.5) for _ in range(size)],
        "steps": steps,
        "lr": top * 10 ** rng.uniform(-2, 0),
        "hyper": hyper_of(name, rng),
    }


def diverging_case(name: str, rng: random.Random) -> Case:
    """A rate so large that the path of plain or heavy-ball descent overflows within the run."""
    return {**optimizer_case(name, "quadratic", rng, 200), "lr": rng.uniform(20, 40), "hyper": {}}


def torch_path(case: Case, nudge: float = 0.0) -> FloatArray:
    """The path of PyTorch's own optimiser, shape (steps + 1, len(x0)); `nudge` multiplies x0 by 1 ± nudge in turn."""
    name, hyper = case["name"], dict(case["hyper"])
    if name in ("momentum", "nesterov"):
        hyper = {"momentum": 0.9, **hyper}
    if name == "nesterov":
        hyper["nesterov"] = True
    start = [value * (1 + nudge * (-1) ** i) for i, value in enumerate(case["x0"])]
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, CLASSES.get(name, "SGD"))([x], lr=case["lr"], **hyper)
    gradient = PROBLEMS[case["problem"]][0]()
    path = [x.detach().numpy().copy()]
    with np.errstate(all="ignore"):
        for _ in range(case["steps"]):
            x.grad = torch.from_numpy(gradient(path[-1].copy()))
            optimizer.step()
            path.append(x.detach().numpy().copy())
    return np.array(path)


def torch_spread(case: Case, path: FloatArray) -> float:
    """How far PyTorch's own path moves when x0 moves by a few of its last bits; inf where it overflows differently.

    Adaptive methods turn chaotic when they bounce around a minimum with a small eps. Then the last bits of x0 decide
    where the path ends, and so do those of every product: PyTorch itself gives other paths on processors whose
    multiply-add rounds once than on those where it rounds twice. No other implementation can agree there.
    """
    return difference(torch_path(case, nudge=4 * np.finfo(float).eps), path)[1]


def optimizer_cases(each: int, steps: int, rng: random.Random) -> Iterator[Case]:
    """`each` configurations a method and problem, the first at its defaults; then, where a method can, one that overflows."""
    names = ("sgd", "momentum", "nesterov", *CLASSES)
    for name in names:
        for problem in PROBLEMS:
            for i in range(each):
                case = optimizer_case(name, problem, rng, steps)
                yield case if i else {**case, "hyper": {}}
    for name in names[:3]:
        yield diverging_case(name, rng)


# Schedules.

SCHEDULERS = {
    "step": "StepLR",
    "multistep": "MultiStepLR",
    "exponential": "ExponentialLR",
    "linear": "LinearLR",
    "cosine": "CosineAnnealingLR",
    "cosine-restarts": "CosineAnnealingWarmRestarts",
    "polynomial": "PolynomialLR",
    "one-cycle": "OneCycleLR",
    "cyclic-triangular": "CyclicLR",
}
UPPER = {"t_max": "T_max", "t_0": "T_0", "t_mult": "T_mult"}


def params_of(name: str, rng: random.Random, steps: int) -> Case:
    """Parameters drawn at random: the required ones always, each optional one about half of the time."""

    def count(low: int) -> int:
        return rng.randint(low, max(low, round(steps * 1.3)))

    eta_min = {"eta_min": rng.choice((1e-5, 0.01, rng.uniform(0, 0.5)))}
    required: Case = {}
    optional: Case = {}
    match name:
        case "step":
            required, optional = {"step_size": rng.randint(1, steps)}, {"gamma": rng.uniform(0.1, 1.2)}
        case "multistep":
            required = {"milestones": sorted(rng.choices(range(steps + 5), k=rng.randint(0, 5)))}
            optional = {"gamma": rng.uniform(0.1, 1.2)}
        case "exponential":
            required = {"gamma": rng.uniform(0.7, 1.1)}
        case "linear":
            optional = {"start_factor": rng.uniform(0.01, 1), "end_factor": rng.choice((0.0, 1.0, rng.random()))}
            optional["total_iters"] = count(0)
        case "cosine":
            required, optional = {"t_max": rng.choice((1, 2, rng.randint(1, steps), count(1)))}, eta_min
        case "cosine-restarts":
            required, optional = {"t_0": rng.randint(1, steps)}, {"t_mult": rng.randint(1, 3), **eta_min}
        case "polynomial":
            optional = {"total_iters": count(0), "power": rng.choice((0.0, 0.5, 2.0, rng.uniform(0, 4)))}
        case "one-cycle":
            required = {"max_lr": 10 ** rng.uniform(-4, 0.5)}
        case "cyclic-triangular":
            required = {"base_lr": 10 ** rng.uniform(-5, -1), "max_lr": 10 ** rng.uniform(-1, 0.5)}
            optional = {"step_size_up": rng.randint(1, steps)}
    return {**required, **{key: value for key, value in optional.items() if rng.random() < 0.5}}


def torch_rates(case: Case) -> FloatArray:
    """The rate before each update of a PyTorch optimiser that is really stepped."""
    parameter = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([parameter], lr=case["lr"], momentum=0.9)
    params = {UPPER.get(key, key): value for key, value in case["params"].items()}
    if case["name"] == "one-cycle":
        params["total_steps"] = case["steps"]
    scheduler = getattr(torch.optim.lr_scheduler, SCHEDULERS[case["name"]])(optimizer, **params)
    rates = []
    for _ in range(case["steps"]):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        parameter.grad = torch.zeros_like(parameter)
        optimizer.step()
        scheduler.step()
    return np.array(rates)


def schedule_cases(each: int, lengths: tuple[int, ...], rng: random.Random) -> list[Case]:
    cases = []
    for name in SCHEDULERS:
        for i in range(each):
            steps = lengths[i % len(lengths)]
            params = params_of(name, rng, steps)
            cases.append({"name": name, "steps": steps, "lr": 10 ** rng.uniform(-4, 0.5), "params": params})
    return cases


# Output.


def write() -> None:
    """Writes both files. Numbers are in Python's shortest form that reads back exactly; NaN and Infinity may occur."""
    optimizers, chaotic = [], 0
    for case in optimizer_cases(10, AT[-1], random.Random(20_260_501)):
        path = torch_path(case)
        if torch_spread(case, path) > CHAOTIC:
            chaotic += 1
        else:
            optimizers.append({**case, "path": path[list(AT)].tolist()})
    schedules = schedule_cases(8, (1, 2, 3, 4, 13, 30, 47, 60), random.Random(20_260_502))
    for case in schedules:
        case["rates"] = torch_rates(case).tolist()
    written_by = f"PyTorch {torch.__version__.partition('+')[0]}"
    _write(HERE / "optimizers.json", {"written_by": written_by, "at": AT, "chaotic_left_out": chaotic}, optimizers)
    _write(HERE / "schedules.json", {"written_by": written_by}, schedules)


def _write(path: Path, head: Case, cases: list[Case]) -> None:
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    path.write_text(f'{json.dumps(head)[:-1]}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{path.name}: {len(cases)} cases, {path.stat().st_size:,} bytes")


def check() -> None:
    """Prints, for each method, the largest difference from PyTorch over whole paths: absolute, and per max(1, |x|)."""
    from quizbot.demos import optimizers, schedules

    rows: dict[str, list[tuple[float, float, float]]] = {}
    for case in optimizer_cases(40, 300, random.Random(1)):
        name, problem, gradient = case["name"], case["problem"], PROBLEMS[case["problem"]][0]()
        ours = optimizers.run(name, gradient, case["x0"], steps=case["steps"], lr=case["lr"], **case["hyper"])
        path = torch_path(case)
        spread = torch_spread(case, path)
        label = f"{name} on {problem}" if spread <= CHAOTIC else f"{name}, chaotic"
        rows.setdefault(label, []).append((*difference(ours, path), spread))
    for case in schedule_cases(200, (*range(1, 9), 100, 1_000), random.Random(2)):
        ours = schedules.rates(case["name"], steps=case["steps"], lr=case["lr"], **case["params"])
        rows.setdefault(f"schedule {case['name']}", []).append((*difference(ours, torch_rates(case)), 0.0))
    print(f"{torch.backends.cpu.get_cpu_capability()}; largest differences")
    print(f"{'':28} runs  absolute  per max(1, |x|)  PyTorch from itself, x0 nudged")
    for label, found in rows.items():
        absolute, scaled, spread = (max(column) for column in zip(*found, strict=True))
        print(f"{label:28} {len(found):4}  {absolute:8.1e}  {scaled:8.1e}  {spread:8.1e}")


def difference(ours: FloatArray, theirs: FloatArray) -> tuple[float, float]:
    """The largest difference, and the largest per max(1, |x|); inf where one has inf or nan and the other does not."""
    finite = np.isfinite(theirs)
    if not np.array_equal(ours[~finite], theirs[~finite], equal_nan=True) or not np.isfinite(ours[finite]).all():
        return math.inf, math.inf
    apart = np.abs(ours[finite] - theirs[finite])
    return float(apart.max(initial=0)), float((apart / np.maximum(1, np.abs(theirs[finite]))).max(initial=0))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Reference vectors from PyTorch.")
    parser.add_argument("--check", action="store_true", help="compare with quizbot instead of writing")
    torch.set_num_threads(1)
    warnings.simplefilter("error")
    check() if parser.parse_args().check else write()
