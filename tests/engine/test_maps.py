"""Maps against the oracle at the same places, and what they are made of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kernels import oracle
from kernels.codes import LOSS_CODES
from playground.engine.binding import input_values
from playground.engine.compile import compile_graph
from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.engine.maps import (
    CURVE_POINTS,
    DECISION_SIDE,
    NODE_SIDE,
    MapMaker,
    MapRequest,
    weight_pictures,
)
from playground.model.dataset import Dataset
from playground.model.experiment import BuiltInData, Column, Experiment, Learning, Table, TableData
from playground.model.keys import Activation, DType, Loss
from playground.model.maps import FULL, MIDDLE, NO_COLOUR, NO_VALUE, DecisionMap, NodeMaps, levels
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters, frozen_array


def table(cells: Floats, *columns: Column) -> TableData:
    """Rows whose last column is to be predicted."""
    return TableData(Table(columns, frozen_array(cells)), (columns[-1].name,), 0.0, "last", 0)


def one_output(
    features: tuple[str, ...], weights: tuple[float, ...], activation: Activation = "linear"
) -> tuple[Network, Parameters]:
    """A network without hidden nodes: the output adds up the inputs."""
    nodes = [Node(1 + place, "input", feature=feature) for place, feature in enumerate(features)]
    edges = [Edge(1 + place, 9, 20 + place) for place in range(len(features))]
    network = Network.build([*nodes, Node(9, "output", activation)], edges)
    return network, Parameters.of(network, {20 + n: w for n, w in enumerate(weights)}, {})


def made(
    network: Network,
    parameters: Parameters,
    data: TableData | BuiltInData,
    loss: Loss = "squared",
    dtype: DType | None = None,
    columns: tuple[int, ...] = (),
) -> tuple[DecisionMap, NodeMaps, Dataset]:
    """All maps of a network for the first row of its data."""
    dataset = make_dataset(data)
    maker = MapMaker(Experiment(network, data, Learning(loss=loss)), dataset)
    decision, nodes = maker.maps(MapRequest(parameters, dataset.table.cells[0], columns, dtype=dtype))
    assert decision is not None
    return decision, nodes[0], dataset


PLANE = table(np.array([[-1.0, -3.0, 0.0], [1.0, 3.0, 1.0]]), Column("a"), Column("b"), Column("c"))


@pytest.mark.parametrize("dtype", [None, "float64", "float32"])
@pytest.mark.parametrize("name", ["spiral", "circle-3", "hills", "iris"])
def test_maps_are_what_the_oracle_says_there(name: str, dtype: DType | None) -> None:
    experiment, parameters = fitting_experiment(BuiltInData(name, 60, seed=2))
    assert experiment.data is not None
    dataset = make_dataset(experiment.data)
    maker = MapMaker(experiment, dataset)
    cells = dataset.table.cells[3]
    decision, (nodes,) = maker.maps(MapRequest(parameters, cells, dtype=dtype))
    assert decision is not None
    network, graph = experiment.network, compile_graph(experiment.network)
    for side, outputs in ((DECISION_SIDE, True), (NODE_SIDE, False)):
        inputs = input_values(network, dataset, decision.region.cells(side, side))
        done = oracle.forward(graph, parameters.weights, parameters.biases, inputs)
        said = oracle.answers(graph, LOSS_CODES[experiment.learning.loss], done)
        if outputs:
            for answer in decision.answers:
                for place in answer.outputs:
                    scale = dataset.scale[answer.column] if answer.kind == "value" else 1.0
                    offset = dataset.offset[answer.column] if answer.kind == "value" else 0.0
                    expected = (said[:, place] * scale + offset).reshape(side, side)
                    np.testing.assert_allclose(decision.values[place], expected, atol=2e-4, rtol=2e-4)
        else:
            hidden = [node for node in network.node_ids if network.nodes[node].role == "hidden"]
            assert hidden
            for node in hidden:
                expected = done.activations[:, network.node_index[node]].reshape(side, side)
                shown = levels(expected, 0.0, max(1.0, float(np.abs(expected).max())))
                difference = nodes.levels[nodes.index[node]].astype(int) - shown.astype(int)
                assert np.abs(difference).max() <= 1


def test_a_map_is_upright() -> None:
    network, parameters = one_output(("a", "b"), (0.0, 1.0))
    decision, nodes, _ = made(network, parameters, PLANE)
    assert (decision.values[0, 0] > 2.5).all()
    assert (decision.values[0, -1] < -2.5).all()
    upper, lower = nodes.levels[nodes.index[2]][[0, -1]]
    assert (upper > MIDDLE + 100).all()
    assert (lower < MIDDLE - 100).all()
    left, right = nodes.levels[nodes.index[1]][:, [0, -1]].T
    assert (left < MIDDLE).all()
    assert (right > MIDDLE).all()


def test_columns_can_change_places_and_others_are_held() -> None:
    data = table(
        np.array([[0.0, 0.0, 5.0, 0.0], [1.0, 1.0, 6.0, 1.0]]),
        *(Column("a"), Column("b"), Column("c"), Column("d")),
    )
    network, parameters = one_output(("a", "b", "c"), (1.0, 10.0, 100.0))
    decision, _, dataset = made(network, parameters, data)
    assert (decision.region.x, decision.region.y) == (0, 1)
    turned, _, _ = made(network, parameters, data, columns=(1, 0))
    assert (turned.region.x, turned.region.y) == (1, 0)
    np.testing.assert_allclose(turned.values[0, ::-1].T, decision.values[0, ::-1], rtol=1e-5)
    np.testing.assert_allclose(decision.values[0].mean(), 5.5 + 100 * dataset.table.cells[0, 2], rtol=1e-5)


def test_a_formula_without_a_value_leaves_a_gap() -> None:
    logarithm, values = one_output(("log(a)", "b"), (1.0, 0.0))
    cells = np.array([[0.1, 0.0, 0.0], [4.0, 1.0, 1.0]])
    decision, nodes, _ = made(logarithm, values, table(cells, Column("a"), Column("b"), Column("c")))
    left = decision.region.cells(DECISION_SIDE, DECISION_SIDE)[:, 0].reshape(DECISION_SIDE, -1) <= 0
    assert left.any()
    assert not left.all()
    np.testing.assert_array_equal(np.isnan(decision.values[0]), left)
    assert (nodes.levels[nodes.index[1]] == NO_VALUE).any()


def test_one_column_gives_a_curve() -> None:
    network, parameters = one_output(("a",), (2.0,))
    decision, nodes, _ = made(network, parameters, PLANE)
    assert decision.values.shape == (1, 1, CURVE_POINTS)
    assert decision.region.y is None
    assert (np.diff(decision.values[0, 0]) > 0).all()
    assert nodes.levels.shape[1:] == (1, NODE_SIDE)


def test_without_a_column_of_numbers_there_is_no_map() -> None:
    network, parameters = one_output(("kind=x",), (1.0,))
    data = table(np.array([[0.0, 0.0], [1.0, 1.0]]), Column("kind", "class", ("x", "y")), Column("c"))
    dataset = make_dataset(data)
    maker = MapMaker(Experiment(network, data), dataset)
    assert maker.maps(MapRequest(parameters, dataset.table.cells[0])) == (None, ())


def test_values_past_all_bounds_are_gaps() -> None:
    network, parameters = one_output(("a", "b"), (1e308, 1e308))
    decision, nodes, _ = made(network, parameters, PLANE)
    assert not np.isfinite(decision.values).all()
    assert (nodes.levels[nodes.index[9]] == NO_VALUE).any()


@pytest.mark.parametrize(
    ("classes", "activation", "target", "kind", "colours", "middle"),
    [
        (("no", "yes"), "sigmoid", None, "pair", (0, 1), 0.5),
        (("no", "yes"), "tanh", None, "pair", (0, 1), 0.0),
        (("no", "yes"), "sigmoid", "c=no", "pair", (1, 0), 0.5),
        (("u", "v", "w"), "sigmoid", "c=v", "pair", (NO_COLOUR, 1), 0.5),
    ],
)
def test_an_output_that_tells_two_apart(
    classes: tuple[str, ...],
    activation: Activation,
    target: str | None,
    kind: str,
    colours: tuple[int, int],
    middle: float,
) -> None:
    data = table(
        np.array([[-1.0, -1.0, 0.0], [1.0, 1.0, 1.0]]),
        Column("a"),
        Column("b"),
        Column("c", "class", classes),
    )
    network, parameters = one_output(("a", "b"), (3.0, 3.0), activation)
    output = replace(network.nodes[9], target=target)
    network = Network.build([network.nodes[1], network.nodes[2], output], network.edges.values())
    decision, nodes, _ = made(network, parameters, data)
    (answer,) = decision.answers
    assert (answer.kind, answer.colours, answer.middle) == (kind, colours, middle)
    top_right, bottom_left = nodes.levels[nodes.index[9]][[0, -1], [-1, 0]]
    if colours == (1, 0):
        assert (top_right < 20, bottom_left > 230) == (True, True)  # where it says yes to the first class
    else:
        assert (bottom_left < 20, top_right > 230) == (True, True)
    assert (9 in (nodes.classes or {})) == (NO_COLOUR in colours)


def test_several_classes_have_the_colours_of_their_points() -> None:
    experiment, parameters = fitting_experiment(BuiltInData("spiral-4", 40))
    assert experiment.data is not None
    dataset = make_dataset(experiment.data)
    decision, (nodes,) = MapMaker(experiment, dataset).maps(MapRequest(parameters, dataset.table.cells[0]))
    assert decision is not None
    (answer,) = decision.answers
    assert (answer.kind, answer.outputs, answer.colours) == ("classes", (0, 1, 2, 3), (0, 1, 2, 3))
    assert nodes.classes == dict(zip(experiment.network.outputs, range(4), strict=True))


def test_like_ranges_get_one_scale() -> None:
    network, parameters = one_output(("a", "b"), (1.0, 1.0))
    alike = table(np.array([[0.0, 0.0, 0.0], [10.0, 8.0, 1.0]]), Column("a"), Column("b"), Column("c"))
    region = made(network, parameters, alike)[0].region
    assert np.ptp(region.x_range) == pytest.approx(np.ptp(region.y_range))
    assert np.mean(region.y_range) == pytest.approx(4.0)
    other = table(np.array([[0.0, 0.0, 0.0], [10.0, 800.0, 1.0]]), Column("a"), Column("b"), Column("c"))
    region = made(network, parameters, other)[0].region
    assert np.ptp(region.x_range) < 12
    constant = table(np.array([[3.0, 0.0, 0.0], [3.0, 800.0, 1.0]]), Column("a"), Column("b"), Column("c"))
    assert np.ptp(made(network, parameters, constant)[0].region.x_range) > 0


def test_pictures_show_the_weights_of_their_pixels() -> None:
    inputs = [
        Node(1 + 5 * row + column, "input", feature=f"pixel_{row}_{column}")
        for row in range(5)
        for column in range(5)
    ]
    edges = [Edge(node.id, 90, node.id) for node in inputs] + [Edge(90, 91, 500)]
    network = Network.build([*inputs, Node(90, "hidden", "tanh"), Node(91, "output")], edges)
    weights = {node.id: 0.0 for node in inputs} | {1: 2.0, 5: -1.0, 21: -2.0, 500: 1.0}
    found = weight_pictures(network, Parameters.of(network, weights, {}))
    assert found is not None
    assert found.node_ids == (90,)
    assert found.kind == "weights"
    picture = found.levels[0].astype(int)
    assert picture.shape == (5, 5)
    assert picture[0, 0] == 2 * FULL  # the first pixel is above at the left
    assert 0 < picture[0, 4] < MIDDLE - 20
    assert picture[4, 0] == 0
    assert (picture[1:4] == MIDDLE).all()
    few = Network.build([Node(1, "input", feature="pixel_0_0"), Node(2, "output")], [Edge(1, 2, 3)])
    assert weight_pictures(few, Parameters.zeros(few)) is None


def test_of_very_many_columns_those_are_shown_that_differ_most() -> None:
    dataset = make_dataset(BuiltInData("digits", 200))
    experiment, _ = fitting_experiment(BuiltInData("digits", 200))
    region = MapMaker(experiment, dataset).region((), dataset.table.cells[0])
    assert region is not None
    assert region.y is not None
    spread = dataset.table.cells[dataset.train, :64].std(axis=0)
    assert {region.x, region.y} == set(np.argsort(-spread, kind="stable")[:2].tolist())
