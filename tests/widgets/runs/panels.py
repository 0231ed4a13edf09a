"""Every view of runs, filled as a person would see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from tests.widgets.runs.made_up import several
from widgets.controls.side_column import SideColumn
from widgets.runs.compare_dialog import CompareDialog
from widgets.runs.looking_back import LookingBack
from widgets.runs.runs_panel import RunsPanel

RIGHT_PX = 332


def runs_panel(level: Level = "words") -> QWidget:
    """Three runs, one of them deleted before."""
    runs = several()
    made = RunsPanel()
    made.set_runs(runs[:2], 2, runs[2], level)
    column = SideColumn("", RIGHT_PX, made)
    column.resize(RIGHT_PX, 620)
    return column


def looking_back() -> QWidget:
    """The notice over the stage."""
    made = LookingBack()
    made.sync(120.0, 706.0, "words")
    column = SideColumn("", 520, made)
    column.resize(520, 300)
    made.setVisible(True)
    return column


PANELS: Mapping[str, Callable[[], QWidget]] = {
    "runs": runs_panel,
    "runs in numbers": lambda: runs_panel("numbers"),
    "looking back": looking_back,
    "compare dialog": lambda: CompareDialog(several(), "words"),
}

OWN_WORDS = ("Faster",)
