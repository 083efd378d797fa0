"""The SVG: well-formed whatever the data and names, readable on light and dark, series told apart without colour."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbot.plot.options import ChartOptions
from quizbot.plot.styles import COLOURS, INK
from quizbot.plot.svg import draw_svg
from tests.plot.pictures import curve

SVG = "{http://www.w3.org/2000/svg}"
numbers = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-10, 10)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*COLOURS, INK])
@pytest.mark.parametrize("background", ["#ffffff", "#121212"])
def test_colours_are_readable_on_light_and_dark(colour: str, background: str) -> None:
    assert contrast(colour, background) >= 3


@given(
    data=st.dictionaries(st.sampled_from(["a<b>&\"'", "深\x00\ud800", "k=1"]), st.lists(st.tuples(numbers, numbers))),
    log=st.booleans(),
    width=st.integers(-5, 2000),
    height=st.integers(-5, 1500),
)
def test_any_data_gives_well_formed_xml_with_finite_numbers(
    data: dict[str, list[tuple[float, float]]], log: bool, width: int, height: int
) -> None:
    series = {name: curve([x for x, _ in one], [y for _, y in one]) for name, one in data.items()}
    chosen = ChartOptions(title="<&>", x_label="x", y_label="y", y_log=log, grid=True)
    text = draw_svg(series, chosen, width=width, height=height)
    root = ET.fromstring(text.encode("utf-8"))
    assert root.tag == f"{SVG}svg"
    for element in root.iter():
        for key, value in element.attrib.items():
            if key in ("d", "x", "y", "cx", "cy", "viewBox"):
                assert "nan" not in value
                assert "inf" not in value


def test_curves_carry_their_names_and_differ_in_marker_and_dash() -> None:
    x = np.linspace(0, 1, 30)
    series = {f"rate={i}": curve(x, i * x) for i in range(8)}
    root = ET.fromstring(draw_svg(series, ChartOptions(x_label="step", y_label="x")))
    groups = root.findall(f"{SVG}g")
    assert [group.findtext(f"{SVG}title") for group in groups] == list(series)
    texts = {element.text for element in root.iter(f"{SVG}text")}
    assert {*series, "step", "x"} <= texts
    looks = set()
    for group in groups:
        line, *shapes = [element for element in group if element.tag != f"{SVG}title"]
        shape = shapes[0]
        outline = re.sub(r"[\d.]+ [\d.-]+", "", shape.get("d", "circle")), len(shape.get("d", "").split("L"))
        first = shape.get("d", "M0 0").split("L")[0], shape.get("fill") is not None
        looks.add((line.get("stroke-dasharray"), outline, first[1]))
    assert len(looks) == 8


def test_the_drawn_path_goes_through_the_data() -> None:
    """In a square plot the line y = x must come out as a line from the lower left to the upper right corner."""
    chosen = ChartOptions(legend="none", x_range=(0, 1), y_range=(0, 1))
    root = ET.fromstring(draw_svg({"a": curve([0, 0.5, 1], [0, 0.5, 1])}, chosen))
    axes, *_ = [path.get("d", "") for path in root.iter(f"{SVG}path")]
    left, top, bottom, right = (float(part) for part in re.fullmatch(r"M(\S+) (\S+)V(\S+)H(\S+)", axes).groups())  # type: ignore[union-attr]
    group = root.find(f"{SVG}g")
    assert group is not None
    line = group[1].get("d", "")
    ends = [tuple(map(float, pair.split())) for pair in re.split("[ML]", line)[1:]]
    assert ends == [
        pytest.approx((left, bottom), abs=0.02),
        pytest.approx(((left + right) / 2, (top + bottom) / 2), abs=0.02),
        pytest.approx((right, top), abs=0.02),
    ]


def test_gaps_break_the_path_and_marks_say_why() -> None:
    root = ET.fromstring(draw_svg({"a": curve(range(5), [1, 2, np.nan, 3, 4])}))
    group = root.find(f"{SVG}g")
    assert group is not None
    assert group[1].get("d", "").count("M") == 2
    assert "× not a number" in {element.text for element in root.iter(f"{SVG}text")}


def test_the_same_input_gives_the_same_bytes() -> None:
    x = np.linspace(0, 9, 100)
    assert draw_svg({"a": curve(x, np.sin(x))}) == draw_svg({"a": curve(x, np.sin(x))})
