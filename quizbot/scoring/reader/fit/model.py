"""The reader in PyTorch, for training: the same network as `quizbot.scoring.reader.network` runs in numpy."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from ..network import HEADS, VERDICTS, WIDTH
from . import start

LAYERS = 6
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

    def finish(self, x: Any, found: Any) -> Any:
        """What follows attention."""
        found = found.transpose(1, 2).reshape(x.shape)
        x = self.norm(x + functional.dropout(self.out(found), DROPOUT, self.training))
        wide = functional.gelu(self.wide(x), approximate="tanh")
        return self.last_norm(x + functional.dropout(self.narrow(wide), DROPOUT, self.training))


class TorchReader(nn.Module):
    """Key points look at the answer and at themselves, the answer at itself."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear(2 * WIDTH, VERDICTS)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def embed(self, ids: Any, kind: int) -> Any:
        """Pieces (n, t) to vectors."""
        x = self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.kinds.weight[kind]
        return functional.dropout(self.norm(x), DROPOUT, self.training)

    def forward(self, answers: Any, answer_mask: Any, points: Any, point_mask: Any, owner: Any) -> Any:
        """Log-odds (points, 4). `owner` names the answer of each point; masks are true where there is a piece."""
        a, p = self.embed(answers, 0), self.embed(points, 1)
        alone = answer_mask[:, None, None, :]
        both = torch.cat([answer_mask[owner], point_mask], 1)[:, None, None, :]
        for layer in self.layers:
            assert isinstance(layer, Layer)
            key, value = layer.heads(layer.key(a)), layer.heads(layer.value(a))
            keys = torch.cat([key[owner], layer.heads(layer.key(p))], 2)
            values = torch.cat([value[owner], layer.heads(layer.value(p))], 2)
            found_a = functional.scaled_dot_product_attention(layer.heads(layer.query(a)), key, value, attn_mask=alone)
            found_p = functional.scaled_dot_product_attention(layer.heads(layer.query(p)), keys, values, attn_mask=both)
            a, p = layer.finish(a, found_a), layer.finish(p, found_p)
        there = point_mask.unsqueeze(-1).float()
        mean = (p * there).sum(1) / there.sum(1)
        return self.head(functional.dropout(torch.cat([p[:, 0], mean], 1), DROPOUT, self.training))


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
