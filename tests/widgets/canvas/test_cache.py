"""What a canvas keeps is what it would make anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.model import edits
from playground.model.edit import Change
from playground.model.network import Network
from playground.model.parameters import Parameters
from tests.widgets.canvas.staged import avocado_stage
from widgets.canvas.cache import PaintCache
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry

pytestmark = pytest.mark.usefixtures("qapp")


def same(one: Geometry, other: Geometry) -> bool:
    arrays = ("centres", "curves", "weights", "widths", "pill_at", "pill_centres", "drawn")
    parts = (np.array_equal(getattr(one, n), getattr(other, n), equal_nan=True) for n in arrays)
    return all(parts) and one.bounds == other.bounds and one.network is other.network


def after(change: Change) -> Network:
    return change.experiment.network


def test_a_layout_follows_names_places_and_values() -> None:
    stage = avocado_stage()
    cache, parameters = PaintCache(), stage.parameters
    networks = [stage.network]
    hidden = next(node.id for node in stage.network.nodes.values() if node.role == "hidden")
    for edit in (
        edits.rename(hidden, "A name that takes some room"),
        edits.move({hidden: (33.0, -250.0)}),
        edits.set_activation([hidden], "relu"),
    ):
        experiment = replace(stage.experiment, network=networks[-1])
        networks.append(after(edit.make(experiment, parameters)))
    for scale in (1.0, 1.5):
        for network in (*networks, *reversed(networks)):
            for values in (parameters, Parameters(parameters.weights * 2, parameters.biases)):
                kept = cache.geometry(network, values, scale)
                assert same(kept, Geometry.of(network, values, scale))
                assert cache.geometry(network, values, scale) is kept


def test_only_a_change_that_moves_something_lays_out_anew() -> None:
    stage = avocado_stage()
    cache = PaintCache()
    first = cache.geometry(stage.network, stage.parameters, 1.0)
    hidden = next(node.id for node in stage.network.nodes.values() if node.role == "hidden")
    renamed = after(edits.rename(hidden, "other").make(stage.experiment, stage.parameters))
    moved = after(edits.move({hidden: (1.0, 2.0)}).make(stage.experiment, stage.parameters))
    assert cache.geometry(renamed, stage.parameters, 1.0).curves is first.curves
    assert cache.geometry(moved, stage.parameters, 1.0).curves is not first.curves


def test_what_was_prepared_is_used_once_it_is_asked_for() -> None:
    stage = avocado_stage()
    cache = PaintCache()
    cache.geometry(Network.build(), Parameters.zeros(Network.build()), 1.0)
    cache.prepare(stage.network, stage.parameters, 1.0)
    assert cache._prepared is not None
    prepared = cache._prepared[2]
    assert cache.geometry(stage.network, stage.parameters, 1.0) is prepared
    assert cache.geometry(stage.network, stage.parameters, 1.0) is prepared
    assert same(prepared, Geometry.of(stage.network, stage.parameters, 1.0))


def test_pills_follow_the_camera() -> None:
    stage = avocado_stage()
    cache = PaintCache()
    geometry = cache.geometry(stage.network, stage.parameters, 1.0)
    near, far = Camera(0.0, 0.0, 1.0, 800, 600), Camera(9.0, 0.0, 0.5, 800, 600)
    for camera in (near, near, far, near):
        assert np.array_equal(cache.pills(geometry, camera), camera.to_view(geometry.pill_centres))
    assert cache.pills(geometry, near) is cache.pills(geometry, near)
