"""Gestures with real mouse events on a real canvas, and a tiny document that does what is asked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.model.message import sentence
from playground.model.network import Edge, Network, Node
from tests.widgets.canvas.sketch import Sketch, small, with_tool
from widgets.canvas.camera import Camera

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
BESIDE = QPoint(10, 10)


def test_a_network_drawn_by_mouse_alone(qtbot: QtBot) -> None:
    sketch = with_tool(Sketch(qtbot, Network.build()), "add")
    for x, y in ((100, 200), (100, 400), (450, 300), (800, 300)):
        sketch.click(QPoint(x, y))
    assert [node.role for node in sketch.network.nodes.values()] == ["input", "input", "hidden", "output"]
    with_tool(sketch, "select")
    for source, target in ((1, 3), (2, 3)):
        sketch.drag(sketch.rim(source), sketch.node(target))
    with_tool(sketch, "connect")
    sketch.drag(sketch.node(3), sketch.node(4))
    assert set(sketch.network.edges) == {(1, 3), (2, 3), (3, 4)}
    assert not sketch.refusals


def test_a_click_selects_and_shift_adds_and_ctrl_turns_about(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.click(sketch.node(3))
    assert sketch.selection.nodes == {3}
    sketch.click(sketch.node(4), SHIFT)
    assert sketch.selection.nodes == {3, 4}
    sketch.click(sketch.node(3), CTRL)
    assert sketch.selection.nodes == {4}
    sketch.click(sketch.pill((1, 3)))
    assert sketch.selection.edges == {(1, 3)}
    assert not sketch.selection.nodes
    sketch.click(BESIDE)
    assert not sketch.selection


def test_a_dragged_node_moves_onto_the_grid_in_one_step(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    start = sketch.node(4)
    sketch.drag(start, start + QPoint(37, 83))
    assert len(sketch.steps) == 1
    node = sketch.network.nodes[4]
    assert (node.x, node.y) != (220, 65)
    lines_x = {n.x for n in sketch.network.nodes.values() if n.id != 4}
    lines_y = {n.y for n in sketch.network.nodes.values() if n.id != 4}
    assert node.x % 10 == 0 or node.x in lines_x
    assert node.y % 10 == 0 or node.y in lines_y
    zoom = sketch.canvas.camera.zoom
    assert node.x == pytest.approx(220 + 37 / zoom, abs=7 + 7 / zoom)
    assert node.y == pytest.approx(65 + 83 / zoom, abs=7 + 7 / zoom)


def test_selected_nodes_move_together(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.click(sketch.node(3))
    sketch.click(sketch.node(4), SHIFT)
    sketch.drag(sketch.node(4), sketch.node(4) + QPoint(60, 0))
    moved = {n: sketch.network.nodes[n].x - sketch.start[0][n].x for n in sketch.network.nodes}
    assert moved[3] == moved[4] > 0
    assert moved[1] == moved[2] == moved[5] == 0
    assert len(sketch.steps) == 1


def test_a_node_in_line_with_another_snaps_to_it(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    zoom = sketch.canvas.camera.zoom
    goal = sketch.node(5) - QPoint(round(100 * zoom), 3)
    sketch.drag(sketch.node(4), goal)
    assert sketch.network.nodes[4].y == 0.0


def test_a_rim_draws_an_edge(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.drag(sketch.rim(2), sketch.node(4))
    assert (2, 4) in sketch.network.edges
    assert len(sketch.steps) == 1


@pytest.mark.parametrize(
    ("source", "target", "word"),
    [(3, 1, "input"), (5, 3, "output"), (1, 3, "already")],
)
def test_an_edge_that_may_not_land_says_why_and_asks_nothing(
    qtbot: QtBot, source: int, target: int, word: str
) -> None:
    sketch = with_tool(small(qtbot), "connect")
    sketch.begin_drag(sketch.node(source), sketch.node(target))
    gesture = sketch.gesture()
    assert gesture is not None
    assert word in sentence(gesture.refusal)  # type: ignore[attr-defined]
    sketch.release(sketch.node(target))
    assert not sketch.edits
    assert any(word in sentence(notice) for notice in sketch.notices)


def test_connect_on_nothing_draws_nothing_and_says_how(qtbot: QtBot) -> None:
    sketch = with_tool(small(qtbot), "connect")
    sketch.drag(sketch.node(2), BESIDE)
    assert not sketch.edits
    assert "another node" in sentence(sketch.notices[-1])


def test_connect_works_with_two_clicks(qtbot: QtBot) -> None:
    sketch = with_tool(small(qtbot), "connect")
    sketch.click(sketch.node(2))
    sketch.move(sketch.node(4))
    sketch.click(sketch.node(4))
    assert (2, 4) in sketch.network.edges
    assert sketch.gesture() is None


def test_connect_from_several_selected_nodes_draws_all_edges_in_one_step(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.click(sketch.node(1))
    sketch.click(sketch.node(2), SHIFT)
    with_tool(sketch, "connect").drag(sketch.node(1), sketch.node(5))
    assert {(1, 5), (2, 5)} <= set(sketch.network.edges)
    assert len(sketch.steps) == 1


def test_the_rubber_band_selects_nodes_within(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.drag(sketch.place(150, -130), sketch.place(290, 130))
    assert sketch.selection.nodes == {3, 4}
    sketch.drag(sketch.place(380, -60), sketch.place(500, 60), SHIFT)
    assert sketch.selection.nodes == {3, 4, 5}
    sketch.drag(sketch.place(380, -60), sketch.place(500, 60), CTRL)
    assert sketch.selection.nodes == {3, 4}
    assert not sketch.edits


def test_the_rubber_band_takes_edges_where_it_holds_no_node(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    geometry = sketch.canvas.scene.geometry
    x, y = geometry.pill_centres[sketch.network.edge_index[3, 5]]
    sketch.drag(sketch.place(x - 40, y - 60), sketch.place(x + 40, y + 30))
    assert (3, 5) in sketch.selection.edges
    assert not sketch.selection.nodes


def test_a_pill_dragged_up_grows_its_weight_live_in_one_step(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    at = sketch.pill((1, 3))
    sketch.drag(at, at - QPoint(0, 40))
    assert sketch.weight((1, 3)) == pytest.approx(0.5 + 40 * 0.01)
    assert len(sketch.edits) > 3
    assert len({edit.merge for edit in sketch.edits}) == 1
    assert len(sketch.steps) == 1
    at = sketch.pill((1, 3))
    sketch.drag(at, at + QPoint(-20, 0))
    assert sketch.weight((1, 3)) == pytest.approx(0.7)
    assert len(sketch.steps) == 2, "another drag is another step"


def test_shift_makes_a_weight_drag_fine(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    at = sketch.pill((2, 3))
    sketch.drag(at, at + QPoint(40, 0), SHIFT)
    assert sketch.weight((2, 3)) == pytest.approx(-1.25 + 0.04)


def test_a_bias_is_dragged_the_same_way(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    at = sketch.bias(5)
    sketch.drag(at, at + QPoint(0, 25))
    assert sketch.parameters.bias(sketch.network, 5) == pytest.approx(-0.25)
    assert len(sketch.steps) == 1


def test_erase_takes_what_it_touches_in_one_step(qtbot: QtBot) -> None:
    sketch = with_tool(small(qtbot), "erase")
    sketch.drag(sketch.node(3), sketch.node(4))
    assert 3 not in sketch.network.nodes
    assert 4 not in sketch.network.nodes
    assert len(sketch.steps) == 1
    sketch.click(BESIDE)
    assert len(sketch.steps) == 1


def test_add_gives_a_role_by_the_place_and_selects_the_node(qtbot: QtBot) -> None:
    sketch = with_tool(small(qtbot), "add")
    for x, role in ((0, "input"), (220, "hidden"), (440, "output")):
        before = set(sketch.network.nodes)
        sketch.click(sketch.place(x, 190))
        (new,) = set(sketch.network.nodes) - before
        assert sketch.network.nodes[new].role == role
        assert sketch.selection.nodes == {new}
        assert sketch.network.nodes[new].x == x, "in line with its column"


@pytest.mark.parametrize("tool", ["select", "connect", "add", "erase"])
@pytest.mark.parametrize("where", ["node", "rim", "pill", "bias", "edge", "nothing"])
def test_escape_leaves_every_gesture_without_a_trace(qtbot: QtBot, tool: str, where: str) -> None:
    sketch = with_tool(small(qtbot), tool)
    start = {
        "node": sketch.node(4),
        "rim": sketch.rim(4),
        "pill": sketch.pill((1, 4)),
        "bias": sketch.bias(4),
        "edge": sketch.place(*sketch.canvas.scene.geometry.curves[3].mean(axis=0)),
        "nothing": BESIDE,
    }[where]
    camera, selection = sketch.canvas.camera, sketch.selection
    sketch.begin_drag(start, start + QPoint(-35, 60))
    assert sketch.gesture() is not None
    escaped: list[None] = []
    sketch.canvas.escape_unhandled.connect(lambda: escaped.append(None))
    sketch.key(Qt.Key.Key_Escape)
    assert sketch.gesture() is None
    sketch.release(start)
    assert sketch.facts() == sketch.start
    assert sketch.selection == selection
    assert sketch.canvas.camera == camera
    assert len(sketch.steps) <= 1
    assert not escaped
    sketch.key(Qt.Key.Key_Escape)
    assert len(escaped) == 1


def test_the_middle_button_pulls_the_scene(qtbot: QtBot) -> None:
    from PySide6.QtTest import QTest

    sketch = small(qtbot)
    before = sketch.canvas.camera
    QTest.mousePress(
        sketch.canvas, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 300)
    )
    sketch._hold(QPoint(340, 320).toPointF(), Qt.KeyboardModifier.NoModifier)
    QTest.mouseRelease(
        sketch.canvas, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, QPoint(340, 320)
    )
    after = sketch.canvas.camera
    assert after.centre_x == pytest.approx(before.centre_x - 40 / before.zoom)
    assert after.centre_y == pytest.approx(before.centre_y - 20 / before.zoom)
    assert not sketch.edits


def test_a_gesture_is_left_when_the_network_changes_under_it(qtbot: QtBot) -> None:
    from playground.model import edits

    sketch = small(qtbot)
    sketch.begin_drag(sketch.node(4), sketch.node(4) + QPoint(40, 40))
    sketch.apply(edits.delete([4]))
    assert sketch.gesture() is None
    sketch.release(BESIDE)
    assert len(sketch.steps) == 1


def test_in_a_large_network_the_edges_follow_at_the_end(qtbot: QtBot) -> None:
    nodes = [Node(i, "hidden", x=220.0 * (i > 60), y=100.0 * (i % 60)) for i in range(1, 121)]
    edges = [Edge(s, t, s * 1_000 + t) for s in range(1, 61) for t in range(61, 121)]
    sketch = Sketch(qtbot, Network.build(nodes, edges))
    sketch.canvas.set_camera(Camera(110, 1_000, 1.0))
    before = sketch.canvas.scene.geometry
    picture = sketch.canvas.grab().toImage()
    sketch.begin_drag(sketch.node(10), sketch.node(10) + QPoint(-60, 0))
    assert sketch.canvas.scene.geometry is before
    assert sketch.canvas.grab().toImage() != picture
    sketch.release(sketch.node(10) + QPoint(-60, 0))
    assert sketch.network.nodes[10].x == -60
    assert len(sketch.steps) == 1


def test_everything_can_be_undone(qtbot: QtBot) -> None:
    sketch = small(qtbot)
    sketch.drag(sketch.node(4), sketch.node(4) + QPoint(40, 40))
    sketch.drag(sketch.rim(2), sketch.node(4))
    sketch.drag(sketch.pill((1, 3)), sketch.pill((1, 3)) + QPoint(0, 30))
    with_tool(sketch, "erase").click(sketch.node(3))
    assert len(sketch.steps) == 4
    sketch.undo_all()
    assert sketch.facts() == sketch.start
