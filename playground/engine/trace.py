"""Records one pass: every number on the way forward, of the loss, on the way back, and of the update."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kernels import oracle
from kernels.codes import LOSS_CODES, REGULARIZATION_CODES
from kernels.graph import Graph
from kernels.oracle import Forward
from playground.engine.compile import compile_graph, compile_rule
from playground.engine.readiness import why_no_loss
from playground.engine.update import updated
from playground.model.dataset import BoundData
from playground.model.errors import TrainingError
from playground.model.experiment import Experiment
from playground.model.message import message
from playground.model.parameters import Floats, frozen_array
from playground.model.trace import LearnerState, Trace

Rows = Sequence[int] | NDArray[np.int64]


def trace(
    experiment: Experiment, state: LearnerState, bound: BoundData, rows: Rows, graph: Graph | None = None
) -> Trace:
    """Return the pass over some training rows as one batch.

    rows : rows of the training data, counted from 0
    graph : the compiled network, where the caller has kept it; a live drag then need not compile again

    Raises TrainingError where a row is not there or the data belong to another network. Where no loss can
    be worked out (an output without a target, say) the pass goes forward only, as in `trace_values`.
    """
    chosen = np.asarray(rows, np.int64).reshape(-1)
    count = len(bound.train_inputs)
    for row in chosen:
        if not 0 <= row < count:
            raise TrainingError(
                message(
                    "There is no example {row}: the training data have {count} rows.",
                    row=int(row) + 1,
                    count=count,
                )
            )
    return _traced(experiment, state, chosen, bound.train_inputs[chosen], bound.train_targets[chosen], graph)


def trace_values(
    experiment: Experiment,
    state: LearnerState,
    inputs: Floats | Sequence[float],
    targets: Floats | Sequence[float] | None = None,
    graph: Graph | None = None,
) -> Trace:
    """Return the pass over values set by hand: rows are then -1.

    inputs : (n_inputs,) or (n_rows, n_inputs)
    targets : (n_outputs,) or (n_rows, n_outputs), or None where the right answers are not known: the
        targets and losses are then NaN, blame and gradients 0, and new parameters equal the old ones

    Raises TrainingError where the values do not match the network's inputs and outputs.
    """
    n_inputs, n_outputs = len(experiment.network.inputs), len(experiment.network.outputs)
    values = np.atleast_2d(np.asarray(inputs, np.float64))
    if targets is None:
        targets = np.full((len(values), n_outputs), np.nan)
    wanted = np.atleast_2d(np.asarray(targets, np.float64))
    if n_inputs == 0:
        values = values.reshape(len(values), 0)
    return _traced(experiment, state, np.full(len(values), -1, np.int64), values, wanted, graph)


def next_state(done: Trace, state: LearnerState) -> LearnerState:
    """Return the learner that keeps what a pass has taught it; `state` is the one that the pass began with.

    Its parameters are the trace's `new`. Where the right answers are not known the state stays as it is.
    """
    if not done.has_answer:
        return state
    graph = compile_graph(done.experiment.network)
    rule = compile_rule(done.experiment.learning)
    with np.errstate(all="ignore"):
        return updated(rule, graph, state, done.weight_gradients, done.bias_gradients)


def _traced(
    experiment: Experiment,
    state: LearnerState,
    rows: NDArray[np.int64],
    inputs: Floats,
    targets: Floats,
    graph: Graph | None,
) -> Trace:
    network, learning, old = experiment.network, experiment.learning, state.parameters
    _check_shapes(len(rows), len(network.inputs), len(network.outputs), inputs, targets)
    graph = graph or compile_graph(network)
    loss, regularization = LOSS_CODES[learning.loss], REGULARIZATION_CODES[learning.regularization]
    rate = learning.regularization_rate
    # Weights set by hand can overflow: the pass then shows the infinity that it has met.
    with np.errstate(all="ignore"):
        done = oracle.forward(graph, old.weights, old.biases, inputs)
        penalty = oracle.penalty(regularization, rate, old.weights)
        probabilities = oracle.answers(graph, loss, done)
        if why_no_loss(network, learning.loss, targets):
            return _without_answer(experiment, state, rows, inputs, done, probabilities, penalty)
        output_losses = oracle.output_losses(graph, loss, done, targets)
        losses = output_losses.sum(axis=1)
        back = oracle.backward(graph, old.weights, loss, done, targets)
        penalty_gradients = oracle.penalty_gradients(regularization, rate, old.weights)
        weight_gradients = back.weight_gradients + penalty_gradients
        new = updated(compile_rule(learning), graph, state, weight_gradients, back.bias_gradients).parameters
        return Trace(
            experiment=experiment,
            rows=_frozen_rows(rows),
            inputs=frozen_array(inputs),
            targets=frozen_array(targets),
            sums=frozen_array(done.sums),
            activations=frozen_array(done.activations),
            probabilities=frozen_array(probabilities),
            output_losses=frozen_array(output_losses),
            losses=frozen_array(losses),
            loss=float(losses.mean()),
            penalty=penalty,
            dl_da=frozen_array(back.dl_da),
            dl_dz=frozen_array(back.dl_dz),
            edge_gradients=frozen_array(oracle.edge_gradients(graph, done, back.dl_dz)),
            weight_gradients=frozen_array(weight_gradients),
            penalty_gradients=frozen_array(penalty_gradients),
            bias_gradients=frozen_array(back.bias_gradients),
            old=old,
            new=new,
        )


def _without_answer(
    experiment: Experiment,
    state: LearnerState,
    rows: NDArray[np.int64],
    inputs: Floats,
    done: Forward,
    probabilities: Floats,
    penalty: float,
) -> Trace:
    """Return a pass that goes forward only: no loss, no blame, nothing learned."""
    network, old = experiment.network, state.parameters
    unknown = frozen_array(np.full((len(rows), len(network.outputs)), np.nan))
    no_blame = frozen_array(np.zeros(done.sums.shape))
    no_gradient = frozen_array(np.zeros(len(network.parameter_ids)))
    return Trace(
        experiment=experiment,
        rows=_frozen_rows(rows),
        inputs=frozen_array(inputs),
        targets=unknown,
        sums=frozen_array(done.sums),
        activations=frozen_array(done.activations),
        probabilities=frozen_array(probabilities),
        output_losses=unknown,
        losses=frozen_array(np.full(len(rows), np.nan)),
        loss=float("nan"),
        penalty=penalty,
        dl_da=no_blame,
        dl_dz=no_blame,
        edge_gradients=frozen_array(np.zeros((len(rows), len(network.edges)))),
        weight_gradients=no_gradient,
        penalty_gradients=no_gradient,
        bias_gradients=frozen_array(np.zeros(len(network.nodes))),
        old=old,
        new=old,
    )


def _check_shapes(n_rows: int, n_inputs: int, n_outputs: int, inputs: Floats, targets: Floats) -> None:
    if not n_rows:
        raise TrainingError(message("No example is chosen."))
    if inputs.shape != (n_rows, n_inputs):
        raise TrainingError(
            message(
                "The network has {expected} inputs, but {given} values were given.",
                expected=n_inputs,
                given=int(inputs.shape[-1]),
            )
        )
    if targets.shape != (n_rows, n_outputs):
        raise TrainingError(
            message(
                "The network has {expected} outputs, but {given} right answers were given.",
                expected=n_outputs,
                given=int(targets.shape[-1]),
            )
        )


def _frozen_rows(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    rows = rows.copy()
    rows.flags.writeable = False
    return rows
