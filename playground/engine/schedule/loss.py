"""The loss phase: each output is compared with the right answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.engine.schedule import pace
from playground.engine.schedule.tracks import Members, StepTable, Track
from playground.engine.schedule.wiring import Wiring
from playground.model.keys import Granularity


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """The loss phase from time 0: its steps, and the track of the outputs."""

    steps: StepTable
    compared: Track


def loss(wiring: Wiring, granularity: Granularity) -> Loss:
    """Return the loss phase: output by output, or all at once by layer and by pass."""
    outputs = wiring.outputs
    apart = granularity in {"edge", "node"}
    step = np.arange(len(outputs)) if apart else np.zeros(len(outputs), np.intp)
    n_steps = len(outputs) if apart else 1
    steps = StepTable.one_after_another(
        np.full(n_steps, pace.COMPARE_S),
        pace.REST_S,
        ["compare"] * n_steps,
        Members.of(n_steps, step, outputs),
        Members.none(n_steps),
    )
    return Loss(steps, Track(steps.start_s[step], np.full(len(outputs), pace.COMPARE_S)))
