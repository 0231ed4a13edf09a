"""How long one frame of an animated pass takes to paint: 1440 by 900 pixels, on Qt's raster engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from time import perf_counter

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from playground.engine.timeline import Timeline
from playground.engine.trace import trace_values
from playground.model.distances import LAYER_DISTANCE, NODE_DISTANCE
from playground.model.experiment import Experiment, Learning
from playground.model.keys import Granularity
from playground.model.network import Network
from playground.model.parameters import Floats, Parameters
from playground.model.stage import Stage
from playground.model.trace import LearnerState, Trace
from resources.theme import LIGHT
from tests.strategies import dense_network
from widgets.canvas.cache import PaintCache
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.paint import paint

LIMITS_MS = {(7, 8, 8, 8, 8, 8, 8, 1): 12.0, (16, 32, 32, 16): 33.0}
"""Networks of 384 and 2,048 edges, and what the 95th percentile of their frames may take."""

GRANULARITIES: tuple[Granularity, ...] = ("pass", "layer", "node")
WIDTH, HEIGHT = 1440, 900
FRAMES_PER_S = 60
MOST_FRAMES = 1_200
"""Of longer passes, the first frames of equal parts, so that a kept layer is used as it would be."""

RUN = 60


def figures() -> Iterator[Mapping[str, object]]:
    """The 95th percentile of all frames of a pass, and of its Update phase alone."""
    application = QGuiApplication.instance() or QGuiApplication([])
    for sizes, limit in LIMITS_MS.items():
        trace = learning_trace(sizes)
        name = f"{len(trace.experiment.network.edges)} edges"
        for granularity in GRANULARITIES:
            frames, in_update = frame_times_ms(trace, granularity)
            yield {
                "figure": f"frame of a pass, {name}, by {granularity}, 95th percentile",
                "value": round(float(np.percentile(frames, 95)), 2),
                "unit": "ms",
                "limit": limit,
                "median": round(float(np.median(frames)), 2),
                "update": round(float(np.percentile(frames[in_update], 95)), 2),
                "frames": len(frames),
            }
    del application


def learning_trace(sizes: tuple[int, ...]) -> Trace:
    """A pass over one example through a dense network whose weights all change visibly."""
    network = placed(dense_network(sizes), sizes)
    rng = np.random.default_rng(0)
    weights = rng.normal(size=len(network.parameter_ids))
    biases = np.array([0.0 if node.role == "input" else rng.normal() for node in network.nodes.values()])
    experiment = Experiment(network, learning=Learning(learning_rate=0.5))
    inputs, targets = rng.uniform(-1, 1, (1, sizes[0])), rng.uniform(-1, 1, (1, sizes[-1]))
    return trace_values(experiment, LearnerState(Parameters(weights, biases)), inputs, targets)


def placed(network: Network, sizes: tuple[int, ...]) -> Network:
    """The network with its layers in columns."""
    places = [
        (layer * LAYER_DISTANCE, (row - (size - 1) / 2) * NODE_DISTANCE)
        for layer, size in enumerate(sizes)
        for row in range(size)
    ]
    nodes = [replace(node, x=x, y=y) for node, (x, y) in zip(network.nodes.values(), places, strict=True)]
    return Network.build(nodes, network.edges.values())


def frame_times_ms(trace: Trace, granularity: Granularity) -> tuple[Floats, np.ndarray]:
    """How long the frames of a pass take, and which of them are of the Update phase."""
    timeline = Timeline(trace, granularity)
    stage = Stage(trace.experiment, trace.old, trace)
    bounds = Geometry.of(trace.experiment.network, trace.old).bounds
    camera = Camera.fitted(bounds, WIDTH, HEIGHT)
    cache, image = PaintCache(), QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    took, in_update = [], []
    for time_s in _times(timeline.duration_s):
        moment = timeline.moment(float(time_s))
        began = perf_counter()
        painter = QPainter(image)
        paint(painter, replace(stage, moment=moment), camera, LIGHT, 1.0, cache)
        painter.end()
        took.append((perf_counter() - began) * 1e3)
        in_update.append(moment.phase == "update")
    return np.array(took), np.array(in_update)


def _times(duration_s: float) -> Floats:
    every = np.arange(0.0, duration_s, 1 / FRAMES_PER_S)
    if len(every) <= MOST_FRAMES:
        return every
    parts = np.array_split(every, MOST_FRAMES // RUN)
    return np.concatenate([part[-RUN:] for part in parts])
