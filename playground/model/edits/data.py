"""Edits of what is learned from: an input's feature, an output's target, the data, a whole example."""

from __future__ import annotations

from dataclasses import replace

from playground.model.edit import Change, Edit
from playground.model.edits.rebuild import with_nodes
from playground.model.edits.rules import node_name, require_finite, require_nodes
from playground.model.errors import EditError
from playground.model.experiment import BuiltInData, DataSpec, Experiment
from playground.model.limits import MAX_CELLS
from playground.model.message import Message, message
from playground.model.parameters import Parameters


def set_feature(node: int, feature: str | None) -> Edit:
    """Let an input read a column or a formula of columns; None lets it read nothing."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        require_nodes(experiment.network, (node,))
        found = experiment.network.nodes[node]
        if found.role != "input":
            raise EditError(
                message("Only an input reads data; {node} is none.", node=node_name(experiment.network, node))
            )
        return Change(with_nodes(experiment, (replace(found, feature=feature or None),)))

    return Edit(message("Read {feature}", feature=feature) if feature else message("Read nothing"), make)


def set_target(node: int, target: str | None) -> Edit:
    """Let an output learn a column, or `column=class`; None takes the next that nobody has claimed."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        require_nodes(experiment.network, (node,))
        found = experiment.network.nodes[node]
        if found.role != "output":
            raise EditError(
                message(
                    "Only an output has a right answer; {node} is none.",
                    node=node_name(experiment.network, node),
                )
            )
        return Change(with_nodes(experiment, (replace(found, target=target or None),)))

    return Edit(
        message("Predict {target}", target=target) if target else message("Predict what is left"), make
    )


def set_data(spec: DataSpec | None) -> Edit:
    """Choose the data; the network and its values stay."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        if spec is not None:
            require_data(spec)
        return Change(replace(experiment, data=spec))

    return Edit(message("Choose the data") if spec else message("Take the data away"), make)


def replace_all(experiment: Experiment, parameters: Parameters, name: Message) -> Edit:
    """Open another experiment with its values as one step that can be undone."""

    def make(_experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        return Change(
            experiment,
            weights=dict(zip(network.parameter_ids, parameters.weights.tolist(), strict=True)),
            biases=dict(zip(network.node_ids, parameters.biases.tolist(), strict=True)),
            restarts=True,
        )

    return Edit(name, make)


def require_data(spec: DataSpec) -> None:
    """Raise EditError where a data spec is one that the file cannot hold."""
    require_finite(spec.test_share)
    if not 0.0 <= spec.test_share <= 1.0:
        raise EditError(message("The share of rows for testing must lie between 0 and 1."))
    if spec.seed < 0:
        raise EditError(message("A seed cannot be negative."))
    if isinstance(spec, BuiltInData):
        require_finite(spec.noise)
        if spec.count < 1 or spec.noise < 0:
            raise EditError(message("Data needs at least one row, and noise that is not negative."))
    elif spec.table.cells.size > MAX_CELLS:
        raise EditError(message("A table may have at most {limit} cells.", limit=MAX_CELLS))
