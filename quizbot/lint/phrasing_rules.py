"""Rules about phrasings, put to the scorer itself: content that it would read the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator

from quizbot.content.document import Document
from quizbot.content.problems import Problem
from quizbot.content.records import Question
from quizbot.lint.question_rules import warning
from quizbot.practice.scored import default_role, prepare_question
from quizbot.scoring import support

MARGIN = 0.3
"""How much better, on the alignment's scale of 0 to 1, a rejected statement must fit before it is worth a warning."""


def check_phrasings(question: Question, document: Document) -> Iterator[Problem]:
    """A warning for each accepted phrasing that aligns better with a rejected statement of its point than with what is right.

    Right is the claim and every other accepted phrasing: good phrasings share few words with the claim on purpose, so the
    claim alone would be a poor measure.
    """
    prepared = prepare_question(question, default_role(question))
    for number, point in enumerate(question["key_points"]):
        for index, phrasing in enumerate(point["accept"]):
            fits = support(prepared, phrasing)[number]
            others = (f"accept[{other}]" for other in range(len(point["accept"])) if other != index)
            right = max(fits["claim"], *(fits[name] for name in others))
            wrong, says = max((fits[f"reject[{place}]"], entry["says"]) for place, entry in enumerate(point["reject"]))
            if wrong > right + MARGIN:
                yield warning(
                    document,
                    ("key_points", number, "accept", index),
                    f"to the scorer this is closer to the rejected `{says}` ({wrong:.2f}) than to what is right"
                    f" ({right:.2f})",
                    "accept-like-reject",
                    "use a word of the claim, or reword the rejected statement",
                )
