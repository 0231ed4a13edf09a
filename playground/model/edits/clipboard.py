"""Copy, paste and duplicate: a part of a network with its values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from playground.model.edit import Change, Edit
from playground.model.edits.rebuild import as_dict, changed_network, without_empty_groups
from playground.model.edits.rules import fresh_ids, require_finite, require_nodes, require_room, require_some
from playground.model.experiment import Experiment
from playground.model.keys import OUTPUT_ACTIVATION, Activation
from playground.model.message import message
from playground.model.network import Group, Network, Node
from playground.model.parameters import Parameters


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """A part of a network: some nodes, the edges between them, their groups and values."""

    network: Network
    parameters: Parameters


def fragment(network: Network, parameters: Parameters, nodes: Collection[int]) -> Fragment:
    """Return a copy of these nodes and the edges between them. Raises EditError."""
    require_some(nodes)
    require_nodes(network, nodes)
    chosen = set(nodes)
    kept = {id_: node for id_, node in network.nodes.items() if id_ in chosen}
    edges = [edge for edge in network.edges.values() if edge.source in chosen and edge.target in chosen]
    groups = without_empty_groups(kept, network.groups)
    part = Network.build(kept.values(), edges, groups.values())
    return Fragment(part, parameters.carried(network, part))


def paste(part: Fragment, dx: float = 0.0, dy: float = 0.0) -> Edit:
    """Add a copy of a fragment, moved by (dx, dy) scene units.

    Values are kept and weights shared within the copy stay so, but nothing is shared with the original.
    A pasted output claims no column, since the original claims it already.
    """

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        require_some(part.network.nodes)
        require_finite(dx, dy)
        return _pasted(experiment, part, dx, dy)

    return Edit(message("Paste"), make)


def duplicate(nodes: Collection[int], dx: float = 0.0, dy: float = 0.0) -> Edit:
    """Add a copy of some nodes and the edges between them, moved by (dx, dy) scene units."""

    def make(experiment: Experiment, parameters: Parameters) -> Change:
        require_finite(dx, dy)
        return _pasted(experiment, fragment(experiment.network, parameters, nodes), dx, dy)

    return Edit(message("Duplicate"), make)


def _pasted(experiment: Experiment, part: Fragment, dx: float, dy: float) -> Change:
    network, copied = experiment.network, part.network
    require_room(len(network.nodes) + len(copied.nodes), len(network.edges) + len(copied.edges))
    nodes = dict(zip(copied.nodes, fresh_ids(network.nodes, len(copied.nodes)), strict=True))
    groups = dict(zip(copied.groups, fresh_ids(network.groups, len(copied.groups)), strict=True))
    fresh = fresh_ids(network.parameter_ids, len(copied.parameter_ids))
    shared = dict(zip(copied.parameter_ids, fresh, strict=True))
    wanted = OUTPUT_ACTIVATION[experiment.learning.loss]

    new_nodes = {
        nodes[node.id]: _copy(node, nodes[node.id], groups, wanted, dx, dy) for node in copied.nodes.values()
    }
    new_edges = {
        (nodes[edge.source], nodes[edge.target]): replace(
            edge, source=nodes[edge.source], target=nodes[edge.target], parameter=shared[edge.parameter]
        )
        for edge in copied.edges.values()
    }
    new_groups: dict[int, Group] = {
        groups[group.id]: replace(group, id=groups[group.id]) for group in copied.groups.values()
    }
    changed = changed_network(
        network,
        nodes=as_dict(network.nodes) | new_nodes,
        edges=as_dict(network.edges) | new_edges,
        groups=as_dict(network.groups) | new_groups,
    )
    return Change(
        replace(experiment, network=changed),
        weights=dict(zip(fresh, part.parameters.weights.tolist(), strict=True)),
        biases=dict(zip(nodes.values(), part.parameters.biases.tolist(), strict=True)),
    )


def _copy(
    node: Node, id_: int, groups: dict[int, int], wanted: Activation | None, dx: float, dy: float
) -> Node:
    activation = wanted if node.role == "output" and wanted is not None else node.activation
    group = None if node.group is None else groups[node.group]
    return replace(
        node, id=id_, activation=activation, x=node.x + dx, y=node.y + dy, group=group, target=None
    )
