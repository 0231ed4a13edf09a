"""What nodes are called: their label, or their role and number where they have none."""

from __future__ import annotations

from collections.abc import Mapping

from playground.model.message import Message, message
from playground.model.network import CycleError, Network


def caption(network: Network, node: int) -> Message:
    """The name of one node for people: its label, or "hidden 2" where it has none. Raises KeyError."""
    return network.names[node]


def captions(network: Network) -> Mapping[int, Message]:
    """The names of all nodes: labels as they are, others numbered within their layer in the file's order.

    With several hidden layers the number tells both: "hidden 2.1" is the first node of the second.
    """
    names = {node.id: message("{label}", label=node.label) for node in network.nodes.values() if node.label}
    for number, node in enumerate(network.inputs, 1):
        names.setdefault(node, message("input {number}", number=str(number)))
    for number, node in enumerate(network.outputs, 1):
        names.setdefault(node, message("output {number}", number=str(number)))
    layers = _hidden_layers(network)
    for layer, nodes in enumerate(layers, 1):
        for number, node in enumerate(nodes, 1):
            if len(layers) == 1:
                names.setdefault(node, message("hidden {number}", number=str(number)))
            else:
                name = message("hidden {layer}.{number}", layer=str(layer), number=str(number))
                names.setdefault(node, name)
    return names


def _hidden_layers(network: Network) -> list[tuple[int, ...]]:
    try:
        layers = network.layers
    except CycleError:
        layers = (network.node_ids,)
    hidden = (tuple(node for node in layer if network.nodes[node].role == "hidden") for layer in layers)
    return [layer for layer in hidden if layer]
