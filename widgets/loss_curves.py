"""The curves of training and test loss. Importing this file loads the plotting library."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from playground.model.message import format_number
from playground.model.parameters import Floats, frozen_array
from resources.theme import Theme
from widgets.controls.card import column
from widgets.log_ticks import log_ticks
from widgets.loss_scale import drawable, drawn_heights, height_range, last_value, name_height
from widgets.plot import Plot
from widgets.runs.colours import run_colour, run_style
from widgets.runs.overlays import Overlay, reach, thinned
from widgets.style import CAPTION_PX, interface_font, mixed

NOWHERE = math.nan
NOW = math.inf
LABEL_PX = 18.0
"""The height that a curve's name takes."""
GRIP_PX = 12.0
GRIP_HEIGHT = 0.5
"""Where on its line the grip of the handle sits, as a share of the height."""
MARK_PX, MARK_REACH_PX = 10.0, 8.0
"""How large a mark is, and how near the pointer must come to be told of it."""
MARK_BELOW = 0.03
"""How far below the top marks stand, as a share of the height."""
GRIP_ROOM = 0.03
"""The share of the width that is left free for the grip at the end."""
MOST_TIMES_LONGER = 5.0
"""Beside longer runs the present one takes at least one part of so many; what reaches further is cut off."""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


