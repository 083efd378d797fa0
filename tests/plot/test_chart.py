"""Charts in cells: pictures that were looked at, and what holds for any data and any size."""

from __future__ import annotations

import dataclasses
import math
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.plot.chart import ChartCells, draw_chart
from quizbot.plot.legend import compact_names
from quizbot.plot.options import ChartOptions, LegendPlace
from quizbot.plot.scene import Axis, build_scene, freeze
from quizbot.plot.styles import Style, look
from tests.plot.pictures import GOLDENS, PICTURES, Curve, curve

numbers = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-10, 10)
points = st.lists(st.tuples(numbers, numbers), max_size=12)
LEGENDS: list[LegendPlace] = ["auto", "right", "bottom", "none"]
options = st.builds(
    ChartOptions,
    title=st.sampled_from(["", "A title that is longer than the narrowest chart is wide"]),
    x_label=st.sampled_from(["", "step"]),
    y_label=st.sampled_from(["", "|x|", "a label that goes on and on"]),
    x_log=st.booleans(),
    y_log=st.booleans(),
    y_abs=st.booleans(),
    x_range=st.none() | st.tuples(numbers, numbers),
    y_range=st.none() | st.tuples(numbers, numbers),
    y_view=st.none() | st.just((-3.0, 3.0)) | st.just((1e-4, 1e4)),
    legend=st.sampled_from(LEGENDS),
    grid=st.booleans(),
)


def pairs(count: int) -> dict[str, Curve]:
    """`count` straight lines from 0 up to different heights, named like the series of a demo."""
    return {f"rate=0.{i},curvature={i}": curve([0, 10], [0, i + 1]) for i in range(count)}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str) -> None:
    assert PICTURES[name]() + "\n" == (GOLDENS / f"{name}.txt").read_text(encoding="utf-8")


def test_every_golden_has_its_picture() -> None:
    assert {file.stem for file in Path(GOLDENS).iterdir()} == set(PICTURES)


@given(data=st.lists(points, max_size=4), width=st.integers(-1, 130), height=st.integers(-1, 45), chosen=options)
def test_any_data_fits_any_size(
    data: list[list[tuple[float, float]]], width: int, height: int, chosen: ChartOptions
) -> None:
    series = {f"k={i},深=\x1b{i}": curve([x for x, _ in one], [y for _, y in one]) for i, one in enumerate(data)}
    cells = draw_chart(series, width, height, chosen)
    assert cells.codes.shape == cells.styles.shape == (max(0, height), max(0, width))
    lines = cells.to_text().split("\n") if cells.height else []
    assert len(lines) == cells.height
    for row in range(cells.height):
        runs = cells.segments(row)
        text = "".join(part for part, _ in runs)
        assert len(text) == cells.width
        assert text.rstrip() == lines[row]
        assert all(char.isprintable() and unicodedata.east_asian_width(char) not in "WF" for char in text)
        assert all(a[1] != b[1] for a, b in pairwise(runs))
        assert all(-5 <= style < len(data) for _, style in runs)


@given(count=st.integers(1, 12), width=st.integers(40, 200), height=st.integers(10, 60))
def test_readable_sizes_show_axes_ticks_and_every_series_in_the_legend(count: int, width: int, height: int) -> None:
    series = pairs(count)
    cells = draw_chart(series, width, height, ChartOptions(x_label="step", y_label="x"))
    text = cells.to_text()
    assert "└" in text
    assert text.count("┤") >= 1
    assert text.count("┬") >= 2
    assert "step" in text
    # Counted by style: every series has drawn something, in the plot or in the legend.
    if "more" not in text:
        assert set(range(count)) <= set(np.unique(cells.styles).tolist())
        assert all(f"0.{i}" in text for i in range(count))
    else:
        assert count > 5


