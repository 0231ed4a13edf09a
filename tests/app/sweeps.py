"""Hears what a sweep tells, and looks after its processes."""

from __future__ import annotations

from queue import SimpleQueue
from typing import TypeVar

import psutil

from playground.app.sweep_events import Ended, Finished, Started, Sweep, SweepEvent

PATIENCE_SECONDS = 240.0
"""On a busy machine a worker may first have to compile a kernel."""
E = TypeVar("E", Started, Finished, Ended)

ENDLESS = ("learning.stop.loss=0", "learning.learning_rate=1e-9")
"""Settings of a run that goes up no hill and reaches no goal, for as long as it is let."""


class Ear:
    """Keeps what is told; give its `tell` to a sweep."""

    def __init__(self) -> None:
        self._events: SimpleQueue[SweepEvent] = SimpleQueue()
        self.heard: list[SweepEvent] = []

    def tell(self, event: SweepEvent) -> None:
        self._events.put(event)

    def wait_for(self, kind: type[E]) -> E:
        """Wait until the next event of a kind."""
        while True:
            event = self._events.get(timeout=PATIENCE_SECONDS)
            self.heard.append(event)
            if isinstance(event, kind):
                return event

    def is_silent(self) -> bool:
        return self._events.empty()


def until_the_end(sweep: Sweep, ear: Ear) -> dict[int, Finished]:
    """Run a sweep to its end, and return what its runs came to."""
    sweep.start()
    assert ear.wait_for(Ended).problem is None
    sweep.cancel()
    finished = [event for event in ear.heard if isinstance(event, Finished)]
    assert len({event.number for event in finished}) == len(finished)
    return {event.number: event for event in finished}


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and was not asked after does not."""
    return psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE
