"""The network of a file: from entries to values and back."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np

from playground.model.file_entries import EdgeEntry, GroupEntry, NetworkEntry, NodeEntry
from playground.model.file_places import EXPECTED, at, expected
from playground.model.keys import OUTPUT_ACTIVATION, Activation, Loss
from playground.model.message import message
from playground.model.network import CycleError, Edge, EdgeKey, Group, Network, Node
from playground.model.parameters import Parameters


def read_network(entry: NetworkEntry[EdgeEntry], loss: Loss) -> tuple[Network, Parameters]:
    """Return the network and its values. Raises FileError."""
    groups = _groups(entry.groups)
    nodes, biases = _nodes(entry.nodes, groups, loss)
    edges, weights = _edges(entry.edges, nodes)
    network = Network(MappingProxyType(nodes), MappingProxyType(edges), MappingProxyType(groups))
    try:
        _ = network.depth
    except CycleError as error:
        names = ", ".join(str(node) for node in _circle(network, error.nodes))
        raise at("network.edges", message("the nodes {names} form a circle", names=names)) from None
    return network, Parameters(np.array(weights, np.float64), np.array(biases, np.float64))


def write_network(network: Network, parameters: Parameters) -> NetworkEntry[EdgeEntry]:
    """Return the entries of a network with its values."""
    biases, weights = parameters.biases.tolist(), parameters.edge_weights(network).tolist()
    nodes = [_node_entry(node, bias) for node, bias in zip(network.nodes.values(), biases, strict=True)]
    shared = _shared_numbers(network)
    edges = [
        EdgeEntry(edge.source, edge.target, weight, shared.get(edge.parameter), edge.trainable)
        for edge, weight in zip(network.edges.values(), weights, strict=True)
    ]
    groups = [GroupEntry(group.id, group.name, group.kind, group.shape) for group in network.groups.values()]
    return NetworkEntry(nodes, edges, groups)


def _groups(entries: list[GroupEntry]) -> dict[int, Group]:
    groups: dict[int, Group] = {}
    for index, entry in enumerate(entries):
        place = f"network.groups[{index}]"
        if entry.id in groups:
            raise at(f"{place}.id", message("the id {id} is used twice", id=str(entry.id)))
        if (entry.kind == "grid") != (entry.shape is not None):
            raise at(f"{place}.shape", message("a grid has rows and columns, and a layer has none"))
        groups[entry.id] = Group(entry.id, entry.name, entry.kind, entry.shape)
    return groups


def _nodes(
    entries: list[NodeEntry], groups: dict[int, Group], loss: Loss
) -> tuple[dict[int, Node], list[float]]:
    nodes: dict[int, Node] = {}
    biases: list[float] = []
    wanted = OUTPUT_ACTIVATION[loss]
    for index, entry in enumerate(entries):
        place = f"network.nodes[{index}]"
        if entry.id in nodes:
            raise at(f"{place}.id", message("the id {id} is used twice", id=str(entry.id)))
        if entry.group is not None and entry.group not in groups:
            raise at(f"{place}.group", message("there is no group {id}", id=str(entry.group)))
        for name, value in (("x", entry.x), ("y", entry.y), ("bias", entry.bias or 0.0)):
            if not math.isfinite(value):
                raise expected(f"{place}.{name}", EXPECTED["float"])
        _check_role(place, entry, wanted)
        nodes[entry.id] = Node(
            entry.id,
            entry.role,
            entry.activation or _default_activation(entry, wanted),
            entry.label,
            entry.x,
            entry.y,
            entry.group,
            entry.feature,
            entry.target,
        )
        biases.append(0.0 if entry.bias is None else entry.bias)
    return nodes, biases


def _check_role(place: str, entry: NodeEntry, wanted: Activation | None) -> None:
    if entry.feature is not None and entry.role != "input":
        raise at(f"{place}.feature", message("only an input reads a feature"))
    if entry.target is not None and entry.role != "output":
        raise at(f"{place}.target", message("only an output has a target"))
    if entry.role == "input" and entry.activation not in {None, "linear"}:
        raise at(f"{place}.activation", message("an input passes its value on as it is"))
    if entry.role == "input" and entry.bias:
        raise at(f"{place}.bias", message("an input has no bias"))
    if entry.role == "output" and wanted is not None and entry.activation not in {None, wanted}:
        raise at(f"{place}.activation", message("the loss asks for {wanted} outputs", wanted=wanted))


def _default_activation(entry: NodeEntry, wanted: Activation | None) -> Activation:
    if entry.role == "hidden":
        return "tanh"
    return wanted or "linear" if entry.role == "output" else "linear"


def _edges(entries: list[EdgeEntry], nodes: dict[int, Node]) -> tuple[dict[EdgeKey, Edge], list[float]]:
    edges: dict[EdgeKey, Edge] = {}
    weights: list[float] = []
    parameters: dict[int, int] = {}
    for index, entry in enumerate(entries):
        source, target, weight, shared = entry.source, entry.target, entry.weight, entry.shared
        key = (source, target)
        _check_edge(index, entry, nodes)
        if key in edges:
            raise at(
                f"network.edges[{index}]",
                message(
                    "an edge from {source} to {target} is there already",
                    source=str(source),
                    target=str(target),
                ),
            )
        if shared is None or shared not in parameters:
            weights.append(weight)
            parameter = len(weights)
            if shared is not None:
                parameters[shared] = parameter
        else:
            parameter = parameters[shared]
            if weights[parameter - 1] != weight:
                raise at(
                    f"network.edges[{index}].weight", message("edges that share a weight must agree on it")
                )
        edges[key] = Edge(source, target, parameter, entry.trainable)
    return edges, weights


def _check_edge(index: int, entry: EdgeEntry, nodes: dict[int, Node]) -> None:
    source, target = nodes.get(entry.source), nodes.get(entry.target)
    place = f"network.edges[{index}]"
    if source is None:
        raise at(f"{place}.source", message("there is no node {id}", id=str(entry.source)))
    if target is None:
        raise at(f"{place}.target", message("there is no node {id}", id=str(entry.target)))
    if not math.isfinite(entry.weight):
        raise expected(f"{place}.weight", EXPECTED["float"])
    if source is target:
        raise at(place, message("a node cannot be connected to itself"))
    if target.role == "input":
        raise at(f"{place}.target", message("nothing can flow into an input"))
    if source.role == "output":
        raise at(f"{place}.source", message("nothing can flow out of an output"))


def _circle(network: Network, remaining: tuple[int, ...]) -> list[int]:
    """One circle among nodes that lie on or behind one: walking backward must come round."""
    left = set(remaining)
    way, node = [remaining[0]], remaining[0]
    while True:
        node = next(source for source in network.incoming[node] if source in left)
        if node in way:
            return list(reversed(way[way.index(node) :]))
        way.append(node)


def _node_entry(node: Node, bias: float) -> NodeEntry:
    is_input = node.role == "input"
    return NodeEntry(
        node.id,
        node.role,
        None if is_input else node.activation,
        None if is_input else bias,
        node.label,
        node.feature,
        node.target,
        node.group,
        node.x,
        node.y,
    )


def _shared_numbers(network: Network) -> dict[int, int]:
    """Parameter id -> number in the file, for weights of more than one edge; counted from 1."""
    uses: dict[int, int] = {}
    for edge in network.edges.values():
        uses[edge.parameter] = uses.get(edge.parameter, 0) + 1
    several = [parameter for parameter, count in uses.items() if count > 1]
    return {parameter: number for number, parameter in enumerate(several, start=1)}
