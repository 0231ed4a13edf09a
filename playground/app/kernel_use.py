"""Wires "Use for training": what training uses is chosen as an edit, and its gain is measured."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal

from playground.app.compute import Compute
from playground.app.document import Document
from playground.engine.kernel_choice import KernelChoice, kernel_choices, why_not_dtype
from playground.model import edits
from playground.model.experiment import Experiment
from playground.model.keys import DTYPES, DType, Kernel
from playground.model.message import Message, message
from widgets.kernels.kernel_choice import KernelOption
from widgets.kernels.use_panel import UsePanel

TITLES: dict[Kernel, Message] = {
    "numpy": message("NumPy"),
    "numba": message("Numba"),
    "numba-parallel": message("Numba parallel"),
    "gpu": message("GPU"),
}


class KernelUse(QObject):
    """Keeps the panel at the document's kernel and type, and makes what it asks for an edit.

    notice(Message) : why a choice cannot be made
    """

    notice = Signal(object)

    def __init__(
        self, panel: UsePanel, document: Document, compute: Compute, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._document = document
        self._compute = compute
        panel.kernel_requested.connect(self._choose_kernel)
        panel.dtype_requested.connect(self._choose_dtype)
        document.experiment_changed.connect(self._on_experiment)
        compute.warmth.changed.connect(self._show)
        panel.set_choices([KernelOption(key, title) for key, title in TITLES.items() if key != "gpu"])
        self._show()

    def look(self) -> None:
        """Find out beside the window which kernels there are; a GPU takes a moment."""
        self._compute.background.run(kernel_choices, self._offer)

    def _offer(self, choices: tuple[KernelChoice, ...]) -> None:
        self._panel.set_choices(
            [KernelOption(choice.key, TITLES[choice.key], choice.why_not) for choice in choices]
        )
        self._show()

    def _choose_kernel(self, key: str) -> None:
        """Train with a kernel, in the present type where it can, else in one that it has."""
        kernel = cast("Kernel", key)
        now = self._document.experiment.learning.dtype
        able = [dtype for dtype in (now, *DTYPES) if why_not_dtype(kernel, dtype) is None]
        self._document.apply(edits.set_learning(kernel=kernel, dtype=able[0] if able else now))
        self._show()

    def _choose_dtype(self, key: str) -> None:
        dtype, kernel = cast("DType", key), self._document.experiment.learning.kernel
        why_not = why_not_dtype(kernel, dtype)
        if why_not is None:
            self._document.apply(edits.set_learning(dtype=dtype))
        else:
            self.notice.emit(why_not)
        self._show()

    def _on_experiment(self, old: Experiment, new: Experiment) -> None:
        if (old.learning.kernel, old.learning.dtype) != (new.learning.kernel, new.learning.dtype):
            self._show()

    def _show(self) -> None:
        learning = self._document.experiment.learning
        self._panel.set_current(learning.kernel, learning.dtype)
        self._panel.set_preparing(self._compute.warmth.said(learning.kernel, learning.dtype))
