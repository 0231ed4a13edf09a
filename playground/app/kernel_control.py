"""Keeps the kernel for training at what the document says: gets it ready, shows it, switches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from playground.app import settings as remembered
from playground.app.gain import GainMeter
from playground.app.kernel_preparing import keep_compiled
from playground.engine.kernel_choice import KernelChoice, kernel_choices
from playground.model import edits
from playground.model.experiment import Experiment, Learning
from playground.model.keys import Kernel
from playground.model.snapshot import Snapshot
from widgets.names import KERNEL_NAMES

if TYPE_CHECKING:
    from playground.app.window import Window

FAST: Kernel = "numba-parallel"
PLAIN: Kernel = "numpy"

RENEW_MS = 200
"""Figures that change more often than this cannot be read."""


class KernelControl(QObject):
    """Joins the document's choice of a kernel to the switch, the settings and the status bar.

    Compiled kernels are got ready as soon as a document asks for one, or, once the first picture is on the
    screen, where the person used the fast kernel last: so the switch answers at once for whoever uses it,
    and whoever does not pays nothing for it.

    choices_changed(tuple of KernelChoice) : which kernels can train here, once that is known
    """

    choices_changed = Signal(object)

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._warmth = window.compute.warmth
        self.gain = GainMeter(window.document, window.source, window.training, window.compute, self)
        self.choices: tuple[KernelChoice, ...] | None = None
        self._is_looking = False
        self._renew = QTimer(self, interval=RENEW_MS, singleShot=True)
        self._connect()
        self._sync()

    def begin(self) -> None:
        """Begin what had to wait for the first picture."""
        keep_compiled()
        if self._window.settings.get(remembered.FAST_KERNEL):
            self._warmth.want(FAST, self._learning.dtype)
        self._want()

    def switch(self) -> None:
        """Let the fast kernel train, or NumPy, as one undo step."""
        is_on = self._learning.kernel == PLAIN
        self._window.settings.set(remembered.FAST_KERNEL, is_on)
        self._window.document.apply(edits.set_learning(kernel=FAST if is_on else PLAIN))
        self._sync()

    def look_for_kernels(self) -> None:
        """Find out beside the window which kernels can train here; `choices_changed` follows once."""
        if not self._is_looking:
            self._is_looking = True
            self._window.compute.background.run(kernel_choices, self._take_choices)

    @property
    def _learning(self) -> Learning:
        return self._window.document.experiment.learning

    def _connect(self) -> None:
        window = self._window
        window.document.experiment_changed.connect(self._on_experiment)
        window.document.restarted.connect(self._on_restarted)
        window.training.snapshot_changed.connect(self._show_figures)
        window.training.running_changed.connect(self._on_running)
        window.play.level_changed.connect(self._sync)
        window.room.side_chosen.connect(self._on_side)
        self._warmth.changed.connect(self._sync)

    def _on_experiment(self, _old: Experiment, _new: Experiment) -> None:
        self._on_restarted()

    def _on_restarted(self) -> None:
        self._want()
        self._sync()
        if not self._window.training.is_running:
            self._window.status.set_speed(None, None)  # what was measured holds no longer

    def _want(self) -> None:
        self._warmth.want(self._learning.kernel, self._learning.dtype)

    def _on_side(self, side: str) -> None:
        if side == "settings":
            self.look_for_kernels()

    def _take_choices(self, choices: tuple[KernelChoice, ...]) -> None:
        self.choices = choices
        refusals = {choice.key: choice.why_not for choice in choices if choice.why_not is not None}
        self._window.room.learning.settings.set_refusals(refusals)
        self.choices_changed.emit(choices)

    def _sync(self) -> None:
        """Show what trains: the chosen kernel, or NumPy in its place."""
        learning, status = self._learning, self._window.status
        said = self._warmth.said(learning.kernel, learning.dtype)
        kernel = learning.kernel if said is None else PLAIN
        snapshot = self._window.training.snapshot
        is_of_it = snapshot is not None and snapshot.kernel == kernel != PLAIN
        name = KERNEL_NAMES[kernel][self._window.play.level != "words"]
        status.set_kernel(name, snapshot.threads if snapshot is not None and is_of_it else None)
        status.set_preparing(said)
        self._window.acts["fast_kernel"].setChecked(learning.kernel != PLAIN)

    def _show_figures(self, snapshot: Snapshot | None) -> None:
        if snapshot is None or self._renew.isActive() or not self._window.training.is_running:
            return
        self._renew.start()
        self._show_speed(snapshot)

    def _on_running(self, is_running: bool) -> None:
        """Leave the last figures there: a fast run is over before anybody could read them."""
        snapshot = self._window.training.snapshot
        if not is_running and snapshot is not None:
            self._show_speed(snapshot)

    def _show_speed(self, snapshot: Snapshot) -> None:
        self._sync()
        self._window.status.set_speed(snapshot.epochs_per_second, snapshot.flops_per_second)
