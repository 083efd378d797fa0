"""The forward pass of the reader in numpy: a six-layer transformer whose key points look at the answer and at themselves.

The answer looks only at itself, so that what is read into it does not depend on the key point. Every key point's pieces look
at the answer's and at their own; the verdict is read off its first piece and the mean of its pieces. Shape of the layers:
BERT (Devlin et al. 2018, arXiv 1810.04805), sized and started as MiniLM-L6 (Wang et al. 2020, arXiv 2002.10957).
Weights are int8 with one scale a row; arithmetic is float32.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HEADS = 12
WIDTH = 384
VERDICTS = 4
_SMALLEST = 1e-12


@dataclass(frozen=True, slots=True)
class Layer:
    """Matrices (in, out) and vectors of one layer; `mix` makes queries, keys and values at once."""

    mix: Floats
    mix_bias: Floats
    out: Floats
    out_bias: Floats
    norm: Floats
    norm_bias: Floats
    wide: Floats
    wide_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    last_norm: Floats
    last_norm_bias: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """The reader's weights. Embeddings stay int8 with a scale a row, since only a few rows are looked up."""

    pieces: NDArray[np.int8]
    piece_scales: Floats
    places: Floats
    kinds: Floats
    norm: Floats
    norm_bias: Floats
    layers: tuple[Layer, ...]
    head: Floats
    head_bias: Floats

    def read(self, answer: Sequence[int], points: Sequence[Sequence[int]]) -> Floats:
        """Log-odds (points, 4) of missing, partial, covered, contradicted."""
        sizes = [len(answer), *(len(ids) for ids in points)]
        ends = np.cumsum(sizes).tolist()
        bounds = list(zip([0, *ends[:-1]], ends, strict=True))
        x = np.concatenate([self._embed(answer, 0), *(self._embed(ids, 1) for ids in points)])
        for layer in self.layers:
            x = _layer(layer, x, bounds)
        found = np.stack([np.concatenate([x[a], x[a:b].mean(axis=0)]) for a, b in bounds[1:]])
        return found @ self.head + self.head_bias

    def _embed(self, ids: Sequence[int], kind: int) -> Floats:
        rows = self.pieces[np.asarray(ids)].astype(np.float32) * self.piece_scales[np.asarray(ids)][:, None]
        return _normed(rows + self.places[: len(ids)] + self.kinds[kind], self.norm, self.norm_bias)


def _normed(x: Floats, scale: Floats, bias: Floats) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / np.float32(x.shape[1]) + np.float32(_SMALLEST))
    made: Floats = (x / spread) * scale + bias
    return made


def _gelu(x: Floats) -> Floats:
    """Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016, arXiv 1606.08415), by one exponential."""
    inner = x * x
    inner *= 0.044715
    inner += 1.0
    inner *= x
    inner *= -2.0 * math.sqrt(2.0 / math.pi)
    np.minimum(inner, 80.0, out=inner)
    np.exp(inner, out=inner)
    inner += 1.0
    np.divide(x, inner, out=inner)
    return inner


def _attended(query: Floats, key: Floats, value: Floats) -> Floats:
    """What (heads, n, d) look up among (heads, m, d)."""
    shares: Floats = query @ key.transpose(0, 2, 1)
    shares -= np.max(shares, axis=2, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=2, keepdims=True)
    found: Floats = shares @ value
    return found


def _layer(layer: Layer, x: Floats, bounds: Sequence[tuple[int, int]]) -> Floats:
    size = WIDTH // HEADS
    mixed = (x @ layer.mix + layer.mix_bias).reshape(len(x), 3, HEADS, size).transpose(1, 2, 0, 3)
    query, key, value = mixed[0] * np.float32(1.0 / math.sqrt(size)), mixed[1], mixed[2]
    found = np.empty((len(x), WIDTH), dtype=np.float32)
    length = bounds[0][1]
    for number, (a, b) in enumerate(bounds):
        own_key, own_value = key[:, a:b], value[:, a:b]
        if number:
            own_key = np.concatenate([key[:, :length], own_key], axis=1)
            own_value = np.concatenate([value[:, :length], own_value], axis=1)
        what = _attended(query[:, a:b], own_key, own_value)
        found[a:b] = what.transpose(1, 0, 2).reshape(b - a, WIDTH)
    x = _normed(x + (found @ layer.out + layer.out_bias), layer.norm, layer.norm_bias)
    wide = _gelu(x @ layer.wide + layer.wide_bias)
    return _normed(x + (wide @ layer.narrow + layer.narrow_bias), layer.last_norm, layer.last_norm_bias)


def network_from(arrays: Mapping[str, Any]) -> Network:
    """The network from the arrays of `reader.npz`; KeyError when one is missing."""

    def matrix(name: str) -> Floats:
        """(in, out), contiguous, from int8 rows (out, in)."""
        rows = arrays[name].astype(np.float32)
        rows *= arrays[f"{name}_scale"].astype(np.float32)[:, None]
        return np.ascontiguousarray(rows.T)

    def vector(name: str) -> Floats:
        made: Floats = arrays[name].astype(np.float32)
        return made

    layers = tuple(
        Layer(
            matrix(f"mix{n}"), vector(f"mix_bias{n}"), matrix(f"out{n}"), vector(f"out_bias{n}"),
            vector(f"norm{n}"), vector(f"norm_bias{n}"), matrix(f"wide{n}"), vector(f"wide_bias{n}"),
            matrix(f"narrow{n}"), vector(f"narrow_bias{n}"), vector(f"last_norm{n}"), vector(f"last_norm_bias{n}"),
        )
        for n in range(int(arrays["layers"]))
    )  # fmt: skip
    return Network(
        arrays["pieces"], vector("pieces_scale"), vector("places"), vector("kinds"), vector("norm"), vector("norm_bias"),
        layers, vector("head"), vector("head_bias"),
    )  # fmt: skip
