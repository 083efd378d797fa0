"""The registry of demos: find one by name, check its parameters, run it.

Importing this module costs next to nothing: numpy comes in with the first run, pydantic never.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from quizbot.demos.catalogue import SPECS
from quizbot.demos.errors import DemoError, ParamError, UnknownDemo
from quizbot.demos.params import Param, ParamKind, ParamValue, format_number
from quizbot.demos.results import DemoModule, DemoResult, Frame, Grid, Series, SummaryValue, View, to_csv
from quizbot.demos.spec import DemoSpec

__all__ = [
    "FRAME_CAP",
    "DemoError",
    "DemoModule",
    "DemoResult",
    "DemoSpec",
    "Frame",
    "Grid",
    "Param",
    "ParamError",
    "ParamKind",
    "ParamValue",
    "Series",
    "SummaryValue",
    "UnknownDemo",
    "View",
    "all_specs",
    "command_line",
    "describe",
    "format_number",
    "frames",
    "get",
    "parse_params",
    "run",
    "table",
    "to_csv",
]

FRAME_CAP = 2_000
"""Most frames that `frames` yields unless told otherwise: more cannot be watched, and each one holds its series."""

_BY_NAME = {spec.name: spec for spec in SPECS}


def all_specs() -> tuple[DemoSpec, ...]:
    """Every demo, in the order of the catalogue."""
    return SPECS


def get(name: str) -> DemoSpec:
    """The demo called `name`. Raises UnknownDemo, which knows names that look like it."""
    spec = _BY_NAME.get(name)
    if spec is None:
        raise UnknownDemo(name, tuple(_close(name.strip().lower().replace("_", "-"), _BY_NAME)), tuple(_BY_NAME))
    return spec


def parse_params(spec: DemoSpec, given: Mapping[str, object] | None = None) -> dict[str, ParamValue]:
    """Every parameter of `spec` in its own order: the value in `given`, or the default.

    `given` comes from `--set k=1,2,3` and from input fields as text, from YAML as numbers and lists.
    Raises ParamError for the first name that is unknown or value that is malformed or out of range.
    """
    given = given or {}
    for name in given:
        if not isinstance(name, str) or spec.param(name) is None:
            raise ParamError(str(name), _unknown_param(spec, str(name)))
    return {
        param.name: param.parse(given[param.name]) if param.name in given else param.default for param in spec.params
    }


def run(name: str, params: Mapping[str, object] | None = None) -> DemoResult:
    """The whole run of a demo. Raises UnknownDemo or ParamError; numbers that overflow are part of the result."""
    spec = get(name)
    return _module(spec).result(parse_params(spec, params))


def frames(name: str, params: Mapping[str, object] | None = None, *, frame_cap: int = FRAME_CAP) -> Iterator[Frame]:
    """The run of a demo frame by frame, at most `frame_cap` of them: evenly thinned, first and last always kept.

    Parameters are checked at once, steps are computed as frames are taken, so a caller can stop at any time.
    Raises UnknownDemo, ParamError, or ValueError for a cap below 2.
    """
    if frame_cap < 2:
        raise ValueError("frame_cap must be at least 2: the first and the last frame")
    spec = get(name)
    values = parse_params(spec, params)
    module = _module(spec)
    # Frames after the first share frame_cap - 1 places; rounding up keeps the last one inside the cap.
    every = max(1, -(-(module.frame_count(values) - 1) // (frame_cap - 1)))
    return module.frames(values, every=every)


def describe(result: DemoResult) -> list[str]:
    """What the plot of `result` shows, in sentences."""
    return _module(get(result.demo)).text_summary(result)


def table(result: DemoResult) -> list[list[str]]:
    """The figures beside the plot of `result`: a row of headings, then one row a series."""
    return _module(get(result.demo)).table(result)


def command_line(name: str, params: Mapping[str, object] | None = None) -> str:
    """The command that reproduces a run; parameters at their default are left out. Raises UnknownDemo or ParamError."""
    spec = get(name)
    values = parse_params(spec, params)
    changed = [param for param in spec.params if values[param.name] != param.default]
    return " ".join(
        ["quizbot", "demo", spec.name, *(f"--set {param.name}={param.format(values[param.name])}" for param in changed)]
    )


def _module(spec: DemoSpec) -> DemoModule:
    return cast(DemoModule, importlib.import_module(spec.module))


def _unknown_param(spec: DemoSpec, name: str) -> str:
    names = [param.name for param in spec.params]
    close = _close(name, names)
    hint = f"did you mean {close[0]}?" if close else f"it has {', '.join(names)}"
    return f"{spec.name} has no such parameter; {hint}"


def _close(name: str, names: Iterable[str]) -> list[str]:
    """Up to three of `names` that look like `name`, best first."""
    import difflib  # only wanted when something went wrong

    return difflib.get_close_matches(name[:80], list(names), n=3, cutoff=0.5)
