"""Every edge is a cell that can be pointed at, walked to and chosen; only what is seen is painted."""

from __future__ import annotations

from dataclasses import replace
from time import thread_time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.model.matrices import Cell
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.stage import Selection, Stage
from resources.theme import LIGHT, THEMES, Theme
from tests.widgets.kernels.networks import layered
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.kernels.heat import Heat
from widgets.kernels.matrix_tables import MatrixTables

STAGES = {"stack": layered(3, 5, 2), "levels": layered(4, 6, 3, share=0.6, long_edge=True)}


def shown(qtbot: QtBot, stage: Stage, size: tuple[int, int] = (900, 500)) -> MatrixTables:
    tables = MatrixTables()
    qtbot.addWidget(tables)
    tables.resize(*size)
    tables.set_stage(stage)
    tables.show()
    return tables


def spot(tables: MatrixTables, cell: Cell) -> QPoint:
    """The middle of a cell in the viewport."""
    assert tables.placed is not None
    x, y, width, height = tables.placed.places[cell.matrix].box(cell.row, cell.column)
    left, top = tables.horizontalScrollBar().value(), tables.verticalScrollBar().value()
    return QPoint(x - left + width // 2, y - top + height // 2)


@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)
def test_pointing_at_each_cell_says_its_edge(qtbot: QtBot, stage: Stage) -> None:
    tables = shown(qtbot, stage)
    said = []
    for key in stage.network.edge_keys:
        cell = tables.cell_of(key)
        assert cell is not None
        QTest.mouseMove(tables.viewport(), spot(tables, cell))
        said.append(tables.element)
    assert said == list(stage.network.edge_keys)


