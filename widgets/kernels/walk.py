"""A schedule as it is walked: which cells of A, B and C are under way, seen or finished at a moment. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.model.speed import Schedule

Ints = NDArray[np.int64]
Name = Literal["a", "b", "c"]

NEVER = np.iinfo(np.int64).max
LARGEST_VALUE = 3
"""The entries of A and B are whole numbers up to this, so that sums can be checked in one's head."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a matrix; ends are excluded."""

    row: int
    row_end: int
    column: int
    column_end: int


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One step: a thread adds A[rows, depth] @ B[depth, columns] to C[rows, columns]; ends are excluded."""

    thread: int
    rows: tuple[int, int]
    columns: tuple[int, int]
    depth: tuple[int, int]

    def part(self, name: Name) -> Part:
        """The rectangle that the step reads or writes in a matrix."""
        down, across = {
            "a": (self.rows, self.depth),
            "b": (self.depth, self.columns),
            "c": (self.rows, self.columns),
        }[name]
        return Part(*down, *across)

    @property
    def n_multiplications(self) -> int:
        """How many products of two numbers the step has."""
        sizes = [end - first for first, end in (self.rows, self.columns, self.depth)]
        return sizes[0] * sizes[1] * sizes[2]


class Walk:
    """The moments of a schedule, counted from 0 without gaps; at moment `count` everything is done."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        steps = schedule.steps
        self._starts = (
            np.flatnonzero(np.diff(steps[:, 0], prepend=-1)) if len(steps) else np.zeros(0, np.intp)
        )
        self._ends = np.append(self._starts[1:], len(steps))

    @property
    def count(self) -> int:
        """How many moments there are."""
        return len(self._starts)

    def shape(self, name: Name) -> tuple[int, int]:
        """Rows and columns of a matrix."""
        m, n, k = self.schedule.m, self.schedule.n, self.schedule.k
        return {"a": (m, k), "b": (k, n), "c": (m, n)}[name]

    def steps_at(self, moment: int) -> tuple[WalkStep, ...]:
        """The steps under way at a moment, one for each thread that works; none once all is done."""
        if not 0 <= moment < self.count:
            return ()
        rows = self.schedule.steps[self._starts[moment] : self._ends[moment]].tolist()
        return tuple(WalkStep(t, (r, r1), (c, c1), (d, d1)) for _, t, r, r1, c, c1, d, d1 in rows)

    def seen(self, name: Name, moment: int) -> NDArray[np.bool_]:
        """The cells of a matrix that were under way before a moment."""
        first, _ = self._times[name]
        return np.asarray(first < moment)

    def finished(self, moment: int) -> NDArray[np.bool_]:
        """The cells of C whose sums are complete before a moment."""
        first, last = self._times["c"]
        return np.asarray((last < moment) & (first < NEVER))

    def threads(self, name: Name, moment: int) -> tuple[NDArray[np.int64], int]:
        """Which threads are at each cell of a matrix at a moment: (rows, columns, most), -1 where none is.

        A cell that several threads share repeats them, so that stripes of equal number fill it.
        """
        rows, columns = self.shape(name)
        steps = self.steps_at(moment)
        layers = np.full((max(len(steps), 1), rows, columns), -1, np.int64)
        for layer, step in zip(layers, steps, strict=False):
            part = step.part(name)
            layer[part.row : part.row_end, part.column : part.column_end] = step.thread
        counts = (layers >= 0).sum(axis=0)
        most = max(int(counts.max(initial=0)), 1)
        order = np.argsort(layers < 0, axis=0, kind="stable")[:most]
        first = np.take_along_axis(layers, order, axis=0)  # the threads of a cell come first
        place = np.arange(most)[:, None, None] * np.maximum(counts, 1) // most
        return np.moveaxis(np.take_along_axis(first, place, axis=0), 0, -1), most

    @cached_property
    def _times(self) -> dict[Name, tuple[Ints, Ints]]:
        """The first and the last moment at which each cell is under way."""
        found: dict[Name, tuple[Ints, Ints]] = {}
        spans: dict[Name, tuple[int, int]] = {"a": (2, 6), "b": (6, 4), "c": (2, 4)}
        moments = np.repeat(np.arange(self.count), self._ends - self._starts)
        for name, (down, across) in spans.items():
            first, last = np.full(self.shape(name), NEVER), np.full(self.shape(name), -1, np.int64)
            for rows, columns, at in _cells(self.schedule.steps, down, across, moments):
                np.minimum.at(first, (rows, columns), at)
                np.maximum.at(last, (rows, columns), at)
            found[name] = (first, last)
        return found


class Product:
    """The numbers of a small product as they come about: A and B are given, C grows step by step."""

    def __init__(self, walk: Walk, seed: int = 0) -> None:
        generator = np.random.default_rng(seed)
        self._walk = walk
        self.a = generator.integers(-LARGEST_VALUE, LARGEST_VALUE + 1, walk.shape("a"))
        self.b = generator.integers(-LARGEST_VALUE, LARGEST_VALUE + 1, walk.shape("b"))
        self._at = 0
        self._c = np.zeros(walk.shape("c"), np.int64)

    def c(self, moment: int) -> Ints:
        """The sums in C before a moment."""
        if moment < self._at:
            self._at = 0
            self._c[:] = 0
        for passed in range(self._at, min(moment, self._walk.count)):
            for step in self._walk.steps_at(passed):
                rows, columns, depth = slice(*step.rows), slice(*step.columns), slice(*step.depth)
                self._c[rows, columns] += self.a[rows, depth] @ self.b[depth, columns]
        self._at = max(self._at, min(moment, self._walk.count))
        return self._c


def _cells(steps: Ints, down: int, across: int, moments: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield rows, columns and moments of all cells in the steps' rectangles, those of one size together."""
    sizes = np.stack([steps[:, down + 1] - steps[:, down], steps[:, across + 1] - steps[:, across]], axis=1)
    for height, width in np.unique(sizes, axis=0).tolist():
        same = np.flatnonzero((sizes == (height, width)).all(axis=1))
        for chosen in np.array_split(same, max(1, len(same) * height * width // 1_000_000)):
            shape = (len(chosen), height, width)
            rows = steps[chosen, down][:, None, None] + np.arange(height)[:, None]
            columns = steps[chosen, across][:, None, None] + np.arange(width)
            yield (
                np.broadcast_to(rows, shape),
                np.broadcast_to(columns, shape),
                np.broadcast_to(moments[chosen][:, None, None], shape),
            )
