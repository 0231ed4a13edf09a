"""The data panel chooses data, and says what it holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.engine.csv_table import read_csv
from playground.engine.datasets import BUILT_IN, make_dataset
from playground.engine.thumbnails import thumbnail
from playground.model.experiment import BuiltInData, Experiment, TableData
from playground.model.message import sentence
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.points import TARGETS, point_table
from tests.table_specs import table_spec
from tests.widgets.gallery import CSV
from tests.widgets.spies import Asked, Heard
from widgets.data_panel import DataPanel, facts

AVOCADO = BuiltInData("avocado", count=200, noise=0.1, test_share=0.3)


@pytest.fixture
def panel(qtbot: QtBot) -> DataPanel:
    made = DataPanel(list(BUILT_IN.values()), thumbnail)
    qtbot.addWidget(made)
    made.sync(AVOCADO, make_dataset(AVOCADO), "numbers")
    made.show()
    return made


def asked(panel: DataPanel, spec: BuiltInData | TableData) -> Asked:
    return Asked(panel.edit_requested, Experiment(data=spec), Parameters.zeros(Network.build()))


def test_every_data_set_can_be_chosen(panel: DataPanel) -> None:
    heard = Heard(panel.dataset_requested)
    for card in panel.cards.values():
        card.click()
    assert heard.firsts == [key for key, info in BUILT_IN.items() if info.base == key != "avocado"]


def test_versions_with_more_colours_stand_behind_one_picture(panel: DataPanel) -> None:
    heard = Heard(panel.dataset_requested)
    assert not panel.colours.isVisible()
    for n_colours, key in ((2, "spiral"), (3, "spiral-3"), (4, "spiral-4")):
        spec = BuiltInData(key, count=60)
        panel.sync(spec, make_dataset(spec), "numbers")
        assert panel.colours.isVisible()
        assert panel.colours.current == str(n_colours)
        assert [name for name, card in panel.cards.items() if card.isChecked()] == ["spiral"]
        panel.cards["spiral"].click()
    assert heard.firsts == []
    panel.colours.button("2").click()
    assert heard.firsts == ["spiral"]
    assert panel.colours.current == "4"  # until the data are others


def test_the_chosen_set_says_what_it_is(panel: DataPanel) -> None:
    assert panel.sentence.text() == sentence(BUILT_IN["avocado"].sentence)
    panel.sync(None, None, "numbers")
    assert not panel.sentence.isVisible()


def test_the_card_that_holds_stays_chosen_until_the_data_is_another(panel: DataPanel) -> None:
    panel.cards["iris"].click()
    assert [key for key, card in panel.cards.items() if card.isChecked()] == ["avocado"]
    iris = BuiltInData("iris", count=150)
    panel.sync(iris, make_dataset(iris), "numbers")
    assert [key for key, card in panel.cards.items() if card.isChecked()] == ["iris"]


def test_sliders_ask_for_the_same_data_with_one_thing_changed(panel: DataPanel) -> None:
    changes = (
        (panel.noise, 0.25, {"noise": 0.25}),
        (panel.count, 500.0, {"count": 500}),
        (panel.test_share, 0.5, {"test_share": 0.5}),
    )
    for slider, value, change in changes:
        seen = asked(panel, AVOCADO)
        slider.changed.emit(value, "drag 1")
        assert seen.experiment.data == replace(AVOCADO, **change)
        assert seen.edits[0].merge == "data drag 1"


def test_other_rows_come_from_the_next_seed(panel: DataPanel) -> None:
    seen = asked(panel, AVOCADO)
    panel.regenerate.click()
    assert seen.experiment.data == replace(AVOCADO, seed=1)


def test_a_table_has_scaling_and_order_and_no_noise(panel: DataPanel) -> None:
    spec = table_spec(read_csv(CSV).table, ("good",))
    panel.sync(spec, make_dataset(spec), "numbers")
    assert not any(part.isVisible() for part in (panel.noise, panel.count))
    assert panel.scaling.isVisible()
    seen = asked(panel, spec)
    panel.keep_order.click()
    assert isinstance(seen.experiment.data, TableData)
    assert seen.experiment.data.split == "last"
    box = panel.scaling.box
    box.setCurrentIndex(box.findData("minmax"))
    box.activated.emit(box.currentIndex())
    assert isinstance(seen.experiment.data, TableData)
    assert seen.experiment.data.scaling == "minmax"


def test_what_the_data_holds_is_said(panel: DataPanel) -> None:
    lines = panel.facts.text().splitlines()
    assert lines[0] == "200 rows: 140 to learn from, 60 kept for testing."
    assert lines[1] == "To answer: Ripe (no, yes)."
    spec = table_spec(read_csv(CSV).table, ("weight",))
    said = [sentence(text) for text in facts(make_dataset(spec))]
    assert said[1:] == ["To answer: Weight, a number.", "Rows left out because something is missing: 1."]


def test_no_data_says_what_to_do(panel: DataPanel) -> None:
    panel.sync(None, None, "words")
    assert "open a table" in panel.facts.text()
    assert not any(
        part.isVisible() for part in (panel.noise, panel.count, panel.test_share, panel.regenerate)
    )


def test_showing_asks_for_nothing(panel: DataPanel) -> None:
    heard = Heard(panel.edit_requested, panel.dataset_requested)
    spec = table_spec(read_csv(CSV).table, ("good",))
    for data in (spec, AVOCADO, replace(spec, split="last"), None, BuiltInData("iris")):
        panel.sync(data, None if data is None else make_dataset(data), "words")
    assert heard.all == []


def test_a_table_is_asked_for(panel: DataPanel) -> None:
    heard = Heard(panel.table_requested)
    QTest.mouseClick(panel.open_table, Qt.MouseButton.LeftButton)
    assert len(heard.all) == 1


def test_other_rows_say_what_becomes_of_the_network(panel: DataPanel) -> None:
    assert not panel.regenerated.isVisible()
    seen = asked(panel, AVOCADO)
    panel.regenerate.click()
    panel.sync(seen.experiment.data, make_dataset(AVOCADO), "words")
    assert panel.regenerated.isVisible()
    assert "keeps its weights" in panel.regenerated.text()
    panel.sync(replace(AVOCADO, noise=0.5), make_dataset(AVOCADO), "words")
    assert not panel.regenerated.isVisible()


def test_a_seed_can_be_typed(panel: DataPanel) -> None:
    seen = asked(panel, AVOCADO)
    panel.seed.entered.emit(41.0)
    assert seen.experiment.data == replace(AVOCADO, seed=41)
    panel.sync(seen.experiment.data, make_dataset(AVOCADO), "words")
    assert panel.seed.number == 41.0


def test_own_points_are_asked_for_and_shown(panel: DataPanel) -> None:
    heard = Heard(panel.points_requested)
    panel.own_points.click()
    painted = TableData(point_table(np.array([[1.0, 2.0, 0.0], [2.0, 1.0, 2.0]]), 3), TARGETS)
    panel.sync(painted, make_dataset(painted), "words")
    assert panel.colours.current == "3"
    assert not any(card.isChecked() for card in panel.cards.values())
    assert not any(part.isVisible() for part in (panel.own_points, panel.noise, panel.scaling))
    panel.colours.button("4").click()
    assert panel.colours.current == "3"  # until the data are others
    assert heard.firsts == [0, 4]
