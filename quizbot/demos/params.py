"""Parameters of demos: what a value may be, read from text or data, and written back as text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quizbot.demos.errors import ParamError

ParamKind = Literal["float", "int", "floats", "ints", "choice"]
ParamValue = float | int | str | tuple[float, ...] | tuple[int, ...]

# A number typed by a person is short; anything longer is a paste that went wrong.
_MAX_NUMBER_TEXT = 60


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a demo.

    `low` and `high` bound every number of the value and are themselves allowed unless `low_open` or `high_open` says
    otherwise; None leaves that side free. `slider` is the narrower range that is worth dragging through, on a
    logarithmic scale when `log` is set. Lists hold 1 to `max_items` different numbers.
    """

    name: str
    kind: ParamKind
    default: ParamValue
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    nonzero: bool = False
    unit: str = ""
    help: str = ""
    log: bool = False
    slider: tuple[float, float] | None = None
    max_items: int = 8
    choices: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        return self.kind in ("floats", "ints")

    @property
    def range_text(self) -> str:
        """The allowed numbers in words, such as `above 0 and up to 1000`; the choices for a choice."""
        if self.kind == "choice":
            return ", ".join(self.choices)
        bounds = []
        if self.low is not None:
            bounds.append(f"{'above' if self.low_open else 'from'} {format_number(self.low)}")
        if self.high is not None:
            bounds.append(f"{'below' if self.high_open else 'up to'} {format_number(self.high)}")
        text = " and ".join(bounds) if self.low_open or self.high_open else " ".join(bounds)
        return f"{text} other than 0".lstrip() if self.nonzero else text

    def parse(self, raw: object) -> ParamValue:
        """The value that `raw` stands for: text as typed (`0.1, 1.9`), or numbers and lists as YAML and JSON give them.

        Numbers of float parameters come back as float, of int parameters as int, lists as tuples.
        Raises ParamError.
        """
        if self.kind == "choice":
            return self._choice(raw)
        if not self.is_list:
            return self._number(raw)
        values = [self._number(item) for item in self._items(raw)]
        for i, value in enumerate(values):
            if value in values[:i]:
                raise ParamError(self.name, f"{format_number(value)} is given twice")
        return tuple(values)

    def format(self, value: ParamValue) -> str:
        """`value` as text that `parse` reads back to the same value."""
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return ",".join(format_number(item) for item in value)
        return format_number(value)

    def _choice(self, raw: object) -> str:
        text = raw.strip() if isinstance(raw, str) else ""
        if text not in self.choices:
            raise ParamError(self.name, f"{_quoted(raw)} is not a choice, give one of {self.range_text}")
        return text

    def _items(self, raw: object) -> Sequence[object]:
        items: Sequence[object]
        if isinstance(raw, str):
            text = raw.strip().removeprefix("[").removesuffix("]").replace(";", ",")
            items = text.split(",") if "," in text else text.split()
        elif isinstance(raw, Sequence) and not isinstance(raw, (bytes, bytearray)):
            items = raw
        else:
            items = [raw]
        if not items:
            raise ParamError(self.name, "is empty, give one number or several, separated by commas")
        if len(items) > self.max_items:
            raise ParamError(self.name, f"{len(items)} numbers are too many, give at most {self.max_items}")
        return items

    def _number(self, raw: object) -> float | int:
        whole = self.kind in ("int", "ints")
        value = _to_number(raw)
        if value is None:
            if isinstance(raw, str) and not raw.strip():
                raise ParamError(self.name, "a number is missing")
            raise ParamError(self.name, f"{_quoted(raw)} is not a {'whole number' if whole else 'number'}")
        if not self._allows(value):
            noun = "whole number" if whole else "number"
            noun = f"{noun}s" if self.is_list else f"a {noun}"
            reason = f"is out of range, give {noun} {self.range_text}".rstrip()
            raise ParamError(self.name, f"{format_number(value)} {reason}")
        if not whole:
            return float(value)
        if value != int(value):
            raise ParamError(self.name, f"{format_number(value)} is not a whole number")
        return int(value)

    def _allows(self, value: float | int) -> bool:
        if isinstance(value, float) and not math.isfinite(value):
            return False
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        if self.high is not None and (value > self.high or (self.high_open and value == self.high)):
            return False
        return not (self.nonzero and value == 0)


def format_number(value: float | int) -> str:
    """The shortest text that reads back to `value`, whole numbers without a decimal point: `0.1`, `25`, `1e-05`."""
    text = repr(value)
    return text.removesuffix(".0") if isinstance(value, float) else text


def _to_number(raw: object) -> float | int | None:
    """`raw` as a number, or None. Booleans are not numbers here, although Python counts them among the integers."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        # A whole number beyond float64 is out of every range; inf says so without an overflow.
        return raw if abs(raw) < 2**1000 else math.inf
    if isinstance(raw, float):
        return raw
    if not isinstance(raw, str) or len(raw) > _MAX_NUMBER_TEXT:
        return None
    text = raw.strip().replace("−", "-")
    try:
        return int(text)
    except ValueError:
        pass
    try:
        value = float(text)
    except ValueError:
        return None
    return None if math.isnan(value) else value


def _quoted(raw: object, limit: int = 30) -> str:
    text = repr(raw) if not isinstance(raw, str) else f"'{raw.strip()}'"
    text = "".join(char if char.isprintable() else "?" for char in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
