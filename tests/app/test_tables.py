"""Tables from outside: what is learned from them, what is answered, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from playground.app.background import Background
from playground.app.document import Document
from playground.app.settings import Settings
from playground.app.tables import Tables, is_tabular
from playground.engine.csv_table import read_csv
from playground.engine.fitting import fitting_experiment
from playground.engine.trace import trace_values
from playground.model import edits
from playground.model.errors import DataError
from playground.model.experiment import BuiltInData, TableData
from playground.model.message import sentence
from tests.end_to_end.butler import Butler
from widgets.dialogs.error_dialog import ErrorDialog
from widgets.dialogs.predict_dialog import PredictDialog
from widgets.dialogs.table_dialog import TableDialog

FRUIT = "weight,size,good\n" + "1.5,2,yes\n2,3,no\n1,4,yes\n4,1,no\n" * 5


class Desk:
    """A window with a document that fits the avocado's data, and its tables."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        window = QWidget()
        qtbot.addWidget(window)
        self.document = Document(*fitting_experiment(BuiltInData("avocado", 40)))
        self.background = Background()
        self.tables = Tables(window, self.document, self.background, Settings(), lambda: "words")
        self.busy: list[bool] = []
        self.tables.busy_changed.connect(self.busy.append)

    def wait(self) -> None:
        """Wait until everything is read and drawn."""
        self._qtbot.waitUntil(lambda: self.background.is_idle, timeout=20_000)

    def close(self) -> None:
        """Close as the window does."""
        self.tables.shutdown()
        self.background.shutdown()
        self.document.close()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot)
    yield desk
    desk.close()


@pytest.fixture
def fruit(tmp_path: Path) -> Path:
    path = tmp_path / "fruit.csv"
    path.write_text(FRUIT)
    return path


def dialog_of(dialog: QDialog) -> TableDialog:
    assert isinstance(dialog, TableDialog)
    return dialog


def test_a_table_becomes_a_network_in_one_undo_step(desk: Desk, fruit: Path, butler: Butler) -> None:
    before = (desk.document.experiment, desk.document.parameters)
    butler.expect(TableDialog.__name__, lambda dialog: dialog_of(dialog).draw.click())
    desk.tables.open(fruit)
    desk.wait()
    data, network = desk.document.experiment.data, desk.document.experiment.network
    assert isinstance(data, TableData)
    assert data.targets == ("good",)
    assert [network.nodes[node].feature for node in network.inputs] == ["weight", "size"]
    assert desk.document.undo_stack.undoText() == "Take the table fruit.csv"
    assert desk.document.undo_stack.count() == 1
    desk.document.undo_stack.undo()
    assert (desk.document.experiment, desk.document.parameters) == before
    assert desk.busy[-1] is False


def test_another_column_can_be_predicted(desk: Desk, fruit: Path, butler: Butler) -> None:
    def predict_size(dialog: QDialog) -> None:
        dialog_of(dialog).answer("size")
        dialog_of(dialog).draw.click()

    butler.expect(TableDialog.__name__, predict_size)
    desk.tables.open(fruit)
    desk.wait()
    experiment = desk.document.experiment
    assert isinstance(experiment.data, TableData)
    assert experiment.data.targets == ("size",)
    assert experiment.learning.loss == "squared"


def test_the_first_row_can_be_read_as_values(
    desk: Desk, tmp_path: Path, butler: Butler, qtbot: QtBot
) -> None:
    path = tmp_path / "words.csv"
    path.write_text("red,round,good\ngreen,long,bad\nred,long,good\ngreen,round,bad\nred,round,good\n")
    rows: list[int] = []

    def read_again(dialog: QDialog) -> None:
        table = dialog_of(dialog)
        before = table.header.isChecked()
        rows.append(table.spec.table.cells.shape[0])
        table.header.click()
        qtbot.waitUntil(lambda: table.spec.table.cells.shape[0] != rows[0], timeout=20_000)
        rows.append(table.spec.table.cells.shape[0])
        assert table.header.isChecked() != before
        table.cancel.click()

    butler.expect(TableDialog.__name__, read_again)
    desk.tables.open(path)
    desk.wait()
    assert sorted(rows) == [4, 5]


def test_cancelling_leaves_everything_as_it_is(desk: Desk, fruit: Path, butler: Butler) -> None:
    before = desk.document.experiment
    butler.expect(TableDialog.__name__, lambda dialog: dialog_of(dialog).cancel.click())
    desk.tables.open(fruit)
    desk.wait()
    assert butler.seen == ["TableDialog"]
    assert desk.document.experiment is before
    assert not desk.document.is_modified


