"""The activation of all hidden nodes, a layer or a node is one choice and one edit."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.model.experiment import Experiment
from playground.model.keys import ACTIVATIONS, LEVELS
from playground.model.network import Network
from playground.model.parameters import Parameters
from tests.strategies import dense_network
from tests.widgets.spies import Asked
from widgets.activation_settings import MOST_NODES, ActivationSettings
from widgets.controls.choice_box import ChoiceBox

NETWORK = dense_network((2, 4, 3, 1), "tanh", "sigmoid")


@pytest.fixture
def settings(qtbot: QtBot) -> ActivationSettings:
    made = ActivationSettings()
    qtbot.addWidget(made)
    made.sync(NETWORK, "numbers")
    made.show()
    return made


@pytest.fixture
def asked(settings: ActivationSettings) -> Asked:
    heard = Asked(settings.edit_requested, Experiment(NETWORK), Parameters.zeros(NETWORK))
    heard.after = lambda: settings.sync(heard.experiment.network, "numbers")
    return heard


def choose(box: ChoiceBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def activations(asked: Asked) -> list[str]:
    nodes = asked.experiment.network.nodes.values()
    return [node.activation for node in nodes if node.role != "input"]


def test_all_a_layer_or_a_node_get_it_by_one_edit(settings: ActivationSettings, asked: Asked) -> None:
    choose(settings.activation.box, "relu")
    assert activations(asked) == ["relu"] * 7 + ["sigmoid"]
    choose(settings.where, "layer 2")
    choose(settings.activation.box, "sine")
    assert activations(asked) == ["relu"] * 4 + ["sine"] * 3 + ["sigmoid"]
    first = NETWORK.layers[1][0]
    choose(settings.where, f"node {first}")
    assert settings.activation.box.current_key == "relu"
    choose(settings.activation.box, "linear")
    assert activations(asked) == ["linear", *["relu"] * 3, *["sine"] * 3, "sigmoid"]
    assert len(asked.edits) == 3
    choose(settings.where, "all")
    assert settings.activation.box.current_key == ""  # they differ
    choose(settings.activation.box, "tanh")
    assert activations(asked) == ["tanh"] * 7 + ["sigmoid"]


def test_choosing_what_holds_asks_for_nothing(settings: ActivationSettings, asked: Asked) -> None:
    choose(settings.activation.box, "tanh")
    for level in LEVELS:
        settings.sync(NETWORK, level)
    assert asked.edits == []
    box = settings.activation.box
    assert tuple(box.itemData(index) for index in range(box.count())) == ACTIVATIONS


def test_without_hidden_nodes_it_takes_no_room(settings: ActivationSettings) -> None:
    settings.sync(dense_network((2, 1), "tanh", "sigmoid"), "words")
    assert not settings.isVisible()
    settings.sync(Network.build(), "words")
    assert not settings.isVisible()
    settings.sync(NETWORK, "words")
    assert settings.isVisible()


def test_of_many_nodes_only_layers_are_listed(settings: ActivationSettings) -> None:
    assert settings.where.count() == 1 + 2 + 7
    settings.sync(dense_network((2, MOST_NODES, 1, 1), "tanh", "sigmoid"), "words")
    assert settings.where.count() == 1 + 2
    assert settings.where.current_key == "all"


def test_a_place_that_is_gone_gives_way_to_all(settings: ActivationSettings) -> None:
    choose(settings.where, "layer 2")
    settings.sync(dense_network((2, 4, 1), "tanh", "sigmoid"), "numbers")
    assert settings.where.current_key == "all"
