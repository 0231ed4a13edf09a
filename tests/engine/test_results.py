"""Results against scikit-learn's metrics and against numbers worked out by hand."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    mean_absolute_error,
    precision_recall_fscore_support,
    r2_score,
)

from playground.engine.binding import bind
from playground.engine.claims import claims
from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.engine.metrics import accuracy, judgement
from playground.engine.results import MOST_CLASSES, class_results, number_results, questions, results
from playground.engine.trace import trace_values
from playground.model.dataset import BoundData
from playground.model.experiment import BuiltInData, Column, Experiment, Learning, Table, TableData
from playground.model.keys import Activation, Loss
from playground.model.message import Message, sentence
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from playground.model.results import NOTHING, PARTS, ClassResults, ColumnResults, NumberResults
from playground.model.trace import LearnerState


def scene(name: str, count: int = 150) -> tuple[Experiment, Parameters, BoundData]:
    spec = BuiltInData(name, count=count, test_share=0.4)
    experiment, parameters = fitting_experiment(spec)
    rng = np.random.default_rng(7)
    weights = rng.normal(0.0, 1.0, len(parameters.weights))
    shaken = Parameters(weights, rng.normal(0.0, 0.5, len(parameters.biases)))
    return experiment, shaken, bind(experiment.network, make_dataset(spec))


def one_input(
    table: Table, target: str, activation: Activation, loss: Loss, weight: float = 1.0
) -> tuple[Experiment, Parameters, BoundData]:
    """A network whose only output is the activation of `weight` times the table's first column."""
    network = Network.build(
        [Node(1, "input", feature=table.columns[0].name), Node(2, "output", activation, target=target)],
        [Edge(1, 2, 1)],
    )
    column = target.partition("=")[0]
    data = TableData(table, (column,), test_share=0.0)
    experiment = Experiment(network, data, Learning(loss=loss))
    parameters = Parameters.of(network, {1: weight}, {2: 0.0})
    return experiment, parameters, bind(network, make_dataset(data))


def told(names: tuple[str | Message, ...]) -> list[str]:
    return [name if isinstance(name, str) else sentence(name) for name in names]


def classes_of(found: ColumnResults) -> ClassResults:
    part = found.parts["train"]
    assert isinstance(part, ClassResults)
    return part


def numbers_of(found: ColumnResults) -> NumberResults:
    part = found.parts["train"]
    assert isinstance(part, NumberResults)
    return part


@pytest.mark.parametrize(
    ("name", "classes"), [("iris", 3), ("wine", 3), ("breast_cancer", 2), ("digits", 10)]
)
def test_matrix_and_figures_are_scikit_learns(name: str, classes: int) -> None:
    experiment, parameters, bound = scene(name)
    (found,) = results(experiment, bound, parameters)
    dataset = bound.dataset
    assert len(found.classes) == classes
    for part in PARTS:
        mine = found.parts[part]
        assert isinstance(mine, ClassResults)
        inputs = bound.train_inputs if part == "train" else bound.test_inputs
        rows = dataset.train if part == "train" else dataset.test
        np.testing.assert_array_equal(mine.rows, rows)
        said = trace_values(experiment, LearnerState(parameters), inputs).probabilities
        texts = [column.classes for column in dataset.table.columns if column.kind == "class"][-1]
        cells = dataset.table.cells[rows, [c.kind for c in dataset.table.columns].index("class")]
        wanted = [texts[int(cell)] for cell in cells]
        if classes == 2:
            answers = [found.classes[int(value >= 0.5)] for value in said[:, 0]]
        else:
            answers = [found.classes[int(place)] for place in said.argmax(axis=1)]
        labels = list(found.classes)
        np.testing.assert_array_equal(mine.counts, confusion_matrix(wanted, answers, labels=labels))
        assert mine.accuracy == pytest.approx(accuracy_score(wanted, answers))
        theirs = precision_recall_fscore_support(wanted, answers, labels=labels, zero_division=np.nan)
        ours = np.array([[f.precision, f.recall, f.f1, f.support] for f in mine.figures]).T
        np.testing.assert_allclose(ours, np.array(theirs), rtol=1e-12)


@pytest.mark.parametrize("name", ["avocado", "iris", "circle", "digits"])
def test_accuracy_is_that_of_the_run(name: str) -> None:
    experiment, parameters, bound = scene(name)
    (found,) = results(experiment, bound, parameters)
    targets = np.concatenate([bound.train_targets, bound.test_targets])
    how = judgement(experiment.learning.loss, targets)
    said = trace_values(experiment, LearnerState(parameters), bound.test_inputs).probabilities
    mine = found.parts["test"]
    assert isinstance(mine, ClassResults)
    assert mine.accuracy == pytest.approx(accuracy(how, said, bound.test_targets))


