"""The canvas without a pointer: walking, choosing, connecting, typing, stepping."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.model.message import sentence
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.stage import Selection
from tests.widgets.canvas.sketch import WEIGHTS, Sketch, small, small_network
from widgets.canvas.geometry import Geometry
from widgets.canvas.keys_list import CANVAS_KEYS
from widgets.canvas.walk import neighbour, next_edge, next_node

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def _type(sketch: Sketch, text: str) -> None:
    editor = sketch.editor()
    assert editor is not None
    assert editor.hasFocus()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, K.Key_Return)


def _in_view(sketch: Sketch, x: float, y: float) -> tuple[float, float]:
    """The point of the view where a point of the scene is now."""
    place = sketch.canvas.camera.to_view((x, y))
    return (float(place[0]), float(place[1]))


def test_a_session_without_a_pointer(qtbot: QtBot) -> None:
    sketch = Sketch(qtbot, Network.build())
    sketch.key(K.Key_N)
    assert sketch.network.nodes[1].role == "input"
    sketch.canvas.commands.add_node("hidden", _in_view(sketch, 0, 0))
    sketch.canvas.commands.add_node("output", _in_view(sketch, 300, 0))
    sketch.canvas.zoom_to_fit()
    sketch.key(K.Key_Left)
    sketch.key(K.Key_Left)
    assert sketch.selection.nodes == {1}
    sketch.key(K.Key_C)
    sketch.key(K.Key_Right)
    sketch.key(K.Key_Return)
    sketch.key(K.Key_Right)
    sketch.key(K.Key_C)
    sketch.key(K.Key_Right)
    sketch.key(K.Key_Return)
    assert set(sketch.network.edges) == {(1, 2), (2, 3)}
    sketch.key(K.Key_F2)
    _type(sketch, "Middle")
    assert sketch.network.nodes[2].label == "Middle"
    sketch.key(K.Key_B)
    _type(sketch, "0.75")
    assert sketch.parameters.bias(sketch.network, 2) == 0.75
    sketch.key(K.Key_W)
    _type(sketch, "-1.5")
    assert sketch.weight((1, 2)) == -1.5
    sketch.key(K.Key_Plus)
    assert sketch.weight((1, 2)) == -1.4
    sketch.key(K.Key_Delete)
    assert set(sketch.network.edges) == {(2, 3)}
    sketch.key(K.Key_A, CTRL)
    sketch.key(K.Key_D, CTRL)
    assert len(sketch.network.nodes) == 6
    sketch.key(K.Key_Delete)
    assert set(sketch.network.nodes) == {1, 2, 3}
    assert not sketch.refusals


def test_a_refused_edge_says_why_and_can_be_aimed_again(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.select(Selection(frozenset({2})))
    sketch.canvas.set_stage(sketch.stage())
    sketch.click(sketch.node(2))
    sketch.key(K.Key_C)
    sketch.key(K.Key_Up)
    sketch.key(K.Key_Return)
    assert "input" in sentence(sketch.notices[-1])
    assert not sketch.edits
    sketch.key(K.Key_Right)
    sketch.key(K.Key_Down)
    sketch.key(K.Key_Return)
    assert (2, 4) in sketch.network.edges
    assert sketch.gesture() is None


def test_escape_leaves_connecting_before_anything_else(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    escaped: list[None] = []
    sketch.canvas.escape_unhandled.connect(lambda: escaped.append(None))
    sketch.click(sketch.node(2))
    sketch.key(K.Key_C)
    sketch.key(K.Key_Escape)
    assert sketch.gesture() is None
    assert not escaped
    sketch.key(K.Key_Escape)
    assert len(escaped) == 1
    assert sketch.facts() == sketch.start


def test_arrows_with_alt_nudge_and_presses_in_a_row_are_one_step(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.click(sketch.node(4))
    for _ in range(3):
        sketch.key(K.Key_Down, ALT)
    sketch.key(K.Key_Right, ALT | SHIFT)
    assert (sketch.network.nodes[4].x, sketch.network.nodes[4].y) == (221, 95)
    assert len(sketch.steps) == 1
    sketch.click(sketch.node(3))
    sketch.key(K.Key_Up, ALT)
    assert len(sketch.steps) == 2


def test_plus_and_minus_step_in_one_undo_step(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.click(sketch.node(5))
    sketch.key(K.Key_Plus)
    sketch.key(K.Key_Plus, SHIFT)
    sketch.key(K.Key_Minus)
    assert sketch.parameters.bias(sketch.network, 5) == 0.1
    sketch.key(K.Key_Minus, ALT)
    assert sketch.parameters.bias(sketch.network, 5) == 0.09
    assert len(sketch.steps) == 1


def test_enter_inspects_and_space_plays_when_tapped(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.click(sketch.node(5))
    with qtbot.waitSignal(sketch.canvas.inspect_requested):
        sketch.key(K.Key_Return)
    with qtbot.waitSignal(sketch.canvas.play_toggled):
        sketch.key(K.Key_Space)


def test_space_held_pulls_the_scene_and_does_not_play(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    played: list[None] = []
    sketch.canvas.play_toggled.connect(lambda: played.append(None))
    before = sketch.canvas.camera
    QTest.keyPress(sketch.canvas, K.Key_Space)
    assert sketch.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    sketch.drag(sketch.node(4), sketch.node(4) + QPoint(50, -20))
    QTest.keyRelease(sketch.canvas, K.Key_Space)
    assert not played
    assert not sketch.edits
    assert sketch.canvas.camera.centre_x < before.centre_x
    assert sketch.canvas.cursor().shape() != Qt.CursorShape.OpenHandCursor


def test_tab_goes_from_node_to_node_and_out(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    sketch = small(qtbot)
    before, after = QLineEdit(), QLineEdit()
    rows = QVBoxLayout(frame)
    for widget in (before, sketch.canvas, after):
        rows.addWidget(widget)
    frame.show()
    frame.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    seen = []
    for _ in range(5):
        QTest.keyClick(frame.focusWidget(), K.Key_Tab)
        assert sketch.canvas.hasFocus()
        seen += list(sketch.selection.nodes)
    assert seen == list(sketch.network.order)
    QTest.keyClick(frame.focusWidget(), K.Key_Tab)
    assert after.hasFocus()
    QTest.keyClick(after, K.Key_Backtab)
    assert sketch.canvas.hasFocus()
    assert sketch.selection.nodes == {sketch.network.order[-1]}
    sketch.canvas.setParent(None)


def test_a_screen_reader_hears_of_the_node_and_the_edge(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    assert sketch.canvas.accessibleName()
    sketch.click(sketch.node(5))
    assert "Ripe?" in sketch.canvas.accessibleDescription()
    sketch.key(K.Key_E)
    heard = sketch.canvas.accessibleDescription()
    assert "Ripe?" in heard
    assert "2" in heard
    assert sketch.selection.edges == {(3, 5)}
    sketch.key(K.Key_E, SHIFT)
    assert sketch.selection.edges == {(4, 5)}


def test_a_walks_activation_menu(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QMenu

    sketch = small(qtbot)
    sketch.click(sketch.node(4))
    sketch.key(K.Key_A)
    (menu,) = [menu for menu in sketch.canvas.findChildren(QMenu) if menu.isVisible()]
    relu = next(action for action in menu.actions() if action.text() == "ReLU")
    relu.trigger()
    menu.close()
    assert sketch.network.nodes[4].activation == "relu"


def test_keys_that_mean_nothing_here_are_passed_on(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    sketch = small(qtbot)
    heard: list[int] = []
    frame.keyPressEvent = lambda event: heard.append(event.key())  # type: ignore[method-assign]  # listens
    sketch.canvas.setParent(frame)
    sketch.canvas.show()
    QTest.keyClick(sketch.canvas, K.Key_F7)
    assert heard == [K.Key_F7]
    sketch.canvas.setParent(None)


def test_walking_goes_to_the_nearest_node_that_way() -> None:
    network = small_network()
    geometry = Geometry.of(network, Parameters.of(network, WEIGHTS, {}))
    assert neighbour(geometry, 1, "right") == 3
    assert neighbour(geometry, 3, "right") == 5
    assert neighbour(geometry, 3, "down") == 4
    assert neighbour(geometry, 5, "left") in {3, 4}
    assert neighbour(geometry, 1, "left") is None
    assert neighbour(geometry, 1, "up") is None


def test_next_node_and_next_edge_go_round() -> None:
    network = small_network()
    assert next_node(network, None, 1) == network.order[0]
    assert next_node(network, None, -1) == network.order[-1]
    assert next_node(network, network.order[-1], 1) is None
    assert next_node(Network.build(), None, 1) is None
    edges = [next_edge(network, 3, None, 1)]
    for _ in range(3):
        edges.append(next_edge(network, 3, edges[-1], 1))
    assert edges == [(1, 3), (2, 3), (3, 5), (1, 3)]


def test_every_letter_that_means_something_here_is_on_the_sheet_of_keys(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    listed = {word for entry in CANVAS_KEYS for word in sentence(entry.keys).replace(",", " ").split()}
    letters = [keys.toString() for keys in sketch.canvas.keyboard.sequences()]
    letters = [text for text in letters if len(text) == 1 and text.isalpha()]
    assert set(letters) <= listed
    assert len(letters) > 5
