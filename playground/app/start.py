"""The start of the window: first the picture, then all that can wait."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication

from playground.app import settings as remembered
from playground.app.first_paint import FirstPaint
from playground.app.motion import system_reduces_motion
from playground.app.settings import Settings
from playground.app.window import Window


def run_window(path: Path | None) -> int:
    """Open the window, with a file where one is given, and stay until it is closed; return the exit code."""
    application = QApplication([])
    application.setApplicationName("Neural Playground")
    settings = Settings()
    window = Window(application, settings, begins=False)
    window.room.canvas.set_content_scale(settings.get(remembered.CONTENT_SCALE))

    def begin() -> None:
        from widgets.app_icon import app_icon

        window.begin()
        application.setWindowIcon(app_icon())
        window.compute.background.run(system_reduces_motion, window.apply_motion)
        window.rooms.go(window.rooms.remembered)
        window.kernel.begin()
        if path is not None:
            window.files.open(path)
        window.files.offer_lost_work()

    first_paint = FirstPaint(window.room.canvas, begin, report="PLAYGROUND_REPORT_PAINT" in os.environ)
    window.show()
    code = application.exec()
    first_paint.deleteLater()
    return code
