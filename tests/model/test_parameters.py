"""Values joined with a network by id: read-only, carried over, changed one by one."""

from __future__ import annotations

import numpy as np
import pytest

from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters, frozen_array


def network(ids: tuple[int, ...], edges: tuple[tuple[int, int, int], ...]) -> Network:
    """The first node is an input, the last an output; edges as (source, target, parameter)."""
    roles = {ids[0]: "input", ids[-1]: "output"}
    nodes = [Node(id_, roles.get(id_, "hidden")) for id_ in ids]  # type: ignore[arg-type]  # a role
    return Network.build(nodes, [Edge(*edge) for edge in edges])


OLD = network((1, 2, 3), ((1, 2, 10), (2, 3, 20), (1, 3, 10)))
VALUES = Parameters.of(OLD, {10: 0.5, 20: -1.5}, {2: 0.1, 3: 0.3})


def test_values_are_found_by_edge_and_node() -> None:
    assert VALUES.weight(OLD, (1, 2)) == VALUES.weight(OLD, (1, 3)) == 0.5
    assert VALUES.weight(OLD, (2, 3)) == -1.5
    assert [VALUES.bias(OLD, node) for node in (1, 2, 3)] == [0.0, 0.1, 0.3]
    by_edge = dict(zip(OLD.edge_keys, VALUES.edge_weights(OLD).tolist(), strict=True))
    assert by_edge == {(1, 2): 0.5, (2, 3): -1.5, (1, 3): 0.5}


def test_values_cannot_be_written_to_and_are_copies() -> None:
    own = np.array([1.0, 2.0])
    values = Parameters(own, frozen_array([0.0, 0.0, 0.0]))
    own[0] = 7.0
    assert values.weights.tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="read-only"):
        values.weights[0] = 3.0


def test_a_change_touches_what_it_names_and_nothing_else() -> None:
    changed = VALUES.changed(OLD, {20: 4.0, 99: 1.0}, {3: -2.0, 98: 1.0})
    assert changed == Parameters.of(OLD, {10: 0.5, 20: 4.0}, {2: 0.1, 3: -2.0})
    assert Parameters.of(OLD, {10: 0.5, 20: -1.5}, {2: 0.1, 3: 0.3}) == VALUES


def test_values_are_carried_by_id() -> None:
    new = network((3, 1, 5, 2), ((3, 1, 20), (1, 5, 30), (5, 2, 10)))
    carried = VALUES.carried(OLD, new)
    assert carried == Parameters.of(new, {20: -1.5, 10: 0.5}, {2: 0.1, 3: 0.3})
    assert carried.weight(new, (1, 5)) == 0.0
    assert carried.bias(new, 5) == 0.0
    assert VALUES.carried(OLD, network((1, 2, 3), ((1, 2, 10), (2, 3, 20)))) is VALUES


def test_values_are_compared_by_value_and_nan_equals_itself() -> None:
    nan = Parameters(frozen_array([np.nan]), frozen_array([0.0]))
    assert nan == Parameters(frozen_array([np.nan]), frozen_array([0.0]))
    assert nan != Parameters(frozen_array([1.0]), frozen_array([0.0]))
    assert Parameters.zeros(OLD) != VALUES
    assert Parameters.zeros(OLD).weights.shape == (2,)
