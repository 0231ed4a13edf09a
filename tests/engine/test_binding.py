"""Binding: what the input nodes read, against hand-computed tables."""

from __future__ import annotations

import numpy as np
import pytest

from playground.engine.binding import InputMap, bind, input_values
from playground.engine.datasets import make_dataset
from playground.model.dataset import Dataset
from playground.model.errors import DataError
from playground.model.experiment import Column, Table, TableData
from playground.model.keys import Scaling
from playground.model.network import Network, Node

COLUMNS = (
    Column("x"),
    Column("odd name (cm)"),
    Column("colour", "class", ("red", "green", "blue")),
    Column("x*x"),
    Column("y"),
)
ROWS = [[1.0, 4.0, 0, 100.0, 10.0], [2.0, 9.0, 1, 200.0, 20.0], [3.0, 16.0, 2, 300.0, 60.0]]


def dataset(scaling: Scaling = "none") -> Dataset:
    table = Table(COLUMNS, np.array(ROWS))
    return make_dataset(TableData(table, ("y",), test_share=1 / 3, split="last", scaling=scaling))


def network(*features: str | None) -> Network:
    inputs = [Node(10 + i, "input", feature=feature) for i, feature in enumerate(features)]
    return Network.build([*inputs, Node(99, "output", label="Answer")])


def test_features_are_columns_classes_and_formulas() -> None:
    bound = bind(network("x", "colour", "colour=green", "square(x) + sqrt(`odd name (cm)`)", None), dataset())
    assert bound.train_inputs.tolist() == [[1, 0, 0, 3, 0], [2, 1, 1, 7, 0]]
    assert bound.test_inputs.tolist() == [[3, 2, 0, 13, 0]]
    assert bound.train_targets.tolist() == [[10], [20]]
    assert bound.test_targets.tolist() == [[60]]
    assert bound.unbound == (14,)
    assert bound.unclaimed == ()


def test_an_exact_column_name_wins_over_a_formula() -> None:
    assert bind(network("x*x"), dataset()).train_inputs.tolist() == [[100], [200]]
    assert bind(network("x * x"), dataset()).train_inputs.tolist() == [[1], [4]]


def test_columns_and_formulas_are_scaled_by_the_training_rows() -> None:
    bound = bind(network("x", "square(x)", "colour=green"), dataset("minmax"))
    assert bound.train_inputs.tolist() == [[0, 0, 0], [1, 1, 1]]
    # x: (3 - 1) / (2 - 1); its square: (9 - 1) / (4 - 1); a class stays 0 or 1
    np.testing.assert_allclose(bound.test_inputs, [[2, 8 / 3, 0]])
    np.testing.assert_allclose(bound.test_targets, [[(60 - 10) / (20 - 10)]])


def test_values_set_by_hand_are_read_like_rows() -> None:
    drawn, data = network("x", "square(x)", None, "colour=blue"), dataset("standard")
    bound = bind(drawn, data)
    assert np.array_equal(input_values(drawn, data, data.table.cells[data.train]), bound.train_inputs)
    by_hand = input_values(drawn, data, np.array([2.5, np.nan, 2.0, np.nan, np.nan]))
    # x has mean 1.5 and deviation 0.5 over the training rows; its square 2.5 and 1.5
    np.testing.assert_allclose(by_hand, [[2.0, (6.25 - 2.5) / 1.5, 0.0, 1.0]])


def test_the_map_says_which_columns_are_read() -> None:
    read = InputMap.of(network("y", "sqrt(`odd name (cm)`)", "colour=red", None), dataset())
    assert read.columns == (1, 2, 4)


def test_arrays_cannot_be_written_to() -> None:
    bound = bind(network("x"), dataset())
    for array in (bound.train_inputs, bound.train_targets, bound.test_inputs, bound.test_targets):
        assert not array.flags.writeable


@pytest.mark.parametrize(
    ("feature", "sentence"),
    [
        ("width", "Height reads the column “width”, which the data does not have; it has x, odd name (cm),"),
        ("odd name (cm", "Height reads “odd name (cm”, which is no column of the data. The formula"),
        ("1 / (x - 3)", "Height cannot be worked out. “1 / (x - 3)” has no value in row 3: it divides by 0."),
        ("log(x - 2)", "in row 1: a logarithm needs a number above 0, not −1."),
        ("colour=pink", "“=” has no meaning here"),
    ],
)
def test_a_feature_that_cannot_be_read_is_named_with_its_node(feature: str, sentence: str) -> None:
    drawn = Network.build([Node(1, "input", label="Height", feature=feature), Node(2, "output")])
    with pytest.raises(DataError) as refused:
        bind(drawn, dataset())
    assert sentence in str(refused.value)


def test_a_network_without_inputs_or_outputs_is_bound_to_nothing() -> None:
    bound = bind(Network.build([Node(1, "hidden")]), dataset())
    assert bound.train_inputs.shape == (2, 0)
    assert bound.train_targets.shape == (2, 0)
