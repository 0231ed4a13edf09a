"""Text about passes of the engine itself: the same numbers as by plain loops, and where numbers overflow."""

from __future__ import annotations

import random

import numpy as np
import pytest

from playground.engine.narration import narrate, narrate_edge, narrate_node
from playground.engine.paths import strongest_paths
from playground.engine.timeline import Timeline
from playground.engine.trace import trace_values
from playground.model.experiment import Experiment
from playground.model.keys import GRANULARITIES, LEVELS, LOSSES, Level, Loss
from playground.model.message import sentence
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState, Trace
from tests.engine.passes import random_experiment, random_pass, random_rows
from tests.engine.trace_numbers import messages_of


def said(trace: Trace, level: Level, state: LearnerState) -> list[str]:
    """Everything that can be said about a pass."""
    network, texts = trace.experiment.network, []
    for granularity in GRANULARITIES:
        timeline = Timeline(trace, granularity)
        steps = [timeline.step(index) for index in range(timeline.step_count)]
        texts += [narrate(trace, step, level, state) for step in steps]
    texts += [narrate_node(trace, 0, node, level, state) for node in network.nodes]
    texts += [narrate_edge(trace, 0, edge, level, state) for edge in network.edges]
    return [sentence(text) for told in texts for text in messages_of(told)]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("level", LEVELS)
def test_the_engine_and_plain_loops_are_told_alike(loss: Loss, level: Level) -> None:
    rng = random.Random(LOSSES.index(loss) + 20)
    for _ in range(8):
        by_loops, state = random_pass(rng, rng.choice([1, 3]), loss)
        by_engine = trace_values(by_loops.experiment, state, by_loops.inputs, by_loops.targets)
        assert np.allclose(by_engine.new.weights, by_loops.new.weights, rtol=1e-9, atol=1e-12)
        assert len(said(by_engine, level, state)) == len(said(by_loops, level, state)) > 20


@pytest.mark.parametrize("size", [1e3, 1e155, 1e300])
@pytest.mark.parametrize("level", LEVELS)
def test_numbers_without_bounds_have_words_too(size: float, level: Level) -> None:
    rng = random.Random(2)
    for _ in range(15):
        experiment = random_experiment(rng)
        network = experiment.network
        weights = {parameter: rng.choice([-size, size, 0.0]) for parameter in network.parameter_ids}
        state = LearnerState(Parameters.of(network, weights, {}))
        inputs, targets = random_rows(rng, experiment, 1)
        trace = trace_values(experiment, state, np.array(inputs), np.array(targets))
        assert all(said(trace, level, state))
        if trace.has_answer:
            for edge in network.edges:
                assert strongest_paths(trace, 0, edge).count >= 0


@pytest.mark.parametrize("level", LEVELS)
def test_networks_with_almost_nothing_in_them_have_words(level: Level) -> None:
    empty = Network.build()
    lonely = Network.build([Node(1, "hidden", "tanh")])
    output = Network.build([Node(1, "output")])
    unanswered = Network.build([Node(1, "input"), Node(2, "output")], [Edge(1, 2, 1)])
    for network in (empty, lonely, output, unanswered):
        state = LearnerState(Parameters.zeros(network))
        targets = [0.5] if network is output else None
        trace = trace_values(Experiment(network), state, np.ones(len(network.inputs)), targets)
        assert said(trace, level, state)
