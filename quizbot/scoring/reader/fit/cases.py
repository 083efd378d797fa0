"""What the reader is trained on: graded answers, sentences put together, authors' phrasings, and answers to other questions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from ...compose import changed
from ...data import GradedQuestion
from ...model import VERDICTS
from ...types import VerdictName

SENTENCE_WEIGHT, FOREIGN_WEIGHT, CHANGED_WEIGHT = 0.6, 0.3, 0.4
"""How much a case counts beside a graded answer. A sentence is judged against one point and taken as silent on another."""
_CHANGED_SHARE = 0.3
_CLAIMED, _ACCEPTED, _REJECTED, _HALF = 0.3, 0.3, 0.25, 0.15
"""Shares of the key points whose claim, accepted phrasing, rejected statement and half statement serve as sentences."""
_TOGETHER = (1, 1, 1, 1, 2, 3, 3, 4, 5, 6)
"""How many sentences are put together to one answer, drawn anew each time."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A text with the verdicts on some key points of a question, and for some of them where in the text they are made."""

    text: str
    gold: Mapping[str, VerdictName]
    weight: float
    places: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One utterance judged against one key point of a question."""

    text: str
    point: str
    verdict: VerdictName


def read_sentences(paths: Iterable[Path]) -> dict[str, list[Sentence]]:
    """Question id to its sentences, from files `ID.sentences.tsv` of point, verdict and text.

    Raises ValueError with file and line for a line of another form.
    """
    found: dict[str, list[Sentence]] = {}
    for path in paths:
        for file in sorted(path.rglob("*.sentences.tsv")) if path.is_dir() else ():
            lines = file.read_text(encoding="utf-8").splitlines()
            for number, line in enumerate(lines, 1):
                cells = line.split("\t")
                if len(cells) != 3 or cells[1] not in VERDICTS:
                    raise ValueError(f"{file}:{number}: a line is a key point, a verdict and a text with tabs between")
                verdict = next(name for name in VERDICTS if name == cells[1])
                found.setdefault(file.name.removesuffix(".sentences.tsv"), []).append(
                    Sentence(cells[2], cells[0], verdict)
                )
    return found


def halves(questions: Sequence[GradedQuestion]) -> tuple[list[GradedQuestion], list[GradedQuestion]]:
    """The questions in two halves by their ids alone; each half is read by a network trained on the other."""
    made: tuple[list[GradedQuestion], list[GradedQuestion]] = ([], [])
    for question in questions:
        made[hashlib.sha256(question.id.encode()).digest()[0] % 2].append(question)
    return made


def epoch(
    questions: Sequence[GradedQuestion], sentences: Mapping[str, Sequence[Sentence]], number: int, share: float = 1.0
) -> list[tuple[GradedQuestion, list[Case]]]:
    """The cases of one epoch, by question; what is drawn differs from epoch to epoch and is the same for the same number.

    `share` is that of the sentences, drawn anew each time.
    """
    random = Random(number)
    texts = [answer.text for question in questions for answer in question.answers]
    made = []
    for question in questions:
        cases = [Case(answer.text, answer.gold, 1.0) for answer in question.answers]
        single = [s for s in sentences.get(question.id, ()) if random.random() < share]
        cases += _put_together([*single, *_authored(question, random)], question, random)
        nothing: dict[str, VerdictName] = {point.id: "missing" for point in question.points}
        text = random.choice(texts)
        if text not in {answer.text for answer in question.answers}:
            cases.append(Case(text, nothing, FOREIGN_WEIGHT))
        for answer in question.answers:
            if random.random() < _CHANGED_SHARE:
                text, verdicts = random.choice(changed(question, answer, seed=number))
                cases.append(Case(text, verdicts, CHANGED_WEIGHT))
        made.append((question, cases))
    return made


def _put_together(sentences: Sequence[Sentence], question: GradedQuestion, random: Random) -> list[Case]:
    """Answers of one to six sentences, each on another key point, in random order, with the place of every one.

    One point that no sentence is about is taken as missing.
    """
    ids = [point.id for point in question.points]
    left = [sentence for sentence in sentences if sentence.point in ids]
    random.shuffle(left)
    made = []
    while left:
        wanted = random.choice(_TOGETHER)
        chosen: list[Sentence] = []
        for sentence in list(left):
            if sentence.point not in {one.point for one in chosen}:
                chosen.append(sentence)
                left.remove(sentence)
            if len(chosen) == wanted:
                break
        text, places, gold = "", {}, {}
        for sentence in chosen:
            text += " " if text else ""
            if sentence.verdict != "missing" and len(chosen) > 1:
                places[sentence.point] = (len(text), len(text) + len(sentence.text))
            gold[sentence.point] = sentence.verdict
            text += sentence.text
        silent = [name for name in ids if name not in gold]
        if silent:
            gold[random.choice(silent)] = "missing"
        made.append(Case(text, gold, SENTENCE_WEIGHT, places))
    return made


def _authored(question: GradedQuestion, random: Random) -> list[Sentence]:
    """Some of the authors' own words as sentences: people who have learnt an answer say them, right and wrong ones alike."""
    made = []
    for point in question.points:
        wordings: tuple[tuple[float, Sequence[str], VerdictName], ...] = (
            (_CLAIMED, [point.claim], "covered"),
            (_ACCEPTED, point.accept, "covered"),
            (_REJECTED, [wrong.says for wrong in point.reject], "contradicted"),
            (_HALF, point.partial, "partial"),
        )
        made += [
            Sentence(random.choice(texts), point.id, verdict)
            for share, texts, verdict in wordings
            if texts and random.random() < share
        ]
    return made
