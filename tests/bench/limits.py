"""A network at the limits of the file format: opened, shown and kept safe without holding up the window."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from playground.app.autosave import Autosave
from playground.app.collector import Collector
from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.file_guard import Opened, read_file, write_file
from playground.app.main import SWITCH_SECONDS
from playground.model import edits, file
from playground.model.experiment import Experiment
from playground.model.parameters import Parameters
from playground.model.stage import Stage
from resources.theme import LIGHT
from tests.bench._heartbeat import Heartbeat
from tests.bench._large import large
from widgets.canvas.canvas import Canvas

SIZE = (1440, 900)
LIMIT_MS = 50.0


def figures() -> Iterator[Mapping[str, object]]:
    """Yield times and the longest stalls while the largest network is opened and autosaved."""
    application = QApplication.instance() or QApplication([])
    sys.setswitchinterval(SWITCH_SECONDS)
    collector = Collector()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        path = Path(folder, "large.playground")
        start = perf_counter()
        data = file.write(*large())
        yield figure("write 10,000 nodes and 200,000 edges", perf_counter() - start, "s")
        write_file(path, data)
        start = perf_counter()
        file.read(data)
        yield figure("read 10,000 nodes and 200,000 edges", perf_counter() - start, "s")
        yield from opened(path)
    collector.stop()
    assert application is not None


def opened(path: Path) -> Iterator[Mapping[str, object]]:
    """Open the file beside the window, show it, then let autosave write it."""
    window = Window()
    window.beat.start()
    start = perf_counter()
    window.compute.background.run(lambda: prepared(path), window.take)
    run_until(lambda: window.pictures > 0)
    yield figure("first picture of the largest network", perf_counter() - start, "s", 3.0)
    window.beat.stop()
    yield figure("longest stall while it is opened", max(window.beat.delays_ms), "ms", LIMIT_MS)
    autosave = Autosave(window.document, window.compute.background, interval_ms=1)
    window.document.apply(edits.rename(1, "changed"))
    window.beat.start()
    run_until(lambda: autosave.file is not None and autosave.file.exists())
    run_until(lambda: window.compute.background.is_idle)
    window.beat.stop()
    yield figure("longest stall while it is autosaved", max(window.beat.delays_ms), "ms", LIMIT_MS)
    autosave.close()
    window.close()


def prepared(path: Path) -> Opened:
    """Read a file and derive what the window will ask for, in the thread of the serial lane."""
    found = read_file(path)
    layers = found.experiment.network.layers
    assert layers
    return found


class Window(QObject):
    """As much of a window as opening a file needs."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document(Experiment(), Parameters.zeros(Experiment().network))
        self.compute = Compute()
        self.beat = Heartbeat()
        self.pictures = 0
        self.canvas = Canvas()
        self.canvas.resize(*SIZE)
        self.canvas.set_theme(LIGHT)
        self.canvas.set_stage(Stage(self.document.experiment, self.document.parameters))
        self.canvas.show()
        self.document.experiment_changed.connect(self._show)
        QCoreApplication.processEvents()

    def take(self, found: Opened) -> None:
        """Show what a file holds."""
        self.document.reset(found.experiment, found.parameters, found.path)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count the pictures: the event after a paint."""
        if event.type() == QEvent.Type.User:
            self.pictures += 1
        return False

    def close(self) -> None:
        """End everything."""
        self.compute.shutdown()
        self.document.close()
        self.canvas.close()
        self.canvas.deleteLater()

    def _show(self, _old: Experiment, new: Experiment) -> None:
        self.canvas.set_stage(Stage(new, self.document.parameters))
        self.canvas.zoom_to_fit()
        self.canvas.installEventFilter(self)
        self.canvas.update()
        # Of lower priority than the paint, so that it comes after it.
        QCoreApplication.postEvent(self.canvas, QEvent(QEvent.Type.User), -1000)


def run_until(done: Callable[[], bool]) -> None:
    """Let the event loop run until something is true."""
    end = perf_counter() + 60
    while not done():
        assert perf_counter() < end, "this takes too long"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def figure(name: str, value: float, unit: str, limit: float | None = None) -> Mapping[str, object]:
    """Return one figure."""
    found: dict[str, object] = {"figure": name, "value": round(value, 3), "unit": unit}
    return found if limit is None else found | {"limit": limit}
