"""The layered layout: crossings counted by brute force, room between nodes, straight chains, speed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pytest

from playground.model.crossings import _inversions
from playground.model.distances import LAYER_DISTANCE, NODE_DISTANCE
from playground.model.keys import Role
from playground.model.layout import tidy
from playground.model.network import Edge, Group, Network, Node

Places = Mapping[int, tuple[float, float]]


def _network(sizes: list[int], edges: list[tuple[int, int]]) -> Network:
    """A network of layers with the given sizes; ids count from 1, layer by layer."""
    nodes, number = [], 0
    for layer, size in enumerate(sizes):
        role: Role = "input" if layer == 0 else "output" if layer == len(sizes) - 1 else "hidden"
        for _ in range(size):
            number += 1
            nodes.append(Node(number, role, x=200.0 * layer, y=100.0 * number))
    return Network.build(nodes, [Edge(s, t, i) for i, (s, t) in enumerate(edges)])


def _dense(sizes: list[int]) -> Network:
    ends = np.cumsum([0, *sizes])
    edges = [
        (int(s) + 1, int(t) + 1)
        for k in range(len(sizes) - 1)
        for s in range(ends[k], ends[k + 1])
        for t in range(ends[k + 1], ends[k + 2])
    ]
    return _network(sizes, edges)


def _random(rng: np.random.Generator, sizes: list[int], share: float) -> Network:
    ends = np.cumsum([0, *sizes])
    edges = [
        (int(s) + 1, int(t) + 1)
        for k in range(len(sizes) - 1)
        for s in range(ends[k], ends[k + 1])
        for t in range(ends[k + 1], ends[k + 2])
        if rng.random() < share
    ]
    return _network(sizes, edges)


def _crossed(network: Network, places: Places) -> int:
    """Crossings of straight edges, every pair tried."""

    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return float(np.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])))

    count = 0
    for (a, b), (c, d) in combinations(network.edges, 2):
        if len({a, b, c, d}) < 4:
            continue
        p, q, r, s = places[a], places[b], places[c], places[d]
        if side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0:
            count += 1
    return count


def _nearest(places: Places) -> float:
    points = np.array(list(places.values()))
    distance = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    return float((distance + np.diag(np.full(len(points), np.inf))).min())


def test_a_dense_network_stands_in_even_layers_about_one_line() -> None:
    places = tidy(_dense([3, 2, 1]))
    assert [places[i] for i in (1, 2, 3)] == [(0, -NODE_DISTANCE), (0, 0), (0, NODE_DISTANCE)]
    assert [places[i] for i in (4, 5)] == [
        (LAYER_DISTANCE, -NODE_DISTANCE / 2),
        (LAYER_DISTANCE, NODE_DISTANCE / 2),
    ]
    assert places[6] == (2 * LAYER_DISTANCE, 0)


def test_a_reversed_ladder_is_untangled() -> None:
    network = _network([6, 6, 6], [(i, 13 - i) for i in range(1, 7)] + [(i, 25 - i) for i in range(7, 13)])
    places = tidy(network)
    assert _crossed(network, places) == 0
    for source, target in network.edges:
        assert places[source][1] == pytest.approx(places[target][1], abs=1)


@pytest.mark.parametrize("seed", range(12))
def test_crossings_never_grow_and_mostly_fall(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = _random(rng, [5, 7, 6, 4], 0.25)
    before = {node.id: (node.x, node.y) for node in network.nodes.values()}
    layered = tidy(network)
    order = {node: (layered[node][0], before[node][1]) for node in before}
    connected = {n for edge in network.edges for n in edge}
    assert set(layered) == set(before)
    assert _crossed(network, layered) <= _crossed(network, order)
    assert len(connected) > 4


def test_a_shuffled_planar_network_gets_back_few_crossings() -> None:
    rng = np.random.default_rng(3)
    width, depth = 8, 5
    shuffled = [rng.permutation(width) for _ in range(depth)]
    number = {(k, int(p)): 1 + k * width + int(i) for k in range(depth) for i, p in enumerate(shuffled[k])}
    edges = [
        (number[k, i], number[k + 1, j])
        for k in range(depth - 1)
        for i in range(width)
        for j in (i, i + 1)
        if j < width
    ]
    network = _network([width] * depth, edges)
    start = {node.id: (node.x, node.y) for node in network.nodes.values()}
    assert _crossed(network, start) > 150
    assert _crossed(network, tidy(network)) <= 12


@pytest.mark.parametrize("seed", range(6))
def test_nodes_never_overlap(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sizes = [int(n) for n in rng.integers(1, 24, size=5)]
    assert _nearest(tidy(_random(rng, sizes, 0.3))) >= 80


def test_every_edge_runs_to_the_right_and_inputs_and_outputs_stand_at_the_ends() -> None:
    network = _network([3, 4, 4, 2], [(1, 4), (2, 5), (4, 8), (5, 9), (8, 12), (9, 13), (1, 12), (3, 13)])
    places = tidy(network)
    assert all(places[s][0] < places[t][0] for s, t in network.edges)
    xs = [x for x, _ in places.values()]
    assert all(places[node][0] == min(xs) for node in network.inputs)
    assert all(places[node][0] == max(xs) for node in network.outputs)


def test_a_skip_connection_passes_beside_the_nodes_between() -> None:
    network = _network([2, 1, 1, 1], [(1, 3), (3, 4), (4, 5), (2, 5)])
    places = tidy(network)
    assert places[1][1] == pytest.approx(places[3][1], abs=1)
    assert places[3][1] == pytest.approx(places[4][1], abs=1)


def test_a_straight_chain_is_straight() -> None:
    network = _network([1] * 9, [(i, i + 1) for i in range(1, 9)])
    assert {y for _, y in tidy(network).values()} == {0.0}


def test_a_layer_group_stands_in_one_column_and_together() -> None:
    nodes = [Node(i, "input", y=float(i)) for i in (1, 2)]
    nodes += [Node(i, "hidden", group=1 + i % 2, y=float(i)) for i in range(3, 9)]
    nodes += [Node(9, "output")]
    edges = [(1, 3), (1, 4), (2, 5), (2, 8), (3, 9), (6, 9), (7, 9)]
    network = Network.build(
        nodes, [Edge(s, t, i) for i, (s, t) in enumerate(edges)], [Group(1, "A"), Group(2, "B")]
    )
    places = tidy(network)
    for group in (1, 2):
        members = sorted(places[n][1] for n in network.members(group))
        others = [places[n][1] for n in network.members(3 - group)]
        assert len({places[n][0] for n in network.members(group)}) == 1
        assert not any(members[0] < y < members[-1] for y in others)


def test_unconnected_hidden_nodes_are_set_aside_below() -> None:
    network = _network([2, 3, 1], [(1, 3), (2, 3), (3, 6)])
    places = tidy(network)
    lowest = max(places[n][1] for n in (1, 2, 3, 6))
    assert min(places[4][1], places[5][1]) > lowest + 68
    assert places[4] != places[5]


def test_tall_layers_stand_further_apart() -> None:
    places = tidy(_dense([40, 40, 1]))
    assert places[41][0] - places[1][0] > LAYER_DISTANCE
    assert places[81][0] - places[41][0] == places[41][0] - places[1][0]


def test_nothing_and_one_node() -> None:
    assert tidy(Network.build()) == {}
    assert set(tidy(Network.build([Node(4, "hidden")]))) == {4}
    assert set(tidy(Network.build([Node(4, "output")]))) == {4}


def test_the_same_network_gives_the_same_places() -> None:
    network = _random(np.random.default_rng(5), [6, 8, 8, 3], 0.3)
    assert tidy(network) == tidy(Network.build(network.nodes.values(), network.edges.values()))


def test_inversions_against_brute_force() -> None:
    rng = np.random.default_rng(0)
    for size in (0, 1, 2, 5, 40, 200):
        values = rng.integers(0, max(1, size // 2), size).astype(np.intp)
        expected = sum(a > b for a, b in combinations(values.tolist(), 2))
        assert _inversions(values) == expected


@pytest.mark.parametrize("shape", ["random", "layers", "chain"])
def test_the_largest_networks_take_a_second_or_two(shape: str) -> None:
    rng = np.random.default_rng(1)
    if shape == "chain":
        network = _network([1] * 10_000, [(i, i + 1) for i in range(1, 10_000)])
    elif shape == "layers":
        network = _dense([100, 400, 300, 100, 10])
    else:
        pairs = np.sort(rng.integers(101, 9_901, (400_000, 2)), axis=1)
        pairs = np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)
        keep = rng.permutation(len(pairs))[:200_000]
        network = _network([100, 9_800, 100], [(int(s), int(t)) for s, t in pairs[keep]])
    _ = network.order
    start = time.process_time()
    places = tidy(network)
    seconds = time.process_time() - start
    assert len(places) == len(network.nodes)
    assert seconds < 4, f"{seconds:.1f} s"  # 2 s on a quiet machine; twice that where others compute
