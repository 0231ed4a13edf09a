"""A framed place for what belongs together."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget


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


def emptied(rows: QLayout) -> None:
    """Take everything out of a layout; the widgets in it are deleted."""
    while (item := rows.takeAt(0)) is not None:
        inside = item.widget()
        if inside is not None:
            inside.hide()
            inside.deleteLater()
