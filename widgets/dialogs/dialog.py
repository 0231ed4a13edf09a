"""The frame that all dialogs share: a title, contents, and a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from widgets.controls.buttons import Button
from widgets.controls.labels import Label


class Dialog(QDialog):
    """A window that asks or shows something; Esc closes it without doing anything."""

    def __init__(self, title: str, parent: QWidget | None = None, *, width_px: int = 460) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(width_px)
        self.title = Label(title, "title")
        self.rows = QVBoxLayout()
        self.rows.setSpacing(12)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(self.title)
        outer.addLayout(self.rows, 1)
        outer.addLayout(self._buttons)

    def wait(self) -> bool:
        """Show the dialog until it is closed, and return whether it was accepted; it is not shown again."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return accepted

    def showEvent(self, event: QShowEvent) -> None:
        """Open high enough for all texts, wrapped as they are at this width."""
        self._grow()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Grow when a part has been opened."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return done

    def add(self, part: QWidget, stretch: int = 0) -> None:
        """Add a part below the others."""
        self.rows.addWidget(part, stretch)

    def add_start(self, part: QWidget) -> None:
        """Add a part that keeps its own width, at the left."""
        self.rows.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)

    def add_button(self, button: Button, *, is_default: bool = False, at_left: bool = False) -> None:
        """Add a button to the row at the bottom; Enter presses the default one."""
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if at_left:
            self._buttons.insertWidget(0, button)
        else:
            self._buttons.addWidget(button)
        if is_default:
            button.setDefault(True)

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return
        needed = layout.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)
