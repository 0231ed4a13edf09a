"""A layout that puts controls side by side and goes on in the next line where they do not fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Controls in lines, each at its own size; the height follows from the width.

    hangs : the controls of a line have their tops at one height, otherwise their middles
    """

    def __init__(self, parent: QWidget | None = None, gap_px: int = 8, *, hangs: bool = False) -> None:
        super().__init__(parent)
        self._hangs = hangs
        self.setContentsMargins(0, 0, 0, 0)
        self._gap_px = gap_px
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Add an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """The item at an index."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Take the item at an index out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """No direction is asked for."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width."""
        return self._place(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the controls in a rectangle."""
        super().setGeometry(rect)
        self._place(rect, moves=True)

    def sizeHint(self) -> QSize:
        """All controls in one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap_px * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """The widest control."""
        sizes = [item.minimumSize().expandedTo(item.sizeHint()) for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _place(self, rect: QRect, *, moves: bool) -> int:
        x, y, line_height = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, int, QSize]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if line and x + size.width() > rect.right() + 1:
                self._settle(line, y, line_height, moves=moves)
                x, y, line_height, line = rect.x(), y + line_height + self._gap_px, 0, []
            line.append((item, x, size))
            x += size.width() + self._gap_px
            line_height = max(line_height, size.height())
        self._settle(line, y, line_height, moves=moves)
        return y + line_height - rect.y()

    def _settle(
        self, line: list[tuple[QLayoutItem, int, QSize]], y: int, height: int, *, moves: bool
    ) -> None:
        """Put the controls of one line at its top or its middle."""
        if moves:
            for item, x, size in line:
                down = 0 if self._hangs else (height - size.height()) // 2
                item.setGeometry(QRect(QPoint(x, y + down), size))


class FlowRow(QWidget):
    """A row of controls that goes on in the next line where they do not fit."""

    def __init__(self, *controls: QWidget, gap_px: int = 8, hangs: bool = False) -> None:
        super().__init__()
        self._lines = FlowLayout(self, gap_px, hangs=hangs)
        for control in controls:
            self._lines.addWidget(control)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, control: QWidget) -> None:
        """Add a control at the end."""
        self._lines.addWidget(control)
