"""The forward pass of the reader in numpy: a six-layer transformer that reads an answer once and key points against it.

An answer's pieces look at each other. A key point's pieces look at each other alone in the first layers, which is done once
when the key points are prepared (Cao et al. 2020, arXiv 2005.00697, do the same for questions and passages), and at the answer
too in the last ones. The verdict is read off the point's pieces, and where it is made off a comparison with the answer's.
Shape of the layers: BERT (Devlin et al. 2018, arXiv 1810.04805), sized and started as MiniLM-L6 (Wang et al. 2020, arXiv
2002.10957). Weights are int8 with one scale an output; arithmetic is float32.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HEADS = 12
WIDTH = 384
VERDICTS = 4
LAYERS, ALONE = 6, 2
"""Layers of the network, and how many of them a key point is read by itself; only the others look at the answer."""
READ_OFF = 2
"""First pieces of a key point that the verdict is read off: the start and the mark of the claim. The mean of all its pieces
before the last layer counts as well."""
_SIZE = WIDTH // HEADS
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
class Points:
    """Key points read by themselves: `pieces` (pieces of all, width) after the first layers, point k from bounds[k] on."""

    pieces: Floats
    bounds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What an answer says of every key point.

    `log_odds` (points, 4) of missing, partial, covered, contradicted; `places` (points, pieces of the answer), how likely the
    point is made at each piece, summing to 1.
    """

    log_odds: Floats
    places: Floats


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
    alone: int
    head: Floats
    head_bias: Floats
    seek: Floats
    seek_bias: Floats

    def prepare(self, points: Sequence[Sequence[int]]) -> Points:
        """Key points, each as its piece numbers, read by themselves; there is at least one."""
        bounds = (0, *np.cumsum([len(ids) for ids in points]).tolist())
        x = np.concatenate([self._embed(ids, 1) for ids in points])
        for layer in self.layers[: self.alone]:
            query, key, value = _mixed(layer, x)
            found = np.empty_like(x)
            for a, b in pairwise(bounds):
                found[a:b] = _joined(_shares(query[:, a:b] @ _turned(key[:, a:b])) @ value[:, a:b])
            x = _finished(layer, x, found)
        return Points(x, bounds)

    def read(self, answer: Sequence[int], points: Points) -> Found:
        """An answer, as its piece numbers, against prepared key points."""
        a, p = self._embed(answer, 0), points.pieces
        heads = np.concatenate(
            [np.arange(first, min(first + READ_OFF, last)) for first, last in pairwise(points.bounds)]
        )
        for number, layer in enumerate(self.layers):
            last = number == len(self.layers) - 1
            if last:
                means = np.stack([p[first:end].mean(axis=0) for first, end in pairwise(points.bounds)])
            query, key, value = _mixed(layer, a)
            if number >= self.alone:
                p = _against(layer, p, (key, value), points.bounds, heads if last else None)
            if not last:
                a = _finished(layer, a, _joined(_shares(query @ _turned(key)) @ value))
        p = p.reshape(-1, READ_OFF, WIDTH)
        sought: Floats = np.matmul(p[:, 0] @ self.seek + self.seek_bias, a.T)
        sought *= np.float32(1.0 / math.sqrt(WIDTH))
        return Found(
            np.concatenate([p.reshape(len(p), -1), means], axis=1) @ self.head + self.head_bias, _shares(sought)
        )

    def _embed(self, ids: Sequence[int], kind: int) -> Floats:
        rows = self.pieces[np.asarray(ids)].astype(np.float32) * self.piece_scales[np.asarray(ids)][:, None]
        return _normed(rows + self.places[: len(ids)] + self.kinds[kind], self.norm, self.norm_bias)


