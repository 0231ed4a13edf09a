"""Collects garbage in the window's thread only: elsewhere it would destroy Qt objects in the wrong thread."""

from __future__ import annotations

import gc
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 1_000
MANY_OBJECTS = 50_000
"""So many new objects come from one large piece of work, such as opening a file, and are there to stay."""
LONG_SECONDS = 0.02
"""A collection that took longer is a stall that people could see; its survivors are set aside."""


class Collector(QObject):
    """Switches Python's own collection off, and collects from a timer, the young often and all seldom."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect what Python would have collected by now."""
        if gc.get_count()[0] > MANY_OBJECTS:
            gc.freeze()
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [
            generation
            for generation, (count, limit) in enumerate(zip(counts, limits, strict=True))
            if count > limit
        ]
        if not due:
            return
        start = perf_counter()
        gc.collect(max(due))
        if perf_counter() - start > LONG_SECONDS:
            gc.freeze()

    def stop(self) -> None:
        """Hand collection back to Python with all that was set aside, unless it was off before."""
        self._timer.stop()
        if self._was_enabled:
            gc.unfreeze()
            gc.enable()
