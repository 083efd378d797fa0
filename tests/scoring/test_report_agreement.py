"""Agreement, intervals, calibration and misses, on judgements whose figures are worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.scoring import measures
from quizbot.scoring.model import VERDICTS
from quizbot.scoring.report import agreement, calibration, figures, intervals, length, misses
from quizbot.scoring.report.judging import Judged
from tests.scoring.report_cases import judged


def test_agreement_counts_verdicts_and_classes() -> None:
    found = agreement.agreement([judged("a", "ccm", "cpm"), judged("b", "xp", "mp")])
    assert (found.questions, found.answers, found.verdicts) == (2, 2, 5)
    assert found.overall.accuracy.value == pytest.approx(3 / 5)
    assert found.confusion["covered"] == {"missing": 0, "partial": 1, "covered": 1, "contradicted": 0}
    assert found.confusion["contradicted"] == {"missing": 1, "partial": 0, "covered": 0, "contradicted": 0}
    # missing: 1 hit, 1 gold, 2 given; partial: 1 hit, 1 gold, 2 given; covered: 1 hit, 2 gold, 1 given.
    assert found.f1 == pytest.approx({"missing": 2 / 3, "partial": 2 / 3, "covered": 2 / 3, "contradicted": 0})
    assert found.overall.macro_f1.value == pytest.approx(1 / 2)


def test_r_is_taken_within_each_question_whose_grades_vary() -> None:
    def rows(name: str, pairs: list[tuple[float, float]]) -> list[Judged]:
        return [judged(name, "c", "c", score=score, grade=grade) for score, grade in pairs]

    cases = rows("up", [(10, 1), (20, 2), (30, 3)]) + rows("down", [(10, 3), (20, 2), (30, 1)])
    cases += rows("flat", [(50, 1), (50, 9)]) + rows("same grade", [(1, 5), (99, 5)])
    assert agreement.r_by_question(cases) == pytest.approx({"up": 1, "down": -1, "flat": 0})
    found = agreement.agreement(cases)
    assert [found.r_questions, found.r_mean, found.r_median] == pytest.approx([3, 0, 0])


def test_parts_stand_with_the_worst_first() -> None:
    cases = [
        judged("a", "cc", "cc", style="free", score=80, grade=9),
        judged("a", "cm", "mm", style="swapped", role="managerial", score=20, grade=1),
        judged("a", "cm", "cm", style="free", score=40, grade=5),
    ]
    found = agreement.agreement(cases)
    swapped, free = found.styles
    assert (swapped.name, swapped.answers, swapped.verdicts, swapped.accuracy) == ("swapped", 1, 2, 0.5)
    assert (free.name, free.answers, free.accuracy, free.score, free.grade) == ("free", 2, 1.0, 60.0, 70.0)
    assert [(part.name, part.accuracy) for part in found.roles] == [("managerial", 0.5), ("technical", 1.0)]
    assert [(part.name, part.answers) for part in found.groups] == [("written to a style", 1), ("written freely", 2)]
    text = "\n".join(agreement.lines(found))
    assert "swapped" in text
    assert "accuracy              0.833" in text


def test_an_interval_over_two_opposite_questions_reaches_from_all_to_nothing() -> None:
    # Each resample draws two questions: both right in a quarter of them, both wrong in a quarter, one of each in the rest.
    found = intervals.intervals([judged("right", "cc", "cc"), judged("wrong", "cc", "mm")]).accuracy
    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)


def test_questions_that_are_alike_leave_no_interval() -> None:
    cases = [judged(name, "cm", "cc", score=s, grade=g) for name in "abcde" for s, g in ((10, 1), (90, 7), (30, 9))]
    found = intervals.intervals(cases)
    for figure in (found.accuracy, found.macro_f1, found.r):
        assert figure.low == pytest.approx(figure.value, abs=1e-9)
        assert figure.high == pytest.approx(figure.value, abs=1e-9)
    assert found.r.value == pytest.approx(measures.pearson([10, 90, 30], [1, 7, 9]))


def test_intervals_are_the_same_every_time() -> None:
    cases = [judged(f"q{n}", "cm", "cm" if n % 3 else "mc", score=n, grade=n % 5) for n in range(9)]
    assert intervals.intervals(cases) == intervals.intervals(list(reversed(cases)))


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from("mpcx"), st.sampled_from("mpcx"), st.integers(0, 100)), min_size=1
    )
)
def test_the_middle_of_an_interval_is_the_plain_measure(rows: list[tuple[int, str, str, int]]) -> None:
    cases = [judged(f"q{q}", gold, said, score=s, grade=(7 * s) % 11) for q, gold, said, s in rows]
    found = intervals.intervals(cases)
    gold = [j.answer.gold["p0"] for j in cases]
    said = [j.score.points[0].verdict for j in cases]
    assert found.accuracy.value == pytest.approx(measures.accuracy(gold, said))
    assert found.macro_f1.value == pytest.approx(measures.macro_f1(gold, said, VERDICTS))
    r = measures.pearson([j.score.score for j in cases], [j.answer.grade for j in cases])
    assert found.r.value == pytest.approx(r, abs=1e-6)
    assert found.accuracy.low <= found.accuracy.high


def test_a_difference_is_resampled_in_pairs() -> None:
    # Accuracy varies between questions, but the second scorer is right in one verdict of four more in each of them.
    worse = [judged("a", "cccc", "cccm"), judged("b", "cccc", "mmmm"), judged("c", "cccc", "ccmm")]
    better = [judged("a", "cccc", "cccc"), judged("b", "cccc", "cmmm"), judged("c", "cccc", "cccm")]
    change = intervals.differences(better, worse).accuracy
    assert [change.value, change.low, change.high] == pytest.approx([0.25, 0.25, 0.25])
    with pytest.raises(ValueError, match="same questions"):
        intervals.differences(better, worse[:2])


def test_calibration_by_hand() -> None:
    found = calibration.calibration(
        [judged("a", "ccmm", "ccmc", confidence=(0.95, 0.55, 0.85, 0.65)), judged("b", "c", "m", confidence=(0.9,))]
    )
    # (1 - .95)², (1 - .55)², (1 - .85)², .65², .9²
    assert found.brier == pytest.approx((0.0025 + 0.2025 + 0.0225 + 0.4225 + 0.81) / 5)
    assert [found.sure.right, found.sure.share] == pytest.approx([2 / 3, 3 / 5])
    assert [found.asked, found.asked_right] == pytest.approx([1 / 5, 1])
    by_threshold = {row.threshold: [row.right, row.share] for row in found.thresholds}
    assert list(by_threshold) == [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]
    assert by_threshold[0.5] == pytest.approx([3 / 5, 1])
    assert by_threshold[0.6] == pytest.approx([2 / 4, 4 / 5])
    assert by_threshold[0.95] == pytest.approx([1, 1 / 5])
    # The bin of .9 holds .95 (right) and .9 (wrong): it is .425 off, for two of five verdicts; the others hold one each.
    assert [(b.low, b.count) for b in found.bins] == [(0.5, 1), (0.6, 1), (0.8, 1), (0.9, 2)]
    assert found.gap == pytest.approx((0.45 + 0.65 + 0.15 + 2 * 0.425) / 5)


def test_nothing_sure_is_shown_as_a_dash_and_is_null() -> None:
    found = calibration.calibration([judged("a", "c", "c", confidence=(0.7,))])
    assert math.isnan(found.sure.right)
    assert figures.plain(found)["sure"] == {"threshold": 0.85, "right": None, "share": 0.0}
    assert "sure (0.85 or more): – right" in "\n".join(calibration.lines(found))


def test_misses_are_sorted_into_two_lists_and_the_rest() -> None:
    cases = [
        judged("a", "cpcm", "mxpc", confidence=(0.6, 0.9, 0.7, 0.8), name="a1", text="word " * 100, evidence="it is"),
        judged("b", "xxpm", "pmcx", confidence=(0.7,), name="b1", evidence="two\nlines"),
    ]
    found = misses.misses(cases, 10)
    assert [(m.answer, m.point, m.gold, m.given) for m in found.positives] == [
        ("a1", "p1", "partial", "contradicted"),
        ("a1", "p2", "covered", "partial"),
        ("a1", "p0", "covered", "missing"),
    ]
    assert [(m.answer, m.point, m.gold, m.given) for m in found.negatives] == [
        ("a1", "p3", "missing", "covered"),
        ("b1", "p0", "contradicted", "partial"),
    ]
    assert found.others == {"contradicted > missing": 1, "missing > contradicted": 1, "partial > covered": 1}
    assert found.positives[0].said == "it is"
    assert found.negatives[1].said == "two lines"
    assert found.positives[2].said.startswith("word word")
    assert len(found.positives[2].said) < 210
    first = misses.misses(cases, 1)
    assert (len(first.positives), first.all_positives, len(first.negatives), first.all_negatives) == (1, 3, 1, 2)


def test_misses_cannot_steer_the_terminal() -> None:
    text = "\n".join(misses.lines(misses.misses([judged("a", "c", "m", text="\x1b[2Jred\u202e")], 1)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "Claim 0 of a is true." in text


def test_answers_name_what_differs() -> None:
    (line,) = misses.answers([judged("a", "cm", "mm", name="a1", grade=5, score=12.5)])
    assert line.split() == ["a1", "free", "grade", "5", "score", "12.5", "right", "1/2", "p0", "covered>missing"]


def test_length_is_compared_within_questions() -> None:
    def case(name: str, words: int, score: float, gold: str = "c") -> Judged:
        return judged(name, gold, "c", text="w " * words, score=score, grade=5)

    # In both questions every ten words bring ten points too many; between them the longer answers get less.
    cases = [case("a", 10, 40), case("a", 20, 50), case("a", 30, 60), case("b", 110, 10), case("b", 120, 20)]
    found = length.length([*cases, case("a", 500, 0, gold="m")])
    assert found.answers == 5
    assert found.r == pytest.approx(1)
    assert [(row.words, row.answers, row.grade) for row in found.classes[:1]] == [("under 40", 3, 50)]
    assert [row.words for row in found.classes] == ["under 40", "40 to 79", "80 to 119", "120 and more"]
    assert [row.answers for row in found.classes] == [3, 0, 1, 1]
    assert found.classes[0].score == pytest.approx(50)
    assert "–" in length.lines(found)[3]


def test_plain_data_is_what_json_can_hold() -> None:
    found = figures.plain({"a": (1, 0.12345678), "b": math.nan, "c": intervals.Interval(1.0, 0.5, math.inf), "d": None})
    assert found == {"a": [1, 0.123457], "b": None, "c": {"value": 1.0, "low": 0.5, "high": None}, "d": None}
