"""The decision model: small boosted trees over readable features, read from `weights.json` and run in plain Python.

Every tree has one vector of four numbers a leaf, added up into the log-odds of the four verdicts; a temperature fitted on
left-out questions makes the probabilities honest.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from .types import VALUES, VerdictName

VERDICTS: tuple[VerdictName, ...] = ("missing", "partial", "covered", "contradicted")
_FILE = Path(__file__).with_name("weights.json")

DEPTH = 3
Leaf = tuple[float, ...]
Tree = tuple[int, float, int, float, int, float, int, float, int, float, int, float, int, float, tuple[Leaf, ...]]
"""A full tree of depth 3: feature and threshold of its seven inner nodes, level by level, and its eight leaves. A row goes
right where its feature is above the threshold; a node that decides nothing has an infinite one."""


@dataclass(frozen=True, slots=True)
class Model:
    """`names` fixes the order of the features; `start` is the log-odds before any tree; `prior` is added at the decision."""

    names: tuple[str, ...]
    start: tuple[float, ...]
    trees: tuple[Tree, ...]
    temperature: float
    prior: tuple[float, ...]

    def logits(self, row: Sequence[float]) -> list[float]:
        """Log-odds of `VERDICTS` for one row of features, before temperature."""
        missing, partial, covered, wrong = self.start
        # Unrolled: this loop runs a hundred times for every key point, on every pause in typing.
        for f0, t0, f1, t1, f2, t2, f3, t3, f4, t4, f5, t5, f6, t6, leaves in self.trees:
            if row[f0] > t0:
                at = (7 if row[f6] > t6 else 6) if row[f2] > t2 else (5 if row[f5] > t5 else 4)
            else:
                at = (3 if row[f4] > t4 else 2) if row[f1] > t1 else (1 if row[f3] > t3 else 0)
            a, b, c, d = leaves[at]
            missing += a
            partial += b
            covered += c
            wrong += d
        return [missing, partial, covered, wrong]

    def probabilities(self, row: Sequence[float]) -> list[float]:
        """Calibrated probabilities of `VERDICTS` for one row of features, rounded to six decimals."""
        return softmax([value / self.temperature for value in self.logits(row)])

    def decide(self, probabilities: Sequence[float]) -> VerdictName:
        """The verdict with the highest probability after the fitted preference; ties go to the earlier of `VERDICTS`."""
        weighed = [round(p * q, 9) for p, q in zip(probabilities, self.prior, strict=True)]
        return VERDICTS[weighed.index(max(weighed))]


def softmax(values: Sequence[float]) -> list[float]:
    """Probabilities that sum to about 1, rounded to six decimals so that machines agree."""
    top = max(values)
    raised = [math.exp(value - top) for value in values]
    total = sum(raised)
    return [round(value / total, 6) for value in raised]


def expected_credit(probabilities: Sequence[float]) -> float:
    """The mean credit under the probabilities, in [-0.5, 1]."""
    credit = sum(p * VALUES[verdict] for p, verdict in zip(probabilities, VERDICTS, strict=True))
    return round(min(1.0, max(-0.5, credit)), 4)


def model_from(data: Mapping[str, Any]) -> Model:
    """A model from the JSON of `weights.json`; ValueError when a tree has another shape than the scorer reads."""
    trees: list[Tree] = []
    for tree in data["trees"]:
        features, limits, leaves = tree["feature"], tree["above"], tree["leaf"]
        if len(features) != 2**DEPTH - 1 or len(leaves) != 2**DEPTH:
            raise ValueError(f"weights.json: every tree needs {2**DEPTH - 1} inner nodes and {2**DEPTH} leaves")
        nodes = [(f, t) if f >= 0 else (0, math.inf) for f, t in zip(features, limits, strict=True)]
        flat = [value for node in nodes for value in node]
        trees.append(cast("Tree", (*flat, tuple(tuple(leaf) for leaf in leaves))))
    return Model(tuple(data["features"]), tuple(data["start"]), tuple(trees), data["temperature"], tuple(data["prior"]))


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model in the package, read once."""
    return model_from(json.loads(_FILE.read_text(encoding="utf-8")))
