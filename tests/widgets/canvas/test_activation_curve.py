"""The small curves inside nodes are those of the activations."""

from __future__ import annotations

import numpy as np
import pytest

from kernels import activations
from playground.model.keys import ACTIVATIONS, Activation
from widgets.canvas.activation_curve import CURVES, drawn_curve, reach


def test_every_activation_has_a_curve() -> None:
    assert set(CURVES) == set(ACTIVATIONS)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_curves_are_what_the_kernels_compute(activation: Activation) -> None:
    z = np.linspace(-6, 6, 101)
    assert np.allclose(CURVES[activation](z), getattr(activations, activation)(z), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_drawn_part_holds_the_axis(activation: Activation) -> None:
    points, low, high = drawn_curve(activation, 3.5)
    assert low <= 0 <= high
    assert low <= points[:, 1].min()
    assert points[:, 1].max() <= high


@pytest.mark.parametrize("z", [0.0, 2.0, -8.0, 1e6, float("nan"), float("inf")])
def test_the_sum_lies_on_the_drawn_part(z: float) -> None:
    assert np.isfinite(reach(z))
    assert not np.isfinite(z) or reach(z) > abs(z)
