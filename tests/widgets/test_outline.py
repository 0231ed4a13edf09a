"""The outline: every number is listed and can be typed, and rows live on while the network changes."""

from __future__ import annotations

import time
from itertools import count

import numpy as np
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from playground.model import edits
from playground.model.edit import Edit
from playground.model.experiment import Experiment
from playground.model.message import Message, parse_number, sentence
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from playground.model.stage import Selection, Stage
from tests.widgets.canvas.sketch import WEIGHTS, small_network
from widgets.outline import Outline
from widgets.outline_model import NAME, VALUE, OutlineModel
from widgets.outline_rows import BiasRow, EdgeRow, LayerRow, NodeRow, Row

K = Qt.Key


class Desk:
    """An outline with a tiny document behind it."""

    def __init__(self, qtbot: QtBot, network: Network, weights: dict[int, float]) -> None:
        self.qtbot = qtbot
        self.experiment = Experiment(network)
        self.parameters = Parameters.of(network, weights, {3: 0.25})
        self.selection = Selection()
        self.edits: list[Edit] = []
        self.notices: list[Message] = []
        self.outline = Outline()
        qtbot.addWidget(self.outline)
        self.outline.edit_requested.connect(self.apply)
        self.outline.selection_changed.connect(self.select)
        self.outline.notice.connect(self.notices.append)
        self.outline.resize(420, 600)
        self.outline.show()
        self.show()
        self.outline.activateWindow()
        self.outline.setFocus()
        if network.nodes:
            qtbot.waitUntil(self.outline.view.hasFocus)

    @property
    def network(self) -> Network:
        return self.experiment.network

    @property
    def model(self) -> OutlineModel:
        return self.outline.model

    def show(self) -> None:
        self.outline.set_stage(Stage(self.experiment, self.parameters, selection=self.selection))

    def apply(self, edit: Edit) -> None:
        self.edits.append(edit)
        change = edit.make(self.experiment, self.parameters)
        carried = self.parameters.carried(self.network, change.experiment.network)
        self.parameters = carried.changed(change.experiment.network, change.weights, change.biases)
        self.experiment = change.experiment
        network = self.network
        self.selection = Selection(
            self.selection.nodes & network.nodes.keys(), self.selection.edges & network.edges.keys()
        )
        self.show()

    def select(self, selection: Selection) -> None:
        self.selection = selection
        self.show()

    def at(self, row: Row, column: int = NAME) -> QModelIndex:
        found = self.model.index_of(row, column)
        assert found.isValid()
        return found

    def text(self, row: Row, column: int = NAME) -> str:
        return str(self.at(row, column).data())

    def type(self, text: str) -> None:
        """Type into the open line and press Enter."""
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, K.Key_Return)
        self.qtbot.waitUntil(self.outline.view.hasFocus)


def _desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot, small_network(), WEIGHTS)


def _everything(model: OutlineModel, parent: QModelIndex | None = None) -> list[Row]:
    """All rows, found by walking from parent to child."""
    parent = QModelIndex() if parent is None else parent
    found: list[Row] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, NAME, parent)
        found += [model.row_of(index), *_everything(model, index)]
    return found


