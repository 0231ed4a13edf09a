"""The example's values can be read and set, and its right answer is said."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.engine.csv_table import read_csv
from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.model.dataset import Dataset
from playground.model.experiment import BuiltInData
from playground.model.network import Network, Node
from playground.model.parameters import frozen_array
from tests.table_specs import table_spec
from tests.widgets.gallery import CSV, Scene, avocado_scene
from tests.widgets.pseudo import settled
from tests.widgets.spies import Heard
from widgets.example_panel import ExamplePanel, answers, column_specs


@pytest.fixture
def scene() -> Scene:
    return avocado_scene()


@pytest.fixture
def panel(qtbot: QtBot, scene: Scene) -> ExamplePanel:
    made = ExamplePanel()
    qtbot.addWidget(made)
    made.sync(scene.dataset, scene.experiment.network, 11, None)
    made.resize(300, 400)
    made.show()
    return made


def numbers(panel: ExamplePanel) -> list[float]:
    return [row.slider.number for row in panel.values.rows if row.slider is not None]


def test_the_sliders_show_the_examples_own_values(panel: ExamplePanel, scene: Scene) -> None:
    for row in (0, 5, 99):
        panel.sync(scene.dataset, scene.experiment.network, row, None)
        assert numbers(panel) == scene.dataset.table.cells[scene.dataset.train[row], :3].tolist()
        assert panel.number.field.text() == f"{row + 1} of 100"


def test_a_slider_asks_for_the_whole_row_with_one_value_changed(panel: ExamplePanel, scene: Scene) -> None:
    heard = Heard(panel.cells_requested)
    slider = panel.values.rows[1].slider
    assert slider is not None
    QTest.keyClick(slider.slider, Qt.Key.Key_End)
    expected = scene.dataset.table.cells[scene.dataset.train[11]].copy()
    expected[1] = slider.scale.maximum
    assert len(heard.all) == 1
    np.testing.assert_array_equal(heard.firsts[0], expected)


def test_the_avocado_changes_with_its_values(panel: ExamplePanel, scene: Scene) -> None:
    cells = scene.dataset.table.cells[scene.dataset.train[11]]
    assert panel.avocado.isVisible()
    assert panel.avocado.shown_values == tuple(cells[:3].tolist())
    before = panel.avocado.grab().toImage()
    by_hand = cells.copy()
    by_hand[:3] = (1.0, 1.0, 1.0)
    panel.sync(scene.dataset, scene.experiment.network, 11, frozen_array(by_hand))
    assert panel.avocado.shown_values == (1.0, 1.0, 1.0)
    assert panel.avocado.grab().toImage() != before


def test_the_right_answer_is_said_and_not_known_for_values_of_ones_own(
    panel: ExamplePanel, scene: Scene
) -> None:
    cell = int(scene.dataset.table.cells[scene.dataset.train[11], 3])
    assert panel.answer.text() == f"Right answer for ripe: {('no', 'yes')[cell]}"
    panel.sync(scene.dataset, scene.experiment.network, 11, scene.dataset.table.cells[0])
    assert "not known" in panel.answer.text()


def test_the_way_back_to_the_example_is_there_when_it_is_needed(panel: ExamplePanel, scene: Scene) -> None:
    assert not panel.back.isVisible()
    panel.sync(scene.dataset, scene.experiment.network, 11, scene.dataset.table.cells[0])
    heard = Heard(panel.back_requested)
    assert panel.back.text() == "Back to example 12"
    panel.back.click()
    assert len(heard.all) == 1


def test_an_example_is_chosen_by_slider_and_by_number(panel: ExamplePanel) -> None:
    heard = Heard(panel.example_requested)
    QTest.keyClick(panel.number.slider, Qt.Key.Key_End)
    panel.number.field.setFocus()
    panel.number.field.selectAll()
    QTest.keyClicks(panel.number.field, "40")
    QTest.keyClick(panel.number.field, Qt.Key.Key_Return)
    assert heard.firsts == [99, 39]


def test_a_number_past_the_last_asks_for_the_last(panel: ExamplePanel) -> None:
    heard = Heard(panel.example_requested)
    panel.number.changed.emit(1000.0, None)
    assert heard.firsts == [99]


def test_showing_asks_for_nothing(panel: ExamplePanel, scene: Scene) -> None:
    heard = Heard(
        panel.example_requested, panel.cells_requested, panel.inputs_requested, panel.back_requested
    )
    for row in range(0, 100, 7):
        panel.sync(scene.dataset, scene.experiment.network, row, None)
    panel.sync(None, scene.experiment.network, 0, None)
    assert heard.all == []


def test_without_data_each_input_has_a_slider(panel: ExamplePanel) -> None:
    network = Network.build([Node(4, "input", label="Warmth"), Node(9, "input"), Node(2, "output")])
    panel.sync(None, network, 0, None)
    assert [row.spec.title for row in panel.values.rows] == ["Warmth", "Input 2"]
    assert not panel.number.isVisible()
    assert not panel.avocado.isVisible()
    heard = Heard(panel.inputs_requested, panel.cells_requested)
    slider = panel.values.rows[1].slider
    assert slider is not None
    QTest.keyClick(slider.slider, Qt.Key.Key_Home)
    np.testing.assert_array_equal(heard.firsts[0], [0.5, -1.0])


def test_without_inputs_it_says_what_to_do(panel: ExamplePanel) -> None:
    panel.sync(None, Network.build(), 0, None)
    assert "input" in panel.answer.text()


def table_dataset() -> tuple[Dataset, Network]:
    spec = table_spec(read_csv(CSV).table, ("good",))
    return make_dataset(spec), fitting_experiment(spec)[0].network


def test_words_are_chosen_from_a_list(panel: ExamplePanel) -> None:
    dataset, network = table_dataset()
    panel.sync(dataset, network, 0, None)
    row = next(found for found in panel.values.rows if found.choice is not None)
    assert row.choice is not None
    assert row.spec.title == "Colour"
    heard = Heard(panel.cells_requested)
    row.choice.setCurrentIndex(2)
    row.choice.activated.emit(2)
    assert heard.firsts[0][row.spec.key] == 2.0


def test_many_inputs_scroll_in_a_place_of_their_own(panel: ExamplePanel, qtbot: QtBot) -> None:
    nodes = [Node(index, "input") for index in range(1, 40)]
    panel.sync(None, Network.build(nodes), 0, None)
    qtbot.waitUntil(lambda: len(panel.values.rows) == 39)
    assert panel.values.height() < 600
    settled(panel)
    assert panel.values.verticalScrollBar().maximum() > 0


def test_the_same_values_keep_their_controls(panel: ExamplePanel, scene: Scene) -> None:
    before = panel.values.rows
    panel.sync(scene.dataset, scene.experiment.network, 30, None)
    assert panel.values.rows == before


def test_ranges_hold_all_of_the_data() -> None:
    for name in ("avocado", "admission", "iris"):
        dataset = make_dataset(BuiltInData(name, count=150))
        network = fitting_experiment(BuiltInData(name, count=150))[0].network
        specs = column_specs(dataset, network)
        assert len(specs) == len(dataset.feature_names)
        for spec in specs:
            cells = dataset.table.cells[:, spec.key]
            assert (spec.minimum, spec.maximum) == (cells.min(), cells.max())


def test_every_kind_of_answer_is_said() -> None:
    dataset = make_dataset(BuiltInData("iris", count=150))
    said = {
        str(answers(dataset, int(dataset.train[row]))[0].values["value"]) for row in range(len(dataset.train))
    }
    assert len(said) == 3


def test_a_test_example_is_called_so_and_has_its_right_answer(panel: ExamplePanel, scene: Scene) -> None:
    cells = scene.dataset.table.cells[scene.dataset.test[4]]
    panel.sync(scene.dataset, scene.experiment.network, 11, cells, 4)
    column = [part.name for part in scene.dataset.table.columns].index("ripe")
    ripe = scene.dataset.table.columns[column].classes[int(cells[column])]
    assert panel.answer.text().splitlines() == [
        "This is test example 5; nothing is learned from it.",
        f"Right answer for ripe: {ripe}",
    ]
    panel.sync(scene.dataset, scene.experiment.network, 11, cells)
    assert "not known" in panel.answer.text()
