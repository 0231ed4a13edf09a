"""Hit-testing against brute force, its order of precedence, and its speed."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters
from tests.widgets.canvas.sketch import WEIGHTS, small_network
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.hit import EDGE_REACH_PX, RIM_OUTSIDE_PX, Chips, Hit, edges_in, hit, nodes_in

NO_CHIPS = Chips(np.zeros(0, np.intp), np.zeros((0, 4)))


def _geometry(network: Network, weights: dict[int, float]) -> Geometry:
    return Geometry.of(network, Parameters.of(network, weights, {}))


def _random(seed: int, count: int, edges: int) -> Geometry:
    rng = np.random.default_rng(seed)
    places = rng.uniform(-600, 600, (count, 2))
    places = places[np.argsort(places[:, 0])]
    nodes = [Node(i + 1, "hidden", x=float(x), y=float(y)) for i, (x, y) in enumerate(places)]
    pairs = np.unique(np.sort(rng.integers(1, count + 1, (edges * 2, 2)), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    pairs = pairs[rng.permutation(len(pairs))[:edges]]
    network = Network.build(nodes, [Edge(int(s), int(t), i) for i, (s, t) in enumerate(pairs)])
    return _geometry(network, {i: float(w) for i, w in enumerate(rng.normal(0, 1.5, len(pairs)))})


def _beyond(control: Floats, half: float, spot: Floats) -> float:
    """Distance from a point to the border of a thick curve, by de Casteljau's construction."""
    t = np.linspace(0, 1, 2_000)[:, None]
    points = [np.broadcast_to(p, (2_000, 2)) for p in control]
    while len(points) > 1:
        points = [a * (1 - t) + b * t for a, b in pairwise(points)]
    return float(np.hypot(*(points[0] - spot).T).min()) - half


@pytest.mark.parametrize("seed", range(4))
def test_points_meet_what_brute_force_finds(seed: int) -> None:
    geometry = _random(seed, 9, 14)
    camera = Camera(zoom=0.6 + 0.3 * seed)
    rng = np.random.default_rng(seed + 100)
    checked = {"node": 0, "edge": 0, "nothing": 0}
    keys = geometry.network.edge_keys
    near_nodes = geometry.centres[rng.integers(0, 9, 60)] + rng.normal(0, 30, (60, 2))
    near_edges = geometry.curves[rng.integers(0, len(keys), 150), 1:3].mean(axis=1) + rng.normal(
        0, 8, (150, 2)
    )
    anywhere = rng.uniform((0, 0), (1440, 900), (150, 2))
    for point in np.concatenate((camera.to_view(near_nodes), camera.to_view(near_edges), anywhere)):
        spot = camera.to_scene(point)
        nodes = np.hypot(*(geometry.centres - spot).T) * camera.zoom
        reach = geometry.radius * camera.zoom + RIM_OUTSIDE_PX
        edges = np.array(
            [
                _beyond(geometry.curves[e], geometry.widths[e] / 2, spot) * camera.zoom
                for e in range(len(keys))
            ]
        )
        if np.abs(nodes - reach).min() < 0.5 or np.abs(edges - EDGE_REACH_PX).min() < 0.7:
            continue  # too near to a border for two ways of computing to agree
        found = hit(geometry, NO_CHIPS, camera, (float(point[0]), float(point[1])))
        if nodes.min() < reach:
            assert found.node == geometry.network.node_ids[int(nodes.argmin())]
            assert found.kind in {"node", "rim"}
            checked["node"] += 1
        elif edges.min() < EDGE_REACH_PX:
            assert found.kind == "edge"
            assert found.edge is not None
            assert edges[geometry.network.edge_index[found.edge]] < edges.min() + 0.7
            checked["edge"] += 1
        else:
            assert found == Hit()
            checked["nothing"] += 1
    assert min(checked.values()) > 5


def test_small_things_come_before_large_ones() -> None:
    network = small_network()
    geometry = _geometry(network, WEIGHTS)
    camera = Camera(220, 0, 1.5, 1000, 800)
    rects = np.full((5, 4), np.nan)
    rects[2] = (200, -40, 240, -20)
    chips = Chips(np.arange(5), rects)
    pill = camera.to_view(geometry.pill_centres[0])
    assert hit(geometry, chips, camera, (pill[0], pill[1])) == Hit("pill", edge=(1, 3))
    bias = camera.to_view((220, -30))
    assert hit(geometry, chips, camera, (bias[0], bias[1])) == Hit("bias", node=3)
    assert hit(geometry, NO_CHIPS, camera, (pill[0], pill[1])) == Hit("edge", edge=(1, 3))
    middle = camera.to_view((220, -65))
    assert hit(geometry, chips, camera, (middle[0], middle[1])) == Hit("node", node=3)
    rim = camera.to_view((220 + geometry.radius, -65))
    assert hit(geometry, NO_CHIPS, camera, (rim[0], rim[1])) == Hit("rim", node=3)


def test_the_reach_is_in_pixels_at_every_zoom() -> None:
    geometry = _geometry(small_network(), WEIGHTS)
    for zoom in (0.3, 1.0, 4.0):
        camera = Camera(110, -65, zoom, 800, 600)
        half = geometry.widths[0] / 2 * zoom
        x, y = camera.to_view((geometry.curves[0, 0] + geometry.curves[0, 3]) / 2)
        assert hit(geometry, NO_CHIPS, camera, (x, y - half - 5)).edge == (1, 3)
        assert hit(geometry, NO_CHIPS, camera, (x, y - half - 8)).kind == "nothing"


def test_nothing_on_an_empty_stage() -> None:
    network = Network.build()
    geometry = _geometry(network, {})
    assert hit(geometry, NO_CHIPS, Camera(), (3.0, 4.0)) == Hit()
    assert nodes_in(geometry, np.zeros(2), np.ones(2)) == []
    assert edges_in(geometry, np.zeros(2), np.ones(2)) == []


def test_a_rectangle_holds_what_lies_in_it() -> None:
    geometry = _geometry(small_network(), WEIGHTS)
    assert nodes_in(geometry, np.array([300.0, 100]), np.array([100.0, -100])) == [3, 4]
    everything = np.array([-1e4, -1e4]), np.array([1e4, 1e4])
    assert set(edges_in(geometry, *everything)) == set(geometry.network.edges)


@pytest.mark.parametrize(("nodes", "edges", "limit_ms"), [(140, 2_048, 4.0), (2_000, 200_000, 40.0)])
def test_a_hit_is_found_quickly(nodes: int, edges: int, limit_ms: float) -> None:
    geometry = _random(7, nodes, edges)
    assert len(geometry.network.edges) == edges
    camera = Camera()
    points = np.random.default_rng(1).uniform((0, 0), (1440, 900), (40, 2)).tolist()
    start = time.process_time()
    for x, y in points:
        hit(geometry, NO_CHIPS, camera, (x, y))
    mean_ms = (time.process_time() - start) / len(points) * 1_000
    assert mean_ms < limit_ms, f"{mean_ms:.2f} ms"


def test_a_hit_of_an_edge_is_one_that_is_drawn() -> None:
    geometry = _random(3, 9, 14)
    camera = Camera()
    middle = camera.to_view(geometry.curves[0].mean(axis=0))
    hidden = replace(geometry, drawn=geometry.drawn[:0])
    assert hit(hidden, NO_CHIPS, camera, (middle[0], middle[1])).kind != "edge"
