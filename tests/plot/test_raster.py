"""The braille raster: single dots, lines, clipping, dashes, and any input at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.plot.geometry import clip_segments, thin
from quizbot.plot.raster import BrailleRaster

coordinates = st.floats(-50, 250) | st.floats(allow_nan=True, allow_infinity=True)


def drawn(width: int, height: int, points: list[tuple[float, float]], dash: tuple[int, ...] = ()) -> list[str]:
    raster = BrailleRaster(width, height)
    x, y = np.array(points, dtype=np.float64).reshape(-1, 2).T
    raster.line(x, y, 0, dash)
    return raster.rows()


@pytest.mark.parametrize(
    ("dot", "char"),
    [
        ((0, 0), "⠁"),
        ((0, 1), "⠂"),
        ((0, 2), "⠄"),
        ((0, 3), "⡀"),
        ((1, 0), "⠈"),
        ((1, 1), "⠐"),
        ((1, 2), "⠠"),
        ((1, 3), "⢀"),
    ],
)
def test_each_dot_of_a_cell(dot: tuple[int, int], char: str) -> None:
    assert drawn(1, 1, [dot]) == [char]


def test_lines() -> None:
    assert drawn(3, 1, [(0, 0), (5, 0)]) == ["⠉⠉⠉"]
    assert drawn(1, 2, [(0, 0), (0, 7)]) == ["⡇", "⡇"]
    assert drawn(2, 1, [(0, 0), (3, 3)]) == ["⠑⢄"]
    assert drawn(2, 1, [(3, 3), (0, 0)]) == ["⠑⢄"]


def test_a_line_is_cut_at_the_edge_and_keeps_its_direction() -> None:
    assert drawn(2, 1, [(-100, -100), (100, 100)]) == ["⠑⢄"]
    assert drawn(3, 1, [(-9, 0), (900, 0)]) == ["⠉⠉⠉"]
    assert drawn(2, 1, [(-5, -1), (10, -1)]) == ["  "]
    assert drawn(1, 1, [(0, 0), (0, np.inf)]) == ["⡇"]


def test_nan_is_a_gap_and_a_lonely_point_still_shows() -> None:
    assert drawn(4, 1, [(0, 0), (1, 0), (np.nan, np.nan), (6, 0), (7, 0)]) == ["⠉  ⠉"]
    assert drawn(4, 1, [(0, 0), (np.nan, 0), (4, 3), (5, np.nan), (7, 0)]) == ["⠁ ⡀⠈"]


def test_dashes_count_dots_not_points() -> None:
    few = drawn(6, 1, [(0, 0), (11, 0)], dash=(2, 2))
    many = drawn(6, 1, [(i / 10, 0) for i in range(111)], dash=(2, 2))
    assert few == many == ["⠉ ⠉ ⠉ "]


def test_the_last_series_owns_a_shared_cell() -> None:
    raster = BrailleRaster(2, 1)
    raster.line(np.array([0.0, 3.0]), np.array([0.0, 0.0]), 4)
    raster.line(np.array([0.0, 1.0]), np.array([3.0, 3.0]), 7)
    assert raster.ids.tolist() == [[7, 4]]
    assert raster.rows() == ["⣉⠉"]


@given(
    width=st.integers(-2, 60),
    height=st.integers(-2, 30),
    points=st.lists(st.tuples(coordinates, coordinates), max_size=40),
    dash=st.sampled_from([(), (2, 2), (6, 2, 2, 2)]),
)
def test_any_line_fits_any_size(
    width: int, height: int, points: list[tuple[float, float]], dash: tuple[int, ...]
) -> None:
    rows = drawn(width, height, points, dash)
    assert len(rows) == max(0, height)
    assert all(len(row) == max(0, width) for row in rows)
    assert all(char == " " or 0x2800 < ord(char) <= 0x28FF for row in rows for char in row)


@given(points=st.lists(st.tuples(st.floats(0, 39), st.floats(0, 39)), min_size=1, max_size=30))
def test_every_point_inside_is_on_its_line(points: list[tuple[float, float]]) -> None:
    raster = BrailleRaster(20, 10)
    x, y = np.array(points).T
    raster.line(x, y, 3)
    hit = raster.ids[np.rint(y).astype(int) // 4, np.rint(x).astype(int) // 2]
    assert (hit == 3).all()


@given(points=st.lists(st.tuples(st.floats(-20, 30), st.floats(-20, 30)), min_size=2, max_size=20))
def test_clipped_ends_lie_in_the_box_and_on_their_segment(points: list[tuple[float, float]]) -> None:
    x, y = np.array(points).T
    ends_x, ends_y, index = clip_segments(x, y, (0.0, 0.0, 10.0, 5.0))
    assert ((ends_x >= 0) & (ends_x <= 10) & (ends_y >= 0) & (ends_y <= 5)).all()
    for (ax, bx), (ay, by), i in zip(ends_x, ends_y, index, strict=True):
        for px, py in ((ax, ay), (bx, by)):
            dx, dy = x[i + 1] - x[i], y[i + 1] - y[i]
            # Twice the area of the triangle that the end makes with the segment.
            assert abs(dx * (py - y[i]) - dy * (px - x[i])) < 1e-6
    for i in range(len(x) - 1):
        middle = (x[i] + x[i + 1]) / 2, (y[i] + y[i + 1]) / 2
        if 0 < middle[0] < 10 and 0 < middle[1] < 5:
            assert i in index


def test_thinning_leaves_the_picture_as_it_is() -> None:
    x = np.linspace(0, 79, 20_000)
    y = 20 + 18 * np.sin(x / 3) + np.where(np.arange(20_000) % 977 == 0, 15, 0)
    assert len(thin(x, y, 80)[0]) <= 4 * 80
    full, less = BrailleRaster(40, 15), BrailleRaster(40, 15)
    for part in range(0, 20_000, 500):  # short enough not to be thinned
        full.line(x[part : part + 501], y[part : part + 501], 0)
    less.line(x, y, 0)
    differing = sum(
        a != b for one, two in zip(full.rows(), less.rows(), strict=True) for a, b in zip(one, two, strict=True)
    )
    # Joining a column's extremes in order moves single dots, never a cell's worth of curve.
    assert differing <= 0.1 * (full.ids >= 0).sum()
