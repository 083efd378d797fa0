"""Figures as plain JSON data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from ..measures import median


def plain(value: Any) -> Any:
    """Dataclasses, mappings and sequences as JSON data, numbers to six decimals; what is not a number is null."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    return value


def mean(values: list[float]) -> float:
    """The mean; not a number without values."""
    return sum(values) / len(values) if values else math.nan


def middle(values: list[float]) -> float:
    """The median; not a number without values."""
    return median(values) if values else math.nan


def shown(value: float, width: int = 7, digits: int = 3) -> str:
    """A number with so many decimals, or a dash where there is none."""
    return f"{value:{width}.{digits}f}" if math.isfinite(value) else f"{'–':>{width}}"
