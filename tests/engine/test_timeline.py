"""The timeline: every part of a pass at any time, against a schedule worked out element by element."""

from __future__ import annotations

import dataclasses
import itertools
import random
import time

import numpy as np
import pytest

from playground.engine.narration import narrate
from playground.engine.schedule import pace
from playground.engine.timeline import Timeline, moment
from playground.model.experiment import Experiment, Learning
from playground.model.keys import GRANULARITIES, LOSSES, PHASES, Granularity
from playground.model.moment import Moment
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters
from playground.model.trace import LearnerState, Trace
from tests.engine.direct_schedule import DirectSchedule
from tests.engine.passes import layered, pass_over, random_parameters, random_pass

FLOWING = {
    "carried": "edge_keys",
    "multiplied": "edge_keys",
    "summed": "node_ids",
    "squashed": "node_ids",
    "compared": "outputs",
    "blamed": "node_ids",
    "returned": "edge_keys",
}
"""The arrays of a moment that belong to one example, and the network's table that each follows."""


def all_arrays(shown: Moment) -> dict[str, Floats]:
    names = (*FLOWING, "updated_weights", "updated_biases")
    return {name: getattr(shown, name) for name in names} | {"averaged": np.array([shown.averaged])}


def three_facts(n_rows: int = 1, answer: bool = True) -> Trace:
    network = layered([3, 3, 1])
    state = LearnerState(random_parameters(random.Random(5), network))
    answers = [[1.0]] * n_rows if answer else None
    return pass_over(Experiment(network, None, Learning()), state, [[0.62, 0.8, 0.55]] * n_rows, answers)


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_at_random_times_everything_is_where_a_direct_calculation_puts_it(granularity: Granularity) -> None:
    rng = random.Random(GRANULARITIES.index(granularity))
    times = 0
    for n_rows in (1, 1, 1, 1, 3, 4):
        trace, _ = random_pass(rng, n_rows)
        timeline = Timeline(trace, granularity)
        direct = DirectSchedule(trace.experiment, granularity, has_answer=True)
        starts = [next(s.start_s for s in timeline.phases if s.row == row) for row in range(n_rows)]
        closing = timeline.phase_start("update")
        if n_rows > 1:
            closing -= pace.MEAN_S + pace.REST_S
        ends = [*starts[1:], closing]
        for _ in range(40):
            time_s = rng.uniform(0.0, timeline.duration_s)
            shown = timeline.moment(time_s)
            row = max(place for place in range(n_rows) if starts[place] <= time_s)
            assert shown.row == row
            own_time = min((time_s - starts[row]) / (ends[row] - starts[row]), 1.0) * direct.clock
            for name, table in FLOWING.items():
                expected = []
                for key in getattr(trace.experiment.network, table):
                    start, end = direct.spans[name, key]
                    expected.append(min(max((own_time - start) / (end - start), 0.0), 1.0))
                assert getattr(shown, name) == pytest.approx(np.array(expected), abs=1e-6), name
            times += 1
    assert times >= 200


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_nothing_ever_goes_back_within_an_example(granularity: Granularity) -> None:
    trace, _ = random_pass(random.Random(3), 3)
    timeline = Timeline(trace, granularity)
    before = timeline.moment(0.0)
    for time_s in np.linspace(0.0, timeline.duration_s, 200)[1:]:
        after = timeline.moment(time_s)
        if after.row == before.row:
            for name, values in all_arrays(after).items():
                assert (values >= all_arrays(before)[name]).all(), name
        else:
            assert after.row == before.row + 1
        before = after


@pytest.mark.parametrize("granularity", GRANULARITIES)
@pytest.mark.parametrize("loss", LOSSES)
def test_when_a_phase_is_over_all_of_it_is_done(granularity: Granularity, loss: str) -> None:
    trace, _ = random_pass(random.Random(11), 1, loss)  # type: ignore[arg-type]
    timeline = Timeline(trace, granularity)
    assert [span.phase for span in timeline.phases] == list(PHASES)
    done_by = {
        "forward": ("carried", "multiplied", "summed", "squashed"),
        "loss": ("compared",),
        "backward": ("blamed", "returned", "averaged"),
        "update": ("updated_weights", "updated_biases"),
    }
    for span in timeline.phases:
        start, end = all_arrays(timeline.moment(span.start_s)), all_arrays(timeline.moment(span.end_s))
        for name in done_by[span.phase]:
            assert start[name] == pytest.approx(0.0, abs=1e-6)
            if span.phase != "update":
                assert (end[name] == 1.0).all(), name
    network = trace.experiment.network
    held = {edge.parameter for edge in network.edges.values() if not edge.trainable}
    final = timeline.moment(timeline.duration_s)
    assert final.updated_weights.tolist() == [float(p not in held) for p in network.parameter_ids]
    assert final.updated_biases.tolist() == [float(n.role != "input") for n in network.nodes.values()]


