"""A theme for the length of one test."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from resources.theme import Theme
from widgets.style import apply_theme


@contextmanager
def themed(application: QApplication, theme: Theme) -> Generator[None]:
    """Everything inside is shown in a theme; afterwards the program looks as before."""
    font, palette = QFont(application.font()), QPalette(application.palette())
    apply_theme(application, theme)
    try:
        yield
    finally:
        application.setStyleSheet("")
        application.setPalette(palette)
        application.setFont(font)
