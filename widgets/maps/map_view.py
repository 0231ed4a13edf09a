"""Shows a decision map with points on it, and says where on it the pointer is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.dataset import Dataset
from playground.model.maps import Answer, DecisionMap, Region
from playground.model.parameters import Floats
from resources.theme import Theme
from widgets.maps.map_painting import (
    CORNER_PX,
    paint_curves,
    paint_mark,
    paint_picture,
    right_values,
)
from widgets.maps.points import Points, paint_points
from widgets.maps.shades import decision_image
from widgets.style import theme_of

CURVE_SHAPE = 0.62
"""The height of a curve's picture, in widths."""
LARGEST_PX = 420
STEPS = 40
"""How many steps of an arrow key lead from one side to the other."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class MapView(QWidget):
    """A square with what the network answers, or a curve where only one column is read.

    Places are x and y in the units of the region's columns; of a curve y means nothing.

    pointed(x, y) : the pointer is there; left() : it has gone
    pressed(x, y), moved(x, y), released(x, y) : with the left button held
    stepped(x, y) : a place was asked for by the arrow keys
    """

    pointed = Signal(float, float)
    left = Signal()
    pressed = Signal(float, float)
    moved = Signal(float, float)
    released = Signal(float, float)
    stepped = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self._decision: DecisionMap | None = None
        self._answer: Answer | None = None
        self._dataset: Dataset | None = None
        self._cells: Floats | None = None
        self._shows_test, self._is_crisp = False, False
        self._points: tuple[tuple[Dataset, Region, Answer, DecisionMap | None], Points] | None = None
        self._dots: tuple[tuple[object, ...], QImage] | None = None
        self._image: tuple[tuple[DecisionMap, Answer, Theme, bool], QImage] | None = None
        self._is_held = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("What the network believes"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def region(self) -> Region | None:
        """What is shown, None where there is no map."""
        return None if self._decision is None else self._decision.region

    @property
    def room(self) -> QRectF:
        """Where the map is, in pixels of this widget."""
        return QRectF(self.rect()).adjusted(1, 1, -1, -1)

    @property
    def points(self) -> Points | None:
        """The points that may be shown; those for testing too."""
        if self._decision is None or self._answer is None or self._dataset is None:
            return None
        decision, is_curve = self._decision, self._decision.region.y is None
        # Points of a curve stand at their right answers, on a scale that fits its values too.
        of = (self._dataset, decision.region, self._answer, decision if is_curve else None)
        if self._points is None or self._points[0] != of:
            found = Points.of(*of[:3])
            if is_curve:
                found = found.at_heights(right_values(found.answers, self._answer, decision))
            self._points = (of, found)
        return self._points[1]

    def set_map(self, decision: DecisionMap | None, answer: Answer | None) -> None:
        """Show a map; `answer` is which of the columns that it answers."""
        had_curve = self.region is not None and self.region.y is None
        self._decision, self._answer = decision, answer
        if (self.region is not None and self.region.y is None) != had_curve:
            self.updateGeometry()
        self.update()

    def set_dataset(self, dataset: Dataset | None) -> None:
        """Show the points of a data set."""
        if dataset is not self._dataset:
            self._dataset = dataset
            self.update()

    def set_example(self, cells: Floats | None) -> None:
        """Mark the row of the table that flows through the network, (n_columns,)."""
        self._cells = cells
        self.update()

    def set_shows_test(self, is_on: bool) -> None:
        """Show the points kept for testing as well."""
        self._shows_test = is_on
        self.update()

    def set_crisp(self, is_on: bool) -> None:
        """Show only which answer it is everywhere, not how sure."""
        self._is_crisp = is_on
        self.update()

    def place_at(self, at: QPointF) -> tuple[float, float] | None:
        """Return the place under a point of this widget; None outside of the map."""
        room = self.room
        if self.region is None or not room.contains(at):
            return None
        return self.region.place((at.x() - room.left()) / room.width(), (at.y() - room.top()) / room.height())

    def pixel_of(self, x: float, y: float) -> QPointF:
        """Return the point of this widget at a place."""
        region, room = self.region, self.room
        if region is None:
            return room.center()
        across, down = region.shares(region.cells_at(x, y)[np.newaxis])[0].tolist()
        return QPointF(room.left() + across * room.width(), room.top() + down * room.height())

    def values_at(self, x: float, y: float) -> Floats | None:
        """Return what the outputs answer at a place, (n_outputs,); None without a map."""
        if self._decision is None:
            return None
        across, down = self._decision.region.shares(self._decision.region.cells_at(x, y)[np.newaxis])[0]
        return self._decision.at(float(across), float(down)).astype(np.float64)

    def hasHeightForWidth(self) -> bool:
        """A map is as high as wide."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as wide; a curve is less high."""
        is_curve = self.region is not None and self.region.y is None
        return round(min(width, LARGEST_PX) * (CURVE_SHAPE if is_curve else 1.0))

    def sizeHint(self) -> QSize:
        """Readable in the window's side column."""
        return QSize(300, self.heightForWidth(300))

    def minimumSizeHint(self) -> QSize:
        """Small enough for a narrow column."""
        return QSize(120, 80)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the map, the points, the mark and the frame of the focus."""
        decision, answer = self._decision, self._answer
        if decision is None or answer is None:
            return
        theme, room = theme_of(self), self.room
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if decision.region.y is None:
                paint_curves(painter, decision, answer, room, theme)
            else:
                paint_picture(painter, self._picture(decision, answer, theme), room, theme)
                painter.setPen(QPen(QColor(theme.line), 1.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(room, CORNER_PX, CORNER_PX)
            painter.drawImage(0, 0, self._dots_image(answer, theme))
            self._paint_mark(painter, decision, answer, theme)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(room, CORNER_PX, CORNER_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say where the button went down."""
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._is_held = True
            self.pressed.emit(*place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say where the pointer is."""
        place = self.place_at(event.position())
        if place is None:
            self.left.emit()
            return
        self.pointed.emit(*place)
        if self._is_held:
            self.moved.emit(*place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say where the button came up; outside of the map, at its edge."""
        if event.button() != Qt.MouseButton.LeftButton or not self._is_held:
            return
        self._is_held = False
        room, at = self.room, event.position()
        inside = QPointF(
            min(max(at.x(), room.left()), room.right()), min(max(at.y(), room.top()), room.bottom())
        )
        place = self.place_at(inside)
        if place is not None:
            self.released.emit(*place)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys move the example."""
        region, step = self.region, ARROWS.get(Qt.Key(event.key()))
        if region is None or step is None or self._cells is None or (region.y is None and step[1]):
            super().keyPressEvent(event)
            return
        x = float(self._cells[region.x]) + step[0] * (region.x_range[1] - region.x_range[0]) / STEPS
        y = 0.0
        if region.y is not None:
            y = float(self._cells[region.y]) + step[1] * (region.y_range[1] - region.y_range[0]) / STEPS
        low, high = region.x_range
        bottom, top = region.y_range
        self.stepped.emit(min(max(x, low), high), min(max(y, bottom), top))

    def _paint_mark(self, painter: QPainter, decision: DecisionMap, answer: Answer, theme: Theme) -> None:
        if self._cells is None:
            return
        region, room = decision.region, self.room
        across, down = region.shares(self._cells[np.newaxis])[0].tolist()
        if region.y is None:
            right = self._cells[answer.column : answer.column + 1]
            down = float(right_values(right, answer, decision)[0]) if np.isfinite(right[0]) else 0.5
        if 0.0 <= across <= 1.0 and 0.0 <= down <= 1.0:
            paint_mark(
                painter,
                QPointF(room.left() + across * room.width(), room.top() + down * room.height()),
                theme,
            )

    def _picture(self, decision: DecisionMap, answer: Answer, theme: Theme) -> QImage:
        of = (decision, answer, theme, self._is_crisp)
        if self._image is None or self._image[0] != of:
            self._image = (of, decision_image(decision, answer, theme, is_crisp=self._is_crisp))
        return self._image[1]

    def _dots_image(self, answer: Answer, theme: Theme) -> QImage:
        """The points, drawn anew only where something about them has changed."""
        points, ratio = self.points, self.devicePixelRatioF()
        key = (points, answer, theme, self.size(), ratio, self._shows_test)
        if self._dots is None or self._dots[0] != key:
            image = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            if points is not None:
                with QPainter(image) as painter:
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                    painter.setClipRect(self.room)
                    paint_points(painter, points, answer, self.room, theme, with_test=self._shows_test)
            self._dots = (key, image)
        return self._dots[1]