def _mixed(layer: Layer, x: Floats) -> tuple[Floats, Floats, Floats]:
    """Queries, keys and values, each (heads, n, size), the queries scaled."""
    mixed = x @ layer.mix
    mixed += layer.mix_bias
    mixed[:, :WIDTH] *= np.float32(1.0 / math.sqrt(_SIZE))
    query, key, value = mixed.reshape(len(x), 3, HEADS, _SIZE).transpose(1, 2, 0, 3)
    return query, key, value


def _against(
    layer: Layer, x: Floats, answer: tuple[Floats, Floats], bounds: Sequence[int], only: NDArray[np.int64] | None
) -> Floats:
    """The pieces of key points after looking at the answer's keys and values and each at its own point's.

    `only` are the pieces that are wanted, None for all.
    """
    query, key, value = _mixed(layer, x)
    wanted = np.arange(len(x)) if only is None else only
    query = np.ascontiguousarray(query[:, wanted])
    theirs = query @ _turned(answer[0])
    length = theirs.shape[2]
    cuts = np.searchsorted(wanted, bounds).tolist()
    found = np.empty((HEADS, len(wanted), _SIZE), dtype=np.float32)
    for (a, b), (first, last) in zip(pairwise(bounds), pairwise(cuts), strict=True):
        own = query[:, first:last] @ _turned(key[:, a:b])
        shares = _shares(np.concatenate([theirs[:, first:last], own], axis=2))
        found[:, first:last] = shares[:, :, :length] @ answer[1]
        found[:, first:last] += shares[:, :, length:] @ value[:, a:b]
    return _finished(layer, x if only is None else x[wanted], _joined(found))


def _turned(key: Floats) -> Floats:
    return np.ascontiguousarray(key.transpose(0, 2, 1))


def _joined(found: Floats) -> Floats:
    """(heads, n, size) to (n, width)."""
    return np.ascontiguousarray(found.transpose(1, 0, 2)).reshape(-1, WIDTH)


def _shares(x: Floats) -> Floats:
    """Softmax along the last axis, in place."""
    x -= x.max(axis=-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(axis=-1, keepdims=True)
    return x


def _finished(layer: Layer, x: Floats, found: Floats) -> Floats:
    """What follows attention in a layer."""
    found = found @ layer.out
    found += layer.out_bias
    found += x
    x = _normed(found, layer.norm, layer.norm_bias)
    wide = x @ layer.wide
    wide += layer.wide_bias
    _gelu(wide)
    made: Floats = np.matmul(wide, layer.narrow)
    made += layer.narrow_bias
    made += x
    return _normed(made, layer.last_norm, layer.last_norm_bias)


def _normed(x: Floats, scale: Floats, bias: Floats) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / np.float32(x.shape[1]) + np.float32(_SMALLEST))
    np.divide(x, spread, out=x)
    x *= scale
    x += bias
    return x


_ROWS_AT_ONCE = 64


def _gelu(x: Floats) -> None:
    """Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016, arXiv 1606.08415), in place.

    In slices that stay in the processor's cache: it is memory and not arithmetic that takes the time.
    """
    for at in range(0, len(x), _ROWS_AT_ONCE):
        part = x[at : at + _ROWS_AT_ONCE]
        inner = part * part
        inner *= np.float32(0.044715)
        inner += np.float32(1.0)
        inner *= part
        inner *= np.float32(-2.0 * math.sqrt(2.0 / math.pi))
        np.minimum(inner, np.float32(80.0), out=inner)
        np.exp(inner, out=inner)
        inner += np.float32(1.0)
        part /= inner


def network_from(arrays: Mapping[str, Any]) -> Network:
    """The network from the arrays of `reader.npz`; KeyError when one is missing."""

    def matrix(name: str) -> Floats:
        """(in, out) from int8 columns with a scale each."""
        made: Floats = np.multiply(arrays[name], arrays[f"{name}_scale"].astype(np.float32), dtype=np.float32)
        return made

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
        layers, int(arrays["alone"]), vector("head"), vector("head_bias"), vector("seek"), vector("seek_bias"),
    )  # fmt: skip
