"""Wires the room Kernels: what is measured comes from the process, what is asked for goes to it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from playground.app.kernel_process import KernelProcess
from playground.app.kernels_room import KernelsRoom
from playground.app.measuring import Kind, Measuring
from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.speed import MachineFacts, Timing
from playground.model.speed_events import (
    Event,
    Measured,
    Preparing,
    Refused,
    RungsFound,
    Timed,
)
from playground.model.speed_requests import MachineAsked, RaceAsked, Request, RungsAsked

if TYPE_CHECKING:
    from playground.app.window import Window
    from widgets.kernels.race_request import RaceRequest

ALONE: dict[Kind, Message] = {
    "machine": message("Measuring what this computer can do at all. Nothing else computes meanwhile."),
    "race": message("The race has this computer to itself. Nothing else computes meanwhile."),
    "sizes": message("The measuring has this computer to itself. Nothing else computes meanwhile."),
    "threads": message("The measuring has this computer to itself. Nothing else computes meanwhile."),
}
LEARNING_WAITS = message("The measuring has this computer to itself. Learning waits, and goes on afterwards.")


class KernelsControl(QObject):
    """Keeps the room at the present, and sends what it asks for to where it is done."""

    notice = Signal(object)
    """A Message for the person, to be shown for a while."""

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self.room = KernelsRoom()
        self.process = KernelProcess(self)
        self.measuring = Measuring(
            self.process, window.document, window.training, window.compute, window.player, self
        )
        self._is_listed = False
        self._wants_machine = True
        self._next: tuple[Kind, Request] | None = None
        self._machine: MachineFacts | None = None
        self._timings: list[Timing] = []
        self._connect()
        self.room.race.set_cores(os.cpu_count() or 1)
        self.room.set_level(window.play.level)

    def open(self) -> None:
        """Get ready: list the rungs, and measure the machine as soon as nothing else computes."""
        if not self._is_listed:
            self._is_listed = True
            self.process.ask(RungsAsked())
        self._measure_machine()

    def shutdown(self) -> None:
        """End the process."""
        self.process.shutdown()

    def _connect(self) -> None:
        room, measuring = self.room, self.measuring
        room.race.race_requested.connect(self._race)
        room.race.cancel_requested.connect(self._cancel)
        room.escape_pressed.connect(self._let_go)
        measuring.said.connect(self._hear)
        measuring.failed.connect(self._refuse)
        measuring.running_changed.connect(self._show_running)
        self.process.said.connect(self._hear_always)
        self._window.play.level_changed.connect(self._show_level)
        self.notice.connect(self._window.status.show_notice)
        self._window.training.running_changed.connect(self._on_learning)

    def _measure_machine(self) -> None:
        """Measure what the machine can do, once, as soon as learning need not wait for it."""
        if self._wants_machine and not self._window.training.is_running and not self.measuring.is_running:
            self._wants_machine = False
            self.measuring.start("machine", MachineAsked())

    def _race(self, asked: RaceRequest) -> None:
        self._start("race", RaceAsked(**asdict(asked)))

    def _start(self, kind: Kind, request: Request) -> None:
        """Measure; where the machine itself is measured just now, as soon as that is done."""
        if self.measuring.kind == "machine":
            self._next = (kind, request)
            self._show_running(True)
        else:
            self._timings = []
            self.measuring.start(kind, request)

    def _cancel(self) -> None:
        """Measure no more; what comes first for all that is measured goes on."""
        if self._next is not None:
            self._next = None
            self._show_running(True)
        elif self.measuring.kind != "machine":
            self.measuring.cancel()

    def _hear(self, event: Event) -> None:
        """Show what a measuring says."""
        race = self.room.race
        if isinstance(event, Preparing):
            race.set_preparing(event.kernel)
        elif isinstance(event, Refused):
            race.set_refused(event.kernel, event.reason)
        elif isinstance(event, Timed):
            self._timings.append(event.timing)
            race.add_timing(event.timing)
        elif isinstance(event, Measured):
            self._take_machine(event.machine)

    def _hear_always(self, event: Event) -> None:
        """Show what needs no measuring."""
        if isinstance(event, RungsFound):
            self.room.race.set_rungs(event.rungs)
            self.room.machine.set_rungs(event.rungs)

    def _take_machine(self, machine: MachineFacts) -> None:
        self._machine = machine
        for panel in (self.room.race, self.room.machine):
            panel.set_machine(machine)

    def _show_running(self, is_running: bool) -> None:
        if not is_running and self._next is not None:
            (kind, request), self._next = self._next, None
            self._start(kind, request)
            return
        now = self.measuring.kind
        shown = now if self._next is None else self._next[0]
        self.room.race.set_running(shown == "race")
        said = None if now is None else LEARNING_WAITS if self.measuring.makes_learning_wait else ALONE[now]
        self.room.set_state(said)
        self._window.status.set_matmul(said or figure(self._timings))
        if not is_running:
            self._measure_machine()

    def _on_learning(self, is_running: bool) -> None:
        if not is_running:
            self._measure_machine()

    def _show_level(self, level: Level) -> None:
        self.room.set_level(level)

    def _refuse(self, why: Message) -> None:
        self.notice.emit(why)

    def _let_go(self) -> None:
        """Esc ends what is being measured."""
        self._cancel()


def figure(timings: Sequence[Timing]) -> Message | None:
    """Return the best figure of a race on this processor, for the status bar; None where there is none."""
    best = max(timings, key=lambda timing: timing.gflops, default=None)
    if best is None:
        return None
    if best.ratio_to_numpy is None or best.kernel == "numpy":
        return message("matmul <b>{speed} GFLOP/s</b>", speed=best.gflops)
    return message(
        "matmul <b>{speed} GFLOP/s</b> · {ratio}× NumPy", speed=best.gflops, ratio=best.ratio_to_numpy
    )
