"""A graph laid out for compiled code: rows of nodes, slots of values, and edges between them, as flat arrays.

A **row** is a node with its lanes: row 0 is the number one, whose edges are the biases; then the inputs; then
nodes in the order in which they can be computed, those with the same activation in one **segment**.
A **slot** is a value and its gradient: for each node its bias and then its edges in, node after node.
Edges that share a weight have slots of their own: the first is the weight, the others are copies of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels import codes
from kernels.blocks import Index
from kernels.graph import Graph
from kernels.training.slots import Integers, Layout, Places, lay_slots
from kernels.training.task import Task


class Program(NamedTuple):
    """What compiled code knows of a task. Offsets are rows times `stride`, in elements.

    stride : lanes of a row; n_slots : with those that only fill up; n_copies : pairs in `copies`
    first_row : of the nodes that are computed; rows before are the one and the inputs
    segments : ten numbers each, see `CODE` and so on
    in_starts : the first slot of each computed row, (n_computed + 1,)
    slot_sources, slot_targets : (n_slots,), offsets of the rows that a slot joins
    out_starts : (n_computed + 1,), where each computed row's edges out stand in the two arrays that follow
    out_targets, out_slots : (n_edges from computed rows,), offset of the target's row, and the slot
    outputs : (n_outputs,), offsets of rows; copies : pairs of a slot and the slot whose value it repeats
    units : five numbers each, see `UNIT_END`: slots whose gradients are worked out together
    optimizer, loss, how : codes; how: 0 nothing, 1 half, 2 sign, 3 largest
    """

    stride: int
    n_slots: int
    n_inputs: int
    n_outputs: int
    n_segments: int
    n_copies: int
    first_row: int
    segments: Integers
    in_starts: Integers
    slot_sources: Integers
    slot_targets: Integers
    out_starts: Integers
    out_targets: Integers
    out_slots: Integers
    outputs: Integers
    copies: Integers
    units: Integers
    n_units: int
    optimizer: int
    loss: int
    regularization: int
    how: int


SEGMENT = 10
"""Numbers of a segment."""

CODE, FIRST, END, IS_OUTPUT, SOURCE, N_SOURCES, TARGET, N_TARGETS, SLOT, STEP = range(SEGMENT)
"""Places in a segment: its activation's code, its rows, whether they are outputs.

