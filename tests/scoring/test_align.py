"""Windows over neighbouring clauses: what is carried over from the one before is what counting afresh gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.scoring import KeyPoint, Reject, prepare
from quizbot.scoring.align import RECALL_EMPHASIS, Alignment, Window, align
from quizbot.scoring.prepared import Prepared

POINTS = [
    KeyPoint("noise", "A larger batch lowers the noise of the gradient.", ("averaging over more samples calms the estimate",),
             (), (Reject("a larger batch adds noise"),)),
    KeyPoint("memory", "Memory limits the batch size, never accuracy.", ("the card runs out of room",)),
]  # fmt: skip
MADE = prepare("What does the batch size change?", POINTS)

texts = st.lists(
    st.sampled_from(
        ["a larger batch", "not", "lowers the noise", "lowrs the noyse", "never", "more samples", ",", ".", "because",
         "the card runs out of memory", "calm", "raises", "it is not true that", "\n-", "zebra crossing"]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


def afresh(
    made: Prepared, found: Alignment, window: Window
) -> tuple[dict[int, float], list[float], list[float], list[float]]:
    """Likeness, agreement, clash and pool of a window from its clauses alone."""
    merged: dict[int, float] = {}
    for stretch in found.stretches[window.first : window.last + 1]:
        for item, how in stretch.likeness.items():
            if abs(how) > abs(merged.get(item, 0.0)):
                merged[item] = how
    agree, clash = [0.0] * len(made.phrasings), [0.0] * len(made.phrasings)
    pool = [0.0] * len(made.key_points)
    for item, how in merged.items():
        for number, weight, negated in made.postings[item]:
            side = agree if (how < 0) == negated else clash
            side[number] += weight * abs(how)
        for point, weight in made.item_points[item]:
            pool[point] += weight * abs(how)
    return merged, agree, clash, pool


@settings(max_examples=200, deadline=None)
@given(texts)
def test_windows_carry_over_what_counting_afresh_gives(text: str) -> None:
    found = align(MADE, text)
    for window in found.windows:
        merged, agree, clash, pool = afresh(MADE, found, window)
        assert window.likeness == merged
        assert window.agree == pytest.approx(agree, abs=1e-9)
        assert window.clash == pytest.approx(clash, abs=1e-9)
        assert window.pool == pytest.approx(pool, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_fit_is_the_f_measure_of_recall_and_precision(text: str) -> None:
    found = align(MADE, text)
    for window in found.windows:
        for fit, agree, clash, whole in zip(window.fit, window.agree, window.clash, MADE.masses, strict=True):
            if fit > 0:
                recall, precision = (agree + clash) / whole, min(1.0, (agree + clash) / window.mass)
                wanted = (1 + RECALL_EMPHASIS) * precision * recall / (RECALL_EMPHASIS * precision + recall)
                assert fit == pytest.approx(wanted, abs=1e-9)
