"""The gradients that the reference paths were made with; `write.py` and the suite use these same functions.

Only plain arithmetic stands here, so that every machine computes the same gradients to the last bits.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Gradient = Callable[[FloatArray], FloatArray]

CURVATURES = (1.0, 25.0, 4.0, 0.1)
NOISE = 0.5


def quadratic() -> Gradient:
    """Of ½·Σ aᵢ·xᵢ² plus a coupling of neighbours, so that the axes are not the eigenvectors; x has four entries."""

    def gradient(x: FloatArray) -> FloatArray:
        slope = np.array(CURVATURES) * x
        slope[1:] += 0.2 * x[:-1]
        slope[:-1] += 0.2 * x[1:]
        return slope

    return gradient


def rosenbrock() -> Gradient:
    """Of (1 − x)² + 100·(y − x²)²; x has two entries."""

    def gradient(x: FloatArray) -> FloatArray:
        gap = x[1] - x[0] * x[0]
        return np.array([-2 * (1 - x[0]) - 400 * x[0] * gap, 200 * gap])

    return gradient


def noisy() -> Gradient:
    """Of ½·Σ aᵢ·xᵢ², plus at call k the noise frac(φ·(k + 1)²·(i + 1)) scaled to ±NOISE; x has three entries."""
    calls = 0

    def gradient(x: FloatArray) -> FloatArray:
        nonlocal calls
        calls += 1
        phase = np.array([0.6180339887498949 * calls * calls * (i + 1) for i in range(len(x))])
        noise: FloatArray = NOISE * (2 * (phase - np.floor(phase)) - 1)
        return np.array(CURVATURES[: len(x)]) * x + noise

    return gradient


PROBLEMS: dict[str, tuple[Callable[[], Gradient], int]] = {
    "quadratic": (quadratic, 4),
    "rosenbrock": (rosenbrock, 2),
    "noisy": (noisy, 3),
}
"""By name: what makes a fresh gradient, and how many entries x has."""
