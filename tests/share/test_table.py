"""Tables as CSV, read back by the csv module and by our own reader."""

from __future__ import annotations

import csv
import io

import numpy as np

from playground.engine.csv_table import read_csv
from playground.model.experiment import Column, Table
from playground.share.table import as_csv, table_as_csv

AWKWARD = ("plain", 'with "quotes"', "comma, and\nline", " spaces ", "naïve – ü", "=SUM(A1)")


def test_awkward_texts_come_back_as_they_are() -> None:
    rows = [AWKWARD, tuple(reversed(AWKWARD))]
    assert [tuple(row) for row in csv.reader(io.StringIO(as_csv(rows), newline=""))] == rows


def test_numbers_come_back_to_the_bit() -> None:
    values = np.random.default_rng(3).normal(size=(50, 4)) * 10.0 ** np.arange(-150, 250, 2).reshape(50, 4)
    values[0] = (1e300, -5e-324, 3.0, 2.0**60)
    table = Table(tuple(Column(f"c{index}") for index in range(4)), values)
    names, *rows = csv.reader(io.StringIO(table_as_csv(table), newline=""))
    assert names == ["c0", "c1", "c2", "c3"]
    assert np.array_equal(np.array(rows, np.float64), values)


def test_whole_numbers_have_no_point_classes_their_texts_and_gaps_nothing() -> None:
    columns = (Column("n"), Column("kind", "class", ("flat", "a, b")))
    table = Table(columns, np.array([[3.0, 1.0], [np.nan, 0.0], [-0.5, np.nan]]))
    assert list(csv.reader(io.StringIO(table_as_csv(table), newline=""))) == [
        ["n", "kind"],
        ["3", "a, b"],
        ["", "flat"],
        ["-0.5", ""],
    ]


def test_our_own_reader_finds_the_same_table() -> None:
    cells = np.column_stack([np.random.default_rng(1).normal(size=(40, 2)), np.arange(40) % 3])
    table = Table((Column("width"), Column("height"), Column("kind", "class", ("a", "b", "c"))), cells)
    found = read_csv(table_as_csv(table).encode())
    assert found.table == table
