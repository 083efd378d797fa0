"""From the trained reader to the files in the package: fewer pieces, int8 weights with a scale a row."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from ..inputs import ACCEPT, CLAIM, END, MAX_ANSWER, REJECT, START
from ..network import ALONE, LAYERS
from ..wordpiece import UNKNOWN, WordPiece

COMMON = 8000
"""BERT's numbers fall with frequency; words up to here in that order stay, whatever the field."""
_FIRST_WORD = 1996
_SHORT = 4
_PLACES = MAX_ANSWER + 2


def chosen_pieces(vocabulary: list[str], texts: Iterable[str]) -> list[str]:
    """The pieces to keep: marks, letters, short endings, common words, and every piece that the field's texts use."""
    cutter = WordPiece(vocabulary)
    used = {number for text in texts for number in cutter.cut(text).ids}
    kept = []
    for number, piece in enumerate(vocabulary):
        special = piece in (START, END, UNKNOWN, CLAIM, ACCEPT, REJECT)
        plain = piece.removeprefix("##")
        latin = plain.isascii()
        short = latin and len(plain) <= (_SHORT if piece.startswith("##") else 1)
        common = latin and _FIRST_WORD <= number < _FIRST_WORD + COMMON and not piece.startswith("[")
        if special or number in used or short or common:
            kept.append(piece)
    return kept


def _rows(name: str, matrix: Any, arrays: dict[str, Any]) -> None:
    """int8 with a scale for every row."""
    largest = np.abs(matrix).max(axis=1)
    scale = np.maximum(largest / 127.0, 1e-8).astype(np.float32)
    arrays[name] = np.clip(np.rint(matrix / scale[:, None]), -127, 127).astype(np.int8)
    arrays[f"{name}_scale"] = scale


def _turned(name: str, matrix: Any, arrays: dict[str, Any]) -> None:
    """A matrix (out, in) as the network multiplies it, (in, out): int8 with a scale for every column."""
    _rows(name, matrix, arrays)
    arrays[name] = np.ascontiguousarray(arrays[name].T)


def arrays_of(state: dict[str, Any], vocabulary: list[str], kept: list[str]) -> dict[str, Any]:
    """The arrays that `network_from` reads, from the trained weights."""
    given = {name: tensor.float().numpy() for name, tensor in state.items()}
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    arrays: dict[str, Any] = {"layers": np.array(LAYERS), "alone": np.array(ALONE)}
    _rows("pieces", given["pieces.weight"][[numbers[piece] for piece in kept]], arrays)
    arrays["places"] = given["places.weight"][:_PLACES].astype(np.float16)
    arrays["kinds"] = given["kinds.weight"]
    arrays["norm"], arrays["norm_bias"] = given["norm.weight"], given["norm.bias"]
    for n in range(LAYERS):
        own = f"layers.{n}."
        _turned(f"mix{n}", np.concatenate([given[f"{own}{part}.weight"] for part in ("query", "key", "value")]), arrays)
        arrays[f"mix_bias{n}"] = np.concatenate([given[f"{own}{part}.bias"] for part in ("query", "key", "value")])
        for part in ("out", "wide", "narrow"):
            _turned(f"{part}{n}", given[f"{own}{part}.weight"], arrays)
            arrays[f"{part}_bias{n}"] = given[f"{own}{part}.bias"]
        for part in ("norm", "last_norm"):
            arrays[f"{part}{n}"], arrays[f"{part}_bias{n}"] = given[f"{own}{part}.weight"], given[f"{own}{part}.bias"]
    for part in ("head", "seek"):
        arrays[part], arrays[f"{part}_bias"] = np.ascontiguousarray(given[f"{part}.weight"].T), given[f"{part}.bias"]
    return arrays


def write(folder: Path, arrays: dict[str, Any], kept: list[str]) -> None:
    """Writes `reader.npz` (not compressed, so that it is read without unpacking) and `pieces.txt`."""
    folder.joinpath("pieces.txt").write_text("\n".join(kept) + "\n", encoding="utf-8", newline="\n")
    with folder.joinpath("reader.npz").open("wb") as file:
        np.savez(file, **arrays)
