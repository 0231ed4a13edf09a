"""Keeps the maps at the present: they are made beside the window, as often as the machine can carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import thread_time
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal

from playground.app import settings as remembered
from playground.app.settings import Settings
from playground.engine.maps import MapMaker, MapRequest
from playground.model.dataset import Dataset
from playground.model.errors import PlaygroundError
from playground.model.experiment import Experiment
from playground.model.keys import DType, Level
from playground.model.maps import DecisionMap, MapMode, NodeMaps
from playground.model.message import message
from playground.model.parameters import Floats

if TYPE_CHECKING:
    from playground.app.compute import Compute
    from playground.app.pass_source import PassSource
    from playground.app.play_room import PlayRoom
    from playground.app.shown import Showing
    from playground.app.stage_keeper import StageKeeper

SHARE = 0.2
"""The part of one core's time that maps may take."""

REST_MS = 60
"""The shortest rest between two maps: more pictures in a second are not seen."""

FEW_COLUMNS = 2
"""Up to so many columns the map tells all; with more, nodes show theirs only where they are pointed at."""

DTYPES: tuple[DType, ...] = ("float32", "float64")
NO_COLUMNS = message("No input reads a number of the data yet, so there is nothing to draw a map of.")


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Maps as they come back: how many columns they could be made of, and what they took."""

    columns: tuple[int, ...]
    decision: DecisionMap | None
    nodes: tuple[NodeMaps, ...]
    seconds: float


class Workshop:
    """The maker for one network and its data, made by the first job that needs it; used by one lane."""

    def __init__(self, experiment: Experiment, dataset: Dataset) -> None:
        self.experiment, self.dataset = experiment, dataset
        self._maker: MapMaker | None = None

    def fits(self, experiment: Experiment, dataset: Dataset) -> bool:
        """Whether the maps of an experiment are made in the same way."""
        return (
            self.experiment.network is experiment.network
            and self.experiment.learning.loss == experiment.learning.loss
            and self.dataset is dataset
        )

    def make(self, request: MapRequest) -> Made:
        """Make the maps; called in the lane's thread. Raises DataError."""
        began = thread_time()
        if self._maker is None:
            self._maker = MapMaker(self.experiment, self.dataset)
        decision, nodes = self._maker.maps(request)
        return Made(self._maker.columns, decision, nodes, thread_time() - began)


