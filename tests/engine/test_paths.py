"""Paths against going through all of them, against slopes measured by small changes, and in large numbers."""

from __future__ import annotations

import random
import time

import pytest

from playground.engine.paths import path_edges, strongest_paths
from playground.model.experiment import Experiment, Learning
from playground.model.keys import LOSSES, Loss
from playground.model.network import Edge, EdgeKey, Network, Node
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState, Trace
from tests.engine.passes import SLOPE, layered, pass_over, random_parameters, random_pass, random_rows


def all_paths(network: Network, edge: EdgeKey) -> list[tuple[EdgeKey, ...]]:
    """Every path from an edge to an output, one by one."""
    if network.nodes[edge[1]].role == "output":
        return [(edge,)]
    return [
        (edge, *rest)
        for target in network.outgoing[edge[1]]
        for rest in all_paths(network, (edge[1], target))
    ]


def product(trace: Trace, row: int, path: tuple[EdgeKey, ...]) -> float:
    network = trace.experiment.network
    at = network.node_index
    found = float(trace.activations[row, at[path[0][0]]]) * float(trace.dl_dz[row, at[path[-1][1]]])
    for source, target in path[1:]:
        slope = SLOPE[network.nodes[source].activation](float(trace.sums[row, at[source]]))
        found *= slope * trace.old.weight(network, (source, target))
    return found


def deep_pass(sizes: tuple[int, ...] = (7, 8, 8, 8, 8, 8, 8, 1)) -> Trace:
    rng = random.Random(1)
    network = layered(sizes)
    experiment = Experiment(network, None, Learning())
    state = LearnerState(random_parameters(rng, network))
    return pass_over(experiment, state, *random_rows(rng, experiment, 1))


@pytest.mark.parametrize("loss", LOSSES)
def test_paths_are_those_found_one_by_one(loss: Loss) -> None:
    rng = random.Random(LOSSES.index(loss))
    checked = 0
    for _ in range(40):
        trace, _ = random_pass(rng, rng.choice([1, 2]), loss)
        row = trace.n_rows - 1
        for edge in trace.experiment.network.edges:
            everything = {
                path: product(trace, row, path) for path in all_paths(trace.experiment.network, edge)
            }
            found = strongest_paths(trace, row, edge, count=3)
            assert found.count == len(everything)
            assert found.rest_count == max(0, len(everything) - 3)
            strongest = sorted(everything.values(), key=abs, reverse=True)[:3]
            assert [abs(path.product) for path in found.paths] == pytest.approx([abs(p) for p in strongest])
            assert len({path.edges for path in found.paths}) == len(found.paths)
            for path in found.paths:
                assert path.product == pytest.approx(everything[path.edges], rel=1e-12, abs=1e-300)
            rest = sum(everything.values()) - sum(path.product for path in found.paths)
            magnitude = sum(abs(value) for value in everything.values())
            assert found.rest == pytest.approx(rest if found.rest_count else 0.0, abs=1e-12 * magnitude)
            checked += 1
    assert checked > 300


def test_the_rows_sum_to_the_gradient_to_a_trillionth() -> None:
    rng = random.Random(8)
    checked = 0
    for _ in range(60):
        trace, _ = random_pass(rng)
        for place, edge in enumerate(trace.experiment.network.edge_keys):
            found = strongest_paths(trace, 0, edge)
            rows = [path.product for path in found.paths] + [found.rest]
            shown = float(trace.edge_gradients[0, place])
            assert found.total == shown
            assert abs(sum(rows) - shown) <= 1e-12 * sum(abs(row) for row in rows)
            checked += 1
    assert checked > 300


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    """Against central differences; kinks are left out."""
    rng = random.Random(3)
    checked = 0
    for _ in range(25):
        trace, state = random_pass(rng)
        network = trace.experiment.network
        if {"relu", "leaky_relu"} & {node.activation for node in network.nodes.values()}:
            continue
        for edge in network.edges:
            own = network.edges[edge].parameter
            if [e.parameter for e in network.edges.values()].count(own) > 1:
                continue
            losses = []
            for step in (1e-5, -1e-5):
                weight = trace.old.weight(network, edge) + step
                moved = LearnerState(state.parameters.changed(network, {own: weight}, {}), state.moments, 1)
                after = pass_over(trace.experiment, moved, trace.inputs.tolist(), trace.targets.tolist())
                losses.append(float(after.losses[0]))
            slope = (losses[0] - losses[1]) / 2e-5
            found = strongest_paths(trace, 0, edge)
            total = sum(path.product for path in found.paths) + found.rest
            assert total == pytest.approx(slope, rel=1e-5, abs=1e-7)
            checked += 1
    assert checked > 50


