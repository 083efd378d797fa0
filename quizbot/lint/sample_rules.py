"""Rules about graded answers: complete verdicts, and styles that put content and scorer to the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from quizbot.content.document import Document
from quizbot.content.problems import Problem
from quizbot.content.records import KeyPoint, Question, Samples
from quizbot.lint.question_rules import warning

FEWEST = 4

_WANTED_STYLES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("strong_*", lambda style: style.startswith("strong_")),
    ("partial_* or half_stated", lambda style: style.startswith("partial_") or style == "half_stated"),
    (
        "swapped, negated_one or definition_then_wrong",
        lambda style: style in {"swapped", "negated_one", "definition_then_wrong"},
    ),
    ("keyword_list or off_topic", lambda style: style in {"keyword_list", "off_topic"}),
)


def samples_missing(question: Question, document: Document) -> Problem:
    """A question without graded answers: it can be practised, but nobody has shown that it can be scored."""
    name = f"{question['id']}.samples.yaml"
    return warning(
        document,
        ("id",),
        f"no graded answers: {name} is missing",
        "no-samples",
        f"write {FEWEST} answers with verdicts",
    )


def check_samples(
    samples: Samples, key_points: Sequence[KeyPoint], document: Document, *, draft: bool = False
) -> Iterator[Problem]:
    """Every finding of these rules for the samples of one question.

    `draft`: the question is still to be written. A kind of answer that is wanting is then no error yet.
    """
    answers = samples["answers"]
    if len(answers) < FEWEST:
        yield document.problem(
            ("answers",), f"{len(answers)} graded answers; at least {FEWEST} are needed", "too-few-samples"
        )
    points = [point["id"] for point in key_points]
    for index, answer in enumerate(answers):
        for name in points:
            if name not in answer["gold"]:
                yield document.problem(("answers", index, "gold"), f"no verdict for `{name}`", "gold-incomplete")
        for name in answer["gold"]:
            if name not in points:
                yield document.problem(
                    ("answers", index, "gold", name),
                    f"there is no key point `{name}`",
                    "unknown-key-point",
                    f"one of {', '.join(sorted(points))}",
                    at_key=True,
                )
    styles = [answer["style"] for answer in answers]
    for wanted, fits in _WANTED_STYLES:
        if not any(map(fits, styles)):
            problem = document.problem(("answers",), f"no answer in the style {wanted}", "sample-styles", "write one")
            yield replace(problem, severity="warning") if draft else problem
