"""What the sentences say: the picture's texts, who counts the most, right and wrong answers."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence

import pytest

from playground.engine.narration import narrate, narrate_edge, narrate_node
from playground.engine.timeline import Timeline
from playground.model.experiment import BuiltInData, Experiment, Learning
from playground.model.keys import ACTIVATIONS, GRANULARITIES, LEVELS, Activation, Granularity, Loss
from playground.model.message import sentence
from playground.model.narration import Narration
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState, Trace
from tests.engine.passes import layered, pass_over, random_pass

NAMES = ["Height", "Squishiness", "Skin colour", "Hidden 1", "Hidden 2", "Hidden 3", "Ripe?"]
JARGON = ("gradient", "activation", "weight", "bias", "derivative", "softmax", "chain rule", "epoch")


def avocado(target: float = 1.0, loss: Loss = "cross_entropy") -> Trace:
    """The network of the picture: 0.62 × 1.6 + 0.8 × 2 − 0.55 × 0.6 + 0.05 = 2.31 at the first node."""
    plain = layered([3, 3, 1], "sigmoid", "sigmoid")
    nodes = [dataclasses.replace(n, label=NAMES[n.id - 1]) for n in plain.nodes.values()]
    network = Network.build(nodes, plain.edges.values())
    weights = {network.edges[key].parameter: 0.5 for key in network.edges}
    for source, value in ((1, 1.6), (2, 2.0), (3, -0.6)):
        weights[network.edges[source, 4].parameter] = value
    experiment = Experiment(network, BuiltInData("avocado"), Learning(loss=loss))
    state = LearnerState(Parameters.of(network, weights, {4: 0.05}))
    return pass_over(experiment, state, [[0.62, 0.8, 0.55]], [[target]])


def told(trace: Trace, index: int, granularity: Granularity = "node") -> Narration:
    return narrate(trace, Timeline(trace, granularity).step(index), "words")


def words(narration: Narration) -> str:
    return " ".join(sentence(text) for text in narration.sentences)


def test_the_first_steps_say_what_the_picture_says() -> None:
    trace = avocado()
    assert words(told(trace, 0)) == (
        "The network reads this avocado: Height 0.62, Squishiness 0.8 and Skin colour 0.55."
    )
    assert words(told(trace, 1)) == (
        "Hidden 1 listens to all 3 facts about this avocado. "
        "Squishiness 0.8 arrives on its thickest arrow, so it counts the most."
    )
    rows = narrate(trace, Timeline(trace, "node").step(1), "numbers").rows
    assert [sentence(row.label) for row in rows] == [
        "Height",
        "Squishiness",
        "Skin colour",
        "Bias of Hidden 1",
        "Adds up to",
        "Squashed by the sigmoid to",
    ]
    assert sentence(rows[0].calculation) == "0.62 × 1.6"  # type: ignore[arg-type]
    assert [round(row.result, 3) for row in rows] == [0.992, 1.6, -0.33, 0.05, 2.312, 0.91]
    assert [row.strong for row in rows] == [False] * 4 + [True] * 2


def test_two_facts_are_both() -> None:
    network = layered([2, 2, 1], "sigmoid", "sigmoid")
    state = LearnerState(Parameters.zeros(network))
    trace = pass_over(Experiment(network), state, [[0.2, 0.4]], [[1.0]])
    assert "listens to both facts about this example." in words(told(trace, 1))
    assert "2 nodes listen to both facts" in words(told(trace, 1, "layer"))


def test_the_loss_says_how_far_off_the_answer_is() -> None:
    trace = avocado()
    text = words(told(trace, 5))
    answer = float(trace.probabilities[0, 0])
    assert text == f"The network says {answer:.3g}. The right answer is 1. It is off by {1 - answer:.3g}."
    exact = avocado(target=float(trace.probabilities[0, 0]))
    assert words(told(exact, 5)).endswith("and that is right.")


def test_the_way_back_and_the_update() -> None:
    trace = avocado()
    edge_by_edge = Timeline(trace, "edge")
    step = edge_by_edge.step_at(edge_by_edge.phase_start("backward"))
    assert words(narrate(trace, step, "words")).startswith("Ripe? says 0.")
    for granularity in ("node", "layer", "pass"):
        timeline = Timeline(trace, granularity)
        step = timeline.step_at(timeline.phase_start("backward"))
        assert words(narrate(trace, step, "words")).startswith(
            "The mistake flows backwards: each arrow learns its share of the blame."
        )
    timeline = Timeline(trace, "edge")
    change = next(timeline.step(i) for i in range(timeline.step_count) if timeline.step(i).part == "change")
    assert words(narrate(trace, change, "words")).startswith("The arrow from Height to Hidden 1 changes")


def test_it_is_said_which_way_a_change_would_help() -> None:
    """An arrow's text against what really happens to the loss when its number grows a little."""
    checked = 0
    for seed in range(30):
        trace, state = random_pass(random.Random(seed), loss="squared")
        network = trace.experiment.network
        for edge in network.edges:
            own = network.edges[edge].parameter
            if [e.parameter for e in network.edges.values()].count(own) > 1:
                continue
            weight = trace.old.weight(network, edge)
            more = LearnerState(state.parameters.changed(network, {own: weight + 1e-6}, {}), state.moments, 1)
            after = pass_over(trace.experiment, more, trace.inputs.tolist(), trace.targets.tolist())
            difference = float(after.losses[0] - trace.losses[0]) / 1e-6
            if abs(difference) < 1e-4:
                continue
            text = words(narrate_edge(trace, 0, edge, "words"))
            assert ("A larger number on it would make" in text) == (difference < 0)
            assert ("A smaller number on it would make" in text) == (difference > 0)
            checked += 1
    assert checked > 50


