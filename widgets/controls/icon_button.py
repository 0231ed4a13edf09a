"""A button that shows an icon in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton

from resources.theme import Theme
from widgets.icons import icon
from widgets.style import disabled_ink, mixed, theme_of


class IconButton(QToolButton):
    """A square or round button with one icon; its name is spoken and stands in the tooltip."""

    def __init__(
        self,
        name: str,
        text: str,
        tooltip: str,
        *,
        size_px: int = 36,
        is_round: bool = False,
        primary: bool = False,
    ) -> None:
        super().__init__()
        self._name = name
        self._is_primary = primary
        self._corner_px = size_px // 2 if is_round else 8
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tooltip)
        self.setAccessibleDescription(tooltip)
        self.setFixedSize(size_px, size_px)
        self.setIconSize(QSize(round(size_px * 0.55), round(size_px * 0.55)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._recolour()

    @property
    def name(self) -> str:
        """The icon that is shown."""
        return self._name

    def set_icon(self, name: str, text: str, tooltip: str) -> None:
        """Show another icon with another meaning: play becomes pause."""
        if name == self._name and text == self.text():
            return
        self._name = name
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tooltip)
        self.setAccessibleDescription(tooltip)
        self._recolour()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the icon, and the ring that shows the keyboard focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        self._draw_ground(painter, theme)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        size = self.iconSize()
        corner = ((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        self.icon().paint(painter, *corner, size.width(), size.height(), Qt.AlignmentFlag.AlignCenter, mode)
        painter.end()

    def _draw_ground(self, painter: QPainter, theme: Theme) -> None:
        ground, edge = self._colours(theme)
        ring = 2.0 if self.hasFocus() else 1.0
        edge = (theme.ink if self._is_primary else theme.accent) if self.hasFocus() else edge
        painter.setPen(QPen(QColor(edge), ring))
        painter.setBrush(QColor(ground))
        inset = ring / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        corner = min(self._corner_px, frame.height() / 2)
        painter.drawRoundedRect(frame, corner, corner)

    def _colours(self, theme: Theme) -> tuple[str, str]:
        """The colours of ground and edge."""
        if self._is_primary:
            if not self.isEnabled():
                pale = mixed(theme.accent, theme.surface, 0.55)
                return pale, pale
            darker = 0.26 if self.isDown() else 0.14 if self.underMouse() else 0.0
            ground = mixed(theme.accent, theme.ink, darker)
            return ground, ground
        if self.isDown() or self.isChecked():
            return theme.accent_soft, theme.line
        hovered = self.underMouse() and self.isEnabled()
        return mixed(theme.surface, theme.accent_soft, 0.55) if hovered else theme.raised, theme.line

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._recolour()

    def _recolour(self) -> None:
        theme = theme_of(self)
        picture = QIcon(icon(self._name, theme.on_accent if self._is_primary else theme.ink))
        pale = icon(self._name, disabled_ink(theme)).pixmap(self.iconSize())
        picture.addPixmap(pale, QIcon.Mode.Disabled)
        self.setIcon(picture)
