"""A switch that is on or off."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from resources.theme import Theme
from widgets.style import disabled_ink, theme_of


@dataclass(frozen=True, slots=True)
class ToggleStyle:
    """Sizes of the switch, in pixels."""

    track_width: int = 30
    track_height: int = 16
    gap: int = 8
    handle_inset: float = 2.5
    ring: int = 2


class Toggle(QCheckBox):
    """A check box drawn as a switch, its text beside it."""

    sizes = ToggleStyle()

    def __init__(self, text: str, tooltip: str) -> None:
        super().__init__(text)
        self.setToolTip(tooltip)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Room for the switch and its text in one line."""
        return QSize(
            self._text_left() + self.fontMetrics().horizontalAdvance(self.text()) + 4, self._line_height()
        )

    def minimumSizeHint(self) -> QSize:
        """Room for the longest word; the text goes on in the next line."""
        words = (self.fontMetrics().horizontalAdvance(word) for word in self.text().split())
        return QSize(self._text_left() + max(words, default=0) + 4, self._line_height())

    def hasHeightForWidth(self) -> bool:
        """A long text goes on in the next line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the text in as many lines as it needs."""
        bounds = QRect(0, 0, max(1, width - self._text_left()), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = self.fontMetrics().boundingRect(bounds, flags, self.text()).height()
        return max(28, needed + 8)

    def hitButton(self, _position: object) -> bool:  # noqa: N802 - Qt's name
        """The whole of it can be pressed."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, handle, text and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        self._draw_track(painter, theme)
        self._draw_handle(painter, theme)
        self._draw_text(painter, theme)
        if self.hasFocus():
            self._draw_ring(painter, theme)
        painter.end()

    def _track_rect(self) -> QRectF:
        top = (self.height() - self.sizes.track_height) / 2
        return QRectF(self.sizes.ring + 1, top, self.sizes.track_width, self.sizes.track_height)

    def _handle_centre(self) -> QPointF:
        track = self._track_rect()
        radius = track.height() / 2
        x = track.right() - radius if self.isChecked() else track.left() + radius
        return QPointF(x, track.center().y())

    def _text_left(self) -> int:
        return round(self._track_rect().right()) + self.sizes.gap

    def _line_height(self) -> int:
        return max(28, self.fontMetrics().height() + 8)

    def _text_rect(self) -> QRect:
        left = self._text_left()
        return QRect(left, 0, self.width() - left, self.height())

    def _draw_track(self, painter: QPainter, theme: Theme) -> None:
        on = self.isChecked() and self.isEnabled()
        painter.setPen(QPen(QColor(theme.accent if on else theme.muted), 1.0))
        painter.setBrush(QColor(theme.accent if on else theme.surface))
        radius = self.sizes.track_height / 2
        painter.drawRoundedRect(self._track_rect(), radius, radius)

    def _draw_handle(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if self.isChecked() and self.isEnabled() else theme.muted))
        radius = self.sizes.track_height / 2 - self.sizes.handle_inset
        painter.drawEllipse(self._handle_centre(), radius, radius)

    def _draw_text(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(QColor(theme.ink if self.isEnabled() else disabled_ink(theme)))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(self._text_rect(), int(flags), self.text())

    def _draw_ring(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(QPen(QColor(theme.ink), self.sizes.ring))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        grown = self._track_rect().adjusted(-1.5, -1.5, 1.5, 1.5)
        painter.drawRoundedRect(grown, grown.height() / 2, grown.height() / 2)
