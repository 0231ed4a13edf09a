"""A choice from a list that opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
)

from widgets.style import disabled_ink, theme_of

LEFT_PX, RIGHT_PX = 10, 28
"""Room beside the text: the frame, and the arrow."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: its key and its text."""

    key: str
    text: str


class ChoiceBox(QComboBox):
    """A list that opens; what is chosen is known by its key. The wheel leaves it alone without focus."""

    chosen = Signal(str)

    def __init__(
        self, name: str, tooltip: str, choices: Sequence[Choice] = (), *, wraps: bool = False
    ) -> None:
        super().__init__()
        self._wraps = wraps
        self._choices: tuple[Choice, ...] = ()
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setAccessibleDescription(tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own ignores the style sheet
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        if wraps:
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.set_choices(choices)
        self.activated.connect(self._activated)

    @property
    def current_key(self) -> str:
        """The key of what is chosen; empty where nothing is."""
        found = self.currentData()
        return found if isinstance(found, str) else ""

    def make_editable(self) -> QLineEdit:
        """Let something else be typed as well; returns the field for it."""
        field = QLineEdit()
        field.setAccessibleName(self.accessibleName())
        self.setEditable(True)
        self.setLineEdit(field)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        return field

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other entries; what was chosen stays chosen where it is still offered."""
        if tuple(choices) == self._choices:
            return
        key = self.current_key
        self._choices = tuple(choices)
        with QSignalBlocker(self):
            self.clear()
            for choice in choices:
                self.addItem(choice.text, choice.key)
            self.setCurrentIndex(self.findData(key))

    def set_current(self, key: str) -> None:
        """Show an entry without announcing it; an unknown key shows none."""
        if key != self.current_key:
            with QSignalBlocker(self):
                self.setCurrentIndex(self.findData(key))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the list has focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def hasHeightForWidth(self) -> bool:
        """Whether a long text goes on in a second line."""
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        """The height of the text in as many lines as it needs."""
        bounds = QRect(0, 0, max(1, width - LEFT_PX - RIGHT_PX), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = max(
            (self.fontMetrics().boundingRect(bounds, flags, text).height() for text in self._texts()),
            default=0,
        )
        return max(32, needed + 14)

    def sizeHint(self) -> QSize:
        """As wide as the longest text, or as the column where the text may wrap."""
        if not self._wraps:
            return super().sizeHint()
        return QSize(120, self.heightForWidth(max(120, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Nothing of the text is cut."""
        return self.sizeHint() if self._wraps else super().minimumSizeHint()

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Open the list wide enough for its longest text."""
        widest = max((self.fontMetrics().horizontalAdvance(text) for text in self._texts()), default=0)
        self.view().setMinimumWidth(widest + 40)
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field, its text, and the arrow that says that it opens."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        text = "" if self.isEditable() else option.currentText
        option.currentText = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        theme = theme_of(self)
        painter.setPen(QColor(theme.ink if self.isEnabled() else disabled_ink(theme)))
        room = self.rect().adjusted(LEFT_PX, 0, -RIGHT_PX, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(flags | Qt.TextFlag.TextWordWrap) if self._wraps else int(flags), text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.muted if self.isEnabled() else theme.line), 1.6))
        x, y = self.width() - 15.0, self.height() / 2 + 1
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 3), QPointF(x, y + 2), QPointF(x + 4, y - 3)]))
        painter.end()

    def _texts(self) -> list[str]:
        return [choice.text for choice in self._choices]

    def _activated(self, _index: int) -> None:
        self.chosen.emit(self.current_key)
