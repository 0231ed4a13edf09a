"""Every number in every text is a number of the trace: over random networks, at every level and step."""

from __future__ import annotations

import random

import pytest

from playground.engine.narration import narrate, narrate_edge, narrate_node
from playground.engine.timeline import Timeline
from playground.model.keys import GRANULARITIES, LEVELS, LOSSES, Level, Loss
from playground.model.narration import Narration
from playground.model.parameters import Floats
from playground.model.trace import LearnerState, Trace
from tests.engine.passes import random_pass
from tests.engine.trace_numbers import (
    floats_in,
    is_among,
    literals_of,
    messages_of,
    numbers_in,
    numbers_of,
    rounding_of,
    text_of,
)


def check(told: Narration, numbers: Floats) -> int:
    """Check all numbers of a narration: as they are, and as they are read; return how many there were."""
    count = 0
    for text in messages_of(told):
        for number in floats_in(text):
            assert is_among(number, numbers, 1e-9 * max(1.0, abs(number))), (text, number)
        literals = literals_of(text)
        for number in numbers_in(text_of(text)):
            known = number in literals or -number in literals
            assert known or is_among(number, numbers, rounding_of(number)), (text_of(text), number)
            count += 1
    for row in told.rows:
        if "other" in row.label.template:
            continue  # what is not listed, in one row: checked in test_long_tables
        assert is_among(row.result, numbers, 1e-9 * max(1.0, abs(row.result))), row
        count += 1
    return count


def all_texts(trace: Trace, state: LearnerState | None, level: Level) -> list[Narration]:
    texts: list[Narration] = []
    for granularity in GRANULARITIES:
        timeline = Timeline(trace, granularity)
        steps = [timeline.step(index) for index in range(timeline.step_count)]
        texts += [narrate(trace, step, level, state) for step in steps]
    network = trace.experiment.network
    texts += [narrate_node(trace, trace.n_rows - 1, node, level, state) for node in network.nodes]
    texts += [narrate_edge(trace, trace.n_rows - 1, edge, level, state) for edge in network.edges]
    return texts


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_number_in_every_text_is_one_of_the_pass(level: Level, loss: Loss) -> None:
    rng = random.Random(LOSSES.index(loss))
    count = 0
    for _ in range(12):
        trace, state = random_pass(rng, rng.choice([1, 1, 1, 3, 5]), loss)
        numbers = numbers_of(trace, state)
        for told in all_texts(trace, state, level):
            count += check(told, numbers)
            assert bool(told.rows) <= (level == "numbers")
            assert bool(told.formulas) <= (level == "maths")
            assert told.sentences
    assert count > 1000


@pytest.mark.parametrize("level", LEVELS)
def test_the_text_holds_without_the_learner_too(level: Level) -> None:
    rng = random.Random(9)
    count = 0
    for _ in range(10):
        trace, state = random_pass(rng)
        for told in all_texts(trace, None, level):
            count += check(told, numbers_of(trace, state))
    assert count > 500
