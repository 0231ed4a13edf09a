"""Edits that give the network something to read, or take it away, with the input node and its edges."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from playground.model import features
from playground.model.distances import LAYER_DISTANCE, NODE_DISTANCE
from playground.model.edit import Change, Edit
from playground.model.edits.nodes import delete
from playground.model.edits.rebuild import as_dict, changed_network, with_nodes
from playground.model.edits.rules import fresh_ids, require_label, require_room
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.initial import new_weights
from playground.model.layout import NODE_DISTANCE_LEAST, TALL
from playground.model.limits import MAX_LABEL
from playground.model.message import message
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters

SAME_PLACE = 1.0
"""Inputs stand one below another where they are no further to the side than this, in scene units."""


def add_feature(feature: str, label: str = "") -> Edit:
    """Add an input that reads a feature, with an edge to every node of the first layer.

    Inputs that stand one below another make room for it; otherwise it stands below the lowest.
    """
    name = label or feature[:MAX_LABEL]

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_label(name)
        targets = first_layer(network)
        require_room(len(network.nodes) + 1, len(network.edges) + len(targets))
        (new_id,) = fresh_ids(network.nodes, 1)
        x, y = _place_below(network, targets)
        node = Node(new_id, "input", label=name, x=x, y=y, feature=feature)
        ids = fresh_ids(network.parameter_ids, len(targets))
        pairs = [(new_id, target) for target in targets]
        edges = {pair: Edge(*pair, parameter) for pair, parameter in zip(pairs, ids, strict=True)}
        changed = replace(
            experiment,
            network=changed_network(
                network,
                nodes=as_dict(network.nodes) | {new_id: node},
                edges=as_dict(network.edges) | edges,
            ),
        )
        weights = new_weights(changed.network, pairs, experiment.learning, experiment.seed)
        return Change(
            _spread(changed),
            weights=dict(zip(ids, weights.tolist(), strict=True)),
            biases={new_id: 0.0},
        )

    return Edit(message("Read {feature}", feature=name), make)


def remove_feature(feature: str, columns: Collection[str], label: str = "") -> Edit:
    """Take away every input that reads a feature; the others move together again.

    columns : names of the table's columns
    """

    def make(experiment: Experiment, parameters: Parameters) -> Change:
        gone = features.readers(experiment.network, feature, columns)
        if not gone:
            raise EditError(message("No input reads {feature}.", feature=label or feature))
        change = delete(gone).make(experiment, parameters)
        return replace(change, experiment=_spread(change.experiment))

    return Edit(message("Read {feature} no more", feature=label or feature), make)


def first_layer(network: Network) -> tuple[int, ...]:
    """Return the nodes that a new input leads to.

    These are the hidden nodes that follow directly upon an input; where there are none, those that nothing
    leads to; in a network without hidden nodes, the outputs.
    """
    hidden = [node.id for node in network.nodes.values() if node.role == "hidden"]
    if not hidden:
        return network.outputs
    inputs = set(network.inputs)
    first = [
        node for node in hidden if network.depth[node] == 1 and inputs.intersection(network.incoming[node])
    ]
    return tuple(first or [node for node in hidden if not network.incoming[node]])


def _place_below(network: Network, targets: Sequence[int]) -> tuple[float, float]:
    """Where one more input stands: below the lowest, or before the nodes that it leads to."""
    inputs = [network.nodes[node] for node in network.inputs]
    if inputs:
        lowest = max(inputs, key=lambda node: node.y)
        return lowest.x, lowest.y + NODE_DISTANCE
    others = [network.nodes[node] for node in targets] or list(network.nodes.values())
    if not others:
        return 0.0, 0.0
    return min(node.x for node in others) - LAYER_DISTANCE, float(np.mean([node.y for node in others]))


def _spread(experiment: Experiment) -> Experiment:
    """Space the inputs evenly beside the middle of the other nodes; not where they were placed by hand."""
    network = experiment.network
    inputs = sorted((network.nodes[node] for node in network.inputs), key=lambda node: node.y)
    if not inputs or max(abs(node.x - inputs[0].x) for node in inputs) > SAME_PLACE:
        return experiment
    gap = float(np.clip(TALL / len(inputs), NODE_DISTANCE_LEAST, NODE_DISTANCE))
    top = _middle(network) - gap * (len(inputs) - 1) / 2
    return with_nodes(
        experiment, [node.at(node.x, round(top + gap * place, 3)) for place, node in enumerate(inputs)]
    )


def _middle(network: Network) -> float:
    """The height of the middle of all nodes but the inputs, or else of the inputs."""
    heights = [node.y for node in network.nodes.values() if node.role != "input"]
    heights = heights or [node.y for node in network.nodes.values()]
    return (min(heights) + max(heights)) / 2
