"""The theme is the remembered one, or the system's, and a change reaches the program at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from playground.app.settings import THEME, Settings
from playground.app.theming import Theming
from resources.theme import DARK, LIGHT, Theme


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    palette, font = QPalette(qapp.palette()), qapp.font()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


def ground(application: QApplication) -> str:
    """The colour that windows have now."""
    return application.palette().color(QPalette.ColorRole.Window).name()


@pytest.mark.parametrize(("choice", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_the_remembered_theme_is_worn_from_the_start(
    application: QApplication, choice: str, theme: Theme
) -> None:
    settings = Settings()
    settings.set(THEME, choice)
    assert Theming(application, settings).theme is theme
    assert ground(application) == theme.background.lower()


def test_a_change_is_worn_and_told_once(application: QApplication) -> None:
    settings = Settings()
    settings.set(THEME, "light")
    theming = Theming(application, settings)
    told: list[Theme] = []
    theming.changed.connect(told.append)
    settings.set(THEME, "dark")
    settings.set(THEME, "dark")
    assert told == [DARK]
    assert ground(application) == DARK.background.lower()
    settings.set(THEME, "light")
    assert told == [DARK, LIGHT]
    assert ground(application) == LIGHT.background.lower()
