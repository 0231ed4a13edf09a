"""A pass as Markdown: the window's text, whole and in order, with numbers that are those of the pass."""

from __future__ import annotations

import dataclasses
import random
import re

import pytest

from playground.engine.narration import narrate
from playground.engine.timeline import Timeline
from playground.model.keys import GRANULARITIES, LEVELS, Granularity, Level
from playground.model.message import sentence
from playground.model.network import Network
from playground.model.trace import LearnerState, Trace
from playground.share.markdown import explain
from tests.engine.passes import pass_over, random_pass
from tests.engine.trace_numbers import is_among, numbers_in, numbers_of, rounding_of

IN_TEMPLATES = {0.0, 1.0, 2.0}
"""Numbers that stand in formulas and sentences themselves: "a value between 0 and 1", "1 − a²"."""


def renamed(trace: Trace, state: LearnerState, label: str) -> Trace:
    """The same pass over a network whose nodes all have one label."""
    network = trace.experiment.network
    nodes = [dataclasses.replace(node, label=label) for node in network.nodes.values()]
    experiment = dataclasses.replace(trace.experiment, network=Network.build(nodes, network.edges.values()))
    return pass_over(experiment, state, trace.inputs.tolist(), trace.targets.tolist())


@pytest.mark.parametrize("level", LEVELS)
def test_every_number_in_it_is_one_of_the_pass(level: Level) -> None:
    rng = random.Random(LEVELS.index(level))
    checked = 0
    for _ in range(25):
        trace, state = random_pass(rng, rng.choice([1, 1, 3]))
        trace = renamed(trace, state, "node")
        numbers = numbers_of(trace, state)
        counts = {float(n) for n in range(max(len(trace.experiment.network.edges), 12) + 1)}
        lines = explain(trace, level, state).splitlines()
        for line in lines:
            if line.startswith("#") or "other" in line:
                continue  # numbers of steps; sums of what is not listed
            for number in numbers_in(line):
                known = abs(number) in IN_TEMPLATES | counts
                assert known or is_among(number, numbers, rounding_of(number)), line
                checked += 1
    assert checked > 500


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_it_tells_every_step_in_order_as_the_window_does(level: Level, granularity: Granularity) -> None:
    trace, state = random_pass(random.Random(4), 2)
    trace = renamed(trace, state, "node")
    text = explain(trace, level, state, granularity)
    timeline, place = Timeline(trace, granularity), 0
    for index in range(timeline.step_count):
        told = narrate(trace, timeline.step(index), level, state)
        place = text.index(f"### {index + 1}. {sentence(told.title)}\n", place)
        for words in told.sentences:
            assert sentence(words) in text[place:]
        for formula in told.formulas:
            assert formula.symbols in text[place:]
            for line in sentence(formula.numbers).split("<br>"):
                assert line in text[place:]
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Forward, example 1 of 2",
        "## Loss, example 1 of 2",
        "## Backward, example 1 of 2",
        "## Forward, example 2 of 2",
        "## Loss, example 2 of 2",
        "## Backward, example 2 of 2",
        "## Update",
    ]


def test_tables_keep_their_columns_whatever_the_names() -> None:
    trace, state = random_pass(random.Random(4))
    odd = renamed(trace, state, "a|b *c* _d_ <e> `f`\n[g]")
    text = explain(odd, "numbers", state)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) > 20
    for row in rows:
        assert len(re.split(r"(?<!\\)\|", row)) == 5
    assert r"a\|b \*c\* \_d\_ \<e\> \`f\` \[g\]" in text


@pytest.mark.parametrize("label", ["# head", "- point", "1. first", "12) twelfth", "= line"])
def test_a_name_begins_neither_a_heading_nor_a_list(label: str) -> None:
    trace, state = random_pass(random.Random(4))
    plain = explain(renamed(trace, state, "node"), "words", state).splitlines()
    odd = explain(renamed(trace, state, label), "words", state).splitlines()
    assert len(plain) == len(odd)
    structure = re.compile(r"(#+ |[-+=] |\d+[.)] )")
    assert [bool(structure.match(line)) for line in plain] == [bool(structure.match(line)) for line in odd]
    assert any(line.startswith("\\") or re.match(r"\d+\\", line) for line in odd)


def test_the_title_says_which_example() -> None:
    trace, state = random_pass(random.Random(1))
    trace = renamed(trace, state, "node")
    assert explain(trace, "words").startswith("# One pass over example 1\n")
    by_hand = dataclasses.replace(trace, rows=trace.rows - 1)
    assert explain(by_hand, "words").startswith("# One pass over values set by hand\n")


def test_without_a_right_answer_it_ends_with_the_forward_phase() -> None:
    trace, state = random_pass(random.Random(1))
    forward_only = pass_over(trace.experiment, state, trace.inputs.tolist())
    text = explain(forward_only, "maths")
    assert re.findall("^## .*$", text, re.MULTILINE) == ["## Forward"]
    assert "nan" not in text.lower()
