"""Stages for the tests of painting: random networks in random places, and the avocado's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from playground.engine.trace import trace_values
from playground.model.experiment import Experiment, Learning
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from playground.model.stage import Stage
from playground.model.trace import LearnerState, Trace
from resources.theme import LIGHT, Theme
from tests.strategies import random_case
from widgets.canvas.cache import PaintCache
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.paint import paint

SIZE = (900, 600)


def avocado_network() -> Network:
    """Three inputs, three hidden nodes and one output, as in the shipped example."""
    names = ("Height", "Squishiness", "Skin colour")
    nodes = [Node(i + 1, "input", label=name, y=130.0 * (i - 1)) for i, name in enumerate(names)]
    nodes += [Node(i + 4, "hidden", "sigmoid", x=220.0, y=130.0 * (i - 1)) for i in range(3)]
    nodes += [Node(7, "output", "sigmoid", label="Ripe?", x=440.0)]
    pairs = [(s, t) for t in (4, 5, 6) for s in (1, 2, 3)] + [(s, 7) for s in (4, 5, 6)]
    return Network.build(nodes, [Edge(s, t, number) for number, (s, t) in enumerate(pairs)])


def avocado_trace(rows: int = 1) -> Trace:
    """A pass over that network with weights of both signs; all weights and biases change."""
    network = avocado_network()
    weights = np.array([1.6, 2.0, -0.6, -0.3, 0.5, 0.9, 0.45, -1.0, 0.6, 2.1, -1.1, 0.8])
    biases = np.array([0, 0, 0, 0.05, -0.4, 0.2, -0.7])
    inputs = np.array([[0.62, 0.8, 0.55], [0.1, 0.2, 0.9], [0.5, 0.4, 0.3]])[:rows]
    experiment = Experiment(network, learning=Learning(loss="cross_entropy", learning_rate=0.5))
    state = LearnerState(Parameters(weights, biases))
    return trace_values(experiment, state, inputs, np.array([[1.0], [0.0], [1.0]])[:rows])


def avocado_stage() -> Stage:
    """That network at rest after one pass."""
    trace = avocado_trace()
    return Stage(trace.experiment, trace.old, trace)


def random_trace(seed: int, n_rows: int | None = None) -> Trace:
    """A pass over a random network whose nodes lie in random places."""
    rng = np.random.default_rng(seed)
    case = random_case(rng, n_rows=n_rows)
    nodes = [
        replace(node, x=float(rng.uniform(-400, 400)), y=float(rng.uniform(-300, 300)))
        for node in case.network.nodes.values()
    ]
    network = Network.build(nodes, case.network.edges.values())
    experiment = replace(case.experiment, network=network)
    return trace_values(experiment, LearnerState(case.parameters), case.inputs, case.targets)


def fitted(stage: Stage, size: tuple[int, int] = SIZE) -> Camera:
    """The camera that shows all of a stage."""
    return Camera.fitted(Geometry.of(stage.network, stage.parameters).bounds, *size)


def picture(
    stage: Stage,
    theme: Theme = LIGHT,
    camera: Camera | None = None,
    cache: PaintCache | None = None,
    scale: float = 1.0,
) -> QImage:
    """A stage painted onto an image."""
    camera = camera or fitted(stage)
    image = QImage(int(camera.width), int(camera.height), QImage.Format.Format_RGB32)
    image.fill(QColor("#ff00ff"))
    with QPainter(image) as painter:
        paint(painter, stage, camera, theme, scale, cache)
    return image


def pixels(image: QImage) -> np.ndarray:
    """The picture's colours: int16, (height, width, 3), red first."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, : image.width(), 2::-1].astype(np.int16)


def colour_at(image: QImage, x: float, y: float) -> str:
    """The colour of one pixel as #rrggbb."""
    return image.pixelColor(round(x), round(y)).name()