def test_numbers_are_judged_in_their_units_and_as_scikit_learn_does() -> None:
    experiment, parameters, bound = scene("diabetes")
    (found,) = results(experiment, bound, parameters)
    assert found.classes == ()
    dataset = bound.dataset
    position = [column.name for column in dataset.table.columns].index(found.name)
    for part, inputs, rows in (
        ("train", bound.train_inputs, dataset.train),
        ("test", bound.test_inputs, dataset.test),
    ):
        mine = found.parts[part]  # type: ignore[index]  # one of the two parts
        assert isinstance(mine, NumberResults)
        said = trace_values(experiment, LearnerState(parameters), inputs).probabilities[:, 0]
        said = said * dataset.scale[position] + dataset.offset[position]
        np.testing.assert_allclose(mine.said, said)
        np.testing.assert_array_equal(mine.right, dataset.table.cells[rows, position])
        assert mine.r2 == pytest.approx(r2_score(mine.right, said))
        assert mine.mean_absolute_error == pytest.approx(mean_absolute_error(mine.right, said))
        off = np.abs(mine.right - said)
        assert off[mine.worst[0]] == off.max()
        assert (np.diff(off[mine.worst]) <= 0).all()


def test_a_class_that_nobody_said_has_no_precision() -> None:
    right = np.array([0, 1, 2, 0], np.int64)
    said = np.array([0, 0, 0, 1], np.int64)
    found = class_results(np.arange(4), right, said, np.array([0.9, 0.8, 0.7, 0.6]), 3)
    assert found.figures[0].precision == pytest.approx(1 / 3)
    assert found.figures[1].precision == 0.0
    assert math.isnan(found.figures[2].precision)
    assert found.figures[2].recall == 0.0
    assert found.figures[2].f1 == 0.0
    assert [figures.support for figures in found.figures] == [2, 1, 1]


def test_wrong_answers_come_surest_first_and_right_ones_least_sure_first() -> None:
    right = np.array([0, 0, 0, 1, 1, 0], np.int64)
    said = np.array([1, 1, 0, 1, 0, 0], np.int64)
    sure = np.array([0.6, 0.9, 0.8, 0.7, 0.95, 0.5])
    found = class_results(np.arange(6), right, said, sure, 2)
    assert found.cell(0, 1).tolist() == [1, 0]
    assert found.cell(0, 0).tolist() == [5, 2]
    assert found.cell(1, 0).tolist() == [4]
    assert found.worst.tolist() == [4, 1, 0]
    assert found.n_right == 3


def test_a_column_of_zeros_and_ones_is_yes_or_no() -> None:
    table = Table(
        (Column("x"), Column("is_ripe")),
        np.array([[-2, 0], [-1, 1], [1, 1], [3, 1], [2, 0]], dtype=np.float64),
    )
    (found,) = results(*_ordered(one_input(table, "is_ripe", "sigmoid", "cross_entropy")))
    part = classes_of(found)
    assert told(found.classes) == ["not is ripe", "is ripe"]
    assert found.is_pair
    by_row = dict(zip(part.rows.tolist(), part.said.tolist(), strict=True))
    assert by_row == {0: 0, 1: 0, 2: 1, 3: 1, 4: 1}
    assert part.counts.tolist() == [[1, 1], [1, 2]]
    sure = dict(zip(part.rows.tolist(), part.certainty.tolist(), strict=True))
    assert sure[0] == pytest.approx(1 - 1 / (1 + math.exp(2)))
    assert sure[3] == pytest.approx(1 / (1 + math.exp(-3)))


def test_at_a_tanh_no_is_below_zero() -> None:
    table = Table(
        (Column("x"), Column("ill", "class", ("no", "yes"))),
        np.array([[0.4, 0], [-0.4, 0], [2, 1]], dtype=np.float64),
    )
    (found,) = results(*_ordered(one_input(table, "ill", "tanh", "squared")))
    part = classes_of(found)
    assert told(found.classes) == ["not ill", "ill"]  # better than "no" and "yes"
    by_row = dict(zip(part.rows.tolist(), part.said.tolist(), strict=True))
    assert by_row == {0: 1, 1: 0, 2: 1}
    sure = dict(zip(part.rows.tolist(), part.certainty.tolist(), strict=True))
    assert sure[1] == pytest.approx((1 + math.tanh(0.4)) / 2)


def test_an_output_for_one_of_three_classes_tells_it_from_the_others() -> None:
    table = Table(
        (Column("x"), Column("kind", "class", ("a", "b", "c"))),
        np.array([[-1, 0], [1, 1], [1, 2], [-1, 1]], dtype=np.float64),
    )
    (found,) = results(*_ordered(one_input(table, "kind=b", "sigmoid", "cross_entropy")))
    assert told(found.classes) == ["not b", "b"]
    assert classes_of(found).counts.tolist() == [[1, 1], [1, 1]]


