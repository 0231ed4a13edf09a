"""The room brings in sight what is new in it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.play_room import PlayRoom
from playground.engine.checks.finding import Finding
from playground.engine.datasets import BUILT_IN
from playground.engine.thumbnails import thumbnail
from playground.model import edits
from playground.model.message import message

TROUBLE = Finding(
    "diverged", message("Each step goes too far."), message("Take smaller steps"), edits.start_over()
)


@pytest.fixture
def room(qtbot: QtBot) -> PlayRoom:
    made = PlayRoom(tuple(BUILT_IN.values()), thumbnail)
    qtbot.addWidget(made)
    made.resize(1000, 420)
    made.show()
    return made


def is_in_sight(panel: QWidget) -> bool:
    return panel.isVisible() and not panel.visibleRegion().isEmpty()


def test_the_curve_is_in_sight_while_the_network_learns(qtbot: QtBot, room: PlayRoom) -> None:
    room.show_running(True)
    qtbot.waitUntil(lambda: is_in_sight(room.plot.heading))
    room.show_pass()
    qtbot.waitUntil(lambda: is_in_sight(room.explanation))


def test_what_is_newly_noticed_comes_in_sight(qtbot: QtBot, room: PlayRoom) -> None:
    room.show_running(True)
    qtbot.waitUntil(lambda: is_in_sight(room.plot.heading))
    room.show_findings([TROUBLE])
    qtbot.waitUntil(lambda: is_in_sight(room.findings.cards()[0].mend))


def test_what_is_known_leaves_the_view_alone(qtbot: QtBot, room: PlayRoom) -> None:
    room.show_findings([TROUBLE])
    qtbot.waitUntil(lambda: is_in_sight(room.findings.cards()[0].mend))
    room.show_running(True)
    qtbot.waitUntil(lambda: is_in_sight(room.plot.heading))
    seen = room.plot.heading.visibleRegion()
    room.show_findings([TROUBLE])
    assert room.plot.heading.visibleRegion() == seen
