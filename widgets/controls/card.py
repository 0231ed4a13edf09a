"""A framed place for what belongs together."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget


class Card(QFrame):
    """A rounded frame with its contents one below another."""

    def __init__(
        self,
        *contents: QWidget,
        look: Literal["plain", "transport", "popover", "notice"] = "plain",
        gap_px: int = 8,
    ) -> None:
        super().__init__()
        self.setProperty("card", look)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(12, 12, 12, 12)
        self.rows.setSpacing(gap_px)
        for part in contents:
            self.rows.addWidget(part)


def column(widget: QWidget, *, gap_px: int = 8, margin_px: int = 0) -> QVBoxLayout:
    """Give a widget a layout in which its contents stand one below another."""
    rows = QVBoxLayout(widget)
    rows.setContentsMargins(margin_px, margin_px, margin_px, margin_px)
    rows.setSpacing(gap_px)
    return rows


def lay_out_now(widget: QWidget) -> None:
    """Lay out a widget and all around it at once, up to what scrolls.

    Layouts within layouts settle over several rounds of the event loop; a picture painted in between shows
    gaps where a text has just become shorter.
    """
    part: QWidget | None = widget
    while part is not None and not part.isWindow():
        QCoreApplication.sendPostedEvents(part, QEvent.Type.LayoutRequest.value)
        part = None if isinstance(part, QAbstractScrollArea) else part.parentWidget()


def bring_in_sight(widget: QWidget) -> None:
    """Scroll what a widget stands in as little as is needed to see it."""
    part = widget.parentWidget()
    while part is not None and not isinstance(part, QScrollArea):
        part = part.parentWidget()
    if part is not None:
        part.ensureWidgetVisible(widget, 0, 8)


def emptied(rows: QLayout) -> None:
    """Take everything out of a layout; the widgets in it are deleted."""
    while (item := rows.takeAt(0)) is not None:
        inside = item.widget()
        if inside is not None:
            inside.hide()
            inside.deleteLater()
