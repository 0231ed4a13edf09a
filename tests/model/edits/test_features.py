"""Inputs come and go with their edges, evenly spaced, in one step that can be undone."""

from __future__ import annotations

import numpy as np
import pytest

from playground.engine.fitting import fitting_experiment
from playground.model import edits
from playground.model.edits.features import first_layer
from playground.model.errors import EditError
from playground.model.experiment import BuiltInData, Experiment
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from tests.model.random_edits import applied

NAMES = ("x1", "x2", "colour")


@pytest.fixture
def spiral() -> tuple[Experiment, Parameters]:
    return fitting_experiment(BuiltInData("spiral", count=40))


def heights(network: Network) -> list[float]:
    return sorted(network.nodes[node].y for node in network.inputs)


def test_an_input_leads_to_the_whole_first_layer(spiral: tuple[Experiment, Parameters]) -> None:
    experiment, parameters = spiral
    hidden = [node.id for node in experiment.network.nodes.values() if node.role == "hidden"]
    change = edits.add_feature("x1^2", "x₁²").make(experiment, parameters)
    after, values = applied(experiment, parameters, change)
    (new,) = set(after.network.nodes) - set(experiment.network.nodes)
    assert after.network.nodes[new].feature == "x1^2"
    assert after.network.nodes[new].label == "x₁²"
    assert after.network.outgoing[new] == tuple(hidden)
    fresh = [values.weight(after.network, (new, target)) for target in hidden]
    assert len(set(fresh)) == len(fresh)
    for key in experiment.network.edges:
        assert values.weight(after.network, key) == parameters.weight(experiment.network, key)


def test_inputs_stay_evenly_spaced_about_the_middle(spiral: tuple[Experiment, Parameters]) -> None:
    experiment, parameters = spiral
    before = heights(experiment.network)
    for feature in ("x1^2", "x2^2", "x1 * x2", "sin(x1)", "sin(x2)"):
        change = edits.add_feature(feature).make(experiment, parameters)
        experiment, parameters = applied(experiment, parameters, change)
        found = heights(experiment.network)
        assert np.ptp(np.diff(found)) < 0.01
        assert abs(sum(found)) < 0.01
    for feature in ("x1^2", "square(x2)", "x1*x2", "sin(x1)", "sin(x2)"):
        change = edits.remove_feature(feature, NAMES).make(experiment, parameters)
        experiment, parameters = applied(experiment, parameters, change)
    assert heights(experiment.network) == before


def test_inputs_that_were_placed_by_hand_stay_there(spiral: tuple[Experiment, Parameters]) -> None:
    experiment, parameters = spiral
    moved = edits.move({1: (-400.0, 90.0)}).make(experiment, parameters).experiment
    after = edits.add_feature("sin(x1)").make(moved, parameters).experiment.network
    assert (after.nodes[1].x, after.nodes[1].y) == (-400.0, 90.0)
    assert after.nodes[2] == moved.network.nodes[2]


def test_what_nobody_reads_cannot_be_taken_away(spiral: tuple[Experiment, Parameters]) -> None:
    with pytest.raises(EditError):
        edits.remove_feature("sin(x1)", NAMES).make(*spiral)


def test_the_first_layer_of_any_network() -> None:
    nodes = [Node(1, "input"), Node(2, "hidden"), Node(3, "hidden"), Node(4, "hidden"), Node(9, "output")]
    chain = [Edge(1, 2, 1), Edge(2, 3, 2), Edge(1, 3, 3), Edge(3, 9, 4), Edge(1, 9, 5)]
    assert first_layer(Network.build(nodes, chain)) == (2,)
    assert first_layer(Network.build(nodes)) == (2, 3, 4)
    assert first_layer(Network.build([nodes[0], nodes[-1]])) == (9,)
    assert first_layer(Network.build()) == ()


def test_an_empty_network_can_be_given_an_input() -> None:
    experiment = Experiment()
    change = edits.add_feature("x1").make(experiment, Parameters.zeros(experiment.network))
    assert [node.feature for node in change.experiment.network.nodes.values()] == ["x1"]
