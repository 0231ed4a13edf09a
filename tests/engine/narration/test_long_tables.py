"""Tables of very many: the strongest twelve, and one row for the others that makes the sum come out."""

from __future__ import annotations

import random

import numpy as np
import pytest

from playground.engine.narration import narrate, narrate_node
from playground.engine.timeline import Timeline
from playground.model.experiment import Experiment, Learning
from playground.model.narration import ArithmeticRow
from playground.model.trace import LearnerState, Trace
from tests.engine.passes import layered, pass_over, random_parameters

INPUTS, HIDDEN, OUTPUTS = 20, 15, 14


def wide_pass(n_rows: int = 1) -> Trace:
    rng = random.Random(6)
    network = layered([INPUTS, HIDDEN, OUTPUTS])
    state = LearnerState(random_parameters(rng, network))
    inputs = [[rng.uniform(-2, 2) for _ in range(INPUTS)] for _ in range(n_rows)]
    answers = [[rng.uniform(-1, 1) for _ in range(OUTPUTS)] for _ in range(n_rows)]
    return pass_over(Experiment(network, None, Learning()), state, inputs, answers)


def split_rows(rows: tuple[ArithmeticRow, ...], others: str) -> tuple[list[float], float]:
    """The results above the row of the others, and that row's."""
    place = next(i for i, row in enumerate(rows) if others in row.label.template)
    return [row.result for row in rows[:place]], rows[place].result


def test_the_products_of_a_node_add_up_to_its_sum() -> None:
    trace = wide_pass()
    network = trace.experiment.network
    node = network.outputs[0] - HIDDEN  # the first hidden node
    rows = narrate_node(trace, 0, node, "numbers").rows
    listed, rest = split_rows(rows, "others together")
    products = [
        trace.old.weight(network, (s, node)) * float(trace.activations[0, network.node_index[s]])
        for s in network.incoming[node]
    ]
    strongest = sorted(products, key=abs)[-12:]
    assert sorted(listed) == pytest.approx(sorted(strongest))
    assert sum(listed) + rest + trace.old.bias(network, node) == pytest.approx(
        float(trace.sums[0, network.node_index[node]])
    )


def test_the_blame_of_a_node_adds_up() -> None:
    trace = wide_pass()
    network = trace.experiment.network
    node = network.outputs[0] - 1  # the last hidden node
    rows = narrate_node(trace, 0, node, "numbers").rows
    from_others = [row for row in rows if row.label.template == "Blame from {node}"]
    assert len(from_others) == 12
    rest = rows[rows.index(from_others[-1]) + 1]
    assert rest.label.values["count"] == OUTPUTS - 12
    total = sum(row.result for row in from_others) + rest.result
    assert total == pytest.approx(float(trace.dl_da[0, network.node_index[node]]))


def test_the_losses_of_many_outputs_add_up() -> None:
    trace = wide_pass()
    timeline = Timeline(trace, "pass")
    rows = narrate(trace, timeline.step(1), "numbers").rows
    listed, rest = split_rows(rows, "others together")
    assert len(listed) == 12
    assert sum(listed) + rest == pytest.approx(float(trace.losses[0]))
    assert rows[-1].result == pytest.approx(float(trace.losses[0]))


def test_the_gradients_and_changes_of_a_whole_pass_add_up() -> None:
    trace = wide_pass()
    timeline = Timeline(trace, "pass")
    rows = narrate(trace, timeline.step(2), "numbers").rows
    listed, _ = split_rows(rows, "other weights together")
    edge_rows, rest = split_rows(rows[len(listed) - 12 :], "other weights together")
    assert sum(edge_rows) + rest == pytest.approx(float(trace.edge_gradients[0].sum()))
    largest = np.abs(trace.edge_gradients[0]).max()
    assert max(abs(result) for result in edge_rows) == pytest.approx(float(largest))
    changes = narrate(trace, timeline.step(3), "numbers").rows
    listed, rest = split_rows(changes, "other weights")
    moved = trace.new.weights - trace.old.weights
    kept = np.argsort(-np.abs(moved))[12:]
    assert rest == pytest.approx(float(moved[kept].mean()))
    assert sorted(listed) == pytest.approx(sorted(np.delete(trace.new.weights, kept)))


def test_inputs_and_layers_show_the_others_on_average() -> None:
    trace = wide_pass()
    rows = narrate(trace, Timeline(trace, "layer").step(0), "numbers").rows
    listed, rest = split_rows(rows, "others, on average")
    assert sum(listed) + rest * (INPUTS - 12) == pytest.approx(float(trace.inputs[0].sum()))
    layer = narrate(trace, Timeline(trace, "layer").step(1), "numbers").rows
    listed, rest = split_rows(layer, "others, on average")
    hidden = trace.activations[0, INPUTS : INPUTS + HIDDEN]
    assert sum(listed) + rest * (HIDDEN - 12) == pytest.approx(float(hidden.sum()))


def test_the_mean_of_a_batch_lists_the_strongest_and_the_rest() -> None:
    trace = wide_pass(6)
    timeline = Timeline(trace, "pass")
    mean = next(timeline.step(i) for i in range(timeline.step_count) if timeline.step(i).part == "mean")
    listed, rest = split_rows(narrate(trace, mean, "numbers").rows, "others together")
    assert len(listed) == 12
    assert sum(listed) + rest == pytest.approx(float(trace.edge_gradients.mean(axis=0).sum()))


def test_a_long_sum_in_a_formula_holds_its_total() -> None:
    trace = wide_pass()
    network = trace.experiment.network
    node = network.outputs[0] - HIDDEN
    formula = narrate_node(trace, 0, node, "maths").formulas[0]
    terms = formula.numbers.values["terms"]
    more = terms.values["right"]  # type: ignore[union-attr]
    products = sorted(
        (
            trace.old.weight(network, (s, node)) * float(trace.activations[0, network.node_index[s]])
            for s in network.incoming[node]
        ),
        key=abs,
    )
    assert more.values["count"] == INPUTS - 7  # type: ignore[union-attr]
    assert more.values["total"] == pytest.approx(sum(products[:-7]))  # type: ignore[union-attr]
