"""Edits of groups: nodes that belong together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from playground.model.edit import Change, Edit
from playground.model.edits.rebuild import as_dict, changed_network, without_empty_groups
from playground.model.edits.rules import fresh_ids, require_label, require_nodes, require_some
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.keys import GroupKind
from playground.model.message import message
from playground.model.network import Group
from playground.model.parameters import Parameters


def group(
    nodes: Collection[int], name: str, kind: GroupKind = "layer", shape: tuple[int, int] | None = None
) -> Edit:
    """Put nodes into a new group; they leave the groups that they were in."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_some(nodes)
        require_nodes(network, nodes)
        require_label(name)
        if kind not in {"layer", "grid"} or (kind == "layer") != (shape is None):
            raise EditError(message("A grid has rows and columns, and a layer has none."))
        if shape is not None and (min(shape) < 1 or shape[0] * shape[1] != len(set(nodes))):
            raise EditError(
                message(
                    "A grid of {rows} × {columns} does not fit {count} nodes.",
                    rows=shape[0],
                    columns=shape[1],
                    count=len(set(nodes)),
                )
            )
        new = Group(fresh_ids(network.groups, 1)[0], name, kind, shape)
        members = set(nodes)
        changed = {
            id_: replace(node, group=new.id) if id_ in members else node
            for id_, node in network.nodes.items()
        }
        groups = without_empty_groups(changed, as_dict(network.groups) | {new.id: new})
        return Change(replace(experiment, network=changed_network(network, nodes=changed, groups=groups)))

    return Edit(message("Group {count} nodes", count=len(set(nodes))), make)


def ungroup(group_id: int) -> Edit:
    """Take a group apart; its nodes stay."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        if group_id not in network.groups:
            raise EditError(message("There is no group {id} any more.", id=str(group_id)))
        changed = {
            id_: replace(node, group=None) if node.group == group_id else node
            for id_, node in network.nodes.items()
        }
        groups = {id_: found for id_, found in network.groups.items() if id_ != group_id}
        return Change(replace(experiment, network=changed_network(network, nodes=changed, groups=groups)))

    return Edit(message("Take a group apart"), make)
