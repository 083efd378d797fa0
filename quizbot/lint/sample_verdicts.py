"""A question's graded answers put to the scorer: where author and scorer do not agree, one of the two is to be looked at.

Every finding is a warning. The content can be right where the scorer is weak; then a wording in `accept` or `reject` helps
the next person who answers like that. The shipped model has been trained on shipped answers, so it agrees with those more
than it will with new ones. The thorough verdict is asked for, since that is what people are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from quizbot.content.document import Document
from quizbot.content.problems import Problem
from quizbot.content.records import KeyPoint, Role, SampleAnswer, Samples, VerdictName
from quizbot.lint.question_rules import warning

if TYPE_CHECKING:
    from quizbot.scoring import PointVerdict, Prepared, Score

MARGIN = 25.0
"""Points of 100 between the two scores that are worth a warning. A key point of the highest weight among six, missing instead
of covered, makes about 20: what one verdict does is told for that verdict, if the scorer is sure of it. More than that takes
several, none of which need be sure, and it is the width of a band: people would be told another result."""
SURE = 0.85
"""Confidence from which a verdict other than the author's is told."""
_MOST_NAMED = 3
_LONGEST_QUOTE = 90
_OPPOSITE = {("covered", "contradicted"), ("contradicted", "covered")}
_FORMS = {"keyword-list": "a list of keywords", "copies-question": "a copy of the question"}


def check_verdicts(
    samples: Samples, points: Sequence[KeyPoint], prepare: Callable[[Role], Prepared], document: Document
) -> Iterator[Problem]:
    """Warnings for answers whose score, and for key points whose verdict, the scorer sees plainly otherwise than the author.

    `prepare` gives the question as it is asked a role. Answers without a verdict for every key point are left out: the rules
    about samples name those.
    """
    from quizbot.scoring import score_prepared  # not before there is an answer to score: --no-samples does without

    ready: dict[Role, Prepared] = {}
    for index, answer in enumerate(samples["answers"]):
        if set(answer["gold"]) != {point["id"] for point in points}:
            continue
        role = answer["role"]
        if role not in ready:
            ready[role] = prepare(role)
        result = score_prepared(ready[role], answer["text"], role)
        yield from _score(answer, points, result, ("answers", index), document)
        if not _form(result):
            for verdict in result.points:
                yield from _verdict(
                    answer["gold"][verdict.id], verdict, ("answers", index, "gold", verdict.id), document
                )


def _score(
    answer: SampleAnswer, points: Sequence[KeyPoint], result: Score, path: tuple[str | int, ...], document: Document
) -> Iterator[Problem]:
    from quizbot.scoring.types import VALUES, weighted_score

    weights = {point["id"]: point["weight"].get(answer["role"], 0) for point in points}
    gold = answer["gold"]
    wanted = weighted_score([(gold[name], weight) for name, weight in weights.items()])
    if round(abs(result.score - wanted), 1) <= MARGIN:  # both have one decimal
        return
    apart = {
        verdict.id: weights[verdict.id] * abs(VALUES[verdict.verdict] - VALUES[gold[verdict.id]])
        for verdict in result.points
    }
    given: dict[str, VerdictName] = {verdict.id: verdict.verdict for verdict in result.points}
    most = sorted((name for name in apart if apart[name] > 0), key=lambda name: -apart[name])[:_MOST_NAMED]
    named = ", ".join(f"`{name}` {gold[name]}, not {given[name]}" for name in most)
    form = _form(result)
    why = f"the scorer takes the answer for {form}" if form else f"most by {named}"
    yield warning(
        document,
        path,
        f"`{answer['id']}` scores {result.score:g}; by its own verdicts it would be {wanted:g}: {why}",
        "sample-score",
        "check the verdicts, or add the wordings of the answer to `accept` or `reject`",
    )


def _verdict(
    gold: VerdictName, verdict: PointVerdict, path: tuple[str | int, ...], document: Document
) -> Iterator[Problem]:
    given = verdict.verdict
    if given == gold or not ((gold, given) in _OPPOSITE or verdict.confidence >= SURE):
        return
    quote = " … ".join(part.text for part in verdict.evidence)
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[: _LONGEST_QUOTE - 1] + "…"
    words = f', by "{quote}"' if quote else ", in no words of the answer"
    yield warning(
        document,
        path,
        f"`{verdict.id}` is {gold} to its author and {given} to the scorer ({verdict.confidence:.2f}){words}",
        "sample-verdict",
        "add the wording to accept/reject, or check the verdict",
    )


def _form(result: Score) -> str:
    """What the scorer takes an answer for whose form alone keeps it from earning anything, or nothing."""
    return next((_FORMS[flag] for flag in result.flags if flag in _FORMS), "")
