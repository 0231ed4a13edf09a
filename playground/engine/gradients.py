"""Loss and gradients over all training rows, for whoever wants to check them by other means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kernels import oracle
from kernels.codes import LOSS_CODES, REGULARIZATION_CODES
from playground.engine.compile import compile_graph
from playground.engine.metrics import evaluate
from playground.engine.readiness import why_not_train
from playground.model.dataset import BoundData
from playground.model.errors import TrainingError
from playground.model.experiment import Experiment
from playground.model.parameters import Floats, Parameters, frozen_array


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """Loss without the penalty, and gradients with it; arrays read-only.

    edges : (n_edges,), that of each edge's weight, so edges that share a weight have the same
    nodes : (n_nodes,), that of each node's bias; 0 at inputs
    """

    loss: float
    penalty: float
    edges: Floats
    nodes: Floats


def gradients(experiment: Experiment, parameters: Parameters, bound: BoundData) -> Gradients:
    """Return loss, penalty and gradients over all training rows as one batch, in bounded memory.

    Raises TrainingError with the sentence of `why_not_train`.
    """
    problem = why_not_train(experiment, bound)
    if problem is not None:
        raise TrainingError(problem)
    graph, learning = compile_graph(experiment.network), experiment.learning
    regularization, rate = REGULARIZATION_CODES[learning.regularization], learning.regularization_rate
    weights, rows = parameters.weights, (bound.train_inputs, bound.train_targets)
    with np.errstate(all="ignore"):
        of_weights, of_biases = oracle.gradients(
            graph, weights, parameters.biases, LOSS_CODES[learning.loss], *rows
        )
        of_weights = of_weights + oracle.penalty_gradients(regularization, rate, weights)
        return Gradients(
            loss=evaluate(graph, learning.loss, None, parameters, *rows).loss,
            penalty=oracle.penalty(regularization, rate, weights),
            edges=frozen_array(of_weights[graph.parameters]),
            nodes=frozen_array(of_biases),
        )
