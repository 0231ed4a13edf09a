"""How fast the fast kernel trains while the window draws 60 frames a second, against the window hidden."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from playground.app.kernel_control import FAST
from playground.app.main import SWITCH_SECONDS
from playground.app.settings import Settings
from playground.app.window import Window
from playground.engine import stopping
from playground.model import edits

Figure = Mapping[str, object]

SIZE = (1440, 900)
FRAME_MS = 1000 // 60
LEAST, AIM = 0.8, 0.95
TURNS, TURN_S, LONGEST_S = 5, 2.0, 300.0
NETWORKS: Mapping[str, tuple[int, ...]] = {"avocado": (), "384 edges": (8, 8, 8, 8, 8, 8)}


@dataclass(frozen=True, slots=True)
class Turn:
    """Epochs trained and pictures painted in a second."""

    epochs: float
    frames: float


class Drawing(QObject):
    """Asks the canvas for a picture 60 times a second, and counts those that it paints."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._canvas = window.room.canvas
        self.frames = 0
        self._canvas.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._ask)
        self._timer.start(FRAME_MS)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count a picture, and let it be painted."""
        self.frames += event.type() == QEvent.Type.Paint
        return False

    @Slot()
    def _ask(self) -> None:
        self._canvas.update()


def figures() -> Iterator[Figure]:
    """Yield for a small and a larger network how much of its speed training keeps."""
    stopping.WINDOW_EPOCHS = 10**12  # nothing converges while it is measured
    with tempfile.TemporaryDirectory() as home:
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            os.environ[variable] = home
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        sys.setswitchinterval(SWITCH_SECONDS)
        for name, layers in NETWORKS.items():
            yield measured(application, name, layers)


def measured(application: QApplication, name: str, layers: tuple[int, ...]) -> Figure:
    """Train in a window that is hidden and shown in turns."""
    window = Window(application, Settings(), guards_errors=False)
    window.resize(*SIZE)
    for count in layers:
        window.document.apply(edits.add_layer(count))
    window.document.apply(edits.set_learning(kernel=FAST, dtype="float32"))
    window.show()
    window.room.canvas.zoom_to_fit()
    drawing = Drawing(window)
    end = perf_counter() + LONGEST_S
    while not window.compute.warmth.is_ready(FAST, "float32"):
        if perf_counter() > end:
            raise RuntimeError("the kernel is not ready")
        wait(0.05)
    window.training.toggle()
    wait(1.0)
    hidden, shown = [], []
    for _ in range(TURNS):
        window.hide()
        hidden.append(turn(window, drawing))
        window.show()
        shown.append(turn(window, drawing))
    kernel = None if window.compute.snapshot is None else window.compute.snapshot.kernel
    if not window.training.is_running or kernel != FAST:
        raise RuntimeError(f"the network was to be trained by {FAST}, not by {kernel}")
    close(window)
    ratios = [one.epochs / other.epochs for one, other in zip(shown, hidden, strict=True)]
    return {
        "figure": f"training speed while the window draws, against the window hidden, {name}",
        "value": round(float(np.median(ratios)), 3),
        "unit": "×",
        "least": LEAST,
        "aim": AIM,
        "turns": [round(ratio, 3) for ratio in ratios],
        "epochs_per_second_hidden": round(float(np.median([one.epochs for one in hidden]))),
        "frames_per_second": round(float(np.median([one.frames for one in shown])), 1),
        "frames_per_second_hidden": round(float(np.median([one.frames for one in hidden])), 1),
    }


def turn(window: Window, drawing: Drawing) -> Turn:
    """Return what is done in some seconds, after the change before them has settled."""
    wait(0.3)
    epoch, frames, began = window.compute.epoch, drawing.frames, perf_counter()
    wait(TURN_S)
    seconds = perf_counter() - began
    return Turn((window.compute.epoch - epoch) / seconds, (drawing.frames - frames) / seconds)


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
