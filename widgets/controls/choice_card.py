"""A card that can be chosen: a title, and one sentence while it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from widgets.style import CAPTION_PX, CONTROL_PX, interface_font, mixed, theme_of

MARGIN_PX = 10
LINE_GAP_PX = 2


class ChoiceCard(QAbstractButton):
    """One of several; the chosen one has an accent frame and says more about itself."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence
        self.setText(title)
        self.setCheckable(True)
        self.setToolTip(sentence)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._toggled)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of title and sentence, wrapped."""
        title, sentence = self._heights(width)
        return title + (sentence + LINE_GAP_PX if sentence else 0) + 2 * MARGIN_PX

    def sizeHint(self) -> QSize:
        """The height at the present width."""
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        return QSize(100, self.heightForWidth(max(100, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, the title and the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        strong = self.isChecked() or self.hasFocus()
        edge = theme.ink if self.hasFocus() else theme.accent if self.isChecked() else theme.line
        hovered = self.underMouse() or self.isDown()
        painter.setPen(QPen(QColor(edge), 2.0 if strong else 1.0))
        painter.setBrush(QColor(mixed(theme.surface, theme.accent_soft, 0.55) if hovered else theme.surface))
        inset = 1.0 if strong else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 10, 10)
        title_height, sentence_height = self._heights(self.width())
        room = self.rect().adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        wrap = int(Qt.TextFlag.TextWordWrap)
        painter.setPen(QColor(theme.accent if self.isChecked() else theme.ink))
        painter.setFont(_title_font())
        painter.drawText(QRect(room.left(), room.top(), room.width(), title_height), wrap, self.text())
        if sentence_height:
            painter.setPen(QColor(theme.muted))
            painter.setFont(interface_font(CAPTION_PX))
            top = room.top() + title_height + LINE_GAP_PX
            painter.drawText(QRect(room.left(), top, room.width(), sentence_height), wrap, self._sentence)
        painter.end()

    def _heights(self, width: int) -> tuple[int, int]:
        """The heights of title and sentence; the sentence has none while the card is not chosen."""
        room = QRect(0, 0, max(1, width - 2 * MARGIN_PX), 10_000)
        wrap = int(Qt.TextFlag.TextWordWrap)
        title = QFontMetrics(_title_font()).boundingRect(room, wrap, self.text()).height()
        if not self.isChecked():
            return title, 0
        caption = QFontMetrics(interface_font(CAPTION_PX))
        return title, caption.boundingRect(room, wrap, self._sentence).height()

    def _toggled(self, _is_on: bool) -> None:
        self.updateGeometry()


def _title_font() -> QFont:
    return interface_font(CONTROL_PX, QFont.Weight.DemiBold)
