"""Shows a table that was opened, and asks what to predict from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from playground.model.experiment import Table, TableData
from playground.model.keys import Level, Scaling
from playground.model.message import Message, message
from widgets.controls.buttons import Button
from widgets.controls.labelled_choice import LabelledChoice
from widgets.controls.labels import Label
from widgets.controls.named_field import NamedField
from widgets.controls.toggle import Toggle
from widgets.dialogs.dialog import Dialog
from widgets.dialogs.target_choices import TargetChoices
from widgets.dialogs.text_table import TextTable
from widgets.names import SCALING_NAMES
from widgets.text import pick, say

PREVIEW_ROWS = 50
TEST_SHARE = 0.25
DELIMITERS = {
    ",": message("commas"),
    ";": message("semicolons"),
    "\t": message("tabs"),
    "|": message("upright strokes"),
    " ": message("spaces"),
}


class Cells(Protocol):
    """The cells of a file as texts."""

    @property
    def names(self) -> Sequence[str]:
        """One per column."""
        ...

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The rows below the names."""
        ...


class Reading(Protocol):
    """A table that was read, and what was recognised in it."""

    @property
    def table(self) -> Table:
        """The columns that can be used."""
        ...

    @property
    def notes(self) -> tuple[Message, ...]:
        """What people should know."""
        ...

    @property
    def text(self) -> Cells:
        """The cells as they stand in the file."""
        ...

    @property
    def delimiter(self) -> str:
        """The sign between cells."""
        ...

    @property
    def encoding(self) -> str:
        """The encoding of the file."""
        ...

    @property
    def header(self) -> bool:
        """Whether the first row names the columns."""
        ...


class TableDialog(Dialog):
    """When it is accepted, `spec` says what to learn from the table."""

    header_requested = Signal(bool)
    """The table is to be read again, with the first row as names or as values."""

    def __init__(
        self, name: str, reading: Reading, scaling: Scaling, level: Level, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent, width_px=640)
        self._level = level
        self._reading = reading
        self._scaling = scaling
        self.recognised = Label("", "muted")
        self.notes = Label("", "muted")
        self.preview = TextTable(self.tr("The first rows"))
        self.preview.setMinimumHeight(170)
        self.header = Toggle(
            self.tr("The first row holds the names of the columns"),
            self.tr("Read the file again with the first row as names, or as values"),
        )
        self.targets = TargetChoices(self.tr("What should the network learn to answer?"))
        self.scaling = LabelledChoice(
            self.tr("Scaling"), self.tr("How the numbers of a column are brought to one size"), SCALING_NAMES
        )
        self.complaint = Label("", "complaint")
        self.cancel = Button(self.tr("Cancel"), self.tr("Close this and leave everything as it is (Esc)"))
        self.draw = Button(
            self.tr("Draw a network that fits"),
            self.tr("Draw a network with an input for every column and an output for what is predicted"),
            "primary",
        )
        for part in (
            self.recognised,
            self.notes,
            self.preview,
            self.header,
            NamedField(self.tr("What should the network learn to answer?"), self.targets),
            self.complaint,
            self.scaling,
        ):
            self.add(part)
        self.add_button(self.cancel)
        self.add_button(self.draw, is_default=True)
        self.header.toggled.connect(self.header_requested)
        self.targets.changed.connect(self._targets_changed)
        self.scaling.chosen.connect(self._scaling_chosen)
        self.cancel.clicked.connect(self.reject)
        self.draw.clicked.connect(self.accept)
        self.set_reading(reading, scaling)

    @property
    def spec(self) -> TableData:
        """What to learn from the table, as it is chosen now."""
        return TableData(
            self._reading.table, self.targets.chosen(), test_share=TEST_SHARE, scaling=self._scaling
        )

    def set_reading(self, reading: Reading, scaling: Scaling) -> None:
        """Show a table, and the scaling that suits it; the last column is what is predicted at first."""
        self._reading, self._scaling = reading, scaling
        self.recognised.set_text(say(recognised(reading)))
        self.notes.set_text("\n".join(say(note) for note in reading.notes))
        self.notes.setVisible(bool(reading.notes))
        self.preview.set_texts(reading.text.names, reading.text.rows[:PREVIEW_ROWS])
        with QSignalBlocker(self.header):
            self.header.setChecked(reading.header)
        name = pick(self._level, self.tr("Size of the numbers"), self.tr("Scaling"))
        self.scaling.sync(name, scaling, self._level)
        self.targets.offer(reading.table.columns)
        self._targets_changed()

    def _targets_changed(self) -> None:
        chosen, offered = len(self.targets.chosen()), len(self._reading.table.columns)
        wrong = ""
        if chosen == 0:
            wrong = self.tr("Choose at least one column to predict.")
        elif chosen == offered:
            wrong = self.tr("Leave at least one column to predict from.")
        self.complaint.set_text(wrong)
        self.complaint.setVisible(bool(wrong))
        self.draw.setEnabled(not wrong)

    def _scaling_chosen(self, key: str) -> None:
        self._scaling = cast("Scaling", key)


def recognised(reading: Reading) -> Message:
    """What the file was found to be."""
    rows, columns = reading.table.cells.shape
    return message(
        "{rows} rows and {columns} columns, with {delimiter} between the cells, written in {encoding}.",
        rows=rows,
        columns=columns,
        delimiter=DELIMITERS.get(reading.delimiter, message("“{sign}”", sign=reading.delimiter)),
        encoding=reading.encoding.upper(),
    )
