"""Someone draws a network with the mouse, lets it learn, saves it, and finds it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model import file
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS, MakeWindow
from tests.end_to_end.hands import Hands

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
ENOUGH = 0.30
"""A loss that shows that the drawn network has learned something: guessing gives 0.69."""


def press(part: QWidget) -> None:
    """Click in the middle of something that is seen."""
    assert part.isVisible()
    assert part.isEnabled()
    QTest.mouseClick(part, LEFT, Qt.KeyboardModifier.NoModifier, part.rect().center())


def draw(window: Window, qtbot: QtBot) -> None:
    """Draw three inputs, three hidden nodes and an output with all edges between them, by mouse alone."""
    canvas, hands = window.room.canvas, Hands(window.room.canvas)
    QTest.keyClick(canvas, Qt.Key.Key_A, CTRL)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not window.document.experiment.network.nodes)
    QTest.keyClick(canvas, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.tool == "add"
    columns = ((0.15, 3), (0.5, 3), (0.85, 1))
    height = canvas.height() - 200
    for share, count in columns:
        for place in range(count):
            before = len(window.document.experiment.network.nodes)
            hands.click(QPoint(round(share * canvas.width()), round((place + 1) * height / (count + 1))))
            assert len(window.document.experiment.network.nodes) == before + 1
            qtbot.waitUntil(lambda: canvas.stage.network is window.document.experiment.network)
    network = window.document.experiment.network
    hidden = [node.id for node in network.nodes.values() if node.role == "hidden"]
    assert (len(network.inputs), len(hidden), len(network.outputs)) == (3, 3, 1)
    QTest.keyClick(canvas, Qt.Key.Key_V)
    for source, target in [
        *((a, b) for a in network.inputs for b in hidden),
        *((b, network.outputs[0]) for b in hidden),
    ]:
        hands.connect(source, target)
        assert (source, target) in window.document.experiment.network.edges
        qtbot.waitUntil(lambda: canvas.stage.network is window.document.experiment.network)
    assert len(window.document.experiment.network.edges) == 12


def choose_features(window: Window, qtbot: QtBot) -> None:
    """Let each input read a column, through the inspector."""
    hands, inspector = Hands(window.room.canvas), window.room.inspector.node
    names = window.source.dataset.feature_names if window.source.dataset is not None else ()
    assert len(names) == 3
    for node, name in zip(window.document.experiment.network.inputs, names, strict=True):
        hands.click(hands.middle(node))
        qtbot.waitUntil(inspector.feature.isVisible)
        box = inspector.feature
        box.setFocus()
        while box.current_key != name:
            before = box.currentIndex()
            QTest.keyClick(box, Qt.Key.Key_Down)
            assert box.currentIndex() != before
        assert window.document.experiment.network.nodes[node].feature == name


def test_draw_by_mouse_train_below_a_loss_save_reopen_equal(
    window: Window,
    make_window: MakeWindow,
    qtbot: QtBot,
    butler: Butler,
    file_chosen: Callable[[Path | None], None],
    tmp_path: Path,
) -> None:
    draw(window, qtbot)
    choose_features(window, qtbot)
    assert window.training.refusal is None

    press(window.room.learning.train)
    qtbot.waitUntil(lambda: window.training.is_running, timeout=WAIT_MS)

    def has_learned() -> bool:
        snapshot = window.training.snapshot
        return snapshot is not None and snapshot.train_loss < ENOUGH

    qtbot.waitUntil(has_learned, timeout=2 * WAIT_MS)
    press(window.room.learning.train)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)

    path = tmp_path / "drawn.playground"
    file_chosen(path)
    QTest.keyClick(window.room.canvas, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: window.document.path == path, timeout=WAIT_MS)
    assert not window.document.is_modified

    experiment, parameters = file.read(path.read_bytes())
    assert experiment == window.document.experiment
    assert parameters == window.document.parameters

    window.close()
    second = make_window()
    qtbot.waitUntil(second.isActiveWindow)
    QTest.keyClick(second.room.canvas, Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: second.document.path == path, timeout=WAIT_MS)
    assert second.document.experiment == experiment
    assert second.document.parameters == parameters
    assert list(second.document.experiment.network.nodes) == list(experiment.network.nodes)
    assert not second.document.is_modified
    assert butler.seen == []


def test_everything_that_was_drawn_can_be_undone_and_redone(window: Window, qtbot: QtBot) -> None:
    start = (window.document.experiment, window.document.parameters)
    draw(window, qtbot)
    drawn = (window.document.experiment, window.document.parameters)
    canvas, stack = window.room.canvas, window.document.undo_stack
    n_steps = stack.count()
    assert n_steps == 1 + 7 + 12
    for _ in range(n_steps):
        QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    assert (window.document.experiment, window.document.parameters) == start
    for _ in range(n_steps):
        QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert (window.document.experiment, window.document.parameters) == drawn
