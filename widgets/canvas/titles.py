"""What a screen reader says of nodes and edges."""

from __future__ import annotations

from playground.model.caption import caption
from playground.model.message import Message, message
from playground.model.network import EdgeKey
from playground.model.stage import Stage
from widgets.names import ACTIVATION_NAMES, name_of


def describe_node(stage: Stage, node: int) -> Message:
    """A node in one sentence or two, for a screen reader."""
    network = stage.network
    found, name = network.nodes[node], caption(network, node)
    outgoing = len(network.outgoing[node])
    if found.role == "input":
        return message("{name}, an input. Edges out: {outgoing}.", name=name, outgoing=outgoing)
    return message(
        "{name}, {activation}, bias {bias}. Edges in: {incoming}, out: {outgoing}.",
        name=name,
        activation=name_of(ACTIVATION_NAMES, found.activation, stage.level),
        bias=stage.parameters.bias(network, node),
        incoming=len(network.incoming[node]),
        outgoing=outgoing,
    )


def describe_edge(stage: Stage, edge: EdgeKey) -> Message:
    """An edge in one sentence, for a screen reader."""
    names = stage.network.names
    return message(
        "Edge from {source} to {target}, weight {weight}.",
        source=names[edge[0]],
        target=names[edge[1]],
        weight=stage.parameters.weight(stage.network, edge),
    )
