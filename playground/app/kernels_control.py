"""Wires the room Kernels: what is measured comes from the process, what is asked for goes to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from kernels.threads import available_cores
from playground.app.kernel_preparing import keep_compiled
from playground.app.kernel_process import KernelProcess
from playground.app.kernel_use import KernelUse
from playground.app.kernels_room import KernelsRoom
from playground.app.kernels_show import KernelsShow
from playground.app.matrices_control import MatricesControl
from playground.app.measuring import Kind, Measuring
from playground.app.plot_saving import PlotSaving
from playground.app.walks import Walks
from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.speed import Timing
from playground.model.speed_events import Done, Event, Measured, Preparing, RungsFound, Timed
from playground.model.speed_requests import MachineAsked, PreparingAsked, Request, RungsAsked
from widgets.dialogs.error_dialog import ErrorDialog
from widgets.kernels.plot_panel import PlotPanel
from widgets.presenter.enlarged import Enlarged

if TYPE_CHECKING:
    from playground.app.window import Window

ALONE: dict[Kind, Message] = {
    "machine": message("Measuring what this computer can do at all. Nothing else computes meanwhile."),
    "race": message("The race has this computer to itself. Nothing else computes meanwhile."),
    "sizes": message("The measuring has this computer to itself. Nothing else computes meanwhile."),
    "threads": message("The measuring has this computer to itself. Nothing else computes meanwhile."),
}
COMPILED = frozenset({"numba-loops", "numba-blocked", "numba-packed", "numba-parallel"})
"""Rungs that have to be compiled once on each computer, and loaded each time."""

LEARNING_WAITS = message("The measuring has this computer to itself. Learning waits, and goes on afterwards.")


class KernelsControl(QObject):
    """Keeps the room at the present, and sends what it asks for to where it is done."""

    notice = Signal(object)
    """A Message for the person, to be shown for a while."""

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        keep_compiled()  # before the process starts, which keeps there what it compiles
        self.room = KernelsRoom()
        self.process = KernelProcess(self)
        self.measuring = Measuring(
            self.process, window.document, window.training, window.compute, window.player, self
        )
        self.walks = Walks(self.process, self.room.pages.slow, self)
        self.use = KernelUse(self.room.use, window.document, window.compute, window.kernel, self)
        self.saving = PlotSaving(window, window.settings, self)
        self.matrices = MatricesControl(self.room.pages.network, window.keeper, self)
        self.presented = KernelsShow(self.process, window.keeper, self)
        self._is_listed = False
        self._cold: list[str] = []
        self._warming = 0
        self._wants_machine = True
        self._next: tuple[Kind, Request] | None = None
        self._timings: list[Timing] = []
        self._connect()
        self.room.pages.set_cores(available_cores())
        self._show_level(window.play.level)
        self.set_reduced_motion(window.player.reduced_motion)

    @property
    def is_ready(self) -> bool:
        """Whether the ladder is known, and the machine measured where learning did not stand in the way."""
        return bool(self.room.pages.rungs) and not self.measuring.is_running

    def open(self) -> None:
        """Get ready: list the rungs, and measure the machine as soon as nothing else computes."""
        if not self._is_listed:
            self._is_listed = True
            self.process.ask(RungsAsked())
        self.use.open()
        self.room.setFocus()
        self._measure_machine()

    def close(self) -> None:
        """Do nothing more that only this room shows; what is being measured goes on."""
        self.use.close()

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Let nothing travel."""
        self.room.pages.set_reduced_motion(is_reduced)
        self.presented.set_reduced_motion(is_reduced)

    def make_show(self) -> Enlarged:
        """Return a presentation of what is shown in the middle."""
        return self.presented.make(self.room.pages, self._window.play.level, self._kind)

    def save_picture(self) -> None:
        """Save what is shown in the middle as a picture."""
        shown = self.room.pages.shown
        picture = shown.picture() if isinstance(shown, PlotPanel) else QImage()
        if picture.isNull():
            picture = shown.grab().toImage()
        self.saving.save_picture(picture, self.room.tab)

    def shutdown(self) -> None:
        """End the process."""
        self.process.shutdown()

    def _connect(self) -> None:
        room, pages, measuring = self.room, self.room.pages, self.measuring
        for asking in (pages, self.presented):
            asking.measuring_requested.connect(self._start)
            asking.cancel_requested.connect(self._cancel)
        room.escape_pressed.connect(self._cancel)
        room.tab_chosen.connect(self._show_tab)
        self.presented.tab_chosen.connect(room.show_tab)
        for name, plot in (("sizes", pages.sizes), ("threads", pages.threads), ("roofline", room.roofline)):
            plot.save_requested.connect(partial(self.saving.save_plot, plot, name))
        self.saving.saved.connect(self.notice)
        self.saving.refused.connect(self._refuse)
        measuring.said.connect(self._hear)
        for failing in (measuring.failed, self.walks.failed, self.use.notice):
            failing.connect(self.notice)
        measuring.running_changed.connect(self._show_running)
        self.process.said.connect(self._hear_beside)
        for worker in (self._window.files, self._window.tables):
            worker.busy_changed.connect(self._give_way)
        self._window.play.level_changed.connect(self._show_level)
        self._window.training.running_changed.connect(self._on_learning)
        self.notice.connect(self._window.status.show_notice)

    def _measure_machine(self) -> None:
        """Measure what the machine can do, once, as soon as learning need not wait for it."""
        if self._wants_machine and not self._window.training.is_running and not self.measuring.is_running:
            self._wants_machine = False
            self.measuring.start("machine", MachineAsked())

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
        kind = self.measuring.kind
        if isinstance(event, Measured):
            self.room.set_machine(event.machine)
            self.presented.set_machine(event.machine)
        elif kind is not None:
            self.room.pages.hear(kind, event)
            self.presented.hear(kind, event)
        if isinstance(event, Timed):
            self._timings.append(event.timing)
            if kind == "race":
                self.room.roofline.add_timing(event.timing)

    def _hear_beside(self, event: Event) -> None:
        """Show the ladder, which needs no measuring, and what a race has to wait for."""
        if isinstance(event, RungsFound):
            self.room.set_rungs(event.rungs)
            self.presented.set_rungs(event.rungs)
            self._cold = [rung.key for rung in event.rungs if rung.why_not is None and rung.key in COMPILED]
        elif event.id == self._warming and isinstance(event, Done):
            self._warm_up()
        elif event.id == self._warming and isinstance(event, Preparing) and self.measuring.kind == "race":
            self.room.pages.hear("race", event)
            self.presented.hear("race", event)

    def _warm_up(self) -> None:
        """Let the process load or compile the next kernel while nobody waits, so that a race begins at once.

        One at a time, so that whoever asks for something else waits for one kernel at most. A race prepares
        its kernels itself.
        """
        if self._cold and not self.measuring.is_running:
            self._warming = self.process.ask(PreparingAsked(kernel=self._cold.pop(0), dtype="float32"))

    @property
    def _kind(self) -> Kind | None:
        """What the room shows as being measured: also what has to wait for the machine's own facts."""
        return self.measuring.kind if self._next is None else self._next[0]

    def _show_running(self, is_running: bool) -> None:
        if not is_running and self._next is not None:
            (kind, request), self._next = self._next, None
            self._start(kind, request)
            return
        now = self.measuring.kind
        self.room.pages.set_running(self._kind)
        self.presented.set_running(self._kind)
        said = None if now is None else LEARNING_WAITS if self.measuring.makes_learning_wait else ALONE[now]
        self.room.set_state(said)
        self._window.status.set_matmul(said or figure(self._timings))
        if not is_running:
            self._measure_machine()
            self._warm_up()

    def _give_way(self, is_busy: bool) -> None:
        """A file that is opened or saved goes first: it would have to wait as everything does."""
        if is_busy:
            self._cancel()

    def _on_learning(self, is_running: bool) -> None:
        if not is_running:
            self._measure_machine()

    def _show_level(self, level: Level) -> None:
        self.room.set_level(level)
        self.use.set_level(level)
        self.presented.set_level(level)

    def _refuse(self, why: Message) -> None:
        ErrorDialog(why, parent=self._window).wait()

    def _show_tab(self, key: str) -> None:
        if key == "network":
            self.matrices.refresh()


def figure(timings: Sequence[Timing]) -> Message | None:
    """Return the best figure of a measuring, for the status bar; None where nothing was measured."""
    best = max(timings, key=lambda timing: timing.gflops, default=None)
    if best is None:
        return None
    if best.ratio_to_numpy is None or best.kernel == "numpy":
        return message("matmul <b>{speed} GFLOP/s</b>", speed=best.gflops)
    return message(
        "matmul <b>{speed} GFLOP/s</b> · {ratio}× NumPy", speed=best.gflops, ratio=best.ratio_to_numpy
    )
