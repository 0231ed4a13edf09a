"""The rooms: made when they are first opened, remembered, and with only those actions that apply."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.actions import DRAW, EDIT, PASS, SPECS, make_actions
from playground.app.rooms import ON_THE_STAGE, ROOMS, WIDE_ENOUGH_PX, RoomKey, Rooms
from playground.app.settings import ROOM, Settings
from playground.app.window import Window
from playground.model import edits
from playground.model.keys import LEVELS
from tests.end_to_end.conftest import WAIT_MS, MakeWindow

CTRL = Qt.KeyboardModifier.ControlModifier


class Makers:
    """Makes plain rooms, and remembers which were made."""

    def __init__(self) -> None:
        self.made: list[RoomKey] = []

    def make(self, key: RoomKey) -> QWidget:
        self.made.append(key)
        return QWidget()


@pytest.fixture
def makers() -> Makers:
    return Makers()


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def rooms(owner: QWidget, makers: Makers) -> Rooms:
    made = Rooms(
        make_actions(owner), {"play": lambda: makers.make("play"), "kernels": lambda: makers.make("kernels")},
        Settings(),
    )  # fmt: skip
    made.setParent(owner)
    return made


def test_a_room_is_made_once_when_it_is_first_opened(rooms: Rooms, makers: Makers) -> None:
    assert makers.made == ["play"]
    assert rooms.room("kernels") is None
    for key in ("kernels", "play", "kernels"):
        rooms.go(key)
        assert rooms.current == key
    assert makers.made == ["play", "kernels"]


def test_each_change_is_announced_once(rooms: Rooms) -> None:
    heard: list[str] = []
    rooms.changed.connect(heard.append)
    for key in ("play", "kernels", "kernels", "play"):
        rooms.go(key)
    assert heard == ["kernels", "play"]


def test_the_last_room_is_remembered(rooms: Rooms) -> None:
    seen = [rooms.remembered]
    rooms.go("kernels")
    assert [*seen, rooms.remembered] == ["play", "kernels"]
    assert Settings().get(ROOM) == "kernels"


def test_every_room_has_an_action_and_can_be_remembered() -> None:
    assert {f"room_{key}" for key in ROOMS} <= {spec.name for spec in SPECS}
    assert all(ROOM.accepts(key) for key in ROOMS)


def test_what_works_on_the_stage_rests_elsewhere() -> None:
    of_stage = {spec.name for spec in SPECS if spec.menu in (DRAW, PASS)}
    assert of_stage < ON_THE_STAGE
    everywhere = {"undo", "redo", "save", "open", "train", "present", "settings", "fast_kernel", "quit"}
    assert not everywhere & ON_THE_STAGE
    assert {spec.name for spec in SPECS if spec.menu == EDIT} - ON_THE_STAGE == {"undo", "redo", "settings"}
    assert {spec.name for spec in SPECS} > ON_THE_STAGE


@pytest.mark.parametrize(("width", "is_narrow"), [(WIDE_ENOUGH_PX, False), (WIDE_ENOUGH_PX - 1, True)])
def test_a_narrow_window_leaves_the_names_out(rooms: Rooms, width: int, is_narrow: bool) -> None:
    rooms.resize(width, 500)
    rooms.window().show()
    rooms.resize(width, 500)
    assert rooms.rail.is_narrow == is_narrow


@pytest.mark.usefixtures("measuring")
def test_a_window_goes_from_room_to_room_by_key(window: Window, qtbot: QtBot) -> None:
    bar = window.tool_bar
    places = [bar.level.x(), bar.present.x(), bar.groups[0][0].x()]
    QTest.keyClick(window.room.canvas, Qt.Key.Key_7, CTRL)
    seen = [window.rooms.current]
    assert window.kernels is not None
    assert window.kernels.room.isVisible()
    assert not window.room.isVisible()
    assert not any(button.isVisible() for group in bar.groups[1:] for button in group)
    assert [bar.level.x(), bar.present.x(), bar.groups[0][0].x()] == places
    assert not any(window.acts[name].isEnabled() for name in ON_THE_STAGE)
    assert window.acts["room_kernels"].isChecked()
    QTest.keyClick(window.kernels.room, Qt.Key.Key_5, CTRL)
    assert [*seen, window.rooms.current] == ["kernels", "play"]
    assert window.room.canvas.hasFocus()
    assert all(window.acts[name].isEnabled() for name in ON_THE_STAGE)
    assert all(button.isVisible() for group in bar.groups for button in group)
    assert [bar.level.x(), bar.present.x(), bar.groups[0][0].x()] == places


@pytest.mark.usefixtures("measuring")
def test_in_both_rooms_edits_are_undone_and_levels_chosen(window: Window) -> None:
    document = window.document
    window.acts["room_kernels"].trigger()
    assert window.kernels is not None
    before = document.experiment
    assert document.apply(edits.set_learning(learning_rate=0.125))
    room = window.kernels.room
    QTest.keyClick(room, Qt.Key.Key_Z, CTRL)
    assert document.experiment == before
    QTest.keyClick(room, Qt.Key.Key_Y, CTRL)
    assert document.experiment.learning.learning_rate == 0.125
    for number, level in enumerate(LEVELS):
        QTest.keyClick(room, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.AltModifier)
        assert window.play.level == level
    QTest.keyClick(room, Qt.Key.Key_Delete)
    assert document.experiment.network == before.network


@pytest.mark.usefixtures("measuring")
def test_a_pass_that_plays_is_held_when_the_stage_is_left(window: Window) -> None:
    window.acts["play"].trigger()
    assert window.player.is_playing
    window.acts["room_kernels"].trigger()
    assert not window.player.is_playing


@pytest.mark.usefixtures("measuring")
def test_a_second_window_remembers_the_room(make_window: MakeWindow, qtbot: QtBot) -> None:
    first = make_window()
    assert first.kernels is None
    first.acts["room_kernels"].trigger()
    assert first.rooms.remembered == "kernels"
    first.close()
    qtbot.waitUntil(lambda: not first.isVisible(), timeout=WAIT_MS)
    second = make_window()
    assert second.kernels is None  # nothing of the other room is loaded before the first picture
    second.rooms.go(second.rooms.remembered)
    assert second.rooms.current == "kernels"


PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication
from playground.app.settings import Settings
from playground.app.window import Window
application = QApplication([])
window = Window(application, Settings(), guards_errors=False)
window.show()
application.processEvents()
loaded = [name for name in sys.modules if name.startswith("playground.app.kernels_") or name in
          ("numba", "pyqtgraph", "wgpu", "playground.app.kernel_process", "widgets.kernels.race_panel")]
window.close()
print(loaded)
"""


def test_nothing_of_the_second_room_is_loaded_before_it_is_opened() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