@pytest.mark.parametrize("granularity", GRANULARITIES)
@pytest.mark.parametrize("n_rows", [1, 5])
def test_phases_and_steps_follow_each_other_without_a_gap(granularity: Granularity, n_rows: int) -> None:
    trace, _ = random_pass(random.Random(2), n_rows)
    timeline = Timeline(trace, granularity)
    assert timeline.phases[0].start_s == 0.0
    assert timeline.phases[-1].end_s == timeline.duration_s
    for before, after in itertools.pairwise(timeline.phases):
        assert before.end_s == after.start_s
    steps = [timeline.step(index) for index in range(timeline.step_count)]
    assert [step.index for step in steps] == list(range(timeline.step_count))
    for one, two in itertools.pairwise(steps):
        assert one.start_s < one.end_s == two.start_s
        assert timeline.step_at(one.start_s) == one
        assert timeline.step_at((one.start_s + one.end_s) / 2) == one
    assert timeline.step_at(timeline.duration_s) == steps[-1]
    assert {step.phase for step in steps} == set(PHASES)


@pytest.mark.parametrize("granularity", GRANULARITIES)
@pytest.mark.parametrize("n_rows", [1, 3])
def test_stepping_forth_and_back_visits_all_steps(granularity: Granularity, n_rows: int) -> None:
    trace, _ = random_pass(random.Random(4), n_rows)
    timeline = Timeline(trace, granularity)
    time_s, forth = 0.0, []
    while time_s < timeline.duration_s:
        time_s = timeline.next_stop(time_s)
        forth.append(timeline.step_at(time_s).index)
        assert timeline.moment(time_s).progress == 1.0
    assert forth == list(range(timeline.step_count))
    back = []
    while time_s > 0.0:
        time_s = timeline.previous_stop(time_s)
        back.append(timeline.step_at(time_s).index)
        assert timeline.moment(time_s).progress == 0.0
    assert back == forth[::-1]


def test_stepping_back_from_inside_a_step_goes_to_its_start() -> None:
    timeline = Timeline(three_facts(), "node")
    step = timeline.step(3)
    inside = step.start_s + 0.3 * (step.end_s - step.start_s)
    assert timeline.previous_stop(inside) == step.start_s
    assert timeline.previous_stop(step.start_s) == timeline.step(2).start_s
    assert timeline.previous_stop(0.0) == 0.0
    assert timeline.next_stop(timeline.duration_s) == timeline.duration_s


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_every_edge_and_node_has_its_step_in_every_phase(granularity: Granularity) -> None:
    trace = three_facts()
    network, timeline = trace.experiment.network, Timeline(trace, granularity)
    steps = [timeline.step(index) for index in range(timeline.step_count)]
    for phase in ("forward", "backward", "update"):
        edges = [edge for step in steps if step.phase == phase for edge in step.edges]
        assert sorted(edges) == sorted(network.edge_keys)
        nodes = {node for step in steps if step.phase == phase for node in step.nodes}
        assert nodes >= set(network.nodes) - set(network.inputs)
    if granularity == "edge":
        assert all(len(step.edges) <= 1 for step in steps)
        assert [s.part for s in steps[:6]] == ["read", "send", "send", "send", "sum", "squash"]


def test_edges_with_one_weight_change_in_one_step() -> None:
    trace = three_facts()
    network = trace.experiment.network
    one = [dataclasses.replace(edge, parameter=0) for edge in network.edges.values()]
    shared = Experiment(Network.build(network.nodes.values(), one), None, Learning())
    trace = pass_over(shared, LearnerState(Parameters.zeros(shared.network)), [[1.0, 2.0, 3.0]], [[1.0]])
    timeline = Timeline(trace, "edge")
    changes = [timeline.step(i) for i in range(timeline.step_count) if timeline.step(i).part == "change"]
    assert [len(step.edges) for step in changes if step.edges] == [12]
    assert timeline.moment(changes[1].start_s).updated_weights == pytest.approx([1.0])


def test_without_the_right_answer_there_is_a_forward_phase_only() -> None:
    timeline = Timeline(three_facts(answer=False), "node")
    assert [span.phase for span in timeline.phases] == ["forward"]
    final = timeline.moment(1e9)
    assert (final.squashed == 1.0).all()
    assert not final.compared.any()
    assert not final.blamed.any()
    assert not final.updated_weights.any()
    assert final.averaged == 0.0
    assert timeline.phase_start("loss") == timeline.duration_s


