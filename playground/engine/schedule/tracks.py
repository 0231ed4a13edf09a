"""The building blocks of a schedule: when each element moves, and which steps that makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.schedule.wiring import Indices
from playground.model.moment import StepPart
from playground.model.parameters import Floats

_SNAP = 1.0 - 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """When each element of one kind begins to move, and for how long (infinite: it never moves)."""

    start_s: Floats
    length_s: Floats

    @classmethod
    def still(cls, count: int) -> Track:
        """Return the track of elements that never move."""
        return cls(np.zeros(count), np.full(count, np.inf))

    def at(self, time_s: float) -> Floats:
        """How far each element has come: 0 not begun, 1 done; shape as the track."""
        # Snapped a billionth early, so that rounding never leaves an element at 0.9999999.
        return np.clip((time_s - self.start_s) / (self.length_s * _SNAP), 0.0, 1.0)

    def moved(self, delay_s: float, factor: float = 1.0) -> Track:
        """Return the track with all times multiplied by a factor and then put off."""
        return Track(self.start_s * factor + delay_s, self.length_s * factor)


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The elements of every step, as one flat array and offsets into it."""

    offsets: Indices
    flat: Indices

    @classmethod
    def of(cls, n_steps: int, steps: Indices, elements: Indices) -> Members:
        """Return the members from pairs of step and element; pairs keep their order within a step."""
        order = np.argsort(steps, kind="stable")
        return cls(np.searchsorted(steps[order], np.arange(n_steps + 1)), elements[order])

    @classmethod
    def none(cls, n_steps: int) -> Members:
        """Return empty steps."""
        return cls(np.zeros(n_steps + 1, np.intp), np.zeros(0, np.intp))

    def __getitem__(self, step: int) -> Indices:
        return self.flat[self.offsets[step] : self.offsets[step + 1]]

    def followed_by(self, other: Members) -> Members:
        """Return these steps and then the other's."""
        return Members(
            np.concatenate([self.offsets, other.offsets[1:] + len(self.flat)]),
            np.concatenate([self.flat, other.flat]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class StepTable:
    """The steps of a phase, one after the other without a gap.

    start_s, stop_s, end_s : (n_steps,); from `stop_s` on all of the step stands still
    parts : what each step shows
    nodes, edges : indices of the nodes and edges in each step
    """

    start_s: Floats
    stop_s: Floats
    end_s: Floats
    parts: NDArray[np.object_]
    nodes: Members
    edges: Members

    def __len__(self) -> int:
        return len(self.start_s)

    @property
    def duration_s(self) -> float:
        """Length of all steps together, when the first begins at 0."""
        return float(self.end_s[-1])

    @classmethod
    def one_after_another(
        cls, motion_s: Floats, rest_s: float, parts: Sequence[StepPart], nodes: Members, edges: Members
    ) -> StepTable:
        """Return steps from 0 on, each with a length of motion and a rest; shape (n_steps,), at least one."""
        end = np.cumsum(motion_s + rest_s)
        start = np.concatenate([[0.0], end[:-1]])
        return cls(start, start + motion_s, end, np.array(parts, dtype=object), nodes, edges)

    def moved(self, delay_s: float, factor: float = 1.0) -> StepTable:
        """Return the steps with all times multiplied by a factor and then put off."""
        start, stop, end = (t * factor + delay_s for t in (self.start_s, self.stop_s, self.end_s))
        return StepTable(start, stop, end, self.parts, self.nodes, self.edges)

    def followed_by(self, other: StepTable) -> StepTable:
        """Return these steps and then the other's, which must begin where these end."""
        # The very same number, not one that rounding has moved: no gap and no overlap.
        start = np.concatenate([self.start_s, self.end_s[-1:], other.start_s[1:]])
        return StepTable(
            start,
            np.concatenate([self.stop_s, other.stop_s]),
            np.concatenate([start[1:], other.end_s[-1:]]),
            np.concatenate([self.parts, other.parts]),
            self.nodes.followed_by(other.nodes),
            self.edges.followed_by(other.edges),
        )
