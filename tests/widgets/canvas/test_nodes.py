"""How full a node is."""

from __future__ import annotations

import pytest

from playground.model.keys import ACTIVATIONS, Activation
from playground.model.network import Node
from widgets.canvas.nodes import LEVELS, level


def test_every_activation_has_a_level() -> None:
    assert set(LEVELS) == set(ACTIVATIONS)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_levels_grow_with_the_size_of_the_value(activation: Activation) -> None:
    node = Node(1, "hidden", activation)
    levels = [level(node, value) for value in (0.0, 0.2, 0.5, 0.9)]
    assert levels[0] == 0
    assert levels == sorted(set(levels))
    assert all(0 <= full <= 1 for full in levels)
    assert level(node, -0.5) == level(node, 0.5)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 1e300])
def test_levels_stay_between_empty_and_full(value: float) -> None:
    for activation in ACTIVATIONS:
        assert 0 <= level(Node(1, "output", activation), value) <= 1


def test_inputs_and_probabilities_are_as_full_as_they_say() -> None:
    assert level(Node(1, "input"), 0.62) == 0.62
    assert level(Node(1, "input"), 7.0) == 1.0
    assert level(Node(1, "output", "linear"), 0.3, is_probability=True) == 0.3