def test_later_examples_of_a_batch_are_faster_and_the_total_is_bounded() -> None:
    one = Timeline(three_facts(), "layer").duration_s
    for n_rows in (2, 10, 500):
        timeline = Timeline(three_facts(n_rows), "layer")
        spans = [span for span in timeline.phases if span.phase == "forward"]
        lengths = [span.end_s - span.start_s for span in spans]
        assert len(lengths) == n_rows
        assert all(later < earlier + 1e-9 for earlier, later in itertools.pairwise(lengths))
        assert timeline.duration_s < 5 * one


def test_a_mean_is_made_before_the_update_of_a_batch() -> None:
    timeline = Timeline(three_facts(3), "pass")
    parts = [timeline.step(index).part for index in range(timeline.step_count)]
    assert parts[-2:] == ["mean", "change"]
    mean = timeline.step(timeline.step_count - 2)
    assert (mean.phase, mean.row) == ("backward", 2)
    assert timeline.moment((mean.start_s + mean.end_s) / 2).averaged == pytest.approx(0.575, abs=0.01)
    assert timeline.moment(mean.end_s).averaged == 1.0


def test_times_off_the_timeline_count_as_its_ends() -> None:
    timeline = Timeline(three_facts(), "edge")
    for outside, end in ((-3.0, 0.0), (timeline.duration_s + 9.0, timeline.duration_s)):
        one, other = timeline.moment(outside), timeline.moment(end)
        assert one.time_s == end
        assert one.step == other.step
        for name, values in all_arrays(one).items():
            assert np.array_equal(values, all_arrays(other)[name])


def test_a_step_that_is_not_there_is_refused() -> None:
    timeline = Timeline(three_facts(), "node")
    for index in (-1, timeline.step_count):
        with pytest.raises(IndexError):
            timeline.step(index)


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_an_empty_network_has_a_short_pass(granularity: Granularity) -> None:
    experiment = Experiment()
    trace = pass_over(experiment, LearnerState(Parameters.zeros(experiment.network)), [[]])
    timeline = Timeline(trace, granularity)
    assert timeline.duration_s > 0
    assert timeline.moment(0.1).phase == "forward"
    assert timeline.step_at(0.1).nodes == ()


def test_without_outputs_nothing_is_shared_out_among_them() -> None:
    network = Network.build([Node(1, "input"), Node(2, "hidden", "tanh")], [Edge(1, 2, 0)])
    experiment = Experiment(network, None, Learning(loss="softmax_cross_entropy"))
    trace = pass_over(experiment, LearnerState(Parameters.zeros(network)), [[0.5]])
    timeline = Timeline(trace, "node")
    steps = [timeline.step(index) for index in range(timeline.step_count)]
    assert steps
    assert "softmax" not in [step.part for step in steps]
    assert all(narrate(trace, step, "words").title for step in steps)


def test_the_function_and_the_timeline_agree() -> None:
    trace = three_facts()
    one, other = moment(trace, 4.0, "node"), Timeline(trace, "node").moment(4.0)
    assert one.step == other.step
    assert np.array_equal(one.carried, other.carried)


def test_a_moment_of_2048_edges_is_cheap_and_the_largest_network_is_laid_out_soon() -> None:
    """The bounds, of this process's own time, are ten times what was measured."""
    for sizes, build_s, moment_s in (([32, 32, 32], 0.05, 0.002), ([400, 250, 400], 1.5, 0.02)):
        network = layered(sizes)
        n_edges, n_nodes = len(network.edges), len(network.nodes)
        many, none = np.zeros((1, n_nodes)), np.zeros((1, sizes[-1]))
        zeros = Parameters.zeros(network)
        trace = Trace(
            experiment=Experiment(network),
            rows=np.zeros(1, np.int64),
            inputs=np.zeros((1, sizes[0])),
            targets=none,
            sums=many,
            activations=many,
            probabilities=none,
            output_losses=none,
            losses=np.zeros(1),
            loss=0.0,
            penalty=0.0,
            dl_da=many,
            dl_dz=many,
            edge_gradients=np.zeros((1, n_edges)),
            weight_gradients=np.zeros(n_edges),
            penalty_gradients=np.zeros(n_edges),
            bias_gradients=np.zeros(n_nodes),
            old=zeros,
            new=zeros,
        )
        assert network.order
        began = time.process_time()
        timeline = Timeline(trace, "edge")
        built = time.process_time()
        for time_s in np.linspace(0.0, timeline.duration_s, 20):
            timeline.moment(time_s)
        assert built - began < build_s
        assert (time.process_time() - built) / 20 < moment_s
