"""Asks what to do when another program has changed the file that is to be saved."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QWidget

from playground.model.message import message
from widgets.controls.buttons import Button
from widgets.controls.labels import Label
from widgets.dialogs.dialog import Dialog
from widgets.text import say

Answer = Literal["overwrite", "save_as", "cancel"]


class ChangedDialog(Dialog):
    """Replace the file, save under another name, or cancel; closing the dialog cancels."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(say(message("“{name}” was changed by another program", name=name)), parent)
        self.answer: Answer = "cancel"
        self.add(Label(self.tr("Saving here would replace what the other program has written.")))
        self.overwrite = Button(
            self.tr("Replace it"), self.tr("Save here, and lose what the other program has written")
        )
        self.cancel = Button(self.tr("Cancel"), self.tr("Save nothing for now (Esc)"))
        self.save_as = Button(self.tr("Save as…"), self.tr("Keep both: save under another name"), "primary")
        self.add_button(self.overwrite, at_left=True)
        self.add_button(self.cancel)
        self.add_button(self.save_as, is_default=True)
        self.overwrite.clicked.connect(self._overwritten)
        self.cancel.clicked.connect(self.reject)
        self.save_as.clicked.connect(self._saved_as)
        self.save_as.setFocus()

    def ask(self) -> Answer:
        """Show the dialog and return the answer."""
        self.wait()
        return self.answer

    def _overwritten(self) -> None:
        self.answer = "overwrite"
        self.accept()

    def _saved_as(self) -> None:
        self.answer = "save_as"
        self.accept()
