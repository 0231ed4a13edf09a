"""The field for formulas underlines what is wrong, where it stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.spies import Heard
from widgets.controls.formula_field import LEAST_PX, FormulaField


@pytest.fixture
def field(qtbot: QtBot) -> FormulaField:
    made = FormulaField("Formula", "A formula of columns")
    qtbot.addWidget(made)
    made.resize(240, 32)
    made.show()
    return made


def test_the_wave_is_under_the_wrong_part(field: FormulaField) -> None:
    field.setText("x1 + yyyy + x2")
    field.set_wrong((5, 9))
    left, right = field.underlined()
    metrics = field.fontMetrics()
    assert right - left == pytest.approx(metrics.horizontalAdvance("yyyy"), abs=2)
    first = left
    field.set_wrong((12, 14))
    assert field.underlined()[0] - first == pytest.approx(metrics.horizontalAdvance("yyyy + "), abs=2)


def test_it_stays_under_it_where_the_text_is_scrolled(field: FormulaField) -> None:
    field.setText("x1 + " * 30 + "y")
    field.set_wrong((150, 151))
    field.end(False)
    left, right = field.underlined()
    assert 0 < left < right <= field.width()
    assert left > field.width() / 2
    field.set_wrong((0, 2))
    assert field.underlined()[0] == pytest.approx(5.0)


def test_a_place_at_the_end_is_seen(field: FormulaField) -> None:
    field.setText("x1 +")
    field.set_wrong((4, 4))
    left, right = field.underlined()
    assert right - left == LEAST_PX
    before = field.grab().toImage()
    field.set_wrong(None)
    assert field.underlined() == (0.0, 0.0)
    assert field.grab().toImage() != before


def test_enter_takes_and_escape_empties(field: FormulaField) -> None:
    heard = Heard(field.taken)
    QTest.keyClicks(field, "x1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(heard.all) == 1
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