def test_rows_of_classes_that_no_output_asks_for_are_something_else() -> None:
    table = Table(
        (Column("x"), Column("kind", "class", ("a", "b", "c"))),
        np.array([[-1, 0], [1, 1], [1, 2], [-1, 2]], dtype=np.float64),
    )
    network = Network.build(
        [
            Node(1, "input", feature="x"),
            Node(2, "output", "sigmoid", target="kind=a"),
            Node(3, "output", "sigmoid", target="kind=b"),
        ],
        [Edge(1, 2, 1), Edge(1, 3, 2)],
    )
    data = TableData(table, ("kind",), test_share=0.0)
    experiment = Experiment(network, data, Learning(loss="cross_entropy"))
    parameters = Parameters.of(network, {1: -2.0, 2: 2.0}, {2: 0.0, 3: 0.0})
    (found,) = results(experiment, bind(network, make_dataset(data)), parameters)
    assert told(found.classes) == ["a", "b", "something else"]
    assert classes_of(found).counts.tolist() == [[1, 0, 0], [0, 1, 0], [1, 1, 0]]


def test_an_answer_that_is_no_number_counts_for_no_class() -> None:
    table = Table((Column("x"), Column("y")), np.array([[1, 0], [2, 1], [3, 1]], dtype=np.float64))
    experiment, _, bound = one_input(table, "y", "linear", "squared")
    parameters = Parameters.of(experiment.network, {1: math.nan}, {2: 0.0})
    (found,) = results(experiment, bound, parameters)
    part = classes_of(found)
    assert part.said.tolist() == [NOTHING] * 3
    assert part.n_nothing == 3
    assert part.counts.sum() == 0
    assert part.accuracy == 0.0
    assert len(part.worst) == 0
    assert sum(figures.support for figures in part.figures) == 3


def test_numbers_past_all_bounds_are_left_out_of_the_figures() -> None:
    right = np.array([1.0, 2.0, 3.0, 4.0])
    said = np.array([1.0, math.inf, 3.5, math.nan])
    found = number_results(np.arange(4), right, said)
    assert found.n_nothing == 2
    assert found.mean_absolute_error == pytest.approx(0.25)
    assert found.r2 == pytest.approx(r2_score([1.0, 3.0], [1.0, 3.5]))
    assert found.worst.tolist() == [2, 0]


@pytest.mark.parametrize("values", [[], [0.1], [0.1, 0.1, 0.1]])
def test_where_right_answers_are_alike_there_is_no_share_of_variance(values: list[float]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = number_results(np.arange(len(values)), np.array(values), np.array(values) + 0.3)
    assert math.isnan(found.r2)
    assert math.isnan(found.mean_absolute_error) == (not values)
    if values:
        assert found.mean_absolute_error == pytest.approx(0.3)


def test_one_row_and_no_test_rows() -> None:
    table = Table((Column("x"), Column("kind", "class", ("a", "b"))), np.array([[1.0, 1.0]]))
    (found,) = results(*_ordered(one_input(table, "kind=b", "sigmoid", "cross_entropy")))
    assert classes_of(found).accuracy == 1.0
    test = found.parts["test"]
    assert isinstance(test, ClassResults)
    assert len(test.rows) == 0
    assert math.isnan(test.accuracy)
    assert all(math.isnan(figures.recall) for figures in test.figures)


def test_several_columns_have_results_of_their_own() -> None:
    table = Table(
        (Column("x"), Column("price"), Column("ill", "class", ("no", "yes"))),
        np.array([[1, 10, 0], [2, 20, 1], [3, 35, 1]], dtype=np.float64),
    )
    network = Network.build(
        [
            Node(1, "input", feature="x"),
            Node(2, "output", "linear", target="price"),
            Node(3, "output", "linear", target="ill"),
        ],
        [Edge(1, 2, 1), Edge(1, 3, 2)],
    )
    data = TableData(table, ("price", "ill"), test_share=0.0, scaling="minmax")
    parameters = Parameters.of(network, {1: 1.0, 2: 0.6}, {2: 0.0, 3: 0.0})
    bound = bind(network, make_dataset(data))
    price, ill = results(Experiment(network, data), bound, parameters)
    assert (price.name, ill.name) == ("price", "ill")
    order = np.argsort(numbers_of(price).rows)
    np.testing.assert_allclose(numbers_of(price).said[order], [10.0, 22.5, 35.0])
    assert classes_of(ill).counts.tolist() == [[1, 0], [1, 1]]


def test_nobody_reads_a_matrix_of_very_many_classes() -> None:
    names = tuple(f"c{n}" for n in range(MOST_CLASSES + 1))
    cells = np.column_stack([np.ones(len(names)), np.arange(len(names))]).astype(np.float64)
    dataset = make_dataset(
        TableData(Table((Column("x"), Column("kind", "class", names)), cells), ("kind",), test_share=0.0)
    )
    outputs = [Node(2 + n, "output", "linear") for n in range(len(names))]
    network = Network.build([Node(1, "input", feature="x"), *outputs], [])
    assert questions(claims(network, dataset), dataset) == ()


def test_what_is_found_cannot_be_changed() -> None:
    experiment, parameters, bound = scene("iris")
    (found,) = results(experiment, bound, parameters)
    part = classes_of(found)
    for array in (part.rows, part.right, part.said, part.certainty, part.counts):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def _ordered(made: tuple[Experiment, Parameters, BoundData]) -> tuple[Experiment, BoundData, Parameters]:
    experiment, parameters, bound = made
    return experiment, bound, parameters
