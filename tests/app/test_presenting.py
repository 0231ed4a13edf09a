"""Opening the presentation on the right screen, and coming back to exactly what was there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.app.presenting import Presenting
from playground.app.settings import PRESENTING_SCALE, PRESENTING_SCREEN, Settings
from tests import leaks
from widgets.presenter import Presenter


class Desk(QWidget):
    """A window with something to type in."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit("half a word")
        rows = QVBoxLayout(self)
        rows.addWidget(self.line)
        self.resize(640, 400)


@pytest.fixture
def notes() -> Settings:
    """What is remembered of presenting."""
    return Settings()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk)
    with qtbot.waitExposed(desk):
        desk.show()
    desk.activateWindow()
    desk.line.setFocus()
    return desk


@pytest.fixture
def presenting(desk: Desk, notes: Settings) -> Iterator[Presenting]:
    presenting = Presenting(desk, notes)
    yield presenting
    presenting.close()
    leaks.settle()


def opened(presenting: Presenting) -> Presenter:
    """Open the presentation and return its window."""
    presenting.open()
    assert presenting.presenter is not None
    return presenting.presenter


def test_it_opens_full_screen_where_the_window_is(presenting: Presenting, desk: Desk) -> None:
    heard: list[Presenter] = []
    presenting.opened.connect(heard.append)
    presenter = opened(presenting)
    assert heard == [presenter]
    assert presenter.isFullScreen()
    assert presenter.screen() is desk.screen()
    assert presenter.size() == desk.screen().size()
    presenting.open()
    assert presenting.presenter is presenter


def test_leaving_returns_to_exactly_what_was_there(presenting: Presenting, desk: Desk, qtbot: QtBot) -> None:
    desk.line.setSelection(2, 3)
    before = (desk.geometry(), desk.windowState(), desk.line.text(), desk.line.selectedText())
    presenter = opened(presenting)
    qtbot.waitUntil(presenter.canvas.hasFocus)
    with qtbot.waitSignal(presenting.closed):
        QTest.keyClick(presenter.canvas, Qt.Key.Key_Escape)
    assert not presenting.is_open
    qtbot.waitUntil(desk.line.hasFocus)
    assert (desk.geometry(), desk.windowState(), desk.line.text(), desk.line.selectedText()) == before


def test_a_covered_window_does_not_draw_and_draws_again(
    presenting: Presenting, desk: Desk, qtbot: QtBot
) -> None:
    presenter = opened(presenting)
    qtbot.waitUntil(lambda: not desk.updatesEnabled())
    desk.activateWindow()  # the presenter goes to the window by the keys of the system
    qtbot.waitUntil(desk.updatesEnabled)
    presenter.activateWindow()
    qtbot.waitUntil(lambda: not desk.updatesEnabled())
    presenting.close()
    assert desk.updatesEnabled()


def test_toggle_opens_and_closes(presenting: Presenting) -> None:
    presenting.toggle()
    assert presenting.is_open
    presenting.toggle()
    assert not presenting.is_open


def test_the_factor_is_remembered(presenting: Presenting, notes: Settings) -> None:
    presenter = opened(presenting)
    QTest.keyClick(presenter.canvas, Qt.Key.Key_Plus)
    QTest.keyClick(presenter.canvas, Qt.Key.Key_Plus)
    assert notes.get(PRESENTING_SCALE) == 1.5
    presenting.close()
    assert opened(presenting).content_scale == 1.5


def test_keys_of_the_window_live_while_presenting(presenting: Presenting, desk: Desk, qtbot: QtBot) -> None:
    train = QAction("Train", desk)
    train.setShortcut(QKeySequence("F6"))
    desk.addAction(train)
    presenting.set_actions([train])
    presenter = opened(presenting)
    qtbot.waitUntil(presenter.canvas.hasFocus)
    with qtbot.waitSignal(train.triggered):
        QTest.keyClick(presenter.windowHandle(), Qt.Key.Key_F6)
    presenting.close()
    qtbot.waitUntil(desk.isActiveWindow)
    with qtbot.waitSignal(train.triggered):
        QTest.keyClick(desk.windowHandle(), Qt.Key.Key_F6)


def test_a_window_that_closes_takes_the_presentation_along(presenting: Presenting, desk: Desk) -> None:
    opened(presenting)
    desk.close()
    assert not presenting.is_open


def test_a_screen_that_is_not_there_any_more_is_no_obstacle(presenting: Presenting, notes: Settings) -> None:
    notes.set(PRESENTING_SCREEN, "a projector that somebody took home")
    assert opened(presenting).screen() is QGuiApplication.primaryScreen()


TWO_SCREENS = {
    "synchronousWindowSystemEvents": True,
    "screens": [
        {"name": "desk", "x": 0, "y": 0, "width": 1440, "height": 900, "logicalDpi": 96, "dpr": 1},
        {"name": "projector", "x": 1440, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1},
    ],
}
PROGRAM = """
import sys
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from playground.app.presenting import Presenting
from playground.app.settings import PRESENTING_SCREEN, Settings

application = QApplication([])
desk, projector = QGuiApplication.screens()
assert (desk.name(), projector.name()) == ("desk", "projector")
window = QWidget()
window.setGeometry(100, 100, 640, 400)
window.show()
notes = Settings()
presenting = Presenting(window, notes)

def where():
    application.processEvents()
    place = presenting.presenter.geometry().getRect()
    return {(0, 0, 1440, 900): "desk", (1440, 0, 1920, 1080): "projector"}[place]

presenting.open()
print(where())
presenting.close()
notes.set(PRESENTING_SCREEN, "projector")
presenting.open()
print(where())
# Unplugged: Qt takes the screen off its list, then says so.
still = QGuiApplication.screens()[:1]
import playground.app.presenting as module

class Plugged(QGuiApplication):
    @staticmethod
    def screens():
        return still
module.QGuiApplication = Plugged
application.screenRemoved.emit(QGuiApplication.screens()[1])
print(where(), presenting.is_open)
presenting.close()
window.close()
"""


def test_the_chosen_screen_is_used_and_its_loss_survived(tmp_path: Path) -> None:
    places = tmp_path / "screens.json"
    places.write_text(json.dumps(TWO_SCREENS))
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={places}"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:3] == ["desk", "projector", "desk True"]