class MapControl(QObject):
    """Asks for new maps whenever values, data or the example change, one at a time, and shows them.

    What was asked for before the network or its data changed is dropped when it comes.

    mode_changed(str) : whether nodes show their maps now: off, on or hover
    """

    mode_changed = Signal(str)

    def __init__(
        self,
        room: PlayRoom,
        document: Showing,
        source: PassSource,
        compute: Compute,
        keeper: StageKeeper,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._room, self._document, self._source = room, document, source
        self._compute, self._keeper, self._settings = compute, keeper, settings
        self._workshop: Workshop | None = None
        self._columns: tuple[int, ...] = ()
        self._n_columns = 0
        self._has_weights = False
        self._is_wanted = self._is_working = False
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._begin)
        self._connect()
        self._show_level(keeper.level)
        room.believes.set_wishes(
            test_points=settings.get(remembered.TEST_POINTS), crisp=settings.get(remembered.ONLY_YES_OR_NO)
        )
        self._want_anew()

    @property
    def mode(self) -> MapMode:
        """Whether nodes show their maps now."""
        chosen = self._settings.get(remembered.NODE_MAPS)
        if chosen != "auto":
            return cast("MapMode", chosen)
        return "on" if self._has_weights or self._n_columns <= FEW_COLUMNS else "hover"

    @property
    def columns(self) -> tuple[int, ...]:
        """Positions of the columns that were chosen for the map; empty where nobody has chosen any."""
        return self._columns

    @property
    def is_waiting(self) -> bool:
        """Whether newer maps are wanted, but nobody sees the room, or somebody has the machine alone."""
        return self._is_wanted and not self._is_working and not self._rest.isActive()

    def set_mode(self, mode: MapMode) -> None:
        """Let nodes show their maps always, when they are pointed at, or never."""
        self._settings.set(remembered.NODE_MAPS, mode)

    def want(self) -> None:
        """Make the maps anew, as soon as there is time."""
        self._is_wanted = True
        if not self._rest.isActive():
            self._rest.start(0)  # all that changes together is shown together

    def _connect(self) -> None:
        believes = self._room.believes
        believes.columns_requested.connect(self._choose_columns)
        believes.example_requested.connect(self._source.choose)
        believes.cells_requested.connect(self._source.set_cells)
        believes.test_points_changed.connect(self._keep_test_points)
        believes.crisp_changed.connect(self._keep_crisp)
        self._document.parameters_changed.connect(self.want)
        self._document.experiment_changed.connect(self._on_experiment)
        self._document.leaving.connect(self._forget)
        self._source.changed.connect(self._show_example)
        self._source.data_changed.connect(self._want_anew)
        self._settings.changed.connect(self._on_setting)
        self._compute.warmth.changed.connect(self.want)

    def _on_experiment(self, _old: Experiment, _new: Experiment) -> None:
        self._want_anew()

    def _on_setting(self, key: str) -> None:
        if key == remembered.NODE_MAPS.key:
            self._keeper.set_maps(() if self.mode == "off" else self._keeper.stage.maps, self.mode)
            self.mode_changed.emit(self.mode)
            self.want()

    def _keep_test_points(self, is_on: bool) -> None:
        self._settings.set(remembered.TEST_POINTS, is_on)

    def _keep_crisp(self, is_on: bool) -> None:
        self._settings.set(remembered.ONLY_YES_OR_NO, is_on)

    def _show_level(self, level: Level) -> None:
        self._room.believes.set_level(level)

    def _choose_columns(self, columns: tuple[int, ...]) -> None:
        self._columns = columns
        self.want()

    def _forget(self) -> None:
        """Show nothing of a network that goes."""
        self._workshop, self._columns = None, ()
        self._clear()

    def _want_anew(self) -> None:
        """Look whether there is a map at all, and of what."""
        dataset, experiment = self._source.dataset, self._document.experiment
        if dataset is None or self._source.bound is None or not experiment.network.nodes:
            self._workshop = None
            self._clear()
            return
        if self._workshop is None or self._workshop.dataset is not dataset:
            self._columns = ()
            self._clear()
        if self._workshop is None or not self._workshop.fits(experiment, dataset):
            self._workshop = Workshop(experiment, dataset)
        self._show_example()

    def _clear(self) -> None:
        believes = self._room.believes
        believes.set_map(None)
        believes.set_data(None, ())
        believes.set_problem(None)
        believes.setVisible(False)
        self._keeper.set_maps((), self.mode)

    def _show_example(self) -> None:
        self._room.believes.set_example(self._cells())
        self.want()

    def _cells(self) -> Floats | None:
        """The row of the table that flows through the network, or whose values are set by hand."""
        source = self._source
        if source.dataset is None or not source.n_examples:
            return None
        cells = source.dataset.table.cells
        by_hand = source.by_hand
        if by_hand is not None and len(by_hand) == cells.shape[1]:
            return by_hand
        row: Floats = cells[source.dataset.train[source.row]]
        return row

    def _begin(self) -> None:
        workshop, cells = self._workshop, self._cells()
        if not self._is_wanted or self._is_working or workshop is None or cells is None:
            return
        if self._room.isHidden() or not workshop.fits(self._document.experiment, workshop.dataset):
            return
        self._is_wanted, self._is_working = False, True
        warmth = self._compute.warmth
        dtype = next((dtype for dtype in DTYPES if warmth.is_ready("numba", dtype)), None)
        request = MapRequest(self._document.parameters, cells, self._columns, self.mode != "off", dtype)
        self._compute.background.run(lambda: workshop.make(request), *self._takers(workshop))

    def _takers(self, workshop: Workshop) -> tuple[Callable[[Made], None], Callable[[Exception], None]]:
        def take(made: Made) -> None:
            self._end(made.seconds)
            if workshop is self._workshop:
                self._show(made, workshop.dataset)

        def fail(error: Exception) -> None:
            self._end(0.0)
            if not isinstance(error, PlaygroundError):
                raise error
            if workshop is self._workshop:
                self._room.believes.set_problem(error.message)
                self._room.believes.setVisible(True)

        return take, fail

    def _end(self, seconds: float) -> None:
        self._is_working = False
        self._rest.start(max(REST_MS, round(1000 * seconds / SHARE)))

    def _show(self, made: Made, dataset: Dataset) -> None:
        believes, mode = self._room.believes, self.mode
        self._n_columns = len(made.columns)
        self._has_weights = any(maps.kind == "weights" for maps in made.nodes)
        if self.mode != mode:
            self.mode_changed.emit(self.mode)
        believes.set_problem(None if made.decision is not None else NO_COLUMNS)
        believes.set_data(dataset, made.columns)
        believes.set_map(made.decision)
        believes.setVisible(True)
        self._keeper.set_maps(made.nodes, self.mode)
