"""Answers of any graph for many rows, by the compiled code that trains it."""

from __future__ import annotations

import numpy as np

from kernels.graph import Graph
from kernels.training.fused import FusedTrainer
from kernels.training.progress import Floats
from kernels.training.task import DType, Task

ROWS_TOGETHER = 128
"""Rows that go through the graph side by side: whole vectors of either type, and little memory."""

MOST_NUMBERS = 1 << 20
"""Numbers of one call's answers at most: more rows are cut."""


class Evaluator:
    """Works out what every node answers; belongs to one thread at a time. Nothing is trained.

    Values inside are of `dtype`; `kernels.training.fused.prepare` has compiled all that it needs.
    """

    def __init__(self, graph: Graph, loss: int, dtype: DType = "float32") -> None:
        """Lay out a graph.

        loss : its code; outputs say the softmax over them where it asks for it
        """
        self._graph = graph
        n_outputs = len(np.arange(graph.n_nodes)[graph.outputs])
        n_inputs = len(np.arange(graph.n_nodes)[graph.inputs])
        # The trainer's rooms are as wide as its batches; these rows stand for nothing.
        empty = np.zeros((ROWS_TOGETHER, n_inputs)), np.zeros((ROWS_TOGETHER, n_outputs))
        self._trainer = FusedTrainer(Task(graph, loss), *empty, dtype=dtype, batch_size=ROWS_TOGETHER)

    def set_values(self, weights: Floats, biases: Floats) -> None:
        """Take over weights, (n_parameters,), and biases, (n_nodes,)."""
        self._trainer.set_values(np.concatenate([weights, biases]), (), 0)

    def answers(self, inputs: Floats) -> Floats:
        """Return what every node answers: float64, (n_rows, n_nodes), for inputs, (n_rows, n_inputs)."""
        return self._trainer.forward_rows(inputs)

    @property
    def rows_at_once(self) -> int:
        """How many rows should be asked for in one call, so that memory stays bounded."""
        return max(ROWS_TOGETHER, MOST_NUMBERS // max(1, self._graph.n_nodes))
