"""Kept pictures of nodes show what nodes painted afresh show, through a whole pass."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.engine.timeline import Timeline
from playground.engine.trace import trace_values
from playground.model.experiment import Experiment
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.stage import Selection, Stage
from playground.model.trace import LearnerState
from resources.theme import DARK, LIGHT
from tests.strategies import dense_network
from tests.widgets.canvas.staged import fitted, picture, pixels
from widgets.canvas.cache import PaintCache
from widgets.canvas.sprites import FEW_NODES

pytestmark = pytest.mark.usefixtures("qapp")
SIZES = (8, 10, 9, 3)


def large_stage() -> Stage:
    network = dense_network(SIZES)
    assert len(network.nodes) > FEW_NODES
    places = [(220.0 * layer, 130.0 * row) for layer, size in enumerate(SIZES) for row in range(size)]
    nodes = [
        replace(node, x=x, y=y, label=f"Name {node.id}" if node.id % 5 == 0 else "")
        for node, (x, y) in zip(network.nodes.values(), places, strict=True)
    ]
    network = Network.build(nodes, network.edges.values())
    rng = np.random.default_rng(0)
    biases = np.array([0.0 if node.role == "input" else rng.normal() for node in nodes])
    state = LearnerState(Parameters(rng.normal(size=len(network.parameter_ids)), biases))
    trace = trace_values(Experiment(network), state, rng.uniform(-1, 1, (1, 8)), rng.uniform(-1, 1, (1, 3)))
    return Stage(trace.experiment, trace.old, trace)


def alike(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether two pictures agree but for the rounding of half-covered pixels over a transparent ground."""
    return bool(np.abs(first - second).max() <= 8)


@pytest.mark.parametrize("granularity", ["layer", "pass"])
def test_a_pass_looks_the_same_with_kept_nodes(granularity: str) -> None:
    stage = large_stage()
    assert stage.trace is not None
    timeline = Timeline(stage.trace, granularity)  # type: ignore[arg-type]  # one of the keys
    camera, cache = fitted(stage), PaintCache()
    times = np.linspace(0, timeline.duration_s, 12)
    for time_s in times:
        now = replace(stage, moment=timeline.moment(float(time_s)))
        kept, fresh = picture(now, DARK, camera, cache), picture(now, DARK, camera)
        assert alike(pixels(kept), pixels(fresh))
    assert len(times) == 12


def test_kept_nodes_follow_the_hand_the_theme_and_the_camera() -> None:
    stage = large_stage()
    camera, cache = fitted(stage), PaintCache()
    moved = camera.panned(13.3, 7.7)
    for now, theme, view in (
        (stage, LIGHT, camera),
        (replace(stage, hovered_node=9), LIGHT, camera),
        (replace(stage, selection=Selection(frozenset({9, 12}))), LIGHT, camera),
        (replace(stage, trace=None), LIGHT, camera),
        (stage, DARK, camera),
        (stage, DARK, moved),
        (stage, LIGHT, camera),
    ):
        kept, fresh = picture(now, theme, view, cache), picture(now, theme, view)
        assert alike(pixels(kept), pixels(fresh))


def test_what_does_not_change_is_not_drawn_again() -> None:
    stage = large_stage()
    camera, cache = fitted(stage), PaintCache()
    picture(stage, LIGHT, camera, cache)
    first = dict(cache._sprites)
    picture(replace(stage, hovered_node=9), LIGHT, camera, cache)
    again = cache._sprites
    changed = [number for number in first if first[number] is not again[number]]
    assert [stage.network.node_ids[number] for number in changed] == [9]
