"""Presenting: opens the stage full screen on the right screen, and comes back to exactly what was there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from playground.app.settings import PRESENTING_SCALE, PRESENTING_SCREEN, Settings

if TYPE_CHECKING:
    from widgets.presenter import Presenter
    from widgets.presenter.show import Show


class Presenting(QObject):
    """Opens and closes the presentation of one window.

    opened(Show) : connect to it and give it its stage; it lives until `closed`
    """

    opened = Signal(object)
    closed = Signal()

    def __init__(self, window: QWidget, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._settings = settings
        self._make: Callable[[], Show] = make_presenter
        self._shown: Show | None = None
        self._screen_name = ""
        self._actions: tuple[QAction, ...] = ()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._on_screen_removed)
        window.installEventFilter(self)

    @property
    def presenter(self) -> Presenter | None:
        """The open presentation of the network, or None."""
        if self._shown is None:
            return None
        from widgets.presenter import Presenter

        return self._shown if isinstance(self._shown, Presenter) else None

    @property
    def shown(self) -> Show | None:
        """The open presentation of whatever it presents, or None."""
        return self._shown

    @property
    def is_open(self) -> bool:
        """Whether the presentation is on a screen."""
        return self._shown is not None

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Let the keys of these actions of the window work while presenting too."""
        self._actions = tuple(actions)

    def set_maker(self, make: Callable[[], Show]) -> None:
        """Present another thing from now on: what is made when the presentation opens."""
        self._make = make

    def toggle(self) -> None:
        """Present, or stop presenting."""
        if self._shown is None:
            self.open()
        else:
            self.close()

    def open(self) -> None:
        """Present on the chosen screen, or on the one that the window is on."""
        if self._shown is not None:
            return
        presenter = self._make()
        self._shown = presenter
        presenter.set_content_scale(self._settings.get(PRESENTING_SCALE))
        presenter.addActions(self._actions)
        presenter.scale_changed.connect(self._remember_scale)
        presenter.left.connect(self._on_left)
        presenter.installEventFilter(self)
        self.opened.emit(presenter)
        self._show_on(presenter, self._chosen_screen())

    def close(self) -> None:
        """Stop presenting."""
        if self._shown is not None:
            self._shown.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop presenting when the window closes; draw the window only where it can be seen."""
        if event.type() == QEvent.Type.WindowActivate:
            self._let_window_rest(watched is not self._window)
        # A spontaneous one is only the system's: the window was made small, and presenting goes on.
        if event.type() == QEvent.Type.Hide and watched is self._window and not event.spontaneous():
            self.close()
        return super().eventFilter(watched, event)

    def _chosen_screen(self, gone: QScreen | None = None) -> QScreen:
        """The screen to present on: the chosen one, the window's, or the main one."""
        there = [
            screen for screen in QGuiApplication.screens() if gone is None or screen.name() != gone.name()
        ]
        wanted = self._settings.get(PRESENTING_SCREEN)
        chosen = next((screen for screen in there if screen.name() == wanted), None)
        if chosen is not None:
            return chosen
        own = self._window.screen().name()
        return next((screen for screen in there if screen.name() == own), QGuiApplication.primaryScreen())

    def _show_on(self, presenter: Show, screen: QScreen) -> None:
        self._screen_name = screen.name()
        # Full screen goes to the screen that the window lies on, so it is put there first.
        presenter.setWindowState(Qt.WindowState.WindowNoState)
        presenter.setScreen(screen)
        presenter.setGeometry(screen.geometry())
        presenter.showFullScreen()
        presenter.raise_()
        presenter.activateWindow()

    def _on_screen_removed(self, gone: QScreen) -> None:
        """Go on where there is still a screen, after a projector was unplugged."""
        if self._shown is not None and gone.name() == self._screen_name:
            self._show_on(self._shown, self._chosen_screen(gone))

    def _let_window_rest(self, is_presenter_on_top: bool) -> None:
        """Keep the window from drawing what the presentation covers: all the time is the presentation's."""
        is_covered = is_presenter_on_top and self._window.screen().name() == self._screen_name
        if self._window.updatesEnabled() == is_covered:
            self._window.setUpdatesEnabled(not is_covered)

    def _remember_scale(self, content_scale: float) -> None:
        self._settings.set(PRESENTING_SCALE, content_scale)

    def _on_left(self) -> None:
        presenter, self._shown = self._shown, None
        if presenter is None:
            return
        for action in self._actions:
            presenter.removeAction(action)
        presenter.removeEventFilter(self)
        presenter.deleteLater()
        self._let_window_rest(False)
        if self._window.isVisible():
            self._window.activateWindow()
        self.closed.emit()


def make_presenter() -> Show:
    """Make what presents the network; nothing of it is loaded before it is first opened."""
    from widgets.presenter import Presenter

    return Presenter()
