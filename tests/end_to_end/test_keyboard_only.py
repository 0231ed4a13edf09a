"""A whole session without a mouse: draw, connect, name, set values, play, learn, save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model import file
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
NOTHING = Qt.KeyboardModifier.NoModifier
MOST_TABS = 200


class Typist:
    """Presses keys where the focus is, as the system would."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    @property
    def focus(self) -> QWidget:
        """What the keys go to."""
        focus = QApplication.focusWidget()
        return self._window if focus is None else focus

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NOTHING) -> None:
        """Press keys one after the other."""
        for key in keys:
            handle: QWindow | None = self.focus.window().windowHandle()
            assert handle is not None
            QTest.keyClick(handle, key, modifier)

    def type(self, text: str) -> None:
        """Type a text."""
        QTest.keyClicks(self.focus, text)

    def tab_to(self, goal: QWidget) -> None:
        """Press Tab until something has the focus."""
        for _ in range(MOST_TABS):
            if self.focus is goal:
                return
            self.press(KEY.Key_Tab)
        raise AssertionError(f"{MOST_TABS} tabs do not reach {goal.accessibleName()!r}")


@pytest.fixture
def typist(window: Window) -> Typist:
    return Typist(window)


def test_draw_name_and_set_values(window: Window, typist: Typist) -> None:
    document, canvas = window.document, window.room.canvas
    start = document.experiment.network
    typist.tab_to(canvas)

    # Go to a hidden node, place another one below it, and name that.
    for _ in range(4):
        chosen = window.keeper.stage.selection.nodes
        if any(start.nodes[node].role == "hidden" for node in chosen):
            break
        typist.press(KEY.Key_Right)
    typist.press(KEY.Key_N)
    (added,) = set(document.experiment.network.nodes) - set(start.nodes)
    assert document.experiment.network.nodes[added].role == "hidden"
    assert window.keeper.stage.selection.nodes == {added}
    typist.press(KEY.Key_F2)
    typist.type("Mine")
    typist.press(KEY.Key_Return)
    assert document.experiment.network.nodes[added].label == "Mine"
    assert canvas.hasFocus()

    # Walk to an input with the arrow keys and draw an edge from there; the arrows choose where to.
    for _ in range(10):
        typist.press(KEY.Key_Left)
    (source,) = window.keeper.stage.selection.nodes
    assert source in start.inputs
    typist.press(KEY.Key_C, KEY.Key_Right, *[KEY.Key_Down] * 5, KEY.Key_Return)
    assert (source, added) in document.experiment.network.edges

    # Change a weight by key and by typing.
    typist.press(KEY.Key_E)
    (edge,) = window.keeper.stage.selection.edges
    before = document.parameters.weight(document.experiment.network, edge)
    typist.press(KEY.Key_Plus)
    assert document.parameters.weight(document.experiment.network, edge) > before
    typist.press(KEY.Key_W)
    typist.type("-1.5")
    typist.press(KEY.Key_Return)
    assert document.parameters.weight(document.experiment.network, edge) == -1.5

    # Undo all of it, and make it again.
    n_steps = document.undo_stack.index()
    for _ in range(n_steps):
        typist.press(KEY.Key_Z, modifier=CTRL)
    assert document.experiment.network == start
    for _ in range(n_steps):
        typist.press(KEY.Key_Y, modifier=CTRL)
    assert document.parameters.weight(document.experiment.network, edge) == -1.5


def test_a_pass_is_stepped_through_and_explained_at_every_level(window: Window, typist: Typist) -> None:
    typist.tab_to(window.room.canvas)
    typist.press(KEY.Key_BracketRight)
    assert window.player.time_s is not None
    said = set()
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_3):
        typist.press(key, modifier=Qt.KeyboardModifier.AltModifier)
        said.add((window.play.level, window.room.explanation.isVisible()))
    assert said == {("words", True), ("numbers", True), ("maths", True)}
    first = window.player.time_s
    typist.press(KEY.Key_PageDown)
    assert window.player.moment is not None
    assert window.player.moment.phase == "loss"
    typist.press(KEY.Key_PageUp, KEY.Key_BracketRight)
    assert window.player.time_s == first
    typist.press(KEY.Key_BracketLeft)
    assert window.player.time_s == 0.0
    playing: list[bool] = []
    window.player.playing_changed.connect(playing.append)
    typist.press(KEY.Key_Space, KEY.Key_P)
    assert playing == [True, False]
    typist.press(KEY.Key_Period, modifier=CTRL)
    assert window.player.time_s is None


def test_learn_and_save(
    window: Window,
    typist: Typist,
    qtbot: QtBot,
    file_chosen: Callable[[Path | None], None],
    tmp_path: Path,
) -> None:
    path, before = tmp_path / "by keys.playground", window.document.parameters
    typist.tab_to(window.room.learning.train)
    typist.press(KEY.Key_Space)
    qtbot.waitUntil(lambda: window.document.parameters != before, timeout=WAIT_MS)
    typist.press(KEY.Key_Space)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    file_chosen(path)
    typist.press(KEY.Key_S, modifier=CTRL)
    qtbot.waitUntil(lambda: window.document.path == path, timeout=WAIT_MS)
    assert file.read(path.read_bytes()) == (window.document.experiment, window.document.parameters)


@pytest.mark.parametrize(
    ("key", "modifier", "name"),
    [
        (KEY.Key_F1, NOTHING, "ShortcutSheet"),
        (KEY.Key_E, CTRL, "ExamplesDialog"),
        (KEY.Key_L, CTRL, "AddLayerDialog"),
        (KEY.Key_Comma, CTRL, "SettingsDialog"),
    ],
)
def test_a_dialog_is_opened_and_left_by_key_and_changes_nothing(
    window: Window, typist: Typist, butler: Butler, key: Qt.Key, modifier: Qt.KeyboardModifier, name: str
) -> None:
    before = (window.document.experiment, window.document.parameters)
    butler.expect(name, lambda dialog: QTest.keyClick(dialog, KEY.Key_Escape))
    typist.press(key, modifier=modifier)
    assert butler.seen == [name]
    assert (window.document.experiment, window.document.parameters) == before
    assert not window.document.is_modified


def test_a_layer_is_added_by_key(window: Window, typist: Typist, butler: Butler) -> None:
    before = len(window.document.experiment.network.nodes)
    butler.expect("AddLayerDialog", lambda dialog: QTest.keyClick(dialog, KEY.Key_Return))
    typist.press(KEY.Key_L, modifier=CTRL)
    assert len(window.document.experiment.network.nodes) > before


def test_every_control_of_the_window_is_reached_by_tab(window: Window, typist: Typist) -> None:
    room = window.room
    room.show_side("data")
    for goal in (room.canvas, room.learning.train, room.transport.play, room.example, room.side):
        wanted = goal if goal.focusPolicy() & Qt.FocusPolicy.TabFocus else None
        for _ in range(MOST_TABS):
            focus = typist.focus
            if focus is wanted or (wanted is None and goal.isAncestorOf(focus)):
                break
            typist.press(KEY.Key_Tab)
        else:
            raise AssertionError(f"no tab leads to {type(goal).__name__}")
