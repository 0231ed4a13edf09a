"""What a node makes of its weighted sum, and how steeply: one row of a table for each activation."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels import codes

Floats = NDArray[np.float64]

LEAKY_SLOPE = 0.01
"""The slope of the leaky ReLU at sums that are not positive."""


class Activation(NamedTuple):
    """One activation.

    value : z -> a, elementwise, float64 of any shape
    derivative : z, a -> da/dz, elementwise; may use whichever of the two is handier
    """

    value: Callable[[Floats], Floats]
    derivative: Callable[[Floats, Floats], Floats]


def linear(z: Floats) -> Floats:
    """The sum as it is: a = z."""
    return z


def sigmoid(z: Floats) -> Floats:
    """Squashed to (0, 1): a = 1 / (1 + exp(-z)), without overflow and exact in both tails."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def tanh(z: Floats) -> Floats:
    """Squashed to (-1, 1): a = tanh(z)."""
    return np.tanh(z)


def relu(z: Floats) -> Floats:
    """Cut off below zero: a = max(z, 0)."""
    return np.maximum(z, 0.0)


def leaky_relu(z: Floats) -> Floats:
    """Nearly cut off below zero: a = z where z > 0, else 0.01 z."""
    return np.where(z > 0, z, LEAKY_SLOPE * z)


def softplus(z: Floats) -> Floats:
    """A smooth ReLU: a = log(1 + exp(z)), without overflow."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def sine(z: Floats) -> Floats:
    """A wave: a = sin(z), z in radians."""
    return np.sin(z)


def _linear_derivative(z: Floats, a: Floats) -> Floats:
    return np.ones_like(z)


def _sigmoid_derivative(z: Floats, a: Floats) -> Floats:
    # a (1 - a) from the sum: it keeps its digits where a is nearly 1.
    small = np.exp(-np.abs(z))
    return small / np.square(1.0 + small)


def _tanh_derivative(z: Floats, a: Floats) -> Floats:
    # 1 - a^2 from the sum: it keeps its digits where |a| is nearly 1.
    small = np.exp(-2.0 * np.abs(z))
    return 4.0 * small / np.square(1.0 + small)


def _relu_derivative(z: Floats, a: Floats) -> Floats:
    return np.where(z > 0, 1.0, 0.0)


def _leaky_relu_derivative(z: Floats, a: Floats) -> Floats:
    return np.where(z > 0, 1.0, LEAKY_SLOPE)


def _softplus_derivative(z: Floats, a: Floats) -> Floats:
    return sigmoid(z)


def _sine_derivative(z: Floats, a: Floats) -> Floats:
    return np.cos(z)


_BY_CODE = {
    codes.LINEAR: Activation(linear, _linear_derivative),
    codes.SIGMOID: Activation(sigmoid, _sigmoid_derivative),
    codes.TANH: Activation(tanh, _tanh_derivative),
    codes.RELU: Activation(relu, _relu_derivative),
    codes.LEAKY_RELU: Activation(leaky_relu, _leaky_relu_derivative),
    codes.SOFTPLUS: Activation(softplus, _softplus_derivative),
    codes.SINE: Activation(sine, _sine_derivative),
}

ACTIVATIONS: tuple[Activation, ...] = tuple(_BY_CODE[code] for code in codes.ACTIVATION_CODES.values())
"""Activations by their code."""
