"""A schedule is shown with its own numbers only, and every other one can be asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.keys import LEVELS, SCHEDULES
from playground.model.rate_schedule import RateSchedule
from tests.widgets.spies import Heard
from widgets.schedule_settings import OWN, ScheduleSettings

STEP = RateSchedule("step", every=7, factor=0.25)
COSINE = RateSchedule("cosine", epochs=90, least=0.1)


@pytest.fixture
def settings(qtbot: QtBot) -> ScheduleSettings:
    made = ScheduleSettings()
    qtbot.addWidget(made)
    made.sync(RateSchedule(), "numbers")
    made.show()
    return made


def enter(settings: ScheduleSettings, name: str, text: str) -> None:
    field = settings._slider(name).field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def choose(settings: ScheduleSettings, key: str) -> None:
    box = settings.kind.box
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


@pytest.mark.parametrize("schedule", [RateSchedule(), STEP, COSINE])
def test_only_its_own_numbers_are_shown(settings: ScheduleSettings, schedule: RateSchedule) -> None:
    for level in LEVELS:
        settings.sync(schedule, level)
        assert settings.kind.box.current_key == schedule.kind
        for kind, names in OWN.items():
            for name in names:
                slider = settings._slider(name)
                assert slider.isVisible() == (kind == schedule.kind)
                assert slider.number == getattr(schedule, name)
                assert slider.label.text()
                assert slider.slider.accessibleName()


def test_every_kind_is_offered_and_can_be_chosen(settings: ScheduleSettings) -> None:
    heard, box = Heard(settings.changed), settings.kind.box
    assert tuple(box.itemData(index) for index in range(box.count())) == SCHEDULES
    for kind in ("step", "cosine", "constant"):
        choose(settings, kind)
        assert heard.firsts[-1].kind == kind
        settings.sync(heard.firsts[-1], "words")
    choose(settings, "constant")
    assert len(heard.all) == 3


def test_numbers_are_typed(settings: ScheduleSettings) -> None:
    heard = Heard(settings.changed)
    settings.sync(RateSchedule("step"), "maths")
    enter(settings, "every", "7")
    enter(settings, "factor", "0.25")
    assert heard.firsts[-1] == STEP
    settings.sync(RateSchedule("cosine"), "maths")
    enter(settings, "epochs", "90")
    enter(settings, "least", "0.1")
    assert heard.firsts[-1] == COSINE
    count = len(heard.all)
    enter(settings, "least", "1.5")
    enter(settings, "epochs", "2.5")
    assert len(heard.all) == count


def test_a_drag_has_one_key(settings: ScheduleSettings) -> None:
    heard = Heard(settings.changed)
    settings.sync(STEP, "words")
    settings.factor.slider.pressed_anywhere.emit()
    for position in (300, 500, 700):
        settings.factor.slider.setValue(position)
    keys = {gesture for _, gesture in heard.all}
    assert len(heard.all) == 3
    assert len(keys) == 1
    assert None not in keys


def test_showing_asks_for_nothing(settings: ScheduleSettings) -> None:
    heard = Heard(settings.changed)
    for schedule in (STEP, COSINE, RateSchedule()):
        settings.sync(schedule, "words")
    assert heard.all == []
