"""The command: every report on a few graded answers, as tables and as JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from quizbot.scoring.data import read_graded
from quizbot.scoring.evaluate import main
from quizbot.scoring.report import methods
from quizbot.scoring.report.ablation import GROUPS

CONTENT = Path(__file__).parents[2] / "content" / "optimisation"


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two questions of the bank, with four answers each so that training is quick."""
    folder = tmp_path_factory.mktemp("graded")
    paths = []
    for name in ("learning-rate", "momentum"):
        question = yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
        samples = yaml.safe_load((CONTENT / f"{name}.samples.yaml").read_text(encoding="utf-8"))
        path = folder / f"{name}.yaml"
        data = {"id": name, "question": question["title"], "key_points": question["key_points"]}
        path.write_text(yaml.safe_dump({**data, "answers": samples["answers"][:4]}), encoding="utf-8")
        paths.append(str(path))
    return paths


def test_every_report_is_printed(few: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*few, "--misses", "2", "--answers", "--robustness", "--curve", "1", "--gap", "--ablate"]) == 0
    text = capsys.readouterr().out
    for title in (
        "macro-F1",
        "calibration",
        "missed positives",
        "fairness",
        "learning curve",
        "overfitting",
        "ablation",
    ):
        assert title in text
    assert "questions 2, answers 8" in text
    assert all(f"\n{group} " in text for group in GROUPS)


def test_json_has_every_figure_and_is_the_same_twice(few: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    call = [*few, "--json", "--misses", "1", "--fairness", "--against", "shipped-quick"]
    printed = []
    for _ in range(2):
        assert main(call) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    data = json.loads(printed[0])
    assert list(data) == ["method", "folds", "agreement", "calibration", "against", "misses", "fairness"]
    assert data["agreement"]["answers"] == 8
    assert set(data["agreement"]["overall"]) == {"accuracy", "macro_f1", "r"}
    assert data["against"]["method"] == "shipped-quick"
    total = sum(count for row in data["agreement"]["confusion"].values() for count in row.values())
    assert (
        total
        == data["agreement"]["verdicts"]
        == sum(len(q.points) * len(q.answers) for q in read_graded(map(Path, few)))
    )


def test_one_question_can_be_measured_with_what_the_package_ships(
    few: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([few[0], "--method", "shipped-quick"]) == 0
    assert "questions 1, answers 4" in capsys.readouterr().out


def test_a_method_of_ones_own_is_one_entry(
    few: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "quizbot.scoring.evaluate.METHODS", {**methods.METHODS, "mine": methods.METHODS["shipped-quick"]}
    )
    assert main([*few, "--method", "mine", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["method"] == "mine"


@pytest.mark.parametrize(
    "options, reason",
    [
        ([], "two questions"),
        (["--method", "shipped-quick", "--curve", "1"], "trained"),
        (["--method", "shipped-quick", "--gap"], "trained"),
        (["--against", "trees"], "itself"),
        (["--folds", "1"], "two folds"),
        (["--public", "nowhere.jsonl"], "two questions"),
        (["--method", "shipped-quick", "--public", "nowhere.jsonl"], "nowhere.jsonl"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_a_line(
    few: list[str], capsys: pytest.CaptureFixture[str], options: list[str], reason: str
) -> None:
    paths = few if options and options[0] in ("--folds", "--against") else few[:1]
    assert main([*paths, *options]) == 2
    printed = capsys.readouterr()
    assert reason in printed.err
    assert printed.err.startswith("evaluate: ")
    assert printed.err.count("\n") == 1
    assert not printed.out


def test_reports_about_graded_answers_need_some(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--fairness"]) == 2
    assert main(["--public", "x.jsonl", "--gap"]) == 2
    assert "name files" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["", "0", "a", "3,-1", "2,,b"])
def test_sizes_of_the_curve_are_numbers(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--curve", wrong])
    assert stopped.value.code == 2
    assert "10,20,40" in capsys.readouterr().err
