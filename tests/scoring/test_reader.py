"""The reader: its arithmetic against a plain second implementation, long answers, and what it is given to read."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.scoring import KeyPoint, Reject
from quizbot.scoring.reader.inputs import MAX_ANSWER, MAX_POINT, parts_of, point_ids
from quizbot.scoring.reader.network import HEADS, READ_OFF, WIDTH, network_from
from quizbot.scoring.reader.reading import shipped_reader, stretches
from quizbot.scoring.reader.wordpiece import Pieces

INNER = 64


def arrays(layers: int = 3, alone: int = 1) -> dict[str, Any]:
    """A network with random weights, in the form of `reader.npz`: matrices (in, out) with a scale for every output."""
    random = np.random.default_rng(1)
    made: dict[str, Any] = {"layers": np.array(layers), "alone": np.array(alone)}

    def matrix(name: str, outputs: int, inputs: int) -> None:
        made[name] = random.integers(-127, 128, (inputs, outputs)).astype(np.int8)
        made[f"{name}_scale"] = random.uniform(2e-4, 8e-4, outputs).astype(np.float32)

    def vector(name: str, *shape: int, near: float = 0.0) -> None:
        made[name] = (near + random.normal(0, 0.1, shape)).astype(np.float32)

    made["pieces"] = random.integers(-127, 128, (20, WIDTH)).astype(np.int8)
    made["pieces_scale"] = random.uniform(2e-4, 8e-4, 20).astype(np.float32)
    vector("places", 30, WIDTH)
    vector("kinds", 2, WIDTH)
    for n in ("", *range(layers)):
        vector(f"norm{n}", WIDTH, near=1.0)
        vector(f"norm_bias{n}", WIDTH)
    for n in range(layers):
        matrix(f"mix{n}", 3 * WIDTH, WIDTH)
        vector(f"mix_bias{n}", 3 * WIDTH)
        matrix(f"out{n}", WIDTH, WIDTH)
        vector(f"out_bias{n}", WIDTH)
        matrix(f"wide{n}", INNER, WIDTH)
        vector(f"wide_bias{n}", INNER)
        matrix(f"narrow{n}", WIDTH, INNER)
        vector(f"narrow_bias{n}", WIDTH)
        vector(f"last_norm{n}", WIDTH, near=1.0)
        vector(f"last_norm_bias{n}", WIDTH)
    vector("head", (READ_OFF + 1) * WIDTH, 4)
    vector("head_bias", 4)
    vector("seek", WIDTH, WIDTH)
    vector("seek_bias", WIDTH)
    return made


def plainly(given: dict[str, Any], answer: list[int], point: list[int]) -> tuple[Any, Any]:
    """The same network in float64, piece by piece and head by head, from the text of the papers: log-odds and places."""

    @cache
    def full(name: str) -> Any:
        """(out, in)."""
        return (given[name].astype(float) * given[f"{name}_scale"].astype(float)).T

    def normed(v: Any, name: str) -> Any:
        return (v - v.mean()) / math.sqrt(v.var() + 1e-12) * given[name].astype(float) + given[
            name.replace("norm", "norm_bias")
        ].astype(float)

    def embedded(ids: list[int], kind: int) -> list[Any]:
        table = given["pieces"].astype(float) * given["pieces_scale"].astype(float)[:, None]
        return [normed(table[i] + given["places"][at] + given["kinds"][kind], "norm") for at, i in enumerate(ids)]

    def attended(query: Any, keys: list[Any], values: list[Any]) -> Any:
        size = WIDTH // HEADS
        out = np.zeros(WIDTH)
        for head in range(HEADS):
            cut = slice(head * size, (head + 1) * size)
            weights = [math.exp(float(query[cut] @ key[cut]) / math.sqrt(size)) for key in keys]
            out[cut] = sum(w * v[cut] for w, v in zip(weights, values, strict=True)) / sum(weights)
        return out

    def finished(v: Any, found: Any, n: int) -> Any:
        v = normed(v + full(f"out{n}") @ found + given[f"out_bias{n}"], f"norm{n}")
        wide = full(f"wide{n}") @ v + given[f"wide_bias{n}"]
        wide = np.array([0.5 * u * (1 + math.tanh(math.sqrt(2 / math.pi) * (u + 0.044715 * u**3))) for u in wide])
        return normed(v + full(f"narrow{n}") @ wide + given[f"narrow_bias{n}"], f"last_norm{n}")

    a, p = embedded(answer, 0), embedded(point, 1)
    entered_a, entered_p = a, p
    for n in range(int(given["layers"])):
        entered_a, entered_p = a, p
        mixed_a = [full(f"mix{n}") @ v + given[f"mix_bias{n}"] for v in a]
        mixed_p = [full(f"mix{n}") @ v + given[f"mix_bias{n}"] for v in p]
        key, value = slice(WIDTH, 2 * WIDTH), slice(2 * WIDTH, 3 * WIDTH)
        keys_a, values_a = [m[key] for m in mixed_a], [m[value] for m in mixed_a]
        keys, values = [m[key] for m in mixed_p], [m[value] for m in mixed_p]
        if n >= given["alone"]:
            keys, values = keys_a + keys, values_a + values
        a, p = (
            [finished(v, attended(m[:WIDTH], keys_a, values_a), n) for v, m in zip(a, mixed_a, strict=True)],
            [finished(v, attended(m[:WIDTH], keys, values), n) for v, m in zip(p, mixed_p, strict=True)],
        )
    log_odds = np.concatenate([*p[:READ_OFF], np.mean(entered_p, axis=0)]) @ given["head"] + given["head_bias"]
    sought = p[0] @ given["seek"] + given["seek_bias"]
    likes = [math.exp(float(sought @ v) / math.sqrt(WIDTH)) for v in entered_a]
    return log_odds, np.array(likes) / sum(likes)


def test_the_arithmetic_is_that_of_the_papers() -> None:
    given = arrays()
    answer, points = [1, 5, 7, 3, 2], [[1, 9, 2], [1, 4, 11, 12, 2]]
    network = network_from(given)
    found = network.read(answer, network.prepare(points))
    for row, places, point in zip(found.log_odds, found.places, points, strict=True):
        log_odds, likely = plainly(given, answer, point)
        assert row == pytest.approx(log_odds, abs=2e-4)
        assert places == pytest.approx(likely, abs=1e-4)


def test_a_point_is_read_alone_whatever_stands_beside_it() -> None:
    network = network_from(arrays())
    answer, points = [1, 5, 7, 3, 2], [[1, 9, 2], [1, 4, 11, 12, 2]]
    alone = [network.read(answer, network.prepare([point])) for point in points]
    together = network.read(answer, network.prepare(points))
    assert together.log_odds == pytest.approx(np.concatenate([found.log_odds for found in alone]), abs=1e-4)
    assert together.places == pytest.approx(np.concatenate([found.places for found in alone]), abs=1e-5)


def test_a_network_without_one_of_its_arrays_is_refused() -> None:
    given = arrays()
    del given["out1"]
    with pytest.raises(KeyError, match="out1"):
        network_from(given)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 2000), st.integers(5, 400))
def test_stretches_are_short_and_leave_nothing_out(pieces: int, every: int) -> None:
    """Words of one letter with a full stop now and then."""
    text = "".join(". " if i % every == every - 1 else "a " for i in range(pieces))
    starts = list(range(0, 2 * pieces, 2))
    found = stretches(text, Pieces([0] * pieces, starts, [s + 1 for s in starts]))
    assert [0, *(last for _, last in found)] == [*(first for first, _ in found), pieces]
    assert all(0 < last - first <= MAX_ANSWER for first, last in found)
    if every < MAX_ANSWER // 2:
        assert all(text[starts[last - 1]] == "." for _, last in found[:-1])


def test_the_shipped_reader_tells_what_is_said_from_what_is_not() -> None:
    reader = shipped_reader()
    point = KeyPoint(
        "split",
        "The test set estimates how well the model does on unseen data.",
        accept=("it shows performance on data the model has never seen",),
        reject=(Reject("the test set is used to fit the parameters"),),
    )
    points = reader.prepare([point])

    def missing(answer: str) -> float:
        """How far missing lies above every other verdict."""
        (row,) = reader.read(answer, points).log_odds
        return row[0] - max(row[1:])

    assert missing("It shows how well the model does on data that it has never seen.") < 0
    assert missing("You fit the weights on the test set, that is what it is there for.") < 0
    assert missing("My favourite optimiser is Adam, because it needs little tuning.") > 0


def test_empty_and_endless_texts_are_read() -> None:
    reader = shipped_reader()
    points = reader.prepare([KeyPoint("a", "claim " * 400, accept=("x " * 400,))])
    assert points is not None
    assert len(points.pieces) <= MAX_POINT
    for answer in ("", "\u200b", "word " * 700):
        (row,) = reader.read(answer, points).log_odds
        assert len(row) == 4
    assert reader.prepare([]) is None
    assert reader.read("anything", None).log_odds == []


def test_likely_places_are_shares_of_the_whole_answer() -> None:
    reader = shipped_reader()
    points = reader.prepare(
        [KeyPoint("size", "A larger batch lowers the noise of the gradient.", ("less noisy steps",))]
    )
    text = "I worked on speech models. Averaging over more samples makes the gradient less noisy. "
    read = reader.read(text, points)
    whole, none = read.within(0, [(0, len(text)), (len(text), len(text) + 5)])
    first, second = read.within(0, [(0, 26), (26, len(text))])
    # Of everything that is shared out, the marks at the ends of the answer, which are no words, may hold a part.
    assert 0 < whole <= 1.01
    assert none == 0
    assert first + second == pytest.approx(whole, abs=0.02)
    assert first < second


def test_a_point_is_given_as_its_claim_and_its_first_phrasings() -> None:
    point = KeyPoint("a", "claim", tuple("bcde"), ("half",), tuple(Reject(c) for c in "xyz"))
    assert [text for _, text in parts_of(point)] == ["claim", "b", "c", "d", "x", "y"]
    cutter = shipped_reader().cutter
    ids = point_ids(cutter, parts_of(point))
    assert [cutter.pieces[i] for i in ids if cutter.pieces[i].startswith("[")] == [
        "[CLS]", "[unused1]", *["[unused2]"] * 3, *["[unused3]"] * 2, "[SEP]",
    ]  # fmt: skip
