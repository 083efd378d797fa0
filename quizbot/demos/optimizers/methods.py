"""One update of each optimiser, in place on buffers that are made once.

The order of the operations is PyTorch's. What remains is that PyTorch's multiply-add rounds once on most processors and
numpy's twice; it shows where a path is chaotic, such as RMSprop bouncing around a minimum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from quizbot.demos.optimizers.settings import FloatArray, Settings, Value

Update = Callable[[int, FloatArray, FloatArray, FloatArray], None]
"""Given the number of updates done, x and the gradient at x, writes the next x into the last array."""


def _sgd(lr: Value, settings: Settings, shape: tuple[int, ...]) -> Update:
    momentum = settings.momentum
    decayed = _decay(settings.weight_decay, shape)
    scratch = np.empty(shape)

    def plain(_: int, x: FloatArray, slope: FloatArray, out: FloatArray) -> None:
        np.multiply(decayed(x, slope), lr, out=scratch)
        np.subtract(x, scratch, out=out)

    if not np.any(momentum):
        return plain

    buffer = np.empty(shape)
    # PyTorch does not dampen where there is no momentum.
    dampening = np.where(np.equal(momentum, 0), 0.0, settings.dampening)
    dampened = bool(np.any(dampening))
    share = 1 - dampening

    def heavy(step: int, x: FloatArray, slope: FloatArray, out: FloatArray) -> None:
        slope = decayed(x, slope)
        if step == 0:
            np.copyto(buffer, slope)
        else:
            np.multiply(buffer, momentum, out=buffer)
            np.add(buffer, np.multiply(slope, share, out=scratch) if dampened else slope, out=buffer)
        if settings.nesterov:
            np.multiply(buffer, momentum, out=scratch)
            np.add(slope, scratch, out=scratch)
            np.multiply(scratch, lr, out=scratch)
        else:
            np.multiply(buffer, lr, out=scratch)
        np.subtract(x, scratch, out=out)

    return heavy


def _adagrad(lr: Value, settings: Settings, shape: tuple[int, ...]) -> Update:
    decayed = _decay(settings.weight_decay, shape)
    total = np.full(shape, settings.initial_accumulator_value)
    scratch, root = np.empty(shape), np.empty(shape)

    def update(step: int, x: FloatArray, slope: FloatArray, out: FloatArray) -> None:
        slope = decayed(x, slope)
        np.multiply(slope, slope, out=scratch)
        np.add(total, scratch, out=total)
        np.sqrt(total, out=root)
        np.add(root, settings.eps, out=root)
        np.multiply(slope, lr / (1 + step * settings.lr_decay), out=scratch)
        np.divide(scratch, root, out=scratch)
        np.subtract(x, scratch, out=out)

    return update


def _rmsprop(lr: Value, settings: Settings, shape: tuple[int, ...]) -> Update:
    decayed = _decay(settings.weight_decay, shape)
    alpha, share = settings.alpha, 1 - settings.alpha
    square, scratch, root = np.zeros(shape), np.empty(shape), np.empty(shape)
    mean = np.zeros(shape) if settings.centered else None
    average = _averaging(share, scratch)
    buffer = np.zeros(shape) if np.any(settings.momentum) else None

    def update(_: int, x: FloatArray, slope: FloatArray, out: FloatArray) -> None:
        slope = decayed(x, slope)
        _average_square(square, slope, alpha, share, scratch)
        if mean is None:
            np.sqrt(square, out=root)
        else:
            average(mean, slope)
            np.multiply(mean, mean, out=scratch)
            np.subtract(square, scratch, out=root)
            np.sqrt(root, out=root)
        np.add(root, settings.eps, out=root)
        if buffer is None:
            np.multiply(slope, lr, out=scratch)
            np.divide(scratch, root, out=scratch)
        else:
            np.multiply(buffer, settings.momentum, out=buffer)
            np.divide(slope, root, out=scratch)
            np.add(buffer, scratch, out=buffer)
            np.multiply(buffer, lr, out=scratch)
        np.subtract(x, scratch, out=out)

    return update


def _adam(lr: Value, settings: Settings, shape: tuple[int, ...]) -> Update:
    return _adaptive(lr, settings, shape, decayed=_decay(settings.weight_decay, shape), shrink=1.0)


def _adamw(lr: Value, settings: Settings, shape: tuple[int, ...]) -> Update:
    return _adaptive(lr, settings, shape, decayed=_decay(0.0, shape), shrink=1 - lr * settings.weight_decay)


def _adaptive(lr: Value, settings: Settings, shape: tuple[int, ...], *, decayed: _Decay, shrink: Value) -> Update:
    """Adam; `shrink` multiplies x before each step (decoupled decay), `decayed` adds decay to the gradient (L2)."""
    beta1, beta2 = settings.beta1, settings.beta2
    share2 = 1 - beta2
    mean, square = np.zeros(shape), np.zeros(shape)
    scratch, root = np.empty(shape), np.empty(shape)
    average = _averaging(1 - beta1, scratch)
    shrinks = bool(np.any(np.not_equal(shrink, 1)))

    def update(step: int, x: FloatArray, slope: FloatArray, out: FloatArray) -> None:
        slope = decayed(x, slope)
        if shrinks:
            x = np.multiply(x, shrink, out=out)
        average(mean, slope)
        _average_square(square, slope, beta2, share2, scratch)
        np.sqrt(square, out=root)
        np.divide(root, (1 - beta2 ** (step + 1)) ** 0.5, out=root)
        np.add(root, settings.eps, out=root)
        np.multiply(mean, lr / (1 - beta1 ** (step + 1)), out=scratch)
        np.divide(scratch, root, out=scratch)
        np.subtract(x, scratch, out=out)

    return update


METHODS: Mapping[str, Callable[[Value, Settings, tuple[int, ...]], Update]] = {
    "sgd": _sgd,
    "momentum": _sgd,
    "nesterov": _sgd,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adam": _adam,
    "adamw": _adamw,
}

_Decay = Callable[[FloatArray, FloatArray], FloatArray]


def _decay(weight_decay: Value, shape: tuple[int, ...]) -> _Decay:
    """The gradient of the loss plus ½·weight_decay·x², as a function of x and the gradient of the loss."""
    if not np.any(weight_decay):
        return lambda _, slope: slope
    total = np.empty(shape)

    def decayed(x: FloatArray, slope: FloatArray) -> FloatArray:
        np.multiply(x, weight_decay, out=total)
        return np.add(slope, total, out=total)

    return decayed


def _averaging(share: Value, scratch: FloatArray) -> Callable[[FloatArray, FloatArray], None]:
    """What moves a running mean by `share` of the way to a new value, from the nearer end as torch.lerp does."""
    rest = 1 - share
    near = bool(np.all(np.less(share, 0.5)))

    def average(mean: FloatArray, new: FloatArray) -> None:
        np.subtract(new, mean, out=scratch)
        if near:
            np.multiply(scratch, share, out=scratch)
            np.add(mean, scratch, out=mean)
        else:
            np.multiply(scratch, rest, out=scratch)
            np.subtract(new, scratch, out=mean)

    return average


def _average_square(mean: FloatArray, new: FloatArray, keep: Value, share: Value, scratch: FloatArray) -> None:
    np.multiply(mean, keep, out=mean)
    np.multiply(new, share, out=scratch)
    np.multiply(scratch, new, out=scratch)
    np.add(mean, scratch, out=mean)
