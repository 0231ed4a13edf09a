"""What an experiment becomes when its settings are given values."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pytest

from playground.engine.sweep_keys import changed, known_keys
from playground.model import file
from playground.model.experiment import Column, Experiment, Learning, Table, TableData
from playground.model.initial import initial_parameters
from playground.model.sweep import Value
from tests.engine.sweeps import avocado


def with_key(key: str, value: Value) -> Experiment:
    """What the file's own reader makes of the example with a key changed by hand."""
    experiment, parameters = avocado()
    content: dict[str, Any] = json.loads(file.write(experiment, parameters))
    part = content
    *places, last = key.split(".")
    for place in places:
        part = part.setdefault(place, {})
    part[last] = value
    return file.read(json.dumps(content).encode())[0]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("learning.learning_rate", 0.7),
        ("learning.optimizer", "momentum"),
        ("learning.momentum", 0.5),
        ("learning.batch_size", 3),
        ("learning.shuffle", False),
        ("learning.regularization", "l2"),
        ("learning.stop.epochs", 9),
        ("learning.kernel", "numba"),
        ("data.noise", 0.4),
        ("data.count", 50),
        ("data.test_share", 0.25),
        ("data.seed", 8),
    ],
)
def test_a_setting_means_what_it_means_in_the_file(key: str, value: Value) -> None:
    experiment, parameters = avocado()
    made, values = changed(experiment, parameters, ((key, value),))
    assert made == with_key(key, value)
    assert made != experiment
    assert values is parameters


def test_all_settings_of_the_file_can_be_tried() -> None:
    experiment, parameters = avocado()
    content = json.loads(file.write(experiment, parameters))
    keys = {f"learning.{key}" for key in content["learning"]} | {f"data.{key}" for key in content["data"]}
    assert keys | {"seed"} <= set(known_keys(experiment))


@pytest.mark.parametrize(("key", "value"), [("seed", 5), ("learning.initialization", "uniform")])
def test_seeds_and_starting_weights_draw_fresh_ones(key: str, value: Value) -> None:
    experiment, parameters = avocado()
    made, values = changed(experiment, parameters, ((key, value),))
    assert made == with_key(key, value)
    assert values == initial_parameters(made.network, made.learning, made.seed)
    assert values != parameters


def test_activations_are_those_of_all_hidden_nodes() -> None:
    experiment, parameters = avocado()
    made, values = changed(experiment, parameters, (("learning.activation", "relu"),))
    before, after = experiment.network.nodes, made.network.nodes
    assert {node.activation for node in after.values() if node.role == "hidden"} == {"relu"}
    rest = [id_ for id_, node in before.items() if node.role != "hidden"]
    assert [after[id_] for id_ in rest] == [before[id_] for id_ in rest]
    assert values is parameters


def test_hidden_layers_are_made_anew_between_the_same_inputs_and_outputs() -> None:
    experiment, parameters = avocado()
    made, values = changed(experiment, parameters, (("learning.hidden", "3x2"),))
    network, old = made.network, experiment.network
    assert [len(layer) for layer in network.layers] == [len(old.inputs), 3, 2, len(old.outputs)]
    assert len(network.edges) == len(old.inputs) * 3 + 3 * 2 + 2 * len(old.outputs)
    for node in (*old.inputs, *old.outputs):
        one, other = network.nodes[node], old.nodes[node]
        assert (one.feature, one.target, one.label) == (other.feature, other.target, other.label)
        assert one.activation == other.activation
    assert values == initial_parameters(network, made.learning, made.seed)
    across = [np.mean([network.nodes[node].x for node in layer]) for layer in network.layers]
    assert across == sorted(across)
    assert len({round(right - left) for left, right in itertools.pairwise(across)}) == 1


def test_hidden_layers_and_activation_at_once() -> None:
    made, _ = changed(*avocado(), (("learning.activation", "sine"), ("learning.hidden", 4)))
    hidden = [node for node in made.network.nodes.values() if node.role == "hidden"]
    assert [node.activation for node in hidden] == ["sine"] * 4


def test_a_table_keeps_its_rows() -> None:
    table = Table((Column("a"), Column("b", "class", ("no", "yes"))), np.arange(8.0).reshape(4, 2) % 2)
    spec = TableData(table, ("b",), 0.25, "shuffled", 3, "none")
    network = avocado()[0].network
    experiment = Experiment(network, spec, Learning(), 0)
    made, _ = changed(experiment, avocado()[1], (("data.scaling", "minmax"), ("data.test_share", 0.5)))
    assert isinstance(made.data, TableData)
    assert made.data.table is table
    assert (made.data.scaling, made.data.test_share, made.data.seed) == ("minmax", 0.5, 3)
