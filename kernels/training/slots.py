"""Values, memory and gradients in the order of a trainer's own, and the way from and to the oracle's order.

A slot is a value; edges that share a weight have slots of their own, of which all but the first are copies.
Values and moments stand twice, (2 * n_slots,), see `steps`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels import codes
from kernels.optimizers import MOMENT_COUNTS, Moments
from kernels.training.memory import aligned
from kernels.training.task import Task

Integers = NDArray[np.int32]
Places = NDArray[np.intp]
Floats = NDArray[np.float64]
Numbers = NDArray[np.floating]

SLOTS_TOGETHER = 16
"""Slots are filled up to a multiple of this, so that whole vectors of either type cover them."""


class Layout(NamedTuple):
    """Where values stand.

    n_slots : with those that only fill up
    slots : intp, (n_parameters + n_nodes,), slot of each weight and bias; -1 for the biases of inputs
    is_trained, is_weight : bool, (n_slots,), slots that updates change, and weights; copies are neither
    copies : int32, pairs of a slot and the slot whose value it repeats, flat
    """

    n_slots: int
    slots: Places
    is_trained: NDArray[np.bool_]
    is_weight: NDArray[np.bool_]
    copies: Integers


def lay_slots(task: Task, parameters: Places, edge_slots: Places, bias_slots: Places) -> Layout:
    """Return the layout for slots of edges and biases.

    parameters, edge_slots : (n_edges,), each edge's, in any order; bias_slots : (n_nodes,), -1 at inputs
    """
    graph = task.graph
    n_used = 1 + int(max(edge_slots.max(initial=-1), bias_slots.max(initial=-1)))
    n_slots = max(1, -(-n_used // SLOTS_TOGETHER)) * SLOTS_TOGETHER
    slots = np.full(graph.n_parameters + graph.n_nodes, -1, np.intp)
    # The first slot of a weight holds it: it is written last.
    backwards = np.argsort(edge_slots)[::-1]
    slots[parameters[backwards]] = edge_slots[backwards]
    slots[graph.n_parameters :] = bias_slots
    firsts = slots[parameters]
    is_copy = firsts != edge_slots
    copies = np.column_stack([edge_slots[is_copy], firsts[is_copy]])
    copies = copies[np.argsort(copies[:, 0])]
    is_trained, is_weight = np.zeros(n_slots, bool), np.zeros(n_slots, bool)
    is_trained[bias_slots[bias_slots >= 0]] = True
    is_trained[slots[: graph.n_parameters]] = graph.trainable
    is_weight[slots[: graph.n_parameters]] = True
    return Layout(n_slots, slots, is_trained, is_weight, np.ascontiguousarray(copies.ravel(), np.int32))


class Slots:
    """The arrays of all slots, of one floating-point type; `base` is where the half in use begins.

    g : sums of gradients; trained : 1 where updates change a value; decay : the regularization's rate
    """

    def __init__(self, task: Task, layout: Layout, kind: type[np.floating]) -> None:
        n_moments, n_slots = MOMENT_COUNTS[task.rule.optimizer], layout.n_slots
        self._layout, self._n_moments, self._held = layout, n_moments, task.graph.held
        self._is_kept = layout.slots >= 0
        self._given: Floats = np.zeros(len(layout.slots))
        self.values = aligned(2 * n_slots, kind)
        self.first = aligned(2 * n_slots if n_moments > 0 else 0, kind)
        self.second = aligned(2 * n_slots if n_moments > 1 else 0, kind)
        self.g, self.trained, self.decay = (aligned(n_slots, kind) for _ in range(3))
        self.trained[layout.is_trained] = 1.0
        if task.regularization != codes.NO_PENALTY:
            self.decay[layout.is_weight] = task.rate

    def take(self, values: Floats, moments: Moments) -> None:
        """Take over values and memory, (n_parameters + n_nodes,) each; the half in use begins at 0."""
        self._given = values.copy()
        n_slots, copies = self._layout.n_slots, self._layout.copies.reshape(-1, 2)
        arrays = (self.values, self.first, self.second)[: 1 + self._n_moments]
        for array, given in zip(arrays, (values, *moments), strict=True):
            of_slots = np.zeros(n_slots)
            of_slots[self._layout.slots[self._is_kept]] = given[self._is_kept]
            of_slots[copies[:, 0]] = of_slots[copies[:, 1]]
            array[:n_slots] = array[n_slots:] = of_slots

    def values_at(self, base: int) -> Floats:
        """Return the values in the oracle's order: a copy; held ones as they were taken over, to the bit."""
        values = self._in_order(self.values, base, self._given)
        values[self._held] = self._given[self._held]
        return values

    def moments_at(self, base: int) -> Moments:
        """Return the memory in the oracle's order: copies."""
        nothing = np.zeros_like(self._given)
        arrays = (self.first, self.second)[: self._n_moments]
        return tuple(self._in_order(array, base, nothing) for array in arrays)

    def _in_order(self, array: Numbers, base: int, otherwise: Floats) -> Floats:
        found = otherwise.copy()
        found[self._is_kept] = array[base + self._layout.slots[self._is_kept]]
        return found
