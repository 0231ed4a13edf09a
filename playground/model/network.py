"""The drawn network: nodes, edges and groups, without any values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType

from playground.model.keys import Activation, GroupKind, Role
from playground.model.message import Message
from playground.model.reach import reached
from playground.model.topology import Topology

EdgeKey = tuple[int, int]
"""An edge's name: the ids of its source and target node; at most one edge joins an ordered pair."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node: an input, a hidden unit or an output. Its bias lives in `Parameters`."""

    id: int
    role: Role
    activation: Activation = "linear"
    label: str = ""
    x: float = 0.0
    y: float = 0.0
    group: int | None = None
    feature: str | None = None
    target: str | None = None

    def at(self, x: float, y: float) -> Node:
        """The node at another place; several times as fast as `replace`, since 10,000 may move at once."""
        return Node(
            self.id, self.role, self.activation, self.label, x, y, self.group, self.feature, self.target
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed edge and the id of its parameter; edges with the same parameter share one weight."""

    source: int
    target: int
    parameter: int
    trainable: bool = True

    @property
    def key(self) -> EdgeKey:
        """The pair (source, target) that names the edge."""
        return (self.source, self.target)


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that belong together: a layer, or a grid with a shape (rows, columns)."""

    id: int
    name: str
    kind: GroupKind = "layer"
    shape: tuple[int, int] | None = None


class CycleError(ValueError):
    """Raised while ordering a graph that runs in a circle; `nodes` are the ids that remain."""

    def __init__(self, nodes: tuple[int, ...]) -> None:
        super().__init__(f"the nodes {nodes} lie on or behind a cycle")
        self.nodes = nodes


@dataclass(frozen=True)
class Network:
    """Any acyclic graph of nodes and edges; order, layers and index tables are derived from it.

    nodes : id -> Node, in the order of the file
    edges : (source, target) -> Edge, in the order of the file
    groups : id -> Group
    """

    nodes: Mapping[int, Node]
    edges: Mapping[EdgeKey, Edge]
    groups: Mapping[int, Group]

    @classmethod
    def build(
        cls, nodes: Iterable[Node] = (), edges: Iterable[Edge] = (), groups: Iterable[Group] = ()
    ) -> Network:
        """Return the network of these nodes, edges and groups."""
        return cls(
            MappingProxyType({node.id: node for node in nodes}),
            MappingProxyType({edge.key: edge for edge in edges}),
            MappingProxyType({group.id: group for group in groups}),
        )

    @cached_property
    def node_ids(self) -> tuple[int, ...]:
        """Ids of all nodes; the position in this tuple is the node's index in every array."""
        return tuple(self.nodes)

    @cached_property
    def node_index(self) -> Mapping[int, int]:
        """Node id -> index."""
        return {node: index for index, node in enumerate(self.nodes)}

    @cached_property
    def edge_keys(self) -> tuple[EdgeKey, ...]:
        """Keys of all edges; the position in this tuple is the edge's index in every array."""
        return tuple(self.edges)

    @cached_property
    def edge_index(self) -> Mapping[EdgeKey, int]:
        """Edge key -> index."""
        return {key: index for index, key in enumerate(self.edges)}

    @cached_property
    def parameter_ids(self) -> tuple[int, ...]:
        """Ids of all parameters in the order of their first edge; the position is the index."""
        return tuple(dict.fromkeys(map(attrgetter("parameter"), self.edges.values())))

    @cached_property
    def parameter_index(self) -> Mapping[int, int]:
        """Parameter id -> index."""
        return {parameter: index for index, parameter in enumerate(self.parameter_ids)}

    @cached_property
    def inputs(self) -> tuple[int, ...]:
        """Ids of the input nodes, in order."""
        return tuple(node.id for node in self.nodes.values() if node.role == "input")

    @cached_property
    def outputs(self) -> tuple[int, ...]:
        """Ids of the output nodes, in order."""
        return tuple(node.id for node in self.nodes.values() if node.role == "output")

    @cached_property
    def incoming(self) -> Mapping[int, tuple[int, ...]]:
        """Node id -> ids of the nodes with an edge into it, in the order of the edges."""
        return self._neighbours(into=True)

    @cached_property
    def outgoing(self) -> Mapping[int, tuple[int, ...]]:
        """Node id -> ids of the nodes that it has an edge to, in the order of the edges."""
        return self._neighbours(into=False)

    @cached_property
    def topology(self) -> Topology:
        """Edges as index arrays."""
        return Topology.of(self)

    @cached_property
    def depth(self) -> Mapping[int, int]:
        """Node id -> number of edges on the longest way to it. Raises CycleError.

        Inputs and nodes with no way in have depth 0.
        """
        depth = dict(zip(self.nodes, self.topology.depths(len(self.nodes)).tolist(), strict=True))
        if -1 in depth.values():
            raise CycleError(tuple(node for node, known in depth.items() if known < 0))
        return depth

    @cached_property
    def layers(self) -> tuple[tuple[int, ...], ...]:
        """Node ids by depth, from the inputs on; the order in which a pass computes them."""
        layers: list[list[int]] = [[] for _ in range(max(self.depth.values(), default=-1) + 1)]
        for node, depth in self.depth.items():
            layers[depth].append(node)
        return tuple(tuple(layer) for layer in layers)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """All node ids in an order in which every edge runs forward."""
        return tuple(node for layer in self.layers for node in layer)

    def members(self, group: int) -> tuple[int, ...]:
        """Ids of the nodes in a group, in order."""
        return tuple(node.id for node in self.nodes.values() if node.group == group)

    def reaches(self, start: int, goal: int) -> bool:
        """Say whether some path of edges leads from `start` to `goal` (a node reaches itself)."""
        return goal in reached((start,), self.outgoing)

    @cached_property
    def names(self) -> Mapping[int, Message]:
        """Node id -> what people call it: its label, or its role and number where it has none."""
        from playground.model.caption import captions

        return captions(self)

    def _neighbours(self, *, into: bool) -> Mapping[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {node: [] for node in self.nodes}
        for source, target in self.edges:
            if into:
                found[target].append(source)
            else:
                found[source].append(target)
        return {node: tuple(neighbours) for node, neighbours in found.items()}
