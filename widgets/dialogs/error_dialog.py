"""Says that something went wrong, with details to copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from playground.model.message import Message, message
from widgets.controls.buttons import Button
from widgets.controls.disclosure import Disclosure
from widgets.controls.labels import Label
from widgets.dialogs.dialog import Dialog
from widgets.text import say


class ErrorDialog(Dialog):
    """One sentence; the details are folded away until somebody wants to pass them on."""

    def __init__(self, said: Message, details: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            say(message("Something went wrong") if details else message("That does not work")), parent
        )
        self.sentence = Label(say(said))
        self.add(self.sentence)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setMinimumHeight(160)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.disclosure = Disclosure(
            self.tr("Details"), self.tr("Show what a programmer needs to find the fault"), self.details
        )
        self.add(self.disclosure)
        self.copy = Button(
            self.tr("Copy the details"), self.tr("Put the details on the clipboard, to pass them on")
        )
        self.go_on = Button(self.tr("Go on"), self.tr("Close this and go on working (Esc)"), "primary")
        self.add_button(self.copy, at_left=True)
        self.add_button(self.go_on, is_default=True)
        self.disclosure.setVisible(bool(details))
        self.copy.setVisible(bool(details))
        self.copy.clicked.connect(self._copy)
        self.go_on.clicked.connect(self.accept)
        self.go_on.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.sentence.text()}\n\n{self.details.toPlainText()}")
