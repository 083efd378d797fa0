"""Training of the boosted trees, in numpy only and without chance: the same rows give the same trees to the last digit.

Softmax boosting with vector leaves: one tree a round, its splits chosen by the summed gain over the four verdicts on
binned features (histograms), its leaves one Newton step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .model import VERDICTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

BINS = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen by whole questions left out."""

    rounds: int = 160
    depth: int = 3
    rate: float = 0.1
    ridge: float = 20.0
    smallest: float = 8.0
    columns: float = 0.25


def bin_edges(rows: Floats) -> list[Floats]:
    """Up to BINS - 1 inner edges of every column, at its quantiles; values above edge i fall in a bin beyond i."""
    edges = []
    for column in rows.T:
        cuts = np.unique(np.round(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1]), 4))
        edges.append(cuts[cuts < column.max()])
    return edges


def fit(rows: Floats, labels: Ints, settings: Settings, weights: Floats | None = None) -> dict[str, Any]:
    """Trees for rows (n, features) with labels (n,) as indices of VERDICTS; returns the JSON of `start` and `trees`."""
    count, width = rows.shape
    classes = len(VERDICTS)
    edges = bin_edges(rows)
    binned = np.stack(
        [np.searchsorted(cut, column, side="left") for cut, column in zip(edges, rows.T, strict=True)], axis=1
    )
    weight = np.ones(count) if weights is None else weights
    target = np.eye(classes)[labels]
    share = (target * weight[:, None]).sum(0) / weight.sum()
    start = np.round(np.log(np.maximum(share, 1e-4)), 6)
    logits = np.tile(start, (count, 1))
    trees: list[dict[str, Any]] = []
    random = np.random.Generator(np.random.PCG64(7))
    taken = max(1, round(settings.columns * width))
    for _ in range(settings.rounds):
        raised = np.exp(logits - logits.max(1, keepdims=True))
        probability = raised / raised.sum(1, keepdims=True)
        gradient = (target - probability) * weight[:, None]
        hessian = probability * (1 - probability) * weight[:, None]
        columns = np.sort(random.permutation(width)[:taken])
        tree, place = _grow(binned, edges, columns, gradient, hessian, settings)
        logits += np.asarray(tree["leaf"])[place]
        trees.append(tree)
    return {"start": start.tolist(), "trees": trees}


def _grow(
    binned: Ints, edges: list[Floats], columns: Ints, gradient: Floats, hessian: Floats, settings: Settings
) -> tuple[dict[str, Any], Ints]:
    count, classes = gradient.shape
    node = np.zeros(count, dtype=np.int64)
    features: list[int] = []
    above: list[float] = []
    picked = binned[:, columns]
    width = len(columns)
    for level in range(settings.depth):
        nodes = 2**level
        index = ((node[:, None] * width + np.arange(width)) * BINS + picked).ravel()
        size = nodes * width * BINS

        def histogram(values: Floats, index: Ints = index, size: int = size, nodes: int = nodes) -> Floats:
            sums = [np.bincount(index, weights=np.repeat(column, width), minlength=size) for column in values.T]
            return np.stack(sums, axis=-1).astype(np.float64).reshape(nodes, width, BINS, classes)

        left_g = np.cumsum(histogram(gradient), axis=2)
        left_h = np.cumsum(histogram(hessian), axis=2)
        all_g, all_h = left_g[:, :, -1:, :], left_h[:, :, -1:, :]
        right_g, right_h = all_g - left_g, all_h - left_h
        ridge = settings.ridge
        gain = (left_g**2 / (left_h + ridge) + right_g**2 / (right_h + ridge) - all_g**2 / (all_h + ridge)).sum(-1)
        enough = (left_h.sum(-1) > settings.smallest) & (right_h.sum(-1) > settings.smallest)
        gain = np.round(np.where(enough, gain, -1.0), 9).reshape(nodes, -1)
        best = gain.argmax(1)
        go_right = np.zeros(count, dtype=np.int64)
        for n in range(nodes):
            column, cut = divmod(int(best[n]), BINS)
            feature = int(columns[column])
            if gain[n, best[n]] <= 1e-6 or cut >= len(edges[feature]):
                features.append(-1)
                above.append(0.0)
                continue
            features.append(feature)
            above.append(round(float(edges[feature][cut]), 4))
            members = node == n
            go_right[members] = binned[members, feature] > cut
        node = 2 * node + go_right
    leaves = 2**settings.depth
    sum_g = np.stack([np.bincount(node, weights=column, minlength=leaves) for column in gradient.T], axis=-1)
    sum_h = np.stack([np.bincount(node, weights=column, minlength=leaves) for column in hessian.T], axis=-1)
    value = np.round(settings.rate * sum_g / (sum_h + settings.ridge), 5)
    return {"feature": features, "above": above, "leaf": value.tolist()}, node


def predict(data: dict[str, Any], rows: Floats) -> Floats:
    """Log-odds (n, 4) of rows under trained trees; the same sums as `Model.logits`, vectorised."""
    logits = np.tile(np.asarray(data["start"]), (len(rows), 1))
    for tree in data["trees"]:
        feature, above = np.asarray(tree["feature"]), np.asarray(tree["above"])
        at = np.zeros(len(rows), dtype=np.int64)
        while at[0] < len(feature):
            chosen = feature[at]
            values = rows[np.arange(len(rows)), np.maximum(chosen, 0)]
            at = 2 * at + 1 + ((chosen >= 0) & (values > above[at]))
        logits += np.asarray(tree["leaf"])[at - len(feature)]
    return logits
