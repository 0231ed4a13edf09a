"""What a run has reached, in large figures that are read from afar: rounds, right answers, how it goes."""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from playground.model.keys import Level
from playground.model.message import Message, format_number, message
from playground.model.snapshot import Snapshot
from widgets.controls.card import column
from widgets.controls.labels import Label
from widgets.loss_plot import percent
from widgets.text import pick, say

Course = Literal["learning", "converged"]

RENEW_MS = 120
"""Figures that change more often than this cannot be read."""


LEAST_FIGURE_PX = 100
"""Room that a figure and the longest word of its caption need."""


class Figure(QWidget):
    """One figure and, small below it, what it is."""

    def __init__(self, *, is_accent: bool = False) -> None:
        super().__init__()
        self.value = Label("", "figure", wraps=False)
        self.value.setProperty("accent", is_accent)
        self.caption = Label("", "caption")
        rows = column(self, gap_px=0)
        rows.addWidget(self.value)
        rows.addWidget(self.caption)
        rows.addStretch(1)

    def set_texts(self, value: str, caption: str) -> None:
        """Show a figure and its caption; both are one to a screen reader."""
        self.value.set_text(value)
        self.caption.set_text(caption)
        self.setAccessibleName(f"{value} {caption}")


class RunFigures(QWidget):
    """Three figures of a run: how long, how good, and whether it still gets better."""

    def __init__(self) -> None:
        super().__init__()
        self.rounds = Figure()
        self.quality = Figure()
        self.course = Figure(is_accent=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 0, 0)  # where the timeline begins
        row.setSpacing(16)
        for figure, share in ((self.rounds, 3), (self.quality, 4), (self.course, 4)):
            row.addWidget(figure, share)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._shown: tuple[Snapshot, Course, Level, Message] | None = None
        self._is_late = False
        self._pause = QTimer(self, interval=RENEW_MS, singleShot=True)
        self._pause.timeout.connect(self._renew)

    def sync(self, snapshot: Snapshot, course: Course, level: Level, things: Message) -> None:
        """Show what a run has reached; `things` is what the network has not seen: "new avocados".

        While figures follow one another quickly, the newest are shown a few times a second.
        """
        self._shown, self._is_late = (snapshot, course, level, things), True
        if not self._pause.isActive():
            self._renew()

    def set_level(self, level: Level) -> None:
        """Say what is shown at another level."""
        if self._shown is not None:
            snapshot, course, _, things = self._shown
            self.sync(snapshot, course, level, things)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit: the course first, then how good it is."""
        super().resizeEvent(event)
        self.quality.setVisible(self.width() >= 2 * LEAST_FIGURE_PX)
        self.course.setVisible(self.width() >= 3 * LEAST_FIGURE_PX)

    def minimumSizeHint(self) -> QSize:
        """Room for one figure."""
        return QSize(LEAST_FIGURE_PX, self.rounds.sizeHint().height())

    def hideEvent(self, event: QHideEvent) -> None:
        """What waits to be shown is of no use any more."""
        super().hideEvent(event)
        self._pause.stop()
        self._shown, self._is_late = None, False

    def _renew(self) -> None:
        if self._shown is None or not self._is_late:
            return
        snapshot, course, level, things = self._shown
        self._is_late = False
        self._pause.start()
        epochs = round(snapshot.epoch) if snapshot.epoch >= 10 else round(snapshot.epoch, 2)
        self.rounds.set_texts(format_number(epochs), pick(level, self.tr("rounds"), self.tr("epochs")))
        self.quality.set_texts(*_quality(snapshot, level, things))
        if course == "learning":
            rate = round(snapshot.epochs_per_second)
            per_second = (
                message("{rate} rounds a second", rate=rate)
                if level == "words"
                else message("{rate} epochs a second", rate=rate)
            )
            self.course.set_texts(self.tr("Learning"), say(per_second))
        else:
            word = pick(level, self.tr("Settled"), self.tr("Converged"))
            self.course.set_texts(word, self.tr("not improving any more"))


def _quality(snapshot: Snapshot, level: Level, things: Message) -> tuple[str, str]:
    """The share of right answers where that makes sense, else the loss; on what is new where there is any."""
    if not math.isnan(snapshot.test_accuracy):
        return percent(snapshot.test_accuracy), say(message("right on {things}", things=things))
    if not math.isnan(snapshot.train_accuracy):
        return percent(snapshot.train_accuracy), say(message("right in practice"))
    is_new = not math.isnan(snapshot.test_loss)
    figure = format_number(snapshot.test_loss if is_new else snapshot.train_loss)
    if level == "words":
        practice = message("mistake in practice")
        return figure, say(message("mistake on {things}", things=things) if is_new else practice)
    return figure, say(message("test loss") if is_new else message("training loss"))
