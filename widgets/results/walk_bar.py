"""A small bar for walking through examples: which one it is, the one before, the next one, and its pass."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from playground.model.message import Message, message
from widgets.controls.buttons import Button
from widgets.controls.card import Card
from widgets.controls.icon_button import IconButton
from widgets.controls.labels import Label
from widgets.text import say


class WalkBar(Card):
    """Says which example of how many is followed; the keys are on its buttons.

    stepped(int) : the next one (1) or the one before (-1)
    play_requested() : its pass is to be played
    closed() : the walk is over
    """

    stepped = Signal(int)
    play_requested = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(gap_px=6)
        self.sentence = Label("", "plain")
        self.note = Label("", "caption")
        self.back = IconButton(
            "step-back", self.tr("Example before"), self.tr("Follow the example before"), size_px=32
        )
        self.forth = IconButton(
            "step-forward", self.tr("Next example"), self.tr("Follow the next example"), size_px=32
        )
        self.play = Button(
            self.tr("Play its pass"),
            self.tr("Watch this example travel through the network, forward and back"),
        )
        self.close_button = Button(
            self.tr("Close"), self.tr("Stop walking; the example stays in the network"), "quiet"
        )
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.back, self.forth, self.play):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.rows.addWidget(self.sentence)
        self.rows.addWidget(self.note)
        self.rows.addLayout(row)
        self.back.clicked.connect(self._step_back)
        self.forth.clicked.connect(self._step_forth)
        self.play.clicked.connect(self.play_requested)
        self.close_button.clicked.connect(self.closed)

    def set_example(self, place: int, count: int, told: Message, *, is_test: bool) -> None:
        """Say which example is followed: `place` counts from 0."""
        number = message("{number} of {count}: {told}", number=place + 1, count=count, told=told)
        self.sentence.set_text(say(number))
        self.note.set_text(
            self.tr("It is kept for testing: the network does not learn from it.") if is_test else ""
        )
        self.note.setVisible(is_test)
        self.back.setEnabled(place > 0)
        self.forth.setEnabled(place + 1 < count)

    def _step_back(self) -> None:
        self.stepped.emit(-1)

    def _step_forth(self) -> None:
        self.stepped.emit(1)
