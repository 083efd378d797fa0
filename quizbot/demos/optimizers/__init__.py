"""First-order optimisers in float64, step for step those of PyTorch 2.13, for a whole batch of configurations at once.

Every method works element by element, so one call moves any number of independent configurations: give `x0` a leading
axis for them and `lr` (or any other setting) an array that broadcasts against it.

Sources: the algorithms, names and defaults of torch.optim.SGD, Adagrad, RMSprop, Adam and AdamW in PyTorch 2.13, and
Polyak 1964 (heavy ball), Nesterov 1983 with Sutskever et al. 2013, Duchi et al. 2011 (Adagrad), Hinton 2012 with
Graves 2013 (RMSprop and its centred form), Kingma and Ba 2015 (Adam), Loshchilov and Hutter 2019 (AdamW).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from quizbot.demos.optimizers.methods import METHODS
from quizbot.demos.optimizers.settings import (
    DEFAULTS,
    FloatArray,
    hint,
    numbers,
    setting,
    settings_of,
    slope_of,
    step_count,
)

__all__ = ["DEFAULTS", "FloatArray", "run"]


def run(
    name: str,
    gradient: Callable[[FloatArray], ArrayLike],
    x0: ArrayLike,
    *,
    steps: int,
    lr: ArrayLike,
    **hyper: object,
) -> FloatArray:
    """The path of `steps` updates from `x0`: shape (steps + 1, *x0.shape), float64, `x0` first.

    `name` is sgd, momentum, nesterov (both SGD with momentum 0.9 unless told otherwise), adagrad, rmsprop, adam or
    adamw. `gradient` maps an array of x0's shape to numbers of that shape; it is called once an update, in order, with
    an array of its own that it may keep or change. `lr` is the rate, at least 0. `hyper` holds PyTorch's
    hyperparameters under PyTorch's names, see `DEFAULTS`; all are dimensionless except weight_decay (curvature), eps
    and initial_accumulator_value (the gradient, and its square).

    `lr` and every hyperparameter that is a number (in `betas`, each of the two) may also be an array that broadcasts
    against x0: with x0 of shape (256, 10), an `lr` of shape (256, 1) runs 256 rates. The rows of a batch of rates are
    bit for bit what they would be alone. With arrays for other settings they are so up to rounding, and a row that has
    left the finite numbers may say nan where it would say inf alone.

    Paths equal PyTorch's up to rounding. Where an adaptive method bounces around a minimum with a small eps, the path
    is chaotic: PyTorch itself gives another one on a processor of another kind, and so does this function.

    Divergence is a result: overflow and nan stand in the path and raise no warning, also inside `gradient`.
    `x0` and what `gradient` returns are not changed; integers become float64; `steps` 0 gives x0 alone.

    Raises ValueError, with what to do about it, for an unknown name or hyperparameter; for a setting that is not a
    finite number, out of PyTorch's range (lr, momentum, weight_decay, alpha, eps, lr_decay, initial_accumulator_value
    below 0; betas outside [0, 1); Nesterov's momentum not above 0 or with dampening), or of a shape that does not fit
    x0; for `steps` that is not a whole number of 0 or more; for `x0` that is not numeric; and for a gradient that is
    not numeric or of another shape. What `gradient` itself raises comes through.
    """
    if name not in DEFAULTS:
        raise ValueError(f"no optimiser is called {name!r}; {hint(name, DEFAULTS)}")
    start = numbers("x0", x0)
    count = step_count(steps)
    rate = setting("lr", lr, start.shape)
    settings = settings_of(name, hyper, start.shape)
    path = np.empty((count + 1, *start.shape))
    path[0] = start
    with np.errstate(all="ignore"):
        update = METHODS[name](rate, settings, start.shape)
        for step in range(count):
            # The index with ... gives an array even where x0 is a single number.
            x = path[step, ...]
            slope = gradient(x.copy())
            if type(slope) is not np.ndarray or slope.dtype != np.float64 or slope.shape != start.shape:
                slope = slope_of(slope, start.shape)
            update(step, x, slope, path[step + 1, ...])
    return path
