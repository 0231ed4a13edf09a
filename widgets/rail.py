"""The rail at the far left: the rooms of the window, one chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from widgets.icons import icon
from widgets.style import CAPTION_PX, interface_font, theme_of

WIDTH_PX = 80
NARROW_PX = 48
MARGIN_PX, NARROW_MARGIN_PX = 8, 4
ICON_PX = 24
SIDE_PX = 6
"""Room at each side of a name in its button."""
HEIGHT_PX, NARROW_HEIGHT_PX = 62, 44

ICONS: Mapping[str, str] = {"room_play": "room-play", "room_kernels": "room-kernels"}
"""The action of each room, from top to bottom, and its icon."""


class Rail(QWidget):
    """Made from the actions of the rooms; Tab reaches the chosen one, and the arrow keys go to the next."""

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._is_narrow = False
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Rooms"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.buttons = {name: RoomButton(actions[name], ICONS[name]) for name in ICONS}
        self._group = QButtonGroup(self)
        self._rows = rows = QVBoxLayout(self)
        rows.setSpacing(6)
        for button in self.buttons.values():
            self._group.addButton(button)
            rows.addWidget(button)
        rows.addStretch(1)
        self._fit()

    @property
    def is_narrow(self) -> bool:
        """Whether the rooms stand there as icons alone."""
        return self._is_narrow

    def set_narrow(self, is_narrow: bool) -> None:
        """Show icons alone, or names below them."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first room or the last one."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        place = ends.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
            return
        button = list(self.buttons.values())[place]
        button.setFocus()
        button.click()

    def _fit(self) -> None:
        margin = NARROW_MARGIN_PX if self._is_narrow else MARGIN_PX
        self._rows.setContentsMargins(margin, 14, margin, MARGIN_PX)
        for button in self.buttons.values():
            button.set_name_shown(not self._is_narrow)
        # In a language of long words the rail is as wide as its names need.
        widest = max(button.width_of_name() for button in self.buttons.values()) + 2 * MARGIN_PX
        self.setFixedWidth(NARROW_PX if self._is_narrow else max(WIDTH_PX, widest))


class RoomButton(QToolButton):
    """One room: its icon above its name."""

    def __init__(self, action: QAction, icon_name: str) -> None:
        super().__init__()
        self.action = action
        self._icon_name = icon_name
        self.setProperty("kind", "room")
        self.setCheckable(True)
        self.setText(action.text())
        self.setAccessibleName(action.text())
        self.setAccessibleDescription(action.toolTip())
        self.setToolTip(action.toolTip())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setChecked(action.isChecked())
        action.toggled.connect(self.setChecked)
        self.toggled.connect(self._chosen)
        self._recolour()

    def set_name_shown(self, is_shown: bool) -> None:
        """Show the name below the icon, or leave it to the tooltip."""
        styles = Qt.ToolButtonStyle
        self.setToolButtonStyle(styles.ToolButtonTextUnderIcon if is_shown else styles.ToolButtonIconOnly)
        self.setFixedHeight(HEIGHT_PX if is_shown else NARROW_HEIGHT_PX)

    def width_of_name(self) -> int:
        """The width that the button wants for its name in bold, in pixels."""
        self.ensurePolished()
        bold = QFontMetrics(interface_font(CAPTION_PX, QFont.Weight.DemiBold))
        return max(self.sizeHint().width(), bold.horizontalAdvance(self.text()) + 2 * SIDE_PX)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()

    def _chosen(self, is_chosen: bool) -> None:
        if is_chosen and not self.action.isChecked():
            self.action.trigger()

    def _recolour(self) -> None:
        theme = theme_of(self)
        picture = QIcon(icon(self._icon_name, theme.muted))
        picture.addPixmap(_pixmap(self._icon_name, theme.accent), QIcon.Mode.Normal, QIcon.State.On)
        self.setIcon(picture)


def _pixmap(name: str, colour: str) -> QPixmap:
    return icon(name, colour).pixmap(QSize(ICON_PX, ICON_PX))
