"""The readable truth: forward, loss, backward and gradients of any acyclic graph, in float64.

Rows are examples and columns are nodes throughout. With a = f(z), z = bias + sum of a[s] w over edges in:

    dL/dz = dL/da f'(z),    dL/da of a source = sum of dL/dz[t] w over edges out,
    gradient of an edge = dL/dz[t] a[s],    gradient of a bias = dL/dz,

and a batch's gradient is the mean over its rows. Edges that share a parameter add their gradients. With
dropout a = f(z) k, where k is 0 or 1 / (1 - share), and dL/dz = dL/da f'(z) k.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels import codes
from kernels.activations import ACTIVATIONS
from kernels.blocks import ELEMENTS
from kernels.graph import Graph
from kernels.losses import LOSSES

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """What a pass forward gives: `sums` z and `activations` a, float64, (n_rows, n_nodes).

    kept : what dropout has multiplied activations by, (n_rows, n_nodes); None where nothing is left out
    """

    sums: Floats
    activations: Floats
    kept: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Backward:
    """What a pass backward gives.

    dl_da, dl_dz : (n_rows, n_nodes), derivatives of each row's own loss
    weight_gradients : (n_parameters,), mean over the rows, summed over sharing edges, without penalty
    bias_gradients : (n_nodes,), mean over the rows; 0 at inputs
    """

    dl_da: Floats
    dl_dz: Floats
    weight_gradients: Floats
    bias_gradients: Floats


def forward(
    graph: Graph, weights: Floats, biases: Floats, inputs: Floats, kept: Floats | None = None
) -> Forward:
    """Return the sums and activations of every node for every row of inputs.

    weights : (n_parameters,); biases : (n_nodes,); inputs : (n_rows, n_inputs)
    kept : what dropout multiplies activations by, (n_rows, n_nodes), see `dropout.kept`
    At inputs both are the value itself; a node without edges in has its bias as its sum.
    """
    sums = np.empty((len(inputs), graph.n_nodes))
    sums[:] = biases
    sums[:, graph.inputs] = inputs
    activations = np.empty_like(sums)
    activations[:, graph.inputs] = inputs
    for level in graph.levels:
        for block in level.blocks:
            block.add_sums(weights, activations, sums)
        for code, nodes in level.activations:
            activations[:, nodes] = ACTIVATIONS[code].value(sums[:, nodes])
            if kept is not None:
                activations[:, nodes] *= kept[:, nodes]
    return Forward(sums, activations, kept)


def answers(graph: Graph, loss: int, done: Forward) -> Floats:
    """Return what the outputs say: (n_rows, n_outputs), the softmax over them where the loss asks for it."""
    return LOSSES[loss].answers(done.sums[:, graph.outputs], done.activations[:, graph.outputs])


def output_losses(graph: Graph, loss: int, done: Forward, targets: Floats) -> Floats:
    """Return each output's part of each row's loss: (n_rows, n_outputs), as `targets`."""
    return LOSSES[loss].value(done.sums[:, graph.outputs], done.activations[:, graph.outputs], targets)


def backward(graph: Graph, weights: Floats, loss: int, done: Forward, targets: Floats) -> Backward:
    """Return the blame of every node and the gradients of every weight and bias.

    weights : (n_parameters,); targets : (n_rows, n_outputs)
    """
    z, a, outputs = done.sums, done.activations, graph.outputs
    slopes = np.empty_like(z)
    for code, nodes in graph.kinds:
        # Slopes may be worked out from the answer, but from the one before dropout.
        said = a[:, nodes] if done.kept is None else ACTIVATIONS[code].value(z[:, nodes])
        slopes[:, nodes] = ACTIVATIONS[code].derivative(z[:, nodes], said)
    if done.kept is not None:
        slopes *= done.kept
    at_outputs = z[:, outputs], a[:, outputs], targets, slopes[:, outputs]
    dl_da = np.zeros_like(z)
    dl_da[:, outputs] = LOSSES[loss].by_answer(*at_outputs)
    # The loss's own form at the outputs: dL/da f'(z) would lose digits, or be infinity times zero.
    dl_dz = np.zeros_like(z)
    dl_dz[:, outputs] = LOSSES[loss].by_sum(*at_outputs)
    parts: list[Floats] = []
    for level in reversed(graph.levels):
        dl_dz[:, level.hidden] = dl_da[:, level.hidden] * slopes[:, level.hidden]
        for block in reversed(level.blocks):
            block.add_blame(weights, dl_dz, dl_da)
            parts.append(block.gradients(a, dl_dz))
    dl_dz[:, graph.inputs] = dl_da[:, graph.inputs]
    n_rows = max(1, len(z))
    weight_gradients = np.bincount(graph.block_parameters, _joined(parts), graph.n_parameters) / n_rows
    bias_gradients = dl_dz.sum(axis=0) / n_rows
    bias_gradients[graph.inputs] = 0.0
    return Backward(dl_da, dl_dz, weight_gradients, bias_gradients)


def gradients(
    graph: Graph,
    weights: Floats,
    biases: Floats,
    loss: int,
    inputs: Floats,
    targets: Floats,
    kept: Floats | None = None,
) -> tuple[Floats, Floats]:
    """Return the mean gradients of weights and biases over any number of rows, without penalty.

    inputs : (n_rows, n_inputs); targets : (n_rows, n_outputs); at least one row
    kept : what dropout multiplies activations by, (n_rows, n_nodes)
    Many rows are taken in blocks, so that memory stays bounded.
    """
    of_weights, of_biases = np.zeros(graph.n_parameters), np.zeros(graph.n_nodes)
    for rows in row_blocks(graph, len(inputs)):
        done = forward(graph, weights, biases, inputs[rows], None if kept is None else kept[rows])
        back = backward(graph, weights, loss, done, targets[rows])
        share = len(done.sums) / len(inputs)
        of_weights += share * back.weight_gradients
        of_biases += share * back.bias_gradients
    return of_weights, of_biases


def row_blocks(graph: Graph, n_rows: int) -> Iterator[slice]:
    """Yield slices of rows that cover all of them, each small enough to be passed through at once."""
    step = max(1, ELEMENTS // max(1, graph.n_nodes))
    return (slice(first, min(first + step, n_rows)) for first in range(0, n_rows, step))


def edge_gradients(graph: Graph, done: Forward, blame: Floats) -> Floats:
    """Return the gradient of each edge for each row: dL/dz at its target times a at its source.

    blame : dl_dz, (n_rows, n_nodes); the result is (n_rows, n_edges)
    """
    return blame[:, graph.targets] * done.activations[:, graph.sources]


def penalty(regularization: int, rate: float, weights: Floats) -> float:
    """Return the penalty: rate (1/2) w^2 or rate |w|, summed over parameters (a shared weight once)."""
    if regularization == codes.L2:
        return float(0.5 * rate * (weights @ weights))
    if regularization == codes.L1:
        return float(rate * np.abs(weights).sum())
    return 0.0


def penalty_gradients(regularization: int, rate: float, weights: Floats) -> Floats:
    """Return the penalty's derivative: rate w, or rate times the sign of w (0 at 0): (n_parameters,)."""
    if regularization == codes.L2:
        return rate * weights
    if regularization == codes.L1:
        return rate * np.sign(weights)
    return np.zeros_like(weights)


def _joined(parts: list[Floats]) -> Floats:
    """The blocks' gradients in the order of `Graph.block_parameters`."""
    return np.concatenate(parts[::-1]) if parts else np.zeros(0)
