"""The room Kernels by itself: tabs, keys, and nothing cut in any size or language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.app.kernels_pages import TABS
from playground.app.kernels_room import KernelsRoom
from playground.model.keys import LEVELS, Level
from playground.model.message import message
from resources.theme import LIGHT
from tests.widgets.pseudo import cut_texts, settled
from tests.widgets.spies import Heard
from tests.widgets.themed import themed

SIZES = ((976, 500), (1200, 640), (1360, 820))
"""What the smallest window and larger ones leave to the room, in pixels."""


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication) -> Iterator[KernelsRoom]:
    with themed(qapp, LIGHT):
        made = KernelsRoom()
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        yield made


def test_every_tab_shows_its_panel(room: KernelsRoom) -> None:
    heard = Heard(room.tab_chosen)
    for tab, panel in zip(TABS, room.pages.panels, strict=True):
        room.tabs.button(tab).click()
        assert room.tab == tab
        assert room.pages.shown is panel
        assert [other.isVisible() for other in room.pages.panels].count(True) == 1
        assert panel.isVisible()
    assert heard.firsts == list(TABS[1:])


def test_escape_is_handed_on(room: KernelsRoom) -> None:
    heard = Heard(room.escape_pressed)
    QTest.keyClick(room, Qt.Key.Key_Escape)
    room.tabs.button("race").setFocus()
    QTest.keyClick(room.tabs.button("race"), Qt.Key.Key_Escape)
    assert len(heard.all) == 2


def test_what_the_machine_does_has_a_place_of_its_own(room: KernelsRoom) -> None:
    settled(room)
    before = [part.geometry() for part in (room.tabs, room.pages, room.use)]
    room.set_state(message("The race has this computer to itself. Nothing else computes meanwhile."))
    settled(room)
    assert "to itself" in room.state.text()
    assert [part.geometry() for part in (room.tabs, room.pages, room.use)] == before
    room.set_state(None)
    assert room.state.text() == ""


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_cut(room: KernelsRoom, size: tuple[int, int], level: Level) -> None:
    room.resize(*size)
    room.set_level(level)
    room.set_state(message("The race has this computer to itself. Nothing else computes meanwhile."))
    for tab in TABS:
        room.show_tab(tab)
        settled(room)
        assert (room.width(), room.height()) == size
        assert cut_texts(room) == []