@pytest.mark.parametrize(("width", "height"), [(40, 10), (60, 15), (80, 24), (140, 45), (200, 60)])
def test_eight_series_are_told_apart_without_colour(width: int, height: int) -> None:
    cells = draw_chart(pairs(8), width, height, ChartOptions(x_label="step", y_label="x"))
    text = cells.to_text()
    for index in range(8):
        marker = look(index).marker
        assert text.count(marker) >= 2, "once on the curve, once in the legend"
    assert len({(look(i).marker, look(i).dash) for i in range(20)}) == 20
    assert len({look(i) for i in range(40)}) == 40


def test_equal_curves_both_show_their_markers() -> None:
    x = np.linspace(0, 1, 200)
    text = draw_chart({"a": curve(x, x), "b": curve(x, x)}, 60, 15, ChartOptions(legend="none")).to_text()
    assert text.count(look(0).marker) >= 3
    assert text.count(look(1).marker) >= 3


def test_a_curve_is_where_its_values_are() -> None:
    """Dot rows by hand: 10 rows are 40 dots, so 0..39 falls on a dot each, top down."""
    series = {"up": curve(np.arange(40), np.arange(40))}
    chosen = ChartOptions(legend="none", x_range=(0, 39), y_range=(0, 39))
    cells = draw_chart(series, 25, 12, chosen)
    rows, columns = np.nonzero(cells.styles == 0)
    left = int(np.flatnonzero(cells.codes[0] == ord("│")).item()) + 1
    dots_x = 2 * (25 - left) - 1
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        lowest, highest = 39 - (4 * row + 3), 39 - 4 * row
        first, last = (2 * (column - left) - 0.5) / dots_x * 39, (2 * (column - left) + 1.5) / dots_x * 39
        assert last >= lowest - 0.5
        assert first <= highest + 0.5
    assert set(rows.tolist()) == set(range(10))


def test_a_value_off_the_scale_is_marked_where_it_leaves() -> None:
    cells = draw_chart({"a": curve([0, 1, 2], [0, 0, 10])}, 43, 12, ChartOptions(y_range=(-1, 5), legend="none"))
    (row, column) = (int(i.item()) for i in np.nonzero(cells.codes == ord("↑")))
    assert row == 0
    left = int(np.flatnonzero(cells.codes[0] == ord("│")).item()) + 1
    # From (1, 0) to (2, 10) the line passes 5 at x = 1.5, three quarters of the way.
    assert abs((column - left) / (43 - left) - 0.75) < 0.03


@pytest.mark.parametrize(("value", "mark"), [(np.inf, "↑"), (-np.inf, "↓"), (np.nan, "×")])
def test_values_that_are_not_finite_are_marked(value: float, mark: str) -> None:
    text = draw_chart({"a": curve(range(5), [1, 2, value, 2, 3])}, 40, 12).to_text()
    assert mark in text
    assert not ({"↑", "↓", "×"} - {mark}) & set(text)


def test_zero_on_a_log_axis_is_below_the_scale_and_negatives_break_the_line() -> None:
    chosen = ChartOptions(y_log=True, legend="none")
    assert "↓" in draw_chart({"a": curve([0, 1, 2], [10, 1, 0])}, 40, 12, chosen).to_text()
    assert "×" in draw_chart({"a": curve([0, 1, 2], [10, 1, -5])}, 40, 12, chosen).to_text()
    magnitude = dataclasses.replace(chosen, y_abs=True)
    assert "×" not in draw_chart({"a": curve([0, 1, 2], [10, 1, -5])}, 40, 12, magnitude).to_text()


def test_a_view_cuts_but_never_widens() -> None:
    chosen = ChartOptions(y_view=(-3, 3))
    wide = build_scene({"a": curve([0, 1], [-1e9, 2])}, chosen)
    assert (wide.y_axis.low, wide.y_axis.high) == (-3, 2)
    narrow = build_scene({"a": curve([0, 1], [0.5, 1])}, chosen)
    assert (narrow.y_axis.low, narrow.y_axis.high) == (0.5, 1)


