"""Every edit: all are tried by the random tests, every refusal is typed, and the rules hold afterwards."""

from __future__ import annotations

import inspect
import math
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.model import edits
from playground.model.edit import Edit
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.keys import OUTPUT_ACTIVATION
from playground.model.message import sentence
from playground.model.parameters import Parameters
from playground.model.rate_schedule import RateSchedule
from tests.model.random_edits import MAKERS, applied, random_edit, random_experiment

NOT_EDITS = {"fragment", "why_not_connect", "Fragment"}


def built(*steps: Edit) -> tuple[Experiment, Parameters]:
    experiment = Experiment()
    parameters = Parameters.zeros(experiment.network)
    for step in steps:
        experiment, parameters = applied(experiment, parameters, step.make(experiment, parameters))
    return experiment, parameters


def changed(experiment: Experiment, parameters: Parameters, *steps: Edit) -> tuple[Experiment, Parameters]:
    for step in steps:
        experiment, parameters = applied(experiment, parameters, step.make(experiment, parameters))
    return experiment, parameters


def small() -> tuple[Experiment, Parameters]:
    """Inputs 1 and 2, output 3, hidden 4 and 5 between them."""
    return built(
        edits.add_node("input", 0, 0, "Height"),
        edits.add_node("input", 0, 130),
        edits.add_node("output", 220, 0, "Ripe?"),
        edits.add_layer(2),
    )


def refusal(experiment: Experiment, parameters: Parameters, edit: Edit) -> str:
    with pytest.raises(EditError) as caught:
        edit.make(experiment, parameters)
    return sentence(caught.value.message)


def rules_hold(experiment: Experiment, parameters: Parameters) -> None:
    network = experiment.network
    assert sorted(network.order) == sorted(network.nodes)  # raises CycleError for a circle
    assert len(parameters.weights) == len(network.parameter_ids)
    assert len(parameters.biases) == len(network.nodes)
    wanted = OUTPUT_ACTIVATION[experiment.learning.loss]
    for (source, target), edge in network.edges.items():
        assert edge.key == (source, target)
        assert network.nodes[source].role != "output"
        assert network.nodes[target].role != "input"
    for id_, node in network.nodes.items():
        assert node.id == id_
        assert node.group is None or node.group in network.groups
        assert math.isfinite(node.x)
        assert math.isfinite(node.y)
        assert node.role != "output" or wanted in {None, node.activation}
        assert node.role != "input" or parameters.bias(network, id_) == 0
    for group in network.groups:
        assert network.members(group)


def test_the_random_tests_know_every_edit() -> None:
    functions = {name for name in edits.__all__ if inspect.isfunction(getattr(edits, name))} - NOT_EDITS
    assert functions <= MAKERS.keys()


def test_every_random_edit_is_often_legal() -> None:
    random, done = Random(1), Counter[str]()
    for _ in range(200):
        experiment, parameters = random_experiment(random, 15)
        for name, maker in MAKERS.items():
            try:
                maker(random, experiment, parameters).make(experiment, parameters)
            except EditError:
                continue
            done[name] += 1
    assert done.keys() == MAKERS.keys()


@settings(max_examples=100)
@given(random=st.randoms(use_true_random=False))
def test_rules_hold_after_any_edits_and_every_refusal_is_typed(random: Random) -> None:
    experiment = Experiment()
    parameters = Parameters.zeros(experiment.network)
    refusals: list[str] = []
    for _ in range(30):
        edit = random_edit(random, experiment, parameters)
        if edit is None:
            continue
        assert sentence(edit.name)
        try:
            change = edit.make(experiment, parameters)
        except EditError as error:
            refusals.append(sentence(error.message))
            continue
        experiment, parameters = applied(experiment, parameters, change)
        rules_hold(experiment, parameters)
    assert all(text.endswith(".") and "{" not in text for text in refusals)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (1, 1, "A node cannot be connected to itself."),
        (4, 1, "Nothing can flow into Height, because it is an input."),
        (3, 4, "Nothing can flow out of Ripe?, because it is an output."),
        (1, 4, "An edge from Height to hidden 1.1 is already there."),
        (1, 9, "There is no node 9 any more."),
        (
            5,
            4,
            "An edge from hidden 2.1 to hidden 1.1 would close a circle, and numbers would run round for ever.",  # noqa: E501  # one sentence
        ),
    ],
)
def test_forbidden_edges(source: int, target: int, expected: str) -> None:
    experiment, parameters = changed(*small(), edits.connect(4, 5))
    text = edits.why_not_connect(experiment.network, source, target)
    assert text is not None
    assert sentence(text) == expected
    assert refusal(experiment, parameters, edits.connect(source, target)) == expected


