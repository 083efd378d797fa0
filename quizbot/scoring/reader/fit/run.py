"""The training loop of the reader, and reading many answers at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import torch
from torch.nn import functional

from ...data import GradedQuestion
from ...model import VERDICTS
from ...types import KeyPoint
from ..inputs import ACCEPT, CLAIM, MAX_ANSWER, REJECT, Part, answer_ids, parts_of, point_ids
from ..wordpiece import Pieces, WordPiece
from .cases import Case
from .model import Batch, TorchReader

RATE, HEAD_RATE, DECAY, WARM = 1.5e-4, 5e-4, 0.01, 0.06
SMOOTHING = 0.05
PLACE_WEIGHT = 0.3
"""How much it counts, beside a verdict, that the place is found where it was made."""
BARE = 0.15
"""Share of the groups in which key points are known by their claims alone."""
_GROUP, _WORK, _POOL = 4, 40_000, 96
"""Answers to one question that are read together, pieces times layers of a step, and groups among which alike ones meet."""

Cases = Sequence[tuple[GradedQuestion, Sequence[Case]]]


@dataclass(slots=True)
class _Group:
    """Answers of like length to one question."""

    question: GradedQuestion
    cases: list[Case]
    answers: list[Pieces]

    @property
    def longest(self) -> int:
        """Pieces of the longest answer."""
        return min(MAX_ANSWER, max(len(pieces.ids) for pieces in self.answers)) + 2


def _drawn(point: KeyPoint, shape: tuple[int, int], random: Random) -> list[Part]:
    """The claim (nearly always) and some of the phrasings: what a point is known by changes from step to step."""
    accept, reject = list(point.accept), [one.says for one in point.reject]
    random.shuffle(accept)
    random.shuffle(reject)
    parts = [(ACCEPT, text) for text in accept[: shape[0]]] + [(REJECT, text) for text in reject[: shape[1]]]
    if random.random() < 0.9 or not parts:
        parts = [(CLAIM, point.claim), *parts]
    return parts


def _padded(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    mask = torch.zeros(ids.shape, dtype=torch.bool)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = True
    return ids, mask


def _groups(cutter: WordPiece, cases: Cases, random: Random) -> list[_Group]:
    made = []
    for question, own in cases:
        sized = [(len(pieces.ids) * random.uniform(0.8, 1.25), n, pieces)
                 for n, pieces in enumerate(cutter.cut(case.text) for case in own) if pieces.ids]  # fmt: skip
        sized.sort(key=lambda item: item[0])
        for at in range(0, len(sized), _GROUP):
            some = sized[at : at + _GROUP]
            made.append(_Group(question, [own[n] for _, n, _ in some], [pieces for *_, pieces in some]))
    return made


def _batches(groups: Sequence[_Group], random: Random) -> list[list[_Group]]:
    """Groups of like length together, no more work than fits a step, in random order."""
    order = list(groups)
    random.shuffle(order)
    made: list[list[_Group]] = []
    for at in range(0, len(order), _POOL):
        batch: list[_Group] = []
        work = 0.0
        for group in sorted(order[at : at + _POOL], key=lambda one: one.longest):
            pairs = sum(len(case.gold) for case in group.cases)
            more = len(group.cases) * group.longest * 5.2 + 80 * (3.2 * pairs + 2 * len(group.question.points))
            if batch and work + more > _WORK:
                made.append(batch)
                batch, work = [], 0.0
            batch.append(group)
            work += more
        made.append(batch)
    random.shuffle(made)
    return made


def train(
    model: TorchReader, cutter: WordPiece, cases_of: Callable[[int], Cases], *, epochs: int, rate: float = RATE,
    seed: int = 0, hold: bool = False, say: Callable[[str], None] = print,
) -> None:  # fmt: skip
    """Trains in place. AdamW, warm-up and linear decay (with `hold` none), bfloat16 activations, smoothed labels."""
    torch.manual_seed(seed)
    random = Random(seed)
    heads = [weight for name, weight in model.named_parameters() if name.startswith(("head.", "seek."))]
    body = [weight for name, weight in model.named_parameters() if not name.startswith(("head.", "seek."))]
    groups = [{"params": body, "lr": rate}, {"params": heads, "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, betas=(0.9, 0.98))
    began = time.monotonic()
    for epoch in range(epochs):
        model.train()
        batches = _batches(_groups(cutter, cases_of(epoch + 1000 * seed), random), random)
        total = placed = 0.0
        for number, batch in enumerate(batches):
            done = (epoch + number / len(batches)) / epochs + 1e-3
            factor = min(1.0, done / WARM) * (1.0 if hold else max(0.02, 1.0 - done))
            for group, top in zip(optimiser.param_groups, (rate, HEAD_RATE), strict=True):
                group["lr"] = top * factor
            loss, places = _loss(model, cutter, batch, random)
            optimiser.zero_grad()
            (loss + PLACE_WEIGHT * places).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            total += float(loss.detach())
            placed += float(places.detach())
            if number % 20 == 19 or number == len(batches) - 1:
                say(f"epoch {epoch} step {number + 1} of {len(batches)}, loss {total / (number + 1):.3f}, "
                    f"places {placed / (number + 1):.3f}, {time.monotonic() - began:.0f} s")  # fmt: skip


@dataclass(slots=True)
class _Pairs:
    """What is asked of a batch: for every pair its rows, gold verdict, weight, and the pieces where the point is made."""

    answer: list[int]
    point: list[int]
    gold: list[int]
    weight: list[float]
    place: list[tuple[int, int] | None]


def _asked(cutter: WordPiece, batch: Sequence[_Group], random: Random) -> tuple[Batch, _Pairs]:
    answers: list[list[int]] = []
    points: list[list[int]] = []
    pairs = _Pairs([], [], [], [], [])
    for group in batch:
        bare = random.random() < BARE
        shape = (0, 0) if bare else (random.randrange(4), random.randrange(3))
        row = {}
        for point in group.question.points:
            if any(point.id in case.gold for case in group.cases):
                row[point.id] = len(points)
                points.append(point_ids(cutter, _drawn(point, shape, random)))
        for case, pieces in zip(group.cases, group.answers, strict=True):
            for name, verdict in case.gold.items():
                pairs.answer.append(len(answers))
                pairs.point.append(row[name])
                pairs.gold.append(VERDICTS.index(verdict))
                pairs.weight.append(case.weight)
                pairs.place.append(_pieces_within(pieces, case.places.get(name)))
            answers.append(answer_ids(cutter, pieces, 0, MAX_ANSWER))
    made = Batch(*_padded(answers), *_padded(points), torch.tensor(pairs.answer), torch.tensor(pairs.point))
    return made, pairs


def _pieces_within(pieces: Pieces, place: tuple[int, int] | None) -> tuple[int, int] | None:
    """First and last (excluded) of the read pieces in a stretch of the text, as the network counts them; None if none is."""
    if place is None:
        return None
    inside = [n for n, start in enumerate(pieces.starts[:MAX_ANSWER]) if place[0] <= start < place[1]]
    return (inside[0] + 1, inside[-1] + 2) if inside else None


def _loss(model: TorchReader, cutter: WordPiece, batch: Sequence[_Group], random: Random) -> tuple[Any, Any]:
    asked, pairs = _asked(cutter, batch, random)
    with torch.autocast("cpu", torch.bfloat16):
        logits, sought = model(asked)
    each = functional.cross_entropy(
        logits.float(), torch.tensor(pairs.gold), reduction="none", label_smoothing=SMOOTHING
    )
    counts = torch.tensor(pairs.weight)
    found = torch.log_softmax(sought, 1)
    placed = [-found[n, at[0] : at[1]].logsumexp(0) for n, at in enumerate(pairs.place) if at]
    return (each * counts).sum() / counts.sum(), torch.stack(placed).mean() if placed else logits.sum() * 0.0


def readings(
    model: TorchReader, cutter: WordPiece, points: Sequence[KeyPoint], texts: Sequence[str]
) -> Iterator[list[list[float]]]:
    """Log-odds of VERDICTS for every text and key point, the points as they are read in practice."""
    model.eval()
    rows = _padded([point_ids(cutter, parts_of(point)) for point in points])
    for text in texts:
        ids = _padded([answer_ids(cutter, cutter.cut(text), 0, MAX_ANSWER)])
        each = torch.arange(len(points))
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            logits, _ = model(Batch(*ids, *rows, torch.zeros_like(each), each))
        yield [[round(float(value), 2) for value in row] for row in logits.float()]
