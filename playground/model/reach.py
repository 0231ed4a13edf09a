"""Which nodes can be reached from others along the edges, or against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def reached(start: Iterable[int], following: Mapping[int, Sequence[int]]) -> set[int]:
    """Return the nodes to which a path leads from a start, the starts themselves included.

    following : node id -> the nodes one step on; `Network.outgoing`, or `incoming` to go against the edges
    """
    seen = set(start)
    waiting = list(seen)
    while waiting:
        fresh = [node for node in following[waiting.pop()] if node not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return seen
