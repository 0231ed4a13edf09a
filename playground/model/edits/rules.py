"""What every edit checks, and how it names nodes in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterable

from playground.model.caption import caption
from playground.model.errors import EditError
from playground.model.limits import MAX_EDGES, MAX_ID, MAX_LABEL, MAX_NODES
from playground.model.message import Message, message
from playground.model.network import EdgeKey, Network


def node_name(network: Network, node: int) -> str | Message:
    """What people call a node: its label, or "hidden 2" where it has none."""
    if node not in network.nodes:
        return message("node {id}", id=str(node))
    return network.nodes[node].label or caption(network, node)


def require_nodes(network: Network, nodes: Iterable[int]) -> None:
    """Raise EditError unless the network has all these nodes."""
    for node in nodes:
        if node not in network.nodes:
            raise EditError(message("There is no node {id} any more.", id=str(node)))


def require_edges(network: Network, edges: Iterable[EdgeKey]) -> None:
    """Raise EditError unless the network has all these edges."""
    for source, target in edges:
        if (source, target) not in network.edges:
            raise EditError(
                message(
                    "There is no edge from {source} to {target} any more.",
                    source=node_name(network, source),
                    target=node_name(network, target),
                )
            )


def require_some(things: Iterable[object]) -> None:
    """Raise EditError where nothing was chosen."""
    if not any(True for _ in things):
        raise EditError(message("Nothing is selected."))


def require_finite(*values: float) -> None:
    """Raise EditError where a value is infinite or not a number."""
    if not all(map(math.isfinite, values)):
        raise EditError(message("A value here must be a finite number."))


def require_label(label: str) -> None:
    """Raise EditError where a name is too long for the file."""
    if len(label) > MAX_LABEL:
        raise EditError(message("A name may have at most {limit} characters.", limit=MAX_LABEL))
    if any("\ud800" <= character <= "\udfff" for character in label):
        raise EditError(message("This name holds half a character, which no file can keep."))


def require_room(nodes: int, edges: int) -> None:
    """Raise EditError where a network of this size is past the limits."""
    if nodes > MAX_NODES:
        raise EditError(message("A network may have at most {limit} nodes.", limit=MAX_NODES))
    if edges > MAX_EDGES:
        raise EditError(message("A network may have at most {limit} edges.", limit=MAX_EDGES))


def fresh_ids(used: Iterable[int], count: int) -> list[int]:
    """Return `count` ids that are not in use: those after the largest, or gaps once the end is reached."""
    taken = set(used)
    first = max(taken, default=0) + 1
    if first + count - 1 <= MAX_ID:
        return list(range(first, first + count))
    ids: list[int] = []
    candidate = 1
    while len(ids) < count:
        if candidate not in taken:
            ids.append(candidate)
        candidate += 1
    return ids
