"""What can be tried, and what it is called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.engine.sweep import make_points, read_values
from playground.model.experiment import Experiment
from playground.model.keys import LEVELS, Level
from playground.model.network import Network
from playground.model.sweep import Setting
from tests.engine.sweeps import avocado
from widgets.sweep.offers import SETTING_NAMES, SUGGESTED, VALUE_NAMES, caption, sweep_offers


def full() -> Experiment:
    experiment = avocado()[0]
    return replace(experiment, learning=replace(experiment.learning, regularization="l2"))


def test_the_tables_are_complete() -> None:
    assert set(SUGGESTED) == set(SETTING_NAMES)
    assert set(VALUE_NAMES) <= set(SETTING_NAMES)
    for key, names in VALUE_NAMES.items():
        assert set(SUGGESTED[key]) <= set(names)


def test_all_that_is_offered_and_suggested_can_be_tried() -> None:
    experiment, parameters = full(), avocado()[1]
    offers = sweep_offers(experiment)
    assert {offer.key for offer in offers} == set(SETTING_NAMES)
    for offer in offers:
        values = read_values(offer.key, offer.text)
        points = make_points(experiment, parameters, [Setting(offer.key, values)])
        assert len(points) == len(offer.values)
        for value in offer.names or {}:
            assert make_points(experiment, parameters, [Setting(offer.key, (value,))])


def test_what_makes_no_difference_is_not_offered() -> None:
    plain = avocado()[0]
    assert "learning.regularization_rate" not in {offer.key for offer in sweep_offers(plain)}
    keys = {offer.key for offer in sweep_offers(Experiment(Network.build()))}
    assert not keys & {"learning.activation", "learning.dropout", "data.noise", "data.count"}
    assert "learning.learning_rate" in keys


@pytest.mark.parametrize("level", LEVELS)
def test_a_run_is_told_by_its_values(level: Level) -> None:
    chosen = (("learning.learning_rate", 0.03), ("learning.optimizer", "adam"))
    expected = "Step size 0.03\nA pace for each arrow" if level == "words" else "Learning rate 0.03\nAdam"
    assert caption(chosen, level) == expected


def test_a_key_without_a_name_is_told_as_it_is() -> None:
    assert caption((("learning.beta1", 0.5), ("learning.shuffle", True)), "words") == (
        "learning.beta1 0.5\nlearning.shuffle true"
    )
