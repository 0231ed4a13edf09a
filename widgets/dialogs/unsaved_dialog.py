"""Asks what becomes of unsaved work."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QWidget

from playground.model.message import message
from widgets.controls.buttons import Button
from widgets.controls.labels import Label
from widgets.dialogs.dialog import Dialog
from widgets.text import say

Answer = Literal["save", "discard", "cancel"]


class UnsavedDialog(Dialog):
    """Save, Don't save, or Cancel; closing the dialog cancels."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_title(name), parent)
        self.answer: Answer = "cancel"
        self.add(Label(self.tr("What you have drawn and what the network has learned is lost otherwise.")))
        self.discard = Button(self.tr("Don't save"), self.tr("Go on, and lose the changes"))
        self.cancel = Button(self.tr("Cancel"), self.tr("Stay here and change nothing (Esc)"))
        self.save = Button(self.tr("Save"), self.tr("Save the changes, then go on"), "primary")
        self.add_button(self.discard, at_left=True)
        self.add_button(self.cancel)
        self.add_button(self.save, is_default=True)
        self.discard.clicked.connect(self._discarded)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._saved)
        self.save.setFocus()

    def _saved(self) -> None:
        self.answer = "save"
        self.accept()

    def _discarded(self) -> None:
        self.answer = "discard"
        self.accept()


def _title(name: str) -> str:
    return say(message("Save the changes to “{name}”?", name=name) if name else message("Save your work?"))
