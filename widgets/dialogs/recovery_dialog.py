"""Offers work that was not saved when the program ended last time."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QWidget

from playground.model.message import message
from widgets.controls.buttons import Button
from widgets.controls.labels import Label
from widgets.dialogs.dialog import Dialog
from widgets.text import say

Answer = Literal["recover", "discard", "later"]


class RecoveryDialog(Dialog):
    """Open it, throw it away, or decide later; closing the dialog decides later."""

    def __init__(self, name: str, when: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("There is unsaved work from last time"), parent)
        self.answer: Answer = "later"
        if name:
            text = message(
                "“{name}” as it was on {when}, with changes that were not saved.", name=name, when=when
            )
        else:
            text = message("A network without a name, as it was on {when}.", when=when)
        self.sentence = Label(say(text))
        self.add(self.sentence)
        self.discard = Button(self.tr("Throw it away"), self.tr("Delete the unsaved work for good"))
        self.later = Button(self.tr("Later"), self.tr("Keep it, and ask again at the next start (Esc)"))
        self.recover = Button(
            self.tr("Open it"), self.tr("Open the unsaved work, to look at it and save it"), "primary"
        )
        self.add_button(self.discard, at_left=True)
        self.add_button(self.later)
        self.add_button(self.recover, is_default=True)
        self.discard.clicked.connect(self._discarded)
        self.later.clicked.connect(self.reject)
        self.recover.clicked.connect(self._recovered)
        self.recover.setFocus()

    def _recovered(self) -> None:
        self.answer = "recover"
        self.accept()

    def _discarded(self) -> None:
        self.answer = "discard"
        self.accept()
