"""Edits that mend what the checks find; each is one step that can be undone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from playground.model import edits
from playground.model.dataset import BoundData
from playground.model.edit import Change, Edit
from playground.model.errors import EditError
from playground.model.experiment import Experiment, TableData
from playground.model.formula import quoted
from playground.model.message import message
from playground.model.parameters import Parameters

SLOWER = 10.0
"""By how much the learning rate is lowered."""


def slow_down(experiment: Experiment, at_most: float = math.inf) -> Edit:
    """Divide the learning rate by ten, or lower it to `at_most`, and start over."""
    rate = min(experiment.learning.learning_rate / SLOWER, at_most)
    return in_turn(
        Edit(message("Lower the learning rate and start over"), edits.set_learning(learning_rate=rate).make),
        edits.start_over(),
    )


def scale_table() -> Edit:
    """Scale the columns of the table to a common size and start over."""

    def make(experiment: Experiment, parameters: Parameters) -> Change:
        if not isinstance(experiment.data, TableData):
            raise EditError(message("There is no table any more whose columns could be scaled."))
        return edits.set_data(replace(experiment.data, scaling="standard")).make(experiment, parameters)

    return in_turn(Edit(message("Scale the columns and start over"), make), edits.start_over())


def scale_features(
    bound: BoundData, scalings: Mapping[int, tuple[float, float]], experiment: Experiment
) -> Edit:
    """Let inputs read formulas that bring their values to a common size, and start over.

    scalings : input node -> (offset, scale): the node then reads (feature - offset) / scale
    """
    names = {column.name for column in bound.dataset.table.columns}
    steps = []
    for node, (offset, scale) in scalings.items():
        feature = experiment.network.nodes[node].feature or "0"
        inner = quoted(feature) if feature in names else f"({feature})"
        steps.append(edits.set_feature(node, f"({inner} - {offset!r}) / {scale!r}"))
    first = Edit(message("Scale the inputs and start over"), steps[0].make)
    return in_turn(first, *steps[1:], edits.start_over())


def set_values(weights: Mapping[int, float], biases: Mapping[int, float]) -> Edit:
    """Set weights, by parameter id, and biases, by node id, that were drawn again."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        if not (
            weights.keys() <= network.parameter_index.keys() and biases.keys() <= network.node_index.keys()
        ):
            raise EditError(message("The network has changed since, so that this cannot be kept."))
        return Change(experiment, weights=dict(weights), biases=dict(biases))

    return Edit(message("Draw the weights of {count} nodes again", count=len(biases)), make)


def in_turn(*steps: Edit) -> Edit:
    """Return one edit that makes several, each on what the one before gives; it has the name of the first."""

    def make(experiment: Experiment, parameters: Parameters) -> Change:
        done = Change(experiment)
        for step in steps:
            network = done.experiment.network
            values = parameters.carried(experiment.network, network).changed(
                network, done.weights, done.biases
            )
            change = step.make(done.experiment, values)
            done = Change(
                change.experiment,
                weights={**done.weights, **change.weights},
                biases={**done.biases, **change.biases},
                restarts=done.restarts or change.restarts,
            )
        return done

    return Edit(steps[0].name, make)
