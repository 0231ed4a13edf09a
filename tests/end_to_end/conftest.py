"""Real windows for tests: made as the program makes them, closed again, with files where tests may write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from playground.app import kernels_control
from playground.app.kernel_process import KernelProcess
from playground.app.kernels_control import KernelsControl
from playground.app.settings import Settings
from playground.app.window import Window
from tests import leaks
from tests.app.measuring import COMMAND, plain
from tests.end_to_end.butler import Butler

WAIT_MS = 30_000
"""How long a condition may take on a slow and busy machine."""


class MakeWindow(Protocol):
    """Opens a window; `guards_errors` lets its own door take unexpected errors, which fail the test else."""

    def __call__(self, *, guards_errors: bool = False) -> Window:
        """Open one."""
        ...


@pytest.fixture
def make_window(qapp: QApplication, qtbot: QtBot) -> Iterator[MakeWindow]:
    """Opens windows as the program does; all are closed at the end, whatever is unsaved."""
    font, palette = QFont(qapp.font()), QPalette(qapp.palette())
    made: list[Window] = []

    def make(*, guards_errors: bool = False) -> Window:
        window = Window(qapp, Settings(), guards_errors=guards_errors)
        made.append(window)
        with qtbot.waitExposed(window, timeout=WAIT_MS):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: window.source.dataset is not None, timeout=WAIT_MS)
        return window

    yield make
    for window in made:
        if window.isVisible():
            # As from a file: nothing is unsaved, so that closing asks nothing.
            window.document.reset(window.document.experiment, window.document.parameters)
            window.close()
        # Qt deletes it while Python still holds it: collected by Python, it would leave its menus behind.
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    made.clear()
    leaks.settle()
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    """One window with the avocado."""
    return make_window()


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows opened from now on measure with a small process of made-up figures."""
    made_up = partial(KernelProcess, command=COMMAND, environment=plain)
    monkeypatch.setattr(kernels_control, "KernelProcess", made_up)


@pytest.fixture
def kernels(measuring: None, make_window: MakeWindow, qtbot: QtBot) -> KernelsControl:
    """The room Kernels of an open window, when it is ready; its figures are made up."""
    window = make_window()
    window.acts["room_kernels"].trigger()
    opened = window.kernels
    assert opened is not None
    qtbot.waitUntil(lambda: opened.is_ready, timeout=WAIT_MS)
    return opened


@pytest.fixture
def butler(qapp: QApplication) -> Iterator[Butler]:
    """Answers dialogs; a test fails at one that nobody expected."""
    butler = Butler()
    yield butler
    butler.stop()
    assert not butler.unexpected


@pytest.fixture
def file_chosen(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """Says which file the person chooses from now on, to open or to save; None cancels."""

    def choose(path: Path | None) -> None:
        answer = ("" if path is None else str(path), "")
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_args, **_kwargs: answer))

    choose(None)
    return choose
