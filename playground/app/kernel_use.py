"""Wires "Use for training": what training uses is chosen as an edit, and its gain is told."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal

from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.kernel_control import KernelControl
from playground.engine.kernel_choice import KernelChoice, why_not_dtype
from playground.model import edits
from playground.model.experiment import Experiment
from playground.model.keys import KERNELS, DType, Kernel, Level
from playground.model.message import Message, message
from widgets.kernels.kernel_choice import KernelOption
from widgets.kernels.use_panel import UsePanel
from widgets.names import KERNEL_NAMES

LOOKING = message("Whether this computer has a graphics card for it is being found out.")


class KernelUse(QObject):
    """Keeps the panel at the document's kernel and type, and makes what it asks for an edit.

    notice(Message) : why a choice cannot be made
    """

    notice = Signal(object)

    def __init__(
        self,
        panel: UsePanel,
        document: Document,
        compute: Compute,
        kernel: KernelControl,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._document = document
        self._compute = compute
        self._kernel = kernel
        self._level: Level = "words"
        panel.kernel_requested.connect(self._choose_kernel)
        panel.dtype_requested.connect(self._choose_dtype)
        document.experiment_changed.connect(self._on_experiment)
        compute.warmth.changed.connect(self._show)
        kernel.choices_changed.connect(self._offer)
        kernel.gain.changed.connect(self._show_gain)
        self._offer(kernel.choices)
        self._show_gain(kernel.gain.said)

    def open(self) -> None:
        """Find out which kernels there are, and keep the gain at the present while it is seen."""
        self._kernel.look_for_kernels()
        self._kernel.gain.watch(True)

    def close(self) -> None:
        """Measure the gain no more."""
        self._kernel.gain.watch(False)

    def set_level(self, level: Level) -> None:
        """Name the kernels at another level."""
        self._level = level
        self._offer(self._kernel.choices)

    def _offer(self, choices: tuple[KernelChoice, ...] | None) -> None:
        """Offer all kernels; those that cannot be used here say why."""
        refusals: dict[Kernel, Message | None] = {"gpu": LOOKING}
        refusals |= {choice.key: choice.why_not for choice in choices or ()}
        self._panel.set_choices(
            [
                KernelOption(key, KERNEL_NAMES[key][self._level != "words"], refusals.get(key))
                for key in KERNELS
            ]
        )
        self._show()

    def _choose_kernel(self, key: str) -> None:
        self._document.apply(edits.set_learning(kernel=cast("Kernel", key)))
        self._show()

    def _choose_dtype(self, key: str) -> None:
        dtype = cast("DType", key)
        why_not = why_not_dtype(self._document.experiment.learning.kernel, dtype)
        if why_not is None:
            self._document.apply(edits.set_learning(dtype=dtype))
        else:
            self.notice.emit(why_not)
        self._show()

    def _on_experiment(self, _old: Experiment, _new: Experiment) -> None:
        self._show()

    def _show(self) -> None:
        learning = self._document.experiment.learning
        self._panel.set_current(learning.kernel, learning.dtype)
        self._panel.set_preparing(self._compute.warmth.said(learning.kernel, learning.dtype))

    def _show_gain(self, gain: Message | None) -> None:
        self._panel.set_gain(None if gain is None else message("Training is {gain}.", gain=gain))
