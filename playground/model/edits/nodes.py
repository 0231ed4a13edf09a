"""Edits of nodes: add, delete, move, rename, choose an activation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from playground.model.edit import Change, Edit
from playground.model.edits.rebuild import as_dict, changed_network, with_nodes, without_empty_groups
from playground.model.edits.rules import (
    fresh_ids,
    node_name,
    require_edges,
    require_finite,
    require_label,
    require_nodes,
    require_room,
    require_some,
)
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.initial import INITIAL_BIAS
from playground.model.keys import ACTIVATIONS, OUTPUT_ACTIVATION, ROLES, Activation, Role
from playground.model.limits import MAX_ID
from playground.model.message import Message, message
from playground.model.network import EdgeKey, Node
from playground.model.parameters import Parameters

ADD_NAMES: dict[Role, Message] = {
    "input": message("Add an input"),
    "hidden": message("Add a node"),
    "output": message("Add an output"),
}


def default_activation(experiment: Experiment, role: Role) -> Activation:
    """The activation of a new node: tanh for hidden units, and what the loss asks of outputs."""
    if role == "hidden":
        return "tanh"
    return (OUTPUT_ACTIVATION[experiment.learning.loss] or "linear") if role == "output" else "linear"


def add_node(role: Role, x: float, y: float, label: str = "", node_id: int | None = None) -> Edit:
    """Add a node at (x, y) in scene units, with the given id or else the next free one."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_finite(x, y)
        require_label(label)
        require_room(len(network.nodes) + 1, len(network.edges))
        if role not in ROLES or (node_id is not None and not 1 <= node_id <= MAX_ID):
            raise EditError(message("A node like this cannot be added."))
        if node_id in network.nodes:
            raise EditError(message("There is a node {id} already.", id=str(node_id)))
        new_id = fresh_ids(network.nodes, 1)[0] if node_id is None else node_id
        node = Node(new_id, role, default_activation(experiment, role), label, float(x), float(y))
        bias = 0.0 if role == "input" else INITIAL_BIAS[experiment.learning.initialization]
        changed = changed_network(network, nodes=as_dict(network.nodes) | {new_id: node})
        return Change(replace(experiment, network=changed), biases={new_id: bias})

    return Edit(ADD_NAMES.get(role, ADD_NAMES["hidden"]), make)


def delete(nodes: Collection[int], edges: Collection[EdgeKey] = ()) -> Edit:
    """Delete nodes with all their edges, and more edges; groups that become empty go too."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_some([*nodes, *edges])
        require_nodes(network, nodes)
        require_edges(network, edges)
        gone = set(edges)
        for node in nodes:
            gone.update((source, node) for source in network.incoming[node])
            gone.update((node, target) for target in network.outgoing[node])
        kept_nodes, kept_edges = as_dict(network.nodes), as_dict(network.edges)
        for node in set(nodes):
            del kept_nodes[node]
        for edge in gone:
            del kept_edges[edge]
        groups = without_empty_groups(kept_nodes, network.groups) if nodes else None
        changed = changed_network(
            network, nodes=kept_nodes if nodes else None, edges=kept_edges, groups=groups
        )
        return Change(replace(experiment, network=changed))

    return Edit(_delete_name(len(set(nodes)), len(set(edges))), make)


def move(positions: Mapping[int, tuple[float, float]], gesture: str | None = None) -> Edit:
    """Move nodes to new places; moves of one gesture become one undo step."""
    name = (
        message("Move a node") if len(positions) == 1 else message("Move {count} nodes", count=len(positions))
    )
    return Edit(name, _placing(positions), None if gesture is None else f"move {gesture}")


def arrange(positions: Mapping[int, tuple[float, float]]) -> Edit:
    """Move nodes to where "Tidy up" wants them."""
    return Edit(message("Tidy up"), _placing(positions))


def rename(node: int, label: str) -> Edit:
    """Give a node a name; an empty one takes it away."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        require_nodes(experiment.network, (node,))
        require_label(label)
        renamed = replace(experiment.network.nodes[node], label=label)
        return Change(with_nodes(experiment, (renamed,)))

    return Edit(message("Rename to {name}", name=label) if label else message("Remove a name"), make)


def set_activation(nodes: Collection[int], key: Activation) -> Edit:
    """Give nodes an activation; outputs can only have one that fits the loss."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_some(nodes)
        require_nodes(network, nodes)
        if key not in ACTIVATIONS:
            raise EditError(message("There is no activation {key}.", key=str(key)))
        wanted = OUTPUT_ACTIVATION[experiment.learning.loss]
        for id_ in nodes:
            node = network.nodes[id_]
            if node.role == "input":
                raise EditError(
                    message(
                        "{node} cannot be given an activation: an input passes its value on as it is.",
                        node=node_name(network, id_),
                    )
                )
            if node.role == "output" and wanted is not None and key != wanted:
                raise EditError(
                    message(
                        "{node} must be {wanted}, as the loss {loss} asks for. Choose another loss first.",
                        loss=experiment.learning.loss,
                        wanted=wanted,
                        node=node_name(network, id_),
                    )
                )
        return Change(with_nodes(experiment, [replace(network.nodes[id_], activation=key) for id_ in nodes]))

    return Edit(message("Set the activation to {key}", key=key), make)


def _placing(positions: Mapping[int, tuple[float, float]]) -> Callable[[Experiment, Parameters], Change]:
    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_some(positions)
        require_nodes(network, positions)
        require_finite(*(value for place in positions.values() for value in place))
        moved = [network.nodes[id_].at(float(x), float(y)) for id_, (x, y) in positions.items()]
        return Change(with_nodes(experiment, moved))

    return make


def _delete_name(nodes: int, edges: int) -> Message:
    if nodes and edges:
        return message("Delete nodes and edges")
    if nodes:
        return message("Delete a node") if nodes == 1 else message("Delete {count} nodes", count=nodes)
    return message("Delete an edge") if edges == 1 else message("Delete {count} edges", count=edges)
