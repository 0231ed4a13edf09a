"""A column at the side of the window: panels one below another, scrolled where they do not fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from widgets.controls.card import column
from widgets.style import PANEL_MARGIN_PX


class SideColumn(QScrollArea):
    """Panels in a column that scrolls up and down only."""

    def __init__(self, name: str, width_px: int, *panels: QWidget) -> None:
        super().__init__()
        self._followed: QWidget | None = None
        self._at_top = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(width_px)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        self._rows = column(inside, gap_px=20, margin_px=PANEL_MARGIN_PX)
        for panel in panels:
            self._rows.addWidget(panel)
        self._rows.addStretch(1)
        self.setWidget(inside)
        self.verticalScrollBar().actionTriggered.connect(self._taken_over)
        self.verticalScrollBar().rangeChanged.connect(self._see_followed)
        self.setProperty("ground", "surface")

    def put_first(self, panel: QWidget) -> None:
        """Let a panel stand above all others, which keep their order."""
        if self._rows.indexOf(panel) > 0:
            self._rows.removeWidget(panel)
            self._rows.insertWidget(0, panel)

    def arrange(self, *panels: QWidget) -> None:
        """Let panels stand in this order, in the places that they have between them."""
        places = sorted(self._rows.indexOf(panel) for panel in panels)
        if [self._rows.indexOf(panel) for panel in panels] == places:
            return
        for panel in panels:
            self._rows.removeWidget(panel)
        for place, panel in zip(places, panels, strict=True):
            self._rows.insertWidget(place, panel)

    def follow(self, panel: QWidget | None, *, at_top: bool = False) -> None:
        """Keep a panel in sight while it grows, until someone scrolls; None lets it go.

        `at_top` lets it begin where the column does, so that what stands below it is in sight too.
        """
        if panel is self._followed and at_top == self._at_top:
            return
        self._at_top = at_top
        if self._followed is not None:
            self._followed.removeEventFilter(self)
        self._followed = panel
        if panel is not None:
            panel.installEventFilter(self)
            self._see_followed()

    def bring_in_sight(self, panel: QWidget) -> None:
        """Scroll as little as is needed to see a panel."""
        self.ensureWidgetVisible(panel, 0, PANEL_MARGIN_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the followed panel again where it has got another size."""
        if watched is self._followed and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._see_followed()
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Whoever scrolls decides what is seen."""
        self.follow(None)
        super().wheelEvent(event)

    def _see_followed(self) -> None:
        if self._followed is None:
            return
        if self._at_top:
            self.verticalScrollBar().setValue(self._followed.y() - PANEL_MARGIN_PX)
        else:
            self.bring_in_sight(self._followed)

    def _taken_over(self, _action: int) -> None:
        self.follow(None)

    def add(self, panel: QWidget) -> None:
        """Add a panel at the bottom."""
        self._rows.insertWidget(self._rows.count() - 1, panel)
