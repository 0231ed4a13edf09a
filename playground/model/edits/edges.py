"""Edits of edges: connect, connect groups, share a weight, hold a weight still."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from playground.model.edit import Change, Edit
from playground.model.edits.rebuild import as_dict, changed_network
from playground.model.edits.rules import (
    fresh_ids,
    node_name,
    require_edges,
    require_nodes,
    require_room,
    require_some,
)
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.initial import new_weights
from playground.model.limits import MAX_EDGES
from playground.model.message import Message, message
from playground.model.network import Edge, EdgeKey, Network
from playground.model.parameters import Parameters
from playground.model.reach import reached


def why_not_connect(network: Network, source: int, target: int) -> Message | None:
    """Return the sentence that refuses an edge, or None where it may be drawn."""
    for node in (source, target):
        if node not in network.nodes:
            return message("There is no node {id} any more.", id=str(node))
    if source == target:
        return message("A node cannot be connected to itself.")
    if network.nodes[target].role == "input":
        return message(
            "Nothing can flow into {target}, because it is an input.", target=node_name(network, target)
        )
    if network.nodes[source].role == "output":
        return message(
            "Nothing can flow out of {source}, because it is an output.", source=node_name(network, source)
        )
    if (source, target) in network.edges:
        return message(
            "An edge from {source} to {target} is already there.", **_ends(network, source, target)
        )
    if len(network.edges) >= MAX_EDGES:
        return message("A network may have at most {limit} edges.", limit=MAX_EDGES)
    if network.reaches(target, source):
        return message(
            "An edge from {source} to {target} would close a circle, and numbers would run round for ever.",
            **_ends(network, source, target),
        )
    return None


def connect(source: int, target: int) -> Edit:
    """Draw an edge with an initial weight."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        refusal = why_not_connect(experiment.network, source, target)
        if refusal is not None:
            raise EditError(refusal)
        name = message("Connect {source} to {target}", **_ends(experiment.network, source, target))
        return replace(with_edges(experiment, ((source, target),)), name=name)

    return Edit(message("Connect {source} to {target}", source=str(source), target=str(target)), make)


def connect_groups(sources: Collection[int], targets: Collection[int]) -> Edit:
    """Draw every edge from these sources to these targets that the rules allow."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_some(sources)
        require_some(targets)
        require_nodes(network, [*sources, *targets])
        pairs = _allowed(network, list(dict.fromkeys(sources)), list(dict.fromkeys(targets)))
        if not pairs:
            raise EditError(message("There is no edge left to draw between these nodes."))
        require_room(len(network.nodes), len(network.edges) + len(pairs))
        name = message("Draw an edge") if len(pairs) == 1 else message("Draw {count} edges", count=len(pairs))
        return replace(with_edges(experiment, pairs), name=name)

    return Edit(message("Connect two groups"), make)


def share(edges: Collection[EdgeKey]) -> Edit:
    """Let edges have one weight together: that of the first."""

    def make(experiment: Experiment, parameters: Parameters) -> Change:
        network = experiment.network
        chosen = list(dict.fromkeys(edges))
        require_edges(network, chosen)
        if len(chosen) < 2:
            raise EditError(message("Select two or more edges to let them share one weight."))
        parameter = network.edges[chosen[0]].parameter
        trainable = network.edges[chosen[0]].trainable
        changed = as_dict(network.edges)
        for key in chosen:
            changed[key] = replace(changed[key], parameter=parameter, trainable=trainable)
        weight = parameters.weight(network, chosen[0])
        return Change(_with(experiment, changed), weights={parameter: weight})

    return Edit(message("Share one weight among {count} edges", count=len(set(edges))), make)


def unshare(edges: Collection[EdgeKey]) -> Edit:
    """Give edges weights of their own again, starting from the value that they shared."""

    def make(experiment: Experiment, parameters: Parameters) -> Change:
        network = experiment.network
        chosen = list(dict.fromkeys(edges))
        require_some(chosen)
        require_edges(network, chosen)
        sharing: dict[int, int] = {}
        for edge in network.edges.values():
            sharing[edge.parameter] = sharing.get(edge.parameter, 0) + 1
        fresh = iter(fresh_ids(network.parameter_ids, len(chosen)))
        changed, weights = as_dict(network.edges), dict[int, float]()
        for key in chosen:
            old = network.edges[key].parameter
            if sharing[old] > 1:  # the last one to leave keeps the parameter
                sharing[old] -= 1
                parameter = next(fresh)
                changed[key] = replace(changed[key], parameter=parameter)
                weights[parameter] = parameters.weight(network, key)
        if not weights:
            raise EditError(message("These edges have weights of their own already."))
        return Change(_with(experiment, changed), weights=weights)

    return Edit(message("Stop sharing a weight"), make)


def set_trainable(edges: Collection[EdgeKey], flag: bool) -> Edit:
    """Let the weights of edges learn, or hold them still; edges that share a weight go together."""

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        require_some(edges)
        require_edges(network, edges)
        chosen = {network.edges[key].parameter for key in edges}
        changed = {
            key: replace(edge, trainable=flag) if edge.parameter in chosen else edge
            for key, edge in network.edges.items()
        }
        return Change(_with(experiment, changed))

    return Edit(message("Let weights learn") if flag else message("Hold weights still"), make)


def with_edges(experiment: Experiment, pairs: Collection[EdgeKey]) -> Change:
    """Return the change that draws these edges, each with its own parameter and an initial weight."""
    network = experiment.network
    ids = fresh_ids(network.parameter_ids, len(pairs))
    new = {pair: Edge(*pair, parameter) for pair, parameter in zip(pairs, ids, strict=True)}
    changed = _with(experiment, as_dict(network.edges) | new)
    weights = new_weights(changed.network, list(new), experiment.learning, experiment.seed)
    return Change(changed, weights=dict(zip(ids, weights.tolist(), strict=True)))


def _ends(network: Network, source: int, target: int) -> dict[str, str | Message]:
    """The names of both ends of an edge, for a sentence."""
    return {"source": node_name(network, source), "target": node_name(network, target)}


def _with(experiment: Experiment, edges: dict[EdgeKey, Edge]) -> Experiment:
    return replace(experiment, network=changed_network(experiment.network, edges=edges))


def _allowed(network: Network, sources: list[int], targets: list[int]) -> list[EdgeKey]:
    """All pairs that may be joined, one after the other, without closing a circle."""
    targets = [target for target in targets if network.nodes[target].role != "input"]
    incoming = {node: list(neighbours) for node, neighbours in network.incoming.items()}
    pairs: list[EdgeKey] = []
    for source in sources:
        if network.nodes[source].role == "output":
            continue
        before = reached((source,), incoming)
        for target in targets:
            if target not in before and (source, target) not in network.edges:
                pairs.append((source, target))
                incoming[target].append(source)
    return pairs
