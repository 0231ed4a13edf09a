"""Answers for new rows, against arithmetic done by hand."""

from __future__ import annotations

import csv
import io
import math

import numpy as np
import pytest

from playground.engine.csv_table import read_csv, read_text_table
from playground.engine.fitting import fitting_experiment
from playground.engine.predict import PredictedTable, predict_table
from playground.model.errors import DataError
from playground.model.experiment import BuiltInData, Column, Experiment, Learning, Table, TableData
from playground.model.keys import Activation, Loss
from playground.model.message import sentence
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters

TABLE = Table(
    (
        Column("x"),
        Column("colour", "class", ("red", "green")),
        Column("price"),
        Column("kind", "class", ("a", "b", "c")),
        Column("ill", "class", ("no", "yes")),
    ),
    np.array([[0, 0, 100, 0, 0], [10, 1, 300, 1, 1], [5, 0, 200, 2, 0]], dtype=np.float64),
)


def experiment(
    loss: Loss, activation: Activation, *targets: str, feature: str = "x"
) -> tuple[Experiment, Parameters]:
    """One input; output number i (from 1) is i times the input plus i."""
    outputs = [Node(i, "output", activation, target=t) for i, t in enumerate(targets, start=1)]
    network = Network.build(
        [Node(9, "input", feature=feature), *outputs], [Edge(9, node.id, node.id) for node in outputs]
    )
    columns = tuple(dict.fromkeys(target.partition("=")[0] for target in targets))
    data = TableData(TABLE, columns, test_share=0.0, scaling="minmax")
    values = {node.id: float(node.id) for node in outputs}
    return Experiment(network, data, Learning(loss=loss)), Parameters.of(network, values, values)


def predicted(drawn: tuple[Experiment, Parameters], text: str) -> PredictedTable:
    return predict_table(*drawn, read_text_table(text.encode()))


def refusal(drawn: tuple[Experiment, Parameters], text: str) -> str:
    with pytest.raises(DataError) as refused:
        predicted(drawn, text)
    return str(refused.value)


def test_numbers_are_answered_in_their_own_units() -> None:
    found = predicted(experiment("squared", "linear", "price"), "name,x\none,0\ntwo,2.5\n")
    # x of 0 to 10 becomes 0 to 1, the answer is z = x + 1, and prices run from 100 to 300
    assert found.names == ("name", "x", "predicted price")
    assert found.rows == (("one", "0", "300.0"), ("two", "2.5", "350.0"))
    assert found.answers.tolist() == [[300.0], [350.0]]
    assert found.answer_count == 1


def test_two_classes_are_answered_by_text_and_probability() -> None:
    found = predicted(experiment("cross_entropy", "sigmoid", "ill"), "x\n-30\n10\n")
    assert found.names == ("x", "predicted ill", "probability of ill=yes")
    assert [row[1] for row in found.rows] == ["no", "yes"]
    # z = -3 + 1 and 1 + 1
    for row, z in zip(found.rows, (-2.0, 2.0), strict=True):
        assert float(row[2]) == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-14)


def test_an_output_for_the_first_class_says_the_other_where_it_is_low() -> None:
    found = predicted(experiment("cross_entropy", "sigmoid", "ill=no"), "x\n-30\n10\n")
    assert found.names == ("x", "predicted ill", "probability of ill=no")
    assert [row[1] for row in found.rows] == ["yes", "no"]


def test_several_classes_are_answered_by_the_likeliest() -> None:
    drawn = experiment("softmax_cross_entropy", "linear", "kind=c", "kind=a", "kind=b")
    found = predicted(drawn, "x\n-30\n10\n")
    assert found.names[1:] == (
        "predicted kind",
        "probability of kind=c",
        "probability of kind=a",
        "probability of kind=b",
    )
    # the outputs are z, 2z and 3z with z = -2 and 2
    assert [row[1] for row in found.rows] == ["c", "b"]
    for row, z in zip(found.rows, (-2.0, 2.0), strict=True):
        powers = [math.exp(i * z) for i in (1, 2, 3)]
        np.testing.assert_allclose([float(text) for text in row[2:]], [p / sum(powers) for p in powers])


def test_a_column_of_0_and_1_is_answered_by_both_too() -> None:
    table = Table((Column("x"), Column("sold")), np.array([[0.0, 0], [1, 1]]))
    network = Network.build([Node(9, "input", feature="x"), Node(1, "output", "sigmoid")], [Edge(9, 1, 1)])
    learning = Learning(loss="cross_entropy")
    drawn = (
        Experiment(network, TableData(table, ("sold",), 0.0), learning),
        Parameters.of(network, {1: 1.0}, {}),
    )
    found = predicted(drawn, "x\n-2\n2\n")
    assert found.names == ("x", "predicted sold", "probability of sold")
    assert [row[1] for row in found.rows] == ["0", "1"]
    assert float(found.rows[1][2]) == pytest.approx(1 / (1 + math.exp(-2)))


