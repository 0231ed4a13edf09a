"""Every painted number is the trace's, at any time of a pass."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.engine.timeline import Timeline
from playground.model.keys import GRANULARITIES
from playground.model.message import parse_number
from playground.model.parameters import Parameters
from playground.model.stage import Stage
from playground.model.trace import Trace
from tests.widgets.canvas.staged import avocado_network, avocado_stage, avocado_trace, random_trace
from widgets.canvas.labels import Label, labels


def at_rest(trace: Trace) -> Stage:
    return Stage(trace.experiment, trace.old, trace)


def of_kind(found: list[Label], *kinds: str) -> dict[object, Label]:
    return {label.element: label for label in found if label.kind in kinds}


def true_values(trace: Trace, row: int, label: Label) -> list[float]:
    """What the trace has for a label, computed from its arrays one number at a time."""
    network = trace.experiment.network
    element = label.element
    if isinstance(element, tuple):
        edge = network.edges[element]
        at, parameter = network.edge_index[element], network.parameter_index[edge.parameter]
        source = trace.activations[row, network.node_index[edge.source]]
        values = {
            "weight": trace.old.weights[parameter],
            "source": source,
            "product": trace.old.weights[parameter] * source,
            "travelling gradient": trace.edge_gradients[row, at],
            "gradient": trace.edge_gradients[row, at],
            "mean gradient": trace.edge_gradients[:, at].sum() / trace.n_rows,
            "pile": row + 1,
        }
        earlier = {"gradient": trace.edge_gradients[row - 1, at], "pile": row}
        new = {"weight": trace.new.weights[parameter]}
        return [float(table[label.kind]) for table in (values, earlier, new) if label.kind in table]
    if element is None:
        return [float(trace.losses[row]), float(trace.losses.mean())]
    node = network.node_index[element]
    if label.kind == "partial":
        return [float(x) for x in partial_sums(trace, row, element)]
    if label.kind in {"target", "probability"}:
        table = {"target": trace.targets, "probability": trace.probabilities}[label.kind]
        return [float(table[row, network.outputs.index(element)])]
    values = {
        "value": trace.activations[row, node],
        "sum": trace.sums[row, node],
        "bias": trace.old.biases[node],
        "dl_da": trace.dl_da[row, node],
        "dl_dz": trace.dl_dz[row, node],
    }
    new = {"bias": trace.new.biases[node]}
    return [float(table[label.kind]) for table in (values, new) if label.kind in table]


def partial_sums(trace: Trace, row: int, node: int) -> set[float]:
    """The bias with the products of every set of incoming edges."""
    network = trace.experiment.network
    sums = {float(trace.old.biases[network.node_index[node]])}
    for source in network.incoming[node]:
        weight = trace.old.weights[network.parameter_index[network.edges[(source, node)].parameter]]
        product = float(weight * trace.activations[row, network.node_index[source]])
        sums |= {known + product for known in sums}
    return sums


def check(trace: Trace, stage: Stage, row: int) -> int:
    found = labels(stage)
    for label in found:
        wanted = true_values(trace, row, label)
        assert any(label.value == pytest.approx(value, rel=1e-12, abs=1e-12) for value in wanted), label
        texts = label.text.removeprefix("b ").removeprefix("×").split(" → ")
        shown = [label.value] if label.before is None else [label.before, label.value]
        assert len(texts) == len(shown)
        for text, value in zip(texts, shown, strict=True):
            assert parse_number(text.removeprefix("+")) == pytest.approx(value, rel=0.06, abs=5.1e-3)
    return len(found)


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_every_label_at_200_times_is_the_trace_s(granularity: str) -> None:
    trace = avocado_trace(rows=3)
    timeline = Timeline(trace, granularity)  # type: ignore[arg-type]  # one of the keys
    rng = np.random.default_rng(0)
    kinds, checked = set(), 0
    for time_s in rng.uniform(0, timeline.duration_s, 200):
        moment = timeline.moment(float(time_s))
        stage = replace(at_rest(trace), moment=moment)
        checked += check(trace, stage, moment.row)
        kinds |= {label.kind for label in labels(stage)}
    assert checked > 200 * 7
    assert {"value", "bias", "weight", "source", "product", "gradient", "dl_dz", "target", "loss"} <= kinds


@pytest.mark.parametrize("seed", range(12))
def test_random_networks_show_their_traces(seed: int) -> None:
    trace = random_trace(seed)
    timeline = Timeline(trace, "layer")
    times = np.random.default_rng(seed).uniform(0, timeline.duration_s, 25)
    checked = [
        check(trace, replace(at_rest(trace), moment=moment), moment.row)
        for moment in (timeline.moment(float(time_s)) for time_s in times)
    ]
    assert min(checked) > 0


def test_at_rest_every_node_shows_its_value_and_nothing_travels() -> None:
    stage = avocado_stage()
    trace = stage.trace
    assert trace is not None
    found = labels(stage)
    values = of_kind(found, "value")
    assert [values[node].value for node in stage.network.nodes] == trace.activations[0].tolist()
    assert not of_kind(found, "source", "product", "travelling gradient", "gradient", "dl_da", "dl_dz")
    assert of_kind(found, "loss")[None].value == trace.losses[0]
    assert of_kind(found, "target")[7].value == 1.0


def test_without_a_trace_only_weights_and_biases_are_shown() -> None:
    stage = replace(avocado_stage(), trace=None)
    found = labels(stage)
    assert {label.kind for label in found} == {"weight", "bias"}
    weights = of_kind(found, "weight")
    assert [weights[key].value for key in stage.network.edges] == stage.parameters.weights.tolist()


def test_nothing_is_shown_before_it_is_computed() -> None:
    trace = avocado_trace()
    timeline = Timeline(trace, "node")
    found = labels(replace(at_rest(trace), moment=timeline.moment(0.0)))
    assert set(of_kind(found, "value", "sum", "partial")) <= {1, 2, 3}
    assert not of_kind(found, "loss", "target", "dl_da", "gradient")


def test_at_the_end_every_weight_shows_old_and_new() -> None:
    trace = avocado_trace()
    timeline = Timeline(trace, "pass")
    stage = replace(at_rest(trace), moment=timeline.moment(timeline.duration_s))
    weights = of_kind(labels(stage), "weight")
    assert [weights[key].before for key in stage.network.edges] == trace.old.weights.tolist()
    assert [weights[key].value for key in stage.network.edges] == trace.new.weights.tolist()


def test_the_mean_of_a_batch_is_shown_before_the_update() -> None:
    trace = avocado_trace(rows=3)
    timeline = Timeline(trace, "pass")
    update = next(span for span in timeline.phases if span.phase == "update")
    stage = replace(at_rest(trace), moment=timeline.moment(update.start_s))
    means = of_kind(labels(stage), "mean gradient")
    wanted = trace.edge_gradients.mean(axis=0)
    assert [means[key].value for key in stage.network.edges] == pytest.approx(wanted.tolist())
    assert of_kind(labels(stage), "loss")[None].value == pytest.approx(trace.loss)


def test_a_trace_of_another_network_is_passed_over() -> None:
    other = random_trace(3)
    network = avocado_network()
    stage = Stage(replace(other.experiment, network=network), Parameters.zeros(network), other)
    assert {label.kind for label in labels(stage)} == {"weight", "bias"}


def test_a_network_whose_nodes_were_moved_keeps_its_numbers() -> None:
    stage = avocado_stage()
    network = stage.network
    moved = replace(network.nodes[4], x=network.nodes[4].x + 30.0)
    nodes = [moved if node.id == 4 else node for node in network.nodes.values()]
    experiment = replace(stage.experiment, network=type(network).build(nodes, network.edges.values()))
    assert of_kind(labels(replace(stage, experiment=experiment)), "value")
