"""Edits that mend: several in turn are one step."""

from __future__ import annotations

import pytest

from playground.engine.fitting import fitting_experiment
from playground.engine.remedies import in_turn, scale_table, set_values, slow_down
from playground.model import edits
from playground.model.errors import EditError
from playground.model.experiment import BuiltInData
from playground.model.initial import initial_parameters
from playground.model.message import sentence


def test_edits_in_turn_are_one_change_that_carries_what_each_sets() -> None:
    experiment, parameters = fitting_experiment(BuiltInData("avocado", 50), seed=3)
    together = in_turn(edits.add_layer(2), edits.set_bias(7, 0.25), edits.delete([4], []))
    change = together.make(experiment, parameters)
    network = change.experiment.network
    assert [len(layer) for layer in network.layers] == [3, 2, 2, 1]
    values = parameters.carried(experiment.network, network).changed(network, change.weights, change.biases)
    assert values.bias(network, 7) == 0.25
    assert all(values.weight(network, edge) != 0 for edge in network.edges)
    assert sentence(together.name) == "Add a layer"


def test_slowing_down_starts_over_with_a_tenth_of_the_rate() -> None:
    experiment, parameters = fitting_experiment(BuiltInData("avocado", 50), seed=3)
    trained = parameters.changed(experiment.network, {1: 9.0}, {4: 2.0})
    change = slow_down(experiment).make(experiment, trained)
    assert change.experiment.learning.learning_rate == pytest.approx(0.003)
    assert change.restarts
    after = trained.changed(experiment.network, change.weights, change.biases)
    assert after == initial_parameters(experiment.network, experiment.learning, 3)


def test_a_remedy_that_no_longer_fits_is_refused() -> None:
    experiment, parameters = fitting_experiment(BuiltInData("avocado", 50))
    with pytest.raises(EditError, match="no table any more"):
        scale_table().make(experiment, parameters)
    with pytest.raises(EditError, match="network has changed"):
        set_values({}, {99: 0.0}).make(experiment, parameters)