def test_only_some_classes_have_no_likeliest() -> None:
    found = predicted(experiment("squared", "linear", "kind=a"), "x\n10\n")
    assert found.names == ("x", "answer for kind=a")
    assert found.rows == (("10", "2.0"),)


def test_rows_with_missing_values_get_no_answer_and_are_counted() -> None:
    found = predicted(experiment("squared", "linear", "price"), "x,y\n?,1\n2.5,\n")
    assert found.rows == (("?", "1", ""), ("2.5", "", "350.0"))
    assert np.isnan(found.answers[0]).all()
    assert [sentence(note) for note in found.notes] == ["1 row has missing values and gets no answer."]


def test_classes_are_read_by_their_text_and_columns_in_any_order() -> None:
    found = predicted(
        experiment("squared", "linear", "price", feature="colour"), "y,colour\n1,green\n2,red\n"
    )
    # green is 1: z = 2, and 300 + 200; red is 0: z = 1
    assert found.answers.tolist() == [[500.0], [300.0]]


def test_a_formula_needs_the_columns_that_it_reads() -> None:
    drawn = experiment("squared", "linear", "price", feature="square(x)")
    assert predicted(drawn, "x\n10\n").answers.tolist() == [[500.0]]
    assert refusal(drawn, "w\n10\n") == "The table lacks “x”, which the network reads; it has “w”."


def test_a_table_without_names_is_read_in_order() -> None:
    assert predicted(experiment("squared", "linear", "price"), "0\n2.5\n").answers.tolist() == [[300], [350]]


def test_the_file_keeps_the_style_of_the_table() -> None:
    found = predicted(experiment("squared", "linear", "price"), 'x;who\n2,5;"a;b"\n0,25;c\n')
    assert found.as_csv().decode() == 'x;who;predicted price\r\n2,5;"a;b";350,0\r\n0,25;c;305,0\r\n'
    rows = list(csv.reader(io.StringIO(found.as_csv().decode()), delimiter=";"))
    assert tuple(map(tuple, rows)) == (found.names, *found.rows)


@pytest.mark.parametrize(
    ("feature", "text", "said"),
    [
        ("x", "x\n1\nbig\n", "Line 3: “big” in the column “x” is not a number."),
        ("x", "x\n1\ninf\n", "Line 3: “inf” in the column “x” is not a number."),
        (
            "colour",
            "colour\nred\npink\n",
            "Line 3: “pink” in the column “colour” is none of the known classes:",
        ),
        ("1 / x", "x\n1\n?\n0\n", "“1 / x” has no value in row 3: it divides by 0."),
        ("x", "x\n", "The table has no rows."),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(feature: str, text: str, said: str) -> None:
    drawn = experiment("squared", "linear", "price", feature=feature if feature != "1 / x" else "x")
    if feature == "1 / x":
        data = TABLE.cells.copy()
        data[0, 0] = 1.0
        spec = TableData(Table(TABLE.columns, data), ("price",), test_share=0.0)
        network = Network.build([Node(9, "input", feature=feature), Node(1, "output")], [Edge(9, 1, 1)])
        drawn = Experiment(network, spec), Parameters.of(network, {1: 1.0}, {})
    assert said in refusal(drawn, text)


def test_a_network_without_data_outputs_or_finite_weights_has_no_answer() -> None:
    drawn, parameters = experiment("squared", "linear", "price")
    bare = Experiment(drawn.network)
    assert "no data yet" in refusal((bare, parameters), "x\n1\n")
    silent = Network.build([Node(9, "input", feature="x")])
    assert "no output yet" in refusal((Experiment(silent, drawn.data), Parameters.zeros(silent)), "x\n1\n")
    ruined = Parameters.of(drawn.network, {1: float("nan")}, {})
    assert "no finite numbers" in refusal((drawn, ruined), "x\n1\n")


def test_a_fitted_network_answers_a_table_read_for_learning() -> None:
    drawn = fitting_experiment(BuiltInData("avocado", 100))
    reading = read_csv(b"height,squishiness,skin_colour\n0.1,0.2,0.3\n0.5,0.6,0.7\n")
    found = predict_table(*drawn, reading)
    assert found.names[3:] == ("predicted ripe", "probability of ripe=yes")
    for row in found.rows:
        assert row[3] == ("yes" if float(row[4]) >= 0.5 else "no")
