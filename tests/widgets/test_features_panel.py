"""Chips and formulas choose what the network reads."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.model.dataset import Dataset
from playground.model.experiment import BuiltInData, Column, Experiment, Table, TableData
from playground.model.parameters import Parameters
from tests.widgets.spies import Asked
from widgets.features_panel import FEW, FeaturesPanel


class Desk:
    """A panel whose edits are made and shown again, as the window does."""

    def __init__(self, experiment: Experiment, parameters: Parameters) -> None:
        assert experiment.data is not None
        self.panel = FeaturesPanel()
        self.dataset: Dataset = make_dataset(experiment.data)
        self.asked = Asked(self.panel.edit_requested, experiment, parameters)
        self.asked.after = self.show
        self.show()

    def show(self) -> None:
        self.panel.sync(self.asked.experiment.network, self.dataset)

    @property
    def read(self) -> list[str | None]:
        network = self.asked.experiment.network
        return [network.nodes[node].feature for node in network.inputs]

    @property
    def on(self) -> list[str]:
        return [chip.text() for chip in self.panel.chips.values() if chip.isChecked()]


def desk_of(qtbot: QtBot, spec: BuiltInData | TableData) -> Desk:
    desk = Desk(*fitting_experiment(spec))
    qtbot.addWidget(desk.panel)
    desk.panel.show()
    return desk


@pytest.fixture
def spiral(qtbot: QtBot) -> Desk:
    return desk_of(qtbot, BuiltInData("spiral", count=40))


def test_a_click_adds_an_input_and_another_takes_it_away(spiral: Desk) -> None:
    assert spiral.on == ["x₁", "x₂"]
    for text, feature in (("x₁²", "x1^2"), ("sin x₂", "sin(x2)")):
        spiral.panel.chips[feature].click()
        assert spiral.on[-1] == text
        assert spiral.read[-1] == feature
    spiral.panel.chips["x1"].click()
    assert spiral.on == ["x₂", "x₁²", "sin x₂"]
    assert spiral.read == ["x2", "x1^2", "sin(x2)"]
    assert len(spiral.asked.edits) == 3


def test_the_keyboard_presses_chips(spiral: Desk) -> None:
    QTest.keyClick(spiral.panel.chips["x1 * x2"], Qt.Key.Key_Space)
    assert spiral.read == ["x1", "x2", "x1 * x2"]


def test_a_refused_edit_leaves_the_chip_as_it_was(qtbot: QtBot) -> None:
    panel = FeaturesPanel()
    qtbot.addWidget(panel)
    spec = BuiltInData("spiral", count=40)
    panel.sync(fitting_experiment(spec)[0].network, make_dataset(spec))
    panel.chips["sin(x1)"].click()
    assert not panel.chips["sin(x1)"].isChecked()


def test_a_formula_is_checked_while_it_is_typed(spiral: Desk) -> None:
    panel = spiral.panel
    panel.own.set_open(True)
    assert not panel.add.isEnabled()
    QTest.keyClicks(panel.field, "x1 + y")
    assert panel.told.text() == "There is no column “y” in the data."
    assert panel.field.wrong == (5, 6)
    assert not panel.add.isEnabled()
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert spiral.asked.edits == []
    QTest.keyClick(panel.field, Qt.Key.Key_Backspace)
    QTest.keyClicks(panel.field, "2 * x2")
    assert panel.field.underlined() == (0.0, 0.0)
    assert not panel.told.isVisible()
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert spiral.read == ["x1", "x2", "x1 + 2 * x2"]
    assert panel.field.text() == ""


def test_own_formulas_get_chips_too(spiral: Desk) -> None:
    panel = spiral.panel
    panel.field.setText("x1 - x2")
    panel.add.click()
    assert spiral.on == ["x₁", "x₂", "x1 - x2"]
    panel.chips["x1 - x2"].click()
    assert spiral.read == ["x1", "x2"]
    assert "x1 - x2" not in panel.chips


def test_a_formula_that_is_always_the_same_is_noticed_but_allowed(spiral: Desk) -> None:
    spiral.panel.field.setText("x1 - x1")
    assert "same number in every row" in spiral.panel.told.text()
    assert spiral.panel.add.isEnabled()
    assert "nothing can be learned" in spiral.panel.told.text()


def wide(n_columns: int) -> TableData:
    columns = (*(Column(f"c{n}") for n in range(n_columns)), Column("y", "class", ("no", "yes")))
    cells = np.random.default_rng(1).random((30, n_columns + 1))
    cells[:, 0] = 4.0
    cells[:, -1] = np.arange(30) % 2
    return TableData(Table(columns, cells), ("y",))


def test_many_columns_are_folded_away(qtbot: QtBot) -> None:
    desk = desk_of(qtbot, wide(300))
    panel = desk.panel
    assert len(panel.chips) == 0
    assert panel.folded.heading.text() == "300 of 300 are read"
    panel.folded.set_open(True)
    assert len(panel.chips) == 300 > FEW
    panel.chips["c7"].click()
    assert "c7" not in desk.read
    assert panel.folded.heading.text() == "299 of 300 are read"


def test_constant_columns_are_named(qtbot: QtBot) -> None:
    desk = desk_of(qtbot, wide(4))
    assert "“c0” is the same in every row" in desk.panel.constant.text()


def test_without_data_there_is_nothing_to_choose(spiral: Desk) -> None:
    spiral.panel.sync(spiral.asked.experiment.network, None)
    assert not spiral.panel.isVisible()
