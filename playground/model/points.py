"""Coloured points on a plane, as a table: two numbers and a colour."""

from __future__ import annotations

import numpy as np

from playground.model.experiment import Column, Table, TableData
from playground.model.parameters import Floats

COLOURS = ("orange", "blue", "green", "purple")
TARGETS = ("colour",)
REACH = 6.0
"""Own points lie within this of the middle, to each side."""
MOST_POINTS = 5_000
"""So many own points there may be."""


def columns(n_colours: int) -> tuple[Column, ...]:
    """Return the columns of a table of points."""
    return (Column("x1"), Column("x2"), Column("colour", "class", COLOURS[:n_colours]))


def colour_count(table: Table) -> int:
    """Return how many colours the points of a table may have; 0 where it is no table of points."""
    for count in range(2, len(COLOURS) + 1):
        if table.columns == columns(count):
            return count
    return 0


def point_table(cells: Floats, n_colours: int) -> Table:
    """Return points as a table.

    cells : float64, (n_points, 3): x1, x2, number of the colour
    """
    return Table(columns(n_colours), np.array(cells, dtype=np.float64).reshape(-1, 3))


def own_points(data: object) -> TableData | None:
    """Return a data spec where it holds points of somebody's own, else None."""
    return data if isinstance(data, TableData) and colour_count(data.table) else None


def missing_colours(table: Table) -> tuple[str, ...]:
    """Names of the colours that no point has yet."""
    counts = np.bincount(table.cells[:, 2].astype(np.int64), minlength=colour_count(table))
    return tuple(name for name, count in zip(table.columns[2].classes, counts, strict=False) if not count)
