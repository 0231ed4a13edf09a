"""Diagnosis: each trouble is found where it is, nowhere else, and is gone once its edit is made."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.diagnosis import CHECKS, Finding, FindingKey, diagnose
from playground.engine.fitting import fitting_experiment
from playground.engine.session import Session
from playground.engine.trace import trace
from playground.model.experiment import BuiltInData, Column, Experiment, Learning, Table, TableData
from playground.model.keys import Activation
from playground.model.message import sentence
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters
from playground.model.trace import LearnerState

Drawn = tuple[Experiment, Parameters]


def findings(drawn: Drawn, session: Session | None = None) -> dict[FindingKey, Finding]:
    experiment, parameters = drawn
    bound = None if experiment.data is None else bind(experiment.network, make_dataset(experiment.data))
    if session is None:
        found = diagnose(experiment, bound, LearnerState(parameters))
    else:
        found = diagnose(experiment, bound, session.state, session.snapshot(1))
    assert len({finding.key for finding in found}) == len(found)
    return {finding.key: finding for finding in found}


def mended(drawn: Drawn, finding: Finding) -> Drawn:
    """The experiment and values after the edit, joined as a document joins them."""
    experiment, parameters = drawn
    change = finding.edit.make(experiment, parameters)
    carried = parameters.carried(experiment.network, change.experiment.network)
    return change.experiment, carried.changed(change.experiment.network, change.weights, change.biases)


def trained(drawn: Drawn, epochs: int) -> Session:
    experiment, parameters = drawn
    assert experiment.data is not None
    session = Session(
        experiment, bind(experiment.network, make_dataset(experiment.data)), LearnerState(parameters)
    )
    for _ in range(epochs):
        session.run_epoch()
    return session


def avocado() -> Drawn:
    return fitting_experiment(BuiltInData("avocado", 200, test_share=0.3), seed=1)


def table_network(
    activation: Activation, cells: list[list[float]], bias: float = 0.0, weight: float = 1.0
) -> Drawn:
    """Inputs a and b, one hidden node Middle, one output Answer."""
    network = Network.build(
        [
            Node(1, "input", label="A", feature="a"),
            Node(2, "input", label="B", feature="b"),
            Node(3, "hidden", activation, "Middle"),
            Node(4, "output", "linear", "Answer"),
        ],
        [Edge(1, 3, 1), Edge(2, 3, 2), Edge(3, 4, 3)],
    )
    table = Table((Column("a"), Column("b"), Column("y")), np.array(cells, dtype=np.float64))
    experiment = Experiment(network, TableData(table, ("y",), test_share=0.0), Learning())
    return experiment, Parameters.of(network, {1: weight, 2: weight, 3: 1.0}, {3: bias})


def hidden_activations(drawn: Drawn) -> Floats:
    experiment, parameters = drawn
    assert experiment.data is not None
    bound = bind(experiment.network, make_dataset(experiment.data))
    done = trace(experiment, LearnerState(parameters), bound, range(len(bound.train_inputs)))
    return done.activations[:, experiment.network.node_index[3]]


NEAR = [[0.1, 0.9, 1], [0.5, 0.3, 2], [0.8, 0.2, 3], [0.2, 0.6, 4]]


def test_a_healthy_network_has_no_finding_before_and_after_learning() -> None:
    drawn = avocado()
    assert findings(drawn) == {}
    session = trained(drawn, 30)
    assert findings((drawn[0], session.state.parameters), session) == {}


def test_learning_that_runs_away_is_found_and_is_calm_after_the_edit() -> None:
    experiment, parameters = table_network("linear", [[9 * a, 9 * b, y] for a, b, y in NEAR])
    drawn = replace(experiment, learning=Learning(learning_rate=0.5, batch_size=4)), parameters
    rates = []
    for _ in range(5):
        session = trained(drawn, 12)
        found = findings((drawn[0], session.state.parameters), session)
        rates.append(drawn[0].learning.learning_rate)
        if "diverged" not in found:
            break
        assert sentence(found["diverged"].remedy) == "Take smaller steps and start over"
        assert found["diverged"].edit.make(*drawn).restarts
        drawn = mended(drawn, found["diverged"])
    assert found == {}
    assert session.stopped is None
    assert len(rates) > 1
    np.testing.assert_allclose(rates, [0.5 / 10**i for i in range(len(rates))])


def test_a_loss_far_above_the_first_is_told_with_both_numbers() -> None:
    drawn = avocado()
    session = trained(drawn, 2)
    snapshot = session.snapshot(1)
    first = float(snapshot.history[0, 1])
    bound = bind(drawn[0].network, make_dataset(BuiltInData("avocado", 200, test_share=0.3)))
    for factor, expected in ((9.0, []), (11.0, ["diverged"])):
        grown = replace(snapshot, train_loss=factor * max(first, np.log(2.0)))
        assert [finding.key for finding in diagnose(drawn[0], bound, session.state, grown)] == expected


def test_steps_that_are_too_long_for_adam_are_found_and_shortened() -> None:
    experiment, parameters = avocado()
    adam = replace(experiment.learning, optimizer="adam", learning_rate=40.0)
    drawn = replace(experiment, learning=adam), parameters
    session = trained(drawn, 20)
    found = findings((drawn[0], session.state.parameters), session)
    assert "diverged" in found
    calm = mended(drawn, found["diverged"])
    assert calm[0].learning.learning_rate <= 4.0
    session = trained((replace(calm[0], learning=replace(adam, learning_rate=0.1)), calm[1]), 20)
    assert "diverged" not in findings((calm[0], session.state.parameters), session)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_found_and_replaced(value: float) -> None:
    experiment, parameters = avocado()
    ruined = experiment, parameters.changed(experiment.network, {1: value}, {})
    found = findings(ruined)
    assert list(found) == ["not_finite"]
    fresh = mended(ruined, found["not_finite"])
    assert np.isfinite(fresh[1].weights).all()
    assert findings(fresh) == {}


def test_a_dead_relu_is_found_and_wakes_up() -> None:
    drawn = table_network("relu", NEAR, bias=-5.0)
    assert hidden_activations(drawn).max() == 0
    found = findings(drawn)
    assert list(found) == ["dead_relu"]
    assert found["dead_relu"].nodes == (3,)
    assert sentence(found["dead_relu"].message).startswith("Middle is off for every example")
    awake = mended(drawn, found["dead_relu"])
    assert 0 < np.mean(hidden_activations(awake) > 0) < 1
    assert findings(awake) == {}


def test_a_relu_that_is_on_for_one_row_is_not_dead() -> None:
    assert findings(table_network("relu", NEAR, bias=-0.99)) == {}


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize("bias", [-30.0, 30.0])
def test_a_saturated_node_is_found_and_comes_back(activation: Activation, bias: float) -> None:
    drawn = table_network(activation, NEAR, bias=bias)
    found = findings(drawn)
    assert list(found) == ["saturated"]
    back = mended(drawn, found["saturated"])
    low, high = (-0.9, 0.9) if activation == "tanh" else (0.1, 0.9)
    assert np.all((hidden_activations(back) > low) & (hidden_activations(back) < high))
    assert findings(back) == {}


def test_nodes_stuck_through_large_inputs_come_back() -> None:
    drawn = table_network("tanh", [[20 * a, 30 * b, y] for a, b, y in NEAR], weight=50.0)
    back = mended(drawn, findings(drawn)["saturated"])
    assert np.median(np.abs(hidden_activations(back))) < 0.98
    assert "saturated" not in findings(back)


def test_weights_that_are_shared_or_held_stay_while_the_bias_moves() -> None:
    experiment, parameters = table_network("relu", NEAR, bias=-5.0)
    edges = dict(experiment.network.edges)
    edges[1, 3] = replace(edges[1, 3], trainable=False)
    held = replace(experiment, network=Network.build(experiment.network.nodes.values(), edges.values()))
    drawn = held, parameters
    awake = mended(drawn, findings(drawn)["dead_relu"])
    assert awake[1].weight(held.network, (1, 3)) == 1.0
    assert awake[1].weight(held.network, (2, 3)) != 1.0
    assert 0 < np.mean(hidden_activations(awake) > 0) < 1


def test_inputs_of_wildly_different_size_are_found_and_scaled() -> None:
    drawn = table_network("tanh", [[5_000 * a, b, y] for a, b, y in NEAR], weight=1e-4)
    found = findings(drawn)
    assert list(found) == ["input_scale"]
    said = sentence(found["input_scale"].message)
    assert said.startswith("A reaches 4,000 while B stays within 0.9. No step size suits both")
    experiment, parameters = mended(drawn, found["input_scale"])
    assert isinstance(experiment.data, TableData)
    assert experiment.data.scaling == "standard"
    assert found["input_scale"].edit.make(*drawn).restarts
    assert "input_scale" not in findings((experiment, parameters))


def test_one_large_input_is_found_and_so_is_a_formula_of_a_built_in_set() -> None:
    experiment, parameters = avocado()
    nodes = [
        replace(node, feature="exp(6 * height)") if node.feature == "height" else node
        for node in experiment.network.nodes.values()
    ]
    drawn = replace(experiment, network=Network.build(nodes, experiment.network.edges.values())), parameters
    found = findings(drawn)
    assert "input_scale" in found
    scaled = mended(drawn, found["input_scale"])
    assert "input_scale" not in findings(scaled)
    assert scaled[0].data is not None
    inputs = bind(scaled[0].network, make_dataset(scaled[0].data)).train_inputs
    np.testing.assert_allclose(inputs.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(inputs.std(axis=0), 1, atol=1e-9)


def test_nodes_with_no_way_in_or_out_are_said_and_can_be_connected() -> None:
    experiment, parameters = avocado()
    network = experiment.network
    nodes = [*network.nodes.values(), Node(20, "hidden", "tanh", "Lost"), Node(21, "hidden", "tanh", "End")]
    edges = [*network.edges.values(), Edge(20, 7, 100), Edge(1, 21, 101)]
    drawn = (
        replace(experiment, network=Network.build(nodes, edges, network.groups.values())),
        parameters.carried(network, Network.build(nodes, edges)),
    )
    found = findings(drawn)
    assert found["no_way_in"].nodes == (20,)
    assert (
        sentence(found["no_way_in"].message)
        == "No input reaches Lost, so it says the same for every example."
    )
    assert found["no_way_out"].nodes == (21,)
    assert sentence(found["no_way_out"].message) == "End leads to no output, so it changes no answer."
    joined = mended(mended(drawn, found["no_way_in"]), found["no_way_out"])
    assert {(1, 20), (2, 20), (3, 20), (21, 7)} <= joined[0].network.edges.keys()
    assert not {"no_way_in", "no_way_out"} & findings(joined).keys()


def test_many_nodes_are_told_in_one_sentence() -> None:
    experiment, parameters = avocado()
    nodes = [
        *experiment.network.nodes.values(),
        *(Node(30 + i, "hidden", "tanh", f"Spare {i}") for i in range(3)),
    ]
    network = Network.build(nodes, experiment.network.edges.values())
    drawn = replace(experiment, network=network), parameters.carried(experiment.network, network)
    said = sentence(findings(drawn)["no_way_out"].message)
    assert said == "3 nodes, among them Spare 0, lead to no output, so they change no answer."


def test_without_data_only_the_wiring_is_looked_at() -> None:
    network = Network.build([Node(1, "input"), Node(2, "output")])
    found = findings((Experiment(network), Parameters.zeros(network)))
    assert set(found) == {"no_way_in", "no_way_out"}


def test_every_check_is_made() -> None:
    assert set(CHECKS) == set(get_args(FindingKey))


def of_table(*features: str) -> Drawn:
    """A network that reads these features of a table whose column `flat` never changes."""
    count = np.arange(30.0)
    columns = (Column("size"), Column("flat"), Column("good", "class", ("no", "yes")))
    table = Table(columns, np.column_stack([count / 30, np.full(30, 0.5), count % 2]))
    experiment, parameters = fitting_experiment(TableData(table, ("good",)))
    network = experiment.network
    nodes = [replace(network.nodes[n], feature=f) for n, f in zip(network.inputs, features, strict=True)]
    kept = {node.id: node for node in nodes}
    drawn = Network.build(
        [kept.get(node.id, node) for node in network.nodes.values()], network.edges.values()
    )
    return replace(experiment, network=drawn), parameters


@pytest.mark.parametrize("feature", ["good", "good=yes", "size * good"])
def test_an_input_that_reads_the_answer_is_found(feature: str) -> None:
    drawn = of_table("size", feature)
    found = findings(drawn)
    assert found["reads_answer"].nodes == (drawn[0].network.inputs[1],)
    assert "is to be answered" in sentence(found["reads_answer"].message)
    assert "reads_answer" not in findings(mended(drawn, found["reads_answer"]))
    assert "reads_answer" not in findings(of_table("size", "size * size"))


def test_an_input_that_never_changes_is_found() -> None:
    drawn = of_table("size", "flat")
    found = findings(drawn)["constant_input"]
    assert found.nodes == (drawn[0].network.inputs[1],)
    assert "constant_input" not in findings(mended(drawn, found))
    assert "constant_input" not in findings(of_table("size", "flat * size"))
