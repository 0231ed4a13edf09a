"""One update of a learner: from gradients to the next parameters and the optimizer's next memory."""

from __future__ import annotations

import numpy as np

from kernels import optimizers
from kernels.graph import Graph
from kernels.optimizers import Moments, Rule
from playground.model.parameters import Floats, Parameters
from playground.model.trace import LearnerState


def joined(weights: Floats, biases: Floats) -> Floats:
    """Return weights and biases as one vector, so that one update serves both."""
    return np.concatenate([weights, biases])


def parted(graph: Graph, values: Floats) -> Parameters:
    """Return a vector from `joined` as parameters of their own."""
    return Parameters(values[: graph.n_parameters].copy(), values[graph.n_parameters :].copy())


def memory(rule: Rule, graph: Graph, state: LearnerState) -> tuple[Moments, int]:
    """Return the optimizer's memory and the number of updates behind it.

    Where the state holds another optimizer's memory, or another network's, the memory begins anew.
    """
    n_values = graph.n_parameters + graph.n_nodes
    kept = tuple(joined(moment.weights, moment.biases) for moment in state.moments)
    fresh = optimizers.start(rule, n_values)
    if len(kept) == len(fresh) and all(len(moment) == n_values for moment in kept):
        return kept, state.step_count
    # Adam's correction counts the updates since its memory was empty.
    return fresh, 0 if fresh else state.step_count


def updated(
    rule: Rule, graph: Graph, state: LearnerState, weight_gradients: Floats, bias_gradients: Floats
) -> LearnerState:
    """Return the learner after one update by these gradients, the penalty's included.

    weight_gradients : (n_parameters,); bias_gradients : (n_nodes,)
    """
    moments, count = memory(rule, graph, state)
    values, moments = optimizers.update(
        rule,
        joined(state.parameters.weights, state.parameters.biases),
        joined(weight_gradients, bias_gradients),
        moments,
        count + 1,
        graph.held,
    )
    return LearnerState(parted(graph, values), tuple(parted(graph, moment) for moment in moments), count + 1)
