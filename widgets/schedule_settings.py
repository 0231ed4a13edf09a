"""How the learning rate changes over the epochs: never, in steps, or along a cosine."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level, ScheduleKind
from playground.model.rate_schedule import RateSchedule
from widgets.controls.card import column
from widgets.controls.labelled_choice import LabelledChoice
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale
from widgets.runs.setting_words import SCHEDULE_NAMES
from widgets.text import pick

EPOCHS = Bounds(minimum=1, whole=True)
OWN: dict[ScheduleKind, tuple[str, ...]] = {
    "constant": (),
    "step": ("every", "factor"),
    "cosine": ("epochs", "least"),
}
"""The numbers of each schedule, each with a slider of the same name."""


class ScheduleSettings(QWidget):
    """Shows a schedule with its own numbers, and asks for another one.

    changed : the RateSchedule, and the key of the gesture as sliders give it
    """

    changed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._schedule = RateSchedule()
        self.kind = LabelledChoice(
            self.tr("Schedule"),
            self.tr("Whether the steps become smaller as learning goes on"),
            SCHEDULE_NAMES,
        )
        self.every = LabelledSlider(
            self.tr("Every … epochs"),
            self.tr("After how many rounds through the examples the steps become smaller each time"),
            Scale(1, 10_000, log=True, whole=True),
            bounds=EPOCHS,
        )
        self.factor = LabelledSlider(
            self.tr("Factor"),
            self.tr("What the size of a step is multiplied by each time"),
            Scale(0.05, 1.0, digits=2),
            bounds=Bounds(above=0.0, maximum=1.0),
        )
        self.epochs = LabelledSlider(
            self.tr("Over … epochs"),
            self.tr("How many rounds through the examples it takes until the steps are at their smallest"),
            Scale(1, 10_000, log=True, whole=True),
            bounds=EPOCHS,
        )
        self.least = LabelledSlider(
            self.tr("Least share"),
            self.tr("How large steps are in the end, as a share of the first ones; 0 ends the learning"),
            Scale(0.0, 1.0, digits=2),
            bounds=Bounds(minimum=0.0, maximum=1.0),
        )
        rows = column(self, gap_px=8)
        rows.addWidget(self.kind)
        for name in (name for names in OWN.values() for name in names):
            slider = self._slider(name)
            rows.addWidget(slider)
            slider.changed.connect(partial(self._number_changed, name))
        self.kind.chosen.connect(self._chosen)

    def sync(self, schedule: RateSchedule, level: Level) -> None:
        """Show a schedule at a level."""
        self._schedule = schedule
        self._name(level)
        self.kind.sync(
            pick(level, self.tr("How the steps shrink"), self.tr("Schedule")), schedule.kind, level
        )
        for kind, names in OWN.items():
            for name in names:
                self._slider(name).setVisible(kind == schedule.kind)
                self._slider(name).set_number(getattr(schedule, name))

    def _name(self, level: Level) -> None:
        self.every.set_name(
            pick(level, self.tr("Smaller every … rounds"), self.tr("Every … epochs")),
            self.tr("After how many rounds through the examples the steps become smaller each time"),
        )
        self.factor.set_name(
            pick(level, self.tr("Smaller by a factor of"), self.tr("Factor")),
            self.tr("What the size of a step is multiplied by each time"),
        )
        self.epochs.set_name(
            pick(level, self.tr("Shrink for … rounds"), self.tr("Over … epochs")),
            self.tr("How many rounds through the examples it takes until the steps are at their smallest"),
        )
        self.least.set_name(
            pick(level, self.tr("Share that is left"), self.tr("Least share")),
            self.tr("How large steps are in the end, as a share of the first ones; 0 ends the learning"),
        )

    def _slider(self, name: str) -> LabelledSlider:
        found = getattr(self, name)
        assert isinstance(found, LabelledSlider)
        return found

    def _chosen(self, key: str) -> None:
        if key != self._schedule.kind:
            self.changed.emit(RateSchedule(cast("ScheduleKind", key)), None)

    def _number_changed(self, name: str, value: float, gesture: str | None) -> None:
        slider = self._slider(name)
        number = round(value) if slider.scale.whole else value
        self._schedule = replace(self._schedule, **{name: number})  # type: ignore[arg-type]  # by its name
        self.changed.emit(self._schedule, gesture)
