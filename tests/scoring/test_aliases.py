"""Other wordings of a term: an answer is scored as if the term had been written, and quoted as it was written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.scoring import KeyPoint, Reject, Score, prepare, score, score_prepared, support
from quizbot.scoring.aliases import Aliases
from quizbot.scoring.text import clauses

QUESTION = "Which setting of gradient descent do you tune first, and why?"
POINTS = (
    KeyPoint(
        "scales",
        "The learning rate scales the size of every weight update.",
        accept=("each change of the weights is the gradient times the learning rate",),
        reject=(Reject("the learning rate sets the number of layers", "It is no part of the architecture."),),
        weight=3,
    ),
    KeyPoint(
        "high",
        "With too high a learning rate the loss diverges.",
        accept=("a learning rate that is too large makes the loss blow up",),
        reject=(Reject("a high learning rate makes the loss crawl down slowly", "That is what a low one does."),),
        weight=2,
    ),
)
# Words of no language, so that neither the lexicon nor likeness of spelling can know them.
ALIASES = (("learning rate", ("zorp", "quaffle tibbet", "η")), ("loss", ("blunge",)))
SENTENCES = [
    "The {} scales the size of every weight update.",
    "Each weight changes by the gradient times the {}.",
    "If the {} is too high, the loss diverges.",
    "A high {} makes the loss crawl down slowly.",
    "It is not true that the {} scales the updates, and a large {} never makes the loss blow up.",
    "I tune the {} first. It scales every update of the weights, and with too high a {} the loss diverges.",
]


def judged(result: Score) -> list[tuple[str, str, float, float, str | None]]:
    return [(p.id, p.verdict, p.credit, p.confidence, p.matched) for p in result.points]


@pytest.mark.parametrize("wording", ["zorp", "quaffle tibbet", "Quaffle-Tibbets", "η", "ZORP"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_wording_counts_as_its_term(sentence: str, wording: str) -> None:
    made = prepare(QUESTION, POINTS, aliases=ALIASES)
    for thorough in (False, True):
        term = score_prepared(made, sentence.replace("{}", "learning rate"), thorough=thorough)
        other = score_prepared(made, sentence.replace("{}", wording), thorough=thorough)
        assert judged(other) == judged(term)
        assert (other.score, other.flags, other.next) == (term.score, term.flags, term.next)


def test_without_aliases_the_same_words_mean_nothing() -> None:
    """What the tests above hold is the work of the aliases and of nothing else."""
    answer = "The zorp, the quaffle tibbet, the blunge."
    known = support(prepare(QUESTION, POINTS, aliases=ALIASES), answer)
    unknown = support(prepare(QUESTION, POINTS), answer)
    assert all(with_them["claim"] > 0 for with_them in known)
    assert all(set(without.values()) == {0.0} for without in unknown)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_term_counts_as_the_wording_that_a_key_point_uses(sentence: str) -> None:
    def renamed(text: str) -> str:
        return text.replace("learning rate", "quaffle tibbet").replace("loss", "blunge")

    def points_in(words: Callable[[str], str]) -> list[KeyPoint]:
        return [
            KeyPoint(p.id, words(p.claim), tuple(map(words, p.accept)), (), [Reject(words(r.says)) for r in p.reject])
            for p in POINTS
        ]

    answer = sentence.replace("{}", "learning rate")
    turned = score(answer, question=QUESTION, key_points=points_in(renamed), aliases=ALIASES)
    assert judged(turned) == judged(score(answer, question=QUESTION, key_points=points_in(str), aliases=ALIASES))


def test_the_words_of_the_user_are_quoted_not_those_of_the_term() -> None:
    answer = "Well 🙂, the quaffle\ttibbet scales the size of every weight update."
    result = score(answer, question=QUESTION, key_points=POINTS, aliases=ALIASES)
    assert result.points[0].verdict == "covered"
    for part in result.points[0].evidence:
        assert answer[part.start : part.end] == part.text
    assert "quaffle\ttibbet" in "".join(part.text for part in result.points[0].evidence)


def test_a_question_copied_in_other_wordings_is_a_copy() -> None:
    question = "Why does the zorp matter for training?"
    copied = "Why does the learning rate matter for training?"
    assert "copies-question" in score(copied, question=question, key_points=POINTS, aliases=ALIASES).flags
    assert "copies-question" not in score(copied, question=question, key_points=POINTS).flags


def stems_of(aliases: Aliases, text: str) -> list[str]:
    return [token.stem for clause in aliases.clauses(text) for token in clause.tokens]


@pytest.mark.parametrize(
    ("groups", "text", "same_as"),
    [
        ((("learning rate", ("rate",)),), "the learning rate and the rate", "the learning rate and the learning rate"),
        ((("rate", ("learning rate",)),), "the learning rates and the rate", "the rate and the rate"),
        ((("batch norm", ("batch", "bn")),), "bn batch batch norm", "batch norm batch norm batch norm"),
        ((("lr", ("rate",)), ("decay", ("rate decay",))), "rate decay rate", "decay lr"),
        ((("weight decay", ("l2 penalty",)),), "an L2-penalty, or the l2 sort", "an weight decay, or the l2 sort"),
        ((("?!", ("zorp",)), ("loss", ("…",))), "zorp … loss", "zorp … loss"),
        ((), "learning rate", "learning rate"),
    ],
)
def test_the_longest_wording_is_taken(groups: tuple[tuple[str, tuple[str, ...]], ...], text: str, same_as: str) -> None:
    assert stems_of(Aliases(groups), text) == stems_of(Aliases(), same_as)
    assert stems_of(Aliases(), Aliases(groups).written_out(text)) == stems_of(Aliases(), same_as)


def test_a_text_is_written_out_with_all_else_as_it_was() -> None:
    text = "  Quaffle-Tibbets!\r\n(η, 🙂)\tzorps;zorp\n"
    assert (
        Aliases(ALIASES).written_out(text) == "  learning rate!\r\n(learning rate, 🙂)\tlearning rate;learning rate\n"
    )
    assert Aliases().written_out(text) == text


pieces = st.lists(
    st.sampled_from(["zorp", "quaffle tibbet", "quaffle", "η", "blunge", "the", "not", "loss", ", ", ". ", "é", "🙂"])
)


@settings(max_examples=100, deadline=None)
@given(pieces.map(" ".join))
def test_places_move_with_what_is_written_out(text: str) -> None:
    """Everything between wordings is found again where `place` says it lies."""
    written = Aliases(ALIASES).written(text)
    assert written.place(0) == 0
    assert written.place(len(text)) == len(written.text)
    for clause in clauses(text):
        said = written.text[written.place(clause.start) : written.place(clause.end)]
        assert said == Aliases(ALIASES).written_out(text[clause.start : clause.end])


def test_every_text_of_a_key_point_is_written_out() -> None:
    point = KeyPoint("a", "zorp 1", ("zorp 2",), ("zorp 3",), (Reject("zorp 4", "zorp 5"),), 2, "zorp 6")
    wanted = KeyPoint("a", "loss 1", ("loss 2",), ("loss 3",), (Reject("loss 4", "loss 5"),), 2, "loss 6")
    assert Aliases([("loss", ["zorp"])]).of_point(point) == wanted
    assert Aliases().of_point(point) == point


@settings(max_examples=150, deadline=None)
@given(pieces.map(" ".join))
def test_clauses_and_offsets_stay_those_of_the_text(text: str) -> None:
    wordings = Aliases(ALIASES)
    found, plain = wordings.clauses(text), clauses(text)
    assert [(c.start, c.end, c.sentence) for c in found] == [(c.start, c.end, c.sentence) for c in plain]
    for clause in found:
        for token in clause.tokens:
            assert clause.start <= token.start < token.end <= clause.end
            written = text[token.start : token.end]
            if token.stem in stems_of(Aliases(), "learning rate"):
                assert written in ("zorp", "quaffle tibbet", "η")
            elif token.norm == "loss":
                assert written in ("loss", "blunge")
