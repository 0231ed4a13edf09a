"""The forward phase: chips travel, meet the weight's pill, add up in the node, and the sum is squashed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.engine.schedule import pace
from playground.engine.schedule.tracks import Members, StepTable, Track
from playground.engine.schedule.wiring import Flags, Indices, Wiring
from playground.model.keys import Granularity
from playground.model.moment import StepPart
from playground.model.parameters import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """The forward phase from time 0: its steps, and the tracks of edges and nodes.

    Where the outputs share a softmax, their `squashed` is that softmax: one step for all of them.
    """

    steps: StepTable
    carried: Track
    multiplied: Track
    summed: Track
    squashed: Track


def forward(wiring: Wiring, granularity: Granularity) -> Forward:
    """Return the forward phase of a pass."""
    return {"edge": _by_edge, "node": _by_group, "layer": _by_group, "pass": _at_once}[granularity](
        wiring, granularity
    )


def groups(wiring: Wiring, granularity: Granularity) -> tuple[Indices, int]:
    """Return the number of the step of each node, and how many there are.

    node : (n_nodes,), one step for each computed node; layer : one for each layer; -1 at inputs
    """
    computed = wiring.computed
    group = np.full(wiring.n_nodes, -1, np.intp)
    if granularity == "node":
        group[computed] = np.arange(len(computed))
        return group, len(computed)
    depths, group[computed] = np.unique(wiring.depth[computed], return_inverse=True)
    return group, len(depths)


def _by_edge(wiring: Wiring, _: Granularity) -> Forward:
    """Each edge is a step, then the sum of its target, then what the activation makes of it."""
    computed = wiring.computed
    squashing = computed[(wiring.squashes & ~_in_softmax(wiring))[computed]]
    edges = np.argsort(wiring.position[wiring.target], kind="stable")
    place = np.concatenate(
        [wiring.position[wiring.target[edges]], *(wiring.position[n] for n in (computed, squashing))]
    )
    kind = np.repeat([0, 1, 2], [len(edges), len(computed), len(squashing)])
    element = np.concatenate([edges, computed, squashing])
    motion = np.concatenate(
        [wiring.travel_s[edges], np.full(len(computed), pace.SUM_S), np.full(len(squashing), pace.SQUASH_S)]
    )
    order = np.lexsort((kind, place))
    kind, element, motion = kind[order], element[order], motion[order]
    names: tuple[StepPart, ...] = ("send", "sum", "squash")
    on_edges, on_nodes = np.flatnonzero(kind == 0), np.flatnonzero(kind > 0)
    steps = _framed(
        wiring,
        motion,
        [names[k] for k in kind],
        (on_nodes, element[on_nodes]),
        (on_edges, element[on_edges]),
    )
    start = steps.start_s[1 : len(kind) + 1]
    edge_start, sum_start, squash_start = (
        np.zeros(wiring.n_edges),
        np.zeros(wiring.n_nodes),
        np.zeros(wiring.n_nodes),
    )
    edge_start[element[kind == 0]] = start[kind == 0]
    sum_start[element[kind == 1]] = start[kind == 1]
    # A linear node passes its sum on: both happen in one step.
    squash_start[element[kind == 1]] = start[kind == 1]
    squash_start[element[kind == 2]] = start[kind == 2]
    return _tracks(wiring, steps, edge_start, sum_start, squash_start)


def _by_group(wiring: Wiring, granularity: Granularity) -> Forward:
    """All edges into a node, or into a layer, travel together; then the sums, then the activations."""
    group, n_groups = groups(wiring, granularity)
    arrival = np.zeros(wiring.n_nodes)
    np.maximum.at(arrival, wiring.target, wiring.travel_s)
    squashes = wiring.squashes & ~_in_softmax(wiring)
    done = arrival + pace.SUM_S + np.where(squashes, pace.SQUASH_S, 0.0)
    computed = wiring.computed
    motion = np.zeros(n_groups)
    np.maximum.at(motion, group[computed], done[computed])
    steps = _framed(
        wiring,
        motion,
        ["whole"] * n_groups,
        (group[computed], computed),
        (group[wiring.target], np.arange(wiring.n_edges)),
    )
    start = steps.start_s[group + 1]
    sum_start = np.where(wiring.is_input, 0.0, start + arrival)
    squash_start = sum_start + np.where(squashes, pace.SUM_S, 0.0)
    return _tracks(wiring, steps, start[wiring.target], sum_start, squash_start)


def _at_once(wiring: Wiring, _: Granularity) -> Forward:
    """One step: every edge sets off as soon as its source is ready, so that layers overlap."""
    squashes = wiring.squashes & ~_in_softmax(wiring)
    takes = pace.SUM_S + np.where(squashes, pace.SQUASH_S, 0.0)
    ready = np.where(wiring.is_input, pace.READ_S, 0.0)
    sum_start, edge_start = np.zeros(wiring.n_nodes), np.zeros(wiring.n_edges)
    for nodes, edges in by_depth(wiring):
        edge_start[edges] = ready[wiring.source[edges]]
        np.maximum.at(sum_start, wiring.target[edges], edge_start[edges] + wiring.travel_s[edges])
        computed = nodes[~wiring.is_input[nodes]]
        sum_start[computed] = np.maximum(sum_start[computed], pace.READ_S)
        ready[computed] = sum_start[computed] + takes[computed]
    squash_start = sum_start + np.where(squashes, pace.SUM_S, 0.0)
    motion = max(float(ready.max(initial=0.0)), pace.READ_S)
    if wiring.has_softmax:
        squash_start[wiring.outputs] = motion
        motion += pace.SOFTMAX_S
    steps = StepTable.one_after_another(
        np.array([motion]), pace.REST_S, ["whole"], everything(wiring.n_nodes), everything(wiring.n_edges)
    )
    return _tracks(wiring, steps, edge_start, sum_start, squash_start)


def by_depth(wiring: Wiring) -> list[tuple[Indices, Indices]]:
    """Return, layer by layer from the inputs on, the nodes of a layer and the edges into it."""
    count = int(wiring.depth.max(initial=-1)) + 1
    nodes = Members.of(count, wiring.depth, np.arange(wiring.n_nodes))
    edges = Members.of(count, wiring.depth[wiring.target], np.arange(wiring.n_edges))
    return [(nodes[depth], edges[depth]) for depth in range(count)]


def everything(count: int) -> Members:
    """Return one step that holds all elements."""
    return Members(np.array([0, count]), np.arange(count))


def _in_softmax(wiring: Wiring) -> Flags:
    return wiring.is_output & wiring.has_softmax


def _framed(
    wiring: Wiring,
    motion_s: Floats,
    parts: list[StepPart],
    nodes: tuple[Indices, Indices],
    edges: tuple[Indices, Indices],
) -> StepTable:
    """Return the steps between the reading of the inputs and, where there is one, the softmax.

    nodes, edges : pairs of step and element
    """
    inputs = np.flatnonzero(wiring.is_input)
    node_steps = np.concatenate([np.zeros(len(inputs), np.intp), nodes[0] + 1])
    node_members = np.concatenate([inputs, nodes[1]])
    motion = np.concatenate([[pace.READ_S], motion_s])
    parts = ["read", *parts]
    if wiring.has_softmax:
        node_steps = np.concatenate([node_steps, np.full(len(wiring.outputs), len(parts))])
        node_members = np.concatenate([node_members, wiring.outputs])
        motion = np.append(motion, pace.SOFTMAX_S)
        parts.append("softmax")
    return StepTable.one_after_another(
        motion,
        pace.REST_S,
        parts,
        Members.of(len(parts), node_steps, node_members),
        Members.of(len(parts), edges[0] + 1, edges[1]),
    )


def _tracks(
    wiring: Wiring, steps: StepTable, edge_start: Floats, sum_start: Floats, squash_start: Floats
) -> Forward:
    way = wiring.travel_s
    sum_takes = np.where(wiring.is_input, pace.READ_S, pace.SUM_S)
    squash_takes = np.where(wiring.is_input, pace.READ_S, pace.SQUASH_S)
    if wiring.has_softmax:
        squash_takes[wiring.outputs] = pace.SOFTMAX_S
        if len(steps) > 1:
            squash_start[wiring.outputs] = steps.start_s[-1]
    return Forward(
        steps,
        carried=Track(edge_start, way),
        multiplied=Track(edge_start + pace.PILL_FROM * way, (pace.PILL_TO - pace.PILL_FROM) * way),
        summed=Track(sum_start, sum_takes),
        squashed=Track(squash_start, squash_takes),
    )
