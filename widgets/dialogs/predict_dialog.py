"""Shows the network's answers for new rows, and saves them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.model.message import Message, message
from widgets.controls.buttons import Button
from widgets.controls.labels import Label
from widgets.dialogs.dialog import Dialog
from widgets.dialogs.text_table import TextTable
from widgets.text import say


class Answers(Protocol):
    """A table of new rows; its last columns are the network's answers."""

    @property
    def names(self) -> Sequence[str]:
        """One per column."""
        ...

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The rows as texts."""
        ...

    @property
    def answer_count(self) -> int:
        """How many of the last columns are answers."""
        ...

    @property
    def notes(self) -> tuple[Message, ...]:
        """What people should know."""
        ...


class PredictDialog(Dialog):
    """The rows with their answers in bold; they can be saved as a table."""

    save_requested = Signal()

    def __init__(self, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("The network's answers"), parent, width_px=680)
        count = len(answers.rows)
        self.summary = Label(
            say(message("{count} rows; the answers are in bold, at the right.", count=count)), "muted"
        )
        self.notes = Label("\n".join(say(note) for note in answers.notes), "muted")
        self.notes.setVisible(bool(answers.notes))
        self.table = TextTable(self.tr("Rows and answers"))
        self.table.setMinimumHeight(320)
        self.table.set_texts(answers.names, answers.rows, answers.answer_count)
        self.save = Button(self.tr("Save as a table…"), self.tr("Save rows and answers as a CSV file"))
        self.close_button = Button(
            self.tr("Close"), self.tr("Close this; nothing else changes (Esc)"), "primary"
        )
        self.add(self.summary)
        self.add(self.notes)
        self.add(self.table, 1)
        self.add_button(self.save)
        self.add_button(self.close_button, is_default=True)
        self.save.clicked.connect(self.save_requested)
        self.close_button.clicked.connect(self.accept)