def test_a_deep_network_has_32768_paths_and_answers_at_once() -> None:
    trace = deep_pass()
    edge = trace.experiment.network.edge_keys[0]
    began = time.process_time()
    found = strongest_paths(trace, 0, edge)
    took_s = time.process_time() - began
    assert found.count == 8**5 == 32768
    assert found.rest_count == 32768 - 12
    assert len(found.paths) == 12
    rows = [path.product for path in found.paths] + [found.rest]
    assert abs(sum(rows) - found.total) <= 1e-12 * sum(abs(row) for row in rows)
    everything = all_paths(trace.experiment.network, edge)
    strongest = max(everything, key=lambda path: abs(product(trace, 0, path)))
    assert found.paths[0].edges == strongest
    assert took_s < 0.1  # measured: 2 ms of this process's own time


def test_the_count_of_paths_may_be_larger_than_any_machine_number() -> None:
    trace = deep_pass((1, *[4] * 40, 1))
    found = strongest_paths(trace, 0, (1, 2))
    assert found.count == 4**39
    assert found.rest_count == 4**39 - 12


def test_an_edge_into_an_output_has_one_path() -> None:
    trace = deep_pass((2, 2, 1))
    found = strongest_paths(trace, 0, (3, 5))
    assert [path.edges for path in found.paths] == [((3, 5),)]
    assert (found.count, found.rest_count, found.rest) == (1, 0, 0.0)
    assert found.paths[0].product == pytest.approx(found.total)


def test_an_edge_to_nowhere_has_none() -> None:
    network = Network.build(
        [Node(1, "input"), Node(2, "hidden", "tanh"), Node(3, "output")], [Edge(1, 2, 1), Edge(1, 3, 2)]
    )
    trace = pass_over(Experiment(network), LearnerState(Parameters.zeros(network)), [[1.0]], [[1.0]])
    found = strongest_paths(trace, 0, (1, 2))
    assert (found.paths, found.count, found.rest, found.total) == ((), 0, 0.0, 0.0)
    assert path_edges(found) == {}


def test_the_lit_edges_have_the_share_of_their_strongest_path() -> None:
    rng = random.Random(4)
    checked = 0
    for _ in range(40):
        trace, _ = random_pass(rng)
        for edge in trace.experiment.network.edges:
            everything = {
                path: abs(product(trace, 0, path)) for path in all_paths(trace.experiment.network, edge)
            }
            best = max(everything.values(), default=0.0)
            lit = path_edges(strongest_paths(trace, 0, edge))
            if best < 1e-12:
                continue
            for other in {key for path in everything for key in path}:
                share = max(value for path, value in everything.items() if other in path) / best
                if share > 0.021:
                    assert lit[other] == pytest.approx(share, rel=1e-9)
                    checked += 1
                elif share < 0.019:
                    assert other not in lit
            assert lit[edge] == 1.0
            assert set(lit) <= {key for path in everything for key in path}
    assert checked > 300


def test_what_is_not_there_is_refused() -> None:
    trace = deep_pass((2, 2, 1))
    with pytest.raises(KeyError):
        strongest_paths(trace, 0, (5, 1))
    forward_only = pass_over(trace.experiment, LearnerState(trace.old), [[1.0, 2.0]])
    with pytest.raises(ValueError, match="right answer"):
        strongest_paths(forward_only, 0, (1, 3))
