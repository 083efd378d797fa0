"""How much better a scorer does on questions that it was trained on: the measure of overfitting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..data import GradedQuestion
from .agreement import Agreement, agreement
from .calibration import calibration
from .judging import Judged, judge
from .methods import Method, left_out


@dataclass(frozen=True, slots=True)
class Side:
    """One measure on training questions and on left-out ones."""

    measure: str
    trained: float
    left_out: float


_OF: Mapping[str, Callable[[Agreement], float]] = {
    "accuracy": lambda a: a.overall.accuracy.value,
    "macro-F1": lambda a: a.overall.macro_f1.value,
    "F1 missing": lambda a: a.f1["missing"],
    "F1 partial": lambda a: a.f1["partial"],
    "F1 covered": lambda a: a.f1["covered"],
    "F1 contradicted": lambda a: a.f1["contradicted"],
    "r with grade": lambda a: a.overall.r.value,
    "r per question": lambda a: a.r_mean,
}


def gap(questions: Sequence[GradedQuestion], method: Method, folds: int) -> tuple[Side, ...]:
    """Every question judged twice: by the scorer that left it out, and by that of the fold before, which trained on it.

    Raises ValueError when the method learns nothing or there are fewer than two questions or folds.
    """
    if not method.learns:
        raise ValueError("the gap needs a method that is trained, not one from the package")
    if min(folds, len(questions)) < 2:
        raise ValueError("the gap needs at least two questions and two folds")
    made = list(left_out(method, len(questions), folds))
    seen: list[Judged] = []
    unseen: list[Judged] = []
    for place, (out, _, scorer) in enumerate(made):
        trained = made[(place + 1) % len(made)][0]
        unseen += [j for n in out for j in judge(questions[n], scorer, bank=method.bank)]
        seen += [j for n in trained for j in judge(questions[n], scorer, bank=method.bank)]
    one, other = agreement(seen), agreement(unseen)
    sides = [Side(name, of(one), of(other)) for name, of in _OF.items()]
    return (*sides, Side("Brier", calibration(seen).brier, calibration(unseen).brier))


def lines(sides: Sequence[Side]) -> list[str]:
    """Both sides and their difference."""
    return [
        "overfitting: the same questions, trained on and left out",
        f"{'measure':18s} trained  left out     gap",
        *(f"{s.measure:18s} {s.trained:7.3f}   {s.left_out:7.3f} {s.trained - s.left_out:+7.3f}" for s in sides),
    ]
