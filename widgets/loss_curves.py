"""The curves of training and test loss. Importing this file loads the plotting library."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QWidget

from playground.model.message import format_number
from playground.model.parameters import Floats, frozen_array
from resources.theme import Theme
from widgets.controls.card import column
from widgets.log_ticks import log_ticks
from widgets.plot import Plot
from widgets.style import CAPTION_PX, interface_font

NOWHERE = math.nan
LABEL_PX = 18.0
"""The height that a curve's name takes."""


class LossCurves(QWidget):
    """Two curves with axes, each with its name and its last value at its end."""

    pointed_at = Signal(float, float, float)
    """Epoch, training loss and test loss under the pointer; NaN where it is elsewhere."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._history: Floats = frozen_array(np.zeros((0, 5)))
        self._names = ("", "")
        self._is_log = False
        self.plot = Plot()
        self.train = self.plot.plot([], [], antialias=True)
        self.test = self.plot.plot([], [], antialias=True)
        for curve in (self.train, self.test):
            curve.curve.setSegmentedLineMode("on")  # a thick smooth curve is drawn three times as fast
        self.train_label = pg.TextItem(anchor=(1, 1))
        self.test_label = pg.TextItem(anchor=(1, 1))
        self.pointer = pg.InfiniteLine(angle=90, movable=False)
        self.pointer.setVisible(False)
        for item in (self.train_label, self.test_label, self.pointer):
            self.plot.addItem(item, ignoreBounds=True)
        rows = column(self)
        rows.addWidget(self.plot)
        self.setFixedHeight(172)
        self.setMouseTracking(True)
        self.plot.moved.connect(self._moved)
        self.plot.left.connect(self._left)
        self.plot.getViewBox().sigResized.connect(self._resized)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self.plot.set_theme(theme, theme.surface)
        self.train.setPen(pg.mkPen(theme.ink, width=2))
        self.test.setPen(pg.mkPen(theme.muted, width=1.5))
        self.train_label.setColor(theme.ink)
        self.test_label.setColor(theme.muted)
        self.pointer.setPen(pg.mkPen(theme.muted, width=1))
        for label in (self.train_label, self.test_label):
            label.setFont(interface_font(CAPTION_PX))

    def set_axes(self, below: str, left: str) -> None:
        """Name the axes."""
        self.plot.set_axes(below, left)

    def set_log(self, is_log: bool) -> None:
        """Draw the loss on a logarithmic scale, or an even one."""
        if is_log != self._is_log:
            self._is_log = is_log
            self.plot.setLogMode(x=False, y=is_log)
            self._fit()

    def set_history(self, history: Floats, practice: str, unseen: str) -> None:
        """Draw a history as `Snapshot.history` gives it, and name its two curves."""
        self._history, self._names = history, (practice, unseen)
        epochs = history[:, 0]
        for curve, values in ((self.train, history[:, 1]), (self.test, history[:, 2])):
            curve.setData(epochs, _drawable(values), connect="finite")
        self._fit()

    def label_texts(self) -> tuple[str, str]:
        """What stands at the ends of the curves; empty where there is none."""
        return tuple(  # type: ignore[return-value]  # two labels, two texts
            label.toPlainText() if label.isVisible() else "" for label in (self.train_label, self.test_label)
        )

    def _heights(self) -> Floats:
        """Both losses as they are drawn, shape (n_points, 2): logarithms on the logarithmic scale."""
        losses = self._history[:, 1:3]
        usable = np.isfinite(losses) & (losses > 0 if self._is_log else True)
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = np.log10(losses) if self._is_log else losses
        return frozen_array(np.where(usable, drawn, np.nan))

    def _fit(self) -> None:
        """Show all of the history, the even scale from zero on, and name the curves at their ends."""
        heights = self._heights()
        if len(heights) < 2 or not np.isfinite(heights).any():
            return
        low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
        if not self._is_log and low >= 0:
            low = 0.0
        if high <= low:
            low, high = low - 0.5, high + 0.5
        margin = 0.06 * (high - low)
        bottom = low if low == 0 and not self._is_log else low - margin
        first, last = float(self._history[0, 0]), float(self._history[-1, 0])
        self.plot.setRange(xRange=(first, max(last, first + 1e-9)), yRange=(bottom, high + margin), padding=0)
        room = self.plot.getViewBox().size().height()
        ticks = [log_ticks(bottom, high + margin, room)] if self._is_log else None
        self.plot.getAxis("left").setTicks(ticks)
        self._place_labels(heights, bottom, high + margin)

    def _place_labels(self, heights: Floats, bottom: float, top: float) -> None:
        """Name the curves at their right ends: above both where there is room, else below both.

        The test's name always stands above the other, so that they do not change places while they race.
        """
        area = self.plot.getViewBox().size()
        if area.height() <= 0 or area.width() <= 0:
            return
        epochs = self._history[:, 0]
        ends = [_last(self._history, 1), _last(self._history, 2)]
        labels = [
            (label, end, name) for label, end, name in zip(self._labels(), ends, self._names, strict=True)
        ]
        shown = [entry for entry in labels if entry[1] is not None]
        for label, end, name in labels:
            label.setVisible(end is not None)
            if end is not None:
                label.setText(f"{name} {format_number(end[1])}")
        widest = max((label.boundingRect().width() for label, _, _ in shown), default=0.0)
        beside = epochs >= epochs[-1] - (epochs[-1] - epochs[0]) * min(1.0, widest / area.width())
        near = heights[beside]
        if not np.isfinite(near).any():
            near = heights
        line = LABEL_PX * (top - bottom) / area.height()
        # In whole steps of half a line, so that the names do not tremble with the curves.
        start = (math.floor((float(np.nanmax(near)) - bottom) / line * 2) / 2 + 0.7) * line + bottom
        if start + line * len(shown) > top:
            start = float(np.nanmin(near)) - line * (len(shown) + 0.2)
        start = min(max(start, bottom), top - line * len(shown))
        for index, (label, _, _) in enumerate(shown):
            label.setPos(float(epochs[-1]), start + line * index)

    def _labels(self) -> tuple[pg.TextItem, pg.TextItem]:
        return self.train_label, self.test_label

    def _resized(self, _box: object) -> None:
        """Put the names where they fit now."""
        self._fit()

    def _moved(self, position: QPointF) -> None:
        if len(self._history) == 0:
            return
        x = self.plot.getViewBox().mapSceneToView(position).x()
        index = int(np.abs(self._history[:, 0] - x).argmin())
        epoch, train, test = (float(part) for part in self._history[index, :3])
        self.pointer.setPos(epoch)
        self.pointer.setVisible(True)
        self.pointed_at.emit(epoch, train, test)

    def _left(self) -> None:
        self.pointer.setVisible(False)
        self.pointed_at.emit(NOWHERE, NOWHERE, NOWHERE)


def _drawable(values: Floats) -> Floats:
    """The values with a gap where one is not finite."""
    return frozen_array(np.where(np.isfinite(values), values, np.nan))


def _last(history: Floats, column_index: int) -> tuple[float, float] | None:
    """Epoch and value of the last finite point of a curve."""
    finite = np.flatnonzero(np.isfinite(history[:, column_index]))
    if len(finite) == 0:
        return None
    row = history[finite[-1]]
    return float(row[0]), float(row[column_index])
