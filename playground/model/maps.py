"""Maps: what the nodes of a network answer all over a region of its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.model.parameters import Floats

MapMode = Literal["off", "on", "hover"]
MAP_MODES: tuple[MapMode, ...] = ("off", "on", "hover")
"""Whether nodes show their maps: none, all, or only those that the pointer is on or that are chosen."""

Levels = NDArray[np.uint8]
Values = NDArray[np.float32]

MIDDLE, FULL, NO_VALUE = 127, 127, 255
"""A level of 127 is the middle, 0 and 254 are full below and above it; 255 has no finite value."""

NO_COLOUR = -1
"""Stands for all classes but one, which have no colour in common."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle, or with one column a stretch, of the rows that data may have.

    x : position of the column that grows to the right
    y : position of the column that grows upwards; None where there is only one
    x_range, y_range : from the left to the right edge, from the lower to the upper edge
    fixed : what every column of the table holds; those of x and y are replaced
    """

    x: int
    y: int | None
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    fixed: tuple[float, ...]

    def cells(self, width: int, height: int) -> Floats:
        """Return rows of the table at the middles of a grid's fields: (height * width, n_columns).

        They go row by row, each from left to right; the first row of the grid is on top, where y is large.
        """
        found = np.tile(np.array(self.fixed, np.float64), (width * height, 1))
        found[:, self.x] = np.tile(middles(*self.x_range, width), height)
        if self.y is not None:
            found[:, self.y] = np.repeat(middles(*self.y_range, height)[::-1], width)
        return found

    def cells_at(self, x: float, y: float) -> Floats:
        """Return the row of the table at a place: (n_columns,)."""
        found = np.array(self.fixed, np.float64)
        found[self.x] = x
        if self.y is not None:
            found[self.y] = y
        return found

    def shares(self, cells: Floats) -> Floats:
        """Return where rows of the table, (n, n_columns), are: (n, 2), shares from the left and the top."""
        (left, right), (low, high) = self.x_range, self.y_range
        across = (cells[:, self.x] - left) / (right - left)
        if self.y is None:
            return np.column_stack([across, np.full(len(cells), 0.5)])
        return np.column_stack([across, (high - cells[:, self.y]) / (high - low)])

    def place(self, across: float, down: float) -> tuple[float, float]:
        """Return x and y at a share of the way from the left edge and from the top."""
        (left, right), (low, high) = self.x_range, self.y_range
        return left + across * (right - left), high - down * (high - low)


def middles(low: float, high: float, count: int) -> Floats:
    """Return the middles of equal fields between two numbers, ascending: (count,)."""
    step = (high - low) / count
    found: Floats = low + step * (np.arange(count, dtype=np.float64) + 0.5)
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    """How the outputs that answer for one column are read.

    kind : "pair", where one output tells two classes apart; "classes", where there is an output for each;
        "value", where one output gives a number
    column : position of the column in the table; name : what it is called
    outputs : positions among the network's outputs; of "classes" in the order of `classes`
    classes : the names of the classes in the order of their colours; empty for numbers
    colours : the number of each class's colour, as its points have it
    middle, reach : the value at which it is undecided, and how far from there it is certain; of numbers the
        middle of those in the data, and half their range
    """

    kind: Literal["pair", "classes", "value"]
    column: int
    name: str
    outputs: tuple[int, ...]
    classes: tuple[str, ...] = ()
    colours: tuple[int, ...] = ()
    middle: float = 0.0
    reach: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class DecisionMap:
    """What the network answers all over a region; read-only.

    values : float32, (n_outputs, height, width), in the units of the columns; the first row is on top
    answers : how they are read, one for each column that is answered
    """

    region: Region
    values: Values
    answers: tuple[Answer, ...]

    def at(self, across: float, down: float) -> Values:
        """Return the outputs' values, (n_outputs,), at a share of the way from the left and from the top."""
        _, height, width = self.values.shape
        row = min(max(int(down * height), 0), height - 1)
        column = min(max(int(across * width), 0), width - 1)
        found: Values = self.values[:, row, column]
        return found


@dataclass(frozen=True, eq=False)
class NodeMaps:
    """Small pictures of nodes; read-only.

    node_ids : whose they are
    levels : uint8, (n_pictures, height, width), see MIDDLE; the first row is on top
    kind : "region", what nodes answer over a region; "weights", how they look at a picture
    classes : the number of the colour that stands for the class of an output; others have those of signs
    """

    node_ids: tuple[int, ...]
    levels: Levels
    kind: Literal["region", "weights"] = "region"
    classes: Mapping[int, int] | None = None

    @cached_property
    def index(self) -> Mapping[int, int]:
        """Node id -> position of its picture."""
        return {node: place for place, node in enumerate(self.node_ids)}


def levels(values: NDArray[np.floating], middle: Floats | float = 0.0, reach: Floats | float = 1.0) -> Levels:
    """Return values as levels, see MIDDLE.

    middle, reach : numbers, or arrays that fit to the values: what has the middle's colour, and how far from
        there the colour is full; below 0, high values have the colour of low ones
    """
    with np.errstate(all="ignore"):
        share = (values - middle) / reach
        # Infinite values are no answers, although they could be clipped.
        known = np.isfinite(values)
        found = np.rint(np.clip(share, -1.0, 1.0) * FULL + MIDDLE)
    found = np.where(known & np.isfinite(share), found, NO_VALUE).astype(np.uint8)
    found.flags.writeable = False
    return found
