"""What the reader is trained on: graded answers, single sentences, authors' phrasings, and answers to other questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from ...compose import changed
from ...data import GradedQuestion
from ...model import VERDICTS
from ...types import KeyPoint, VerdictName

SENTENCE_WEIGHT, AUTHOR_WEIGHT, FOREIGN_WEIGHT, CHANGED_WEIGHT = 0.6, 0.3, 0.3, 0.3
"""How much a case counts beside a graded answer. A sentence is judged against one point and taken as silent on another."""
_AUTHORED = 3
_CHANGED_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Case:
    """A text with the verdicts on some key points."""

    text: str
    points: tuple[KeyPoint, ...]
    gold: dict[str, VerdictName]
    weight: float


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
    """The questions in two halves; each half is read by a network trained on the other."""
    order = sorted(questions, key=lambda question: question.id)
    Random("halves").shuffle(order)
    return order[::2], order[1::2]


def epoch(
    questions: Sequence[GradedQuestion], sentences: dict[str, list[Sentence]], number: int, share: float = 1.0
) -> list[Case]:
    """The cases of one epoch; what is drawn differs from epoch to epoch and is the same for the same number.

    `share` is that of the sentences, drawn anew each time.
    """
    random = Random(number)
    cases = [Case(a.text, q.points, a.gold, 1.0) for q in questions for a in q.answers]
    graded = list(cases)
    for question in questions:
        by_id = {point.id: point for point in question.points}
        for sentence in sentences.get(question.id, ()):
            if sentence.point in by_id and random.random() < share:
                other = random.choice([point for point in question.points if point.id != sentence.point])
                gold: dict[str, VerdictName] = {sentence.point: sentence.verdict, other.id: "missing"}
                cases.append(Case(sentence.text, (by_id[sentence.point], other), gold, SENTENCE_WEIGHT))
        cases += [_authored(point, random) for point in random.sample(question.points, _AUTHORED)]
        nothing: dict[str, VerdictName] = dict.fromkeys(by_id, "missing")
        own = {answer.text for answer in question.answers}
        text = random.choice(graded).text
        if text not in own:
            cases.append(Case(text, question.points, nothing, FOREIGN_WEIGHT))
        for answer in question.answers:
            if random.random() < _CHANGED_SHARE:
                text, verdicts = random.choice(changed(question, answer))
                cases.append(Case(text, question.points, verdicts, CHANGED_WEIGHT))
    return cases


def _authored(point: KeyPoint, random: Random) -> Case:
    kind = random.random()
    if kind < 0.4 or not point.reject:
        return Case(random.choice([*point.accept] or [point.claim]), (point,), {point.id: "covered"}, AUTHOR_WEIGHT)
    if kind < 0.8 or not point.partial:
        return Case(random.choice([*point.reject]).says, (point,), {point.id: "contradicted"}, AUTHOR_WEIGHT)
    return Case(point.partial[0], (point,), {point.id: "partial"}, AUTHOR_WEIGHT)