def test_an_allowed_edge_is_drawn_with_the_same_weight_each_time() -> None:
    experiment, parameters = small()
    assert edits.why_not_connect(experiment.network, 1, 3) is None
    once, values = changed(experiment, parameters, edits.connect(1, 3))
    twice, again = changed(experiment, parameters, edits.connect(1, 3))
    assert values.weight(once.network, (1, 3)) == again.weight(twice.network, (1, 3)) != 0


def test_connect_groups_draws_all_that_the_rules_allow() -> None:
    experiment, parameters = built(
        edits.add_node("input", 0, 0),
        *(edits.add_node("hidden", 0, 0) for _ in range(3)),
        edits.add_node("output", 0, 0),
        edits.connect(2, 3),
    )
    experiment, parameters = changed(experiment, parameters, edits.connect_groups([1, 2, 3, 5], [2, 3, 4, 1]))
    assert set(experiment.network.edges) == {(2, 3), (1, 2), (1, 3), (1, 4), (2, 4), (3, 4)}
    rules_hold(experiment, parameters)
    assert "no edge left" in refusal(experiment, parameters, edits.connect_groups([1], [2]))


def test_delete_takes_edges_and_empty_groups() -> None:
    experiment, parameters = small()
    experiment, parameters = changed(experiment, parameters, edits.delete([4, 5]))
    assert list(experiment.network.nodes) == [1, 2, 3]
    assert not experiment.network.edges
    assert not experiment.network.groups


def test_a_grid_that_loses_a_node_is_a_layer() -> None:
    experiment, parameters = changed(*small(), edits.group([4, 5], "Map", "grid", (2, 1)))
    experiment, _ = changed(experiment, parameters, edits.delete([4]))
    (group,) = experiment.network.groups.values()
    assert (group.name, group.kind, group.shape) == ("Map", "layer", None)


def test_a_layer_stands_in_front_of_the_outputs() -> None:
    experiment, parameters = changed(*small(), edits.connect(1, 3), edits.add_layer(3, "relu", "Second"))
    network = experiment.network
    assert network.incoming[3] == (6, 7, 8)
    assert set(network.incoming[6]) == {4, 5, 1}
    assert [network.nodes[node].activation for node in (6, 7, 8)] == ["relu"] * 3
    assert network.groups[network.nodes[6].group or 0].name == "Second"
    assert network.nodes[4].x < network.nodes[6].x < network.nodes[3].x
    assert (parameters.weights != 0).all()


def test_sharing_makes_weights_equal_and_setting_one_sets_all() -> None:
    experiment, parameters = changed(*small(), edits.share([(1, 4), (2, 5), (2, 4)]))
    network = experiment.network
    first = small()[1].weight(small()[0].network, (1, 4))
    assert {parameters.weight(network, edge) for edge in ((1, 4), (2, 5), (2, 4))} == {first}
    experiment, parameters = changed(experiment, parameters, edits.set_weight((2, 5), 0.75))
    assert parameters.weight(network, (1, 4)) == 0.75
    experiment, parameters = changed(experiment, parameters, edits.unshare([(1, 4), (2, 5), (2, 4)]))
    ids = [experiment.network.edges[edge].parameter for edge in ((1, 4), (2, 5), (2, 4))]
    assert len(set(ids)) == 3
    assert parameters.weight(experiment.network, (2, 4)) == 0.75
    assert "of their own" in refusal(experiment, parameters, edits.unshare([(1, 4)]))


def test_copies_share_among_themselves_but_not_with_the_original() -> None:
    experiment, parameters = changed(*small(), edits.share([(1, 4), (2, 5)]))
    part = edits.fragment(experiment.network, parameters, [1, 2, 4, 5])
    for step in (edits.paste(part, 10, 20), edits.duplicate([1, 2, 4, 5], 10, 20)):
        copied, values = changed(experiment, parameters, step)
        network = copied.network
        new = list(network.nodes)[5:]
        assert len(new) == 4
        one, other = network.edges[new[0], new[2]], network.edges[new[1], new[3]]
        assert one.parameter == other.parameter != network.edges[1, 4].parameter
        assert values.weight(network, one.key) == values.weight(network, (1, 4))
        assert (network.nodes[new[0]].x, network.nodes[new[0]].y) == (10, 20)
        assert network.nodes[new[2]].group not in {None, network.nodes[4].group}
        rules_hold(copied, values)


