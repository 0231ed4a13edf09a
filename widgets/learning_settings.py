"""The settings of learning: how far a step goes, how many examples it takes, and all the rest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from playground.model import edits
from playground.model.edits.learning import LearningChanges
from playground.model.experiment import Learning
from playground.model.keys import KERNELS, Kernel, Level
from playground.model.message import Message, message
from widgets.activation_settings import ActivationSettings
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.disclosure import Disclosure
from widgets.controls.labelled_choice import LabelledChoice
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.labels import Label
from widgets.controls.number_text import Bounds
from widgets.controls.optional_number import OptionalNumber
from widgets.controls.scales import Scale
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.controls.toggle import Toggle
from widgets.kernels.kernel_choice import KernelChoice, KernelOption
from widgets.names import (
    INITIALIZATION_NAMES,
    KERNEL_NAMES,
    LOSS_NAMES,
    OPTIMIZER_NAMES,
    REGULARIZATION_NAMES,
)
from widgets.pace_settings import PaceSettings
from widgets.schedule_settings import ScheduleSettings
from widgets.text import pick, say

NUMBERS = (
    "learning_rate",
    "batch_size",
    "momentum",
    "beta1",
    "beta2",
    "epsilon",
    "regularization_rate",
    "dropout",
)
"""Settings with a slider of the same name."""
WHOLE_NUMBERS = ("batch_size",)
SHARE = Bounds(minimum=0.0, maximum=0.999999)
POSITIVE = Bounds(above=0.0)


class LearningSettings(QWidget):
    """Shows the learning settings at a level, and asks for each change as an edit."""

    edit_requested = Signal(object)
    web_playground_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.learning_rate = LabelledSlider(
            self.tr("Step size"),
            self.tr("How far each weight moves against its blame in one step"),
            Scale(0.0001, 10.0, log=True, digits=2),
            bounds=POSITIVE,
        )
        self.batch_size = LabelledSlider(
            self.tr("Examples per step"),
            self.tr("How many examples are looked at before the weights change once"),
            Scale(1, 100, log=True, whole=True),
            bounds=Bounds(minimum=1, whole=True),
        )
        self.rate_now = Label("", "caption")
        self.rate_now.setVisible(False)
        self.schedule = ScheduleSettings()
        self.dropout = _fraction(
            self.tr("Dropout"),
            self.tr(
                "The share of hidden nodes that sit out each step, so that none relies on another; "
                "when you look, all take part"
            ),
        )
        self.activation = ActivationSettings()
        self.pace = PaceSettings()
        self.web_playground = Button(
            self.tr("As in the web playground"),
            self.tr(
                "Take the circle, the network and the settings that the web’s best known playground begins "
                "with; Undo brings yours back"
            ),
        )
        self.optimizer = LabelledChoice(
            self.tr("Optimizer"), self.tr("How the weights follow their gradients"), OPTIMIZER_NAMES
        )
        self.momentum = _fraction(
            self.tr("Momentum"), self.tr("How much of the last step is kept in the next one")
        )
        self.beta1 = _fraction(self.tr("Beta 1"), self.tr("How long Adam remembers the gradients"))
        self.beta2 = _fraction(self.tr("Beta 2"), self.tr("How long Adam remembers how large they are"))
        self.epsilon = LabelledSlider(
            self.tr("Epsilon"),
            self.tr("A small number that keeps Adam from dividing by zero"),
            Scale(1e-10, 1e-2, log=True, digits=2),
            bounds=POSITIVE,
        )
        self.own_settings = Disclosure(
            self.tr("Settings of the optimizer"),
            self.tr("Show the numbers that this optimizer works with"),
            self.momentum,
            self.beta1,
            self.beta2,
            self.epsilon,
        )
        self.loss = LabelledChoice(
            self.tr("Loss"),
            self.tr("What counts as a mistake; it also sets how the outputs answer"),
            LOSS_NAMES,
        )
        self.regularization = LabelledChoice(
            self.tr("Regularization"),
            self.tr("A price on strong weights, so that the network does not learn by heart"),
            REGULARIZATION_NAMES,
        )
        self.regularization_rate = LabelledSlider(
            self.tr("Regularization rate"),
            self.tr("How high the price on strong weights is"),
            Scale(0.0, 0.1, digits=2),
            bounds=Bounds(minimum=0.0),
        )
        self.initialization = LabelledChoice(
            self.tr("Starting weights"),
            self.tr("The weights that new arrows and a new start get"),
            INITIALIZATION_NAMES,
        )
        self.shuffle = Toggle(
            self.tr("Shuffle the examples"), self.tr("Take the examples in another order each time round")
        )
        self.stop_epochs = OptionalNumber(
            self.tr("Stop after this many rounds"),
            self.tr("Training pauses when it has been through all examples this often"),
            Bounds(minimum=1, whole=True),
            100,
        )
        self.stop_loss = OptionalNumber(
            self.tr("Stop below this loss"),
            self.tr("Training pauses when the loss on the training rows is smaller"),
            Bounds(minimum=0.0),
            0.05,
        )
        self.kernel_label = Label(self.tr("What does the multiplying"))
        self.kernel = KernelChoice(self.tr("What does the multiplying while the network learns"))
        self.dtype = SegmentedControl(
            self.tr("Numbers for training"),
            (
                Segment("float64", "float64", self.tr("Learn with numbers of about 16 digits")),
                Segment(
                    "float32", "float32", self.tr("Learn with numbers of about 7 digits, which is faster")
                ),
            ),
        )
        self.more = Disclosure(
            self.tr("More settings"),
            self.tr("Show loss, regularization, starting weights, when to stop, and what computes"),
            self.loss,
            self.regularization,
            self.regularization_rate,
            self.initialization,
            self.shuffle,
            self.stop_epochs,
            self.stop_loss,
            self.kernel_label,
            self.kernel,
            self.dtype,
        )
        self._refusals: dict[Kernel, Message] = {}
        self._shown: tuple[Learning, Level] | None = None
        rows = column(self, gap_px=12)
        for part in (
            self.learning_rate,
            self.rate_now,
            self.schedule,
            self.batch_size,
            self.optimizer,
            self.own_settings,
            self.activation,
            self.dropout,
            self.pace,
            self.more,
            self.web_playground,
        ):
            rows.addWidget(part)
        self._connect()

    def sync(self, learning: Learning, level: Level, row_count: int) -> None:
        """Show these settings; a batch can be as large as all the `row_count` training rows."""
        self._name(level)
        most = max(2, row_count, learning.batch_size)
        self.batch_size.set_scale(Scale(1, most, log=True, whole=True))
        for name in NUMBERS:
            self._slider(name).set_number(getattr(learning, name))
        self.schedule.sync(learning.schedule, level)
        self.momentum.setVisible(learning.optimizer == "momentum")
        for part in (self.beta1, self.beta2, self.epsilon):
            part.setVisible(learning.optimizer == "adam")
        self.own_settings.setVisible(learning.optimizer != "sgd")
        self.regularization_rate.setVisible(learning.regularization != "none")
        self.optimizer.sync(
            pick(level, self.tr("Way of going downhill"), self.tr("Optimizer")), learning.optimizer, level
        )
        self.loss.sync(
            pick(level, self.tr("What counts as a mistake"), self.tr("Loss")), learning.loss, level
        )
        self.regularization.sync(
            pick(level, self.tr("Price on strong arrows"), self.tr("Regularization")),
            learning.regularization,
            level,
        )
        self.initialization.sync(
            pick(level, self.tr("Arrows to begin with"), self.tr("Initialization")),
            learning.initialization,
            level,
        )
        with QSignalBlocker(self.shuffle):
            self.shuffle.setChecked(learning.shuffle)
        self.stop_epochs.set_number(learning.stop_epochs)
        self.stop_loss.set_number(learning.stop_loss)
        self._show_kernel(learning, level)

    def set_rate_now(self, rate: float | None, level: Level) -> None:
        """Say how large the learning rate is now, where a schedule changes it."""
        self.rate_now.setVisible(rate is not None)
        if rate is not None:
            brief = float(f"{rate:.3g}")
            words, technical = (
                message("Step size now {rate}", rate=brief),
                message("Learning rate now {rate}", rate=brief),
            )
            self.rate_now.set_text(say(words) if level == "words" else say(technical))

    def set_refusals(self, refusals: Mapping[Kernel, Message]) -> None:
        """Say which kernels cannot train here, by key, and why."""
        self._refusals = dict(refusals)
        if self._shown is not None:
            self._show_kernel(*self._shown)

    def _show_kernel(self, learning: Learning, level: Level) -> None:
        self._shown = (learning, level)
        self.kernel.set_options(
            [
                KernelOption(key, KERNEL_NAMES[key][level != "words"], self._refusals.get(key))
                for key in KERNELS
            ]
        )
        self.kernel.set_current(learning.kernel)
        self.dtype.set_current(learning.dtype)
        # NumPy has one type only; a choice that does nothing is not shown.
        has_types = learning.kernel != "numpy"
        self.dtype.setVisible(has_types and (level != "words" or learning.dtype != "float64"))

    def _name(self, level: Level) -> None:
        self.own_settings.set_text(
            pick(level, self.tr("Settings of this way"), self.tr("Settings of the optimizer")),
            pick(
                level,
                self.tr("Show the numbers that this way of going downhill works with"),
                self.tr("Show the numbers that this optimizer works with"),
            ),
        )
        self.learning_rate.set_name(
            pick(level, self.tr("Step size"), self.tr("Learning rate")),
            pick(
                level,
                self.tr("How far each arrow moves against its blame in one step"),
                self.tr("How far each weight moves against its gradient in one step"),
            ),
        )
        self.dropout.set_name(
            pick(level, self.tr("Nodes left out"), self.tr("Dropout")),
            self.tr(
                "The share of hidden nodes that sit out each step, so that none relies on another; "
                "when you look, all take part"
            ),
        )
        self.batch_size.set_name(
            pick(level, self.tr("Examples per step"), self.tr("Batch size")),
            self.tr("How many examples are looked at before the weights change once"),
        )
        self.regularization_rate.set_name(
            pick(level, self.tr("How high the price is"), self.tr("Regularization rate")),
            self.tr("How high the price on strong weights is"),
        )
        self.stop_epochs.set_text(
            pick(level, self.tr("Stop after this many rounds"), self.tr("Stop after this many epochs"))
        )
        self.stop_loss.set_text(
            pick(level, self.tr("Stop when mistakes are this small"), self.tr("Stop below this loss"))
        )

    def _connect(self) -> None:
        for name in NUMBERS:
            self._slider(name).changed.connect(partial(self._number_changed, name))
        choices = {
            "optimizer": self.optimizer,
            "loss": self.loss,
            "regularization": self.regularization,
            "initialization": self.initialization,
        }
        for name, choice in choices.items():
            choice.chosen.connect(partial(self._ask, name))
        self.schedule.changed.connect(partial(self._ask, "schedule"))
        self.web_playground.clicked.connect(self.web_playground_requested)
        self.shuffle.toggled.connect(partial(self._ask, "shuffle"))
        self.stop_epochs.changed.connect(self._stop_epochs_changed)
        self.stop_loss.changed.connect(partial(self._ask, "stop_loss"))
        self.kernel.chosen.connect(partial(self._ask, "kernel"))
        self.dtype.chosen.connect(partial(self._ask, "dtype"))

    def _slider(self, name: str) -> LabelledSlider:
        found = getattr(self, name)
        assert isinstance(found, LabelledSlider)
        return found

    def _number_changed(self, name: str, value: float, gesture: str | None) -> None:
        self._ask(name, round(value) if name in WHOLE_NUMBERS else value, gesture)

    def _stop_epochs_changed(self, number: float | None) -> None:
        self._ask("stop_epochs", None if number is None else round(number))

    def _ask(self, name: str, value: object, gesture: str | None = None) -> None:
        changes = cast("LearningChanges", {name: value})
        self.edit_requested.emit(edits.set_learning(gesture, **changes))


def _fraction(name: str, tooltip: str) -> LabelledSlider:
    return LabelledSlider(name, tooltip, Scale(0.0, 0.999, digits=3), bounds=SHARE)
