"""`score` and `grade`: offsets that hold on the text as decoded, and batches that no line can stop."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Done, Run
from tests.helpers import QUESTION, changed, content_folder

KEYS = ["id", "question", "role", "score", "band", "pass", "points", "misconceptions", "flags", "next"]
GOOD = "If the learning rate is too high, the loss diverges because every step overshoots the minimum."


def evidence_holds(result: dict[str, Any], answer: str) -> None:
    """The contract of a result: keys, order, ranges, and evidence that is verbatim."""
    assert list(result) == KEYS
    assert 0 <= result["score"] <= 100
    assert result["pass"] == (result["score"] >= 55)
    for point in result["points"]:
        assert list(point) == ["id", "verdict", "credit", "confidence", "evidence", "matched"]
    for part in [part for found in (*result["points"], *result["misconceptions"]) for part in found["evidence"]]:
        assert answer[part["start"] : part["end"]] == part["text"]


ANSWERS = {
    "plain": GOOD,
    "crlf": f"First line.\r\n{GOOD}\r\n\r\nLast line.\r",
    "emoji": f"🙂🙂 {GOOD} 👩‍🔬",
    "decomposed": unicodedata.normalize("NFD", f"Größe é à: {GOOD}"),
    "byte order mark": f"\ufeff{GOOD}",
    "surrounded": f"\n\n  \t{GOOD}  \n\n",
    "line separators": f"One\u2028two\x85{GOOD}\x0c",
    "nul and escape": f"\0\x1b[31m {GOOD}",
    "empty": "",
    "blank": " \r\n ",
    "nothing but marks": "?!…",
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_offsets_hold_on_the_decoded_text(answer: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_bytes(answer.encode())
    from_file = run("score", "learning-rate", str(path), "--json")
    assert (from_file.status, from_file.err) == (0, "")
    result = from_file.json
    evidence_holds(result, answer)
    assert (result["id"], result["question"], result["role"]) == (str(path), "learning-rate", "technical")
    if GOOD in answer:
        assert any(point["evidence"] for point in result["points"])
    for call in (("score", "learning-rate", "-", "--json"), ("score", "learning-rate", "--json")):
        assert run(*call, stdin=answer.encode()).json == {**result, "id": "-"}


@pytest.mark.parametrize("answer", [b"", b" \n"])
def test_nothing_scores_nothing(answer: bytes, run: Run) -> None:
    result = run("score", "learning-rate", "--json", stdin=answer).json
    assert (result["score"], result["band"], result["pass"]) == (0, "weak", False)
    assert {point["verdict"] for point in result["points"]} == {"missing"}


def test_the_role_is_the_first_unless_chosen(run: Run, tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "p", small=changed("[technical, managerial]", "[managerial, technical]"))
    call = ("score", "small", "--json", "--content", str(folder))
    assert run(*call, stdin=b"x").json["role"] == "managerial"
    assert run(*call, "--role", "technical", stdin=b"x").json["role"] == "technical"


def test_every_point_comes_in_the_order_of_the_file(run: Run, pack: Path) -> None:
    result = run("score", "small", "--json", "--content", str(pack), stdin=b"It shows fresh data.").json
    assert [point["id"] for point in result["points"]] == ["unseen", "optimistic", "leakage", "money"]


def test_score_as_text_names_verdicts_and_quotes_the_answer(run: Run) -> None:
    done = run("score", "learning-rate", stdin=GOOD.encode())
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Score ")
    assert "covered" in done.out
    assert "missing" in done.out
    assert 'you said: "' in done.out
    assert "Next: " in done.out


@pytest.mark.parametrize(
    ("raw", "place"), [(b"\xff", 1), ("é".encode() + b"ok \xe9t\xe9", 6), (GOOD.encode("utf-16"), 1)]
)
def test_an_answer_that_is_not_utf_8(raw: bytes, place: int, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_bytes(raw)
    done = run("score", "learning-rate", str(path), "--json")
    assert (done.status, done.out, done.err) == (2, "", f"quizbot: {path} is not UTF-8 text (byte {place})\n")
    done = run("score", "learning-rate", stdin=raw)
    assert (done.status, done.err) == (2, f"quizbot: standard input is not UTF-8 text (byte {place})\n")


@pytest.mark.parametrize("command", [("score", "learning-rate"), ("grade",)])
@pytest.mark.parametrize("name", ["nowhere.txt", ".", "~no-such-user-here/x"])
def test_a_file_that_cannot_be_read(command: tuple[str, ...], name: str, run: Run, tmp_path: Path) -> None:
    path = name if name.startswith("~") else str(tmp_path / name)
    done = run(*command, path)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"quizbot: cannot read {path}: ")
    assert done.err.count("\n") == 1


# grade


def line(**entry: object) -> bytes:
    return json.dumps(entry).encode()


def graded(run: Run, *lines: bytes) -> Done:
    return run("grade", "-", stdin=b"\n".join(lines) + b"\n")


def test_grade_gives_one_result_a_line_in_order(run: Run, tmp_path: Path) -> None:
    answers = list(ANSWERS.values())
    path = tmp_path / "answers.jsonl"
    path.write_bytes(
        b"\n".join(line(id=number, question="learning-rate", answer=text) for number, text in enumerate(answers))
    )
    done = run("grade", str(path))
    assert (done.status, done.err) == (0, "")
    assert [result["id"] for result in done.lines] == list(range(len(answers)))
    for result, answer in zip(done.lines, answers, strict=True):
        evidence_holds(result, answer)
        single = run("score", "learning-rate", "--json", stdin=answer.encode()).json
        assert result == {**single, "id": result["id"]}


def test_grade_takes_a_role(run: Run) -> None:
    done = graded(
        run,
        line(id="a", question="learning-rate", role="managerial", answer=GOOD),
        line(id="b", question="learning-rate", role=None, answer=GOOD),
    )
    assert [result["role"] for result in done.lines] == ["managerial", "technical"]


BAD = {
    "not json": (b"{", None, "not JSON"),
    "cut off": (line(id="x", question="momentum", answer="y")[:-5], None, "not JSON"),
    "NaN": (b'{"id": NaN, "question": "momentum", "answer": ""}', None, "not JSON"),
    "two documents": (b'{"id": 1} {"id": 2}', None, "not JSON"),
    "a list": (b"[1]", None, "not a JSON object"),
    "null": (b"null", None, "not a JSON object"),
    "text": (b'"learning-rate"', None, "not a JSON object"),
    "deep": (b"[" * 200_000, None, "not JSON"),
    "deep id": (b'{"id": ' + b"[" * 900 + b"]" * 900 + b"}", None, "`id` must be text or a number"),
    "infinite id": (b'{"id": 1e999}', None, "`id` must be text or a number"),
    "long number": (b'{"id": ' + b"9" * 10_000 + b"}", None, "not JSON"),
    "object as id": (line(id={}, question="momentum", answer="x"), None, "`id` must be text or a number"),
    "no question": (line(id="x", answer="y"), "x", "`question` is missing or not text"),
    "no answer": (line(id="x", question="momentum"), "x", "`answer` is missing or not text"),
    "answer is a number": (line(id="x", question="momentum", answer=5), "x", "`answer` is missing or not text"),
    "answer is null": (line(id="x", question="momentum", answer=None), "x", "`answer` is missing or not text"),
    "question is a list": (line(id="x", question=["momentum"], answer=""), "x", "`question` is missing or not text"),
    "unknown question": (line(id="x", question="momentun", answer=""), "x", "did you mean momentum?"),
    "long question": (line(id="x", question="m" * 100_000, answer=""), "x", "there is no question"),
    "unknown role": (line(id="x", question="momentum", role="boss", answer=""), "x", "`role` must be one of"),
    "role is a list": (line(id="x", question="momentum", role=[], answer=""), "x", "`role` must be one of"),
    "not utf-8": (b'{"id": "\xff"}', None, "not UTF-8 text"),
    "utf-16": ('{"id": 1}'.encode("utf-16-le"), None, ""),
    "a nul": (b'{"id": "\0"}', None, "not JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_told_and_the_rest_goes_on(name: str, run: Run) -> None:
    raw, own, message = BAD[name]
    good = line(id="good", question="momentum", answer="It adds past gradients.")
    done = graded(run, good, raw, good)
    assert (done.status, done.err) == (1, "")
    first, bad, last = done.lines
    assert first == last
    assert list(first) == KEYS
    assert list(bad) == ["id", "error"]
    assert bad["id"] == own
    assert bad["error"].startswith("line 2: ")
    assert message in bad["error"]
    assert len(bad["error"]) < 500


def test_all_bad_lines_keep_their_order(run: Run) -> None:
    raws = [raw for raw, _, _ in BAD.values()]
    done = graded(run, *raws)
    assert done.status == 1
    assert [result["error"].split(":")[0] for result in done.lines] == [f"line {n}" for n in range(1, len(raws) + 1)]


@pytest.mark.parametrize("break_", [b"\n", b"\r\n"])
def test_blank_lines_are_passed_over_and_counted(break_: bytes, run: Run) -> None:
    entry = line(id="x", question="momentum", answer="y")
    done = run("grade", "-", stdin=break_.join([b"\xef\xbb\xbf" + entry, b"", b"  ", b"{", b"", entry]))
    assert done.status == 1
    assert [result.get("error", "ok")[:6] for result in done.lines] == ["ok", "line 4", "ok"]


def test_a_file_without_lines_gives_nothing(run: Run) -> None:
    assert run("grade", "-", stdin=b"").out == ""
    assert run("grade", "-", stdin=b"\n\n").status == 0


def test_a_line_separator_inside_a_text_ends_no_line(run: Run) -> None:
    answer = f"One\u2028two\x85three\u2029{GOOD}"
    raw = json.dumps({"id": "é\u2028", "question": "learning-rate", "answer": answer}, ensure_ascii=False).encode()
    done = graded(run, raw)
    (result,) = done.out.split("\n")[:-1]
    assert done.status == 0
    evidence_holds(json.loads(result), answer)
    assert json.loads(result)["id"] == "é\u2028"
    assert result.isascii()


def test_a_huge_line_is_graded(run: Run) -> None:
    answer = GOOD + " and so on" * 20_000
    done = graded(run, line(id="big", question="learning-rate", answer=answer), b"[")
    assert len(done.lines) == 2
    evidence_holds(done.lines[0], answer)


def test_half_a_character_is_graded(run: Run) -> None:
    answer = f"\ud800 {GOOD}"
    done = graded(run, line(id="\udfff", question="learning-rate", answer=answer))
    assert done.status == 0
    evidence_holds(done.lines[0], answer)
    assert done.lines[0]["id"] == "\udfff"


def test_a_user_s_question_can_be_graded(run: Run, tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "p", small=QUESTION)
    done = run("grade", "-", "--content", str(folder), stdin=line(id=1, question="small", answer="fresh data"))
    assert done.status == 0
    assert done.lines[0]["question"] == "small"
