"""Tasks with values and rows to train, and the same training done by the oracle."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels import codes, dropout, optimizers, oracle
from kernels.codes import LOSS_CODES
from kernels.optimizers import Moments, Rule
from kernels.training.task import Task
from playground.engine.compile import compile_graph
from playground.model.network import Network
from playground.model.parameters import Floats
from tests.strategies import Case, dense_network

GO_ON = np.zeros(1, np.uint8)
"""A stop flag that is never set."""


class Run(NamedTuple):
    """A task, its values before training, and its rows."""

    task: Task
    values: Floats
    inputs: Floats
    targets: Floats


def run_of(
    case: Case, rule: Rule | None = None, regularization: int = codes.NO_PENALTY, rate: float = 0.0
) -> Run:
    """Return a random case as a run."""
    task = Task(compile_graph(case.network), LOSS_CODES[case.loss], rule or Rule(), regularization, rate)
    values = np.concatenate([case.parameters.weights, case.parameters.biases])
    return Run(task, values, case.inputs, case.targets)


def default_run(rng: np.random.Generator, network: Network | None = None, n_rows: int = 250) -> Run:
    """Return a 2-4-2-1 tanh network, or another, on rows that ask for the sign of a product."""
    graph = compile_graph(network or dense_network((2, 4, 2, 1), "tanh", "tanh"))
    inputs = rng.normal(size=(n_rows, 2))
    values = rng.uniform(-0.5, 0.5, graph.n_parameters + graph.n_nodes)
    values[graph.held] = 0.0
    targets = np.sign(inputs[:, :1] * inputs[:, 1:])
    return Run(Task(graph, codes.SQUARED, Rule(), how="sign"), values, inputs, targets)


def by_oracle(
    run: Run, batch_size: int, n_batches: int, orders: NDArray[np.intp] | None = None
) -> tuple[Floats, Moments]:
    """Return values and memory after so many batches, by the readable truth."""
    task, values, moments = run.task, run.values, optimizers.start(run.task.rule, len(run.values))
    graph, row, epoch = task.graph, 0, 0
    for count in range(1, n_batches + 1):
        rows = slice(row, row + batch_size)
        order = np.arange(len(run.inputs)) if orders is None else orders[epoch]
        weights, biases = values[: graph.n_parameters], values[graph.n_parameters :]
        inputs, targets, masks = run.inputs[order[rows]], run.targets[order[rows]], None
        if task.dropout is not None:
            masks = dropout.kept(task.dropout, graph, count, order[rows])
        of_weights, of_biases = oracle.gradients(graph, weights, biases, task.loss, inputs, targets, masks)
        of_weights = of_weights + oracle.penalty_gradients(task.regularization, task.rate, weights)
        gradients = np.concatenate([of_weights, of_biases])
        values, moments = optimizers.update(
            task.rule.at(epoch), values, gradients, moments, count, graph.held
        )
        row += batch_size
        if row >= len(order):
            row, epoch = 0, epoch + 1
    return values, moments


def loss_of(run: Run, values: Floats) -> float:
    """Return the loss over all rows, by the oracle."""
    graph = run.task.graph
    weights, biases = values[: graph.n_parameters], values[graph.n_parameters :]
    done = oracle.forward(graph, weights, biases, run.inputs)
    return float(oracle.output_losses(graph, run.task.loss, done, run.targets).sum() / len(run.inputs))
