"""Looking back shows another state and changes nothing; any change leads back to now."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from playground.app.document import Document
from playground.app.shown import Shown
from playground.engine.fitting import fitting_experiment
from playground.model import edits
from playground.model.experiment import BuiltInData, Experiment
from playground.model.message import message
from playground.model.parameters import Parameters, frozen_array
from playground.model.run import Instant
from playground.model.trace import LearnerState


@pytest.fixture
def document(qapp: object) -> Iterator[Document]:
    made = Document(*fitting_experiment(BuiltInData("avocado", 40)))
    yield made
    made.close()


class Ear:
    """Hears everything that is told about what is shown."""

    def __init__(self, shown: Shown) -> None:
        self.experiments: list[tuple[Experiment, Experiment]] = []
        self.values = 0
        self.looked: list[Instant | None] = []
        shown.experiment_changed.connect(lambda old, new: self.experiments.append((old, new)))
        shown.parameters_changed.connect(self._hear_values)
        shown.looked.connect(self.looked.append)

    def _hear_values(self) -> None:
        self.values += 1


def past(experiment: Experiment, seed: int = 0) -> Instant:
    """An instant with values of its own."""
    random = np.random.default_rng(seed)
    network = experiment.network
    parameters = Parameters(
        frozen_array(random.normal(size=len(network.parameter_ids))),
        frozen_array(random.normal(size=len(network.nodes))),
    )
    return Instant(7.0, experiment, LearnerState(parameters), *(math.nan,) * 5)


def test_the_present_is_the_document(document: Document) -> None:
    shown = Shown(document)
    ear = Ear(shown)
    assert shown.experiment is document.experiment
    assert shown.parameters is document.parameters
    edge = document.experiment.network.edge_keys[0]
    assert document.apply(edits.set_weight(edge, 2.5))
    assert document.apply(edits.set_learning(learning_rate=0.5))
    assert shown.parameters is document.parameters
    assert ear.values == 1
    assert len(ear.experiments) == 1


def test_looking_back_shows_other_values_and_leaves_the_document_alone(document: Document) -> None:
    shown = Shown(document)
    ear = Ear(shown)
    experiment, state, steps = document.experiment, document.state, document.undo_stack.count()
    instant = past(experiment)
    shown.look(instant)
    assert shown.parameters is instant.parameters
    assert shown.experiment is experiment
    assert (document.experiment, document.state, document.undo_stack.count()) == (experiment, state, steps)
    assert not document.is_modified
    assert (ear.values, ear.experiments, ear.looked) == (1, [], [instant])
    shown.look(None)
    assert shown.parameters is document.parameters
    assert ear.looked == [instant, None]


def test_what_training_reaches_meanwhile_does_not_disturb_the_past(document: Document) -> None:
    shown = Shown(document)
    shown.look(past(document.experiment))
    ear = Ear(shown)
    assert document.set_state(past(document.experiment, 1).state)
    assert ear.values == 0
    assert shown.is_past


def test_another_network_of_the_past_is_announced_with_the_data_of_today(document: Document) -> None:
    shown = Shown(document)
    before = document.experiment
    assert document.apply(edits.add_node("hidden", 0.0, 400.0))
    assert document.apply(edits.set_data(BuiltInData("avocado", 80)))
    ear = Ear(shown)
    shown.look(past(before))
    assert shown.experiment.network is before.network
    assert shown.experiment.data == BuiltInData("avocado", 80)
    assert ear.experiments == [(document.experiment, shown.experiment)]


def test_nodes_stay_where_they_stand_now(document: Document) -> None:
    before, shown = document.experiment, Shown(document)
    moved = {node: (7.0 * node, -3.0) for node in before.network.nodes}
    assert document.apply(edits.move(moved, None))
    instant = past(before)
    shown.look(instant)
    network = shown.experiment.network
    assert {node.id: (node.x, node.y) for node in network.nodes.values()} == moved
    assert list(network.nodes) == list(before.network.nodes)
    assert shown.parameters is instant.parameters
    shown.look(past(before, 1))
    assert shown.experiment.network is network


def test_any_change_leads_back_and_tells_what_was_left(document: Document) -> None:
    shown = Shown(document)
    before = document.experiment
    assert document.apply(edits.add_node("hidden", 0.0, 400.0))
    shown.look(past(before))
    left = shown.experiment
    ear = Ear(shown)
    edge = document.experiment.network.edge_keys[0]
    assert document.apply(edits.set_weight(edge, 2.5))  # only a value, but another network was shown
    assert not shown.is_past
    assert ear.looked == [None]
    assert ear.experiments == [(left, document.experiment)]


def test_opening_another_document_leads_back(document: Document) -> None:
    shown = Shown(document)
    shown.look(past(document.experiment))
    other = fitting_experiment(BuiltInData("admission", 30))
    document.reset(*other)
    assert not shown.is_past
    assert shown.experiment == other[0]
    assert document.apply(edits.replace(*fitting_experiment(BuiltInData("avocado", 40)), message("Back")))
