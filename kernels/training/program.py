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
    segments : four numbers each: activation's code, first row, row after the last, 1 for outputs
    in_starts : the first slot of each computed row, (n_computed + 1,)
    slot_sources, slot_targets : (n_slots,), offsets of the rows that a slot joins
    out_starts : (n_computed + 1,), where each computed row's edges out stand in the two arrays that follow
    out_targets, out_slots : (n_edges from computed rows,), offset of the target's row, and the slot
    outputs : (n_outputs,), offsets of rows; copies : pairs of a slot and the slot whose value it repeats
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
    optimizer: int
    loss: int
    regularization: int
    how: int


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
    program = Program(
        stride=stride,
        n_slots=layout.n_slots,
        n_inputs=len(inputs),
        n_outputs=len(outputs),
        n_segments=len(segments),
        n_copies=len(layout.copies) // 2,
        first_row=first_row,
        segments=_flat(segments),
        in_starts=_flat(starts),
        slot_sources=_flat(slot_sources * stride),
        slot_targets=_flat(slot_targets * stride),
        out_starts=_flat(out_starts),
        out_targets=_flat(targets[out] * stride),
        out_slots=_flat(edge_slots[out]),
        outputs=_flat(rows[outputs] * stride),
        copies=layout.copies,
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


def _levels(graph: Graph) -> Iterator[Places]:
    """The nodes of each level: those with activations, since inputs have none."""
    for level in graph.levels:
        parts = [indices(nodes, graph.n_nodes) for _, nodes in level.activations]
        yield np.sort(np.concatenate([np.zeros(0, np.intp), *parts]))


def _flat(numbers: NDArray[np.int64] | Places) -> Integers:
    return np.ascontiguousarray(numbers.ravel(), np.int32)
