"""Changed answers: each change does what it says, and only that."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.scoring import robust
from quizbot.scoring.lexicon import lexicon
from quizbot.scoring.report import changes, fairness, junk, spelling, wordings
from quizbot.scoring.report.casing import like, replace_words
from quizbot.scoring.report.synonyms import SYNONYMS, synonyms, unlisted, unlisted_synonyms
from quizbot.scoring.stem import stem
from quizbot.scoring.text import FUNCTION, fold
from tests.scoring.report_cases import answer, question

ASKED = question("x", 2)
texts = st.lists(
    st.sampled_from(["It is so.", "Why?", "SGD moves, e.g. slowly!", "A rate", "I'd not.", "\n- one"]), max_size=8
)


@given(texts)
def test_changes_are_repeatable_and_change_no_length_by_surprise(parts: list[str]) -> None:
    text = " ".join(parts)
    for name, change in {**fairness.KEEPS, **fairness.BREAKS}.items():
        once, twice = (change(text, ASKED, Random(name)) for _ in range(2))
        assert once == twice
        assert len(once) <= 6 * len(text) + 600


@given(texts)
def test_order_and_bullets_keep_every_sentence(parts: list[str]) -> None:
    text = " ".join(parts)
    units = changes.units(text)
    mixed = changes.units(changes.reordered(text, ASKED, Random(1)))
    assert sorted(unit.rstrip(".") for unit in mixed) == sorted(unit.rstrip(".") for unit in units)
    assert changes.bullets(text, ASKED, Random(1)) == "\n".join(f"- {unit}" for unit in units)
    if len(set(units)) > 1:
        assert changes.reordered("\n".join(units), ASKED, Random(1)) != "\n".join(units)


def test_units_are_sentences_and_lines_but_not_abbreviations() -> None:
    text = "We use Adam, e.g. with 0.001. Is it good?\n- yes\n* it is! no end"
    assert changes.units(text) == ["We use Adam, e.g. with 0.001.", "Is it good?", "yes", "it is!", "no end"]


def test_padding_adds_only_sentences_of_its_own_that_training_never_saw() -> None:
    text = "One is two. Two is three. Three is four."
    padded = changes.padded(text, ASKED, Random(3))
    added = [unit for unit in changes.units(padded) if unit not in changes.units(text)]
    assert len(added) == 4
    trained = robust.padded("", ASKED, Random(1))
    assert not [unit for unit in added if unit in trained]
    assert [unit for unit in changes.units(padded) if unit not in added] == changes.units(text)


@pytest.mark.parametrize(
    "sentence, within",
    [
        ("The rate is high.", "the rate is high."),
        ("SGD is slow.", "SGD is slow."),
        ("I think so.", "I think so."),
        ("I'd say so.", "I'd say so."),
        ("It is so.", "it is so."),
        ("A rate", "a rate"),
        ("L2 decays", "L2 decays"),
        ("", ""),
    ],
)
def test_a_sentence_within_another_keeps_its_names(sentence: str, within: str) -> None:
    assert changes.uncapitalised(sentence) == within


def test_every_sentence_is_denied_but_no_question() -> None:
    denied = changes.denial("It is false that")("The rate is high. Why? SGD moves.", ASKED, Random(1))
    assert denied == "It is false that the rate is high. Why? It is false that SGD moves."


@pytest.mark.parametrize(
    "british, american",
    [
        ("We normalise and regularised it.", "We normalize and regularized it."),
        ("Initialisation of the NEURAL CENTRE", "Initialization of the NEURAL CENTER"),
        ("behaviour, Colours and labelled", "behavior, Colors and labeled"),
        ("neighbourhood of unlabelled data", "neighborhood of unlabeled data"),
        ("analyse the modelling", "analyze the modeling"),
    ],
)
def test_spelling_both_ways(british: str, american: str) -> None:
    assert spelling.american(british, ASKED, Random(1)) == american
    assert spelling.british(american, ASKED, Random(1)) == british


def test_words_that_only_look_british_or_american_stay() -> None:
    text = "noise, otherwise, supervised, precise, raise, our four hours, enter, size, prize, modelled-by"
    assert spelling.american(text, ASKED, Random(1)) == text
    assert spelling.british("size, prize, seize, while, program, practice, check", ASKED, Random(1)) == (
        "size, prize, seize, while, program, practice, check"
    )


def test_spelling_tables_are_pairs_of_different_words_and_none_leads_on() -> None:
    assert all(one != other for one, other in spelling.AMERICAN.items())
    assert not set(spelling.AMERICAN) & set(spelling.AMERICAN.values())


@pytest.mark.parametrize(
    "text, changed",
    [
        ("It's high and doesn't fall.", "It is high and does not fall."),
        ("That’s it, we can’t.", "That is it, we cannot."),
        (
            "It's been slow; you'd better stop, I'd need time.",
            "It has been slow; you had better stop, I would need time.",
        ),
        ("Won't it? The model's rate isn't.", "Will not it? The model's rate is not."),
    ],
)
def test_contractions_are_written_out_and_possessives_are_left(text: str, changed: str) -> None:
    assert wordings.expanded(text, ASKED, Random(1)) == changed


@pytest.mark.parametrize(
    "text, changed",
    [
        ("It is high and does not fall.", "It's high and doesn't fall."),
        ("We cannot, whatever it is.", "We can't, whatever it is."),
        ("Who you are matters, and we have eleven.", "Who you are matters, and we have eleven."),
        ("They have been there.", "They've been there."),
    ],
)
def test_contractions_are_made_where_people_make_them(text: str, changed: str) -> None:
    assert wordings.contracted(text, ASKED, Random(1)) == changed


class Always(Random):
    """Does everything that is left to chance."""

    def random(self) -> float:
        return 0.0


def test_non_native_phrasing() -> None:
    text = "The rate depends on a batch. It means the loss grows, but a few steps are too few."
    assert wordings.non_native(text, ASKED, Always()) == (
        "Rate depend from batch. It mean loss grow, but a few steps are too few."
    )


def test_no_slip_turns_a_statement_round() -> None:
    turning = {
        "not",
        "no",
        "never",
        "without",
        "over",
        "under",
        "before",
        "after",
        "above",
        "below",
        "up",
        "down",
        "more",
        "less",
    }
    for table in (SYNONYMS, wordings._SLIPS):
        for before, after in table.items():
            assert not turning & (set(before.split()) ^ set(after.split())) - {"no", "more", "less"}, before


def test_synonyms_are_many_everyday_words_and_none_leads_to_its_own_form() -> None:
    assert len(SYNONYMS) >= 60
    assert all(before != after.lower() for before, after in SYNONYMS.items())
    assert synonyms("Nobody began; people often help.", ASKED, Random(1)) == "No one started; folks frequently help."
    assert synonyms("It works as well as theirs, as well.", ASKED, Random(1)) == "It works and also theirs, too."


def test_the_lexicon_of_the_scorer_does_not_know_the_unlisted_synonyms() -> None:
    # Otherwise the report would measure the lexicon, which knows what it knows.
    assert len(unlisted()) >= 60
    words = lexicon().words
    for one, other in unlisted().items():
        if one in FUNCTION or other in FUNCTION:
            continue  # words like "because" are no content for the scorer, whatever the lexicon says
        assert not set(words.get(stem(fold(one)), ())) & set(words.get(stem(fold(other)), ())), one
    # "often" and "frequently" stand on one line of the lexicon, "nobody" and "no one" do not.
    assert unlisted_synonyms("Nobody asks often.", ASKED, Random(1)) == "No one asks often."


@pytest.mark.parametrize("model, made", [("rate", "step"), ("Rate", "Step"), ("RATE", "STEP"), ("I", "Step")])
def test_case_follows_the_word_that_is_replaced(model: str, made: str) -> None:
    assert like(model, "step") == made


def test_only_whole_words_are_replaced_and_the_longest_first() -> None:
    table = {"as well": "too", "as well as": "and", "big": "large"}
    assert (
        replace_words("bigger big-time, BIG as well  as small, as well", table)
        == "bigger big-time, LARGE and small, too"
    )


def test_junk_is_made_of_what_it_says() -> None:
    other = question(
        "y", 1, [answer("y1", "c", 9, "A good one.", "strong_terse"), answer("y2", "m", 0, "Bad.", "off_topic")]
    )
    asked = question("x", 2, [answer("x1", "cc", 9, "My own.", "strong_terse")])
    made = {name: kind(asked, [asked, other], Random(1)) for name, kind in junk.JUNK.items()}
    assert made["keywords, commas"] == ["Claim, true"]
    assert made["keywords, blanks"] == ["Claim true"]
    assert made["question copied"][0] == "What is x?"
    assert made["rejected statements"] == ["Claim 0 of x is false. Claim 1 of x is false."]
    assert made["answer to another"] == ["A good one."]
    assert made["claims of another"] == ["Claim 0 of y is true."]
    assert len(made["I don't know"]) >= 5
    assert not [text for text in made["empty"] if text.strip()]
    assert all(re.fullmatch(r"[a-z; ]+", text) for text in made["gibberish"])
    assert junk.JUNK["answer to another"](asked, [asked], Random(1)) == []
