"""Each setting holds at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.spies import Heard
from widgets.dialogs.settings_dialog import SettingsDialog, WindowSettings

START = WindowSettings("light", 1.5, 1.25, "on", "HDMI-1")


@pytest.fixture
def dialog(qtbot: QtBot) -> SettingsDialog:
    made = SettingsDialog(START, ["eDP-1", "HDMI-1"])
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_shows_what_holds(dialog: SettingsDialog) -> None:
    assert dialog.theme.current == "light"
    assert (dialog.content_scale.number, dialog.content_scale.field.text()) == (1.5, "150\u00a0%")
    assert dialog.presenting_scale.number == 1.25
    assert dialog.reduced_motion.current == "on"
    assert dialog.screen_choice.current_key == "HDMI-1"


def test_each_change_is_announced_with_all_settings(dialog: SettingsDialog) -> None:
    heard = Heard(dialog.changed)
    dialog.theme.button("dark").click()
    QTest.keyClick(dialog.content_scale.slider, Qt.Key.Key_End)
    QTest.keyClick(dialog.presenting_scale.slider, Qt.Key.Key_Home)
    dialog.reduced_motion.button("off").click()
    QTest.keyClick(dialog.screen_choice, Qt.Key.Key_Home)
    expected = [replace(START, theme="dark")]
    for change in (
        {"content_scale": 2.5},
        {"presenting_scale": 1.0},
        {"reduced_motion": "off"},
        {"presenting_screen": ""},
    ):
        expected.append(replace(expected[-1], **change))
    assert heard.firsts == expected
    assert dialog.settings == expected[-1]


def test_a_screen_that_is_unplugged_is_the_windows_own(qtbot: QtBot) -> None:
    dialog = SettingsDialog(START, ["eDP-1"])
    qtbot.addWidget(dialog)
    assert dialog.screen_choice.current_key == ""
    assert dialog.settings.presenting_screen == "HDMI-1"
