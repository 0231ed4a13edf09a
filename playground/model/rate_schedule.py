"""How the learning rate changes over the epochs."""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.keys import ScheduleKind


@dataclass(frozen=True, slots=True)
class RateSchedule:
    """A kind of schedule with its numbers; those of other kinds mean nothing.

    every, factor : of a step: after every so many epochs the rate is multiplied by the factor, in (0, 1]
    epochs, least : of a cosine: how long the rate falls, and which share of it is left then, in [0, 1]
    """

    kind: ScheduleKind = "constant"
    every: int = 100
    factor: float = 0.5
    epochs: int = 500
    least: float = 0.0

    @property
    def own(self) -> RateSchedule:
        """The schedule with the usual numbers of other kinds, which the file does not keep."""
        if self.kind == "step":
            return RateSchedule("step", every=self.every, factor=self.factor)
        if self.kind == "cosine":
            return RateSchedule("cosine", epochs=self.epochs, least=self.least)
        return RateSchedule(self.kind)
