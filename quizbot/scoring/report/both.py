"""The thorough scorer with nothing of a question known to it: trees trained anew, and readings of left-out questions.

The reader's network is too dear to train for every fold, so its log-odds are read from the file that
`python -m quizbot.scoring.reader.fit --half` wrote: every answer as a network saw it that was trained on the other half of the
questions. The weighing is fitted on the questions trained on, from opinions of models that had not seen those either; each
such model may have seen the question that is left out, of which the opinions on other questions keep little.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..data import GradedQuestion
from ..idf import Idf
from ..model import model_from
from ..prepared import Prepared
from ..scorer import Judges, score_prepared
from ..types import Score
from .judging import Scorer
from .methods import Trees, thorough

if TYPE_CHECKING:
    from ..train_weighing import Opinions, Readings


class Both:
    """Trees and reader, weighed. Scores only texts that have a reading."""

    learns = True

    def __init__(self, questions: Sequence[GradedQuestion], readings: Readings) -> None:
        from ..train_weighing import TEXT, WHOLE

        self.trees = Trees(questions)
        self.bank: Idf | None = self.trees.bank
        self.shipped: Scorer = thorough
        self._questions = questions
        self._readings = readings
        by_id = {question.id: question for question in questions}
        texts = {(question.id, WHOLE, answer.id): answer.text for question in questions for answer in question.answers}
        self._by_text = {
            (point.claim, name[2] if name[1] == TEXT else texts[name]): reading[point.id]
            for name, reading in readings.log_odds.items()
            if name in texts or (name[1] == TEXT and name[0] in by_id)
            for point in by_id[name[0]].points
        }

    @cached_property
    def _opinions(self) -> Opinions:
        from ..train_weighing import opinions_of

        return opinions_of(self.trees.rows, self._readings, len(self._questions))

    def _read(self, prepared: Prepared, text: str) -> list[tuple[float, ...]]:
        try:
            return [tuple(self._by_text[point.claim, text]) for point in prepared.key_points]
        except KeyError:
            raise ValueError(
                "there is no reading of this text by a network that has not seen its question; write one with "
                "reader.fit --fairness, or measure with --shipped"
            ) from None

    def trained_on(self, numbers: Collection[int]) -> Scorer:
        """Trees and weighing that learnt from the questions with these numbers only."""
        import numpy as np

        from ..train_weighing import weighing_of

        chosen = np.isin(self._opinions.group, sorted(numbers))
        weighing = model_from(weighing_of(self._opinions, chosen))
        judges = Judges(model_from(self.trees.weights(numbers)), weighing, self._read)

        def scorer(prepared: Prepared, text: str, role: str) -> Score:
            return score_prepared(prepared, text, role, judges=judges)

        return scorer