def test_every_number_of_the_network_is_listed_in_full_precision(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    desk.apply(edits.set_weight((1, 3), 0.12345678901234567))
    rows = _everything(desk.model)
    assert {row.node for row in rows if isinstance(row, NodeRow)} == set(desk.network.nodes)
    assert {row.edge for row in rows if isinstance(row, EdgeRow)} == set(desk.network.edges)
    assert {row.node for row in rows if isinstance(row, BiasRow)} == {3, 4, 5}
    for row in rows:
        if isinstance(row, EdgeRow):
            assert parse_number(desk.text(row, VALUE)) == desk.parameters.weight(desk.network, row.edge)
        elif isinstance(row, BiasRow):
            assert parse_number(desk.text(row, VALUE)) == desk.parameters.bias(desk.network, row.node)


def test_the_model_keeps_qt_s_rules_while_the_network_changes(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    tester = QAbstractItemModelTester(
        desk.model, QAbstractItemModelTester.FailureReportingMode.Fatal, desk.outline
    )
    desk.outline.view.expandAll()
    desk.apply(edits.connect(2, 4))
    desk.apply(edits.delete([3]))
    desk.apply(edits.add_node("hidden", 0, 0))
    desk.apply(edits.delete([1, 2]))
    assert [row.key for row in _everything(desk.model) if isinstance(row, LayerRow)][-1] == "outputs"
    assert tester.model() is desk.model


def test_a_weight_typed_by_keyboard_arrives_as_an_edit(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    view = desk.outline.view
    view.setCurrentIndex(desk.at(NodeRow(3)))
    QTest.keyClick(view, K.Key_Right)
    QTest.keyClick(view, K.Key_Down)
    QTest.keyClick(view, K.Key_Down)
    assert desk.model.row_of(view.currentIndex()) == EdgeRow((1, 3))
    QTest.keyClick(view, K.Key_Return)
    desk.type("-2.5")
    assert desk.parameters.weight(desk.network, (1, 3)) == -2.5
    assert desk.text(EdgeRow((1, 3)), VALUE) == "−2.5"
    QTest.keyClick(view, K.Key_Up)
    QTest.keyClick(view, K.Key_F2)
    desk.type("0,5")
    assert desk.parameters.bias(desk.network, 3) == 0.5
    assert len(desk.edits) == 2


def test_a_name_typed_arrives_as_an_edit(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    desk.outline.view.setCurrentIndex(desk.at(NodeRow(4)))
    QTest.keyClick(desk.outline.view, K.Key_F2)
    desk.type("Softness")
    assert desk.network.nodes[4].label == "Softness"
    assert desk.text(NodeRow(4)) == "Softness"


def test_what_is_no_number_is_said_and_changes_nothing(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    assert not desk.model.setData(desk.at(BiasRow(5), VALUE), "a lot")
    assert "a lot" in sentence(desk.notices[-1])
    assert desk.model.setData(desk.at(BiasRow(5), VALUE), "0")
    assert not desk.edits, "the same number is no edit"


def test_only_names_of_nodes_and_numbers_can_be_typed(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    editable = {
        (type(row), column)
        for row in _everything(desk.model)
        for column in (NAME, VALUE)
        if desk.at(row, column).flags() & Qt.ItemFlag.ItemIsEditable
    }
    assert editable == {(NodeRow, NAME), (BiasRow, VALUE), (EdgeRow, VALUE)}


def test_selection_goes_both_ways(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    view = desk.outline.view
    desk.select(Selection(frozenset({4})))
    assert [desk.model.row_of(i) for i in view.selectionModel().selectedRows()] == [NodeRow(4)]
    assert view.isExpanded(desk.at(LayerRow("hidden 1")))
    desk.select(Selection(edges=frozenset({(4, 5)})))
    assert desk.model.row_of(view.currentIndex()) == EdgeRow((4, 5))
    assert view.isExpanded(desk.at(NodeRow(5)))
    view.setCurrentIndex(desk.at(BiasRow(5)))
    assert desk.selection == Selection(frozenset({5}))
    view.setCurrentIndex(desk.at(EdgeRow((3, 5))))
    assert desk.selection == Selection(edges=frozenset({(3, 5)}))
    view.setCurrentIndex(desk.at(LayerRow("inputs")))
    assert desk.selection == Selection(frozenset({1, 2}))


def test_the_nodes_of_a_small_network_are_listed_from_the_start(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    view = desk.outline.view
    assert all(view.isExpanded(desk.model.index(row, 0)) for row in range(desk.model.rowCount()))
    inputs = desk.at(LayerRow("inputs"))
    view.collapse(inputs)
    desk.apply(edits.set_weight((3, 5), 0.25))
    assert not view.isExpanded(desk.at(LayerRow("inputs")))


def test_expanded_rows_stay_expanded_when_nodes_come_and_go(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    view = desk.outline.view
    view.expand(desk.at(LayerRow("hidden 1")))
    view.expand(desk.at(NodeRow(4)))
    view.setCurrentIndex(desk.at(EdgeRow((1, 4))))
    desk.apply(edits.add_node("hidden", 0, 0))
    desk.apply(edits.delete([3]))
    desk.apply(edits.connect(2, 4))
    assert view.isExpanded(desk.at(LayerRow("hidden 1")))
    assert view.isExpanded(desk.at(NodeRow(4)))
    assert desk.model.row_of(view.currentIndex()) == EdgeRow((1, 4))
    assert [desk.model.row_of(i) for i in view.selectionModel().selectedRows()] == [EdgeRow((1, 4))]
    assert desk.model.rowCount(desk.at(NodeRow(4))) == 3


def test_values_follow_live_without_a_new_layout(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    view = desk.outline.view
    view.expandAll()
    layouts, changes = count(), count()
    desk.model.layoutChanged.connect(lambda: next(layouts))
    desk.model.dataChanged.connect(lambda *_: next(changes))
    desk.parameters = desk.parameters.changed(desk.network, {1: 7.5}, {})
    desk.show()
    assert desk.text(EdgeRow((1, 3)), VALUE) == "7.5"
    assert next(layouts) == 0
    assert 0 < next(changes) < 20


def test_a_number_that_is_being_typed_is_left_alone_while_it_learns(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    view = desk.outline.view
    view.setCurrentIndex(desk.at(EdgeRow((1, 3))))
    QTest.keyClick(view, K.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("1.2")
    desk.parameters = desk.parameters.changed(desk.network, {1: 9.0}, {})
    desk.show()
    assert editor.text() == "1.2"
    QTest.keyClick(editor, K.Key_Return)
    qtbot.waitUntil(view.hasFocus)
    assert desk.parameters.weight(desk.network, (1, 3)) == 1.2


def test_a_screen_reader_hears_each_row(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    assert desk.outline.view.accessibleName()
    for row in _everything(desk.model):
        heard = str(desk.at(row).data(Qt.ItemDataRole.AccessibleTextRole))
        assert len(heard) > 3
    assert "0.5" in str(desk.at(EdgeRow((1, 3))).data(Qt.ItemDataRole.AccessibleTextRole))


def test_an_empty_outline_says_what_to_do(qtbot: QtBot) -> None:
    outline = Outline()
    qtbot.addWidget(outline)
    outline.show()
    network = Network.build()
    outline.set_stage(Stage(Experiment(network), Parameters.zeros(network)))
    assert not outline.view.isVisible()


def test_an_outline_that_is_not_seen_waits(qtbot: QtBot) -> None:
    desk = _desk(qtbot)
    desk.outline.hide()
    desk.parameters = desk.parameters.changed(desk.network, {1: 7.5}, {})
    desk.show()
    assert desk.text(EdgeRow((1, 3)), VALUE) == "0.5"
    desk.outline.show()
    assert desk.text(EdgeRow((1, 3)), VALUE) == "7.5"


def test_the_largest_network_is_listed_at_once(qtbot: QtBot) -> None:
    rng = np.random.default_rng(0)
    pairs = np.unique(np.sort(rng.integers(1, 10_001, (230_000, 2)), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]][:200_000]
    nodes = [Node(i, "hidden") for i in range(1, 10_001)]
    network = Network.build(nodes, [Edge(int(s), int(t), i) for i, (s, t) in enumerate(pairs)])
    _ = network.layers, network.edge_index, network.parameter_index, network.node_index
    desk = Desk(qtbot, Network.build(), {})
    desk.experiment, desk.parameters = Experiment(network), Parameters.zeros(network)
    start = time.process_time()
    desk.show()
    desk.select(Selection(edges=frozenset({network.edge_keys[123_456]})))
    assert desk.model.row_of(desk.outline.view.currentIndex()) == EdgeRow(network.edge_keys[123_456])
    assert time.process_time() - start < 1.5
    start = time.process_time()
    for step in range(10):
        desk.parameters = desk.parameters.changed(network, {0: float(step)}, {})
        desk.show()
    assert (time.process_time() - start) / 10 < 0.1
