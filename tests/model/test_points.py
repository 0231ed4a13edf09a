"""Tables of coloured points are known from others, and say which colours they lack."""

from __future__ import annotations

import numpy as np
import pytest

from playground.engine.builtin import points as figures
from playground.engine.datasets import make_dataset
from playground.model.errors import DataError
from playground.model.experiment import BuiltInData, Column, Table, TableData
from playground.model.message import sentence
from playground.model.points import TARGETS, colour_count, columns, missing_colours, own_points, point_table


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_figures_are_points_too(count: int) -> None:
    name = "spiral" if count == 2 else f"spiral-{count}"
    assert colour_count(make_dataset(BuiltInData(name, count=40)).table) == count
    assert figures.columns(count) == columns(count)


def test_other_tables_are_no_points() -> None:
    assert colour_count(Table((Column("x1"), Column("x2")), np.zeros((1, 2)))) == 0
    shades = Column("colour", "class", ("red", "blue"))
    assert colour_count(Table((Column("x1"), Column("x2"), shades), np.zeros((1, 3)))) == 0
    assert own_points(BuiltInData("circle")) is None
    assert own_points(None) is None


def test_colours_without_points_are_named() -> None:
    table = point_table(np.array([[0.0, 0.0, 2.0]]), 4)
    assert missing_colours(table) == ("orange", "blue", "purple")
    assert missing_colours(point_table(np.zeros((0, 3)), 2)) == ("orange", "blue")


def test_no_points_at_all_is_said_in_a_sentence() -> None:
    with pytest.raises(DataError) as refused:
        make_dataset(TableData(point_table(np.zeros((0, 3)), 2), TARGETS))
    assert "paint some" in sentence(refused.value.message)
