"""Lets the network learn: train and pause, single steps, starting over, and the settings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.model.experiment import Learning
from playground.model.keys import Level
from playground.model.message import Message
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labels import Label
from widgets.learning_settings import LearningSettings
from widgets.text import capital, pick, say


class LearningPanel(QWidget):
    """Buttons that let it learn, one line that says how it goes, and the settings."""

    edit_requested = Signal(object)
    train_toggled = Signal()
    epoch_requested = Signal()
    batch_requested = Signal()
    start_over_requested = Signal()
    new_start_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_training = False
        self._refusal: Message | None = None
        self._state: Message | None = None
        self.heading = Label(self.tr("Learning"), "heading")
        self.train = Button(
            self.tr("Train"),
            self.tr("Let the network learn from all examples, again and again (F6)"),
            "primary",
        )
        self.epoch = Button(self.tr("One round"), self.tr("Learn from every example once (F7)"))
        self.batch = Button(self.tr("One step"), self.tr("Learn from the next few examples once (F8)"))
        self.start_over = Button(
            self.tr("Start over"), self.tr("Forget what was learned: go back to the same first weights (F9)")
        )
        self.new_start = Button(
            self.tr("New start"),
            self.tr("Forget what was learned: begin with other first weights (Shift+F9)"),
        )
        self.state = Label("", "muted")
        self.traced = Label(
            self.tr("These weights were learned in float32. Passes and their numbers are traced in float64."),
            "caption",
        )
        self.settings = LearningSettings()
        rows = column(self, gap_px=12)
        for part in (
            self.heading,
            self.state,  # above the buttons, which then stay under the pointer when it comes
            FlowRow(self.train, self.epoch, self.batch, self.start_over, self.new_start),
            self.traced,
            self.settings,
        ):
            rows.addWidget(part)
        self.state.setVisible(False)
        self.traced.setVisible(False)
        self.settings.edit_requested.connect(self.edit_requested)
        self.train.clicked.connect(self.train_toggled)
        self.epoch.clicked.connect(self.epoch_requested)
        self.batch.clicked.connect(self.batch_requested)
        self.start_over.clicked.connect(self.start_over_requested)
        self.new_start.clicked.connect(self.new_start_requested)

    def sync(self, learning: Learning, level: Level, row_count: int) -> None:
        """Show the settings at a level; there are `row_count` training rows."""
        self.epoch.set_text(pick(level, self.tr("One round"), self.tr("One epoch")))
        self.batch.set_text(pick(level, self.tr("One step"), self.tr("One batch")))
        self.settings.sync(learning, level, row_count)
        self.traced.setVisible(learning.kernel != "numpy" and learning.dtype == "float32")

    def set_training(self, is_training: bool) -> None:
        """Show whether training runs: the first button then pauses it."""
        if is_training == self._is_training:
            return
        self._is_training = is_training
        self.train.set_text(self.tr("Pause") if is_training else self.tr("Train"))
        self.train.setToolTip(
            self.tr("Hold the training where it is (F6)")
            if is_training
            else self.tr("Let the network learn from all examples, again and again (F6)")
        )
        self._enable()

    def set_refusal(self, refusal: Message | None) -> None:
        """Say why the network cannot train now; None lets it."""
        old, self._refusal = self._refusal, refusal
        self._enable()
        if refusal is not None:
            self.set_state(refusal)
        elif old is not None and self._state == old:
            self.set_state(None)

    def set_state(self, state: Message | None) -> None:
        """Say how the learning goes: paused, converged, stopped; else why it cannot go at all."""
        state = self._refusal if state is None else state
        self._state = state
        self.state.set_text("" if state is None else capital(say(state)))
        self.state.setVisible(state is not None)

    def _enable(self) -> None:
        can_train = self._refusal is None
        self.train.setEnabled(can_train or self._is_training)
        for button in (self.epoch, self.batch):
            button.setEnabled(can_train and not self._is_training)
