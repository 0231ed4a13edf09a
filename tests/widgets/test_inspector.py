"""The inspector shows every number of what is chosen, and asks for what is changed."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from playground.engine.narration import narrate_node
from playground.model.keys import ACTIVATIONS, LEVELS
from playground.model.message import message, parse_number
from playground.model.network import EdgeKey
from playground.model.stage import Selection
from tests.widgets.gallery import Scene, avocado_scene
from tests.widgets.spies import Asked
from widgets.inspector import InspectorPanel
from widgets.inspector_edge import edge_facts
from widgets.inspector_node import node_facts
from widgets.inspector_selection import split_groups


@pytest.fixture
def scene() -> Scene:
    return avocado_scene()


@pytest.fixture
def panel(qtbot: QtBot) -> InspectorPanel:
    made = InspectorPanel()
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show()
    return made


def choose(
    panel: InspectorPanel, scene: Scene, nodes: Iterable[int] = (), edges: Iterable[EdgeKey] = ()
) -> Asked:
    selection = Selection(frozenset(nodes), frozenset(edges))
    targets = tuple(target.name for target in scene.dataset.targets)
    panel.sync(scene.stage("numbers", selection), scene.dataset.feature_names, targets)
    return Asked(panel.edit_requested, scene.experiment, scene.parameters)


def enter(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_nothing_chosen_says_what_to_choose(panel: InspectorPanel, scene: Scene) -> None:
    choose(panel, scene)
    assert panel.empty.isVisible()
    assert not any(view.isVisible() for view in (panel.node, panel.edge, panel.selection))


@pytest.mark.parametrize("level", LEVELS)
def test_a_nodes_numbers_are_the_traces_to_the_last_digit(scene: Scene, level: str) -> None:
    network, trace = scene.experiment.network, scene.trace
    checked = 0
    for node, index in network.node_index.items():
        rows = node_facts(scene.stage(level), node)  # type: ignore[arg-type]  # a level
        arrays = (trace.activations, trace.sums, trace.dl_da, trace.dl_dz)
        wanted = arrays[:1] if network.nodes[node].role == "input" else arrays
        assert [row.result for row in rows] == [array[0, index] for array in wanted]
        checked += len(rows)
    assert checked > 10


def test_an_edges_numbers_are_the_traces(scene: Scene) -> None:
    network, trace = scene.experiment.network, scene.trace
    for edge, index in network.edge_index.items():
        rows = edge_facts(scene.stage("numbers"), edge)
        value = trace.activations[0, network.node_index[edge[0]]]
        weight = scene.parameters.weight(network, edge)
        assert [row.result for row in rows] == [value, value * weight, trace.edge_gradients[0, index]]


def test_a_weight_is_shown_in_full_and_typed_exactly(panel: InspectorPanel, scene: Scene) -> None:
    edge = scene.experiment.network.edge_keys[2]
    seen = choose(panel, scene, edges=[edge])
    weight = scene.parameters.weight(scene.experiment.network, edge)
    assert parse_number(panel.edge.weight.text()) == weight
    enter(panel.edge.weight, "-0,123456789012345")
    assert seen.parameters.weight(seen.experiment.network, edge) == -0.123456789012345


def test_a_bias_name_and_activation_can_be_changed(panel: InspectorPanel, scene: Scene) -> None:
    node = scene.hidden[1]
    seen = choose(panel, scene, [node])
    enter(panel.node.bias, "0.75")
    enter(panel.node.label, "Softness")
    box = panel.node.activation.box
    assert tuple(box.itemData(index) for index in range(box.count())) == ACTIVATIONS
    box.setCurrentIndex(box.findData("relu"))
    box.activated.emit(box.currentIndex())
    changed = seen.experiment.network.nodes[node]
    assert (changed.label, changed.activation) == ("Softness", "relu")
    assert seen.parameters.bias(seen.experiment.network, node) == 0.75


def test_a_whole_layer_can_be_given_the_activation(panel: InspectorPanel, scene: Scene) -> None:
    seen = choose(panel, scene, scene.hidden[:1])
    box = panel.node.activation.box
    box.setCurrentIndex(box.findData("sine"))
    box.activated.emit(box.currentIndex())
    stage = scene.stage("numbers", Selection(frozenset(scene.hidden[:1])))
    panel.sync(type(stage)(seen.experiment, seen.parameters, None, None, stage.selection, level="numbers"))
    panel.node.whole_layer.click()
    assert {seen.experiment.network.nodes[node].activation for node in scene.hidden} == {"sine"}


def test_an_input_reads_a_column_or_a_formula(panel: InspectorPanel, scene: Scene) -> None:
    node = scene.experiment.network.inputs[0]
    seen = choose(panel, scene, [node])
    assert not panel.node.bias_row.isVisible()
    enter(panel.node.formula, "height * squishiness")
    assert seen.experiment.network.nodes[node].feature == "height * squishiness"
    box = panel.node.feature
    box.setCurrentIndex(box.findData("skin_colour"))
    box.activated.emit(box.currentIndex())
    assert seen.experiment.network.nodes[node].feature == "skin_colour"


def test_a_columns_name_may_be_typed_as_it_is_shown(panel: InspectorPanel, scene: Scene) -> None:
    node = scene.experiment.network.inputs[0]
    seen = choose(panel, scene, [node])
    enter(panel.node.formula, "Skin colour")
    assert seen.experiment.network.nodes[node].feature == "skin_colour"
    assert len(seen.edits) == 1


def test_an_output_has_its_target(panel: InspectorPanel, scene: Scene) -> None:
    node = scene.experiment.network.outputs[0]
    seen = choose(panel, scene, [node])
    box = panel.node.target
    for key, target in (("", None), ("ripe", "ripe")):
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())
        panel.node.sync(type(scene.stage("numbers"))(seen.experiment, seen.parameters), node, (), ("ripe",))
        assert seen.experiment.network.nodes[node].target == target


def test_an_edge_can_be_held_still_and_deleted(panel: InspectorPanel, scene: Scene) -> None:
    edge = scene.experiment.network.edge_keys[0]
    seen = choose(panel, scene, edges=[edge])
    panel.edge.learns.click()
    assert not seen.experiment.network.edges[edge].trainable
    panel.edge.delete.click()
    assert edge not in seen.experiment.network.edges


def test_paths_are_listed_with_their_sum(panel: InspectorPanel, scene: Scene) -> None:
    choose(panel, scene, edges=scene.experiment.network.edge_keys[:1])
    rows = [
        (message("Height, Hidden 1, Ripe?"), 0.25),
        (message("and {n} other paths together", n=7), -0.125),
    ]
    panel.set_paths(rows, 0.125)
    assert [result for _, _, result in panel.edge.paths.table.texts()] == ["0.25", "−0.125", "0.125"]
    assert panel.edge.paths.isVisible()
    choose(panel, scene, edges=scene.experiment.network.edge_keys[1:2])
    assert not panel.edge.paths.isVisible()


def test_shared_weights_are_said_and_can_be_parted(panel: InspectorPanel, scene: Scene) -> None:
    keys = scene.experiment.network.edge_keys[:3]
    seen = choose(panel, scene, edges=keys)
    panel.selection.share.click()
    assert len({seen.experiment.network.edges[key].parameter for key in keys}) == 1
    stage = type(scene.stage("numbers"))(
        seen.experiment, seen.parameters, selection=Selection(edges=frozenset(keys[:1]))
    )
    panel.sync(stage)
    assert panel.edge.sharing.text() == "Shares its weight with 2 more."
    panel.edge.unshare.click()
    assert len({seen.experiment.network.edges[key].parameter for key in keys}) == 2


def test_several_can_be_connected_changed_and_deleted(panel: InspectorPanel, scene: Scene) -> None:
    network = scene.experiment.network
    chosen = (*network.inputs, *network.outputs)
    seen = choose(panel, scene, chosen)
    assert panel.selection.summary.text() == "Chosen: 4 nodes"
    panel.selection.connect_groups.click()
    assert {(source, network.outputs[0]) for source in network.inputs} <= set(seen.experiment.network.edges)
    seen = choose(panel, scene, scene.hidden)
    box = panel.selection.activation.box
    box.setCurrentIndex(box.findData("softplus"))
    box.activated.emit(box.currentIndex())
    assert {seen.experiment.network.nodes[node].activation for node in scene.hidden} == {"softplus"}
    panel.selection.delete.click()
    assert not set(scene.hidden) & set(seen.experiment.network.nodes)


def test_groups_are_split_at_the_widest_gap(scene: Scene) -> None:
    network = scene.experiment.network
    groups = split_groups(network, (*network.outputs, *network.inputs, *scene.hidden))
    assert groups is not None
    assert set(groups[0]) | set(groups[1]) == set(network.nodes)
    assert max(network.nodes[node].x for node in groups[0]) < min(network.nodes[node].x for node in groups[1])
    assert split_groups(network, network.inputs) is None
    assert split_groups(network, network.inputs[:1]) is None


def test_the_arithmetic_behind_it_is_shown_as_the_level_wants(panel: InspectorPanel, scene: Scene) -> None:
    node = scene.hidden[0]
    choose(panel, scene, [node])
    for level in LEVELS:
        narration = narrate_node(scene.trace, 0, node, level)
        panel.set_narration(narration, level)
        assert panel.rows.isVisible() == (level != "words" and bool(narration.rows))
        assert panel.formulas.isVisible() == (level == "maths" and bool(narration.formulas))
    choose(panel, scene)
    assert not panel.rows.isVisible()


def test_what_is_typed_is_not_lost_while_numbers_move(panel: InspectorPanel, scene: Scene) -> None:
    node = scene.hidden[0]
    choose(panel, scene, [node])
    panel.activateWindow()
    panel.node.label.setFocus()
    panel.node.label.selectAll()
    QTest.keyClicks(panel.node.label, "Half a na")
    choose(panel, scene, [node])
    assert panel.node.label.text() == "Half a na"


def test_showing_asks_for_nothing(panel: InspectorPanel, scene: Scene) -> None:
    network = scene.experiment.network
    seen = [choose(panel, scene, [node]) for node in network.nodes]
    seen += [choose(panel, scene, edges=[edge]) for edge in network.edge_keys]
    seen.append(choose(panel, scene, network.nodes, network.edge_keys))
    assert sum(len(part.edits) for part in seen) == 0
