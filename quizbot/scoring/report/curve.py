"""The learning curve: what more questions with graded answers are worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from ..data import GradedQuestion
from .figures import mean
from .intervals import intervals
from .judging import Judged, judge
from .methods import Method

DRAWS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """Trained on `questions`: means over the draws, with the smallest and the largest of each figure."""

    questions: int
    draws: int
    accuracy: float
    macro_f1: float
    r: float
    accuracy_range: tuple[float, float]
    macro_f1_range: tuple[float, float]
    r_range: tuple[float, float]


def subsets(count: int, sizes: Sequence[int], folds: int, draw: int) -> list[tuple[list[int], dict[int, list[int]]]]:
    """For each fold the questions left out, and for each size the questions trained on, none of them left out.

    Larger sets contain the smaller ones of the same fold. A size beyond what is there is cut to that; the same draw gives the
    same sets.
    """
    order = list(range(count))
    Random(f"curve:{draw}").shuffle(order)
    folds = min(folds, count)
    made = []
    for fold in range(folds):
        out = order[fold::folds]
        rest = [number for place, number in enumerate(order) if place % folds != fold]
        # Each fold begins at another place, so that a few questions do not stand for all small sets of a draw.
        start = fold * len(rest) // folds
        rest = rest[start:] + rest[:start]
        made.append((sorted(out), {size: sorted(rest[:size]) for size in _possible(sizes, count, folds)}))
    return made


def _possible(sizes: Sequence[int], count: int, folds: int) -> list[int]:
    """The sizes, none larger than every fold can give."""
    most = count - -(-count // folds)
    return sorted({min(size, most) for size in sizes})


def curve(
    questions: Sequence[GradedQuestion], method: Method, sizes: Sequence[int], folds: int, draws: int = DRAWS
) -> tuple[Step, ...]:
    """Every question judged by scorers that were trained on so many others, several times over.

    Raises ValueError when the method learns nothing or a size is below 1.
    """
    if not method.learns:
        raise ValueError("a learning curve needs a method that is trained, not one from the package")
    if not sizes or min(sizes) < 1:
        raise ValueError("a learning curve needs numbers of questions from 1")
    figures: dict[int, list[tuple[float, float, float]]] = {}
    for draw in range(draws):
        judged: dict[int, list[Judged]] = {}
        for out, chosen in subsets(len(questions), sizes, folds, draw):
            for size, numbers in chosen.items():
                scorer = method.trained_on(numbers)
                for number in out:
                    judged.setdefault(size, []).extend(judge(questions[number], scorer, bank=method.bank))
        for size, found in judged.items():
            got = intervals(found)
            figures.setdefault(size, []).append((got.accuracy.value, got.macro_f1.value, got.r.value))
    return tuple(_step(size, rows) for size, rows in sorted(figures.items()))


def _step(size: int, rows: list[tuple[float, float, float]]) -> Step:
    columns = [list(column) for column in zip(*rows, strict=True)]
    accuracy, macro_f1, r = (mean(column) for column in columns)
    low_high = [(min(column), max(column)) for column in columns]
    return Step(size, len(rows), accuracy, macro_f1, r, *low_high)


def lines(steps: Sequence[Step]) -> list[str]:
    """The learning curve as a table."""
    return [
        f"learning curve: means of {steps[0].draws} draws, smallest and largest in brackets",
        f"{'questions':>9s}  {'accuracy':22s}  {'macro-F1':22s}  r",
        *(
            f"{s.questions:9d}  {_ranged(s.accuracy, s.accuracy_range)}  {_ranged(s.macro_f1, s.macro_f1_range)}"
            f"  {_ranged(s.r, s.r_range)}"
            for s in steps
        ),
    ]


def _ranged(value: float, bounds: tuple[float, float]) -> str:
    return f"{value:.3f} ({bounds[0]:.3f} to {bounds[1]:.3f})"
