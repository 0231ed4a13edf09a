"""Gathers what the window shows at one instant, so that it can be taken out beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from playground.model.message import message
from playground.share.loss_picture import PLAIN, Names
from playground.share.material import Material, Plotted
from playground.share.table import Cell

if TYPE_CHECKING:
    from playground.app.window import Window


@runtime_checkable
class PlotView(Protocol):
    """A panel whose plot can be taken out."""

    def picture(self) -> QImage:
        """Return the plot as it is shown; a null image where there is nothing to show."""
        ...

    def rows(self) -> Sequence[tuple[Cell, ...]]:
        """Return its figures, the header first."""
        ...


def material(window: Window) -> Material:
    """Return what the window shows now; nothing in it changes any more."""
    room = window.rooms.room(window.rooms.current)
    snapshot, run = window.training.snapshot, window.runs.current
    history = None if snapshot is None else snapshot.history
    if history is None and run is not None:
        history = run.points
    return Material(
        stage=window.keeper.stage,
        theme=window.theming.theme,
        level=window.play.level,
        granularity=window.player.granularity,
        dataset=window.source.dataset,
        state=window.passes.state,
        run=run,
        history=history,
        names=names(window),
        is_log=window.room.plot.log.isChecked(),
        columns=window.maps.columns,
        plots=() if room is None else plots_in(room),
    )


def plots_in(room: QWidget) -> tuple[Plotted, ...]:
    """Return the plots of a room that show something."""
    found: list[Plotted] = []
    for part in room.findChildren(QWidget):
        if not isinstance(part, PlotView):
            continue
        rows = tuple(part.rows())
        if len(rows) > 1 and not (image := part.picture()).isNull():
            # What stands above a panel is already in the language of the window.
            title = message("{name}", name=heading_of(part))
            found.append(Plotted(f"plot-{len(found) + 1}", title, image, rows))
    return tuple(found)


def heading_of(panel: QWidget) -> str:
    """Return what stands above a panel, or what folds it; else what screen readers call it."""
    for owner in (panel, getattr(panel, "disclosure", None)):
        heading = getattr(owner, "heading", None)
        if isinstance(heading, QLabel | QAbstractButton):
            return heading.text()
    return panel.accessibleName()


def names(window: Window) -> Names:
    """Return what curves and axes are called at the level of the window."""
    if window.play.level != "words":
        return PLAIN
    dataset = window.source.dataset
    is_avocado = dataset is not None and dataset.name == "avocado"
    unseen = message("new avocados") if is_avocado else message("new examples")
    return Names(message("practice"), unseen, message("rounds"), message("mistake"), message("Round"))
