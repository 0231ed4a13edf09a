"""Whether a network can learn from its data, and the sentence that says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from playground.model.dataset import BoundData
from playground.model.experiment import Experiment
from playground.model.keys import OUTPUT_ACTIVATION, Loss
from playground.model.message import Message, message
from playground.model.network import Network
from playground.model.parameters import Floats

TOLERANCE = 1e-9
"""How far targets that are shares may be from summing to one."""


def why_not_train(experiment: Experiment, bound: BoundData) -> Message | None:
    """Return why this experiment cannot learn from these rows, or None where it can."""
    network = experiment.network
    if not network.outputs:
        return message("The network has no output yet. Add one, and it has something to learn.")
    if bound.unbound:
        return _reads_nothing(network, bound.unbound)
    if bound.unclaimed:
        return _predicts_nothing(network, bound.unclaimed)
    if not len(bound.train_inputs):
        return message("There are no rows to learn from. Choose data with at least one training row.")
    for name, column in zip(network.inputs, bound.train_inputs.T, strict=True):
        if not np.isfinite(column).all():
            return message(
                "The input {name} reads values that are no finite numbers.", name=network.names[name]
            )
    return why_no_loss(network, experiment.learning.loss, bound.train_targets)


def why_no_loss(network: Network, loss: Loss, targets: Floats) -> Message | None:
    """Return why no loss can be worked out for these targets, (n_rows, n_outputs), or None where it can."""
    outputs = network.outputs
    if not outputs:
        return message("The network has no output yet.")
    wanted = OUTPUT_ACTIVATION[loss]
    for node in outputs:
        if wanted is not None and network.nodes[node].activation != wanted:
            return message(
                "The loss {loss} needs the activation {activation} at the output {name}.",
                loss=loss,
                activation=wanted,
                name=network.names[node],
            )
    if not np.isfinite(targets).all():
        return message("The right answer is not known for every output.")
    return _CHECKS[loss](targets)


def _any_target(targets: Floats) -> Message | None:
    return None


def _between_0_and_1(targets: Floats) -> Message | None:
    if ((targets < 0) | (targets > 1)).any():
        return message("The loss cross_entropy needs right answers from 0 to 1.")
    return None


def _shares(targets: Floats) -> Message | None:
    if targets.shape[1] < 2:
        return message("The loss softmax_cross_entropy needs two outputs or more.")
    if _between_0_and_1(targets) or (np.abs(targets.sum(axis=1) - 1.0) > TOLERANCE).any():
        return message("The loss softmax_cross_entropy needs right answers that sum to 1.")
    return None


_CHECKS: dict[Loss, Callable[[Floats], Message | None]] = {
    "squared": _any_target,
    "cross_entropy": _between_0_and_1,
    "softmax_cross_entropy": _shares,
}


def _reads_nothing(network: Network, nodes: Sequence[int]) -> Message:
    name = network.names[nodes[0]]
    if len(nodes) == 1:
        return message("{name} reads nothing yet. Choose a column for it.", name=name)
    return message(
        "{count} inputs read nothing yet, among them {name}. Choose a column for each.",
        count=len(nodes),
        name=name,
    )


def _predicts_nothing(network: Network, nodes: Sequence[int]) -> Message:
    name = network.names[nodes[0]]
    if len(nodes) == 1:
        return message("{name} has nothing to predict yet. Choose a column for it.", name=name)
    return message(
        "{count} outputs have nothing to predict yet, among them {name}. Choose a column for each.",
        count=len(nodes),
        name=name,
    )
