"""How the learning has gone so far: the loss over the epochs, in practice and on new examples."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.model.keys import Level
from playground.model.mark import Mark
from playground.model.message import Message, format_number, message
from playground.model.snapshot import Snapshot
from widgets.controls.card import column
from widgets.controls.labels import Label
from widgets.controls.toggle import Toggle
from widgets.mark_words import mark_text
from widgets.runs.overlays import Overlay
from widgets.style import theme_of
from widgets.text import say

if TYPE_CHECKING:
    from widgets.loss_curves import LossCurves

REDRAW_MS = 80
"""At most 12 pictures a second."""


class LossPlot(QWidget):
    """An empty place until something was learned; then two curves, whose values show under the pointer.

    The plotting library is loaded when the first curve is drawn, not before.
    """

    log_changed = Signal(bool)
    epoch_requested = Signal(float)
    """Somebody wants to see this epoch; infinity is now."""
    step_requested = Signal(int)
    """Somebody wants to see so many remembered instants further on, or further back."""

    def __init__(self) -> None:
        super().__init__()
        self._snapshot: Snapshot | None = None
        self._level: Level = "words"
        self._things = message("new examples")
        self._curves: LossCurves | None = None
        self._looked: Snapshot | None = None
        self._overlays: tuple[Overlay, ...] = ()
        self._colour = 0
        self._marks: tuple[Mark, ...] = ()
        self.heading = Label(self.tr("Learning so far"), "heading")
        self.empty = Label(
            self.tr("Press Train, and the mistakes of the network draw their curve here."), "muted"
        )
        self.figures = Label("", "caption")
        self.log = Toggle(
            self.tr("Log scale"),
            self.tr("Draw equal ratios equally high, so that small losses can be told apart"),
        )
        self.pointed = Label("", "caption")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.pointed, 1)
        foot.addWidget(self.log)
        self._rows = column(self, gap_px=8)
        self._rows.addWidget(self.heading)
        self._rows.addWidget(self.empty)
        self._rows.addWidget(self.figures)
        self._rows.addLayout(foot)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self.log.toggled.connect(self._log_toggled)
        self._show_state()

    @property
    def curves(self) -> LossCurves | None:
        """The drawn curves, once there are any."""
        return self._curves

    def set_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show what a run has reached; None where nothing was learned yet."""
        if snapshot is self._snapshot:
            return
        self._snapshot = snapshot
        if not self._has_history():
            self._draw()
        elif self.isVisible() and not self._redraw.isActive():
            self._redraw.start()

    def set_looked(self, looked: Snapshot | None) -> None:
        """Put the handle at an instant of the past, and say its figures; None is now."""
        if looked is not self._looked:
            self._looked = looked
            self._draw()

    def set_overlays(self, overlays: tuple[Overlay, ...], colour: int) -> None:
        """Draw other runs behind the present one, and the present one in its colour."""
        self._overlays, self._colour = overlays, colour
        self._draw()

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        """Mark the moments at which something was changed; what it was is told under the pointer."""
        self._marks = marks
        self._tell_newest_mark()
        self._draw()

    def set_words(self, level: Level, things: Message) -> None:
        """Name the curves at a level; `things` is what the network has not seen: "new avocados"."""
        if (level, things) != (self._level, self._things):
            self._level, self._things = level, things
            self._draw()

    def set_log(self, is_log: bool) -> None:
        """Choose the scale of the loss."""
        self.log.setChecked(is_log)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody looked."""
        super().showEvent(event)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing while nobody looks."""
        super().hideEvent(event)
        self._redraw.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._curves is not None:
            self._curves.set_theme(theme_of(self))

    def _has_history(self) -> bool:
        return self._snapshot is not None and len(self._snapshot.history) > 1

    def _show_state(self) -> None:
        has = self._has_history()
        self.empty.setVisible(not has)
        for part in (self.figures, self.log, self.pointed):
            part.setVisible(has)
        if self._curves is not None:
            self._curves.setVisible(has)

    def _draw(self) -> None:
        self._show_state()
        if self._snapshot is None or not self._has_history() or not self.isVisible():
            return
        curves = self._made_curves()
        practice, unseen = self._names()
        curves.set_colour(self._colour)
        if curves.overlays is not self._overlays:
            curves.set_overlays(self._overlays)
        curves.set_history(self._snapshot.history, practice, unseen)
        curves.set_marks(tuple(mark.epoch for mark in self._marks))
        looked = self._looked
        curves.set_looked(None if looked is None else looked.epoch)
        figures = self._figures_message(self._snapshot if looked is None else looked)
        self.figures.set_text(say(figures))
        curves.setAccessibleDescription(
            self.tr("{figures}. The arrow keys look back along the run; Esc returns to now.").format(
                figures=say(figures)
            )
        )

    def _made_curves(self) -> LossCurves:
        if self._curves is None:
            from widgets.loss_curves import LossCurves

            self._curves = LossCurves(theme_of(self))
            self._curves.setAccessibleName(self.tr("Loss over the epochs"))
            self._curves.set_log(self.log.isChecked())
            self._rows.insertWidget(2, self._curves)
            self._curves.setToolTip(
                self.tr("Drag the handle, or click, to see the network as it was then; nothing changes by it")
            )
            self._curves.pointed_at.connect(self._point)
            self._curves.epoch_requested.connect(self.epoch_requested)
            self._curves.mark_pointed.connect(self._point_mark)
            self._curves.step_requested.connect(self.step_requested)
        self._curves.set_axes(
            self.tr("rounds") if self._level == "words" else self.tr("epochs"),
            self.tr("mistake") if self._level == "words" else self.tr("loss"),
        )
        return self._curves

    def _names(self) -> tuple[str, str]:
        if self._level == "words":
            return self.tr("practice"), say(self._things)
        return self.tr("training"), self.tr("test")

    def _figures_message(self, snapshot: Snapshot) -> Message:
        """Epochs, and how many answers are right where that makes sense."""
        rounds = round(snapshot.epoch) if snapshot.epoch >= 10 else snapshot.epoch
        if math.isnan(snapshot.train_accuracy):
            return (
                message("{count} rounds", count=rounds)
                if self._is_words
                else message("{count} epochs", count=rounds)
            )
        shares = {"count": rounds, "train": percent(snapshot.train_accuracy)}
        if math.isnan(snapshot.test_accuracy):
            if self._is_words:
                return message("{count} rounds; {train} right in practice", **shares)
            return message("{count} epochs; accuracy {train} in training", **shares)
        if self._is_words:
            return message(
                "{count} rounds; {train} right in practice, {test} right on {things}",
                **shares,
                test=percent(snapshot.test_accuracy),
                things=self._things,
            )
        return message(
            "{count} epochs; accuracy {train} in training, {test} in test",
            **shares,
            test=percent(snapshot.test_accuracy),
        )

    @property
    def _is_words(self) -> bool:
        return self._level == "words"

    def _point(self, epoch: float, train: float, test: float) -> None:
        """Say the values under the pointer; nothing while it is elsewhere."""
        if math.isnan(epoch):
            self._tell_newest_mark()
            return
        practice, unseen = self._names()
        unit = message("Round") if self._is_words else message("Epoch")
        count = round(epoch) if epoch.is_integer() else epoch
        read = message("{unit} {count}: {name} {loss}", unit=unit, count=count, name=practice, loss=train)
        if not math.isnan(test):
            read = message("{read}, {name} {loss}", read=read, name=unseen, loss=test)
        self.pointed.set_text(say(read))

    def _tell_newest_mark(self) -> None:
        """Say what was changed last, for whoever cannot point at it."""
        self.pointed.set_text(mark_text(self._marks[-1], self._level) if self._marks else "")

    def _point_mark(self, index: int) -> None:
        """Say what was changed at the mark under the pointer."""
        self.pointed.set_text(mark_text(self._marks[index], self._level))

    def _log_toggled(self, is_log: bool) -> None:
        if self._curves is not None:
            self._curves.set_log(is_log)
        self.log_changed.emit(is_log)


def percent(share: float) -> str:
    """A share as text: "98.4 %"."""
    return f"{format_number(round(share * 100, 1))}\N{NO-BREAK SPACE}%"
