"""A plot in the look of the window. Importing this file loads the plotting library."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent

from resources.theme import Theme
from widgets.style import CAPTION_PX, interface_font


class Plot(pg.PlotWidget):  # type: ignore[misc]  # the library has no types
    """A plot that is looked at: it neither pans nor zooms, and leaves the wheel to the page."""

    moved = Signal(QPointF)
    held = Signal(QPointF)
    """The left button was pressed here, or pulled to here."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        # The library makes a menu that has no parent, also where it is never shown.
        unused = self.getPlotItem().ctrlMenu
        unused.setParent(self, unused.windowFlags())
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setFrameShape(self.Shape.NoFrame)
        self.getViewBox().setDefaultPadding(0.04)
        self.getAxis("left").enableAutoSIPrefix(False)
        self.getAxis("bottom").enableAutoSIPrefix(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)

    def set_theme(self, theme: Theme, ground: str) -> None:
        """Draw axes and grid in the colours of a theme, on a ground."""
        self.setBackground(QColor(ground))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(theme.line))
            axis.setTextPen(pg.mkPen(theme.muted))
            axis.setTickFont(interface_font(CAPTION_PX))
            axis.setStyle(tickLength=4, hideOverlappingLabels=True)
        self.showGrid(x=False, y=True, alpha=0.15)

    def set_axes(self, below: str, left: str) -> None:
        """Name the axes."""
        for side, text in (("bottom", below), ("left", left)):
            axis = self.getAxis(side)
            if axis.labelText != text:
                axis.setLabel(text, **{"font-size": f"{CAPTION_PX}px"})

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the pointer is."""
        super().mouseMoveEvent(event)
        self.moved.emit(QPointF(event.position()))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.held.emit(QPointF(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where the left button was pressed."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.held.emit(QPointF(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer has gone."""
        super().leaveEvent(event)
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
