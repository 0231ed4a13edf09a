"""What stands out: the step under way, what is pointed at, and where numbers are shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from playground.engine.timeline import Timeline
from playground.model.experiment import Experiment
from playground.model.parameters import Parameters
from playground.model.stage import Selection, Stage
from tests.strategies import dense_network
from tests.widgets.canvas.staged import avocado_stage, avocado_trace
from widgets.canvas.emphasis import Emphasis
from widgets.canvas.geometry import Geometry


def emphasis_of(stage: Stage) -> Emphasis:
    return Emphasis.of(stage, Geometry.of(stage.network, stage.parameters))


def large_stage() -> Stage:
    network = dense_network((10, 10, 10))
    return Stage(Experiment(network), Parameters.zeros(network))


def test_a_small_network_at_rest_shows_every_weight() -> None:
    found = emphasis_of(avocado_stage())
    assert found.focus is None
    assert found.pills.tolist() == list(range(12))


def test_a_large_network_shows_weights_only_where_one_points() -> None:
    stage = large_stage()
    assert len(emphasis_of(stage).pills) == 0
    hovered = emphasis_of(replace(stage, hovered_edge=(3, 14)))
    assert [stage.network.edge_keys[edge] for edge in hovered.pills] == [(3, 14)]
    node = emphasis_of(replace(stage, hovered_node=14))
    assert {key for key in stage.network.edges if 14 in key} == {
        stage.network.edge_keys[edge] for edge in node.pills
    }
    assert node.focus is not None
    assert np.array_equal(node.focus, node.pills)


def test_the_step_under_way_stands_out_on_the_way_forward() -> None:
    trace = avocado_trace()
    timeline = Timeline(trace, "node")
    stage = Stage(trace.experiment, trace.old, trace)
    checked = 0
    for step in map(timeline.step, range(timeline.step_count)):
        found = emphasis_of(replace(stage, moment=timeline.moment((step.start_s + step.end_s) / 2)))
        keys = stage.network.edge_keys
        if step.phase == "forward" and step.edges:
            assert found.focus is not None
            assert {keys[edge] for edge in found.focus} == set(step.edges)
            assert {keys[edge] for edge in found.pills} == set(step.edges)
            checked += 1
        if step.phase in {"backward", "update"}:
            assert found.focus is None
        assert {stage.network.node_ids[node] for node in found.nodes} == set(step.nodes)
    assert checked == 4


def test_a_lit_path_softens_all_else() -> None:
    stage = replace(avocado_stage(), path_edges={(1, 4): 0.5, (4, 7): 1.0})
    found = emphasis_of(stage)
    keys = stage.network.edge_keys
    assert {keys[edge]: share for edge, share in zip(found.path, found.path_share, strict=True)} == {
        (1, 4): 0.5,
        (4, 7): 1.0,
    }
    assert found.focus is not None
    assert len(found.focus) == 0


def test_what_is_gone_is_passed_over() -> None:
    stage = replace(
        avocado_stage(),
        selection=Selection(frozenset({99}), frozenset({(98, 99)})),
        hovered_node=99,
        path_edges={(97, 98): 1.0},
    )
    found = emphasis_of(stage)
    assert len(found.selected) == len(found.path) == 0
