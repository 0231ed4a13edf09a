"""What stands out on a stage: the edges that matter now, and which show their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.model.network import EdgeKey
from playground.model.stage import Stage
from widgets.canvas.geometry import Geometry
from widgets.canvas.topology import Indices

FEW_EDGES = 20
"""Edges up to which all show their numbers."""

MOST_PILLS = 24
"""Numbers shown at once on edges of a node, a step or a path."""


@dataclass(frozen=True, slots=True, eq=False)
class Emphasis:
    """What stands out.

    focus : the edges that matter now; all others are drawn soft. None: all matter alike
    pills : the edges that show their weight
    nodes, edges : indices of nodes and edges that are under way in the step
    hovered, selected : indices of edges
    selected_nodes, hovered_node : ids
    path : indices of the edges of the lit path; path_share : their share of the strongest
    tags_at_rest : whether the gradients lie at their edges as numbers, not only as marks
    """

    focus: Indices | None
    pills: Indices
    nodes: frozenset[int]
    edges: frozenset[int]
    hovered: Indices
    selected: Indices
    path: Indices
    path_share: NDArray[np.float64]
    tags_at_rest: bool

    @classmethod
    def of(cls, stage: Stage, geometry: Geometry) -> Emphasis:
        """Find what stands out on a stage."""
        network = stage.network
        hovered = _edges(stage, (stage.hovered_edge,) if stage.hovered_edge else ())
        selected = _edges(stage, tuple(stage.selection.edges))
        path = _edges(stage, tuple(stage.path_edges))
        keys = network.edge_keys
        share = np.array([stage.path_edges[keys[edge]] for edge in path], dtype=np.float64)
        pointed = [hovered, selected]
        wanted = set(stage.selection.nodes) & network.nodes.keys()
        if stage.hovered_node in network.nodes:
            wanted.add(stage.hovered_node)  # type: ignore[arg-type]  # None is in no network
        if len(wanted) == 1:
            pointed.append(_touching(geometry, network.node_index[next(iter(wanted))]))
        pointing = union(pointed)
        step_nodes, step_edges = _step(stage, geometry)
        few = len(keys) <= FEW_EDGES
        forward = stage.moment is not None and stage.moment.phase == "forward"
        if len(path):
            focus: Indices | None = union([hovered, selected])
        elif forward and 0 < len(step_edges) < len(keys):
            focus = union([step_edges, hovered, selected])
        elif stage.moment is None and len(pointing) and not few:
            focus = pointing
        else:
            focus = None
        every = few and (focus is None or not forward) and len(path) == 0
        shown = np.arange(len(keys)) if every else union([step_edges, pointing, path])
        if len(shown) > MOST_PILLS:
            shown = union([hovered, selected])[:MOST_PILLS]
        under_way = frozenset(step_edges.tolist())
        return cls(focus, shown, step_nodes, under_way, hovered, selected, path, share, few)


def _step(stage: Stage, geometry: Geometry) -> tuple[frozenset[int], Indices]:
    """The nodes under way, and the edges under way or leading into nodes that add up."""
    moment = stage.moment
    if moment is None:
        return frozenset(), np.zeros(0, np.intp)
    node_index = stage.network.node_index
    nodes = frozenset(node_index[node] for node in moment.step.nodes if node in node_index)
    if len(moment.step.nodes) >= len(node_index):
        return nodes, np.arange(len(stage.network.edges))
    edges = _edges(stage, moment.step.edges)
    if moment.phase == "forward" and len(edges) == 0 and nodes:
        into = np.isin(geometry.topology.targets, list(nodes))
        edges = np.flatnonzero(into)
    return nodes, edges


def _edges(stage: Stage, keys: tuple[EdgeKey, ...]) -> Indices:
    if not keys:
        return np.zeros(0, np.intp)
    index = stage.network.edge_index
    return np.array(sorted(index[key] for key in keys if key in index), dtype=np.intp)


def _touching(geometry: Geometry, node: int) -> Indices:
    topology = geometry.topology
    return np.flatnonzero((topology.sources == node) | (topology.targets == node))


def union(parts: Sequence[Indices]) -> Indices:
    """Return what is in any of the parts, ascending."""
    if not parts:
        return np.zeros(0, np.intp)
    # With the counts, NumPy does without its masked arrays: 3 MB that the first picture need not load.
    return np.unique(np.concatenate(parts), return_counts=True)[0]
