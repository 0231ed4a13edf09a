"""What columns hold, what becomes of them, and the sentences on what is wrong: checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from playground.engine.fitting import fitting_experiment
from playground.model.experiment import Column, Table, TableData
from playground.model.message import sentence
from playground.model.table_facts import (
    ColumnFacts,
    Use,
    becomes,
    column_facts,
    holds,
    kept_table,
    problems,
    refusal,
)

NAN = np.nan


def table_of(n_rows: int = 40) -> Table:
    count = np.arange(float(n_rows))
    columns = (Column("size"), Column("flat"), Column("kind", "class", ("a", "b", "c")), Column("price"))
    return Table(columns, np.column_stack([count, np.full(n_rows, 3.0), count % 3, count * 2 % 7]))


def uses(table: Table, **given: Use) -> dict[str, Use]:
    return {column.name: given.get(column.name, "read") for column in table.columns}


def said(table: Table, **given: Use) -> str:
    return " ".join(sentence(text) for text in problems(table, column_facts(table), uses(table, **given)))


def test_facts_of_numbers_and_classes() -> None:
    columns = (Column("n"), Column("c", "class", ("x", "y")), Column("gone"))
    table = Table(columns, np.array([[1.5, 0.0, NAN], [NAN, 1.0, NAN], [-2.0, 1.0, NAN]]))
    number, texts, gone = column_facts(table)
    assert (number.low, number.high, number.missing, number.is_constant) == (-2.0, 1.5, 1, False)
    assert (texts.counts, texts.missing, texts.is_constant) == ((1, 2), 0, False)
    assert gone.missing == 3
    assert np.isnan(gone.low)
    assert gone.is_constant
    assert [sentence(holds(facts)) for facts in (number, texts, gone)] == ["−2 to 1.5", "x, y", "nothing"]


@pytest.mark.parametrize(
    ("classes", "use", "expected"),
    [
        ((), "read", "one input"),
        ((), "answer", "one answer"),
        ((), "leave", "nothing"),
        (("no", "yes"), "read", "one input: 0 for no, 1 for yes"),
        (("a", "b", "c"), "read", "3 inputs: one for each text, 1 where it says so, else 0"),
        (("a", "b", "c"), "answer", "3 answers: how likely each text is"),
    ],
)
def test_what_becomes_of_a_column(classes: tuple[str, ...], use: Use, expected: str) -> None:
    kind = "class" if classes else "number"
    facts = ColumnFacts(
        "c", "class" if kind == "class" else "number", classes, (5,) * len(classes), 0.0, 1.0, 0
    )
    assert sentence(becomes(facts, use)) == expected


def test_inputs_and_answers_are_as_many_as_was_said() -> None:
    table = table_of()
    facts = column_facts(table)
    network = fitting_experiment(TableData(table, ("kind",)))[0].network
    assert len(network.inputs) == sum(column.width for column in facts if column.name != "kind")
    assert len(network.outputs) == facts[2].width


def test_left_out_columns_are_gone() -> None:
    table = table_of()
    kept = kept_table(table, uses(table, flat="leave", price="answer"))
    assert [column.name for column in kept.columns] == ["size", "kind", "price"]
    assert np.array_equal(kept.cells, table.cells[:, [0, 2, 3]])
    assert kept_table(table, uses(table)) is table


def test_each_problem_has_a_sentence() -> None:
    table = table_of()
    assert said(table, price="answer", flat="leave") == ""
    assert "“flat” is the same in every row" in said(table, price="answer")
    copied = Table((*table.columns, Column("copy")), np.column_stack([table.cells, table.cells[:, 3]]))
    assert "“copy” goes with “price” in every row" in said(copied, price="answer", flat="leave")
    named = Table((*table.columns, Column("code")), np.column_stack([table.cells, 7 - table.cells[:, 2]]))
    assert "“code” goes with “kind”" in said(named, kind="answer", flat="leave")
    once = table.cells.copy()
    once[:, 2] = 0.0
    once[5, 2] = 2.0
    assert "Only one row says “c” in “kind”" in said(Table(table.columns, once), kind="answer", flat="leave")
    gaps = table.cells.copy()
    gaps[:3, 0] = NAN
    assert "missing cell are left out: 3 of 40" in said(Table(table.columns, gaps), price="answer")
    assert "With 5 rows" in said(table_of(5), price="answer")
    wide = Table(tuple(Column(f"c{n}") for n in range(301)), np.random.default_rng(1).random((30, 301)))
    assert "300 inputs" in said(wide, c300="answer")


def test_what_cannot_be_learned_is_refused() -> None:
    table = table_of()
    facts = column_facts(table)
    every: dict[str, Use] = dict.fromkeys(("size", "flat", "kind", "price"), "answer")
    nothing: dict[str, Use] = {}
    for given, expected in ((nothing, "at least one column to predict"), (every, "to predict from")):
        refused = refusal(table, facts, uses(table) | given)
        assert refused is not None
        assert expected in sentence(refused)
    one = Table((Column("a"), Column("b", "class", ("x",))), np.zeros((4, 2)))
    refused = refusal(one, column_facts(one), uses(one, b="answer"))
    assert refused is not None
    assert "nothing to tell apart" in sentence(refused)
    empty = Table((Column("a"), Column("b")), np.array([[1.0, NAN], [NAN, 2.0]]))
    refused = refusal(empty, column_facts(empty), uses(empty, b="answer"))
    assert refused is not None
    assert "every row has a missing cell" in sentence(refused)
    assert refusal(table, facts, uses(table, price="answer")) is None


def test_a_hundred_thousand_rows_are_looked_at() -> None:
    cells = np.random.default_rng(1).random((100_000, 10))
    cells[:, 9] = cells[:, 8] > 0.5
    table = Table((*(Column(f"c{n}") for n in range(9)), Column("y", "class", ("no", "yes"))), cells)
    assert problems(table, column_facts(table), uses(table, y="answer")) == ()
