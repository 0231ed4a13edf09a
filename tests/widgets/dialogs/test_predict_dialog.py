"""Answers are shown beside their rows, and can be saved."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from playground.model.message import message
from tests.widgets.gallery import Answers
from tests.widgets.spies import Heard
from widgets.dialogs.predict_dialog import PredictDialog

ROWS = tuple((str(number), str(number * 2), "yes" if number % 3 else "no") for number in range(100_000))
ANSWERS = Answers(("a", "b", "ripe"), ROWS, 1, (message("{count} rows have missing values.", count=3),))


def test_every_row_is_there_and_answers_are_bold(qtbot: QtBot) -> None:
    dialog = PredictDialog(ANSWERS)
    qtbot.addWidget(dialog)
    dialog.show()
    model = dialog.table.model()
    assert (model.rowCount(), model.columnCount()) == (100_000, 3)
    for row in (0, 1, 99_999):
        assert tuple(model.index(row, column).data() for column in range(3)) == ROWS[row]
    fonts = [model.index(0, column).data(Qt.ItemDataRole.FontRole) for column in range(3)]
    assert fonts[:2] == [None, None]
    assert isinstance(fonts[2], QFont)
    assert fonts[2].weight() > QFont.Weight.Normal
    header = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert header == list(ANSWERS.names)
    assert "3 rows" in dialog.notes.text()


def test_saving_is_asked_for_and_leaves_the_dialog_open(qtbot: QtBot) -> None:
    dialog = PredictDialog(ANSWERS)
    qtbot.addWidget(dialog)
    dialog.show()
    heard = Heard(dialog.save_requested)
    dialog.save.click()
    assert len(heard.all) == 1
    assert dialog.isVisible()
    dialog.close_button.click()
    assert not dialog.isVisible()