def test_a_loss_sets_the_outputs_and_keeps_them() -> None:
    experiment, parameters = changed(*small(), edits.set_learning(loss="cross_entropy"))
    assert experiment.network.nodes[3].activation == "sigmoid"
    text = refusal(experiment, parameters, edits.set_activation([3], "relu"))
    assert text == "Ripe? must be sigmoid, as the loss cross_entropy asks for. Choose another loss first."
    experiment, parameters = changed(experiment, parameters, edits.add_node("output", 0, 0))
    assert experiment.network.nodes[6].activation == "sigmoid"


def test_softmax_needs_a_second_output() -> None:
    assert "second output" in refusal(*small(), edits.set_learning(loss="softmax_cross_entropy"))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_values_must_be_finite(value: float) -> None:
    for edit in (
        edits.set_weight((1, 4), value),
        edits.set_bias(4, value),
        edits.move({1: (value, 0.0)}),
        edits.add_node("hidden", 0.0, value),
        edits.set_learning(learning_rate=value),
    ):
        assert refusal(*small(), edit)


def test_start_over_gives_the_same_weights_and_a_new_start_others() -> None:
    experiment, parameters = changed(*small(), edits.start_over())
    _, again = changed(*changed(experiment, parameters, edits.set_weight((1, 4), 9.0)), edits.start_over())
    assert again == parameters
    other, fresh = changed(experiment, parameters, edits.new_start())
    assert other.seed == experiment.seed + 1
    assert (fresh.weights != parameters.weights).all()


def test_limits_are_kept() -> None:
    experiment, parameters = built(edits.add_layer(5_000), edits.add_node("output", 0, 0))
    assert "10,000 nodes" in refusal(experiment, parameters, edits.add_layer(5_001))
    experiment, parameters = built(edits.add_layer(1_000), edits.add_node("output", 0, 0))
    text = refusal(experiment, parameters, edits.add_layer(201))
    assert text == "A network may have at most 200,000 edges."


def test_the_kernel_and_its_type_are_one_step_each_and_nothing_else_changes() -> None:
    experiment, parameters = small()
    for edit, name in (
        (edits.set_learning(kernel="numba-parallel"), "Choose the kernel"),
        (edits.set_learning(dtype="float32"), "Choose the type of numbers"),
    ):
        assert sentence(edit.name) == name
        change = edit.make(experiment, parameters)
        assert change.experiment.network is experiment.network
        assert (change.weights, change.biases, change.restarts) == ({}, {}, False)
        assert change.experiment.learning != experiment.learning
    assert "abacus" in refusal(experiment, parameters, edits.set_learning(kernel="abacus"))  # type: ignore[arg-type]
    assert "float16" in refusal(experiment, parameters, edits.set_learning(dtype="float16"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "schedule",
    [
        RateSchedule("ramp"),  # type: ignore[arg-type]  # no such kind
        RateSchedule("step", every=0),
        RateSchedule("step", factor=0.0),
        RateSchedule("step", factor=1.5),
        RateSchedule("step", factor=math.nan),
        RateSchedule("cosine", epochs=0),
        RateSchedule("cosine", least=-0.1),
        RateSchedule("cosine", least=1.5),
    ],
)
def test_a_schedule_that_the_file_could_not_hold_is_refused(schedule: RateSchedule) -> None:
    assert refusal(*small(), edits.set_learning(schedule=schedule))


@pytest.mark.parametrize("share", [-0.1, 1.0, math.inf])
def test_no_or_all_nodes_cannot_be_left_out(share: float) -> None:
    assert refusal(*small(), edits.set_learning(dropout=share))


def test_a_schedule_keeps_its_own_numbers_only() -> None:
    given = RateSchedule("step", every=7, factor=0.25, epochs=3, least=0.9)
    experiment, _ = changed(*small(), edits.set_learning(schedule=given))
    assert experiment.learning.schedule == RateSchedule("step", every=7, factor=0.25)
