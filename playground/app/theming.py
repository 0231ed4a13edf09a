"""The theme of the window: the chosen one, or light and dark as the system is set."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from playground.app import settings as remembered
from playground.app.settings import Settings
from resources.theme import DARK, LIGHT, Theme
from widgets.style import apply_theme


class Theming(QObject):
    """Dresses the program in the remembered theme, and again whenever that or the system's changes."""

    changed = Signal(object)

    def __init__(self, application: QApplication, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._settings = settings
        self.theme = self._wanted()
        apply_theme(application, self.theme)
        settings.changed.connect(self._on_setting)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)

    def _on_setting(self, key: str) -> None:
        if key == remembered.THEME.key:
            self._dress()

    def _dress(self) -> None:
        theme = self._wanted()
        if theme is not self.theme:
            self.theme = theme
            apply_theme(self._application, theme)
            self.changed.emit(theme)

    def _wanted(self) -> Theme:
        choice = self._settings.get(remembered.THEME)
        if choice == "system":
            is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if is_dark else LIGHT
        return DARK if choice == "dark" else LIGHT
