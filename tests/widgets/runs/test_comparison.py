"""The table of runs: what differs, what is best, how it is sorted, copied, and read by keys alone."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.experiment import Learning
from playground.model.run_settings import settings_of
from tests.widgets.runs.made_up import run, several
from widgets.runs.compare_dialog import CompareDialog
from widgets.runs.comparison import as_csv, comparison, sorted_rows
from widgets.runs.setting_words import SETTING_NAMES, duration, setting_name, value_text


def texts(name: str, level: str = "numbers") -> list[str]:
    columns = {column.name: column for column in comparison(several(), level)}  # type: ignore[arg-type]
    return [cell.text for cell in columns[name].cells]


def test_settings_that_differ_have_a_column_and_others_have_none() -> None:
    names = [column.name for column in comparison(several(), "numbers")]
    assert {"Run", "Begins", "Learning rate", "Seed", "Epochs", "Training loss", "Test loss", "Time"} <= {
        *names
    }
    assert "Batch size" not in names
    assert "Noise" not in names
    assert texts("Run") == ["Run 1", "Faster", "Run 3"]
    assert texts("Learning rate") == ["0.03", "0.1", "0.03"]
    assert texts("Begins") == ["–", "From Run 1 at epoch 40", "–"]
    assert texts("Epochs") == ["100", "140", "100"]
    assert texts("Time") == ["1.2 s", "1 min 15 s", "1.2 s"]


def test_words_call_the_same_things_in_plain_words() -> None:
    assert texts("Step size", "words") == ["0.03", "0.1", "0.03"]
    assert texts("Right on new examples", "words")[0].startswith("89")


def test_a_setting_that_was_changed_on_the_way_shows_its_course() -> None:
    runs = [run(1, learning=Learning(learning_rate=0.03), later=Learning(learning_rate=0.3)), run(2)]
    column = next(column for column in comparison(runs, "maths") if column.name == "Learning rate")
    assert column.cells[0].text == "0.03 → 0.3"


def test_the_best_of_a_column_is_set_apart() -> None:
    columns = {column.name: column for column in comparison(several(), "numbers")}
    assert columns["Test loss"].best == {1}
    assert columns["Training accuracy"].best == {0, 1}
    assert columns["Epochs"].best == frozenset()


def test_figures_that_no_run_has_have_no_column() -> None:
    nan = float("nan")
    runs = [run(number, test_loss=nan, accuracy=nan) for number in (1, 2)]
    names = [column.name for column in comparison(runs, "numbers")]
    assert "Test loss" not in names
    assert "Training accuracy" not in names
    assert "Training loss" in names


def test_rows_are_sorted_by_value_and_missing_ones_come_last() -> None:
    runs = [run(1, loss=0.2), run(2, loss=10.0), run(3, loss=0.1, test_loss=float("nan"))]
    columns = {column.name: column for column in comparison(runs, "numbers")}
    assert sorted_rows(columns["Training loss"], descending=False) == [2, 0, 1]
    assert sorted_rows(columns["Training loss"], descending=True) == [1, 0, 2]
    assert sorted_rows(columns["Test loss"], descending=True) == [1, 0, 2]
    assert sorted_rows(columns["Test loss"], descending=False) == [0, 1, 2]


def test_the_csv_holds_full_numbers_in_the_order_of_the_table() -> None:
    columns = comparison(several(), "numbers")
    rows = list(csv.DictReader(io.StringIO(as_csv(columns, [2, 0, 1]))))
    assert [row["Run"] for row in rows] == ["Run 3", "Run 1", "Faster"]
    assert [float(row["Training loss"]) for row in rows] == pytest.approx([0.3, 0.05, 0.02], abs=1e-15)
    assert rows[1]["Begins"] == ""


def test_every_setting_has_names_and_every_value_is_readable() -> None:
    settings = settings_of(several()[0].start.experiment)
    assert settings.keys() - SETTING_NAMES.keys() == set()
    for key, value in settings.items():
        assert setting_name(key, "words")
        assert value_text(key, value, "maths")
    assert value_text("shuffle", True, "words") == "yes"
    assert value_text("optimizer", "adam", "words") != value_text("optimizer", "adam", "maths")
    assert setting_name("of_tomorrow", "words") == "Of tomorrow"
    assert duration(0.04) == "0 s"


@pytest.fixture
def dialog(qtbot: QtBot) -> CompareDialog:
    made = CompareDialog(several(), "numbers")
    qtbot.addWidget(made)
    made.show()
    return made


def names(dialog: CompareDialog) -> list[str]:
    model = dialog.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_space_sorts_by_the_column_and_again_the_other_way(dialog: CompareDialog) -> None:
    assert names(dialog) == ["Run 1", "Faster", "Run 3"]
    place = [column.name for column in dialog.model.columns].index("Test loss")
    dialog.table.setCurrentIndex(dialog.model.index(0, place))
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert names(dialog) == ["Faster", "Run 1", "Run 3"]
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert names(dialog) == ["Run 3", "Run 1", "Faster"]


def test_the_table_is_copied_as_it_is_sorted(dialog: CompareDialog) -> None:
    dialog.model.sort(0)
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.model.csv()
    assert copied.splitlines()[1].startswith("Faster,")
    assert "copied" in dialog.told.text()


def test_the_chosen_run_is_opened_wherever_it_is_sorted(dialog: CompareDialog) -> None:
    place = [column.name for column in dialog.model.columns].index("Test loss")
    dialog.model.sort(place)
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    dialog.open_run.click()
    assert dialog.opened == 2


def test_cells_say_their_column_to_a_screen_reader(dialog: CompareDialog) -> None:
    place = [column.name for column in dialog.model.columns].index("Seed")
    told = dialog.model.index(2, place).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Seed: 4"


def test_a_name_is_only_text() -> None:
    runs = [replace(run(1), name='=1+"x",2'), run(2)]
    text = as_csv(comparison(runs, "words"), [0, 1])
    assert next(csv.DictReader(io.StringIO(text)))["Run"] == '=1+"x",2'
