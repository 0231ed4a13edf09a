"""Buttons in the kinds that the style sheet knows."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

Kind = Literal["plain", "primary", "quiet", "choice", "disclosure"]


class Button(QPushButton):
    """A button that says what it does to the network in its tooltip.

    A click leaves the keyboard focus where it is (the canvas keeps its keys); Tab reaches the button.
    """

    def __init__(self, text: str, tooltip: str, kind: Kind = "plain") -> None:
        super().__init__(text)
        self.setToolTip(tooltip)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tooltip)
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
