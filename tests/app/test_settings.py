"""Remembered values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from playground.app import settings as module
from playground.app.settings import ALL, LEVEL, LOOP, SPEED, THEME, Setting, Settings


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "settings.ini")


def opened(place: str) -> Settings:
    return Settings(QSettings(place, QSettings.Format.IniFormat))


def test_values_keep_their_types_through_the_file(qtbot: QtBot, place: str) -> None:
    settings = opened(place)
    settings.set(LEVEL, "maths")
    settings.set(LOOP, True)
    settings.set(SPEED, 0.5)
    settings.set_layout("window", b"\x00\x01geometry")
    settings.set_texts("recent", ["/a", "/b ü"])
    settings.sync()
    again = opened(place)
    assert (again.get(LEVEL), again.get(LOOP), again.get(SPEED)) == ("maths", True, 0.5)
    assert again.layout("window") == b"\x00\x01geometry"
    assert again.layout("other") == b""
    assert again.texts("recent") == ["/a", "/b ü"]


def test_defaults_are_acceptable_and_all_settings_listed(qtbot: QtBot, place: str) -> None:
    settings = opened(place)
    everything: tuple[Setting[Any], ...] = ALL
    assert [settings.get(setting) for setting in everything] == [setting.default for setting in ALL]
    assert all(setting.accepts(setting.default) for setting in everything)
    known = {value.key for value in vars(module).values() if isinstance(value, module.Setting)}
    assert known == {setting.key for setting in ALL}


def test_spoiled_values_count_as_not_there(qtbot: QtBot, place: str) -> None:
    store = QSettings(place, QSettings.Format.IniFormat)
    for key in ("level", "loop", "speed", "theme"):
        store.setValue(key, "nonsense")
    store.sync()
    settings = opened(place)
    assert settings.get(LEVEL) == LEVEL.default
    assert settings.get(LOOP) is False
    assert settings.get(SPEED) == 1.0
    settings.set(SPEED, 99.0)
    settings.set(THEME, "pink")
    assert (settings.get(SPEED), settings.get(THEME)) == (1.0, "system")


def test_changes_are_told_once(qtbot: QtBot, place: str) -> None:
    settings, told = opened(place), list[str]()
    settings.changed.connect(told.append)
    settings.set(SPEED, 2.0)
    settings.set(SPEED, 2.0)
    assert told == ["speed"]
