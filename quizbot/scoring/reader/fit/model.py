"""The reader in PyTorch, for training: the same network as `quizbot.scoring.reader.network` runs in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from ..network import ALONE, HEADS, LAYERS, READ_OFF, VERDICTS, WIDTH
from . import start

DROPOUT = 0.1
_INNER = 1536
_EPSILON = 1e-12


class Layer(nn.Module):
    """One layer over the pieces of answers and of key points."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.wide, self.narrow = nn.Linear(WIDTH, _INNER), nn.Linear(_INNER, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, _EPSILON)

    def heads(self, x: Any) -> Any:
        """(n, t, width) to (n, heads, t, size)."""
        return x.view(x.shape[0], x.shape[1], HEADS, WIDTH // HEADS).transpose(1, 2)

    def kept(self, x: Any) -> tuple[Any, Any]:
        """Keys and values of pieces, by head."""
        return self.heads(self.key(x)), self.heads(self.value(x))

    def look(self, x: Any, kept: tuple[Any, Any], mask: Any) -> Any:
        """The pieces `x` after looking at what was kept; `mask` is added to how much they like each other."""
        key, value = kept
        # Written out, because PyTorch's own attention takes twice as long on CPUs for heads as small as these.
        likes = self.heads(self.query(x)) @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask
        found = likes.softmax(-1).to(value.dtype) @ value
        x = self.norm(x + self.out(found.transpose(1, 2).reshape(x.shape)))
        wide = functional.gelu(self.wide(x), approximate="tanh")
        return self.last_norm(x + functional.dropout(self.narrow(wide), DROPOUT, self.training))


@dataclass(frozen=True, slots=True)
class Batch:
    """Answers and key points as padded piece numbers with masks, and the pairs of them that are judged.

    `answer` and `point` hold, for every pair, the row of its answer and of its key point.
    """

    answers: Any
    answer_mask: Any
    points: Any
    point_mask: Any
    answer: Any
    point: Any


class TorchReader(nn.Module):
    """Answers look at themselves; key points first at themselves, in the last layers at an answer too."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear((READ_OFF + 1) * WIDTH, VERDICTS)
        self.seek = nn.Linear(WIDTH, WIDTH)
        for linear in (self.head, self.seek):
            nn.init.normal_(linear.weight, std=0.02)
            nn.init.zeros_(linear.bias)

    def embed(self, ids: Any, kind: int) -> Any:
        """Pieces (n, t) to vectors."""
        x = self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.kinds.weight[kind]
        return functional.dropout(self.norm(x), DROPOUT, self.training)

    def forward(self, batch: Batch) -> tuple[Any, Any]:
        """Log-odds (pairs, 4), and where each point is found: scores (pairs, pieces of the answers), -inf where none is."""
        a, p = self.embed(batch.answers, 0), self.embed(batch.points, 1)
        a_mask, p_mask = _added(batch.answer_mask), _added(batch.point_mask)
        both = torch.cat([a_mask[batch.answer], p_mask[batch.point]], 3)
        for number, layer in enumerate(self.layers):
            assert isinstance(layer, Layer)
            if number < ALONE:
                a, p = layer.look(a, layer.kept(a), a_mask), layer.look(p, layer.kept(p), p_mask)
                continue
            if number == ALONE:
                p = p[batch.point]
            kept = layer.kept(a)
            shared = tuple(
                torch.cat([of_answer[batch.answer], own], 2) for of_answer, own in zip(kept, layer.kept(p), strict=True)
            )
            last = number == LAYERS - 1
            if last:
                there = batch.point_mask[batch.point].unsqueeze(-1).to(p.dtype)
                mean = (p * there).sum(1) / there.sum(1)
            p = layer.look(p[:, :READ_OFF] if last else p, shared, both)
            if not last:
                a = layer.look(a, kept, a_mask)
        head = self.head(functional.dropout(torch.cat([p.flatten(1), mean], 1), DROPOUT, self.training))
        sought = torch.einsum("nw,ntw->nt", self.seek(p[:, 0]), a[batch.answer]) / WIDTH**0.5
        return head, sought.float().masked_fill(~batch.answer_mask[batch.answer], float("-inf"))


def _added(mask: Any) -> Any:
    """A mask (n, t), true where there is a piece, as (n, 1, 1, t) to be added before softmax."""
    return torch.where(mask, 0.0, -1e4).to(torch.bfloat16)[:, None, None, :]


_LAYER_NAMES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "out": "attention.output.dense", "norm": "attention.output.LayerNorm", "wide": "intermediate.dense",
    "narrow": "output.dense", "last_norm": "output.LayerNorm",
}  # fmt: skip


def started() -> TorchReader:
    """A reader with MiniLM's weights and a new head. Raises `start.StartMissingError`."""
    given = start.weights()
    made = TorchReader()
    names = {
        "pieces.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "kinds.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    for number in range(LAYERS):
        for own, other in _LAYER_NAMES.items():
            for part in ("weight", "bias"):
                names[f"layers.{number}.{own}.{part}"] = f"encoder.layer.{number}.{other}.{part}"
    state = made.state_dict()
    state.update({own: given[other] for own, other in names.items()})
    made.load_state_dict(state)
    return made
