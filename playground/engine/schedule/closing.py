"""The end of a pass: the tags of a batch become their mean, then the weights change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.engine.schedule import pace
from playground.engine.schedule.forward import everything
from playground.engine.schedule.tracks import Members, StepTable, Track
from playground.engine.schedule.update import update
from playground.engine.schedule.wiring import Wiring
from playground.model.keys import Granularity, Phase

_INSTANT_S = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Closing:
    """What follows the last example, from time 0 on; no steps where there is nothing to learn from.

    runs : each phase and how many steps it has, in order; the mean of a batch is the end of Backward
    mean : (1,); for a single example it is there at once
    weights, biases : (n_parameters,), (n_nodes,)
    """

    steps: StepTable
    runs: tuple[tuple[Phase, int], ...]
    mean: Track
    weights: Track
    biases: Track


def closing(wiring: Wiring, granularity: Granularity, n_parameters: int, n_rows: int) -> Closing:
    """Return the end of a pass over n_rows examples: the mean where there are several, and one update."""
    change = update(wiring, granularity, n_parameters)
    if n_rows == 1:
        at_once = Track(np.array([-_INSTANT_S]), np.array([_INSTANT_S]))
        return Closing(change.steps, (("update", len(change.steps)),), at_once, change.weights, change.biases)
    mean = StepTable.one_after_another(
        np.array([pace.MEAN_S]), pace.REST_S, ["mean"], everything(wiring.n_nodes), everything(wiring.n_edges)
    )
    delay_s = mean.duration_s
    return Closing(
        mean.followed_by(change.steps.moved(delay_s)),
        (("backward", 1), ("update", len(change.steps))),
        Track(np.zeros(1), np.array([pace.MEAN_S])),
        change.weights.moved(delay_s),
        change.biases.moved(delay_s),
    )


def no_closing(wiring: Wiring, n_parameters: int) -> Closing:
    """Return the end of a pass without right answers: nothing is learned."""
    nothing = np.zeros(0)
    steps = StepTable(nothing, nothing, nothing, np.zeros(0, object), Members.none(0), Members.none(0))
    return Closing(steps, (), Track.still(1), Track.still(n_parameters), Track.still(wiring.n_nodes))
