"""The update phase: weights and biases change from old to new."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.engine.schedule import pace
from playground.engine.schedule.forward import groups
from playground.engine.schedule.tracks import Members, StepTable, Track
from playground.engine.schedule.wiring import Indices, Wiring
from playground.model.keys import Granularity
from playground.model.parameters import Floats

_MOTION_SHARE = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """The update phase from time 0: its steps, and the tracks of parameters and biases.

    Weights that may not change and the biases of inputs never move.
    """

    steps: StepTable
    weights: Track
    biases: Track


def update(wiring: Wiring, granularity: Granularity, n_parameters: int) -> Update:
    """Return the update phase of a pass: n_parameters weights, some of them shared by several edges."""
    moving = np.flatnonzero(wiring.trainable)
    step_of_edge, step_of_node, n_steps = _steps(wiring, granularity, moving)
    takes = min(pace.UPDATE_STEP_S[granularity], pace.UPDATE_MOST_S[granularity] / n_steps)
    motion = _MOTION_SHARE * takes
    computed = wiring.computed
    steps = StepTable.one_after_another(
        np.full(n_steps, motion),
        takes - motion,
        ["change"] * n_steps,
        Members.of(n_steps, step_of_node[computed], computed),
        Members.of(n_steps, step_of_edge[moving], moving),
    )
    return Update(
        steps,
        weights=_track(n_parameters, wiring.parameter[moving], steps.start_s[step_of_edge[moving]], motion),
        biases=_track(wiring.n_nodes, computed, steps.start_s[step_of_node[computed]], motion),
    )


def _track(count: int, moving: Indices, start_s: Floats, length_s: float) -> Track:
    """Return the track of elements of which only some ever move."""
    start, length = np.zeros(count), np.full(count, np.inf)
    start[moving], length[moving] = start_s, length_s
    return Track(start, length)


def _steps(wiring: Wiring, granularity: Granularity, moving: Indices) -> tuple[Indices, Indices, int]:
    """Return the step of each edge and of each node's bias, and how many steps there are.

    Edges that share a weight change in one step, that of the first of them in the order of computation.
    """
    computed = wiring.computed
    if granularity == "edge":
        place = np.concatenate([wiring.position[wiring.target[moving]], wiring.position[computed]])
        kind = np.repeat([0, 1], [len(moving), len(computed)])
        rank = np.empty(len(place), np.intp)
        rank[np.lexsort((kind, place))] = np.arange(len(place))
        edge_rank, node_rank = rank[: len(moving)], rank[len(moving) :]
    else:
        group = np.zeros(wiring.n_nodes, np.intp)
        if granularity != "pass":
            group, _ = groups(wiring, granularity)
        edge_rank, node_rank = group[wiring.target[moving]], group[computed]
    first = np.full(int(wiring.parameter.max(initial=-1)) + 1, np.iinfo(np.intp).max)
    np.minimum.at(first, wiring.parameter[moving], edge_rank)
    ranks, steps = np.unique(
        np.concatenate([first[wiring.parameter[moving]], node_rank]), return_inverse=True
    )
    step_of_edge, step_of_node = np.zeros(wiring.n_edges, np.intp), np.zeros(wiring.n_nodes, np.intp)
    step_of_edge[moving], step_of_node[computed] = steps[: len(moving)], steps[len(moving) :]
    return step_of_edge, step_of_node, max(len(ranks), 1)
