"""Places of nodes, edges and pills against plain computations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from tests.widgets.canvas.staged import avocado_network, avocado_stage, random_trace
from widgets.canvas import curve
from widgets.canvas.geometry import BASE_RADIUS, CARD_WIDTH, MOST_DRAWN, Geometry, edge_widths, strongest
from widgets.canvas.routes import CLEARANCE, NOTES_BELOW


def geometry_of(network: Network, scale: float = 1.0) -> Geometry:
    return Geometry.of(network, Parameters.zeros(network), scale)


def test_nodes_lie_where_the_network_says() -> None:
    network = avocado_network()
    geometry = geometry_of(network)
    wanted = [(node.x, node.y) for node in network.nodes.values()]
    assert geometry.centres.tolist() == [list(place) for place in wanted]


@pytest.mark.parametrize("seed", range(12))
def test_edges_run_from_rim_to_rim(seed: int) -> None:
    network = random_trace(seed).experiment.network
    geometry = geometry_of(network)
    for (source, target), control in zip(network.edges, geometry.curves, strict=True):
        start = geometry.centres[network.node_index[source]]
        end = geometry.centres[network.node_index[target]]
        assert np.linalg.norm(control[0] - start) == pytest.approx(geometry.radius)
        assert np.linalg.norm(control[3] - end) == pytest.approx(geometry.radius)


def test_edges_to_the_right_leave_and_arrive_level() -> None:
    geometry = geometry_of(avocado_network())
    assert np.allclose(geometry.curves[:, 0, 1], geometry.curves[:, 1, 1])
    assert np.allclose(geometry.curves[:, 2, 1], geometry.curves[:, 3, 1])
    assert (np.diff(geometry.curves[:, :, 0], axis=1) >= -1e-9).all()


def test_a_skip_connection_bows_round_the_node_in_its_way() -> None:
    nodes = [Node(1, "input"), Node(2, "hidden", x=220.0), Node(3, "output", x=440.0)]
    network = Network.build(nodes, [Edge(1, 2, 1), Edge(2, 3, 2), Edge(1, 3, 3)])
    geometry = geometry_of(network)
    along = curve.sampled(geometry.curves[2:], 200)[0]
    away = np.linalg.norm(along - geometry.centres[1], axis=1)
    assert away.min() >= BASE_RADIUS + CLEARANCE - NOTES_BELOW - 1
    straight = curve.sampled(geometry.curves[:1], 20)[0]
    assert np.allclose(straight[:, 1], 0.0)


def test_widths_grow_with_the_size_of_the_weight_and_are_bounded() -> None:
    weights = np.array([0.0, 0.1, -0.5, 1.0, -2.0, 50.0, np.inf, np.nan])
    widths = edge_widths(weights)
    assert widths[0] == pytest.approx(1.2)
    assert (np.diff(widths[:6]) > 0).all()
    assert (widths <= 8.0).all()
    assert edge_widths(np.array([-0.7]))[0] == edge_widths(np.array([0.7]))[0]


def test_pills_lie_on_their_edges_and_hardly_cover_each_other() -> None:
    geometry = geometry_of(avocado_network())
    assert np.allclose(curve.points(geometry.curves, geometry.pill_at), geometry.pill_centres)
    rects = geometry.pill_rects
    area = (rects[:, 2] - rects[:, 0]) * (rects[:, 3] - rects[:, 1])
    covered = 0.0
    for first in range(len(rects)):
        for second in range(first):
            wide = min(rects[first, 2], rects[second, 2]) - max(rects[first, 0], rects[second, 0])
            high = min(rects[first, 3], rects[second, 3]) - max(rects[first, 1], rects[second, 1])
            covered += max(wide, 0.0) * max(high, 0.0)
    assert covered < 0.05 * area.sum()


def test_other_values_change_widths_only() -> None:
    stage = avocado_stage()
    before = Geometry.of(stage.network, Parameters.zeros(stage.network))
    after = before.with_parameters(stage.parameters)
    fresh = Geometry.of(stage.network, stage.parameters)
    assert after.curves is before.curves
    assert np.array_equal(after.widths, fresh.widths)
    assert np.array_equal(after.drawn, fresh.drawn)


def test_only_the_strongest_of_very_many_edges_are_drawn() -> None:
    count = 120
    nodes = [Node(i + 1, "input", y=100.0 * i) for i in range(count)]
    nodes += [Node(count + i + 1, "output", x=300.0, y=100.0 * i) for i in range(count)]
    pairs = [(s + 1, count + t + 1) for s in range(count) for t in range(count)]
    network = Network.build(nodes, [Edge(s, t, number) for number, (s, t) in enumerate(pairs)])
    rng = np.random.default_rng(0)
    weights = rng.normal(size=len(pairs))
    geometry = Geometry.of(network, Parameters(weights, np.zeros(2 * count)))
    wanted = set(sorted(range(len(pairs)), key=lambda edge: -abs(weights[edge]))[:MOST_DRAWN])
    assert set(geometry.drawn.tolist()) == wanted
    assert np.isfinite(geometry.curves[geometry.drawn]).all()
    assert np.isnan(geometry.curves).any(axis=(1, 2)).sum() == len(pairs) - MOST_DRAWN
    other = geometry.with_parameters(Parameters(-weights[::-1].copy(), np.zeros(2 * count)))
    assert np.isfinite(other.curves[other.drawn]).all()
    assert np.isfinite(other.pill_centres[other.drawn]).all()


def test_the_weakest_are_drawn_first() -> None:
    weights = np.array([3.0, -1.0, 0.5, -4.0])
    assert strongest(weights).tolist() == [2, 1, 0, 3]
    assert set(strongest(weights, most=2).tolist()) == {0, 3}


def test_a_larger_scale_never_lets_nodes_touch() -> None:
    network = avocado_network()
    for scale in (1.0, 1.3, 2.0, 5.0):
        geometry = geometry_of(network, scale)
        away = np.linalg.norm(geometry.centres[:, None] - geometry.centres[None], axis=2)
        assert away[away > 0].min() > 2 * geometry.radius
        assert BASE_RADIUS <= geometry.radius <= BASE_RADIUS * scale


def test_everything_lies_within_the_bounds() -> None:
    geometry = geometry_of(avocado_network())
    left, top, right, bottom = geometry.bounds
    rects = np.concatenate((geometry.centres - geometry.radius, geometry.centres + geometry.radius), axis=1)
    assert (rects >= (left, top, left, top)).all()
    assert (rects <= (right, bottom, right, bottom)).all()


def test_a_network_of_nothing_has_a_place_too() -> None:
    geometry = geometry_of(Network.build())
    assert geometry.centres.shape == (0, 2)
    assert geometry.curves.shape == (0, 4, 2)
    left, top, right, bottom = geometry.bounds
    assert left < right
    assert top < bottom


def test_far_away_and_coinciding_nodes_give_finite_curves() -> None:
    network = avocado_network()
    nodes = list(network.nodes.values())
    far = Network.build(
        [replace(nodes[0], x=1e9, y=-1e9), *(replace(node, x=0.0, y=0.0) for node in nodes[1:])],
        network.edges.values(),
    )
    assert np.isfinite(geometry_of(far).curves).all()


def test_names_of_nodes_without_a_label_have_room() -> None:
    labelled = avocado_network()
    nameless = replace(labelled, nodes={key: replace(node, label="") for key, node in labelled.nodes.items()})
    left, _, right, _ = geometry_of(nameless).bounds
    centres = geometry_of(nameless).centres
    assert centres[:, 0].min() - left > BASE_RADIUS + 60
    assert right - centres[:, 0].max() > BASE_RADIUS + 60


def test_cards_that_tell_changes_hardly_cover_one_another() -> None:
    geometry = geometry_of(avocado_network())
    card = np.array([CARD_WIDTH - 4, 42.0])
    away = np.abs(geometry.pill_centres[:, None] - geometry.pill_centres)
    shared = np.maximum(card - away, 0.0).prod(axis=-1)
    assert shared[~np.eye(len(away), dtype=bool)].max() < 0.1 * card.prod()
