"""A button with an icon has a name, and shows its state."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from resources.theme import THEMES, Theme
from tests.widgets.themed import themed
from widgets.controls.icon_button import IconButton


def made(qtbot: QtBot) -> IconButton:
    button = IconButton("play", "Play", "Let the pass run", size_px=44, is_round=True, primary=True)
    qtbot.addWidget(button)
    button.show()
    return button


def test_another_meaning_brings_another_name_and_picture(qtbot: QtBot) -> None:
    button = made(qtbot)
    before = button.grab().toImage()
    button.set_icon("pause", "Pause", "Hold the pass")
    assert (button.name, button.accessibleName(), button.toolTip()) == ("pause", "Pause", "Hold the pass")
    assert button.grab().toImage() != before


def test_mouse_and_space_press_it(qtbot: QtBot) -> None:
    button = made(qtbot)
    spy = QSignalSpy(button.clicked)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert spy.count() == 2


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_it_has_the_themes_colours_and_pales_when_disabled(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    with themed(qapp, theme):
        button = made(qtbot)
        assert button.grab().toImage().pixelColor(6, 22) == QColor(theme.accent)
        button.setEnabled(False)
        assert button.grab().toImage().pixelColor(6, 22) != QColor(theme.accent)
