"""Edits of points that somebody paints: each is one stroke, and one undo step."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np

from playground.model.edit import Change, Edit
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.message import Message, message
from playground.model.parameters import Floats, Parameters
from playground.model.points import MOST_POINTS, colour_count, own_points, point_table


def paint_points(points: Floats) -> Edit:
    """Add points behind those that there are.

    points : float64, (n, 3): x1, x2, number of the colour
    """
    added = np.array(points, dtype=np.float64).reshape(-1, 3)
    name = message("Paint a point") if len(added) == 1 else message("Paint {count} points", count=len(added))
    return _edit(name, lambda cells: np.concatenate([cells, added]))


def erase_points(rows: Collection[int]) -> Edit:
    """Take points away, by their numbers in the table; the others keep their order."""
    name = message("Erase a point") if len(rows) == 1 else message("Erase {count} points", count=len(rows))

    def erased(cells: Floats) -> Floats:
        return np.delete(cells, _known(rows, cells), axis=0)

    return _edit(name, erased)


def move_point(row: int, x: float, y: float) -> Edit:
    """Move one point to another place."""

    def moved(cells: Floats) -> Floats:
        found = cells.copy()
        found[_known((row,), cells), :2] = x, y
        return found

    return _edit(message("Move a point"), moved)


def clear_points() -> Edit:
    """Take all points away."""
    return _edit(message("Clear the points"), lambda cells: cells[:0])


def _edit(name: Message, change: Callable[[Floats], Floats]) -> Edit:
    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        data = own_points(experiment.data)
        if data is None:
            raise EditError(message("The data are no points of your own: choose Own points first."))
        n_colours = colour_count(data.table)
        cells = change(data.table.cells)
        if len(cells) > MOST_POINTS:
            raise EditError(message("There may be at most {limit} points.", limit=MOST_POINTS))
        if not np.isfinite(cells).all() or not np.isin(cells[:, 2], np.arange(n_colours)).all():
            raise EditError(message("A point needs a place and one of the colours."))
        return Change(replace(experiment, data=replace(data, table=point_table(cells, n_colours))))

    return Edit(name, make)


def _known(rows: Collection[int], cells: Floats) -> list[int]:
    """The rows, where all of them are there. Raises EditError."""
    if not all(0 <= row < len(cells) for row in rows):
        raise EditError(message("This point is not there any more."))
    return list(rows)
