"""Activations against their formulas, their slopes, and far out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kernels.activations import ACTIVATIONS
from kernels.codes import ACTIVATION_CODES

FORMULAS = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": lambda z: (math.exp(z) - math.exp(-z)) / (math.exp(z) + math.exp(-z)),
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "softplus": lambda z: math.log(1 + math.exp(z)),
    "sine": math.sin,
}
LIMITS = {
    "linear": (-800.0, 800.0, 1.0, 1.0),
    "sigmoid": (0.0, 1.0, 0.0, 0.0),
    "tanh": (-1.0, 1.0, 0.0, 0.0),
    "relu": (0.0, 800.0, 0.0, 1.0),
    "leaky_relu": (-8.0, 800.0, 0.01, 1.0),
    "softplus": (0.0, 800.0, 0.0, 1.0),
    "sine": (-math.sin(800), math.sin(800), math.cos(800), math.cos(800)),
}
NAMES = sorted(ACTIVATION_CODES)
SUMS = np.array([-6.5, -2.0, -0.3, -1e-3, 1e-3, 0.3, 1.0, 2.5, 6.5])


def test_each_activation_is_covered() -> None:
    assert sorted(FORMULAS) == sorted(LIMITS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_value_is_the_formula(name: str) -> None:
    value = ACTIVATIONS[ACTIVATION_CODES[name]].value(SUMS)
    np.testing.assert_allclose(value, [FORMULAS[name](z) for z in SUMS], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_derivative_is_the_slope_of_the_value(name: str) -> None:
    activation, step = ACTIVATIONS[ACTIVATION_CODES[name]], 1e-6
    slope = (activation.value(SUMS + step) - activation.value(SUMS - step)) / (2 * step)
    np.testing.assert_allclose(
        activation.derivative(SUMS, activation.value(SUMS)), slope, rtol=1e-7, atol=1e-9
    )


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overflows_far_out(name: str) -> None:
    activation, far = ACTIVATIONS[ACTIVATION_CODES[name]], np.array([-800.0, 800.0])
    value = activation.value(far)
    np.testing.assert_allclose([*value, *activation.derivative(far, value)], LIMITS[name], atol=1e-300)


@pytest.mark.parametrize(
    ("name", "slope"),
    [("relu", 0.0), ("leaky_relu", 0.01), ("softplus", 0.5), ("sigmoid", 0.25), ("tanh", 1.0)],
)
def test_slope_at_zero(name: str, slope: float) -> None:
    activation, zero = ACTIVATIONS[ACTIVATION_CODES[name]], np.zeros(1)
    assert activation.derivative(zero, activation.value(zero))[0] == slope


def test_the_tails_of_squashing_keep_their_digits() -> None:
    sigmoid, tanh = ACTIVATIONS[ACTIVATION_CODES["sigmoid"]], ACTIVATIONS[ACTIVATION_CODES["tanh"]]
    far = np.array([-40.0, 40.0])
    assert sigmoid.value(far)[0] == pytest.approx(math.exp(-40), rel=1e-15)
    np.testing.assert_allclose(sigmoid.derivative(far, sigmoid.value(far)), math.exp(-40), rtol=1e-14)
    np.testing.assert_allclose(tanh.derivative(far, tanh.value(far)), 4 * math.exp(-80), rtol=1e-14)