class LossCurves(QWidget):
    """Two curves with axes, each with its name and its last value at its end, and those of other runs.

    A handle stands where the window looks: drag it, click anywhere, or use the arrow keys (PageUp and
    PageDown for ten steps, Home for the start, End or Esc for now).
    """

    pointed_at = Signal(float, float, float)
    """Epoch, training loss and test loss under the pointer; NaN where it is elsewhere."""
    epoch_requested = Signal(float)
    """Somebody wants to see this epoch; infinity is now."""
    mark_pointed = Signal(int)
    """The pointer is at a mark, counted from 0; follows `pointed_at`."""
    step_requested = Signal(int)
    """Somebody wants to see so many remembered instants further on, or further back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._history: Floats = frozen_array(np.zeros((0, 5)))
        self._names = ("", "")
        self._is_log = False
        self._overlays: tuple[Overlay, ...] = ()
        self._others: list[pg.PlotDataItem] = []
        self._colour = 0
        self._looked: float | None = None
        self.plot = Plot()
        self.train = self.plot.plot([], [], antialias=True)
        self.test = self.plot.plot([], [], antialias=True)
        for curve in (self.train, self.test):
            curve.setZValue(1)
            curve.curve.setSegmentedLineMode("on")  # a thick smooth curve is drawn three times as fast
        self.train_label = pg.TextItem(anchor=(1, 1))
        self.test_label = pg.TextItem(anchor=(1, 1))
        self.pointer = pg.InfiniteLine(angle=90, movable=False)
        self._marks: tuple[float, ...] = ()
        self.marks = pg.ScatterPlotItem(symbol="t", size=MARK_PX, pxMode=True, antialias=True)
        self.handle = pg.InfiniteLine(angle=90, movable=False)
        self.grip = pg.ScatterPlotItem(antialias=True, pxMode=True)
        self.handle.setZValue(2)
        self.grip.setZValue(3)
        self.pointer.setVisible(False)
        self.handle.setVisible(False)
        for item in (self.train_label, self.test_label, self.pointer, self.marks, self.handle, self.grip):
            self.plot.addItem(item, ignoreBounds=True)
        rows = column(self)
        rows.addWidget(self.plot)
        self.setFixedHeight(172)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.plot.moved.connect(self._moved)
        self.plot.held.connect(self._held)
        self.plot.left.connect(self._left)
        self.plot.getViewBox().sigResized.connect(self._resized)
        self.set_theme(theme)

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """The other runs that are drawn."""
        return self._overlays

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self._theme = theme
        self.plot.set_theme(theme, theme.surface)
        self._draw_pens()
        self._draw_overlays()

    def set_axes(self, below: str, left: str) -> None:
        """Name the axes."""
        self.plot.set_axes(below, left)

    def set_log(self, is_log: bool) -> None:
        """Draw the loss on a logarithmic scale, or an even one."""
        if is_log != self._is_log:
            self._is_log = is_log
            self.plot.setLogMode(x=False, y=is_log)
            self._fit()
            self._place_handle()

    def set_history(self, history: Floats, practice: str, unseen: str) -> None:
        """Draw a history as `Snapshot.history` gives it, and name its two curves."""
        self._history, self._names = history, (practice, unseen)
        epochs = history[:, 0]
        for curve, values in ((self.train, history[:, 1]), (self.test, history[:, 2])):
            curve.setData(epochs, drawable(values), connect="finite")
        self._fit()
        self._place_handle()

    def set_colour(self, colour: int) -> None:
        """Draw the present in one of the colours of runs."""
        if colour != self._colour:
            self._colour = colour
            self._draw_pens()

    def set_overlays(self, overlays: tuple[Overlay, ...]) -> None:
        """Draw the curves of other runs behind that of the present."""
        if overlays or self._overlays:
            self._overlays = overlays
            self._draw_overlays()
            self._fit()
            self._place_handle()

    def set_marks(self, epochs: tuple[float, ...]) -> None:
        """Put a small sign at the top for each epoch at which something was changed."""
        self._marks = epochs
        self._place_marks()

    def set_looked(self, epoch: float | None) -> None:
        """Put the handle at the epoch that the window shows; None is now."""
        self._looked = epoch
        self._place_handle()

    def label_texts(self) -> tuple[str, str]:
        """What stands at the ends of the curves; empty where there is none."""
        return tuple(  # type: ignore[return-value]  # two labels, two texts
            label.toPlainText() if label.isVisible() else "" for label in (self.train_label, self.test_label)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the run."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self.step_requested.emit(STEPS[key])
        elif key == Qt.Key.Key_Home:
            self.epoch_requested.emit(-NOW)
        elif key == Qt.Key.Key_End or (key == Qt.Key.Key_Escape and self._looked is not None):
            self.epoch_requested.emit(NOW)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show on the handle that the keys move it."""
        super().focusInEvent(event)
        self._draw_pens()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they do so no more."""
        super().focusOutEvent(event)
        self._draw_pens()

    def _draw_pens(self) -> None:
        theme, colour = self._theme, run_colour(self._theme, self._colour)
        pale = theme.muted if self._colour == 0 else mixed(colour, theme.surface, 0.3)
        self.train.setPen(pg.mkPen(colour, width=2))
        self.test.setPen(pg.mkPen(pale, width=1.5))
        self.train_label.setColor(colour)
        self.test_label.setColor(pale)
        self.pointer.setPen(pg.mkPen(theme.muted, width=1))
        self.handle.setPen(pg.mkPen(theme.accent, width=2))
        self.grip.setBrush(pg.mkBrush(theme.accent))
        self.grip.setPen(pg.mkPen(theme.ink if self.hasFocus() else theme.surface, width=2))
        self.marks.setBrush(pg.mkBrush(theme.muted))
        self.marks.setPen(pg.mkPen(theme.surface, width=1))
        for label in (self.train_label, self.test_label):
            label.setFont(interface_font(CAPTION_PX))

    def _draw_overlays(self) -> None:
        for curve in self._others:
            self.plot.removeItem(curve)
        self._others = []
        for overlay in self._overlays:
            points = thinned(overlay.points)
            colour = run_colour(self._theme, overlay.colour)
            width = 2.5 if overlay.is_chosen else 1.25
            pen = pg.mkPen(colour, width=width, style=run_style(self._theme, overlay.colour))
            curve = self.plot.plot(points[:, 0], drawable(points[:, 1]), connect="finite", antialias=True)
            curve.setPen(pen)
            self._others.append(curve)

    def _place_handle(self) -> None:
        is_there = len(self._history) > 1
        self.handle.setVisible(is_there)
        self.grip.setVisible(is_there)
        if is_there:
            last = float(self._history[-1, 0])
            epoch = last if self._looked is None else min(self._looked, last)
            low, high = self.plot.getViewBox().viewRange()[1]
            self.handle.setPos(epoch)
            self.grip.setData([epoch], [low + GRIP_HEIGHT * (high - low)], size=GRIP_PX)

    def _place_marks(self) -> None:
        low, high = self.plot.getViewBox().viewRange()[1]
        height = high - MARK_BELOW * (high - low)
        self.marks.setData(list(self._marks), [height] * len(self._marks))

    def _heights(self, points: Floats, n_curves: int = 2) -> Floats:
        """The losses of a history as they are drawn, shape (n_points, n_curves)."""
        return drawn_heights(points[:, 1 : 1 + n_curves], is_log=self._is_log)

    def _fit(self) -> None:
        """Show all of the runs, and name the present's curves at their ends."""
        heights = self._heights(self._history)
        if len(heights) < 2 or not np.isfinite(heights).any():
            return
        others = [self._heights(overlay.points, 1) for overlay in self._overlays]
        fitting = height_range([heights, *others], is_log=self._is_log)
        if fitting is None:
            return
        bottom, top = fitting
        first, last = self._reach()
        end = max(last, first + 1e-9)
        self.plot.setRange(xRange=(first, end + GRIP_ROOM * (end - first)), yRange=fitting, padding=0)
        room = self.plot.getViewBox().size().height()
        ticks = [log_ticks(bottom, top, room)] if self._is_log else None
        self.plot.getAxis("left").setTicks(ticks)
        self._place_labels(heights, bottom, top)
        self._place_marks()

    def _reach(self) -> tuple[float, float]:
        """The first and the last epoch drawn: those of any curve, but the present one is no sliver."""
        first, last = float(self._history[0, 0]), float(self._history[-1, 0])
        others = reach(self._overlays)
        if others is None:
            return first, last
        first = min(first, others[0])
        longest = first + MOST_TIMES_LONGER * (last - first) if last > first else others[1]
        return first, max(last, min(others[1], longest))

    def _place_labels(self, heights: Floats, bottom: float, top: float) -> None:
        """Name the curves at their right ends: above both where there is room, else below both.

        The test's name always stands above the other, so that they do not change places while they race.
        """
        area = self.plot.getViewBox().size()
        if area.height() <= 0 or area.width() <= 0:
            return
        epochs = self._history[:, 0]
        ends = [last_value(self._history, 1), last_value(self._history, 2)]
        labels = [
            (label, end, name) for label, end, name in zip(self._labels(), ends, self._names, strict=True)
        ]
        shown = [entry for entry in labels if entry[1] is not None]
        for label, end, name in labels:
            label.setVisible(end is not None)
            if end is not None:
                label.setText(f"{name} {format_number(end[1])}")
        widest = max((label.boundingRect().width() for label, _, _ in shown), default=0.0)
        first, last = self._reach()
        needed = (last - first) * min(1.0, (widest + GRIP_PX) / area.width())
        own = float(epochs[-1])
        # Where other runs are much longer there is room beside the curve: the names then follow its end.
        is_beside = last - own >= needed
        right = own + needed if is_beside else max(own, first + needed)
        near = self._heights_between(heights, right - needed, right)
        line = LABEL_PX * (top - bottom) / area.height()
        start = name_height(near, bottom, top, line, len(shown))
        for index, (label, _, _) in enumerate(shown):
            label.setPos(right, start + line * index)

    def _heights_between(self, heights: Floats, first: float, last: float) -> Floats:
        """How high all curves are drawn between two epochs, as far as they are known there: flat."""
        epochs = self._history[:, 0]
        parts = [heights[(epochs >= first) & (epochs <= last)].ravel()]
        for overlay in self._overlays:
            there = overlay.points[:, 0]
            parts.append(self._heights(overlay.points[(there >= first) & (there <= last)], 1)[:, 0])
        near = np.concatenate(parts)
        near = near[np.isfinite(near)]
        return near if len(near) else heights[np.isfinite(heights)]

    def _labels(self) -> tuple[pg.TextItem, pg.TextItem]:
        return self.train_label, self.test_label

    def _resized(self, _box: object) -> None:
        """Put the names and the handle where they fit now."""
        self._fit()
        self._place_handle()

    def _epoch_at(self, position: QPointF) -> float:
        return float(self.plot.getViewBox().mapSceneToView(position).x())

    def _moved(self, position: QPointF) -> None:
        if len(self._history) == 0:
            return
        index = int(np.abs(self._history[:, 0] - self._epoch_at(position)).argmin())
        epoch, train, test = (float(part) for part in self._history[index, :3])
        self.pointer.setPos(epoch)
        self.pointer.setVisible(True)
        self.pointed_at.emit(epoch, train, test)
        if self._marks:
            places = [self.plot.getViewBox().mapViewToScene(QPointF(at, 0)).x() for at in self._marks]
            nearest = int(np.abs(np.array(places) - position.x()).argmin())
            if abs(places[nearest] - position.x()) <= MARK_REACH_PX:
                self.mark_pointed.emit(nearest)

    def _held(self, position: QPointF) -> None:
        """Look at what lies under the pointer; at the end of the curve, at the present."""
        if len(self._history) < 2:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        epoch = self._epoch_at(position)
        half = self._epoch_at(position + QPointF(GRIP_PX / 2, 0))
        self.epoch_requested.emit(NOW if half >= float(self._history[-1, 0]) else epoch)

    def _left(self) -> None:
        self.pointer.setVisible(False)
        self.pointed_at.emit(NOWHERE, NOWHERE, NOWHERE)
