"""After a table was opened, a person sees what was recognised and chooses what to predict."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.engine.csv_table import CsvReading, read_csv
from playground.engine.fitting import fitting_experiment
from tests.widgets.gallery import CSV
from tests.widgets.spies import Heard
from widgets.dialogs.table_dialog import PREVIEW_ROWS, TableDialog


@pytest.fixture
def reading() -> CsvReading:
    return read_csv(CSV)


@pytest.fixture
def dialog(qtbot: QtBot, reading: CsvReading) -> TableDialog:
    made = TableDialog("fruit.csv", reading, "standard", "words")
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


def test_any_columns_can_be_predicted(dialog: TableDialog) -> None:
    dialog.targets.toggle("weight").click()
    both = dialog.spec.targets
    dialog.targets.toggle("good").click()
    assert (both, dialog.spec.targets) == (("weight", "good"), ("weight",))
    assert fitting_experiment(dialog.spec)[0].network.outputs


def test_nothing_or_everything_cannot_be_predicted(dialog: TableDialog) -> None:
    for names in ((), ("weight", "size", "colour", "good")):
        dialog.targets.choose(names)
        assert not dialog.draw.isEnabled()
        assert dialog.complaint.isVisible()
        assert dialog.complaint.text().endswith(".")
    dialog.targets.choose(("size",))
    assert dialog.draw.isEnabled()
    assert not dialog.complaint.isVisible()


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
    dialog = TableDialog("long.csv", read_csv(f"a,b\n{rows}\n".encode()), "none", "numbers")
    qtbot.addWidget(dialog)
    assert dialog.preview.model().rowCount() == PREVIEW_ROWS


@pytest.mark.parametrize(("press", "is_accepted"), [("draw", True), ("cancel", False)])
def test_it_is_accepted_only_by_drawing(dialog: TableDialog, press: str, is_accepted: bool) -> None:
    heard = Heard(dialog.accepted)
    getattr(dialog, press).click()
    assert (len(heard.all) == 1) == is_accepted
    assert not dialog.isVisible()
