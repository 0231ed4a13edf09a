"""A presentation of a widget: the same as in the window, enlarged until the last row can read it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from resources.theme import DARK, Theme
from widgets.presenter.keys import KeyDeed
from widgets.presenter.show import Show
from widgets.presenter.sizes import CAPTION_PX, REFERENCE_HEIGHT_PX
from widgets.style import CAPTION_PX as SMALLEST_PX

NARROWEST_PX = 760
"""The widget never gets less width than this, in its own pixels, however large it is to be shown."""


class Enlarged(Show):
    """Shows a widget so large that its smallest text is as large as a caption for an audience.

    play_toggled : Space, or a click where `takes_clicks` holds
    step_requested, phase_requested : +1 onward, -1 back; seek_requested : +1 to the end, -1 to the start
    """

    play_toggled = Signal()
    step_requested = Signal(int)
    phase_requested = Signal(int)
    seek_requested = Signal(int)

    def __init__(self, content: QWidget, theme: Theme = DARK) -> None:
        super().__init__(theme)
        self.takes_clicks = True
        self.content = content
        self._scene = QGraphicsScene(self)
        self._scene.setBackgroundBrush(QColor(theme.stage))
        self._view = QGraphicsView(self._scene, self)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setProperty("ground", "stage")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        content.setStyleSheet(self.styleSheet())
        self.dress_content()
        self._proxy = self._scene.addWidget(content)
        self._view.viewport().installEventFilter(self)
        self.pointer.watch(self._view.viewport())
        self.black_out.raise_()

    @property
    def factor(self) -> float:
        """How many pixels of the screen one of the widget's own takes."""
        wanted = self.height() / REFERENCE_HEIGHT_PX * CAPTION_PX / SMALLEST_PX * self.content_scale
        return max(min(wanted, self.width() / NARROWEST_PX), 0.1)

    def dress_content(self) -> None:
        """Give everything in the widget the presentation's colours; needed again where parts were added."""
        self.dress(self.content, *self.content.findChildren(QWidget))

    def apply_sizes(self) -> None:
        """Give the widget the whole screen, in its own pixels."""
        factor = self.factor
        self._view.setGeometry(self.rect())
        self._proxy.setScale(factor)
        self._proxy.resize(self.width() / factor, self.height() / factor)
        self._scene.setSceneRect(0, 0, self.width(), self.height())

    def do(self, deed: KeyDeed) -> None:
        """Ask for what a key says."""
        if deed.deed == "play":
            self.play_toggled.emit()
        else:
            asked = {
                "phase": self.phase_requested,
                "step": self.step_requested,
                "seek": self.seek_requested,
            }
            asked[deed.deed].emit(deed.direction)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take clicks for the presentation, where it wants them."""
        if watched is self._view.viewport() and self.takes_clicks and isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self.play_toggled.emit()
            return event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        return super().eventFilter(watched, event)

    def place_of(self, part: QWidget) -> QPointF:
        """Where the middle of a part of the widget is seen, in this window."""
        middle = part.mapTo(self.content, part.rect().center())
        return QPointF(middle) * self.factor
