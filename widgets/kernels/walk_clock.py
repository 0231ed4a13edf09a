"""The clock of slow motion: which step is shown, as a pure function of time."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

SLOWEST, FASTEST = 0.5, 500.0
"""Steps in a second."""

FRAME_S = 1 / 60
CALM_FRAME_S = 1 / 2
"""The shortest time for which a picture stays; with reduced motion nothing changes more often than that."""

WHOLE_WALK_S = 24.0
"""A walk is first shown at a speed at which it takes about so long."""


@dataclass(frozen=True, slots=True)
class WalkClock:
    """Where a walk of `count` steps is; at position `count` everything is done.

    speed : steps in a second
    place : the position at the instant `since_s`; it stays there where that is None
    """

    count: int = 0
    speed: float = 2.0
    place: float = 0.0
    since_s: float | None = None
    is_calm: bool = False

    def position(self, now_s: float) -> float:
        """The position at an instant, from 0 to `count`."""
        passed = 0.0 if self.since_s is None else max(now_s - self.since_s, 0.0)
        return min(self.place + passed * self.speed, float(self.count))

    def step(self, now_s: float) -> int:
        """The step that is shown at an instant, counted from 0; `count` when all are done."""
        # A step begins at a whole position; what rounding leaves of it is no step of its own.
        return min(math.floor(self.position(now_s) + 1e-9), self.count)

    def is_playing(self, now_s: float) -> bool:
        """Whether time moves the position."""
        return self.since_s is not None and self.position(now_s) < self.count

    def next_change_s(self, now_s: float) -> float | None:
        """How long the picture stays as it is from an instant on; None where time moves nothing."""
        if not self.is_playing(now_s):
            return None
        left = self.step(now_s) + 1 - self.position(now_s)
        return max(left / self.speed, CALM_FRAME_S if self.is_calm else FRAME_S)

    def played(self, now_s: float) -> WalkClock:
        """The clock that runs from now on; from the end it begins anew."""
        place = self.position(now_s)
        return replace(self, place=0.0 if place >= self.count else place, since_s=now_s)

    def paused(self, now_s: float) -> WalkClock:
        """The clock that holds the step that is shown now."""
        return replace(self, place=float(self.step(now_s)), since_s=None)

    def sought(self, step: float, now_s: float) -> WalkClock:
        """The clock at another step; one that runs goes on from there."""
        place = min(max(float(step), 0.0), float(self.count))
        return replace(self, place=place, since_s=now_s if self.is_playing(now_s) else None)

    def stepped(self, direction: int, now_s: float) -> WalkClock:
        """The clock that holds the next (+1) or the previous (-1) step."""
        return self.paused(now_s).sought(self.step(now_s) + direction, now_s)

    def at_speed(self, speed: float, now_s: float) -> WalkClock:
        """The clock at the same place with another speed."""
        speed = min(max(speed, SLOWEST), FASTEST)
        return replace(self.sought(self.position(now_s), now_s), speed=speed)


def first_speed(count: int) -> float:
    """A speed at which a walk of `count` steps can be followed, in steps a second."""
    return round(min(max(count / WHOLE_WALK_S, 2.0), 60.0))