def test_what_counts_the_most_need_not_come_on_the_thickest_arrow() -> None:
    nodes = [Node(1, "input", label="Loud"), Node(2, "input", label="Quiet"), Node(3, "output", label="Out")]
    network = Network.build(nodes, [Edge(1, 3, 1), Edge(2, 3, 2)])
    state = LearnerState(Parameters.of(network, {1: 1.0, 2: -2.0}, {}))
    trace = pass_over(Experiment(network), state, [[5.0, 1.0]], [[0.0]])
    assert "Loud 5 arrives as 5, so it counts the most." in words(told(trace, 1))
    trace = pass_over(Experiment(network), state, [[1.0, 1.0]], [[0.0]])
    assert "Quiet 1 arrives on its thickest arrow" in words(told(trace, 1))
    trace = pass_over(Experiment(network), state, [[0.0, 0.0]], [[0.0]])
    assert "Nothing that arrives there is different from 0." in words(told(trace, 1))


def test_the_softmax_names_the_largest_share_and_the_right_answer() -> None:
    network = layered([1, 2])
    experiment = Experiment(network, None, Learning(loss="softmax_cross_entropy"))
    state = LearnerState(Parameters.of(network, {0: 1.0, 1: 3.0}, {}))
    trace = pass_over(experiment, state, [[1.0]], [[1.0, 0.0]])
    timeline = Timeline(trace, "layer")
    steps = [timeline.step(i) for i in range(timeline.step_count)]
    shares = next(step for step in steps if step.part == "softmax")
    assert "Output 3 gets the largest share: 0.881." in words(narrate(trace, shares, "words"))
    compared = next(step for step in steps if step.part == "compare")
    assert "The right answer is Output 2." in words(narrate(trace, compared, "words"))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_has_its_words(activation: Activation) -> None:
    network = layered([1, 1, 1], activation)
    seen = set()
    for weight in (2.0, -2.0):
        state = LearnerState(Parameters.of(network, {0: weight, 1: 1.0}, {}))
        trace = pass_over(Experiment(network), state, [[1.0]], [[0.0]])
        timeline = Timeline(trace, "edge")
        step = next(s for s in map(timeline.step, range(9)) if s.part in {"sum", "squash"} and 2 in s.nodes)
        seen.add(words(narrate(trace, step, "words")))
        assert narrate(trace, step, "maths").formulas
    assert len(seen) == 2


def test_words_hold_no_jargon_and_no_exclamation() -> None:
    count = 0
    for seed in range(25):
        trace, state = random_pass(random.Random(seed), random.Random(seed).choice([1, 3]))
        for granularity in GRANULARITIES:
            timeline = Timeline(trace, granularity)
            for index in range(timeline.step_count):
                text = words(narrate(trace, timeline.step(index), "words", state)).lower()
                assert not [word for word in JARGON if word in text], text
                assert "!" not in text
                count += 1
    assert count > 500


def test_a_few_sentences_at_most_while_a_pass_plays() -> None:
    def sentences(texts: Sequence[str]) -> int:
        return sum(text.replace("?.", ".").count(". ") + 1 for text in texts)

    for granularity in GRANULARITIES:
        trace = avocado()
        timeline = Timeline(trace, granularity)
        for index in range(timeline.step_count):
            narration = narrate(trace, timeline.step(index), "words")
            assert sentences([sentence(text) for text in narration.sentences]) <= 3


def test_names_are_plain_everywhere() -> None:
    nodes = [Node(1, "input", label="<b>&{x}"), Node(2, "output")]
    network = Network.build(nodes, [Edge(1, 2, 1)])
    state = LearnerState(Parameters.of(network, {1: 2.0}, {}))
    trace = pass_over(Experiment(network), state, [[1.0]], [[0.0]])
    assert "<b>&{x} 1" in words(narrate(trace, Timeline(trace, "node").step(0), "words"))
    formulas = narrate_edge(trace, 0, (1, 2), "maths").formulas
    assert any("<b>&{x} → output 1" in sentence(formula.numbers) for formula in formulas)


@pytest.mark.parametrize("level", LEVELS)
def test_without_a_right_answer_there_is_no_word_of_blame(level: str) -> None:
    trace = avocado()
    forward_only = pass_over(trace.experiment, LearnerState(trace.old), [[0.62, 0.8, 0.55]])
    for narration in (
        narrate_node(forward_only, 0, 4, level),  # type: ignore[arg-type]
        narrate_edge(forward_only, 0, (1, 4), level),  # type: ignore[arg-type]
    ):
        texts = [sentence(text) for text in narration.sentences]
        texts += [sentence(row.label) for row in narration.rows]
        assert not [text for text in texts if "lame" in text or "radient" in text]


def test_a_held_weight_says_so_and_shows_no_change() -> None:
    trace = avocado()
    network = trace.experiment.network
    edges = [dataclasses.replace(e, trainable=e.key != (1, 4)) for e in network.edges.values()]
    held = Experiment(Network.build(network.nodes.values(), edges), None, trace.experiment.learning)
    trace = pass_over(held, LearnerState(trace.old), [[0.62, 0.8, 0.55]], [[1.0]])
    assert "held" in words(narrate_edge(trace, 0, (1, 4), "words"))
    assert not [r for r in narrate_edge(trace, 0, (1, 4), "numbers").rows if "New" in r.label.template]
    assert [r for r in narrate_edge(trace, 0, (2, 4), "numbers").rows if "New" in r.label.template]


def test_a_row_or_node_that_is_not_there_is_refused() -> None:
    trace = avocado()
    with pytest.raises(IndexError):
        narrate_node(trace, 1, 4, "words")
    with pytest.raises(KeyError):
        narrate_node(trace, 0, 99, "words")
