"""Judging, folds, the learning curve, the gap and the ablation, with scorers that tell what they were trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.scoring.data import GradedQuestion, read_graded
from quizbot.scoring.features import NAMES
from quizbot.scoring.idf import Idf, idf_of
from quizbot.scoring.prepared import Prepared
from quizbot.scoring.report import ablation, curve, gap
from quizbot.scoring.report.judging import Scorer, judge, points
from quizbot.scoring.report.methods import METHODS, Trees, judge_all, left_out, scorers_of
from quizbot.scoring.scorer import support
from quizbot.scoring.types import Score
from tests.scoring.report_cases import answer, question, scored

CONTENT = Path(__file__).parents[2] / "content" / "optimisation"


def always(letter: str) -> Scorer:
    """A scorer with one verdict for everything; the score is the number of words."""

    def scorer(prepared: Prepared, text: str, role: str) -> Score:
        return scored(letter * len(prepared.key_points), float(len(text.split())), role=role)

    return scorer


class Memory:
    """A method that is right about what it was trained on and wrong about all else."""

    def __init__(self, questions: list[GradedQuestion]) -> None:
        self.bank: Idf | None = None
        self.learns = True
        self.shipped: Scorer = always("m")
        self.trainings: list[list[int]] = []
        self._prompts = [own.prompt for own in questions]

    def trained_on(self, numbers: Collection[int]) -> Scorer:
        self.trainings.append(sorted(numbers))
        known = {self._prompts[number] for number in numbers}

        def scorer(prepared: Prepared, text: str, role: str) -> Score:
            return always("c" if prepared.question in known else "m")(prepared, text, role)

        return scorer


def asked(count: int) -> list[GradedQuestion]:
    return [
        question(f"q{n}", 1, [answer(f"q{n}-1", "c", 8), answer(f"q{n}-2", "c", 3, "One two three.")])
        for n in range(count)
    ]


def test_every_answer_is_judged_with_the_weights_of_its_role_and_without_its_own_words() -> None:
    own = question("q", 2, [answer("a", "cm", text="alpha beta"), answer("b", "mm", role="managerial")])
    own = GradedQuestion(own.id, own.prompt, own.points, {"p0": {"technical": 3}, "p1": {"managerial": 2}}, own.answers)
    seen: list[tuple[list[float], int, str]] = []

    def scorer(prepared: Prepared, text: str, role: str) -> Score:
        seen.append(([point.weight for point in prepared.key_points], prepared.idf.documents, role))
        return always("c")(prepared, text, role)

    bank = idf_of(["alpha beta", "Claim 0 of q is true. claim 0 of q is false", "gamma", "delta"])
    found = judge(own, scorer, bank=bank)
    assert [j.answer.id for j in found] == ["a", "b"]
    assert [(weights, role) for weights, _, role in seen] == [([3.0, 0.0], "technical"), ([0.0, 2.0], "managerial")]
    assert seen[0][1] == bank.documents - 4
    assert [(p.gold, p.given, p.right) for p in points(found[:1])] == [
        ("covered", "covered", True),
        ("missing", "covered", False),
    ]
    other = judge(own, scorer, answers=[answer("c", "cc", text="in its place")])
    assert [j.score.score for j in other] == [3.0]


@given(st.integers(2, 30), st.integers(2, 40))
def test_every_question_is_left_out_once_and_never_trained_on_then(count: int, folds: int) -> None:
    questions = asked(count)
    memory = Memory(questions)
    seen = []
    for out, rest, _ in left_out(memory, count, folds):
        assert not set(out) & set(rest)
        assert sorted(out + rest) == list(range(count))
        seen += out
    assert sorted(seen) == list(range(count))
    assert len(memory.trainings) == min(folds, count)
    scorers = scorers_of(memory, questions, folds)
    assert {p.given for p in points(judge_all(questions, scorers, None))} == {"missing"}


def test_a_question_is_judged_with_its_own_other_wordings() -> None:
    plain = question("convergence", 1, [answer("a", "c", text="Zeta is true of convergence.")])
    worded = replace(plain, aliases=(("claim", ("zeta",)),))
    found: list[float] = []

    def scorer(prepared: Prepared, text: str, role: str) -> Score:
        found.append(support(prepared, text)[0]["claim"])
        return always("c")(prepared, text, role)

    judge(plain, scorer)
    judge(worded, scorer)
    assert found[1] > found[0]


def test_what_does_not_learn_is_the_same_for_all() -> None:
    method = METHODS["shipped-quick"](asked(2))
    assert not method.learns
    assert scorers_of(method, asked(2), 2) == {"q0": method.shipped, "q1": method.shipped}


@given(st.integers(2, 25), st.integers(2, 6), st.integers(0, 3), st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_sets_of_the_curve_are_nested_and_hold_no_question_that_is_tested(
    count: int, folds: int, draw: int, sizes: list[int]
) -> None:
    made = curve.subsets(count, sizes, folds, draw)
    assert made == curve.subsets(count, sizes, folds, draw)
    assert Counter(number for out, _ in made for number in out) == Counter(range(count))
    most = count - max(len(out) for out, _ in made)
    for out, chosen in made:
        before: set[int] = set()
        assert sorted(chosen) == sorted({min(size, most) for size in sizes})
        for size in sorted(chosen):
            assert len(chosen[size]) == size
            assert not set(chosen[size]) & set(out)
            assert before <= set(chosen[size])
            before = set(chosen[size])


def test_draws_of_the_curve_differ() -> None:
    assert curve.subsets(20, [5], 4, 0) != curve.subsets(20, [5], 4, 1)


def test_the_curve_judges_every_question_at_every_size() -> None:
    questions = asked(6)
    memory = Memory(questions)
    steps = curve.curve(questions, memory, [2, 3, 9], 3)
    # Folds of two leave four to train on; all gold is covered and a question that is left out is always missed.
    assert [(step.questions, step.draws, step.accuracy, step.accuracy_range) for step in steps] == [
        (2, 3, 0.0, (0.0, 0.0)),
        (3, 3, 0.0, (0.0, 0.0)),
        (4, 3, 0.0, (0.0, 0.0)),
    ]
    # The score is the number of words: two for the answer graded 8, three for the one graded 3.
    assert steps[0].r == pytest.approx(-1)
    assert len(memory.trainings) == 3 * 3 * 3
    assert "        4  0.000 (0.000 to 0.000)" in "\n".join(curve.lines(steps))
    with pytest.raises(ValueError, match="trained"):
        curve.curve(questions, METHODS["shipped-quick"](questions), [2], 3)
    with pytest.raises(ValueError, match="from 1"):
        curve.curve(questions, memory, [], 3)


@pytest.mark.parametrize("folds", [2, 3, 100])
def test_the_gap_is_between_what_was_trained_on_and_what_was_not(folds: int) -> None:
    questions = asked(5)
    sides = {side.measure: side for side in gap.gap(questions, Memory(questions), folds)}
    assert (sides["accuracy"].trained, sides["accuracy"].left_out) == (1.0, 0.0)
    assert (sides["F1 covered"].trained, sides["F1 covered"].left_out) == (1.0, 0.0)
    # Confidence is always 0.5.
    assert (sides["Brier"].trained, sides["Brier"].left_out) == (0.25, 0.25)
    assert "accuracy             1.000     0.000  +1.000" in "\n".join(gap.lines(tuple(sides.values())))


def test_the_gap_needs_something_to_leave_out() -> None:
    with pytest.raises(ValueError, match="two"):
        gap.gap(asked(1), Memory(asked(1)), 5)
    with pytest.raises(ValueError, match="trained"):
        gap.gap(asked(2), METHODS["shipped-quick"](asked(2)), 5)


def test_every_feature_is_in_exactly_one_group() -> None:
    assert Counter(name for group in ablation.GROUPS.values() for name in group) == Counter(NAMES)
    assert all(ablation.GROUPS.values())


def test_trees_without_some_features_never_ask_for_them() -> None:
    questions = read_graded([CONTENT / "learning-rate.samples.yaml", CONTENT / "momentum.samples.yaml"])
    trees = Trees(questions)
    group = ablation.GROUPS["word overlap"]
    places = {NAMES.index(name) for name in group}
    full = {feature for tree in trees.weights([0])["trees"] for feature in tree["feature"]}
    assert full & places, "the group must be used where it is there, or this test sees nothing"
    data = trees.weights([0], group)
    used = {feature for tree in data["trees"] for feature in tree["feature"]}
    assert not used & places
    assert max(used) < len(NAMES)
    assert data["features"] == list(NAMES)
    (one,) = judge(questions[1], trees.trained_on([0], group), answers=questions[1].answers[:1], bank=trees.bank)
    assert len(one.score.points) == len(questions[1].points)
    assert trees.weights([0]) == Trees(questions).weights([0])
