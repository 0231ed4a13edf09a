"""The box of a row can be pressed, shows whether it is on, and tells who it is for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from resources.theme import LIGHT
from tests.widgets.colours import colours_of
from tests.widgets.themed import themed
from widgets.kernels.rung_box import RungBox


@pytest.fixture
def box(qtbot: QtBot) -> RungBox:
    made = RungBox()
    made.set_words("NumPy takes part", "Let it run in the next race, or leave it out")
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_is_spoken_of(box: RungBox) -> None:
    assert box.accessibleName() == "NumPy takes part"
    assert box.toolTip() == box.accessibleDescription() != ""


@pytest.mark.parametrize("place", [(1, 1), (14, 14), (26, 26)])
def test_all_of_it_can_be_pressed(box: RungBox, place: tuple[int, int]) -> None:
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(*place))
    assert box.isChecked()


def test_space_presses_it(box: RungBox) -> None:
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()


def test_what_cannot_run_is_pale(qapp: QApplication, box: RungBox) -> None:
    with themed(qapp, LIGHT):
        green = QColor(LIGHT.accent).name()
        assert green not in colours_of(box.grab().toImage())
        box.setChecked(True)
        assert green in colours_of(box.grab().toImage())
        box.setEnabled(False)
        assert green not in colours_of(box.grab().toImage())
