"""Opens the window as the program does and prints when the fast kernel is ready, for `tests.bench.ready`."""

from __future__ import annotations

import json
import sys
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from playground.app import settings as remembered
from playground.app.first_paint import FirstPaint
from playground.app.kernel_control import FAST
from playground.app.main import SWITCH_SECONDS
from playground.app.settings import Settings
from playground.app.window import Window
from playground.model.keys import DTYPES, DType
from playground.model.message import sentence

LONGEST_MS = 300_000


class Watch(QObject):
    """Notes the seconds from the first paint until the fast kernel is ready in one type after the other."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self._warmth = window, window.compute.warmth
        self._painted_at = 0.0
        self._seconds: dict[DType, float] = {}
        self._warmth.changed.connect(self._look)

    def begin(self) -> None:
        """Begin what the window begins after its first picture."""
        self._painted_at = perf_counter()
        self._window.kernel.begin()
        for dtype in DTYPES:
            self._warmth.want(FAST, dtype)

    @Slot()
    def _look(self) -> None:
        for dtype in DTYPES:
            state = self._warmth.state(FAST, dtype)
            if state == "ready":
                self._seconds.setdefault(dtype, perf_counter() - self._painted_at)
            elif state == "failed":
                said = self._warmth.said(FAST, dtype)
                print(json.dumps({"failed": "" if said is None else sentence(said)}), flush=True)
                QApplication.quit()
        if len(self._seconds) == len(DTYPES):
            print(json.dumps(self._seconds), flush=True)
            QApplication.quit()


def main() -> None:
    """Show the window of somebody who used the fast kernel last."""
    application = QApplication([])
    sys.setswitchinterval(SWITCH_SECONDS)
    settings = Settings()
    settings.set(remembered.FAST_KERNEL, True)
    window = Window(application, settings, guards_errors=False)
    watch = Watch(window)
    first_paint = FirstPaint(window.room.canvas, watch.begin)
    window.show()
    QTimer.singleShot(LONGEST_MS, application.quit)
    application.exec()
    first_paint.deleteLater()
    window.compute.shutdown()
    window.close()


if __name__ == "__main__":
    main()
