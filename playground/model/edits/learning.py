"""Edits of how the network learns, and of what it has learned."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict, Unpack

from playground.model.edit import Change, Edit
from playground.model.edits.rebuild import with_nodes
from playground.model.edits.rules import require_finite
from playground.model.errors import EditError
from playground.model.experiment import Experiment, Learning
from playground.model.initial import initial_parameters
from playground.model.keys import (
    DTYPES,
    INITIALIZATIONS,
    KERNELS,
    LOSSES,
    OPTIMIZERS,
    OUTPUT_ACTIVATION,
    REGULARIZATIONS,
    SCHEDULES,
    DType,
    Initialization,
    Kernel,
    Loss,
    Optimizer,
    Regularization,
)
from playground.model.limits import MAX_SEED
from playground.model.message import Message, message
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.rate_schedule import RateSchedule


class LearningChanges(TypedDict, total=False):
    """The settings that `set_learning` may change; those that are left out stay."""

    loss: Loss
    optimizer: Optimizer
    momentum: float
    beta1: float
    beta2: float
    epsilon: float
    learning_rate: float
    batch_size: int
    shuffle: bool
    regularization: Regularization
    regularization_rate: float
    initialization: Initialization
    stop_epochs: int | None
    stop_loss: float | None
    kernel: Kernel
    dtype: DType
    schedule: RateSchedule
    dropout: float


NAMES: dict[str, Message] = {
    "loss": message("Choose the loss"),
    "optimizer": message("Choose the optimizer"),
    "learning_rate": message("Set the learning rate"),
    "batch_size": message("Set the batch size"),
    "regularization": message("Choose the regularization"),
    "regularization_rate": message("Set the regularization rate"),
    "initialization": message("Choose the starting weights"),
    "shuffle": message("Set the shuffling"),
    "stop_epochs": message("Set when to stop"),
    "stop_loss": message("Set when to stop"),
    "kernel": message("Choose the kernel"),
    "dtype": message("Choose the type of numbers"),
    "momentum": message("Set the momentum"),
    "beta1": message("Set beta 1"),
    "beta2": message("Set beta 2"),
    "epsilon": message("Set epsilon"),
    "schedule": message("Set how the learning rate changes"),
    "dropout": message("Set the dropout"),
}

CHOICES: dict[str, tuple[str, ...]] = {
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "regularization": REGULARIZATIONS,
    "initialization": INITIALIZATIONS,
    "kernel": KERNELS,
    "dtype": DTYPES,
}


def set_learning(gesture: str | None = None, **changes: Unpack[LearningChanges]) -> Edit:
    """Change how the network learns; a new loss sets the outputs' activations in the same step."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        learning = replace(experiment.learning, **changes)
        require_learning(learning)
        learning = replace(learning, schedule=learning.schedule.own)
        changed = replace(experiment, learning=learning)
        if learning.loss != experiment.learning.loss:
            changed = _with_fitting_outputs(changed)
        return Change(changed)

    name = NAMES.get(next(iter(changes), ""), message("Change the learning settings"))
    return Edit(name, make, None if gesture is None else f"learning {sorted(changes)} {gesture}")


def learn(parameters_new: Parameters, name: Message) -> Edit:
    """Keep what the network has just learned; all values are touched."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        _require_fitting(network, parameters_new)
        require_finite(*parameters_new.weights.tolist(), *parameters_new.biases.tolist())
        return _all_values(experiment, parameters_new)

    return Edit(name, make)


def start_over() -> Edit:
    """Draw the initial weights again, with the same seed: the same weights."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        return _started(experiment)

    return Edit(message("Start over"), make)


def new_start() -> Edit:
    """Draw initial weights with the next seed."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        return _started(replace(experiment, seed=(experiment.seed + 1) % MAX_SEED))

    return Edit(message("New start"), make)


def require_learning(learning: Learning) -> None:
    """Raise EditError where a setting is one that the file does not allow."""
    for name, choices in CHOICES.items():
        if getattr(learning, name) not in choices:
            raise EditError(message("This choice does not exist: {key}.", key=str(getattr(learning, name))))
    schedule = learning.schedule
    if schedule.kind not in SCHEDULES:
        raise EditError(message("This choice does not exist: {key}.", key=str(schedule.kind)))
    require_finite(learning.learning_rate, learning.regularization_rate, learning.epsilon)
    require_finite(learning.dropout, learning.schedule.factor, learning.schedule.least)
    require_finite(learning.momentum, learning.beta1, learning.beta2, learning.stop_loss or 0.0)
    for refused, text in (
        (learning.learning_rate <= 0, message("The learning rate must be greater than 0.")),
        (learning.batch_size < 1, message("A batch needs at least one example.")),
        (learning.regularization_rate < 0, message("The regularization rate cannot be negative.")),
        (not 0 <= learning.momentum < 1, message("The momentum must be at least 0 and less than 1.")),
        (not 0 <= learning.beta1 < 1, message("Beta 1 must be at least 0 and less than 1.")),
        (not 0 <= learning.beta2 < 1, message("Beta 2 must be at least 0 and less than 1.")),
        (
            not 0 <= learning.dropout < 1,
            message("The share that is dropped must be at least 0 and less than 1."),
        ),
        (
            schedule.every < 1 or schedule.epochs < 1,
            message("The learning rate needs at least one epoch to change."),
        ),
        (
            not 0 < schedule.factor <= 1,
            message("The factor of the learning rate must be greater than 0 and at most 1."),
        ),
        (
            not 0 <= schedule.least <= 1,
            message("The share of the learning rate that is left must be from 0 to 1."),
        ),
        (learning.epsilon <= 0, message("Epsilon must be greater than 0.")),
        (
            learning.stop_epochs is not None and learning.stop_epochs < 1,
            message("Learning must run for at least one epoch."),
        ),
        (
            learning.stop_loss is not None and learning.stop_loss < 0,
            message("The loss to stop at cannot be negative."),
        ),
    ):
        if refused:
            raise EditError(text)


def _with_fitting_outputs(experiment: Experiment) -> Experiment:
    network, wanted = experiment.network, OUTPUT_ACTIVATION[experiment.learning.loss]
    if experiment.learning.loss == "softmax_cross_entropy" and len(network.outputs) == 1:
        raise EditError(message("The softmax compares outputs with each other: add a second output first."))
    if wanted is None:
        return experiment
    return with_nodes(experiment, [replace(network.nodes[id_], activation=wanted) for id_ in network.outputs])


def _started(experiment: Experiment) -> Change:
    fresh = initial_parameters(experiment.network, experiment.learning, experiment.seed)
    return replace(_all_values(experiment, fresh), restarts=True)


def _all_values(experiment: Experiment, parameters: Parameters) -> Change:
    network = experiment.network
    return Change(
        experiment,
        weights=dict(zip(network.parameter_ids, parameters.weights.tolist(), strict=True)),
        biases=dict(zip(network.node_ids, parameters.biases.tolist(), strict=True)),
    )


def _require_fitting(network: Network, parameters: Parameters) -> None:
    if len(parameters.weights) != len(network.parameter_ids) or len(parameters.biases) != len(network.nodes):
        raise EditError(message("The network has changed since, so that this cannot be kept."))
