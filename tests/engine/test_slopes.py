"""Slopes of whole networks, against the definition of a derivative."""

from __future__ import annotations

import random

import numpy as np
import pytest

from playground.engine.slopes import slope, slopes
from playground.model.keys import ACTIVATIONS, Activation
from tests.engine.passes import ACTIVATION, random_pass


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_slope_is_what_a_small_step_gives(activation: Activation) -> None:
    rule = ACTIVATION[activation]
    for z in (-3.0, -0.7, -0.01, 0.02, 0.9, 4.0):
        measured = (rule(z + 1e-6) - rule(z - 1e-6)) / 2e-6
        assert slope(activation, z, rule(z)) == pytest.approx(measured, abs=1e-8)


def test_the_slopes_of_a_network_are_those_of_its_nodes() -> None:
    checked = 0
    for seed in range(20):
        trace, _ = random_pass(random.Random(seed))
        network = trace.experiment.network
        found = slopes(network, trace.sums[0], trace.activations[0])
        for place, node in enumerate(network.nodes.values()):
            z, a = float(trace.sums[0, place]), float(trace.activations[0, place])
            expected = 1.0 if node.role == "input" else slope(node.activation, z, a)
            assert found[place] == expected
            checked += 1
    assert checked > 100


def test_at_a_kink_the_slope_is_that_of_the_left() -> None:
    assert slope("relu", 0.0, 0.0) == 0.0
    assert slope("leaky_relu", 0.0, 0.0) == 0.01
    assert np.isfinite(slope("sigmoid", 1e6, 1.0))
