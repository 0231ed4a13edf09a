"""A button of a bar for an action of the program: its words, or its icon where room is short."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QToolButton

from widgets.icons import icon
from widgets.style import disabled_ink, theme_of

ICON_ONLY_PX = 45


class ActionButton(QToolButton):
    """A button for an action that can show its words or its icon."""

    def __init__(
        self, action: QAction, icon_name: str, *, primary: bool = False, outlined: bool = False
    ) -> None:
        super().__init__()
        self.action = action
        self._icon_name = icon_name
        self._is_primary = primary
        self.setProperty("kind", "primary" if primary else "plain" if outlined else "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(action.isCheckable())
        self.setIconSize(QSize(20, 20))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setMinimumHeight(32)
        action.changed.connect(self.sync)
        action.toggled.connect(self.setChecked)
        self.clicked.connect(self._trigger)
        self.sync()

    def sync(self) -> None:
        """Take on the action's words and state."""
        text = bar_text(self.action)
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        self.setToolTip(self.action.toolTip())
        self.setAccessibleDescription(self.action.toolTip())
        self.setEnabled(self.action.isEnabled())
        self.setChecked(self.action.isChecked())

    def set_text_shown(self, is_shown: bool) -> None:
        """Show the words, or the icon."""
        if not is_shown and self.icon().isNull():
            self._recolour()
        styles = Qt.ToolButtonStyle
        self.setToolButtonStyle(styles.ToolButtonTextOnly if is_shown else styles.ToolButtonIconOnly)

    def width_with(self, *, text_shown: bool) -> int:
        """The width with words or with the icon, in pixels; asking changes nothing, so no layout follows."""
        if not text_shown:
            return ICON_ONLY_PX
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.toolButtonStyle = Qt.ToolButtonStyle.ToolButtonTextOnly
        metrics = self.fontMetrics()
        text = metrics.size(Qt.TextFlag.TextShowMnemonic.value, self.text())
        wide = text.width() + 2 * metrics.horizontalAdvance(" ")
        contents = QSize(wide, metrics.height())
        return (
            self.style().sizeFromContents(QStyle.ContentsType.CT_ToolButton, option, contents, self).width()
        )

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self.icon().isNull():
            self._recolour()

    def _trigger(self) -> None:
        self.action.trigger()
        self.setChecked(self.action.isChecked())

    def _recolour(self) -> None:
        theme = theme_of(self)
        ink = theme.on_accent if self._is_primary else theme.ink
        picture = QIcon(icon(self._icon_name, ink))
        picture.addPixmap(_pixmap(self._icon_name, disabled_ink(theme)), QIcon.Mode.Disabled)
        if self.isCheckable():
            picture.addPixmap(_pixmap(self._icon_name, theme.accent), QIcon.Mode.Normal, QIcon.State.On)
        self.setIcon(picture)


def bar_text(action: QAction) -> str:
    """What a button of the bar says: the action's icon text, with the dots that Qt takes off."""
    text = action.iconText()
    return f"{text}…" if action.text().replace("&", "") == f"{text}…" else text


def _pixmap(name: str, colour: str) -> QPixmap:
    return icon(name, colour).pixmap(QSize(20, 20))
