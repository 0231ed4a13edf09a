"""The serial lane: one job after the other beside the window, answers brought back to the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class Job:
    """One piece of work: it can be cancelled until its answer has been handed over."""

    def __init__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._work = work
        self._done = done
        self._failed = failed
        self._cancelled = threading.Event()
        self.answer: Any = None
        self.error: Exception | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody waits for the answer any more; long work looks at this now and then."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Wish the work undone: it is not begun, or its answer is dropped."""
        self._cancelled.set()

    def run(self) -> None:
        """Do the work, in whatever thread, and keep the answer or the error."""
        try:
            self.answer = self._work()
        except Exception as error:  # noqa: BLE001  # it goes on to the one who asked, in the window's thread
            self.error = error

    def hand_over(self) -> None:
        """Give the answer or the error to the one who asked. Raises an error that nobody takes."""
        if self.is_cancelled:
            return
        if self.error is None:
            self._done(self.answer)
        elif self._failed is not None:
            self._failed(self.error)
        else:
            raise self.error


class Background(QObject):
    """Runs jobs one after the other in a thread of its own, which starts with the first job.

    idle() : the last waiting job has been handed over
    """

    idle = Signal()
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None, name: str = "serial lane") -> None:
        super().__init__(parent)
        self._name = name
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._open: list[Job] = []
        self._may_work = threading.Event()
        self._may_work.set()
        self._is_working = False
        self._is_over = False
        self._finished.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Whether no job waits, runs or is to be handed over."""
        return not self._open

    @property
    def is_working(self) -> bool:
        """Whether a job runs now."""
        return self._is_working

    def hold(self) -> None:
        """Begin no further job until `let_go`; the one that runs ends."""
        self._may_work.clear()

    def let_go(self) -> None:
        """Go on with the jobs that wait."""
        self._may_work.set()

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Do `work` beside the window, then call `done` with its answer, or `failed`, in this thread.

        `work` must hold all that it needs and change nothing that others see. An error that nobody takes
        is raised in this thread, where the door for errors is. After `shutdown` nothing is begun any more.
        """
        job = Job(work, done, failed)
        if self._is_over:
            job.cancel()
            return job
        self._open.append(job)
        if self._thread is None:
            self._thread = threading.Thread(target=self._lane, name=self._name, daemon=True)
            self._thread.start()
        self._waiting.put(job)
        return job

    def shutdown(self) -> None:
        """Drop all answers, let the running job end, and end the thread for good."""
        self._is_over = True
        self._may_work.set()
        for job in self._open:
            job.cancel()
        self._open.clear()
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()
            self._thread = None

    def _lane(self) -> None:
        while (job := self._waiting.get()) is not None:
            self._is_working = True  # before the gate is looked at, so that nobody takes it for idle
            while not self._may_work.is_set():
                self._is_working = False
                self._may_work.wait()
                self._is_working = True
            if not job.is_cancelled:
                job.run()
            self._is_working = False
            self._finished.emit(job)

    @Slot(object)
    def _hand_over(self, job: Job) -> None:
        if job not in self._open:
            return
        self._open.remove(job)
        try:
            job.hand_over()
        finally:
            if not self._open:
                self.idle.emit()