def test_empty_cells_biases_and_what_lies_beside(qtbot: QtBot) -> None:
    stage = STAGES["levels"]
    tables = shown(qtbot, stage)
    matrices = tables.matrices
    assert matrices is not None
    empty = next(
        Cell(matrix.number - 1, row, column)
        for matrix in matrices.matrices
        for row in range(matrix.n_rows)
        for column in range(matrix.n_columns)
        if matrix.edge_at(row, column) is None
    )
    heard = Heard(tables.element_hovered)
    edge = stage.network.edge_keys[0]
    target = matrices.matrices[0].targets[1]
    bias = Cell(0, matrices.matrices[0].n_rows, 1)
    for place in (tables.cell_of(edge), empty, bias):
        assert place is not None
        QTest.mouseMove(tables.viewport(), spot(tables, place))
    QTest.mouseMove(tables.viewport(), QPoint(1, tables.viewport().height() - 2))
    assert heard.firsts == [edge, None, stage.network.node_ids[target], None]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_cells_have_the_colours_of_their_weights(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    stage = STAGES["levels"]
    with themed(qapp, theme):
        tables = shown(qtbot, stage)
        heat, weights = Heat.of(theme), stage.parameters.edge_weights(stage.network)
        picture = tables.viewport().grab().toImage()
        matrices = tables.matrices
        assert matrices is not None
        assert tables.placed is not None
        checked = 0
        for number, matrix in enumerate(matrices.matrices):
            place = tables.placed.places[number]
            for row in range(matrix.n_rows):
                for column in range(matrix.n_columns):
                    edge = matrix.edge_at(row, column)
                    value = np.array([np.nan if edge is None else weights[edge]])
                    expected = int(heat.colours(value, float(np.abs(weights).max()))[0])
                    x, y, width, height = place.box(row, column)
                    seen = picture.pixelColor(x + width // 4, y + height // 5)  # beside a number or a sign
                    assert seen == QColor(f"#{expected:06X}")
                    checked += 1
        assert checked > 30


def test_negative_cells_bear_a_sign_where_numbers_have_no_room(qtbot: QtBot, qapp: QApplication) -> None:
    with themed(qapp, LIGHT):
        tables = shown(qtbot, STAGES["stack"])
        tables.set_pitch(16)
        picture = tables.viewport().grab().toImage()
        weights = STAGES["stack"].parameters.edge_weights(STAGES["stack"].network)
        signs = 0
        for index, key in enumerate(STAGES["stack"].network.edge_keys):
            cell = tables.cell_of(key)
            assert cell is not None
            middle = spot(tables, cell)
            is_marked = picture.pixelColor(middle) != picture.pixelColor(middle + QPoint(0, 4))
            assert is_marked == (weights[index] < 0)
            signs += is_marked
        assert 0 < signs < len(weights)


def test_hovering_from_elsewhere_lights_the_cell_and_brings_it_in_sight(qtbot: QtBot) -> None:
    tables = shown(qtbot, layered(30, 30, 30), (400, 300))
    tables.set_pitch(40)
    heard = Heard(tables.element_hovered)
    key = tables.matrices.network.edge_keys[-1] if tables.matrices else (0, 0)
    before = tables.viewport().grab().toImage()
    tables.set_hovered(key)
    assert tables.element == key
    assert heard.all == []
    cell = tables.cell_of(key)
    assert cell is not None
    assert tables.viewport().rect().contains(spot(tables, cell))
    assert tables.viewport().grab().toImage() != before
    tables.set_hovered(None)
    assert tables.element is None


def test_arrow_keys_walk_over_all_tables_and_enter_chooses(qtbot: QtBot) -> None:
    stage = STAGES["stack"]
    tables = shown(qtbot, stage)
    chosen = Heard(tables.element_chosen)
    tables.setFocus()
    visited = []
    QTest.keyClick(tables, Qt.Key.Key_Right)
    visited.append(tables.element)
    for _ in range(6):
        QTest.keyClick(tables, Qt.Key.Key_Right)
        visited.append(tables.element)
    ids = stage.network.node_ids
    assert visited == [(ids[0], ids[3 + i]) for i in range(5)] + [(ids[3], ids[8]), (ids[3], ids[9])]
    QTest.keyClick(tables, Qt.Key.Key_Left)
    QTest.keyClick(tables, Qt.Key.Key_Left)
    for _ in range(5):
        QTest.keyClick(tables, Qt.Key.Key_Down)
    assert tables.element == ids[7]  # the row of biases is the last
    assert tables.accessibleDescription().startswith("Bias of")
    QTest.keyClick(tables, Qt.Key.Key_Return)
    assert chosen.firsts == [ids[7]]


def test_a_click_chooses(qtbot: QtBot) -> None:
    stage = STAGES["stack"]
    tables = shown(qtbot, stage)
    chosen = Heard(tables.element_chosen)
    cell = tables.cell_of(stage.network.edge_keys[3])
    assert cell is not None
    QTest.mouseClick(tables.viewport(), Qt.MouseButton.LeftButton, pos=spot(tables, cell))
    assert chosen.firsts == [stage.network.edge_keys[3]]


def test_the_selection_is_marked(qtbot: QtBot) -> None:
    stage = STAGES["stack"]
    tables = shown(qtbot, stage)
    before = tables.viewport().grab().toImage()
    tables.set_stage(replace(stage, selection=Selection(edges=frozenset([stage.network.edge_keys[2]]))))
    assert tables.viewport().grab().toImage() != before


def test_other_values_keep_the_matrices_and_another_network_makes_new_ones(qtbot: QtBot) -> None:
    stage = STAGES["stack"]
    tables = shown(qtbot, stage)
    before, picture = tables.matrices, tables.viewport().grab().toImage()
    other = Parameters(-stage.parameters.weights, stage.parameters.biases)
    tables.set_stage(replace(stage, parameters=other))
    assert tables.matrices is before
    assert tables.viewport().grab().toImage() != picture
    tables.set_hovered(stage.network.edge_keys[-1])
    tables.set_stage(layered(2, 2))
    assert tables.matrices is not before
    assert tables.element is None


def test_cells_are_made_larger_and_smaller_and_fitted_again(qtbot: QtBot) -> None:
    tables = shown(qtbot, layered(20, 20))
    assert tables.placed is not None
    fit = tables.placed.pitch
    heard = Heard(tables.size_changed)
    QTest.keyClicks(tables, "+")
    assert tables.placed.pitch > fit
    QTest.keyClicks(tables, "--")
    assert tables.placed.pitch < fit
    QTest.keyClicks(tables, "0")
    assert (tables.placed.pitch, tables.is_fitted) == (fit, True)
    at = QPointF(50, 50)
    wheel = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(tables.viewport(), wheel)
    assert tables.placed.pitch > fit
    assert len(heard.all) == 5


def test_no_network_shows_nothing(qtbot: QtBot) -> None:
    empty = layered(1, 1)
    empty = replace(
        empty,
        experiment=replace(empty.experiment, network=Network.build()),
        parameters=Parameters.zeros(Network.build()),
    )
    tables = shown(qtbot, empty)
    QTest.keyClick(tables, Qt.Key.Key_Right)
    assert tables.element is None
    tables.grab()


def test_the_largest_network_is_painted_where_it_is_seen(qtbot: QtBot) -> None:
    stage = layered(4_000, 4_000, 2_000, share=200_000 / 24_000_000)
    assert len(stage.network.edge_keys) > 150_000
    tables = shown(qtbot, stage)
    for place in (0.0, 0.5, 1.0):
        for bar in (tables.horizontalScrollBar(), tables.verticalScrollBar()):
            bar.setValue(round(place * bar.maximum()))
        start = thread_time()
        tables.viewport().grab()
        assert thread_time() - start < 0.5  # it takes a tenth of that; all cells would take minutes
    key = stage.network.edge_keys[123_456]
    tables.set_hovered(key)
    cell = tables.cell_of(key)
    assert cell is not None
    assert tables.element_at(cell) == key
    assert tables.viewport().rect().contains(spot(tables, cell))
