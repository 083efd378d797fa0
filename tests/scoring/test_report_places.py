"""The report on places, with scorers that are known to point at the right or the wrong words."""

from __future__ import annotations

from quizbot.scoring.data import GradedQuestion
from quizbot.scoring.prepared import Prepared
from quizbot.scoring.report.places import ANSWERS, places
from quizbot.scoring.types import Evidence, KeyPoint, PointVerdict, Score

PHRASINGS = {"a": ("alpha one", "alpha two"), "b": ("beta one.", "beta two."), "c": ("gamma one", "gamma two")}
QUESTION = GradedQuestion("q", "What?", tuple(KeyPoint(k, f"The claim {k}.", v) for k, v in PHRASINGS.items()))
WORDS = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


def pointing(at: dict[str, str]) -> object:
    """A scorer that calls every point covered and quotes the sentence that begins with the given word, if there is one."""

    def scorer(prepared: Prepared, text: str, role: str) -> Score:
        points = []
        for point in prepared.key_points:
            assert not any(phrasing.strip(".").lower() in text.lower() for phrasing in point.accept)
            start = text.find(at.get(point.id, "?"))
            if start < 0:
                points.append(PointVerdict(point.id, "missing", 0.0, 1.0, (), None))
                continue
            end = text.index(".", start)
            points.append(
                PointVerdict(point.id, "covered", 1.0, 1.0, (Evidence(start, end, text[start:end]),), "claim")
            )
        return Score(role, 0.0, "weak", False, tuple(points), (), (), "")

    return scorer


def test_every_phrasing_is_said_and_looked_for_where_it_stands() -> None:
    found = places([QUESTION], {"q": pointing(WORDS)}, None)  # type: ignore[dict-item]
    assert (found.said, found.found, found.right) == (3 * ANSWERS, 3 * ANSWERS, 3 * ANSWERS)


def test_other_words_and_no_words_do_not_count() -> None:
    found = places([QUESTION], {"q": pointing({"a": "Beta", "b": "Beta"})}, None)  # type: ignore[dict-item]
    assert (found.said, found.found, found.right) == (3 * ANSWERS, 2 * ANSWERS, ANSWERS)


def test_a_question_with_too_few_phrasings_is_left_out() -> None:
    short = GradedQuestion("s", "What?", (KeyPoint("a", "A claim.", ("only one",)),))
    assert places([short], {"s": pointing(WORDS)}, None).said == 0  # type: ignore[dict-item]
