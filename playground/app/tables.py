"""Tables from outside: learning from one, and answering the rows of another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from playground.app.background import Background
from playground.app.document import Document
from playground.app.file_choice import FileChoice
from playground.app.file_guard import write_file
from playground.app.settings import Settings
from playground.model import edits
from playground.model.errors import PlaygroundError
from playground.model.experiment import BuiltInData, DataSpec, Experiment
from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.parameters import Parameters

if TYPE_CHECKING:
    from playground.engine.csv_table import CsvReading
    from playground.engine.predict import PredictedTable

T = TypeVar("T")

NOTHING_COPIED = message(
    "There is no table on the clipboard. Choose cells in a spreadsheet, copy them, and paste them here."
)


def is_tabular(text: str) -> bool:
    """Say whether a text looks like cells copied from a spreadsheet: lines with tabs in them."""
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    return len(lines) > 1 and all("\t" in line for line in lines)


class Tables(QObject):
    """Opens tables beside the window and asks what is to be learned from them."""

    notice = Signal(object)
    busy_changed = Signal(bool)
    fitted = Signal()
    """A network that fits other data was drawn."""

    def __init__(
        self,
        window: QWidget,
        document: Document,
        background: Background,
        settings: Settings,
        level: Callable[[], Level],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._background = background
        self._choice = FileChoice(window, settings)
        self._level = level
        self._stop = threading.Event()

    def ask_open(self) -> None:
        """Let the person choose a table to learn from."""
        path = self._ask(self.tr("Open a table"))
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Read a table, ask what to predict, and draw a network that fits."""
        self._learn_from(path, path.name, message("Take the table {name}", name=path.name))

    def paste(self) -> None:
        """Read the table on the clipboard, ask what to predict, and draw a network that fits."""
        from widgets.dialogs.error_dialog import ErrorDialog

        text = QGuiApplication.clipboard().text()
        if not text.strip():
            ErrorDialog(NOTHING_COPIED, parent=self._window).wait()
            return
        # Half a character, which no encoding can write, becomes a question mark.
        self._learn_from(text.encode("utf-8", "replace"), self.tr("Pasted table"), message("Paste a table"))

    def choose_built_in(self, key: str) -> None:
        """Take a built-in data set, with a network that fits it."""
        from playground.engine.datasets import BUILT_IN

        info = BUILT_IN[key]
        name = message("Take the data “{name}”", name=info.title)
        self._fit(BuiltInData(key, count=info.default_count), name)

    def ask_answers(self) -> None:
        """Let the person choose a table, and answer its rows."""
        path = self._ask(self.tr("Open a table with new rows"))
        if path is not None:
            self.answer(path)

    def answer(self, path: Path) -> None:
        """Answer the rows of a table with the network as it is now."""
        experiment, parameters = self._document.experiment, self._document.parameters

        def work() -> PredictedTable:
            from playground.engine.csv_table import read_text_table
            from playground.engine.predict import predict_table

            return predict_table(experiment, parameters, read_text_table(path, cancelled=self._stop.is_set))

        self._run(work, self._show_answers)

    def shutdown(self) -> None:
        """Stop reading."""
        self._stop.set()

    def _learn_from(self, source: Path | bytes, title: str, name: Message) -> None:
        self._read(source, None, lambda reading: self._choose(source, title, name, reading))

    def _read(self, source: Path | bytes, header: bool | None, then: Callable[[CsvReading], None]) -> None:
        def work() -> CsvReading:
            from playground.engine.csv_table import read_csv

            return read_csv(source, header=header, cancelled=self._stop.is_set)

        self._run(work, then)

    def _choose(self, source: Path | bytes, title: str, name: Message, reading: CsvReading) -> None:
        from playground.engine.csv_table import target_choices, with_classes
        from playground.engine.fitting import fitting_scaling
        from widgets.dialogs.table_dialog import TableDialog

        scaling = fitting_scaling(reading.table)
        dialog = TableDialog(title, reading, scaling, self._level(), with_classes, self._window)
        dialog.answer(*target_choices(reading.table)[:1])

        def read_again(is_header: bool) -> None:
            self._read(source, is_header, show_again)

        def show_again(again: CsvReading) -> None:
            if not is_open:
                return
            dialog.set_reading(again, fitting_scaling(again.table))
            dialog.answer(*target_choices(again.table)[:1])

        is_open = True
        dialog.header_requested.connect(read_again)
        accepted = dialog.wait()
        is_open = False  # what is still being read comes too late
        if accepted:
            self._fit(dialog.spec, name)

    def _fit(self, spec: DataSpec, name: Message) -> None:
        """Draw a network that fits, as one undo step: what was drawn before comes back with it."""
        from playground.engine.fitting import fitting_experiment

        def take(fitted: tuple[Experiment, Parameters]) -> None:
            experiment, parameters = fitted
            present = self._document.experiment.learning
            # What trains was chosen for this computer, not for those data.
            learning = replace(experiment.learning, kernel=present.kernel, dtype=present.dtype)
            if self._document.apply(edits.replace(replace(experiment, learning=learning), parameters, name)):
                self.fitted.emit()

        self._run(lambda: fitting_experiment(spec), take)

    def _show_answers(self, answers: PredictedTable) -> None:
        from widgets.dialogs.predict_dialog import PredictDialog

        dialog = PredictDialog(answers, self._window)
        dialog.save_requested.connect(lambda: self._save_answers(answers))
        dialog.wait()

    def _save_answers(self, answers: PredictedTable) -> None:
        suggested = f"{self.tr('answers')}.csv"
        path = self._choice.to_save(self.tr("Save the answers"), suggested, self.tr("Tables (*.csv)"))
        if path is None:
            return
        self._run(
            lambda: write_file(path, answers.as_csv()),
            lambda _stamp: self.notice.emit(message("Saved as {name}.", name=path.name)),
        )

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        def done(found: T) -> None:
            self.busy_changed.emit(False)
            then(found)

        self.busy_changed.emit(True)
        self._background.run(work, done, self._fail)

    def _fail(self, error: Exception) -> None:
        from widgets.dialogs.error_dialog import ErrorDialog

        self.busy_changed.emit(False)
        if not isinstance(error, PlaygroundError):
            raise error
        ErrorDialog(error.message, parent=self._window).wait()

    def _ask(self, title: str) -> Path | None:
        return self._choice.to_open(title, self.tr("Tables (*.csv *.tsv *.txt);;All files (*)"))
