"""How many floating-point operations learning takes, counted from its equations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels import codes
from kernels.blocks import Index
from kernels.graph import Graph
from kernels.training.task import Task

VALUE: dict[int, int] = {
    codes.LINEAR: 0,
    codes.SIGMOID: 3,  # 1 / (1 + exp(-z))
    codes.TANH: 1,
    codes.RELU: 0,
    codes.LEAKY_RELU: 1,  # 0.01 z
    codes.SOFTPLUS: 3,  # log(1 + exp(z))
    codes.SINE: 1,
}
"""Operations of each activation."""

SLOPE: dict[int, int] = {
    codes.LINEAR: 0,
    codes.SIGMOID: 2,  # a (1 - a)
    codes.TANH: 2,  # 1 - a a
    codes.RELU: 0,
    codes.LEAKY_RELU: 0,
    codes.SOFTPLUS: 3,  # 1 / (1 + exp(-z))
    codes.SINE: 1,  # cos(z)
}
"""Operations of each activation's derivative, from the sum z or the activation a."""

PENALTY: dict[int, int] = {codes.NO_PENALTY: 0, codes.L1: 1, codes.L2: 2}
"""Operations by which a penalty joins the gradient of one weight: g +- rate, g + rate w."""

STEP: dict[int, int] = {
    codes.SGD: 2,  # w - rate g
    codes.MOMENTUM: 4,  # mu v + g; w - rate v
    codes.ADAM: 14,  # 3 for the mean, 4 for the square, 2 corrections, sqrt, + epsilon, rate, /, -
}
"""Operations of each optimizer for one value."""


@dataclass(frozen=True, slots=True)
class Flops:
    """Operations for one example, forward and back, and for one update after a batch."""

    per_example: int
    per_update: int


def flops(task: Task) -> Flops:
    """Return the operations of a task.

    An addition, multiplication, division, root or elementary function (exp, log, tanh, sine) is one
    operation; signs and comparisons are none. Blame that nobody needs, of inputs, is not counted, and
    neither are values that are held when all are updated.
    """
    graph = task.graph
    is_input, is_output = (_marked(graph, nodes) for nodes in (graph.inputs, graph.outputs))
    inner, hidden = graph.activations[~is_input], graph.activations[~is_input & ~is_output]
    forward = 2 * len(graph.sources) + _total(VALUE, inner)
    at_outputs = _at_outputs(task.loss, graph.activations[is_output])
    blame = 2 * int((~is_input[graph.sources]).sum()) + _total(SLOPE, hidden) + len(hidden)
    if task.dropout is not None:
        blame += 2 * len(hidden)  # answers and slopes, times 0 or 1 / (1 - share)
    gradients = 2 * len(graph.sources) + len(inner)
    held = int((graph.held < graph.n_parameters).sum())
    n_weights = graph.n_parameters - held
    n_values = n_weights + len(inner)
    update = (1 + STEP[task.rule.optimizer]) * n_values + PENALTY[task.regularization] * n_weights
    return Flops(forward + at_outputs + blame + gradients, update)


def _at_outputs(loss: int, activations: NDArray[np.int64]) -> int:
    """Operations from the answers to dL/dz at the outputs."""
    n_outputs = len(activations)
    if loss == codes.SQUARED:
        return 2 * n_outputs + _total(SLOPE, activations)  # (a - t) slope
    if loss == codes.CROSS_ENTROPY:
        return n_outputs  # a - t
    return 4 * n_outputs - 1  # exp, their sum, a share of it, minus t


def _total(table: dict[int, int], activations: NDArray[np.int64]) -> int:
    return sum(count * int((activations == code).sum()) for code, count in table.items())


def _marked(graph: Graph, nodes: Index) -> NDArray[np.bool_]:
    marks = np.zeros(graph.n_nodes, bool)
    marks[nodes] = True
    return marks
