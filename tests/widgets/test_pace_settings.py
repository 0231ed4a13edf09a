"""The pace: as fast as possible, or a number of epochs a second."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.keys import LEVELS
from tests.widgets.spies import Heard
from widgets.pace_settings import PaceSettings


@pytest.fixture
def settings(qtbot: QtBot) -> PaceSettings:
    made = PaceSettings()
    qtbot.addWidget(made)
    made.set_level("words")
    made.show()
    return made


def test_it_is_as_fast_as_possible_until_somebody_wants_to_follow(settings: PaceSettings) -> None:
    heard = Heard(settings.changed)
    assert settings.flat_out.isChecked()
    assert not settings.pace.isVisible()
    settings.flat_out.click()
    assert settings.pace.isVisible()
    field = settings.pace.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "12.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settings.flat_out.click()
    settings.flat_out.click()
    assert heard.firsts == [2.0, 12.5, None, 12.5]


def test_what_is_remembered_is_shown_and_announced_to_nobody(settings: PaceSettings) -> None:
    heard = Heard(settings.changed)
    settings.set_pace(5.0, 5.0)
    assert not settings.flat_out.isChecked()
    assert settings.pace.isVisible()
    assert settings.pace.number == 5.0
    settings.set_pace(None, 7.0)
    assert settings.flat_out.isChecked()
    assert settings.pace.number == 7.0
    for level in LEVELS:
        settings.set_level(level)
        assert settings.pace.label.text()
    assert heard.all == []
