"""After a table was opened, a person sees what was recognised and chooses what to predict."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from playground.engine.csv_table import CsvReading, read_csv, with_classes
from playground.engine.fitting import fitting_experiment
from tests.widgets.gallery import CSV
from tests.widgets.spies import Heard
from widgets.controls.choice_box import ChoiceBox
from widgets.dialogs.table_dialog import PREVIEW_ROWS, TableDialog


@pytest.fixture
def reading() -> CsvReading:
    return read_csv(CSV)


@pytest.fixture
def dialog(qtbot: QtBot, reading: CsvReading) -> TableDialog:
    made = TableDialog("fruit.csv", reading, "standard", "words", with_classes)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_last_column_is_predicted_at_first(dialog: TableDialog, reading: CsvReading) -> None:
    assert dialog.spec.targets == ("good",)
    assert dialog.spec.table is reading.table
    assert dialog.spec.scaling == "standard"


def test_what_was_recognised_is_said(dialog: TableDialog, reading: CsvReading) -> None:
    text = dialog.recognised.text()
    assert "semicolons" in text
    assert "5 rows and 4 columns" in text
    assert len(dialog.notes.text().splitlines()) == len(reading.notes)
    model = dialog.preview.model()
    shown = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert shown == reading.text.rows


def choose(dialog: TableDialog, names: tuple[str, ...]) -> None:
    """Choose rows of the list of columns, as the arrow keys with Ctrl do."""
    model = dialog.columns.model()
    known = [model.index(row, 0).data() for row in range(model.rowCount())]
    dialog.columns.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for name in names:
        dialog.columns.selectionModel().select(model.index(known.index(name), 0), flags)


def pick(box: ChoiceBox, key: str) -> None:
    """Choose an entry as a person does."""
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def shown(dialog: TableDialog, name: str) -> list[str]:
    """The facts that the list says of a column, after its name."""
    model = dialog.columns.model()
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == name)
    return [model.index(row, place).data() for place in range(1, model.columnCount())]


def test_any_columns_can_be_predicted(dialog: TableDialog) -> None:
    choose(dialog, ("weight",))
    pick(dialog.use, "answer")
    both = dialog.spec.targets
    choose(dialog, ("good",))
    pick(dialog.use, "read")
    assert (both, dialog.spec.targets) == (("weight", "good"), ("weight",))
    assert fitting_experiment(dialog.spec)[0].network.outputs


def test_nothing_or_everything_cannot_be_predicted(dialog: TableDialog) -> None:
    for names in ((), ("weight", "size", "colour", "good")):
        dialog.answer(*names)
        assert not dialog.draw.isEnabled()
        assert dialog.complaint.isVisible()
        assert dialog.complaint.text().endswith(".")
    dialog.answer("size")
    assert dialog.draw.isEnabled()
    assert not dialog.complaint.isVisible()


def test_several_columns_are_left_out_at_once(dialog: TableDialog, reading: CsvReading) -> None:
    choose(dialog, ("weight", "size"))
    assert dialog.of_chosen.text() == "2 columns are chosen"
    assert dialog.use.current_key == "read"
    pick(dialog.use, "leave")
    assert [column.name for column in dialog.spec.table.columns] == ["colour", "good"]
    assert np.array_equal(dialog.spec.table.cells, reading.table.cells[:, 2:], equal_nan=True)
    pick(dialog.use, "read")
    assert dialog.spec.table is reading.table


@pytest.fixture
def wines(qtbot: QtBot) -> TableDialog:
    rows = ["kind,strength,flat", *(f"{1 + n % 3},{n / 7},5" for n in range(30))]
    made = TableDialog("wines.csv", read_csv("\n".join(rows).encode()), "standard", "numbers", with_classes)
    qtbot.addWidget(made)
    made.show()
    return made


def test_numbers_can_be_read_as_texts_and_back(wines: TableDialog) -> None:
    wines.answer("kind")
    assert shown(wines, "kind") == ["Learn to answer it", "Numbers", "1 to 3", "—", "One answer"]
    choose(wines, ("kind",))
    pick(wines.kind, "class")
    assert shown(wines, "kind")[1:3] == ["Texts", "1, 2, 3"]
    assert shown(wines, "kind")[4] == "3 answers: how likely each text is"
    assert wines.spec.table.columns[0].classes == ("1", "2", "3")
    assert wines.spec.table.cells[:4, 0].tolist() == [0.0, 1.0, 2.0, 0.0]
    pick(wines.kind, "number")
    assert wines.spec.table.cells[:4, 0].tolist() == [1.0, 2.0, 3.0, 1.0]


def test_texts_are_no_numbers(dialog: TableDialog) -> None:
    choose(dialog, ("colour",))
    pick(dialog.kind, "number")
    assert dialog.complaint.text() == "“colour” holds texts, which are no numbers."
    assert dialog.kind.current_key == "class"


def test_too_many_numbers_are_no_texts(qtbot: QtBot) -> None:
    rows = ["x,y", *(f"{n},{n % 2}" for n in range(200))]
    made = TableDialog("t.csv", read_csv("\n".join(rows).encode()), "none", "words", with_classes)
    qtbot.addWidget(made)
    made.show()
    made.set_kind(("x",), "class")
    assert "200 different numbers" in made.complaint.text()
    assert made.spec.table.columns[0].kind == "number"


def test_what_is_wrong_with_the_table_is_said(wines: TableDialog) -> None:
    wines.answer("strength")
    assert "“flat” is the same in every row" in wines.problems.text()
    wines.set_use(("flat",), "leave")
    assert "flat" not in wines.problems.text()


def test_the_rows_of_the_file_can_be_looked_at(dialog: TableDialog) -> None:
    assert dialog.columns.isVisible()
    dialog.shown.button("rows").click()
    assert dialog.preview.isVisible()
    assert not dialog.columns.isVisible()


def test_hundreds_of_columns_are_left_out_at_once(qtbot: QtBot) -> None:
    header = ",".join(f"c{n}" for n in range(300))
    rows = [",".join(str((n * k) % 17) for n in range(300)) for k in range(40)]
    reading = read_csv("\n".join([header, *rows]).encode())
    made = TableDialog("wide.csv", reading, "standard", "words", with_classes)
    qtbot.addWidget(made)
    made.show()
    made.set_use([f"c{n}" for n in range(100)], "leave")
    assert len(made.spec.table.columns) == 200
    assert "199 inputs" in made.problems.text()


def test_the_file_can_be_read_again_without_names(dialog: TableDialog) -> None:
    heard = Heard(dialog.header_requested)
    assert dialog.header.isChecked()
    dialog.header.click()
    assert heard.firsts == [False]
    again = read_csv(CSV, header=False)
    dialog.set_reading(again, "none")
    assert not dialog.header.isChecked()
    assert dialog.spec.targets == (again.table.columns[-1].name,)
    assert dialog.spec.scaling == "none"
    assert heard.firsts == [False]


def test_the_scaling_can_be_chosen(dialog: TableDialog) -> None:
    box = dialog.scaling.box
    box.setCurrentIndex(box.findData("minmax"))
    box.activated.emit(box.currentIndex())
    assert dialog.spec.scaling == "minmax"


def test_a_long_table_shows_its_first_rows_only(qtbot: QtBot) -> None:
    rows = "\n".join(f"{number},{number % 3}" for number in range(5000))
    dialog = TableDialog("long.csv", read_csv(f"a,b\n{rows}\n".encode()), "none", "numbers", with_classes)
    qtbot.addWidget(dialog)
    assert dialog.preview.model().rowCount() == PREVIEW_ROWS


@pytest.mark.parametrize(("press", "is_accepted"), [("draw", True), ("cancel", False)])
def test_it_is_accepted_only_by_drawing(dialog: TableDialog, press: str, is_accepted: bool) -> None:
    heard = Heard(dialog.accepted)
    getattr(dialog, press).click()
    assert (len(heard.all) == 1) == is_accepted
    assert not dialog.isVisible()
