"""A button that shows an icon in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton

from resources.theme import Theme
from widgets.icons import vectors
from widgets.style import disabled_ink, mixed, theme_of

ICON_SHARE = 0.55
"""How much of the button's width the icon takes."""


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
        self._drawn: tuple[str, str, QSvgRenderer] | None = None
        self._corner_px = size_px // 2 if is_round else 8
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tooltip)
        self.setAccessibleDescription(tooltip)
        self.setProperty("kind", "icon")  # or the style sheet's least height would undo the fixed size
        self.setFixedSize(size_px, size_px)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

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
        self.update()

    def sizeHint(self) -> QSize:
        """The icon's size; the name is only spoken."""
        return QSize(self.maximumWidth(), self.maximumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the icon, and the ring that shows the keyboard focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        self._draw_ground(painter, theme)
        self._vectors(self._ink(theme)).render(painter, self._icon_rect())
        painter.end()

    def _vectors(self, ink: str) -> QSvgRenderer:
        """The icon in this ink; it is read anew only when either has changed."""
        if self._drawn is None or self._drawn[:2] != (self._name, ink):
            self._drawn = (self._name, ink, vectors(self._name, ink))
        return self._drawn[2]

    def _icon_rect(self) -> QRectF:
        size = self.width() * ICON_SHARE
        return QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)

    def _ink(self, theme: Theme) -> str:
        if self._is_primary:
            return theme.on_accent if self.isEnabled() else theme.surface
        return theme.ink if self.isEnabled() else disabled_ink(theme)

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
