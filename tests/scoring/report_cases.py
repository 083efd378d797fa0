"""Small graded questions and judgements for tests of the report, written so that every figure can be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence

from quizbot.scoring.data import GradedAnswer, GradedQuestion
from quizbot.scoring.report.judging import Judged
from quizbot.scoring.types import Evidence, KeyPoint, PointVerdict, Reject, Score, VerdictName, band_of

LETTERS: dict[str, VerdictName] = {"m": "missing", "p": "partial", "c": "covered", "x": "contradicted"}


def question(name: str, points: int = 1, answers: Sequence[GradedAnswer] = ()) -> GradedQuestion:
    """A question whose claim number n is "Claim n of NAME is true."."""
    made = tuple(
        KeyPoint(
            f"p{n}", f"Claim {n} of {name} is true.", reject=(Reject(f"claim {n} of {name} is false", "It is not."),)
        )
        for n in range(points)
    )
    weights = {point.id: {"technical": 1.0, "managerial": 1.0} for point in made}
    return GradedQuestion(name, f"What is {name}?", made, weights, tuple(answers))


def answer(
    name: str, gold: str, grade: float = 5.0, text: str = "Some words.", style: str = "free", role: str = "technical"
) -> GradedAnswer:
    """An answer; `gold` has one letter of LETTERS for each key point."""
    verdicts = {f"p{n}": LETTERS[letter] for n, letter in enumerate(gold)}
    return GradedAnswer(name, text, style, role, verdicts, grade)


def scored(
    verdicts: str, score: float = 50.0, confidence: Sequence[float] = (), evidence: str = "", role: str = "technical"
) -> Score:
    """A score with these verdicts, by letters, and 0.5 for each confidence that is not given."""
    stated = [*confidence, *[0.5] * len(verdicts)]
    spans = (Evidence(0, len(evidence), evidence),) if evidence else ()
    points = tuple(
        PointVerdict(f"p{n}", LETTERS[letter], 0.0, stated[n], spans if letter != "m" else (), None)
        for n, letter in enumerate(verdicts)
    )
    return Score(role, score, band_of(score), score >= 55, points, (), (), "")


def judged(
    asked: GradedQuestion | str,
    gold: str,
    given: str,
    *,
    score: float = 50.0,
    grade: float = 5.0,
    confidence: Sequence[float] = (),
    style: str = "free",
    role: str = "technical",
    text: str = "Some words.",
    evidence: str = "",
    name: str = "a",
) -> Judged:
    """An answer with its gold and its given verdicts."""
    own = question(asked, len(gold)) if isinstance(asked, str) else asked
    return Judged(own, answer(name, gold, grade, text, style, role), scored(given, score, confidence, evidence, role))
