"""How long a click on the window would wait while the network learns, and while a pass is animated."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from playground.app.main import SWITCH_SECONDS
from playground.app.settings import GRANULARITY, LOOP, Settings
from playground.app.window import Window
from playground.model import edits
from tests.bench._heartbeat import Heartbeat

SIZE = (1440, 900)
SECONDS = 6.0
LIMIT_MS = 50.0
LIMIT_MB = 300.0


@dataclass(frozen=True, slots=True)
class Case:
    """What is under way while the delays are measured."""

    name: str
    layers: tuple[int, ...]
    begin: Callable[[Window], None]


def figures() -> Iterator[Mapping[str, object]]:
    """Yield the delays for a small and a large network, and the memory at the end."""
    with tempfile.TemporaryDirectory() as home:
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            os.environ[variable] = home
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        sys.setswitchinterval(SWITCH_SECONDS)
        for name, layers in (("avocado", ()), ("384 edges", (8, 8, 8, 8, 8, 8))):
            yield measured(application, Case(f"training, {name}", layers, train))
            yield measured(application, Case(f"animating, {name}", layers, animate))
            yield measured(application, Case(f"training begun while a pass plays, {name}", layers, interrupt))


def train(window: Window) -> None:
    """Let the network learn, and go on whenever it has converged."""
    window.compute.ended.connect(window.training.toggle)
    window.training.toggle()


def animate(window: Window) -> None:
    """Play a pass over and over."""
    window.settings.set(LOOP, True)
    window.settings.set(GRANULARITY, "node")
    window.passes.toggle()


def interrupt(window: Window) -> None:
    """Begin to learn while a pass plays; the window ends the pass then."""
    animate(window)
    train(window)


def measured(application: QApplication, case: Case) -> Mapping[str, object]:
    """Open the window, begin, and measure for some seconds."""
    window = Window(application, Settings(), guards_errors=False)
    window.resize(*SIZE)
    for count in case.layers:
        window.document.apply(edits.add_layer(count))
    window.show()
    window.room.canvas.zoom_to_fit()
    wait(0.5)
    heartbeat = Heartbeat()
    case.begin(window)
    wait(0.5)
    epoch, start = window.compute.epoch, perf_counter()
    heartbeat.start()
    wait(SECONDS)
    heartbeat.stop()
    seconds = perf_counter() - start
    under_way = (window.training.is_running, window.player.is_playing)
    speed = (window.compute.epoch - epoch) / seconds
    megabytes = psutil.Process().memory_info().rss / 1e6
    close(window)
    if not any(under_way):
        raise RuntimeError(f"nothing was under way any more: {case.name}")
    if megabytes > LIMIT_MB:
        raise RuntimeError(f"{megabytes:.0f} MB are in use, more than {LIMIT_MB:.0f}")
    return {
        "figure": f"event-loop delay, 99th percentile, {case.name}",
        "value": round(heartbeat.percentile(99), 2),
        "unit": "ms",
        "limit": LIMIT_MS,
        "median_ms": round(heartbeat.percentile(50), 2),
        "largest_ms": round(heartbeat.percentile(100), 2),
        "own_work_99th_ms": round(heartbeat.own_percentile(99), 2),
        "epochs_per_second": round(speed, 1),
        "trains_and_plays": under_way,
        "memory_mb": round(megabytes, 1),
    }


def close(window: Window) -> None:
    """Close the window without its question about unsaved work."""
    window.compute.shutdown()
    document = window.document
    document.reset(document.experiment, document.parameters)
    window.close()
    window.deleteLater()
    wait(0.05)


def wait(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
