"""Answers of compiled code for many rows, against the readable truth."""

from __future__ import annotations

import numpy as np
import pytest

from kernels import oracle
from kernels.codes import LOSS_CODES
from kernels.training.evaluator import ROWS_TOGETHER, Evaluator
from kernels.training.task import DType
from playground.engine.compile import compile_graph
from tests.strategies import random_case

ROWS = (0, 1, ROWS_TOGETHER - 1, ROWS_TOGETHER, 3 * ROWS_TOGETHER + 5)


@pytest.mark.parametrize(("dtype", "near"), [("float64", 1e-9), ("float32", 2e-3)])
@pytest.mark.parametrize("seed", range(6))
def test_every_node_answers_as_the_oracle_says(dtype: DType, near: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    case = random_case(rng)
    graph, loss = compile_graph(case.network), LOSS_CODES[case.loss]
    weights, biases = case.parameters.weights, case.parameters.biases
    evaluator = Evaluator(graph, loss, dtype)
    for count in ROWS:
        inputs = rng.normal(size=(count, len(case.network.inputs)))
        evaluator.set_values(weights, biases)
        done = oracle.forward(graph, weights, biases, inputs)
        expected = done.activations.copy()
        expected[:, graph.outputs] = oracle.answers(graph, loss, done)
        np.testing.assert_allclose(evaluator.answers(inputs), expected, rtol=near, atol=near)


def test_other_values_give_other_answers() -> None:
    case = random_case(np.random.default_rng(2), "squared", 4)
    evaluator = Evaluator(compile_graph(case.network), LOSS_CODES["squared"], "float64")
    inputs = np.ones((3, len(case.network.inputs)))
    evaluator.set_values(case.parameters.weights, case.parameters.biases)
    first = evaluator.answers(inputs)
    evaluator.set_values(case.parameters.weights, case.parameters.biases + 1.0)
    assert (evaluator.answers(inputs) != first).any()


def test_what_is_asked_for_at_once_is_bounded() -> None:
    case = random_case(np.random.default_rng(1))
    evaluator = Evaluator(compile_graph(case.network), LOSS_CODES[case.loss])
    assert ROWS_TOGETHER <= evaluator.rows_at_once <= 1 << 20
