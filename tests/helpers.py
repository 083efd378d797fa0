"""A small valid question, ways to break it at a known place, and quizbot run as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from quizbot.content.records import Header

ROOT = Path(__file__).resolve().parent.parent
MARK = "⟦"
"""Stands in a test's YAML source where a problem is expected; it is taken out before the file is written."""

QUESTION = """\
schema: quizbot/question@1
id: small
title: Why are models checked on data they were not fitted to?
pack: testing
level: junior
roles: [technical, managerial]
answer:
  definition: A test set is data that the fit never sees.
  role: It estimates the error on new cases.
  effects:
    - {when: the model memorises, then: the training error lies.}
  examples:
    - {title: Digits, text: Fit on half and count errors on the other half.}
  best_practices: [Split before preprocessing.]
  common_mistakes: [Choosing the model by its test error.]
  model_answer: Because the training error is too good to be true.
key_points:
  - id: unseen
    section: definition
    claim: A test set measures the error on unseen cases.
    why: That is the error that counts.
    accept: [it shows how the model does on fresh data, an honest look at generalisation]
    reject: [{says: the test set is used to fit the parameters, because: Then it is training data.}]
    weight: {technical: 3, managerial: 2}
  - id: optimistic
    section: effects
    claim: The training error is too optimistic.
    why: The fit has adapted to its noise.
    accept: [errors on the training part look smaller than they are, fitting flatters itself]
    reject: [{says: the training error is an unbiased estimate, because: The fit has seen those cases.}]
    weight: {technical: 2}
  - id: leakage
    section: common_mistakes
    claim: Preprocessing is fitted on the training part only.
    why: Otherwise information leaks.
    accept: [learn the scaler from the training rows, nothing of the held-out rows may enter the pipeline]
    reject: [{says: the mean and variance may come from everything, because: That leaks the test set.}]
    weight: {technical: 2}
  - id: money
    section: best_practices
    claim: Holding data back costs less than a bad launch.
    why: Managers decide on it.
    accept: [a test set is cheap insurance, a wrong release is dearer than unused rows]
    reject: [{says: all data should go into the fit, because: Then nobody knows the error.}]
    weight: {managerial: 3}
variants:
  technical:
    prompt: How do you estimate the error of a model honestly?
    focus: [unseen, leakage]
    adds: [Name cross-validation., Compute a confidence interval for accuracy.]
    answer: Split first, fit the pipeline on one part and report the other part once.
  managerial:
    prompt: Why should we hold back data we have paid for?
    focus: [money]
    adds: [Compare it with an audit., Ask who may look at the held-out numbers.]
    answer: Because a launch on flattering numbers is the expensive mistake.
quiz:
  - id: q-true
    type: true_false
    tests: [unseen, optimistic]
    stem: The training error is usually below the test error.
    answer: true
    feedback: The fit adapts to its own cases.
  - id: q-single
    type: single
    tests: [leakage]
    stem: When is the scaler fitted?
    options:
      - {text: After the split, correct: true, feedback: Only training rows are used.}
      - {text: Before the split, feedback: That leaks.}
      - {text: Never, feedback: Scaling is allowed.}
  - id: q-number
    type: numeric
    tests: [money]
    stem: 100 rows, a fifth held back. How many rows are left to fit?
    answer: 80
    tolerance: {abs: 0.5}
    feedback: 100 - 20.
    near_misses:
      - {value: 20, feedback: Those are held back.}
  - id: q-cloze
    type: cloze
    tests: [unseen]
    text: The error on {{which}} cases counts.
    gaps: {which: {accept: [unseen, new]}}
    feedback: New cases.
demo:
  name: learning-rate-bowl
  shows: Any registered demo will do here.
  predict:
    ask: Which one?
    options: [this, that]
    answer: 1
    explain: That one.
sources:
  - {key: book, cite: A book., url: "https://example.org/book", supports: [unseen, optimistic, leakage, money]}
"""

SAMPLES = """\
schema: quizbot/samples@1
id: small
answers:
- id: small-01
  style: strong_terse
  role: technical
  text: >-
    It shows how the model does on fresh data. Errors on the training part look smaller than they are. Learn the scaler from
    the training rows.
  gold: {unseen: covered, optimistic: covered, leakage: covered, money: missing}
  grade: 9
- id: small-02
  style: half_stated
  role: technical
  text: It is for checking.
  gold: {unseen: partial, optimistic: missing, leakage: missing, money: missing}
  grade: 3
- id: small-03
  style: swapped
  role: technical
  text: The test set is used to fit the parameters.
  gold: {unseen: contradicted, optimistic: missing, leakage: missing, money: missing}
  grade: 0
- id: small-04
  style: off_topic
  role: technical
  text: I like tea.
  gold: {unseen: missing, optimistic: missing, leakage: missing, money: missing}
  grade: 0
"""

KEY_POINTS = QUESTION[QUESTION.index("key_points:") : QUESTION.index("variants:")]
AHEAD = SAMPLES.replace(
    "id: small\n", f"id: small\nquestion: What is a test set good for?\npack: testing\n{KEY_POINTS}"
)
"""The same answers where their question is still to be written."""


@dataclass(frozen=True, slots=True)
class Place:
    """A text, and the line and column (from 1) where the mark stood in it."""

    text: str
    line: int
    column: int


def marked(source: str) -> Place:
    """Take the mark out of `source`; the place is counted here, by hand so to speak, and not by quizbot."""
    before, mark, after = source.partition(MARK)
    assert mark, "the source has no mark"
    assert MARK not in after, "the source has two marks"
    return Place(before + after, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def changed(old: str, new: str, source: str = QUESTION) -> str:
    """`source` with its one `old` replaced."""
    assert source.count(old) == 1, f"{old!r} stands {source.count(old)} times"
    return source.replace(old, new)


def header(
    name: str, *, needs: tuple[str, ...] = (), title: str = "", level: str = "junior", pack: str = "testing"
) -> Header:
    """A header as the bank gives it."""
    assert level in ("junior", "mid", "senior")
    return {
        "id": name,
        "title": title or name,
        "pack": pack,
        "level": level,  # type: ignore[typeddict-item]
        "roles": ["technical"],
        "tags": [],
        "needs": list(needs),
        "demo": None,
        "file": f"/{name}.yaml",
        "version": "0",
    }


def content_folder(folder: Path, **files: str) -> Path:
    """`folder` with question files: `small=QUESTION` writes small.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        Path(folder, f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return folder


def named(name: str, source: str = QUESTION) -> str:
    """The small question under another id."""
    return changed("id: small\n", f"id: {name}\n", source)


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a quizbot process whose state is below `home`."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("QUIZBOT_", "PYTHON", "XDG_"))}
    return {**kept, "QUIZBOT_HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "80", **more}


def quizbot(*arguments: str, home: Path, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run quizbot as users do. Whatever it is given, it must not show a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "quizbot", *arguments],
        input=stdin,
        capture_output=True,
        env=environment(home, **more),
        cwd=home.parent,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    return done
