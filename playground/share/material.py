"""What the window shows at one instant: all that things to take out are made of."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from playground.model.dataset import Dataset
from playground.model.keys import Granularity, Level
from playground.model.message import Message
from playground.model.parameters import Floats
from playground.model.run import Run
from playground.model.stage import Stage
from playground.model.trace import LearnerState
from playground.share.loss_picture import PLAIN, Names
from playground.share.map_picture import MapSource
from playground.share.table import Cell
from resources.theme import Theme


@dataclass(frozen=True, slots=True, eq=False)
class Plotted:
    """A plot of the present room: what it is called, how it looks, and its figures, the header first."""

    key: str
    title: Message
    image: QImage
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What the window shows at one instant; everything that is taken out is made of it.

    state : the learner before the pass on the stage
    run : the course of learning so far, None before anything was learned
    history : (n_points, 5), as `Snapshot.history`
    columns : positions of the columns that maps are made of; empty for the first ones that are read
    plots : further plots of the present room
    """

    stage: Stage
    theme: Theme
    level: Level
    granularity: Granularity
    dataset: Dataset | None = None
    state: LearnerState | None = None
    run: Run | None = None
    history: Floats | None = None
    names: Names = PLAIN
    is_log: bool = False
    columns: tuple[int, ...] = ()
    plots: tuple[Plotted, ...] = ()

    def maps(self) -> MapSource | None:
        """Return what makes the maps of the data, with the example on the stage; None without data."""
        if self.dataset is None or not len(self.dataset.train):
            return None
        row = 0 if self.stage.trace is None else max(0, int(self.stage.trace.rows[0]))
        train = self.dataset.train
        return MapSource(
            self.dataset, self.dataset.table.cells[train[min(row, len(train) - 1)]], self.columns
        )
