"""What maps cost: to make them, and to show them while the network learns as fast as it can."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from time import perf_counter, thread_time

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from playground.app.kernel_control import FAST
from playground.app.main import SWITCH_SECONDS
from playground.app.settings import NODE_MAPS, Settings
from playground.app.window import Window
from playground.engine import stopping
from playground.engine.datasets import make_dataset
from playground.engine.maps import MapMaker, MapRequest
from playground.model.experiment import BuiltInData, Experiment, Learning
from playground.model.initial import initial_parameters
from playground.model.keys import DType
from playground.model.network import Network
from tests.bench._heartbeat import Heartbeat
from tests.bench.frames import placed
from tests.bench.responsiveness import close, wait
from tests.strategies import dense_network

Figure = Mapping[str, object]

LARGEST = (7, 8, 8, 8, 8, 8, 8, 1)
SPIRAL = (4, 8, 8, 2, 1)
FEATURES = ("x1", "x2", "sin(x1)", "sin(x2)", "x1 * x2", "x1 ^ 2", "x2 ^ 2")
MAKING_MS, FRAME_MS, DELAY_MS, LEAST_SPEED = 5.0, 16.0, 50.0, 0.8
REPEATS = 60
SIZE = (1440, 900)
SECONDS, TURNS, TURN_S, LONGEST_S = 6.0, 3, 2.0, 300.0


def figures() -> Iterator[Figure]:
    """Yield what making all maps takes, and what showing them does to frames, clicks and training."""
    for dtype in ("float32", "float64", None):
        yield making(dtype)
    stopping.WINDOW_EPOCHS = 10**12  # nothing converges while it is measured
    with tempfile.TemporaryDirectory() as home:
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            os.environ[variable] = home
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        sys.setswitchinterval(SWITCH_SECONDS)
        yield from showing(application)


def spiral(sizes: tuple[int, ...]) -> Experiment:
    """A network that reads the spiral through as many features as it has inputs."""
    network = placed(dense_network(sizes, "tanh", "sigmoid"), sizes)
    features = dict(zip(network.inputs, FEATURES, strict=False))
    nodes = [replace(node, feature=features.get(node.id)) for node in network.nodes.values()]
    learning = Learning(
        loss="cross_entropy", optimizer="adam", learning_rate=0.03, kernel=FAST, dtype="float32"
    )
    network = Network.build(nodes, network.edges.values())
    return Experiment(network, BuiltInData("spiral", 500, seed=1), learning)


def making(dtype: DType | None) -> Figure:
    """How long the decision map and the maps of all nodes of the largest network take."""
    experiment = spiral(LARGEST)
    dataset = make_dataset(BuiltInData("spiral", 500, seed=1))
    maker = MapMaker(experiment, dataset)
    parameters = initial_parameters(experiment.network, experiment.learning, 0)
    request = MapRequest(parameters, dataset.table.cells[0], dtype=dtype)
    took = []
    for _ in range(REPEATS):
        began = thread_time()
        decision, nodes = maker.maps(request)
        took.append((thread_time() - began) * 1e3)
    assert decision is not None
    assert len(nodes[0].node_ids) == sum(LARGEST)
    found: dict[str, object] = {
        "figure": f"decision map and all node maps of 7-8x6-1, by {dtype or 'NumPy'}",
        "value": round(float(np.median(took)), 2),
        "unit": "ms",
        "first": round(took[0], 2),
        "fields": list(decision.values.shape),
    }
    return found | ({"limit": MAKING_MS} if dtype == "float32" else {})


class TimedWindow(Window):
    """Notes how long every picture of the window takes."""

    frames_ms: list[float]

    def event(self, event: QEvent) -> bool:
        """Time what paints all parts."""
        if event.type() != QEvent.Type.UpdateRequest:
            return super().event(event)
        began = perf_counter()
        done = super().event(event)
        self.__dict__.setdefault("frames_ms", []).append((perf_counter() - began) * 1e3)
        return done


def showing(application: QApplication) -> Iterator[Figure]:
    """Train the spiral flat out with all maps on."""
    settings = Settings()
    settings.set(NODE_MAPS, "on")
    window = TimedWindow(application, settings, guards_errors=False)
    window.resize(*SIZE)
    experiment = spiral(SPIRAL)
    window.document.reset(experiment, initial_parameters(experiment.network, experiment.learning, 0))
    window.show()
    window.room.canvas.zoom_to_fit()
    end = perf_counter() + LONGEST_S
    while not window.compute.warmth.is_ready(FAST, "float32") or window.source.bound is None:
        if perf_counter() > end:
            raise RuntimeError("the kernel or the data are not ready")
        wait(0.05)
    window.training.toggle()
    wait(1.0)
    made: list[float] = []
    window.keeper.stage_changed.connect(lambda stage: made.append(id(stage.maps)))
    heartbeat = Heartbeat()
    window.frames_ms = []
    heartbeat.start()
    wait(SECONDS)
    heartbeat.stop()
    frames = np.array(window.frames_ms)
    n_maps = 1 + int(np.count_nonzero(np.diff(made)))
    ratios, speeds = [], []
    for _ in range(TURNS):
        window.hide()
        hidden = speed(window)
        window.show()
        speeds.append(speed(window))
        ratios.append(speeds[-1] / hidden)
    is_running = window.training.is_running
    close(window)
    if not is_running or n_maps < 2:
        raise RuntimeError("nothing was trained, or no maps were shown")
    about = {"maps_per_second": round(n_maps / SECONDS, 1), "frames": len(frames)}
    yield {
        "figure": "picture of the window, spiral 4-8-8-2-1 training with all maps, 95th percentile",
        "value": round(float(np.percentile(frames, 95)), 2),
        "unit": "ms",
        "limit": FRAME_MS,
        "median_ms": round(float(np.median(frames)), 2),
    } | about
    yield {
        "figure": "event-loop delay, spiral 4-8-8-2-1 training with all maps, 99th percentile",
        "value": round(heartbeat.percentile(99), 2),
        "unit": "ms",
        "limit": DELAY_MS,
        "median_ms": round(heartbeat.percentile(50), 2),
        "own_work_99th_ms": round(heartbeat.own_percentile(99), 2),
    } | about
    yield {
        "figure": "training speed with all maps shown, against the window hidden",
        "value": round(float(np.median(ratios)), 3),
        "unit": "×",
        "least": LEAST_SPEED,
        "turns": [round(ratio, 3) for ratio in ratios],
        "epochs_per_second": round(float(np.median(speeds))),
    }


def speed(window: Window) -> float:
    """Epochs a second, after the change before has settled."""
    wait(0.3)
    epoch, began = window.compute.epoch, perf_counter()
    wait(TURN_S)
    return (window.compute.epoch - epoch) / (perf_counter() - began)
