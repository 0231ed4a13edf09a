"""The dialog of a sweep in each of its states, for what holds for all panels."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import message
from playground.model.sweep import best
from tests.widgets.sweep.made_up import CHOSEN, OUTCOMES
from widgets.sweep.offers import SUGGESTED, SweepOffer
from widgets.sweep.sweep_dialog import SweepDialog

PLAN = message("{count} runs, {at_a_time} at a time. Each begins with fresh weights, as after Start over.")


def dialog(level: Level = "words") -> SweepDialog:
    """A dialog that offers everything."""
    made = SweepDialog([SweepOffer(key, values) for key, values in SUGGESTED.items()], 100, level)
    made.set_plan(message(PLAN.template, count=12, at_a_time=1), is_ready=True)
    made.tell(None)
    return made


def running(level: Level = "words") -> SweepDialog:
    """One whose second run is under way."""
    made = dialog(level)
    made.begin(CHOSEN, 50)
    made.set_outcome(0, OUTCOMES[0], 0)
    made.set_started(1)
    return made


def done(level: Level = "words") -> SweepDialog:
    """One whose runs have all ended, each in another way."""
    made = running(level)
    for number, outcome in OUTCOMES.items():
        made.set_outcome(number, outcome, best(["seed"], OUTCOMES))
    made.end()
    return made


def activations() -> SweepDialog:
    made = dialog()
    made.first.choose("learning.activation")
    return made


def as_table() -> SweepDialog:
    made = done("numbers")
    made.view.button("table").click()
    return made


PANELS: Mapping[str, Callable[[], QWidget]] = {
    "sweep dialog": dialog,
    "sweep dialog with names": activations,
    "sweep dialog running": running,
    "sweep dialog done": done,
    "sweep dialog with a table": as_table,
}
