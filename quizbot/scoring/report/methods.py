"""Where scorers come from: ways of scoring that are trained on some questions and measured on the others.

A new way of scoring is a class like `Trees` with a name in `METHODS`; nothing else in the evaluation knows how it works.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from ..data import GradedQuestion
from ..idf import Idf
from ..model import Model, model_from
from ..prepared import Prepared
from ..scorer import Judges, score_prepared
from ..types import Score
from .judging import Judged, Scorer, judge

if TYPE_CHECKING:
    from ..train import Rows


class Method(Protocol):
    """A way of scoring.

    `bank` holds the word statistics that its questions are prepared with, None for those in the package. `learns` tells
    whether `trained_on` depends on its argument. `shipped` is the like scorer in the package, for data that nobody trained on.
    """

    bank: Idf | None
    learns: bool
    shipped: Scorer

    def trained_on(self, numbers: Collection[int]) -> Scorer:
        """A scorer that learnt from the questions with these numbers only."""


Maker = Callable[[Sequence[GradedQuestion]], Method]


def _quick(prepared: Prepared, text: str, role: str) -> Score:
    return score_prepared(prepared, text, role, thorough=False)


def thorough(prepared: Prepared, text: str, role: str) -> Score:
    """The scorer in the package as people meet it."""
    return score_prepared(prepared, text, role)


def by_trees(model: Model) -> Scorer:
    """The quick scorer with other trees than those in the package."""
    judges = Judges(trees=model)

    def scorer(prepared: Prepared, text: str, role: str) -> Score:
        return score_prepared(prepared, text, role, thorough=False, judges=judges)

    return scorer


class Trees:
    """The boosted trees alone, trained anew. Features are computed once and shared by all trainings.

    The words of all questions are in the word statistics of the training rows, each question's own left out; what a question
    is trained on besides its own answers (foreign answers, see `train.rows_of`) may be the text of any other, never its gold.
    """

    def __init__(self, questions: Sequence[GradedQuestion]) -> None:
        from ..train import bank_of

        self.questions = questions
        self.learns = True
        self.shipped: Scorer = _quick
        words = bank_of(questions)
        self.bank: Idf | None = words
        self._words = words

    @cached_property
    def rows(self) -> Rows:
        """The training rows of all questions."""
        from ..train import rows_of

        return rows_of(self.questions, self._words)

    def trained_on(self, numbers: Collection[int], without: Collection[str] = ()) -> Scorer:
        """Trees that learnt from the questions with these numbers, and without the features of these names."""
        return by_trees(model_from(self.weights(numbers, without)))

    def weights(self, numbers: Collection[int], without: Collection[str] = ()) -> dict[str, Any]:
        """What `trained_on` reads, in the form of `weights.json`; features left out are in no tree, the others keep place."""
        from dataclasses import replace

        import numpy as np

        from ..features import NAMES
        from ..train import train_rows

        rows = self.rows
        chosen = np.isin(rows.group, sorted(numbers))
        if not without:
            return train_rows(rows, chosen)
        kept = [place for place, name in enumerate(NAMES) if name not in without]
        data = train_rows(replace(rows, x=rows.x[:, kept]), chosen)
        for tree in data["trees"]:
            tree["feature"] = [kept[feature] if feature >= 0 else feature for feature in tree["feature"]]
        return data


class _Shipped:
    """What the package ships, whatever the questions: an optimistic measure where they were trained on."""

    learns = False

    def __init__(self, scorer: Scorer) -> None:
        self.bank: Idf | None = None
        self.shipped = scorer

    def trained_on(self, _numbers: Collection[int]) -> Scorer:
        """The shipped scorer."""
        return self.shipped


def shipped(_questions: Sequence[GradedQuestion]) -> Method:
    """The scorer in the package as people meet it when they finish an answer."""
    return _Shipped(thorough)


def shipped_quick(_questions: Sequence[GradedQuestion]) -> Method:
    """The scorer in the package as it runs while people type: the trees alone."""
    return _Shipped(_quick)


METHODS: Mapping[str, Maker] = {"trees": Trees, "shipped": shipped, "shipped-quick": shipped_quick}
"""Ways of scoring by name; each is made from all graded questions, with the numbers that `trained_on` is given."""


def left_out(method: Method, count: int, folds: int) -> Iterator[tuple[list[int], list[int], Scorer]]:
    """(numbers left out, numbers trained on, scorer) of every fold of `count` questions.

    Question n is left out in fold n modulo the number of folds; as many folds as questions leave out one at a time.
    """
    folds = min(folds, count)
    for fold in range(folds):
        out = list(range(fold, count, folds))
        rest = [number for number in range(count) if number % folds != fold]
        yield out, rest, method.trained_on(rest)


def scorers_of(method: Method, questions: Sequence[GradedQuestion], folds: int) -> dict[str, Scorer]:
    """For every question's id a scorer that learnt nothing from it."""
    if not method.learns:
        return {question.id: method.shipped for question in questions}
    return {questions[n].id: scorer for out, _, scorer in left_out(method, len(questions), folds) for n in out}


def judge_all(questions: Sequence[GradedQuestion], scorers: Mapping[str, Scorer], bank: Idf | None) -> list[Judged]:
    """All answers, each judged by the scorer of its question."""
    return [j for question in questions for j in judge(question, scorers[question.id], bank=bank)]
