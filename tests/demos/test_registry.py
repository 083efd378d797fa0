"""The registry: finding demos, reading parameters, running, and what importing it costs."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizbot.demos import registry
from quizbot.demos.params import Param
from quizbot.demos.registry import DemoSpec, ParamError, UnknownDemo

BOWL = registry.get("learning-rate-bowl")


def test_importing_the_registry_imports_no_heavy_library() -> None:
    code = "import sys, json, quizbot.demos.registry; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "quizbot.demos.registry" in loaded
    assert not loaded & {"numpy", "pydantic", "yaml", "textual", "rich", "quizbot.demos.learning_rate_bowl"}


@pytest.mark.parametrize("spec", registry.all_specs(), ids=lambda spec: spec.name)
def test_every_spec_is_whole(spec: DemoSpec) -> None:
    assert registry.get(spec.name) is spec
    assert spec.module.startswith("quizbot.demos.")
    for text in (spec.title, spec.shows, spec.look_for, spec.scope, spec.x_label, spec.y_label):
        assert text.strip()
    assert spec.topics
    assert len({param.name for param in spec.params}) == len(spec.params)
    for param in spec.params:
        assert param.help
        assert param.parse(param.default) == param.default
        if param.slider is not None:
            low, high = param.slider
            assert low < high
            for end in (low, high):
                param.parse([end] if param.is_list else end)
            assert not param.log or low > 0


@pytest.mark.parametrize("spec", registry.all_specs(), ids=lambda spec: spec.name)
def test_every_demo_runs_on_its_defaults(spec: DemoSpec) -> None:
    result = registry.run(spec.name)
    assert result.demo == spec.name
    assert dict(result.params) == spec.defaults
    assert set(result.summary) == set(result.series)
    assert registry.describe(result)
    json.dumps(result.as_json(), allow_nan=False)


def test_unknown_demo_names_its_neighbour() -> None:
    with pytest.raises(UnknownDemo, match="did you mean learning-rate-bowl") as caught:
        registry.get("learning_rate_bowls")
    assert caught.value.matches == ("learning-rate-bowl",)


def test_unknown_demo_without_neighbour_lists_names() -> None:
    with pytest.raises(UnknownDemo, match=r"there are: .*learning-rate-bowl") as caught:
        registry.get("zzz\x1b[2J" * 50)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_defaults_fill_what_is_not_given() -> None:
    values = registry.parse_params(BOWL, {"steps": "7"})
    assert values == {"rates": (0.0001, 0.1, 1.9, 2.1), "curvatures": (1.0, 25.0), "steps": 7, "start": 1.0}
    assert list(values) == ["rates", "curvatures", "steps", "start"]


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("0.1,1.9", (0.1, 1.9)),
        (" 0.1 , 1.9 ", (0.1, 1.9)),
        ("0.1 1.9", (0.1, 1.9)),
        ("[0.1, 1.9]", (0.1, 1.9)),
        ("0.1; 1.9", (0.1, 1.9)),
        ("1e-5", (1e-5,)),
        (3, (3.0,)),
        ([1, 25], (1.0, 25.0)),
        ((0.5,), (0.5,)),
    ],
)
def test_lists_are_read_from_text_and_data(given_value: object, expected: tuple[float, ...]) -> None:
    rates = registry.parse_params(BOWL, {"rates": given_value})["rates"]
    assert rates == expected
    assert isinstance(rates, tuple)
    assert all(type(rate) is float for rate in rates)


@pytest.mark.parametrize("raw", ["50", 50, 50.0, " 5e1 "])
def test_whole_numbers_are_read_as_int(raw: object) -> None:
    steps = registry.parse_params(BOWL, {"steps": raw})["steps"]
    assert steps == 50
    assert type(steps) is int


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"rates": "0"}, "rates: 0 is out of range, give numbers above 0 and up to 1000"),
        ({"rates": "0.1,-2"}, "rates: -2 is out of range, give numbers above 0 and up to 1000"),
        ({"rates": "1001"}, "rates: 1001 is out of range, give numbers above 0 and up to 1000"),
        ({"rates": "inf"}, "rates: inf is out of range, give numbers above 0 and up to 1000"),
        ({"rates": math.nan}, "rates: nan is out of range, give numbers above 0 and up to 1000"),
        ({"rates": "nan"}, "rates: 'nan' is not a number"),
        ({"rates": "fast"}, "rates: 'fast' is not a number"),
        ({"rates": ""}, "rates: is empty, give one number or several, separated by commas"),
        ({"rates": []}, "rates: is empty, give one number or several, separated by commas"),
        ({"rates": "1,,2"}, "rates: a number is missing"),
        ({"rates": "0.1,0.10"}, "rates: 0.1 is given twice"),
        ({"rates": list(range(1, 10))}, "rates: 9 numbers are too many, give at most 8"),
        ({"rates": None}, "rates: None is not a number"),
        ({"rates": [[1]]}, "rates: [1] is not a number"),
        ({"rates": {"a": 1}}, "rates: {'a': 1} is not a number"),
        ({"steps": "1.5"}, "steps: 1.5 is not a whole number"),
        ({"steps": True}, "steps: True is not a whole number"),
        ({"steps": 0}, "steps: 0 is out of range, give a whole number from 1 up to 100000"),
        ({"steps": 10**400}, "steps: inf is out of range, give a whole number from 1 up to 100000"),
        ({"steps": "9" * 5000}, "steps: '9999999999999999999999999999… is not a whole number"),
        ({"start": "0"}, "start: 0 is out of range, give a number from -1000000 up to 1000000 other than 0"),
        ({"rate": 1}, "rate: learning-rate-bowl has no such parameter; did you mean rates?"),
        ({"q": 1}, "q: learning-rate-bowl has no such parameter; it has rates, curvatures, steps, start"),
    ],
)
def test_wrong_parameters_say_what_is_wrong(params: Mapping[str, object], message: str) -> None:
    with pytest.raises(ParamError) as caught:
        registry.parse_params(BOWL, params)
    assert str(caught.value) == message
    assert f"{caught.value.param}: {caught.value.reason}" == message


def test_choices_and_open_bounds() -> None:
    choice = Param("kind", "choice", "a", choices=("a", "b"))
    assert choice.parse(" b ") == "b"
    with pytest.raises(ParamError, match="kind: 'c' is not a choice, give one of a, b"):
        choice.parse("c")
    share = Param("share", "float", 0.5, low=0, high=1, high_open=True)
    assert share.parse("0") == 0
    with pytest.raises(ParamError, match="share: 1 is out of range, give a number from 0 and below 1"):
        share.parse(1)
    free = Param("shift", "ints", (1,))
    assert free.parse("-3,4") == (-3, 4)


@given(st.lists(st.floats(1e-300, 1000), min_size=1, max_size=8, unique=True))
def test_formatted_values_read_back_unchanged(rates: list[float]) -> None:
    param = BOWL.param("rates")
    assert param is not None
    assert param.parse(param.format(tuple(rates))) == tuple(rates)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw of text builds hypothesis' Unicode tables
@given(st.dictionaries(st.sampled_from(["rates", "curvatures", "steps", "start"]), st.text() | st.floats() | st.none()))
def test_any_input_gives_values_or_a_param_error(params: dict[str, object]) -> None:
    try:
        values = registry.parse_params(BOWL, params)
    except ParamError as error:
        assert error.param in params
        assert str(error).isprintable()
        assert len(str(error)) < 200
    else:
        assert registry.parse_params(BOWL, values) == values


def test_command_line_reproduces_the_run() -> None:
    assert registry.command_line("learning-rate-bowl") == "quizbot demo learning-rate-bowl"
    line = registry.command_line("learning-rate-bowl", {"rates": [1e-5, 2], "steps": 10, "start": 1})
    assert line == "quizbot demo learning-rate-bowl --set rates=1e-05,2 --set steps=10"


@pytest.mark.parametrize(("steps", "cap"), [(50, 2000), (50, 51), (50, 50), (50, 2), (1, 2), (997, 100), (10_000, 300)])
def test_frames_are_capped_and_keep_both_ends(steps: int, cap: int) -> None:
    shown = [frame.step for frame in registry.frames("learning-rate-bowl", {"steps": steps}, frame_cap=cap)]
    assert shown[0] == 0
    assert shown[-1] == steps
    assert len(shown) <= cap
    assert len(shown) >= min(steps + 1, cap / 2)
    assert shown == sorted(set(shown))


def test_frames_check_parameters_before_the_first_frame() -> None:
    with pytest.raises(ParamError):
        registry.frames("learning-rate-bowl", {"steps": 0})
    with pytest.raises(ValueError, match="frame_cap"):
        registry.frames("learning-rate-bowl", frame_cap=1)
