"""A row of controls; those that do not fit wait in a pop-up behind "More…"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets.controls.buttons import Button
from widgets.controls.card import Card

CORNER_PX = 10


class OverflowRow(QWidget):
    """Controls side by side, the first ones first; the last ones move into a pop-up when room is short."""

    def __init__(self, controls: Sequence[QWidget], gap_px: int = 8) -> None:
        super().__init__()
        self._controls = tuple(controls)
        self._hidden_count = 0
        self._is_fitting = False
        self.more = Button(self.tr("More…"), self.tr("Show the controls that do not fit here"), "quiet")
        self.popover = Popover(self)
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap_px)
        for control in self._controls:
            self._row.addWidget(control)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self.more.setVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(self._open)

    @property
    def overflowing(self) -> tuple[QWidget, ...]:
        """The controls that wait in the pop-up."""
        return self._controls[len(self._controls) - self._hidden_count :]

    def minimumSizeHint(self) -> QSize:
        """Room for the first control and "More…"."""
        first = self._controls[0].sizeHint() if self._controls else QSize(0, 0)
        more = self.more.sizeHint()
        return QSize(first.width() + self._row.spacing() + more.width(), max(first.height(), more.height()))

    def sizeHint(self) -> QSize:
        """Room for all controls."""
        sizes = [_size(control) for control in self._controls]
        width = sum(size.width() for size in sizes) + self._row.spacing() * len(sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take in what fits now."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once fonts and styles are known."""
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit again when a control has grown or shrunk."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        if self._is_fitting:
            return
        hidden = len(self._controls) - self._fitting_count()
        if hidden != self._hidden_count:
            self._is_fitting = True
            self._hidden_count = hidden
            self._distribute()
            self._is_fitting = False

    def _fitting_count(self) -> int:
        gap = self._row.spacing()
        widths = [_size(control).width() for control in self._controls]
        if sum(widths) + gap * len(widths) <= self.width():  # a gap before the empty room at the end, too
            return len(widths)
        room = self.width() - self.more.sizeHint().width() - 2 * gap
        taken, count = 0, 0
        for width in widths:
            taken += width + (gap if count else 0)
            if taken > room:
                break
            count += 1
        return max(1, count)

    def _distribute(self) -> None:
        self.popover.hide()
        shown = len(self._controls) - self._hidden_count
        for index, control in enumerate(self._controls[:shown]):
            if self._row.indexOf(control) != index:
                self._row.insertWidget(index, control)
            control.show()
        for control in self._controls[shown:]:
            self._row.removeWidget(control)
            self.popover.add(control)
        self.more.setVisible(self._hidden_count > 0)

    def _open(self) -> None:
        self.popover.open_above(self.more)


def _size(control: QWidget) -> QSize:
    """The size that a control gets in the row: what it asks for, but never less than it needs."""
    return control.sizeHint().expandedTo(control.minimumSizeHint())


class Popover(QWidget):
    """A small window with controls that closes when one clicks elsewhere or presses Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.card = Card(look="popover", gap_px=8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.card)

    def add(self, control: QWidget) -> None:
        """Add a control at the bottom."""
        self.card.rows.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        control.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners off: a translucent window would need a compositor."""
        super().resizeEvent(event)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), CORNER_PX, CORNER_PX)
        self.setMask(QRegion(outline.toFillPolygon().toPolygon()))

    def open_above(self, anchor: QWidget) -> None:
        """Open above a control, or below it where there is no room above; inside the screen."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, 0))
        place = QPoint(corner.x(), corner.y() - self.height() - 4)
        area = anchor.screen().availableGeometry()
        if place.y() < area.top():
            place.setY(corner.y() + anchor.height() + 4)
        place.setX(max(area.left(), min(place.x(), area.right() - self.width())))
        self.move(place)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
