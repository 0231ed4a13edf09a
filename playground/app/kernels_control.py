"""Wires the room Kernels: what is measured comes from the process, what is asked for goes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from kernels.threads import available_cores
from playground.app.kernel_process import KernelProcess
from playground.app.kernels_room import KernelsRoom
from playground.app.matrices_control import MatricesControl
from playground.app.measuring import Kind, Measuring
from playground.app.plot_saving import PlotSaving
from playground.app.walks import Walks
from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.speed import Timing
from playground.model.speed_events import (
    Event,
    Measured,
    Preparing,
    Progress,
    Refused,
    RungsFound,
    Timed,
)
from playground.model.speed_requests import (
    MachineAsked,
    RaceAsked,
    Request,
    RungsAsked,
    ScalingAsked,
    SweepAsked,
)
from widgets.dialogs.error_dialog import ErrorDialog
from widgets.kernels.plot_panel import PlotPanel

if TYPE_CHECKING:
    from playground.app.window import Window
    from widgets.kernels.race_request import RaceRequest, ScalingRequest, SweepRequest

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
        self._timings: list[Timing] = []
        self.walks = Walks(self.process, self.room.slow, self)
        self.saving = PlotSaving(window, window.settings, self)
        self.matrices = MatricesControl(self.room.network, window.keeper, self)
        self._connect()
        cores = available_cores()
        for panel in (self.room.race, self.room.sizes, self.room.threads):
            panel.set_cores(cores)
        self.room.set_level(window.play.level)

    def open(self) -> None:
        """Get ready: list the rungs, and measure the machine as soon as nothing else computes."""
        if not self._is_listed:
            self._is_listed = True
            self.process.ask(RungsAsked())
        self._measure_machine()

    def save_picture(self) -> None:
        """Save what is shown in the middle as a picture."""
        shown = self.room.shown
        picture = shown.picture() if isinstance(shown, PlotPanel) else QImage()
        if picture.isNull():
            picture = shown.grab().toImage()
        self.saving.save_picture(picture, self.room.tab)

    def shutdown(self) -> None:
        """End the process."""
        self.process.shutdown()

    def _connect(self) -> None:
        room, measuring = self.room, self.measuring
        room.race.race_requested.connect(self._race)
        room.sizes.sweep_requested.connect(self._sweep)
        room.threads.scaling_requested.connect(self._scale)
        for panel in (room.race, room.sizes, room.threads):
            panel.cancel_requested.connect(self._cancel)
        room.escape_pressed.connect(self._cancel)
        room.tab_chosen.connect(self._show_tab)
        for name, plot in (("sizes", room.sizes), ("threads", room.threads), ("roofline", room.roofline)):
            plot.save_requested.connect(partial(self.saving.save_plot, plot, name))
        self.saving.saved.connect(self.notice)
        self.saving.refused.connect(self._refuse)
        measuring.said.connect(self._hear)
        for failing in (measuring.failed, self.walks.failed):
            failing.connect(self.notice)
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

    def _sweep(self, asked: SweepRequest) -> None:
        self._start("sizes", SweepAsked(**asdict(asked)))

    def _scale(self, asked: ScalingRequest) -> None:
        self._start("threads", ScalingAsked(**asdict(asked)))

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
        """Show what a measuring says, where it was asked for."""
        room, kind = self.room, self.measuring.kind
        if isinstance(event, Measured):
            for panel in (room.race, room.sizes, room.threads, room.roofline, room.machine):
                panel.set_machine(event.machine)
        elif isinstance(event, Timed):
            self._timings.append(event.timing)
            shown = {"race": (room.race, room.roofline), "sizes": (room.sizes,), "threads": (room.threads,)}
            for panel in shown[str(kind)]:
                panel.add_timing(event.timing)
        elif kind == "race" and isinstance(event, Preparing):
            room.race.set_preparing(event.kernel)
        elif kind == "race" and isinstance(event, Refused):
            room.race.set_refused(event.kernel, event.reason)
        elif kind != "race" and isinstance(event, Progress):
            plot = room.sizes if kind == "sizes" else room.threads
            plot.set_progress(event.done, event.total)

    def _hear_always(self, event: Event) -> None:
        """Show what needs no measuring."""
        room = self.room
        if isinstance(event, RungsFound):
            for panel in (room.race, room.sizes, room.threads, room.roofline, room.machine):
                panel.set_rungs(event.rungs)

    def _show_running(self, is_running: bool) -> None:
        if not is_running and self._next is not None:
            (kind, request), self._next = self._next, None
            self._start(kind, request)
            return
        room, now = self.room, self.measuring.kind
        shown = now if self._next is None else self._next[0]
        for name, panel in (("race", room.race), ("sizes", room.sizes), ("threads", room.threads)):
            panel.set_running(shown == name)
        said = None if now is None else LEARNING_WAITS if self.measuring.makes_learning_wait else ALONE[now]
        room.set_state(said)
        self._window.status.set_matmul(said or figure(self._timings))
        if not is_running:
            self._measure_machine()

    def _on_learning(self, is_running: bool) -> None:
        if not is_running:
            self._measure_machine()

    def _show_level(self, level: Level) -> None:
        self.room.set_level(level)

    def _refuse(self, why: Message) -> None:
        ErrorDialog(why, parent=self._window).wait()

    def _show_tab(self, key: str) -> None:
        if key == "network":
            self.matrices.refresh()


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
