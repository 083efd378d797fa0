"""The fairness report and the public sets, with scorers simple enough to know what they must come to."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from quizbot.scoring.data import GradedQuestion
from quizbot.scoring.prepared import Prepared
from quizbot.scoring.report import fairness, public
from quizbot.scoring.report.judging import Scorer, judge
from quizbot.scoring.types import PointVerdict, Score
from tests.scoring.report_cases import answer, question, scored

TEXT = "The centre is normalised. We do not customise it. People often start here!"


def by_letters(prepared: Prepared, text: str, role: str) -> Score:
    """100 for the text itself, half of it in capitals, nothing for anything that begins with a denial, else 90."""
    value = 100.0 if text == TEXT else 50.0 if text == TEXT.upper() else 0.0 if text.startswith("It is") else 90.0
    return scored("c" * len(prepared.key_points), value, role=role)


def two() -> list[GradedQuestion]:
    strong = answer("x1", "c", 9, TEXT, "strong_terse")
    weak = answer("x2", "m", 1, "Nothing much.", "vague_namedrop", "managerial")
    return [question("x", 1, [strong, weak]), question("y", 1, [answer("y1", "c", 9, TEXT, "free")])]


def report(scorer: Scorer, questions: list[GradedQuestion]) -> fairness.Fairness:
    judged = [j for own in questions for j in judge(own, scorer)]
    return fairness.fairness(judged, {own.id: scorer for own in questions}, None)


def test_shares_are_of_the_untouched_answers_own_score() -> None:
    found = report(by_letters, two())
    assert found.strong == 2
    kept = {row.name: row for row in found.kept}
    assert (kept["capitals"].answers, kept["capitals"].mean, kept["capitals"].outside) == (2, 0.5, 1.0)
    assert [kept["padding"].mean, kept["padding"].median, kept["padding"].outside] == pytest.approx([0.9, 0.9, 1.0])
    # Nothing in the text is American, so there is nothing to report.
    assert kept["British spelling"].answers == 0
    assert math.isnan(kept["British spelling"].mean)
    broken = {row.name: row for row in found.broken}
    assert broken['"It is not true that …"'].highest == 0
    assert broken['"Nobody should believe that …"'].mean == pytest.approx(0.9)


def test_junk_is_scored_for_every_role_of_a_question_in_shares_of_hundred() -> None:
    junk = {row.name: row for row in report(by_letters, two()).junk}
    # Three roles in all: two of x, one of y; two empty texts for each.
    assert (junk["empty"].texts, junk["empty"].mean) == (6, 0.9)
    # For x in both roles the strong answer to y, for y that to x: the very same text, which this scorer gives 100.
    assert (junk["answer to another"].texts, junk["answer to another"].mean) == (3, 1.0)
    assert junk["question copied"].texts == 6


def test_weak_answers_and_low_scores_are_not_changed() -> None:
    def low(prepared: Prepared, _text: str, role: str) -> Score:
        return scored("c" * len(prepared.key_points), 39.9, role=role)

    found = report(low, two())
    assert found.strong == 0
    assert all(row.answers == 0 for row in found.kept)
    assert "–" in "\n".join(fairness.lines(found))


def test_lines_name_every_change() -> None:
    text = "\n".join(fairness.lines(report(by_letters, two())))
    for name in (*fairness.KEEPS, *fairness.BREAKS):
        assert name in text
    assert "length: r of words" in text


ROWS = [("q1", 1.0, 0.9), ("q1", 0.0, 0.4), ("q1", 0.5, 0.6), ("q2", 1.0, 0.45), ("q2", 0.0, 0.1), ("q3", 1.0, 0.8)]
"""Question, public score, credit that the scorer below gives."""


def public_file(folder: Path) -> Path:
    path = folder / "set.jsonl"
    lines = [
        {"question_id": name, "question": "Why?", "key_points": ["Because."], "answer": f"{credit}", "score": score}
        for name, score, credit in ROWS
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    return path


def as_told(prepared: Prepared, text: str, role: str) -> Score:
    """The credit that the text names; below a half it is half negative, which must count as none."""
    points = tuple(PointVerdict(p.id, "covered", float(text), 0.5, (), None) for p in prepared.key_points)
    return Score(role, 0.0, "weak", False, points, (), (), "")


def test_a_public_set_by_hand(tmp_path: Path) -> None:
    found = public.public(public_file(tmp_path), as_told)
    assert (found.name, found.answers, found.questions) == ("set.jsonl", 6, 3)
    # Correct (.9, .45, .8) against the rest (.4, .6, .1): .45 beats .4 and .1 but not .6, the others beat all.
    assert found.auc == pytest.approx(8 / 9)
    # Given correct are .9, .6 and .8: two hits, one false, one missed; of the rest two hits, one false, one missed.
    assert found.macro_f1 == pytest.approx(2 / 3)
    # q1: credits .9 .4 .6 with scores 1 0 .5: deviations (.8/3, -.7/3, -.1/3) and (.5, -.5, 0); q2 has two points; q3 one.
    q1 = (0.5 * 0.8 / 3 + 0.5 * 0.7 / 3) / math.sqrt((0.64 + 0.49 + 0.01) / 9 * 0.5)
    assert found.r_per_question == pytest.approx((q1 + 1) / 2)
    # Means: scores 3.5 / 6, credits 3.25 / 6. Σ score·credit = 2.45, Σ score² = 3.25, Σ credit² = 2.1825.
    r = (6 * 2.45 - 3.5 * 3.25) / math.sqrt((6 * 3.25 - 3.5**2) * (6 * 2.1825 - 3.25**2))
    assert found.r == pytest.approx(r)
    assert public.lines(found)[0] == "set.jsonl: 6 answers, 3 questions"


def test_negative_credit_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    line = {"question_id": "q", "question": "Why?", "key_points": ["One.", "Two."], "answer": "x", "score": 0.5}
    path.write_text(json.dumps(line) + "\n" + json.dumps({**line, "answer": "y", "score": 1}), encoding="utf-8")

    def mixed(_prepared: Prepared, text: str, role: str) -> Score:
        earned = (-0.5, 1.0) if text == "y" else (-0.5, 0.2)
        points = tuple(PointVerdict(str(n), "covered", c, 0.5, (), None) for n, c in enumerate(earned))
        return Score(role, 0.0, "weak", False, points, (), (), "")

    # The mean credit of y is (0 + 1) / 2: just enough to count as correct.
    assert public.public(path, mixed).macro_f1 == 1.0


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"question_id": 1}', '{"question_id": "q", "question": "?", "key_points": 3, "answer": "a"}']
)
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    path = public_file(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").strip() + "\n" + line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"set\.jsonl:7"):
        public.read_public(path)


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no answers"):
        public.read_public(tmp_path / "none.jsonl")
