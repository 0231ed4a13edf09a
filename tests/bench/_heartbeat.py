"""Measures how long the event loop makes an event wait."""

from __future__ import annotations

from time import perf_counter, thread_time

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot

INTERVAL_MS = 5


class Heartbeat(QObject):
    """A timer that notes how late it is called; what a click would have waited.

    delays_ms : by how much each call came too late
    own_ms : the processor time of this thread between two calls. On a machine that others use too, a delay
        may be several times the work that caused it; this tells how long it would have been alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.delays_ms: list[float] = []
        self.own_ms: list[float] = []
        self._worked = 0.0
        self._due = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to measure."""
        self.delays_ms.clear()
        self.own_ms.clear()
        self._worked = thread_time()
        self._due = perf_counter() + INTERVAL_MS / 1000
        self._timer.start()

    def stop(self) -> None:
        """Measure no longer."""
        self._timer.stop()

    def percentile(self, percent: float) -> float:
        """Return a percentile of the delays in milliseconds."""
        return float(np.percentile(self.delays_ms, percent))

    def own_percentile(self, percent: float) -> float:
        """Return a percentile of this thread's own work between two calls, in milliseconds."""
        return float(np.percentile(self.own_ms, percent))

    @Slot()
    def _beat(self) -> None:
        now = perf_counter()
        worked = thread_time()
        self.delays_ms.append(max(0.0, (now - self._due) * 1000))
        self.own_ms.append((worked - self._worked) * 1000)
        self._worked = worked
        self._due = now + INTERVAL_MS / 1000
