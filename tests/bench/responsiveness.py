"""How long a click would wait while the network learns and a pass is animated."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from playground.app.collector import Collector
from playground.app.compute import Compute
from playground.app.courtesy import Courtesy
from playground.app.document import Document
from playground.app.main import SWITCH_SECONDS
from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.engine.timeline import Timeline
from playground.engine.trace import trace
from playground.model import edits
from playground.model.experiment import BuiltInData, Experiment
from playground.model.parameters import Parameters
from playground.model.snapshot import Snapshot
from playground.model.stage import Stage
from resources.theme import LIGHT
from tests.bench._heartbeat import Heartbeat
from widgets.canvas.canvas import Canvas

SIZE = (1440, 900)
SECONDS = 6.0
LIMIT_MS = 50.0


def figures() -> Iterator[Mapping[str, object]]:
    """Yield the delays with nothing under way, and with everything, for a small and a large network."""
    application = QApplication.instance() or QApplication([])
    interval = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    collector = Collector()
    try:
        for name, layers in (("avocado", ()), ("384 edges", (8, 8, 8, 8, 8, 8))):
            for is_training in (False, True):
                yield measured(name, layers, is_training=is_training)
    finally:
        collector.stop()
        sys.setswitchinterval(interval)
    assert application is not None


def measured(name: str, layers: tuple[int, ...], *, is_training: bool) -> Mapping[str, object]:
    """Animate a pass for some seconds, with or without training beside it."""
    experiment, parameters = fitting_experiment(BuiltInData("avocado", 400))
    document = Document(experiment, parameters)
    for count in layers:
        document.apply(edits.add_layer(count))
    assert document.apply(edits.set_learning(learning_rate=1e-6))
    compute = Compute()
    show = Show(document, compute.courtesy)
    compute.frame.connect(show.take)
    heartbeat = Heartbeat()
    show.start()
    if is_training:
        compute.start(document.experiment, show.bound, document.state)
        wait(0.5)
    heartbeat.start()
    epoch, start = compute.epoch, perf_counter()
    wait(SECONDS)
    heartbeat.stop()
    seconds = perf_counter() - start
    is_still_training = compute.is_running
    compute.shutdown()
    show.stop()
    document.close()
    assert is_still_training == is_training
    return {
        "figure": f"event-loop delay, 99th percentile, {name}, "
        + ("training and animating" if is_training else "animating"),
        "value": round(heartbeat.percentile(99), 2),
        "unit": "ms",
        "limit": LIMIT_MS,
        "median_ms": round(heartbeat.percentile(50), 2),
        "largest_ms": round(heartbeat.percentile(100), 2),
        "frames_per_second": round(show.painted / seconds, 1),
        "snapshots_per_second": round(show.snapshots / seconds, 1),
        "epochs_per_second": round((compute.epoch - epoch) / seconds, 1),
    }


class Show:
    """Animates a pass over and over on a canvas, and takes in what training reaches."""

    def __init__(self, document: Document, courtesy: Courtesy) -> None:
        assert document.experiment.data is not None
        self.bound = bind(document.experiment.network, make_dataset(document.experiment.data))
        self.painted = self.snapshots = 0
        self._document = document
        self._courtesy = courtesy
        self._canvas = Canvas()
        self._canvas.resize(*SIZE)
        self._canvas.set_theme(LIGHT)
        self._follow(document.experiment, document.parameters)
        self._timer = QTimer()
        self._timer.setInterval(16)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Begin to animate."""
        self._canvas.show()
        self._canvas.zoom_to_fit()
        self._began = perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """End the animation and close the canvas."""
        self._timer.stop()
        self._canvas.close()
        self._canvas.deleteLater()

    def take(self, snapshot: Snapshot) -> None:
        """Show new values from here on."""
        self.snapshots += 1
        self._document.set_state(snapshot.state)
        self._follow(self._document.experiment, self._document.parameters)

    def _follow(self, experiment: Experiment, parameters: Parameters) -> None:
        self._trace = trace(experiment, self._document.state, self.bound, [0])
        self._timeline = Timeline(self._trace, "node")
        self._stage = Stage(experiment, parameters, self._trace)

    def _step(self) -> None:
        time_s = (perf_counter() - self._began) % self._timeline.duration_s
        stage = Stage(
            self._stage.experiment, self._stage.parameters, self._trace, self._timeline.moment(time_s)
        )
        self._canvas.set_stage(stage)
        with self._courtesy:
            self._canvas.repaint()
        self.painted += 1


def wait(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