def test_a_built_in_data_set_comes_with_its_network(desk: Desk) -> None:
    desk.tables.choose_built_in("admission")
    desk.wait()
    data = desk.document.experiment.data
    assert isinstance(data, BuiltInData)
    assert data.name == "admission"
    assert desk.document.undo_stack.count() == 1


def test_other_data_are_learned_with_the_kernel_that_was_chosen(desk: Desk) -> None:
    assert desk.document.apply(edits.set_learning(kernel="numba-parallel", dtype="float32"))
    desk.tables.choose_built_in("circle")
    desk.wait()
    learning = desk.document.experiment.learning
    assert (learning.kernel, learning.dtype) == ("numba-parallel", "float32")


@pytest.mark.parametrize("asked", ["open", "answer"])
def test_what_is_no_table_gets_one_sentence(desk: Desk, tmp_path: Path, butler: Butler, asked: str) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(bytes(range(256)) * 10)
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, ErrorDialog)
        said.append(dialog.sentence.text())
        dialog.accept()

    butler.expect(ErrorDialog.__name__, read)
    {"open": desk.tables.open, "answer": desk.tables.answer}[asked](path)
    desk.wait()
    assert len(said) == 1
    assert "not a table" in said[0]
    assert desk.busy == [True, False]
    assert not desk.document.is_modified


@pytest.mark.parametrize("chosen", [True, False])
def test_new_rows_are_answered_and_saved_where_the_person_says(
    desk: Desk,
    tmp_path: Path,
    butler: Butler,
    file_chosen: Callable[[Path | None], None],
    chosen: bool,
) -> None:
    columns = [desk.document.experiment.network.nodes[node].feature for node in range(1, 4)]
    rows = np.array([[0.1, 0.9, 0.4], [0.8, 0.3, 0.6]])
    asked = tmp_path / "rows.csv"
    asked.write_text("\n".join([",".join(map(str, columns)), *(",".join(map(str, row)) for row in rows)]))
    saved = tmp_path / "answers"
    file_chosen(saved if chosen else None)

    def save(dialog: QDialog) -> None:
        assert isinstance(dialog, PredictDialog)
        dialog.save.click()
        dialog.close_button.click()

    butler.expect(PredictDialog.__name__, save)
    desk.tables.answer(asked)
    desk.wait()
    assert butler.seen == ["PredictDialog"]
    assert not desk.document.is_modified
    if not chosen:
        assert list(tmp_path.iterdir()) == [asked]
        return
    lines = (tmp_path / "answers.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 3
    outputs = trace_values(desk.document.experiment, desk.document.state, rows).activations[:, -1]
    for line, output in zip(lines[1:], outputs, strict=True):
        numbers = [float(cell) for cell in line.split(",") if cell.replace(".", "").isdigit()]
        assert min(abs(number - output) for number in numbers) < 1e-3


def test_cells_copied_in_a_spreadsheet_become_a_network(desk: Desk, butler: Butler) -> None:
    rows = "".join(f"{n / 4:.2f}\t{'ja' if n % 2 else 'nein'}\n".replace(".", ",") for n in range(30))
    QGuiApplication.clipboard().setText(f"Breite\tgut\n{rows}")
    butler.expect(TableDialog.__name__, lambda dialog: dialog_of(dialog).draw.click())
    desk.tables.paste()
    desk.wait()
    data = desk.document.experiment.data
    assert isinstance(data, TableData)
    assert data.targets == ("gut",)
    assert data.table.cells[:3, 0].tolist() == [0.0, 0.25, 0.5]
    assert desk.document.undo_stack.undoText() == "Paste a table"


def test_an_empty_clipboard_gets_one_sentence(desk: Desk, butler: Butler) -> None:
    QGuiApplication.clipboard().setText("  \n ")
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, ErrorDialog)
        said.append(dialog.sentence.text())
        dialog.accept()

    butler.expect(ErrorDialog.__name__, read)
    desk.tables.paste()
    assert len(said) == 1
    assert "no table on the clipboard" in said[0]
    assert not desk.document.is_modified


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\n1\t2", True),
        ("a\tb\r\n1\t2\r\n", True),
        ("one line\twith a tab", False),
        ("two lines\nwithout", False),
        ("", False),
    ],
)
def test_cells_are_told_from_other_texts(text: str, expected: bool) -> None:
    assert is_tabular(text) is expected


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200) | st.text(alphabet="\t\n\r\"',;1a\x00\ud800", max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        reading = read_csv(text.encode("utf-8", "replace"))
    except DataError as refused:
        said = sentence(refused.message)
    else:
        said = "Read."
        assert reading.table.cells.shape[0] >= 2
    assert said.endswith(".")
