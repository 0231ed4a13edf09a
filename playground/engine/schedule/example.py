"""One example's way through a pass: forward and, where the right answer is known, loss and backward."""

from __future__ import annotations

from dataclasses import dataclass, fields

from playground.engine.schedule.backward import backward
from playground.engine.schedule.forward import forward
from playground.engine.schedule.loss import loss
from playground.engine.schedule.tracks import StepTable, Track
from playground.engine.schedule.wiring import Wiring
from playground.model.keys import Granularity, Phase


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """The schedule of one example from time 0; tracks as the arrays of a `Moment`.

    runs : each phase and how many steps it has, in order
    """

    steps: StepTable
    runs: tuple[tuple[Phase, int], ...]
    carried: Track
    multiplied: Track
    summed: Track
    squashed: Track
    compared: Track
    blamed: Track
    returned: Track

    @property
    def duration_s(self) -> float:
        """Length of the example's way."""
        return self.steps.duration_s

    def moved(self, factor: float) -> Example:
        """Return the example with all times multiplied by a factor."""
        tracks = {
            entry.name: getattr(self, entry.name).moved(0.0, factor)
            for entry in fields(self)
            if entry.name != "runs"
        }
        return Example(runs=self.runs, **tracks)


def example(wiring: Wiring, granularity: Granularity, *, has_answer: bool) -> Example:
    """Return the schedule of one example at speed 1."""
    ahead = forward(wiring, granularity)
    steps = ahead.steps
    runs: tuple[tuple[Phase, int], ...] = (("forward", len(steps)),)
    compared = Track.still(len(wiring.outputs))
    blamed, returned = Track.still(wiring.n_nodes), Track.still(wiring.n_edges)
    if has_answer:
        verdict, back = loss(wiring, granularity), backward(wiring, granularity)
        compared = verdict.compared.moved(steps.duration_s)
        steps = steps.followed_by(verdict.steps.moved(steps.duration_s))
        blamed, returned = back.blamed.moved(steps.duration_s), back.returned.moved(steps.duration_s)
        steps = steps.followed_by(back.steps.moved(steps.duration_s))
        runs += (("loss", len(verdict.steps)), ("backward", len(back.steps)))
    return Example(
        steps=steps,
        runs=runs,
        carried=ahead.carried,
        multiplied=ahead.multiplied,
        summed=ahead.summed,
        squashed=ahead.squashed,
        compared=compared,
        blamed=blamed,
        returned=returned,
    )
