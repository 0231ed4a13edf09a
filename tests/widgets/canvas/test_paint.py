"""What is painted: pictures differ where they should, agree where they should, and never fail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from playground.engine.timeline import Timeline
from playground.model.experiment import Experiment
from playground.model.message import message
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from playground.model.stage import Selection, Stage
from resources.theme import DARK, LIGHT, Theme
from tests.widgets.canvas.staged import (
    avocado_stage,
    avocado_trace,
    colour_at,
    fitted,
    picture,
    pixels,
    random_trace,
)
from widgets.canvas import curve
from widgets.canvas.cache import PaintCache
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.style import Style

pytestmark = pytest.mark.usefixtures("qapp")


def differing(first: Stage, second: Stage, theme: Theme = LIGHT) -> np.ndarray:
    camera = fitted(first)
    away = pixels(picture(first, theme, camera)) - pixels(picture(second, theme, camera))
    return np.asarray(np.abs(away).max(axis=2) > 8, dtype=bool)


def near(mask: np.ndarray, place: np.ndarray, reach: float) -> np.ndarray:
    """The part of a mask within `reach` pixels of a place."""
    rows, columns = np.indices(mask.shape)
    return np.asarray(mask & (np.hypot(columns - place[0], rows - place[1]) <= reach))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_ground_has_the_theme_s_colour(theme: Theme) -> None:
    image = picture(avocado_stage(), theme)
    colours = {colour_at(image, x, y) for x in (1, 899) for y in (1, 599)}
    assert colours <= {QColor(theme.stage).name(), Style.of(theme).grid.name()}
    assert (pixels(image) != (255, 0, 255)).any(axis=2).all()


def test_edges_have_the_colour_of_their_sign() -> None:
    network = Network.build(
        [
            Node(1, "input"),
            Node(2, "input", y=130.0),
            Node(3, "output", x=220.0),
            Node(4, "output", x=220.0, y=130.0),
        ],
        [Edge(1, 3, 1), Edge(2, 4, 2)],
    )
    stage = Stage(Experiment(network), Parameters(np.array([2.0, -2.0]), np.zeros(4)))
    camera = fitted(stage)
    image = picture(stage, LIGHT, camera)
    geometry = Geometry.of(network, stage.parameters)
    # A quarter of the way to the pill the bare edge shows.
    for edge, colour in ((0, LIGHT.positive), (1, LIGHT.negative)):
        place = camera.to_view((geometry.curves[edge, 0] * 3 + geometry.pill_centres[edge]) / 4)
        assert colour_at(image, *place) == QColor(colour).name()


def test_water_rises_with_the_value() -> None:
    trace = avocado_trace()
    stage = Stage(trace.experiment, trace.old, trace)
    camera = fitted(stage)
    image = picture(stage, LIGHT, camera)
    geometry = Geometry.of(stage.network, stage.parameters)
    water, empty = Style.of(LIGHT).positive_water.name(), QColor(LIGHT.surface).name()
    # Squishiness is 0.8: full at 0.7 of the height, empty at 0.95; beside the number.
    x, y = geometry.centres[1]
    radius = geometry.radius
    inner = radius - 3.2
    for height, colour in ((0.7, water), (0.95, empty)):
        place = camera.to_view((x, y + inner - 2 * inner * height))
        assert colour_at(image, *place) == colour


def test_a_chip_changes_the_picture_only_near_its_edge() -> None:
    trace = avocado_trace()
    timeline = Timeline(trace, "edge")
    stage = Stage(trace.experiment, trace.old, trace)
    first = next(s for s in map(timeline.step, range(timeline.step_count)) if s.part == "send")
    before = replace(stage, moment=timeline.moment(first.start_s + 1e-6))
    during = replace(stage, moment=timeline.moment((first.start_s + first.end_s) / 2))
    changed = differing(before, during)
    geometry = Geometry.of(stage.network, stage.parameters)
    edge = stage.network.edge_index[first.edges[0]]
    place = fitted(stage).to_view(curve.points(geometry.curves[[edge]], np.array([0.5]))[0])
    assert near(changed, place, 150).sum() == changed.sum() > 100


def test_hovering_and_selecting_change_the_picture_at_the_element() -> None:
    stage = avocado_stage()
    camera = fitted(stage)
    geometry = Geometry.of(stage.network, stage.parameters)
    node_place = camera.to_view(geometry.centres[stage.network.node_index[5]])
    for other in (replace(stage, hovered_node=5), replace(stage, selection=Selection(frozenset({5})))):
        changed = differing(stage, other)
        assert near(changed, node_place, 2 * geometry.radius * camera.zoom).sum() == changed.sum() > 20
    changed = differing(stage, replace(stage, selection=Selection(edges=frozenset({(1, 4)}))))
    assert changed.sum() > 50


def test_badges_and_lit_paths_are_seen() -> None:
    stage = avocado_stage()
    assert differing(stage, replace(stage, badges={1: message("Reads nothing yet.")})).sum() > 30
    backward = QColor(LIGHT.backward)
    colour = (backward.red(), backward.green(), backward.blue())
    for path, least, most in ({}, 0, 0), ({(1, 4): 1.0, (4, 7): 0.5}, 200, 90_000):
        found = (pixels(picture(replace(stage, path_edges=path))) == colour).all(axis=2).sum()
        assert least <= found <= most


@pytest.mark.parametrize("granularity", ["node", "pass"])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_kept_layers_give_the_same_picture(granularity: str, theme: Theme) -> None:
    trace = avocado_trace(rows=2)
    timeline = Timeline(trace, granularity)  # type: ignore[arg-type]  # one of the keys
    stage = Stage(trace.experiment, trace.old, trace)
    camera, cache = fitted(stage), PaintCache()
    for time_s in np.linspace(0, timeline.duration_s, 13):
        now = replace(stage, moment=timeline.moment(float(time_s)))
        kept, fresh = picture(now, theme, camera, cache), picture(now, theme, camera)
        assert np.array_equal(pixels(kept), pixels(fresh))


def test_kept_layers_follow_every_change_of_the_stage() -> None:
    stage = avocado_stage()
    camera, cache = fitted(stage), PaintCache()
    weights = stage.parameters.weights.copy()
    weights[0] = -3.0
    stages = [
        stage,
        replace(stage, hovered_node=4),
        replace(stage, selection=Selection(frozenset({4, 5}))),
        replace(stage, parameters=Parameters(weights, stage.parameters.biases), trace=None),
        replace(stage, path_edges={(1, 4): 1.0}),
        stage,
    ]
    for now in stages:
        assert np.array_equal(pixels(picture(now, LIGHT, camera, cache)), pixels(picture(now, LIGHT, camera)))
    closer = camera.zoomed(1.5, (300, 300))
    assert np.array_equal(pixels(picture(stage, LIGHT, closer, cache)), pixels(picture(stage, LIGHT, closer)))


def test_a_large_network_s_kept_nodes_look_alike() -> None:
    rng = np.random.default_rng(0)
    nodes = [
        Node(i + 1, "input" if i < 20 else "output", x=300.0 * (i >= 20), y=90.0 * (i % 20))
        for i in range(40)
    ]
    edges = [Edge(s, t, 100 * s + t) for s in range(1, 21) for t in range(21, 41)]
    network = Network.build(nodes, edges)
    stage = Stage(Experiment(network), Parameters(rng.normal(size=400), np.zeros(40)))
    camera, cache = fitted(stage), PaintCache()
    for now in (stage, replace(stage, hovered_node=3), stage):
        kept, fresh = pixels(picture(now, LIGHT, camera, cache)), pixels(picture(now, LIGHT, camera))
        # A layer with transparent ground is laid over the edges: rounding may differ by a step or two.
        assert np.abs(kept - fresh).max() <= 6


@pytest.mark.parametrize("seed", range(25))
def test_painting_never_fails(seed: int) -> None:
    trace = random_trace(seed)
    timeline = Timeline(trace, ("edge", "node", "layer", "pass")[seed % 4])
    stage = Stage(trace.experiment, trace.old, trace)
    rng = np.random.default_rng(seed)
    cache = PaintCache()
    painted = 0
    for time_s in rng.uniform(0, timeline.duration_s, 6):
        now = replace(stage, moment=timeline.moment(float(time_s)))
        camera = fitted(stage).zoomed(float(rng.uniform(0.1, 6)), (300, 200))
        assert not picture(now, DARK, camera, cache, scale=float(rng.uniform(1, 2.5))).isNull()
        painted += 1
    assert painted == 6


def wild(values: float) -> Stage:
    stage = avocado_stage()
    count = len(stage.parameters.weights)
    return replace(stage, parameters=Parameters(np.full(count, values), np.full(7, values)), trace=None)


def placed_at(factor: float) -> Stage:
    stage = avocado_stage()
    nodes = [replace(n, x=n.x * factor, y=n.y * factor) for n in stage.network.nodes.values()]
    network = Network.build(nodes, stage.network.edges.values())
    return Stage(Experiment(network), stage.parameters)


@pytest.mark.parametrize(
    "stage",
    [
        wild(np.nan),
        wild(np.inf),
        wild(-1e300),
        wild(0.0),
        placed_at(0.0),
        placed_at(1e7),
        placed_at(1e-9),
        Stage(Experiment(), Parameters.zeros(Network.build())),
        Stage(Experiment(Network.build([Node(1, "hidden")])), Parameters(np.zeros(0), np.zeros(1))),
    ],
    ids=["nan", "inf", "huge", "zero", "one place", "far apart", "close", "empty", "one node"],
)
def test_strange_stages_are_painted_too(stage: Stage) -> None:
    for camera in (fitted(stage), Camera(0, 0, 1, 900, 600), Camera(1e9, 1e9, 8, 900, 600)):
        assert (pixels(picture(stage, LIGHT, camera)) != (255, 0, 255)).any(axis=2).all()


def test_the_number_of_edges_left_out_is_said() -> None:
    nodes = [Node(i + 1, "input", y=40.0 * i) for i in range(80)]
    nodes += [Node(i + 81, "output", x=900.0, y=40.0 * i) for i in range(80)]
    edges = [Edge(s, t, 1000 * s + t) for s in range(1, 81) for t in range(81, 161)]
    network = Network.build(nodes, edges)
    weights = np.random.default_rng(0).normal(size=len(edges))
    stage = Stage(Experiment(network), Parameters(weights, np.zeros(160)))
    cache = PaintCache()
    image = picture(stage, LIGHT, fitted(stage), cache)
    assert (cache.drawn_edges, cache.total_edges) == (5_000, 6_400)
    corner = pixels(image)[12:38, 16:250]
    assert (np.abs(corner - corner[0, 0]).max(axis=2) > 40).sum() > 100


def is_settled(cache: PaintCache) -> bool:
    """Whether it is now: a call, so that no type checker believes it to be what it was."""
    return cache.is_settled


def test_very_many_edges_settle_into_their_curves() -> None:
    rng = np.random.default_rng(0)
    nodes = [Node(i + 1, "input", y=90.0 * i) for i in range(45)]
    nodes += [Node(i + 46, "output", x=2_000.0, y=90.0 * i) for i in range(45)]
    edges = [Edge(s, t, 100 * s + t) for s in range(1, 46) for t in range(46, 91)]
    network = Network.build(nodes, edges)
    stage = Stage(Experiment(network), Parameters(rng.normal(size=len(edges)), np.zeros(90)))
    camera, cache = fitted(stage), PaintCache()
    first = pixels(picture(stage, LIGHT, camera, cache))
    assert not is_settled(cache)
    parts = 1
    while not is_settled(cache):
        settled = pixels(picture(stage, LIGHT, camera, cache))
        parts += 1
        assert parts < 20
    fresh = pixels(picture(stage, LIGHT, camera))
    assert (np.abs(first - fresh).max(axis=2) > 40).mean() > 0.05
    # The nodes' layer with its transparent ground may round a step or two otherwise.
    assert np.abs(settled - fresh).max() <= 6


@pytest.mark.parametrize(("zoom", "is_named"), [(0.44, True), (0.2, False)])
def test_inputs_of_a_small_network_keep_names_that_can_be_read(zoom: float, is_named: bool) -> None:
    stage = avocado_stage()
    network = stage.network
    nameless = Network.build(
        [replace(node, label="") if node.role == "input" else node for node in network.nodes.values()],
        network.edges.values(),
    )
    camera = replace(fitted(stage), zoom=zoom)
    bare = replace(stage, experiment=replace(stage.experiment, network=nameless), trace=None)
    away = pixels(picture(replace(stage, trace=None), LIGHT, camera)) - pixels(picture(bare, LIGHT, camera))
    geometry = Geometry.of(network, stage.parameters)
    left = camera.to_view(geometry.centres[0])[0] - geometry.radius * zoom
    assert bool((np.abs(away).max(axis=2)[:, : int(left)] > 8).any()) == is_named
