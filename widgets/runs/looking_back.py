"""Says that the past is shown, and leads out of it: back to now, or on from here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.run import readable_epoch
from widgets.controls.buttons import Button
from widgets.controls.card import Card
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labels import Label
from widgets.text import say


class LookingBack(Card):
    """A notice over the stage, seen only while the past is shown."""

    back_requested = Signal()
    continue_requested = Signal()

    def __init__(self) -> None:
        super().__init__(look="notice")
        self.setObjectName("looking_back")
        self.sentence = Label("", "strong", wraps=False)
        self.back = Button(
            self.tr("Back to now"), self.tr("Show what the network knows now; nothing was changed (Esc)")
        )
        self.go_on = Button(
            self.tr("Continue from here"),
            self.tr(
                "Let the network have these weights again, and learn on from them as a new run; "
                "one step that can be undone"
            ),
            "primary",
        )
        self.rows.setContentsMargins(16, 8, 8, 8)
        self.rows.addWidget(FlowRow(self.sentence, self.back, self.go_on, gap_px=12))
        self.back.clicked.connect(self.back_requested)
        self.go_on.clicked.connect(self.continue_requested)
        self.setVisible(False)

    def sync(self, epoch: float, last: float, level: Level) -> None:
        """Say which epoch is shown, of how many."""
        self.sentence.set_text(say(looking_at(epoch, last, level)))
        hint = (
            self.tr("Play shows how it answered then. Nothing changes by looking.")
            if level == "words"
            else self.tr("Passes run with these weights and keep nothing. Nothing changes by looking.")
        )
        self.setToolTip(hint)
        self.setAccessibleDescription(hint)
        self.setAccessibleName(self.sentence.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to now."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)


def looking_at(epoch: float, last: float, level: Level) -> Message:
    """Return the sentence that says which epoch is shown, of how many."""
    shown, count = readable_epoch(epoch), readable_epoch(last)
    if level == "words":
        return message("You are looking at round {epoch} of {count}", epoch=shown, count=count)
    return message("You are looking at epoch {epoch} of {count}", epoch=shown, count=count)
