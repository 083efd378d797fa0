"""The description of a demo: everything that can be said about it without running it."""

from __future__ import annotations

from dataclasses import dataclass

from quizbot.demos.params import Param, ParamValue


@dataclass(frozen=True, slots=True)
class DemoSpec:
    """One demo. `module` is a constant of this package; content refers to a demo by `name` alone.

    `look_for` says what to watch, `scope` when the claim does not hold, `proves` lists `question:key-point` ids.
    `y_log` tells whether the plot starts with a logarithmic y axis; such an axis shows magnitudes, hence `y_log_label`.
    """

    name: str
    module: str
    title: str
    topics: tuple[str, ...]
    shows: str
    look_for: str
    scope: str
    params: tuple[Param, ...]
    x_label: str
    y_label: str
    y_log_label: str
    x_log: bool = False
    y_log: bool = False
    proves: tuple[str, ...] = ()

    @property
    def defaults(self) -> dict[str, ParamValue]:
        return {param.name: param.default for param in self.params}

    def param(self, name: str) -> Param | None:
        return next((param for param in self.params if param.name == name), None)
