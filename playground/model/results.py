"""Results: what a network answers for rows whose right answers are known, and how good that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.model.message import Message
from playground.model.parameters import Floats

Rows = NDArray[np.int64]

Part = Literal["train", "test"]
PARTS: tuple[Part, ...] = ("train", "test")

NOTHING = -1
"""Stands for the class that was said where the answer is not a number."""


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How well one class is told from the others; shares in [0, 1], NaN where there is nothing to divide by.

    precision : of the rows said to be of this class, how many are
    recall : of the rows of this class, how many were said to be
    f1 : the harmonic mean of both
    support : how many rows are of this class
    """

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True, eq=False)
class ClassResults:
    """Answers about classes for the rows of one part; read-only.

    rows : (n_rows,), row numbers in the table
    right, said : (n_rows,), positions among the classes; `said` is NOTHING where the answer is no number
    certainty : (n_rows,), in [0, 1], how sure the network is of what it said; NaN where it said nothing
    counts : int64, (n_classes, n_classes), rows of a class by what was said; the right class comes first
    figures : one for each class
    """

    rows: Rows
    right: Rows
    said: Rows
    certainty: Floats
    counts: NDArray[np.int64]
    figures: tuple[ClassFigures, ...]

    @property
    def n_right(self) -> int:
        """How many answers are right."""
        return int(np.trace(self.counts))

    @property
    def n_nothing(self) -> int:
        """How many answers are no numbers; they are not among the counts."""
        return int(len(self.rows) - self.counts.sum())

    @property
    def accuracy(self) -> float:
        """The share of right answers; NaN without rows."""
        return self.n_right / len(self.rows) if len(self.rows) else float("nan")

    def cell(self, right: int, said: int) -> Rows:
        """Positions of the rows of one cell: wrong answers the surest first, right ones the least sure."""
        found = np.flatnonzero((self.right == right) & (self.said == said)).astype(np.int64)
        sure = self.certainty[found]
        return found[np.argsort(sure if right == said else -sure, kind="stable")]

    @property
    def worst(self) -> Rows:
        """Positions of the rows answered wrongly, the surest first."""
        wrong = np.flatnonzero((self.right != self.said) & (self.said != NOTHING)).astype(np.int64)
        return wrong[np.argsort(-self.certainty[wrong], kind="stable")]


@dataclass(frozen=True, slots=True, eq=False)
class NumberResults:
    """Answers about a number for the rows of one part, in the units of its column; read-only.

    rows : (n_rows,), row numbers in the table
    right, said : (n_rows,), the column's values and the network's answers
    r2 : share of the variance that is explained, at most 1; NaN where all right answers are alike
    mean_absolute_error : in the units of the column; NaN without rows
    """

    rows: Rows
    right: Floats
    said: Floats
    r2: float
    mean_absolute_error: float

    @property
    def n_nothing(self) -> int:
        """How many answers are no numbers; the figures leave them out."""
        return int(np.count_nonzero(~np.isfinite(self.said)))

    @property
    def worst(self) -> Rows:
        """Positions of the rows with a number for an answer, the one furthest off first."""
        told = np.flatnonzero(np.isfinite(self.said)).astype(np.int64)
        with np.errstate(over="ignore"):
            off = np.abs(self.said[told] - self.right[told])
        return told[np.argsort(-off, kind="stable")]


@dataclass(frozen=True, slots=True, eq=False)
class ColumnResults:
    """How a network answers for one column.

    name : the column
    classes : their names; empty for a column of numbers. Where `is_pair`, the second is the one asked for
    parts : the results over training and over test rows; all of one kind
    """

    name: str
    classes: tuple[str | Message, ...]
    is_pair: bool
    parts: Mapping[Part, ClassResults | NumberResults]
