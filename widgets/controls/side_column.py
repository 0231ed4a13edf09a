"""A column at the side of the window: panels one below another, scrolled where they do not fit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from widgets.controls.card import column
from widgets.style import PANEL_MARGIN_PX


class SideColumn(QScrollArea):
    """Panels in a column that scrolls up and down only."""

    def __init__(self, name: str, width_px: int, *panels: QWidget) -> None:
        super().__init__()
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
        self.setProperty("ground", "surface")

    def put_first(self, panel: QWidget) -> None:
        """Let a panel stand above all others, which keep their order."""
        if self._rows.indexOf(panel) > 0:
            self._rows.removeWidget(panel)
            self._rows.insertWidget(0, panel)

    def add(self, panel: QWidget) -> None:
        """Add a panel at the bottom."""
        self._rows.insertWidget(self._rows.count() - 1, panel)
