"""The look is readable in both themes."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from resources.theme import THEMES, Theme
from tests.widgets.themed import themed
from widgets.style import disabled_ink, interface_font, mixed, palette, style_sheet, theme_of


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_can_be_read(theme: Theme) -> None:
    for ground in (theme.surface, theme.raised, theme.background):
        assert contrast(theme.ink, ground) >= 7
        assert contrast(theme.muted, ground) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.accent, theme.accent_soft) >= 3
    for ink in (theme.positive, theme.negative):
        assert contrast(ink, theme.accent_soft) >= 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_widget_knows_its_theme(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    with themed(qapp, theme):
        widget = QWidget()
        qtbot.addWidget(widget)
        assert theme_of(widget) is theme


def test_a_dark_widget_can_stand_in_a_light_window(qtbot: QtBot, qapp: QApplication) -> None:
    with themed(qapp, THEMES["light"]):
        window = QWidget()
        qtbot.addWidget(window)
        stage = QWidget(window)
        stage.setPalette(palette(THEMES["dark"]))
        assert (theme_of(window), theme_of(stage)) == (THEMES["light"], THEMES["dark"])


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_sheet_is_whole(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}") > 50
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}", sheet))
    assert {theme.accent, theme.line, theme.surface, theme.ink} <= colours


def test_the_sheets_of_two_themes_differ_only_in_colours() -> None:
    bare = {re.sub(r"#[0-9A-Fa-f]{6}", "#", style_sheet(theme)) for theme in THEMES.values()}
    assert len(bare) == 1


def test_disabled_text_is_paler_than_muted_text() -> None:
    for theme in THEMES.values():
        assert contrast(disabled_ink(theme), theme.surface) < contrast(theme.muted, theme.surface)
        shown = palette(theme).color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        assert shown == QColor(disabled_ink(theme))


def test_figures_are_as_wide_as_each_other(qapp: QApplication) -> None:
    del qapp
    font = interface_font(14, QFont.Weight.Bold)
    assert font.featureValue(QFont.Tag("tnum")) == 1
    assert font.pixelSize() == 14
    assert font.families()[0] == "Inter"


def test_mixing_runs_from_one_colour_to_the_other() -> None:
    assert mixed("#102030", "#F0E0D0", 0.0) == "#102030"
    assert mixed("#102030", "#F0E0D0", 1.0) == "#F0E0D0"
    assert mixed("#000000", "#FFFFFF", 0.5) in ("#7F7F7F", "#808080")
