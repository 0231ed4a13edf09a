"""Text that is only read: headings, captions and sentences that wrap."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

Role = Literal[
    "plain", "heading", "caption", "muted", "title", "figure", "strong", "explanation", "complaint"
]


class Label(QLabel):
    """A text in one of the roles of the style sheet; it wraps unless it must stay on one line."""

    def __init__(self, text: str = "", role: Role = "plain", *, wraps: bool = True) -> None:
        super().__init__(text)
        self.setProperty("role", role)
        self.setWordWrap(wraps)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if wraps:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)


class Rule(QFrame):
    """A hairline between parts: lying, or standing between controls in a row."""

    def __init__(self, *, standing: bool = False) -> None:
        super().__init__()
        self.setProperty("rule", "true")
        if standing:
            self.setFixedSize(1, 24)
        else:
            self.setFixedHeight(1)
