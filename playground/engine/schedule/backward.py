"""The backward phase: tags carry the blame from target to source and pile up there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.engine.schedule import pace
from playground.engine.schedule.forward import by_depth, everything, groups
from playground.engine.schedule.tracks import Members, StepTable, Track
from playground.engine.schedule.wiring import Wiring
from playground.model.keys import Granularity
from playground.model.moment import StepPart
from playground.model.parameters import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Backward:
    """The backward phase from time 0: its steps, and the tracks of nodes and edges.

    An input learns its blame while the last tag comes to it; every other node in a motion of its own.
    """

    steps: StepTable
    blamed: Track
    returned: Track


def backward(wiring: Wiring, granularity: Granularity) -> Backward:
    """Return the backward phase of a pass."""
    return {"edge": _by_edge, "node": _by_group, "layer": _by_group, "pass": _at_once}[granularity](
        wiring, granularity
    )


def _by_edge(wiring: Wiring, _: Granularity) -> Backward:
    """A node's blame is a step, then each of its incoming edges is one."""
    computed = wiring.computed[::-1]
    edges = np.arange(wiring.n_edges)
    kind = np.repeat([0, 1], [len(computed), len(edges)])
    place = -np.concatenate([wiring.position[computed], wiring.position[wiring.target]])
    element = np.concatenate([computed, edges])
    motion = np.concatenate([np.full(len(computed), pace.BLAME_S), wiring.travel_s])
    order = np.lexsort((kind, place))
    kind, element, motion = kind[order], element[order], motion[order]
    names: tuple[StepPart, ...] = ("blame", "return")
    on_nodes, on_edges = np.flatnonzero(kind == 0), np.flatnonzero(kind == 1)
    n_steps = len(kind)
    steps = StepTable.one_after_another(
        motion,
        pace.REST_S,
        [names[k] for k in kind],
        Members.of(n_steps, on_nodes, element[on_nodes]),
        Members.of(n_steps, on_edges, element[on_edges]),
    )
    node_start, edge_start = np.zeros(wiring.n_nodes), np.zeros(wiring.n_edges)
    node_start[element[on_nodes]] = steps.start_s[on_nodes]
    edge_start[element[on_edges]] = steps.start_s[on_edges]
    return _tracks(wiring, steps, node_start, edge_start)


def _by_group(wiring: Wiring, granularity: Granularity) -> Backward:
    """The blame of a node, or of a layer, becomes known; then all edges into it carry it back together."""
    group, n_groups = groups(wiring, granularity)
    group = n_groups - 1 - group
    computed = wiring.computed
    motion = np.full(n_groups, pace.BLAME_S)
    np.maximum.at(motion, group[wiring.target], pace.BLAME_S + wiring.travel_s)
    steps = StepTable.one_after_another(
        motion,
        pace.REST_S,
        ["whole"] * n_groups,
        Members.of(n_groups, group[computed], computed),
        Members.of(n_groups, group[wiring.target], np.arange(wiring.n_edges)),
    )
    start = np.zeros(wiring.n_nodes)
    start[computed] = steps.start_s[group[computed]]
    return _tracks(wiring, steps, start, start[wiring.target] + pace.BLAME_S)


def _at_once(wiring: Wiring, _: Granularity) -> Backward:
    """One step: the blame goes on from a node as soon as all tags have reached it."""
    arrival, edge_start = np.zeros(wiring.n_nodes), np.zeros(wiring.n_edges)
    for _nodes, edges in reversed(by_depth(wiring)):
        edge_start[edges] = arrival[wiring.target[edges]] + pace.BLAME_S
        np.maximum.at(arrival, wiring.source[edges], edge_start[edges] + wiring.travel_s[edges])
    motion = max(float((edge_start + wiring.travel_s).max(initial=0.0)), float(arrival.max()) + pace.BLAME_S)
    steps = StepTable.one_after_another(
        np.array([motion]), pace.REST_S, ["whole"], everything(wiring.n_nodes), everything(wiring.n_edges)
    )
    return _tracks(wiring, steps, arrival, edge_start)


def _tracks(wiring: Wiring, steps: StepTable, node_start: Floats, edge_start: Floats) -> Backward:
    last_tag = np.zeros(wiring.n_nodes)
    np.maximum.at(last_tag, wiring.source, edge_start + wiring.travel_s)
    start = np.where(wiring.is_input, np.maximum(last_tag - pace.TRAVEL_LEAST_S, 0.0), node_start)
    takes = np.where(wiring.is_input, pace.TRAVEL_LEAST_S, pace.BLAME_S)
    return Backward(steps, blamed=Track(start, takes), returned=Track(edge_start, wiring.travel_s))
