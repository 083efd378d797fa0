"""The training loop of the reader, and reading many answers at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import torch
from torch.nn import functional

from ...data import GradedAnswer, GradedQuestion
from ...model import VERDICTS
from ...types import KeyPoint
from ..inputs import ACCEPT, CLAIM, MAX_ANSWER, REJECT, Part, answer_ids, parts_of, point_ids
from ..wordpiece import WordPiece
from .cases import Case
from .model import TorchReader

RATE, HEAD_RATE, DECAY, WARM = 1.5e-4, 5e-4, 0.01, 0.06
SMOOTHING = 0.05
POINTS_AT_ONCE = 3
"""Key points of one answer in a step, drawn anew each epoch."""
_PIECES_A_BATCH, _MOST_A_BATCH, _POINT_PIECES, _POOL = 3200, 32, 70, 512


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


def _answer(cutter: WordPiece, text: str) -> list[int]:
    return answer_ids(cutter, cutter.cut(text), 0, MAX_ANSWER)


def _batches(cutter: WordPiece, cases: Sequence[Case], random: Random) -> list[list[Case]]:
    """Cases of like length together, no more pieces than fit, in random order."""
    order = list(cases)
    random.shuffle(order)
    made: list[list[Case]] = []
    for at in range(0, len(order), _POOL):
        sized = [(len(_answer(cutter, c.text)) + _POINT_PIECES * min(POINTS_AT_ONCE, len(c.points)), c)
                 for c in order[at : at + _POOL]]  # fmt: skip
        sized.sort(key=lambda pair: pair[0])
        batch: list[Case] = []
        for size, case in sized:
            if batch and (size * (len(batch) + 1) > _PIECES_A_BATCH or len(batch) >= _MOST_A_BATCH):
                made.append(batch)
                batch = []
            batch.append(case)
        made.append(batch)
    random.shuffle(made)
    return made


def train(
    model: TorchReader, cutter: WordPiece, cases_of: Callable[[int], Sequence[Case]], *, epochs: int, rate: float = RATE,
    seed: int = 0, say: Callable[[str], None] = print,
) -> None:  # fmt: skip
    """Trains in place. AdamW, warm-up and linear decay, bfloat16 activations, cross-entropy with smoothed labels."""
    torch.manual_seed(seed)
    random = Random(seed)
    body = [weight for name, weight in model.named_parameters() if not name.startswith("head.")]
    groups = [{"params": body, "lr": rate}, {"params": list(model.head.parameters()), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, betas=(0.9, 0.98))
    began = time.monotonic()
    for epoch in range(epochs):
        model.train()
        batches = _batches(cutter, cases_of(epoch), random)
        total = 0.0
        for number, batch in enumerate(batches):
            done = (epoch + number / len(batches)) / epochs + 1e-3
            factor = min(1.0, done / WARM) * max(0.02, 1.0 - done)
            for group, top in zip(optimiser.param_groups, (rate, HEAD_RATE), strict=True):
                group["lr"] = top * factor
            loss = _loss(model, cutter, batch, random)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            total += float(loss.detach())
            if number % 50 == 49:
                say(f"epoch {epoch} step {number + 1} of {len(batches)}, loss {total / (number + 1):.3f}, "
                    f"{time.monotonic() - began:.0f} s")  # fmt: skip


def _loss(model: TorchReader, cutter: WordPiece, batch: Sequence[Case], random: Random) -> Any:
    shape = (random.randrange(4), random.randrange(3))
    points, owner, gold, weight = [], [], [], []
    for number, case in enumerate(batch):
        chosen = random.sample(case.points, min(POINTS_AT_ONCE, len(case.points)))
        for point in chosen:
            points.append(point_ids(cutter, _drawn(point, shape, random)))
            owner.append(number)
            gold.append(VERDICTS.index(case.gold[point.id]))
            weight.append(case.weight)
    answers = _padded([_answer(cutter, case.text) for case in batch])
    with torch.autocast("cpu", torch.bfloat16):
        logits = model(*answers, *_padded(points), torch.tensor(owner))
    each = functional.cross_entropy(logits.float(), torch.tensor(gold), reduction="none", label_smoothing=SMOOTHING)
    counts = torch.tensor(weight)
    return (each * counts).sum() / counts.sum()


def readings(
    model: TorchReader, cutter: WordPiece, question: GradedQuestion, answers: Sequence[GradedAnswer]
) -> list[list[list[float]]]:
    """Log-odds of VERDICTS for every answer and key point, the points as they are read in practice."""
    model.eval()
    points = [point_ids(cutter, parts_of(point)) for point in question.points]
    made = []
    for answer in answers:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            ids = _padded([_answer(cutter, answer.text)])
            logits = model(*ids, *_padded(points), torch.zeros(len(points), dtype=torch.long))
        made.append([[round(float(value), 2) for value in row] for row in logits.float()])
    return made
