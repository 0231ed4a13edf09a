"""What Qt needs before anything can be painted, with a display or without."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from playground.model.errors import PlaygroundError
from playground.model.message import message


@contextmanager
def painting() -> Generator[None]:
    """Make sure that fonts and pictures can be used inside the block, without opening anything.

    An application that is there is used; else one without windows is made for the block. Raises
    PlaygroundError where the program runs on one that cannot paint.
    """
    present = QCoreApplication.instance()
    if isinstance(present, QGuiApplication):
        yield
        return
    if present is not None:
        raise PlaygroundError(message("Pictures cannot be drawn here: the program was started without them."))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QGuiApplication(["playground"])
    try:
        yield
    finally:
        made.shutdown()
