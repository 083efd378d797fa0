"""What each group of features is worth: the trees trained again without it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .. import features
from ..data import GradedQuestion
from .intervals import Intervals, differences, intervals
from .judging import Judged, Scorer
from .methods import Trees, judge_all, scorers_of

_SIBLINGS = ("sibling_here", "pool", "pool_share", "pool_margin", "pool_rank")
_POLARITY = ("agree", "opposite", "clash", "refuted", "denial", "correction", "hedged", "negation")
_WORDING = ("order", "exact", "number", "grammar")
_AGAINST = ("only_accepted", "only_rejected", "reject_here")
_PULLED = (*_SIBLINGS, *_POLARITY, *_WORDING, *_AGAINST)

GROUPS: Mapping[str, tuple[str, ...]] = {
    "word overlap": tuple(name for name in features._POINT if name not in _PULLED),
    "wording and order": (*_WORDING, "word_order"),
    "siblings of the point": _SIBLINGS,
    "polarity": _POLARITY,
    "whole answer": features._WHOLE,
    "partial phrasings": features._PARTIAL,
    "rejected statements": (*features._REJECT, *_AGAINST),
    "contrast": features._CONTRAST,
    "character n-grams": features._SPELT,
    "stance": features._STANCE,
    "other points and topic": tuple(name for name in features._OTHERS if name != "word_order"),
}
"""Every feature in one group."""


@dataclass(frozen=True, slots=True)
class Without:
    """What changes without a group: negative is what the group is worth. Intervals are of the paired differences."""

    group: str
    features: int
    change: Intervals


@dataclass(frozen=True, slots=True)
class Ablation:
    """The figures with all features, and the changes."""

    everything: Intervals
    without: tuple[Without, ...]


class _Reduced:
    """The trees without some features."""

    def __init__(self, trees: Trees, names: Sequence[str]) -> None:
        self.bank, self.learns, self.shipped = trees.bank, trees.learns, trees.shipped
        self._trees, self._names = trees, names

    def trained_on(self, numbers: Collection[int]) -> Scorer:
        """A scorer that learnt from these questions with the other features only."""
        return self._trees.trained_on(numbers, self._names)


def ablation(questions: Sequence[GradedQuestion], trees: Trees, folds: int) -> Ablation:
    """Trains once for every group and fold."""

    def judged(names: Sequence[str]) -> list[Judged]:
        return judge_all(questions, scorers_of(_Reduced(trees, names), questions, folds), trees.bank)

    full = judged(())
    rows = [Without(group, len(names), differences(judged(names), full)) for group, names in GROUPS.items()]
    return Ablation(intervals(full), tuple(rows))


def lines(a: Ablation) -> list[str]:
    """The changes as a table, the worst loss of macro-F1 first."""
    rows = sorted(a.without, key=lambda row: (row.change.macro_f1.value, row.group))
    return [
        "ablation, trees alone, trained again without a group of features",
        f"{'all features':24s} {sum(len(names) for names in GROUPS.values()):8d}  "
        + "  ".join(f"{i!s:25s}" for i in (a.everything.accuracy, a.everything.macro_f1, a.everything.r)).rstrip(),
        f"{'without':24s} features  {'accuracy':25s}  {'macro-F1':25s}  r",
        *(
            f"{row.group:24s} {row.features:8d}  {row.change.accuracy.signed()}  {row.change.macro_f1.signed()}"
            f"  {row.change.r.signed()}"
            for row in rows
        ),
    ]
