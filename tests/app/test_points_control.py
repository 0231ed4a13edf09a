"""Own points in the window: painted on the map with the mouse and with keys, each stroke one undo step."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model import file
from playground.model.experiment import BuiltInData
from playground.model.parameters import Floats
from playground.model.points import own_points
from tests.end_to_end.conftest import WAIT_MS
from widgets.maps.map_view import MapView

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def points(window: Window) -> Floats:
    data = own_points(window.document.experiment.data)
    assert data is not None
    return data.table.cells


def view(window: Window) -> MapView:
    return window.room.believes.view


def at(window: Window, x: float, y: float) -> QPoint:
    return view(window).pixel_of(x, y).toPoint()


def click(window: Window, x: float, y: float) -> None:
    QTest.mouseClick(view(window), LEFT, NOTHING, at(window, x, y))


@pytest.fixture
def board(window: Window, qtbot: QtBot) -> Window:
    """A window with an empty board to paint on."""
    window.room.data.own_points.click()
    qtbot.waitUntil(lambda: view(window).isVisible(), timeout=WAIT_MS)
    return window


def test_an_empty_board_can_be_painted_on_at_once(board: Window, qtbot: QtBot) -> None:
    assert len(points(board)) == 0
    assert "no points yet" in board.room.brushes.told.text()
    click(board, -3, 2)
    assert points(board).shape == (1, 3)
    np.testing.assert_allclose(points(board)[0], (-3, 2, 0), atol=0.06)
    qtbot.waitUntil(lambda: board.source.n_examples == 1, timeout=WAIT_MS)
    board.room.brushes.colours[1].click()
    qtbot.waitUntil(lambda: view(board).isVisible(), timeout=WAIT_MS)
    click(board, 3, -2)
    np.testing.assert_allclose(points(board)[1], (3, -2, 1), atol=0.06)
    assert board.document.undo_stack.count() == 3


def test_a_drag_is_one_step_and_undo_takes_all_of_it(board: Window, qtbot: QtBot) -> None:
    start = at(board, -4, -4)
    QTest.mousePress(view(board), LEFT, NOTHING, start)
    for step in range(1, 9):
        QTest.mouseMove(view(board), at(board, -4 + step, -4))
        assert board.document.undo_stack.count() == 1  # nothing holds before the end
    QTest.mouseRelease(view(board), LEFT, NOTHING, at(board, 4, -4))
    assert board.document.undo_stack.count() == 2
    assert len(points(board)) == 9
    board.document.undo_stack.undo()
    assert len(points(board)) == 0
    board.document.undo_stack.undo()
    assert isinstance(board.document.experiment.data, BuiltInData)
    assert not board.room.brushes.isVisible()
    assert not board.room.believes.brushes


def test_escape_takes_a_stroke_back(board: Window) -> None:
    QTest.mousePress(view(board), LEFT, NOTHING, at(board, 0, 0))
    QTest.mouseMove(view(board), at(board, 2, 0))
    QTest.keyClick(view(board), Qt.Key.Key_Escape)
    QTest.mouseRelease(view(board), LEFT, NOTHING, at(board, 2, 0))
    assert len(points(board)) == 0
    assert board.document.undo_stack.count() == 1


def test_the_keyboard_paints(board: Window) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Space):
        QTest.keyClick(view(board), key)
    assert points(board).tolist() == [[0.5, 0.25, 0.0]]
    QTest.keyClick(view(board), Qt.Key.Key_Left)
    QTest.keyClick(view(board), Qt.Key.Key_Return)
    assert points(board).tolist() == [[0.5, 0.25, 0.0], [0.25, 0.25, 0.0]]


def test_the_figure_that_is_shown_is_taken_over(window: Window, qtbot: QtBot) -> None:
    window.tables.choose_built_in("spiral-3")
    qtbot.waitUntil(
        lambda: window.source.dataset is not None and window.source.dataset.name == "spiral-3",
        timeout=WAIT_MS,
    )
    assert window.source.dataset is not None
    shown = window.source.dataset.table.cells
    network, parameters = window.document.experiment.network, window.document.parameters
    window.room.data.own_points.click()
    assert np.array_equal(points(window), shown)
    assert window.document.experiment.network is network
    assert np.array_equal(window.document.parameters.weights, parameters.weights)
    assert window.room.believes.test_points.isChecked()
    window.room.data.colours.button("2").click()
    assert len(points(window)) == np.sum(shown[:, 2] < 2)
    assert len(window.document.experiment.network.outputs) == 1


def test_points_are_erased_moved_and_cleared(board: Window, qtbot: QtBot) -> None:
    click(board, -3, 2)
    qtbot.waitUntil(lambda: board.source.n_examples == 1 and view(board).isVisible(), timeout=WAIT_MS)
    board.room.brushes.drag.click()
    QTest.mousePress(view(board), LEFT, NOTHING, at(board, -3, 2))
    QTest.mouseMove(view(board), at(board, 1, 1))
    QTest.mouseRelease(view(board), LEFT, NOTHING, at(board, 1, 1))
    np.testing.assert_allclose(points(board)[0], (1, 1, 0), atol=0.06)
    board.room.brushes.erase.click()
    click(board, 1, 1)
    assert len(points(board)) == 0
    board.document.undo_stack.undo()
    assert len(points(board)) == 1
    board.room.brushes.clear.click()
    assert len(points(board)) == 0
    assert view(board).isVisible()


def test_clicks_choose_examples_only_without_a_brush(board: Window, qtbot: QtBot) -> None:
    click(board, -3, 2)
    click(board, 3, 2)
    qtbot.waitUntil(lambda: board.source.n_examples == 2 and view(board).isVisible(), timeout=WAIT_MS)
    board.room.brushes.look.click()
    click(board, 3, 2)
    assert len(points(board)) == 2
    assert board.source.row == 1


def test_painted_points_are_saved_and_learned_from(board: Window, qtbot: QtBot) -> None:
    board.room.brushes.count.changed.emit(20.0, None)
    click(board, -3, 2)
    board.room.brushes.colours[1].click()
    qtbot.waitUntil(lambda: view(board).isVisible(), timeout=WAIT_MS)
    click(board, 3, -2)
    qtbot.waitUntil(lambda: board.source.n_examples == 40, timeout=WAIT_MS)
    board.training.start("epoch")
    qtbot.waitUntil(
        lambda: board.training.snapshot is not None and not board.training.is_running, timeout=WAIT_MS
    )
    again, _ = file.read(file.write(board.document.experiment, board.document.parameters))
    assert again.data == board.document.experiment.data
