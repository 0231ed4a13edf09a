"""Fitting: the network drawn for a data spec, and that it learns."""

from __future__ import annotations

import numpy as np
import pytest

from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment, fitting_scaling
from playground.engine.session import Session, why_not_train
from playground.model.errors import DataError
from playground.model.experiment import BuiltInData, Column, Table, TableData
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState
from tests.table_specs import table_spec


def described(spec: BuiltInData | TableData) -> list[tuple[str, str, str | None]]:
    experiment, _ = fitting_experiment(spec)
    return [
        (node.label, node.activation, node.feature or node.target)
        for node in experiment.network.nodes.values()
        if node.role != "hidden"
    ]


def table(*columns: Column, rows: list[list[float]]) -> Table:
    return Table(columns, np.array(rows, dtype=np.float64))


def test_the_avocado_has_three_inputs_three_hidden_nodes_and_one_answer() -> None:
    experiment, parameters = fitting_experiment(BuiltInData("avocado", 400))
    network = experiment.network
    assert described(BuiltInData("avocado", 400)) == [
        ("Height", "linear", "height"),
        ("Squishiness", "linear", "squishiness"),
        ("Skin colour", "linear", "skin_colour"),
        ("Ripe?", "sigmoid", "ripe"),
    ]
    assert [len(layer) for layer in network.layers] == [3, 3, 1]
    assert len(network.edges) == 12
    assert experiment.learning.loss == "cross_entropy"
    assert parameters.weights.shape == (12,)
    places = {(node.x, node.y) for node in network.nodes.values()}
    assert {x for x, _ in places} == {-260.0, 0.0, 260.0}
    assert {y for x, y in places if x == 0.0} == {-150.0, 0.0, 150.0}
    assert {y for x, y in places if x == 260.0} == {0.0}


def test_three_classes_get_a_softmax_and_a_column_of_classes_an_input_each() -> None:
    columns = (
        Column("size"),
        Column("skin", "class", ("smooth", "rough", "waxy")),
        Column("sweet", "class", ("no", "yes")),
        Column("fruit", "class", ("apple", "pear", "plum")),
    )
    spec = table_spec(
        table(*columns, rows=[[1, 0, 0, 0], [2, 1, 1, 1], [3, 2, 0, 2], [4, 0, 1, 0]]), ["fruit"]
    )
    assert described(spec) == [
        ("Size", "linear", "size"),
        ("Skin: smooth", "linear", "skin=smooth"),
        ("Skin: rough", "linear", "skin=rough"),
        ("Skin: waxy", "linear", "skin=waxy"),
        ("Sweet", "linear", "sweet"),
        ("Apple", "linear", "fruit=apple"),
        ("Pear", "linear", "fruit=pear"),
        ("Plum", "linear", "fruit=plum"),
    ]
    experiment, _ = fitting_experiment(spec)
    assert experiment.learning.loss == "softmax_cross_entropy"


def test_numbers_get_linear_outputs_and_the_squared_loss() -> None:
    spec = table_spec(
        table(Column("area_m2"), Column("price"), rows=[[50, 1e5], [80, 2e5], [70, 3e5]]), ["price"]
    )
    assert described(spec) == [("Area m2", "linear", "area_m2"), ("Price", "linear", "price")]
    experiment, _ = fitting_experiment(spec)
    assert experiment.learning.loss == "squared"


@pytest.mark.parametrize(
    ("classes", "label"), [(("no", "yes"), "Spam?"), (("ham", "junk"), "Junk?"), (("0", "1"), "Spam?")]
)
def test_one_answer_is_labelled_as_a_question(classes: tuple[str, ...], label: str) -> None:
    spec = table_spec(table(Column("x"), Column("spam", "class", classes), rows=[[1, 0], [2, 1]]), ["spam"])
    assert described(spec)[-1][0] == label


def test_columns_are_scaled_unless_they_lie_between_0_and_1() -> None:
    inside = table(
        Column("x"), Column("y"), Column("z", "class", ("a", "b", "c")), rows=[[0, 1, 2], [0.5, 0.1, 0]]
    )
    assert fitting_scaling(inside) == "none"
    outside = table(Column("x"), Column("y"), rows=[[0, 1], [0.5, 7]])
    assert fitting_scaling(outside) == "standard"


def test_chosen_layers_are_drawn_and_none_is_a_straight_line() -> None:
    experiment, _ = fitting_experiment(BuiltInData("admission", 100), hidden=(4, 2))
    assert [len(layer) for layer in experiment.network.layers] == [2, 4, 2, 1]
    assert [group.name for group in experiment.network.groups.values()] == ["Layer 1", "Layer 2"]
    line, _ = fitting_experiment(BuiltInData("admission", 100), hidden=())
    assert [len(layer) for layer in line.network.layers] == [2, 1]


def test_a_network_past_the_limits_is_refused() -> None:
    with pytest.raises(DataError, match="3 inputs"):
        fitting_experiment(BuiltInData("avocado", 100), hidden=(600, 600))


def test_a_column_of_one_class_is_not_read() -> None:
    columns = (Column("x"), Column("same", "class", ("on",)), Column("y"))
    spec = table_spec(table(*columns, rows=[[5, 0, 1], [7, 0, 2]]), ["y"])
    assert [label for label, *_ in described(spec)] == ["X", "Y"]
    with pytest.raises(DataError, match="Nothing is left to predict from"):
        fitting_experiment(table_spec(spec.table, ["x", "y"]))


def test_iris_is_learned() -> None:
    experiment, parameters = fitting_experiment(BuiltInData("iris", 150, 0.0, 0.3, seed=3), seed=1)
    assert experiment.data is not None
    bound = bind(experiment.network, make_dataset(experiment.data))
    assert why_not_train(experiment, bound) is None
    session = Session(experiment, bound, LearnerState(parameters))
    assert session.snapshot(0).test_accuracy < 0.6
    for _ in range(60):
        session.run_epoch()
    assert session.snapshot(0).test_accuracy >= 0.9


def test_a_table_in_great_units_is_learned() -> None:
    random = np.random.default_rng(0)
    area, rooms = random.uniform(30, 200, 200), random.integers(1, 7, 200)
    price = 2_000 * area + 15_000 * rooms
    cells = np.column_stack([area, rooms, price])
    spec = table_spec(Table((Column("area"), Column("rooms"), Column("price")), cells), ["price"])
    experiment, parameters = fitting_experiment(spec)
    session = Session(experiment, bind(experiment.network, make_dataset(spec)), LearnerState(parameters))
    first = session.snapshot(0).test_loss
    for _ in range(100):
        session.run_epoch()
    assert session.snapshot(0).test_loss < 0.02 * first


def test_the_same_spec_gives_the_same_start() -> None:
    spec = BuiltInData("avocado", 50)
    one, two, other = (fitting_experiment(spec, seed=seed)[1] for seed in (4, 4, 5))
    assert isinstance(one, Parameters)
    assert one == two
    assert one != other
