"""Edits of values: a weight, a bias."""

from __future__ import annotations

from playground.model.edit import Change, Edit
from playground.model.edits.rules import node_name, require_edges, require_finite, require_nodes
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.message import message
from playground.model.network import EdgeKey
from playground.model.parameters import Parameters


def set_weight(edge: EdgeKey, value: float, gesture: str | None = None) -> Edit:
    """Set a weight, for all edges that share it; changes of one gesture become one undo step."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_edges(network, (edge,))
        require_finite(value)
        name = message(
            "Set the weight from {source} to {target}",
            source=node_name(network, edge[0]),
            target=node_name(network, edge[1]),
        )
        return Change(experiment, weights={network.edges[edge].parameter: float(value)}, name=name)

    merge = None if gesture is None else f"weight {edge} {gesture}"
    return Edit(message("Set a weight"), make, merge)


def set_bias(node: int, value: float, gesture: str | None = None) -> Edit:
    """Set a bias; changes of one gesture become one undo step."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_nodes(network, (node,))
        require_finite(value)
        title = node_name(network, node)
        if network.nodes[node].role == "input":
            raise EditError(message("{node} has no bias, because it is an input.", node=title))
        return Change(
            experiment, biases={node: float(value)}, name=message("Set the bias of {node}", node=title)
        )

    merge = None if gesture is None else f"bias {node} {gesture}"
    return Edit(message("Set a bias"), make, merge)
