"""The record of one pass: every number of it, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.model.experiment import Experiment
from playground.model.parameters import Floats, Parameters


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Every number of one pass over one example or one batch; read-only arrays.

    Arrays over nodes, edges and parameters follow the network's index tables
    (`Network.node_index`, `edge_index`, `parameter_index`, `inputs`, `outputs`).

    rows : int64, (n_rows,), rows of the training data counted from 0; -1 for values set by hand
    inputs : (n_rows, n_inputs), what the input nodes read (scaled)
    targets : (n_rows, n_outputs); NaN where the right answer is not known (then no loss, no blame)
    sums : (n_rows, n_nodes), z: weighted sum plus bias; at inputs the value itself
    activations : (n_rows, n_nodes), a
    probabilities : (n_rows, n_outputs), the softmax over the outputs, or their activations
    output_losses : (n_rows, n_outputs), each output's part of the loss
    losses : (n_rows,), loss of each example, without the penalty
    loss : mean of `losses`
    penalty : regularization penalty before the update
    dl_da, dl_dz : (n_rows, n_nodes), derivatives of each example's own loss
    edge_gradients : (n_rows, n_edges), dl_dz at the target times a at the source, for each example
    weight_gradients : (n_parameters,), mean over the rows, summed over sharing edges, with the penalty
    penalty_gradients : (n_parameters,), the part of `weight_gradients` that the penalty gives
    bias_gradients : (n_nodes,), mean of dl_dz over the rows; 0 at inputs
    old, new : parameters before and after the update
    """

    experiment: Experiment
    rows: NDArray[np.int64]
    inputs: Floats
    targets: Floats
    sums: Floats
    activations: Floats
    probabilities: Floats
    output_losses: Floats
    losses: Floats
    loss: float
    penalty: float
    dl_da: Floats
    dl_dz: Floats
    edge_gradients: Floats
    weight_gradients: Floats
    penalty_gradients: Floats
    bias_gradients: Floats
    old: Parameters
    new: Parameters

    @property
    def n_rows(self) -> int:
        """How many examples the pass runs over."""
        return len(self.rows)

    @property
    def has_answer(self) -> bool:
        """Whether the right answers are known, so that there is a loss and a way back."""
        return bool(np.isfinite(self.targets).all()) and self.targets.shape[1] > 0

    def products(self, row: int) -> Floats:
        """Weight times source activation on every edge, for one example: shape (n_edges,)."""
        network = self.experiment.network
        sources = np.fromiter((network.node_index[s] for s, _ in network.edges), np.intp, len(network.edges))
        products: Floats = self.old.edge_weights(network) * self.activations[row, sources]
        return products


@dataclass(frozen=True, slots=True)
class LearnerState:
    """Parameters, the optimizer's memory and the number of updates so far.

    moments : the optimizer's arrays, each aligned with (weights, biases); empty for plain SGD,
        (velocity,) for momentum, (first, second) for Adam
    """

    parameters: Parameters
    moments: tuple[Parameters, ...] = ()
    step_count: int = 0
