"""The document: every edit can be undone, and undo never undoes learning."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from playground.app.document import Document
from playground.model import edits
from playground.model.edit import Change
from playground.model.experiment import Experiment
from playground.model.message import Message, sentence
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState
from tests.model.random_edits import random_edit, random_experiment

Facts = tuple[object, ...]


def facts(document: Document) -> Facts:
    """Everything that must come back: the experiment with its order, and the bits of the values."""
    return facts_of(document.experiment, document.parameters)


def facts_of(experiment: Experiment, parameters: Parameters) -> Facts:
    network = experiment.network
    return (
        experiment,
        tuple(network.nodes.items()),
        tuple(network.edges.items()),
        tuple(network.groups.items()),
        parameters.weights.tobytes(),
        parameters.biases.tobytes(),
    )


def derived(network: Network) -> Facts:
    """The tables that a network keeps."""
    return (
        network.node_index,
        network.edge_index,
        network.parameter_index,
        network.inputs,
        network.outputs,
        network.incoming,
        network.outgoing,
        network.layers,
        network.order,
    )


@pytest.fixture
def small(qtbot: QtBot) -> Document:
    """Two inputs, two hidden nodes, one output."""
    experiment = Experiment()
    document = Document(experiment, Parameters.zeros(experiment.network))
    for edit in (
        edits.add_node("input", 0, 0, "Height"),
        edits.add_node("input", 0, 100, "Colour"),
        edits.add_node("output", 200, 50, "Ripe?"),
        edits.add_layer(2),
        edits.start_over(),
    ):
        assert document.apply(edit)
    return document


def train(document: Document, seed: int = 0) -> Parameters:
    """Let every value learn something."""
    random = np.random.default_rng(seed)
    old = document.parameters
    new = Parameters(
        old.weights + random.normal(size=old.weights.shape), old.biases + random.normal(size=old.biases.shape)
    )
    moment = Parameters(random.normal(size=old.weights.shape), random.normal(size=old.biases.shape))
    assert document.set_state(LearnerState(new, (moment,), document.state.step_count + 1))
    return new


@settings(max_examples=120)
@given(random=st.randoms(use_true_random=False), steps=st.integers(1, 30))
def test_any_edits_then_undo_everything_equals_the_start(random: Random, steps: int) -> None:
    document = Document(*random_experiment(random, 12))
    seen = [facts(document)]
    for _ in range(steps):
        edit = random_edit(random, document.experiment, document.parameters)
        if edit is None or not document.apply(edit):
            continue
        if document.undo_stack.count() >= len(seen):
            seen.append(facts(document))
        else:  # it was merged with the step before, or changed nothing
            del seen[document.undo_stack.count() + 1 :]
            seen[-1] = facts(document)
    assert document.undo_stack.count() == len(seen) - 1
    for expected in reversed(seen[:-1]):
        document.undo_stack.undo()
        assert facts(document) == expected
        fresh = Network.build(
            document.experiment.network.nodes.values(),
            document.experiment.network.edges.values(),
            document.experiment.network.groups.values(),
        )
        assert derived(document.experiment.network) == derived(fresh)
    assert not document.undo_stack.canUndo()
    for expected in seen[1:]:
        document.undo_stack.redo()
        assert facts(document) == expected
    document.close()


def test_undo_never_undoes_learning(small: Document) -> None:
    small.apply(edits.add_node("hidden", 100, 300))
    added = max(small.experiment.network.nodes)
    small.apply(edits.connect(1, added))
    learned = train(small)
    network = small.experiment.network
    touched = network.edges[1, added].parameter

    small.undo_stack.undo()
    small.undo_stack.undo()
    for key, edge in small.experiment.network.edges.items():
        assert small.parameters.weight(small.experiment.network, key) == learned.weight(network, key)
        assert edge.parameter != touched
    for node in small.experiment.network.nodes:
        assert small.parameters.bias(small.experiment.network, node) == learned.bias(network, node)

    small.undo_stack.redo()
    small.undo_stack.redo()
    assert small.parameters == learned
    small.close()


def test_undo_of_a_set_weight_puts_back_that_weight_alone(small: Document) -> None:
    before = small.parameters
    edge = small.experiment.network.edge_keys[0]
    small.apply(edits.set_weight(edge, 7.5))
    learned = train(small)
    small.undo_stack.undo()
    assert small.parameters.weights[0] == before.weights[0]
    assert np.array_equal(small.parameters.weights[1:], learned.weights[1:])
    assert np.array_equal(small.parameters.biases, learned.biases)
    small.close()


def test_a_deleted_weight_comes_back_as_it_was(small: Document) -> None:
    learned = train(small)
    edge = small.experiment.network.edge_keys[1]
    small.apply(edits.delete((), (edge,)))
    small.undo_stack.undo()
    assert small.parameters == learned
    small.close()


def test_the_optimizers_memory_is_carried_by_id(small: Document) -> None:
    train(small)
    moment, network = small.state.moments[0], small.experiment.network
    gone = network.edge_keys[0]
    small.apply(edits.delete((), (gone,)))
    kept = small.state.moments[0]
    for key in small.experiment.network.edges:
        assert kept.weight(small.experiment.network, key) == moment.weight(network, key)
    assert small.state.step_count == 1
    small.apply(edits.set_learning(optimizer="adam"))
    assert small.state == LearnerState(small.parameters)
    small.close()


def test_undoing_start_over_brings_back_values_and_memory(small: Document) -> None:
    train(small)
    learned = small.state
    small.apply(edits.start_over())
    assert small.state.moments == ()
    assert small.state.step_count == 0
    small.undo_stack.undo()
    assert small.state == learned
    small.close()


def test_one_gesture_is_one_step(small: Document) -> None:
    before, count = facts(small), small.undo_stack.count()
    for x in (1.0, 2.0, 3.0):
        small.apply(edits.move({1: (x, x)}, "drag"))
    assert small.undo_stack.count() == count + 1
    assert small.undo_stack.undoText() == "Move a node"
    small.end_gesture()
    small.apply(edits.move({1: (9.0, 9.0)}, "drag"))
    assert small.undo_stack.count() == count + 2
    small.undo_stack.undo()
    small.undo_stack.undo()
    assert facts(small) == before
    small.close()


def test_a_gesture_that_returns_to_its_start_leaves_no_step(small: Document) -> None:
    node = small.experiment.network.nodes[1]
    count = small.undo_stack.count()
    small.apply(edits.move({1: (5.0, 5.0)}, "drag"))
    small.apply(edits.move({1: (node.x, node.y)}, "drag"))
    assert small.undo_stack.count() == count
    small.close()


def test_a_refusal_is_said_and_changes_nothing(small: Document) -> None:
    said: list[Message] = []
    small.refused.connect(said.append)
    before, count = facts(small), small.undo_stack.count()
    assert not small.apply(edits.connect(3, 1))
    assert [sentence(text) for text in said] == ["Nothing can flow into Height, because it is an input."]
    assert (facts(small), small.undo_stack.count()) == (before, count)
    small.close()


def test_changes_are_announced_once(small: Document) -> None:
    heard: list[object] = []
    small.taken.connect(lambda change: heard.append(type(change)))
    small.experiment_changed.connect(lambda old, new: heard.append((old, new)))
    small.parameters_changed.connect(lambda: heard.append("values"))
    small.restarted.connect(lambda: heard.append("restarted"))
    old = small.experiment
    small.apply(edits.rename(1, "Weight"))
    assert heard == [Change, (old, small.experiment)]
    heard.clear()
    small.apply(edits.set_bias(3, 0.25))
    assert heard == [Change, "values"]
    heard.clear()
    small.apply(edits.start_over())
    assert heard == [Change, "values", "restarted"]
    heard.clear()
    small.apply(edits.rename(1, "Weight"))
    assert heard == []
    small.close()


def modified(document: Document) -> bool:
    return document.is_modified


def test_modified_follows_edits_learning_and_saving(small: Document, tmp_path: Path) -> None:
    said: list[bool] = []
    small.mark_saved(tmp_path / "a", small.experiment, small.parameters)
    small.modified_changed.connect(said.append)
    assert modified(small) is False
    small.apply(edits.rename(1, "Weight"))
    assert modified(small) is True
    small.undo_stack.undo()
    assert modified(small) is False
    train(small)
    assert modified(small) is True
    small.mark_saved(tmp_path / "a", small.experiment, small.parameters)
    assert modified(small) is False
    assert said == [True, False, True, False]
    old = (small.experiment, small.parameters)
    train(small, 1)
    small.mark_saved(tmp_path / "a", *old)  # a save that took its time
    assert modified(small) is True
    small.close()


def test_reset_shows_another_experiment(small: Document, tmp_path: Path) -> None:
    experiment, parameters = random_experiment(Random(4))
    small.reset(experiment, parameters, tmp_path / "other.playground")
    assert facts(small) == facts_of(experiment, parameters)
    assert not small.undo_stack.canUndo()
    assert modified(small) is False
    assert small.path == tmp_path / "other.playground"
    small.close()


def test_a_state_of_another_network_is_not_taken(small: Document) -> None:
    assert not small.set_state(LearnerState(Parameters(np.zeros(1), np.zeros(1))))
    small.close()
