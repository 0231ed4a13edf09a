"""A changed copy keeps derived tables only where a network made anew would derive the same."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from playground.app.warm import TABLES, warm
from playground.model.edits.rebuild import changed_network
from playground.model.errors import EditError
from playground.model.network import Network, Node
from tests.model.random_edits import random_edit, random_experiment


def tables(network: Network) -> list[object]:
    """Everything that a network derives, arrays as lists."""
    topology = network.topology
    arrays = (topology.sources, topology.targets, topology.parameters, topology.trainable)
    lists: list[object] = [array.tolist() for array in arrays]
    return lists + [getattr(network, name) for name in TABLES if name != "topology"]


def fresh(network: Network) -> Network:
    """The same network, without anything derived."""
    return Network.build(network.nodes.values(), network.edges.values(), network.groups.values())


@pytest.mark.parametrize("seed", range(25))
def test_kept_tables_are_right_after_any_edit(seed: int) -> None:
    random = Random(seed)
    experiment, parameters = random_experiment(random)
    changes = 0
    for _ in range(20):
        warm(experiment.network)
        edit = random_edit(random, experiment, parameters)
        if edit is None:
            continue
        try:
            made = edit.make(experiment, parameters)
        except EditError:
            continue
        before, experiment = experiment, made.experiment
        parameters = parameters.carried(before.network, experiment.network)
        assert tables(experiment.network) == tables(fresh(experiment.network))
        changes += experiment.network is not before.network
    assert changes


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"x": 5.0}, True),
        ({"activation": "relu"}, True),
        ({"label": "new"}, False),
        ({"role": "output"}, False),
    ],
)
def test_names_are_kept_while_labels_and_roles_are(change: dict[str, object], kept: bool) -> None:
    experiment, _ = random_experiment(Random(1))
    network = experiment.network
    warm(network)
    first = next(node for node in network.nodes.values() if node.role == "hidden")
    node: Node = replace(first, **change)  # type: ignore[arg-type]  # any field of a node
    new = changed_network(network, nodes=dict(network.nodes) | {node.id: node})
    assert (new.names is network.names) == kept
    assert new.names == fresh(new).names
