"""A network at the limits of the file format: opened, shown and kept safe without holding up the window."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from playground.app.autosave import Autosave
from playground.app.file_guard import write_file
from playground.app.main import SWITCH_SECONDS
from playground.app.settings import Settings
from playground.app.window import Window
from playground.model import edits, file
from tests.bench._heartbeat import Heartbeat
from tests.bench._large import EDGES, large

SIZE = (1440, 900)
LIMIT_MS = 50.0
LONGEST_SECONDS = 60.0
AFTER_SECONDS = 0.5

Figure = Mapping[str, object]


def figures() -> Iterator[Figure]:
    """Yield times and the longest stalls while the largest network is opened, changed and autosaved."""
    with tempfile.TemporaryDirectory() as home:
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            os.environ[variable] = home
        path = Path(home, "large.playground")
        network = large()
        start = perf_counter()
        data = file.write(*network)
        yield figure("write 10,000 nodes and 200,000 edges", perf_counter() - start, "s")
        start = perf_counter()
        file.read(data)
        yield figure("read 10,000 nodes and 200,000 edges", perf_counter() - start, "s")
        write_file(path, data)
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        sys.setswitchinterval(SWITCH_SECONDS)
        yield from in_window(application, path)


def in_window(application: QApplication, path: Path) -> Iterator[Figure]:
    """Open the file in a window, edit it, and let autosave write it."""
    window = Window(application, Settings(), guards_errors=False)
    window.resize(*SIZE)
    window.show()
    beat, pictures = Heartbeat(), Pictures(window)
    run_until(lambda: pictures.count > 0 and window.compute.background.is_idle)

    with stalls(beat):
        start = perf_counter()
        window.files.open(path)
        run_until(lambda: len(window.document.experiment.network.edges) == EDGES)
        pictures.count = 0
        run_until(lambda: pictures.count > 0)
        yield figure("first picture of the largest network", perf_counter() - start, "s", 3.0)
        run_until(lambda: window.compute.background.is_idle)
    yield stall("longest stall while it is opened", beat)
    cache = window.room.canvas.scene.shown.cache
    yield figure("arrows drawn of 200,000", cache.drawn_edges, "arrows", 5_000)

    with stalls(beat):
        window.room.canvas.tidy_requested.emit()
        run_until(lambda: window.compute.background.is_idle)
    yield stall("longest stall while it is tidied up", beat)

    with stalls(beat):
        window.document.apply(edits.move({1: (-300.0, -300.0)}))
        pictures.count = 0
        run_until(lambda: pictures.count > 0 and window.compute.background.is_idle)
    yield stall("longest stall after a node of it is moved", beat)

    autosave = Autosave(window.document, window.compute.background, interval_ms=1)
    with stalls(beat):
        run_until(lambda: autosave.file is not None and autosave.file.exists())
        run_until(lambda: window.compute.background.is_idle)
    yield stall("longest stall while it is autosaved", beat)
    autosave.close()
    window.document.reset(window.document.experiment, window.document.parameters)
    window.close()
    window.deleteLater()


class Pictures(QObject):
    """Counts how often the canvas has been painted."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.count = 0
        window.room.canvas.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a paint, and let it pass."""
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def run_until(done: Callable[[], bool]) -> None:
    """Let the event loop run until something is true, and once more after that."""
    end = perf_counter() + LONGEST_SECONDS
    while not done():
        if perf_counter() > end:
            raise TimeoutError("this takes too long")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
    QCoreApplication.processEvents()


@contextmanager
def stalls(beat: Heartbeat) -> Generator[None]:
    """Measure during a block, and half a second longer: what was asked for may be painted after it."""
    beat.start()
    yield
    end = perf_counter() + AFTER_SECONDS
    run_until(lambda: perf_counter() > end)
    beat.stop()


def stall(name: str, beat: Heartbeat) -> Figure:
    """Return the longest delay as a figure."""
    found = figure(name, beat.percentile(100), "ms", LIMIT_MS)
    own = {
        "own_work_ms": round(beat.own_percentile(100), 1),
        "second_ms": round(sorted(beat.delays_ms)[-2], 1),
    }
    return dict(found) | own


def figure(name: str, value: float, unit: str, limit: float | None = None) -> Figure:
    """Return one figure."""
    found: dict[str, object] = {"figure": name, "value": round(value, 3), "unit": unit}
    return found if limit is None else found | {"limit": limit}
