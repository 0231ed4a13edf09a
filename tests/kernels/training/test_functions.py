"""exp, log, sine and their like against extended precision: far into the tails, and for what is no number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numba import njit

from kernels.training import functions
from kernels.training.memory import load, pointer, store, width
from kernels.training.task import DType

DTYPES: tuple[DType, ...] = ("float32", "float64")
Wide = np.longdouble
Exact = Callable[[Any], Any]


EXACT: dict[str, tuple[Exact, Exact]] = {
    "tanh_parts": (np.tanh, lambda z: 1 / np.square(np.cosh(z))),
    "sigmoid_parts": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-abs(z)) / (1 + np.exp(-abs(z))) ** 2),
    "softplus_parts": (
        lambda z: np.maximum(z, 0) + np.log1p(np.exp(-abs(z))),
        lambda z: 1 / (1 + np.exp(-z)),
    ),
    "sine_parts": (np.sin, np.cos),
    "exp_parts": (np.expm1, np.exp),
}

UNITS = {"tanh_parts": 6.0, "sigmoid_parts": 4.5, "softplus_parts": 2.5, "sine_parts": 2.0, "exp_parts": 1.5}
"""Units in the last place by which the worst value or slope may be wrong."""


def both(name: str, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a function's two results for numbers; their count is a whole number of vectors."""
    function = getattr(functions, name)

    @njit
    def over(z: Any, first: Any, second: Any) -> None:
        places = pointer(z), pointer(first), pointer(second)
        for i in range(0, z.size, width(places[0])):
            one, two = function(load(places[0], i))
            store(places[1], i, one)
            store(places[2], i, two)

    first, second = np.zeros_like(z), np.zeros_like(z)
    over(z, first, second)
    return first, second


def numbers(rng: np.random.Generator, dtype: DType) -> np.ndarray:
    scales = (1e-30, 1e-6, 1e-3, 0.1, 1.0, 3.0, 10.0, 30.0, 80.0)
    parts = [rng.normal(size=800) * scale for scale in scales]
    return np.concatenate([*parts, np.linspace(-4, 4, 1600)]).astype(dtype)


def units(found: np.ndarray, exact: Any) -> Any:
    """Return errors in units in the last place of the exact numbers, where these are normal numbers."""
    is_normal = np.abs(exact) >= 4 * np.finfo(found.dtype).tiny
    spacing = np.spacing(np.abs(exact[is_normal]).astype(found.dtype)).astype(Wide)
    return np.abs(found[is_normal].astype(Wide) - exact[is_normal]) / spacing


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", list(EXACT))
def test_values_and_slopes_are_right_to_the_last_places(
    rng: np.random.Generator, name: str, dtype: DType
) -> None:
    z = numbers(rng, dtype)
    if name == "exp_parts":
        z = -np.abs(z)
    for found, exact in zip(both(name, z), EXACT[name], strict=True):
        errors = units(found, exact(z.astype(Wide)))
        assert len(errors) > 1000
        assert errors.max() <= UNITS[name]
        assert np.isfinite(found).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_logarithms(rng: np.random.Generator, dtype: DType) -> None:
    @njit
    def over(u: Any, x: Any, of_u: Any, of_x: Any) -> None:
        for i in range(0, u.size, width(pointer(u))):
            store(pointer(of_u), i, functions.log_of_one_plus(load(pointer(u), i)))
            store(pointer(of_x), i, functions.log(load(pointer(x), i)))

    u = np.exp(-rng.uniform(0, 80, 4096)).astype(dtype)
    x = np.exp(rng.uniform(0, 12, 4096)).astype(dtype)
    of_u, of_x = np.zeros_like(u), np.zeros_like(x)
    over(u, x, of_u, of_x)
    assert units(of_u, np.log1p(u.astype(Wide))).max() < 1.5
    assert units(of_x, np.log(x.astype(Wide))).max() < 1.5


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("name", "high", "low"), [("tanh_parts", 1, -1), ("sigmoid_parts", 1, 0)])
def test_far_out_the_squashing_is_complete(name: str, high: float, low: float, dtype: DType) -> None:
    z = np.resize(np.array([np.inf, 1e30, -np.inf, -1e30], dtype), 16)
    value, slope = both(name, z)
    np.testing.assert_array_equal(value, np.resize([high, high, low, low], 16))
    np.testing.assert_array_equal(slope, 0.0)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", list(EXACT))
def test_no_number_stays_none(name: str, dtype: DType) -> None:
    for found in both(name, np.full(16, np.nan, dtype)):
        assert np.isnan(found).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_sine_of_infinity_is_no_number_and_of_a_huge_angle_one_between(dtype: DType) -> None:
    value, slope = both("sine_parts", np.resize(np.array([np.inf, -np.inf, 1e30, -1e30], dtype), 16))
    np.testing.assert_array_equal(np.isnan(value), np.resize([True, True, False, False], 16))
    assert (np.abs(value[2:4]) <= 1).all()
    assert (np.abs(slope[2:4]) <= 1).all()


def test_the_sine_of_large_angles_is_told_in_double_precision(rng: np.random.Generator) -> None:
    z = np.round(rng.uniform(-1e6, 1e6, 4096))
    value, _ = both("sine_parts", z)
    np.testing.assert_allclose(value, np.sin(z.astype(Wide)).astype(np.float64), atol=3e-16)