Where all its rows have the same neighbouring rows as sources: the first of these, and their number (else 0).
Where all have the same neighbouring rows as targets, and weights that stand in step: the first, their number
(else 0), the slot of the first row's weight to the first target, and how far apart neighbours' weights stand.
"""

UNIT, UNIT_END, UNIT_ROW, UNIT_SOURCE, UNIT_SOURCES = 5, 1, 2, 3, 4
"""Numbers of a unit, and places in it after its first slot: the slot after its last; four rows with the same
neighbouring rows as sources: the first of the four, the first source and their number (else 0)."""

UNIT_SLOTS = 64
"""Slots of a unit without a pattern at most."""

HOW = {None: 0, "half": 1, "sign": 2, "largest": 3}


def indices(index: Index, count: int) -> Places:
    """Return nodes that a graph keeps as a slice or as indices, as indices."""
    return np.arange(count, dtype=np.intp)[index]


def lay_out(task: Task, stride: int) -> tuple[Program, Layout, Places]:
    """Return a task's program for rows of `stride` lanes, the places of its values, and each node's row."""
    graph = task.graph
    inputs, outputs = indices(graph.inputs, graph.n_nodes), indices(graph.outputs, graph.n_nodes)
    order, segments = _segments(graph, task.loss, inputs, outputs)
    first_row, n_computed = 1 + len(inputs), len(order)
    rows = np.empty(graph.n_nodes, np.intp)
    rows[inputs], rows[order] = 1 + np.arange(len(inputs)), first_row + np.arange(n_computed)
    # 1. Slots: each computed row's bias, then its edges in by source.
    targets, sources = rows[graph.targets], rows[graph.sources]
    by_target = np.lexsort((sources, targets))
    starts = np.arange(n_computed + 1) + np.searchsorted(
        targets[by_target], first_row + np.arange(n_computed + 1)
    )
    edge_slots, bias_slots = np.empty(len(targets), np.intp), np.full(graph.n_nodes, -1, np.intp)
    edge_slots[by_target] = np.arange(len(targets)) + targets[by_target] - first_row + 1
    bias_slots[order] = starts[:-1]
    layout = lay_slots(task, graph.parameters, edge_slots, bias_slots)
    # 2. The rows that a slot joins; those that only fill up join the one with itself, which has no blame.
    slot_sources, slot_targets = np.zeros(layout.n_slots, np.intp), np.zeros(layout.n_slots, np.intp)
    slot_targets[: starts[-1]] = np.repeat(first_row + np.arange(n_computed), np.diff(starts))
    slot_sources[edge_slots] = sources
    # 3. Edges out of computed rows, for the way back.
    out = np.flatnonzero(sources >= first_row)
    out = out[np.lexsort((targets[out], sources[out]))]
    out_starts = np.searchsorted(sources[out], first_row + np.arange(n_computed + 1))
    # 4. Segments whose edges in, or out, have a pattern.
    of_segments = np.zeros((len(segments), SEGMENT), np.int64)
    of_segments[:, : IS_OUTPUT + 1] = segments
    for segment in of_segments:
        mine = slice(segment[FIRST] - first_row, segment[END] - first_row)
        segment[SOURCE : N_SOURCES + 1] = _common_sources(mine, starts, slot_sources)
        segment[TARGET : STEP + 1] = _common_targets(mine, out_starts, targets[out], edge_slots[out])
    units = _units(of_segments, starts, first_row, layout.n_slots)
    program = Program(
        stride=stride,
        n_slots=layout.n_slots,
        n_inputs=len(inputs),
        n_outputs=len(outputs),
        n_segments=len(segments),
        n_copies=len(layout.copies) // 2,
        first_row=first_row,
        segments=_flat(of_segments),
        in_starts=_flat(starts),
        slot_sources=_flat(slot_sources * stride),
        slot_targets=_flat(slot_targets * stride),
        out_starts=_flat(out_starts),
        out_targets=_flat(targets[out] * stride),
        out_slots=_flat(edge_slots[out]),
        outputs=_flat(rows[outputs] * stride),
        copies=layout.copies,
        units=_flat(units),
        n_units=len(units),
        optimizer=task.rule.optimizer,
        loss=task.loss,
        regularization=task.regularization,
        how=HOW[task.how],
    )
    return program, layout, rows


def _segments(graph: Graph, loss: int, inputs: Places, outputs: Places) -> tuple[Places, NDArray[np.int64]]:
    """The computed nodes in order, and their segments."""
    is_input, is_output = np.zeros(graph.n_nodes, bool), np.zeros(graph.n_nodes, bool)
    is_input[inputs], is_output[outputs] = True, True
    # The cross entropies work from the outputs' sums, and squash these themselves.
    kinds = np.where(is_output & (loss != codes.SQUARED), codes.LINEAR, graph.activations)
    order: list[Places] = []
    segments: list[tuple[int, int, int, bool]] = []
    row = 1 + len(inputs)
    for nodes in _levels(graph):
        for at_outputs in (False, True):
            for kind in range(len(codes.ACTIVATION_CODES)):
                found = nodes[(kinds[nodes] == kind) & (is_output[nodes] == at_outputs) & ~is_input[nodes]]
                if len(found):
                    order.append(found)
                    segments.append((kind, row, row + len(found), at_outputs))
                    row += len(found)
    none = np.zeros(0, np.intp)
    return np.concatenate([none, *order]), np.array(segments, np.int64).reshape(-1, 4)


def _units(segments: NDArray[np.int64], starts: Places, first_row: int, n_slots: int) -> NDArray[np.int64]:
    """The units that cover all slots, in their order."""
    units: list[tuple[int, int, int, int, int]] = []
    done = 0
    for segment in segments:
        n_sources = segment[N_SOURCES]
        rows = range(segment[FIRST], segment[END] - 3, 4) if n_sources >= 4 else range(0)
        for row in rows:
            slot = int(starts[row - first_row])
            units += _plain_units(done, slot)
            done = slot + 4 * (n_sources + 1)
            units.append((slot, done, row, segment[SOURCE], n_sources))
    units += _plain_units(done, n_slots)
    return np.array(units, np.int64)


def _plain_units(first: int, end: int) -> list[tuple[int, int, int, int, int]]:
    return [(slot, min(slot + UNIT_SLOTS, end), 0, 0, 0) for slot in range(first, end, UNIT_SLOTS)]


def _common_sources(mine: slice, starts: Places, slot_sources: Places) -> tuple[int, int]:
    """The first source and the number of sources that all these rows have in common, or 0, 0."""
    counts = np.diff(starts[mine.start : mine.stop + 1])
    if (counts != counts[0]).any() or counts[0] < 2:
        return 0, 0
    found = slot_sources[starts[mine.start] : starts[mine.stop]].reshape(len(counts), -1)[:, 1:]
    is_common = (found == found[0, 0] + np.arange(found.shape[1])).all()
    return (int(found[0, 0]), found.shape[1]) if is_common else (0, 0)


def _common_targets(
    mine: slice, starts: Places, out_targets: Places, out_slots: Places
) -> tuple[int, int, int, int]:
    """First target, number of targets, first slot and step that all these rows have in common, or zeros."""
    counts = np.diff(starts[mine.start : mine.stop + 1])
    if (counts != counts[0]).any() or counts[0] < 1:
        return 0, 0, 0, 0
    edges = slice(starts[mine.start], starts[mine.stop])
    there, slots = (array[edges].reshape(len(counts), -1) for array in (out_targets, out_slots))
    step = int(slots[0, 1] - slots[0, 0]) if counts[0] > 1 else 0
    places = slots[0, 0] + np.arange(len(counts))[:, None] + step * np.arange(counts[0])
    if (there != there[0, 0] + np.arange(counts[0])).any() or (slots != places).any():
        return 0, 0, 0, 0
    return int(there[0, 0]), int(counts[0]), int(slots[0, 0]), step


def _levels(graph: Graph) -> Iterator[Places]:
    """The nodes of each level: those with activations, since inputs have none."""
    for level in graph.levels:
        parts = [indices(nodes, graph.n_nodes) for _, nodes in level.activations]
        yield np.sort(np.concatenate([np.zeros(0, np.intp), *parts]))


def _flat(numbers: NDArray[np.int64] | Places) -> Integers:
    return np.ascontiguousarray(numbers.ravel(), np.int32)