def test_frozen_axes_do_not_move_while_a_curve_grows() -> None:
    x = np.arange(50.0)
    y = 1.1**x
    chosen = freeze({"a": curve(x, y)}, ChartOptions(y_log=True, x_label="step", y_label="y"))
    frames = [draw_chart({"a": curve(x[:n], y[:n])}, 60, 20, chosen) for n in (1, 10, 50)]
    frame_cells = [np.where(np.isin(one.styles, (Style.AXIS, Style.TICK)), one.codes, 0) for one in frames]
    assert (frame_cells[0] == frame_cells[1]).all()
    assert (frame_cells[1] == frame_cells[2]).all()


@given(st.floats(-200, 50), st.floats(1e-4, 250), st.integers(2, 12))
def test_labels_of_a_log_axis_name_their_ticks(low: float, decades: float, most: int) -> None:
    axis = Axis(10**low, 10 ** (low + decades), log=True)
    ticks = axis.ticks(most)
    labels = [label for _, label in ticks]
    assert len(set(labels)) == len(labels)
    for fraction, label in ticks:
        assert abs((math.log10(float(label)) - low) / decades - fraction) < 0.01


@pytest.mark.parametrize("count", [1, 3, 8])
def test_markers_sit_on_the_drawn_line(count: int) -> None:
    x = np.linspace(0, 10, 7)
    scene = build_scene({str(i): curve(x, (i + 1) * x) for i in range(count)}, ChartOptions())
    for one in scene.curves:
        places = one.marker_places(5, count)
        assert 3 <= len(places) <= 5
        for u, v in places:
            assert v == pytest.approx((one.index + 1) / count * u)


def test_a_curve_that_runs_back_and_forth_bears_markers() -> None:
    angle = np.linspace(0, 2 * np.pi, 100)
    circle = curve(np.cos(angle), np.sin(angle))
    text = draw_chart({"circle": circle}, 60, 20, ChartOptions(legend="none")).to_text()
    assert 2 <= text.count(look(0).marker) <= 8


def test_changed_rows_are_those_that_differ() -> None:
    one = draw_chart({"a": curve([0, 1], [0, 0])}, 40, 12, ChartOptions(y_range=(0, 1)))
    same = draw_chart({"a": curve([0, 1], [0, 0])}, 40, 12, ChartOptions(y_range=(0, 1)))
    other = draw_chart({"a": curve([0, 1], [1, 1])}, 40, 12, ChartOptions(y_range=(0, 1)))
    assert one.changed_rows(None) == list(range(12))
    assert same.changed_rows(one) == []
    changed = other.changed_rows(one)
    assert changed
    assert len(changed) <= 3
    recoloured = ChartCells(one.codes, np.where(one.styles == 0, 1, one.styles).astype(np.int16))
    assert recoloured.changed_rows(one)


def test_x_and_y_of_different_length_are_an_error_that_names_the_series() -> None:
    with pytest.raises(ValueError, match="series 'a' has 3 x values and 2 y values"):
        draw_chart({"a": curve([1, 2, 3], [1, 2])}, 40, 10)


def test_compact_names_keep_every_value() -> None:
    assert compact_names(["rate=0.1,a=1", "rate=2,a=25"]) == ("rate,a =", ["0.1,1", "2,25"])
    assert compact_names(["rate=0.1", "noise"]) == ("", ["rate=0.1", "noise"])
    assert compact_names(["rate=0.1", "beta=0.1"]) == ("", ["rate=0.1", "beta=0.1"])
    assert compact_names(["=", "="]) == ("", ["=", "="])


def test_a_legend_without_room_counts_what_it_leaves_out() -> None:
    text = draw_chart(pairs(30), 40, 10, ChartOptions()).to_text()
    assert "more" in text
    assert max(map(len, text.split("\n"))) <= 40
