"""The canvas: wheel, typing, clipboard, menus, camera, glides, fingers."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from playground.model import edits
from playground.model.message import sentence
from playground.model.network import Edge, Network, Node
from playground.model.stage import Selection
from resources.theme import DARK
from tests.widgets.canvas.sketch import Sketch, small, small_network
from widgets.canvas.canvas import Canvas
from widgets.canvas.clipping import MIME_TYPE
from widgets.canvas.hit import Hit

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BESIDE = QPoint(10, 10)


def _wheel(sketch: Sketch, at: QPoint, notches: float, keys: Qt.KeyboardModifier = NONE) -> None:
    place = QPointF(at)
    event = QWheelEvent(
        place, sketch.canvas.mapToGlobal(place), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QCoreApplication.sendEvent(sketch.canvas, event)


def _double_click(sketch: Sketch, at: QPoint) -> None:
    QTest.mouseDClick(sketch.canvas, Qt.MouseButton.LeftButton, NONE, at)


def _pixels(sketch: Sketch) -> bytes:
    image = sketch.canvas.grab().toImage()
    return bytes(image.constBits())


def test_the_wheel_zooms_and_the_point_under_it_stays(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    zooms: list[float] = []
    sketch.canvas.zoom_changed.connect(zooms.append)
    before = sketch.canvas.camera
    _wheel(sketch, QPoint(200, 150), 2)
    after = sketch.canvas.camera
    assert after.zoom == pytest.approx(before.zoom * 1.2**2)
    assert after.to_scene((200, 150)) == pytest.approx(before.to_scene((200, 150)))
    assert zooms == [after.zoom]


def test_the_wheel_changes_the_weight_of_a_selected_pill_only(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    at = sketch.pill((1, 3))
    zoom = sketch.canvas.camera.zoom
    _wheel(sketch, at, 1)
    assert sketch.weight((1, 3)) == 0.5
    assert sketch.canvas.camera.zoom > zoom
    at = sketch.pill((1, 3))
    sketch.click(at)
    zoom = sketch.canvas.camera.zoom
    _wheel(sketch, at, 1)
    _wheel(sketch, at, 1)
    _wheel(sketch, at, -1, SHIFT)
    assert sketch.weight((1, 3)) == pytest.approx(0.69)
    assert sketch.canvas.camera.zoom == zoom
    assert len(sketch.steps) == 1, "turns of the wheel in one place are one step"


def test_the_wheel_changes_the_bias_of_a_selected_node(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.click(sketch.node(5))
    _wheel(sketch, sketch.bias(5), -3)
    assert sketch.parameters.bias(sketch.network, 5) == pytest.approx(-0.3)


def test_a_double_click_renames_in_place(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    _double_click(sketch, sketch.node(3))
    editor = sketch.editor()
    assert editor is not None
    assert editor.hasFocus()
    QTest.keyClicks(editor, "Roundness")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert sketch.network.nodes[3].label == "Roundness"
    assert sketch.editor() is None
    assert sketch.canvas.hasFocus()


def test_a_double_click_on_a_pill_types_a_weight_in_full_precision(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    _double_click(sketch, sketch.pill((2, 3)))
    editor = sketch.editor()
    assert editor is not None
    assert editor.text() == "−1.25"
    editor.setText("0.123456789012345")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert sketch.weight((2, 3)) == 0.123456789012345


def test_what_is_no_number_is_refused_and_escape_leaves(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    _double_click(sketch, sketch.bias(5))
    editor = sketch.editor()
    assert editor is not None
    editor.setText("much")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert sketch.editor() is editor
    assert "much" in sentence(sketch.notices[-1])
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert sketch.editor() is None
    assert not sketch.edits


def test_copy_cut_and_paste(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.select(Selection(frozenset({3, 5})))
    assert sketch.canvas.commands.copy()
    mime = QGuiApplication.clipboard().mimeData()
    assert len(json.loads(bytes(mime.data(MIME_TYPE).data()))["network"]["nodes"]) == 2
    assert "Ripe?" in mime.text()
    sketch.canvas.commands.paste()
    new = sketch.selection.nodes
    assert len(new) == 2
    assert not new & {3, 5}
    (edge,) = [key for key in sketch.network.edges if set(key) <= new]
    assert sketch.weight(edge) == 2.0
    sketch.canvas.commands.cut()
    assert set(sketch.network.nodes) == {1, 2, 3, 4, 5}
    sketch.canvas.commands.paste()
    assert len(sketch.network.nodes) == 7
    assert len(sketch.steps) == 3


def test_paste_of_something_else_says_so(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    QGuiApplication.clipboard().setText("a poem")
    sketch.canvas.commands.paste()
    assert "paste" in sentence(sketch.notices[-1])
    assert not sketch.edits


def test_two_selected_groups_are_connected(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.select(Selection(frozenset({1, 2, 5})))
    sketch.canvas.commands.connect_selected()
    assert {(1, 5), (2, 5)} <= set(sketch.network.edges)
    assert len(sketch.steps) == 1


def test_a_layer_gets_one_activation(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.canvas.commands.set_activation_of_layer(3, "relu")
    assert [sketch.network.nodes[n].activation for n in (3, 4, 5)] == ["relu", "relu", "sigmoid"]


def _entry(menu: QMenu, text: str) -> QAction:
    (found,) = [action for action in menu.actions() if action.text().split("\t")[0] == text]
    return found


def test_the_menu_of_a_node(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    menu = sketch.canvas.menu_for(Hit("node", node=4), (0, 0))
    assert sketch.selection.nodes == {4}
    activations = _entry(menu, "Activation").menu()
    assert isinstance(activations, QMenu)
    assert [action.text() for action in activations.actions() if action.isChecked()] == ["tanh"]
    _entry(activations, "ReLU").trigger()
    assert sketch.network.nodes[4].activation == "relu"
    _entry(menu, "Duplicate").trigger()
    assert len(sketch.network.nodes) == 6
    menu.deleteLater()


def test_at_the_level_of_words_menus_have_no_jargon(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.level = "words"
    sketch.canvas.set_stage(sketch.stage())
    texts = []
    for found in (Hit("node", node=4), Hit("edge", edge=(1, 3)), Hit()):
        menu = sketch.canvas.menu_for(found, (0, 0))
        texts += [action.text().lower() for action in menu.actions()]
        menu.deleteLater()
    assert len(texts) > 15
    assert not [text for text in texts if "activation" in text or "weight" in text]


def test_the_menu_of_an_edge(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.select(Selection(edges=frozenset({(1, 3), (2, 3)})))
    menu = sketch.canvas.menu_for(Hit("edge", edge=(1, 3)), (0, 0))
    _entry(menu, "Share one weight").trigger()
    assert sketch.weight((2, 3)) == sketch.weight((1, 3)) == 0.5
    menu.deleteLater()
    menu = sketch.canvas.menu_for(Hit("edge", edge=(1, 3)), (0, 0))
    _entry(menu, "Hold its weight still").trigger()
    assert not sketch.network.edges[1, 3].trainable
    _entry(menu, "Give it a weight of its own").trigger()
    assert sketch.network.edges[1, 3].parameter != sketch.network.edges[2, 3].parameter
    menu.deleteLater()


def test_the_menu_of_the_stage_adds_each_role(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    for entry, role in (
        ("Add an input here", "input"),
        ("Add a hidden node here", "hidden"),
        ("Add an output here", "output"),
    ):
        before = set(sketch.network.nodes)
        menu = sketch.canvas.menu_for(Hit(), (450, 560))
        _entry(menu, entry).trigger()
        (new,) = set(sketch.network.nodes) - before
        assert sketch.network.nodes[new].role == role
        menu.deleteLater()


def test_a_right_click_opens_a_menu_that_goes_by_itself(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    at = sketch.node(3)
    QCoreApplication.sendEvent(
        sketch.canvas, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, sketch.canvas.mapToGlobal(at))
    )
    (menu,) = [menu for menu in sketch.canvas.findChildren(QMenu) if menu.isVisible()]
    menu.close()
    qtbot.waitUntil(lambda: not sketch.canvas.findChildren(QMenu))


def test_a_menu_within_a_menu_can_be_opened_again(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    menu = sketch.canvas.menu_for(Hit("node", node=4), (0, 0))
    menu.popup(sketch.canvas.mapToGlobal(QPoint(20, 20)))
    inner = _entry(menu, "Activation").menu()
    assert isinstance(inner, QMenu)
    for _ in range(2):
        inner.popup(sketch.canvas.mapToGlobal(QPoint(200, 20)))
        inner.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    _entry(inner, "ReLU").trigger()
    assert sketch.network.nodes[4].activation == "relu"
    menu.close()


def test_hovering_tells_what_is_under_the_pointer(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    found: list[object] = []
    sketch.canvas.hovered.connect(found.append)
    sketch.move(sketch.node(3))
    sketch.move(sketch.pill((1, 3)))
    sketch.move(BESIDE)
    assert found == [3, (1, 3), None]


def test_the_pointer_s_shape_tells_what_a_press_would_do(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    shapes = []
    for at in (sketch.node(4), sketch.rim(4), sketch.pill((1, 3)), BESIDE):
        sketch.move(at)
        shapes.append(sketch.canvas.cursor().shape())
    assert len(set(shapes)) == 4


def test_the_network_is_shown_as_a_whole_until_the_camera_is_taken(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.canvas.resize(500, 400)
    left, top, right, bottom = sketch.canvas.camera.visible
    bounds = sketch.canvas.scene.geometry.bounds
    assert left < bounds[0] < bounds[2] < right
    assert top < bounds[1] < bounds[3] < bottom
    _wheel(sketch, BESIDE, 3)
    zoom = sketch.canvas.camera.zoom
    sketch.canvas.resize(700, 500)
    assert sketch.canvas.camera.zoom == zoom
    sketch.canvas.zoom_to_fit()
    assert sketch.canvas.camera.zoom != zoom


def test_what_covers_the_lower_edge_is_left_free(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.canvas.set_covered(250)
    bottom = sketch.canvas.scene.geometry.bounds[3]
    assert sketch.canvas.camera.to_view((0, bottom))[1] < 600 - 250


def test_tidy_up_glides_there_in_one_step_and_then_all_timers_rest(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.canvas.set_reduced_motion(False)
    sketch.apply(edits.move({3: (180, -200), 4: (260, 300)}))
    qtbot.waitUntil(lambda: _at_rest(sketch.canvas))
    steps = len(sketch.steps)
    sketch.canvas.commands.tidy_up()
    assert not _at_rest(sketch.canvas), "it glides"
    assert len(sketch.steps) == steps + 1
    on_the_way = sketch.canvas.scene.geometry.centres.copy()
    qtbot.waitUntil(lambda: _at_rest(sketch.canvas))
    there = [(node.x, node.y) for node in sketch.network.nodes.values()]
    assert sketch.canvas.scene.geometry.centres.tolist() == [list(place) for place in there]
    assert on_the_way.tolist() != sketch.canvas.scene.geometry.centres.tolist()
    sketch.canvas.zoom_to_fit()
    qtbot.waitUntil(lambda: _at_rest(sketch.canvas))


def test_after_tidy_up_everything_is_in_sight(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.apply(edits.move({3: (180, -200), 4: (260, 300), 5: (2_000, 0)}))
    for reduced in (True, False):
        sketch.canvas.set_reduced_motion(reduced)
        sketch.apply(edits.move({5: (-900, 50)}))
        sketch.canvas.commands.tidy_up()
        qtbot.waitUntil(lambda: _at_rest(sketch.canvas))
        assert _sees_everything(sketch)


def test_what_is_changed_elsewhere_stays_in_sight_until_the_camera_is_taken(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.apply(edits.add_layer(4, "tanh"))
    assert _sees_everything(sketch)
    _wheel(sketch, BESIDE, 1)
    camera = sketch.canvas.camera
    sketch.apply(edits.add_layer(4, "tanh"))
    assert sketch.canvas.camera == camera


def test_what_is_done_here_leaves_the_camera_alone(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    camera = sketch.canvas.camera
    sketch.drag(sketch.node(4), QPoint(880, 580))
    assert sketch.canvas.camera == camera


def _sees_everything(sketch: Sketch) -> bool:
    left, top, right, bottom = sketch.canvas.camera.visible
    places = [(node.x, node.y) for node in sketch.network.nodes.values()]
    return all(left < x < right and top < y < bottom for x, y in places)


def test_with_reduced_motion_nothing_glides(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.apply(edits.move({3: (180, -200), 4: (260, 300)}))
    sketch.canvas.commands.tidy_up()
    assert _at_rest(sketch.canvas)
    sketch.canvas.zoom_to_fit()
    assert _at_rest(sketch.canvas)


def test_a_hidden_canvas_glides_no_more(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.canvas.set_reduced_motion(False)
    sketch.apply(edits.move({3: (180, -200)}))
    assert not _at_rest(sketch.canvas)
    sketch.canvas.hide()
    assert _at_rest(sketch.canvas)
    assert sketch.canvas.scene.geometry.centres[2].tolist() == [180, -200]


def test_a_large_network_is_laid_out_elsewhere(qtbot: QtBot) -> None:
    nodes = [Node(i, "hidden", x=float(i)) for i in range(1, 2_102)]
    sketch = Sketch(qtbot, Network.build(nodes))
    asked: list[None] = []
    sketch.canvas.tidy_requested.connect(lambda: asked.append(None))
    sketch.canvas.commands.tidy_up()
    assert asked == [None]
    assert not sketch.edits


def _at_rest(canvas: Canvas) -> bool:
    running = QVariantAnimation.State.Running
    return all(animation.state() != running for animation in canvas.findChildren(QVariantAnimation))


def test_the_drag_of_a_node_survives_frames_of_training(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.begin_drag(sketch.node(4), sketch.node(4) + QPoint(0, 80))
    there = sketch.canvas.scene.geometry.centres[3].tolist()
    sketch.parameters = sketch.parameters.changed(sketch.network, {1: 3.0}, {})
    sketch.canvas.set_stage(sketch.stage())
    assert sketch.canvas.scene.geometry.centres[3].tolist() == there != [220, 65]
    sketch.release(sketch.node(4) + QPoint(0, 80))
    assert [sketch.network.nodes[4].x, sketch.network.nodes[4].y] == there


def test_two_fingers_pan_and_zoom_and_one_is_the_pointer(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    device = QTest.createTouchDevice()
    window = sketch.canvas.windowHandle()
    before = sketch.canvas.camera
    QTest.touchEvent(window, device).press(0, QPoint(400, 300)).press(1, QPoint(500, 300)).commit()
    QTest.touchEvent(window, device).move(0, QPoint(350, 320)).move(1, QPoint(550, 320)).commit()
    QTest.touchEvent(window, device).release(0, QPoint(350, 320)).release(1, QPoint(550, 320)).commit()
    after = sketch.canvas.camera
    assert after.zoom == pytest.approx(before.zoom * 2)
    assert after.to_scene((450, 320)) == pytest.approx(before.to_scene((450, 300)))
    assert sketch.gesture() is None
    sketch.canvas.zoom_to_fit()
    at = sketch.node(4)
    QTest.touchEvent(window, device).press(0, at).commit()
    QTest.touchEvent(window, device).move(0, at + QPoint(30, 40)).commit()
    QTest.touchEvent(window, device).release(0, at + QPoint(30, 40)).commit()
    assert (sketch.network.nodes[4].x, sketch.network.nodes[4].y) != (220, 65)
    assert len(sketch.steps) == 1


def test_a_second_finger_takes_a_drag_back(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    device = QTest.createTouchDevice()
    window = sketch.canvas.windowHandle()
    at = sketch.node(4)
    QTest.touchEvent(window, device).press(0, at).commit()
    QTest.touchEvent(window, device).move(0, at + QPoint(30, 40)).commit()
    QTest.touchEvent(window, device).move(0, at + QPoint(30, 40)).press(1, QPoint(10, 10)).commit()
    QTest.touchEvent(window, device).release(0, at).release(1, QPoint(10, 10)).commit()
    assert not sketch.edits
    assert sketch.canvas.scene.geometry.centres[3].tolist() == [220, 65]


def test_a_finger_held_opens_the_menu_and_two_taps_type(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    device = QTest.createTouchDevice()
    window = sketch.canvas.windowHandle()
    at = sketch.node(4)
    QTest.touchEvent(window, device).press(0, at).commit()
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in sketch.canvas.findChildren(QMenu)))
    QTest.touchEvent(window, device).release(0, at).commit()
    for menu in sketch.canvas.findChildren(QMenu):
        menu.close()
    assert sketch.gesture() is None
    for _ in range(2):
        QTest.touchEvent(window, device).press(0, at).commit()
        QTest.touchEvent(window, device).release(0, at).commit()
    assert sketch.editor() is not None
    assert not sketch.edits


def test_a_pinch_on_a_trackpad_zooms(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    before = sketch.canvas.camera.zoom
    place = QPointF(300, 200)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        place, place, sketch.canvas.mapToGlobal(place), 0.25, QPointF(),
    )  # fmt: skip
    QCoreApplication.sendEvent(sketch.canvas, event)
    assert sketch.canvas.camera.zoom == pytest.approx(before * 1.25)


def test_theme_and_content_scale_change_the_picture(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    light = _pixels(sketch)
    sketch.canvas.set_theme(DARK)
    dark = _pixels(sketch)
    sketch.canvas.set_content_scale(1.4)
    assert len({light, dark, _pixels(sketch)}) == 3


@pytest.mark.parametrize("tool", ["connect", "add", "erase", "select"])
def test_what_a_gesture_shows_is_gone_after_it(qtbot: QtBot, tool: str) -> None:
    sketch = small(qtbot)
    before = _pixels(sketch)
    sketch.canvas.set_tool(tool)  # type: ignore[arg-type]  # one of TOOLS
    start = sketch.node(2) if tool != "add" else sketch.place(100, 190)
    sketch.begin_drag(start, start + QPoint(150, 30))
    assert _pixels(sketch) != before
    sketch.key(Qt.Key.Key_Escape)
    sketch.canvas.set_tool("select")
    QCoreApplication.sendEvent(sketch.canvas, QEvent(QEvent.Type.Leave))
    assert _pixels(sketch) == before


def test_a_refusal_is_shown_at_the_pointer(qtbot: QtBot) -> None:
    from playground.model.message import message

    sketch = small(qtbot)
    sketch.move(BESIDE)
    before = _pixels(sketch)
    sketch.canvas.show_refusal(message("That cannot be."))
    assert _pixels(sketch) != before
    sketch.move(BESIDE + QPoint(0, 120))
    assert _pixels(sketch) == before


def test_an_equal_stage_is_not_painted_again(qtbot: QtBot) -> None:
    sketch = Sketch(qtbot, small_network())
    stage = sketch.canvas.stage
    changes: list[None] = []
    sketch.canvas.scene.changed.connect(lambda: changes.append(None))
    sketch.canvas.set_stage(stage)
    sketch.canvas.set_tool("select")
    assert not changes
    assert sketch.network.edges == {edge.key: edge for edge in map(_same, sketch.network.edges.values())}


def _same(edge: Edge) -> Edge:
    return Edge(edge.source, edge.target, edge.parameter, edge.trainable)


def test_an_empty_stage_has_its_own_size(qtbot: QtBot) -> None:
    sketch = Sketch(qtbot, Network.build([]))
    assert sketch.canvas.camera.zoom == 1.0
