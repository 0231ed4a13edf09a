"""Activations over whole rows: sums become answers in place, and the slopes go beside them."""

from __future__ import annotations

from typing import Any

from kernels import codes
from kernels.activations import LEAKY_SLOPE
from kernels.training.compiled import inlined
from kernels.training.functions import sigmoid_parts, sine_parts, softplus_parts, tanh_parts
from kernels.training.lanes import where_less
from kernels.training.memory import filled, load, store, width

SIGMOID, TANH, RELU, LEAKY_RELU = codes.SIGMOID, codes.TANH, codes.RELU, codes.LEAKY_RELU
SOFTPLUS, SINE = codes.SOFTPLUS, codes.SINE


@inlined
def activate(code: int, a: Any, d: Any, first: int, end: int) -> None:
    """A <- f(a), d <- f'(a) for elements from `first` on, whole vectors."""
    if code == TANH:
        for i in range(first, end, width(a)):
            value, slope = tanh_parts(load(a, i))
            store(a, i, value)
            store(d, i, slope)
    elif code == SIGMOID:
        for i in range(first, end, width(a)):
            value, slope = sigmoid_parts(load(a, i))
            store(a, i, value)
            store(d, i, slope)
    elif code == RELU:
        for i in range(first, end, width(a)):
            z = load(a, i)
            store(a, i, where_less(z, 0.0, 0.0, z))
            store(d, i, where_less(0.0, z, 1.0, filled(a, 0.0)))
    elif code == LEAKY_RELU:
        for i in range(first, end, width(a)):
            z = load(a, i)
            store(a, i, where_less(0.0, z, z, LEAKY_SLOPE * z))
            store(d, i, where_less(0.0, z, 1.0, filled(a, LEAKY_SLOPE)))
    elif code == SOFTPLUS:
        for i in range(first, end, width(a)):
            value, slope = softplus_parts(load(a, i))
            store(a, i, value)
            store(d, i, slope)
    elif code == SINE:
        for i in range(first, end, width(a)):
            value, slope = sine_parts(load(a, i))
            store(a, i, value)
            store(d, i, slope)
    else:
        for i in range(first, end, width(a)):
            store(d, i, filled(a, 1.0))
