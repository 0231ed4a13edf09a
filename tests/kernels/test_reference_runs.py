"""Whole training runs of another program, reproduced with the kernels alone."""

from __future__ import annotations

import numpy as np
import pytest

from kernels import optimizers, oracle
from kernels.codes import LOSS_CODES, REGULARIZATION_CODES
from playground.engine.compile import compile_graph, compile_rule
from playground.model.parameters import Floats
from tests.kernels.reference_runs import NAMES, read_run


def test_there_are_three_runs() -> None:
    assert NAMES == ("circle-tanh", "plane-linear", "xor-relu-l2")


@pytest.mark.parametrize("name", NAMES)
def test_losses_and_final_weights_are_the_same(name: str) -> None:
    run = read_run(name)
    learning = run.experiment.learning
    graph, rule, squared = (
        compile_graph(run.experiment.network),
        compile_rule(learning),
        LOSS_CODES["squared"],
    )
    regularization = REGULARIZATION_CODES[learning.regularization]
    values = np.concatenate([run.start.weights, run.start.biases])
    n_weights, n_rows = graph.n_parameters, len(run.train_inputs)

    def loss(inputs: Floats, targets: Floats) -> float:
        done = oracle.forward(graph, values[:n_weights], values[n_weights:], inputs)
        return float(oracle.output_losses(graph, squared, done, targets).sum(axis=1).mean())

    for epoch in range(len(run.loss_train)):
        assert loss(run.train_inputs, run.train_targets) == pytest.approx(run.loss_train[epoch], rel=1e-9)
        assert loss(run.test_inputs, run.test_targets) == pytest.approx(run.loss_test[epoch], rel=1e-9)
        if epoch + 1 == len(run.loss_train):
            break
        for first in range(0, n_rows, learning.batch_size):
            rows = slice(first, first + learning.batch_size)
            weights, biases = values[:n_weights], values[n_weights:]
            of_weights, of_biases = oracle.gradients(
                graph, weights, biases, squared, run.train_inputs[rows], run.train_targets[rows]
            )
            of_weights = of_weights + oracle.penalty_gradients(
                regularization, learning.regularization_rate, weights
            )
            gradients = np.concatenate([of_weights, of_biases])
            values, _ = optimizers.update(rule, values, gradients, (), 1, graph.held)
    np.testing.assert_allclose(values[:n_weights], run.end.weights, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(values[n_weights:], run.end.biases, rtol=1e-9, atol=1e-12)
