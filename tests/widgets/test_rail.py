"""The rail of rooms: one chosen, by mouse and by key, with names or as icons alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from resources.theme import DARK, LIGHT, Theme
from tests.widgets.pseudo import cut_texts, pseudo, settled
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.rail import ICONS, NARROW_PX, WIDTH_PX, Rail
from widgets.style import TARGET_PX

KEY = Qt.Key
NAMES = {"room_play": "Play", "room_kernels": "Kernels"}


def make_actions(parent: QObject, name: Callable[[str], str] = str) -> Mapping[str, QAction]:
    group = QActionGroup(parent)
    made = {}
    for key, text in NAMES.items():
        action = QAction(name(text), parent, checkable=True)
        action.setToolTip(name(f"Go to {text}"))
        group.addAction(action)
        made[key] = action
    made["room_play"].setChecked(True)
    return made


@pytest.fixture
def rail(qtbot: QtBot, qapp: QApplication) -> Iterator[Rail]:
    with themed(qapp, LIGHT):
        window = QWidget()
        qtbot.addWidget(window)
        made = Rail(make_actions(window))
        made.setParent(window)
        made.resize(WIDTH_PX, 400)
        with qtbot.waitExposed(window):
            window.resize(200, 400)
            window.show()
        yield made


def chosen(rail: Rail) -> list[str]:
    return [name for name, button in rail.buttons.items() if button.isChecked()]


def test_every_room_has_a_button_with_an_icon_a_name_and_a_tooltip(rail: Rail) -> None:
    assert set(rail.buttons) == set(ICONS) == set(NAMES)
    for name, button in rail.buttons.items():
        assert button.text() == button.accessibleName() == NAMES[name]
        assert button.toolTip() == button.accessibleDescription() == f"Go to {NAMES[name]}"
        assert not button.icon().isNull()
        assert min(button.width(), button.height()) >= TARGET_PX
    assert rail.accessibleName()


def test_a_click_triggers_the_action_once(rail: Rail) -> None:
    button = rail.buttons["room_kernels"]
    heard = Heard(button.action.triggered)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(heard.all) == 1
    assert chosen(rail) == ["room_kernels"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(heard.all) == 1


def test_the_rail_follows_the_actions(rail: Rail) -> None:
    rail.buttons["room_kernels"].action.setChecked(True)
    assert chosen(rail) == ["room_kernels"]
    rail.buttons["room_play"].action.setChecked(True)
    assert chosen(rail) == ["room_play"]


def test_arrow_keys_and_the_ends_go_from_room_to_room(rail: Rail, qtbot: QtBot) -> None:
    play, kernels = rail.buttons["room_play"], rail.buttons["room_kernels"]
    rail.window().activateWindow()
    play.setFocus()
    qtbot.waitUntil(play.hasFocus)
    for key, goal in (
        (KEY.Key_Down, kernels),
        (KEY.Key_Up, play),
        (KEY.Key_End, kernels),
        (KEY.Key_Home, play),
    ):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        assert goal.hasFocus()
        assert goal.isChecked()
        assert goal.action.isChecked()


def test_where_room_is_short_the_icons_stand_alone(rail: Rail) -> None:
    assert rail.width() == WIDTH_PX
    high = rail.buttons["room_play"].height()
    rail.set_narrow(True)
    assert rail.is_narrow
    assert rail.width() == NARROW_PX
    assert rail.buttons["room_play"].height() < high
    for button in rail.buttons.values():
        assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        assert button.toolTip()
    rail.set_narrow(False)
    assert rail.width() == WIDTH_PX


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_chosen_room_is_soft_green(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    with themed(qapp, theme):
        window = QWidget()
        qtbot.addWidget(window)
        rail = Rail(make_actions(window))
        rail.setParent(window)
        window.resize(200, 400)
        window.show()
        settled(window)
        picture = rail.grab().toImage()
        for name, button in rail.buttons.items():
            corner = button.geometry().topLeft()
            colour = picture.pixelColor(corner.x() + 6, corner.y() + button.height() // 2).name().upper()
            assert colour == (theme.accent_soft if name == "room_play" else theme.surface)


def test_long_names_have_room(qtbot: QtBot, qapp: QApplication) -> None:
    with themed(qapp, LIGHT):
        window = QWidget()
        qtbot.addWidget(window)
        rail = Rail(make_actions(window, pseudo))
        rail.setParent(window)
        window.resize(300, 400)
        window.show()
        settled(window)
        assert rail.width() > WIDTH_PX
        assert cut_texts(rail) == []
