"""Gets the orders in which kernels walk over their matrices, for slow motion."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.app.kernel_process import KernelProcess
from playground.model.message import Message
from playground.model.speed import Schedule
from playground.model.speed_events import Event, Failed, Scheduled
from playground.model.speed_requests import ScheduleAsked
from widgets.kernels.slow_motion import PLAIN, SlowMotion

Wanted = tuple[str, int, int]
"""A kernel's key, the size of the matrices, and the number of threads."""


class Walks(QObject):
    """Asks the measuring process for schedules, keeps them, and hands them to slow motion.

    failed(Message) : a schedule cannot be had, and why
    """

    failed = Signal(object)

    def __init__(self, process: KernelProcess, view: SlowMotion, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = process
        self._view = view
        self._known: dict[Wanted, Schedule] = {}
        self._asked: dict[int, Wanted] = {}
        self._shown: Wanted | None = None
        process.said.connect(self._hear)
        process.lost.connect(self._lose)
        process.busy_changed.connect(self._ask_again)
        view.schedule_requested.connect(self.want)
        self.failed.connect(view.set_refused)

    def want(self, kernel: str, size: int, threads: int) -> None:
        """Show this schedule, beside the one of plain loops of the same size."""
        self._shown = (kernel, size, threads)
        for wanted in (self._shown, _plain(self._shown)):
            if wanted in self._known:
                self._show(wanted)
            elif wanted not in self._asked.values():
                self._ask(wanted)

    def _ask(self, wanted: Wanted) -> None:
        kernel, n, threads = wanted
        request = ScheduleAsked(kernel=kernel, m=n, n=n, k=n, threads=threads, dtype="float32")
        self._asked[self._process.ask(request)] = wanted

    def _hear(self, event: Event) -> None:
        wanted = self._asked.get(event.id or 0)
        if wanted is None:
            return
        if isinstance(event, Scheduled):
            self._known[wanted] = event.schedule
            self._show(wanted)
            return
        del self._asked[event.id or 0]
        if isinstance(event, Failed):
            self.failed.emit(event.reason)

    def _show(self, wanted: Wanted) -> None:
        if self._shown is None:
            return
        if wanted == self._shown:
            self._view.set_schedule(self._known[wanted])
        if wanted == _plain(self._shown):
            self._view.set_reference(self._known[wanted])

    def _lose(self, why: Message) -> None:
        if self._asked:
            self._asked.clear()
            self.failed.emit(why)

    def _ask_again(self, is_busy: bool) -> None:
        """Ask again for what was dropped together with a measuring that was cancelled."""
        if is_busy or not self._asked:
            return
        dropped = tuple(self._asked.values())
        self._asked.clear()
        for wanted in dropped:
            self._ask(wanted)


def _plain(wanted: Wanted) -> Wanted:
    return PLAIN, wanted[1], 1
