"""Which kernel and which numbers training uses, and what that gains on the open network."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from playground.model.keys import DType, Kernel, Level
from playground.model.message import Message
from widgets.controls.card import column
from widgets.controls.labels import Label
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.kernels.kernel_choice import KernelChoice, KernelOption
from widgets.text import say, say_rich


class UsePanel(QWidget):
    """The switch "Use for training", the gain in a sentence, and what is being prepared."""

    kernel_requested = Signal(str)
    dtype_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.heading = Label(self.tr("Use this kernel for training"), "heading")
        self.kernels = KernelChoice(self.tr("Kernel for training"))
        self.dtype = SegmentedControl(
            self.tr("Numbers for training"),
            [
                Segment("float64", "float64", self.tr("Learn with numbers of about 16 digits")),
                Segment(
                    "float32", "float32", self.tr("Learn with numbers of about 7 digits, which is faster")
                ),
            ],
        )
        self.gain = Label()
        self.gain.setTextFormat(Qt.TextFormat.RichText)
        self.preparing = Label("", "muted")
        self.traced = Label(
            self.tr("Animated passes are computed in float64, from the weights learned in float32."),
            "caption",
        )
        rows = column(self, gap_px=8)
        for part in (self.heading, self.kernels, self.dtype, self.gain, self.preparing, self.traced):
            rows.addWidget(part)
        self.set_gain(None)
        self.set_preparing(None)
        self.traced.setVisible(False)
        self.kernels.chosen.connect(self.kernel_requested)
        self.dtype.chosen.connect(self.dtype_requested)

    def set_choices(self, options: Sequence[KernelOption]) -> None:
        """Offer these kernels; one that cannot be used here says why."""
        self.kernels.set_options(options)

    def set_current(self, kernel: Kernel, dtype: DType) -> None:
        """Show what training uses now."""
        self.kernels.set_current(kernel)
        self.dtype.set_current(dtype)
        self.traced.setVisible(dtype == "float32")
        if dtype != "float64":
            self.dtype.setVisible(True)

    def set_gain(self, gain: Message | None) -> None:
        """Say what the kernel gains on the open network; a figure may be bold by <b>…</b>."""
        said = "" if gain is None else say_rich(gain)
        self.gain.set_text(said)
        self.gain.setAccessibleName(said.replace("<b>", "").replace("</b>", ""))
        self.gain.setVisible(gain is not None)

    def set_preparing(self, what: Message | None) -> None:
        """Say what is being prepared while NumPy works on; None where all is ready."""
        self.preparing.set_text("" if what is None else say(what))
        self.preparing.setVisible(what is not None)

    def set_level(self, level: Level) -> None:
        """Which numbers are used is a matter of the levels Numbers and Maths, unless it was changed."""
        self.dtype.setVisible(level != "words" or self.dtype.current != "float64")
