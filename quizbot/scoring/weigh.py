"""Two opinions weighed: boosted trees over the features, the first trees' probabilities and the reader's log-odds.

Fitted on graded answers whose questions neither side had seen (`train_weighing`); the trees are `weighing.json` beside this
module, in the form of `weights.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from .features import NAMES as FEATURES
from .model import VERDICTS, Model, model_from

_FILE = Path(__file__).with_name("weighing.json")
_FLOOR = 0.001
NAMES: tuple[str, ...] = (*FEATURES, *(f"trees_{v}" for v in VERDICTS), *(f"reader_{v}" for v in VERDICTS))
"""What a row holds: the features, then log-probabilities of the verdicts by the first trees and by the reader."""


def row_of(features: Sequence[float], trees: Sequence[float], log_odds: Sequence[float]) -> list[float]:
    """One row of NAMES, rounded so that machines agree; `trees` are probabilities."""
    top = max(log_odds)
    total = top + math.log(sum(math.exp(value - top) for value in log_odds))
    said = [math.log(value + _FLOOR) for value in trees]
    read = [max(value - total, math.log(_FLOOR)) for value in log_odds]
    return [*features, *(round(value, 4) for value in (*said, *read))]


@lru_cache(maxsize=1)
def shipped_weighing() -> Model:
    """The weighing in the package, read once."""
    return model_from(json.loads(_FILE.read_text(encoding="utf-8")))
