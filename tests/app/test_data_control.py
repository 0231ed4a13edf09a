"""What the data panels ask for is done in the window: inputs come and go, cells are pasted."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model.experiment import TableData
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS
from widgets.dialogs.table_dialog import TableDialog


def test_a_chip_adds_an_input_in_one_undo_step(window: Window, qtbot: QtBot) -> None:
    window.tables.choose_built_in("circle")
    qtbot.waitUntil(lambda: "x1^2" in window.room.features.chips, timeout=WAIT_MS)
    before, count = window.document.experiment, window.document.undo_stack.count()
    window.room.features.chips["x1^2"].click()
    assert window.document.undo_stack.count() == count + 1
    assert window.document.undo_stack.undoText() == "Read x₁²"
    assert window.source.bound is not None
    assert window.source.bound.train_inputs.shape[1] == 3
    assert window.room.features.chips["x1^2"].isChecked()
    window.document.undo_stack.undo()
    assert window.document.experiment == before
    assert not window.room.features.chips["x1^2"].isChecked()


def test_copied_cells_are_pasted_as_a_table(window: Window, qtbot: QtBot, butler: Butler) -> None:
    rows = "\n".join(f"{n},5\t{'ja' if n % 3 else 'nein'}" for n in range(25))
    QGuiApplication.clipboard().setText(f"Länge\tgut\n{rows}")

    def draw(dialog: QDialog) -> None:
        assert isinstance(dialog, TableDialog)
        dialog.draw.click()

    butler.expect(TableDialog.__name__, draw)
    window.acts["paste"].trigger()
    qtbot.waitUntil(lambda: isinstance(window.document.experiment.data, TableData), timeout=WAIT_MS)
    data = window.document.experiment.data
    assert isinstance(data, TableData)
    assert data.table.cells[:2, 0].tolist() == [0.5, 1.5]
    assert data.table.columns[1].classes == ("ja", "nein")


def test_copied_nodes_are_still_pasted(window: Window) -> None:
    count = len(window.document.experiment.network.nodes)
    window.acts["select_all"].trigger()
    window.acts["copy"].trigger()
    window.acts["paste"].trigger()
    assert len(window.document.experiment.network.nodes) == 2 * count
