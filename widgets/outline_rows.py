"""The rows of the outline: layers, their nodes, and each node's bias and incoming edges. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playground.model.message import Message, message
from playground.model.network import EdgeKey, Network


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A layer by its name ("inputs", "hidden 1", "outputs")."""

    key: str


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node, in its layer."""

    node: int


@dataclass(frozen=True, slots=True)
class BiasRow:
    """The bias of a node, the first row below it."""

    node: int


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge, below its target."""

    edge: EdgeKey


Row = LayerRow | NodeRow | BiasRow | EdgeRow


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Which rows there are; what lies below a node is counted only when it is asked for.

    layers : key, title and node ids of each layer
    places : node id -> (layer, row within the layer)
    names : node id -> what the node is called
    """

    network: Network
    layers: tuple[tuple[str, Message, tuple[int, ...]], ...]
    places: Mapping[int, tuple[int, int]]
    names: Mapping[int, Message]

    @classmethod
    def of(cls, network: Network) -> Rows:
        """The rows of a network."""
        layers: list[tuple[str, Message, tuple[int, ...]]] = []
        if network.inputs:
            layers.append(("inputs", message("Inputs"), network.inputs))
        for nodes in network.layers:
            hidden = tuple(node for node in nodes if network.nodes[node].role == "hidden")
            if hidden:
                number = sum(key.startswith("hidden") for key, _, _ in layers) + 1
                layers.append((f"hidden {number}", _title(network, hidden, number), hidden))
        if network.outputs:
            layers.append(("outputs", message("Outputs"), network.outputs))
        places = {
            node: (layer, row) for layer, (_, _, nodes) in enumerate(layers) for row, node in enumerate(nodes)
        }
        return cls(network, tuple(layers), places, network.names)

    def has_bias(self, node: int) -> bool:
        """Whether a node has a bias: all but inputs do."""
        return self.network.nodes[node].role != "input"

    def count_below(self, node: int) -> int:
        """How many rows lie below a node."""
        return len(self.network.incoming[node]) + self.has_bias(node)

    def below(self, node: int, row: int) -> Row:
        """The row at a place below a node."""
        if self.has_bias(node):
            if row == 0:
                return BiasRow(node)
            row -= 1
        return EdgeRow((self.network.incoming[node][row], node))

    def place_below(self, row: BiasRow | EdgeRow) -> int | None:
        """Where a row stands below its node; None where it is not there."""
        if isinstance(row, BiasRow):
            return 0 if self.has_bias(row.node) else None
        source, target = row.edge
        if row.edge not in self.network.edges:
            return None
        return self.network.incoming[target].index(source) + self.has_bias(target)


def _title(network: Network, nodes: tuple[int, ...], number: int) -> Message:
    """A hidden layer's name: that of the group to which all of its nodes belong, else its number."""
    groups = {network.nodes[node].group for node in nodes}
    group = network.groups.get(next(iter(groups)) or 0) if len(groups) == 1 else None
    if group is not None and group.name:
        return message("{name}", name=group.name)
    return message("Hidden layer {number}", number=number)
