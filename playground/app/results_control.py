"""Keeps the answers at the present: they are judged beside the window, as often as the machine can carry."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from playground.app import settings as remembered
from playground.app.background import Job
from playground.app.plot_saving import PlotSaving
from playground.app.settings import Settings
from playground.engine.compile import compile_graph
from playground.engine.results import results
from playground.model.dataset import BoundData
from playground.model.errors import PlaygroundError
from playground.model.experiment import Experiment
from playground.model.message import message
from playground.model.results import ColumnResults

if TYPE_CHECKING:
    from kernels.graph import Graph
    from playground.app.compute import Compute
    from playground.app.pass_control import PassControl
    from playground.app.pass_source import PassSource
    from playground.app.shown import Showing
    from widgets.results.answers_panel import AnswersPanel

SHARE = 0.05
"""The part of one core's time that judging may take."""

REST_MS = 250
"""The shortest rest between two looks: figures that change more often cannot be read."""

NO_DATA = message("Choose data first: without right answers there is nothing to compare with.")
NO_COLUMN = message("No output of the network answers for a column of the data yet.")

Found = tuple[tuple[ColumnResults, ...], float]
"""The results, and the seconds that they took."""


class ResultsControl(QObject):
    """Asks for new results whenever values or data change, one at a time, and only while somebody looks.

    What was asked for before the network or its data changed is dropped when it comes.

    notice(Message) : where something was saved, or why not
    """

    notice = Signal(object)

    def __init__(
        self,
        panel: AnswersPanel,
        window: QWidget,
        document: Showing,
        source: PassSource,
        passes: PassControl,
        compute: Compute,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel, self._document, self._source = panel, document, source
        self._passes, self._compute, self._settings = passes, compute, settings
        self._saving = PlotSaving(window, settings, self)
        self._job: Job | None = None
        self._graph: tuple[Experiment, Graph] | None = None
        self._is_wanted = True
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._begin)
        self._connect()
        panel.set_open(settings.get(remembered.ANSWERS_OPEN))
        self._want_anew()

    def want(self) -> None:
        """Judge the answers anew, as soon as there is time."""
        self._is_wanted = True
        if not self._rest.isActive() and self._job is None:
            self._rest.start(0)  # all that changes together is shown together

    def _connect(self) -> None:
        panel = self._panel
        panel.opened.connect(self._on_opened)
        panel.disclosure.opened.connect(self._keep_open)
        panel.example_requested.connect(self._follow)
        panel.play_requested.connect(self._play)
        panel.save_requested.connect(self._save)
        self._document.parameters_changed.connect(self.want)
        self._document.experiment_changed.connect(self._on_experiment)
        self._document.leaving.connect(self._forget)
        self._source.data_changed.connect(self._want_anew)
        self._saving.saved.connect(self.notice)
        self._saving.refused.connect(self.notice)

    def _on_experiment(self, _old: Experiment, _new: Experiment) -> None:
        self._want_anew()

    def _on_opened(self, is_wanted: bool) -> None:
        if is_wanted:
            self.want()

    def _keep_open(self, is_open: bool) -> None:
        self._settings.set(remembered.ANSWERS_OPEN, is_open)

    def _forget(self) -> None:
        """Show nothing of a network that goes."""
        self._drop()
        self._panel.set_results(())

    def _drop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _want_anew(self) -> None:
        """Look whether there is anything to judge; answers to what was before are of no use."""
        self._drop()
        if self._source.bound is None:
            self._panel.set_results(())
            self._panel.set_problem(self._source.problem or NO_DATA)
        self.want()

    def _begin(self) -> None:
        experiment, bound = self._document.experiment, self._source.bound
        if not (self._is_wanted and self._panel.is_wanted) or self._job is not None or bound is None:
            return
        if len(experiment.network.outputs) != bound.train_targets.shape[1]:
            return  # the rows of this network are still to come
        self._is_wanted = False
        parameters, graph = self._document.parameters, self._graph_of(experiment)

        def work() -> Found:
            began = thread_time()
            found = results(experiment, bound, parameters, graph)
            return found, thread_time() - began

        self._job = self._compute.background.run(work, *self._takers(experiment, bound))

    def _graph_of(self, experiment: Experiment) -> Graph:
        """Compile the network, once for as long as it is the same."""
        if self._graph is None or self._graph[0].network is not experiment.network:
            self._graph = (experiment, compile_graph(experiment.network))
        return self._graph[1]

    def _takers(
        self, experiment: Experiment, bound: BoundData
    ) -> tuple[Callable[[Found], None], Callable[[Exception], None]]:
        def take(found: Found) -> None:
            self._end(found[1])
            if experiment.network is self._document.experiment.network and bound is self._source.bound:
                self._panel.set_results(found[0])
                self._panel.set_problem(None if found[0] else NO_COLUMN)

        def fail(error: Exception) -> None:
            self._end(0.0)
            if not isinstance(error, PlaygroundError):
                raise error
            self._panel.set_results(())
            self._panel.set_problem(error.message)

        return take, fail

    def _end(self, seconds: float) -> None:
        self._job = None
        self._rest.start(max(REST_MS, round(1000 * seconds / SHARE)))

    def _follow(self, row: int) -> None:
        """Let a row of the table flow through the network; a test row as if its values were set by hand."""
        dataset = self._source.dataset
        if dataset is None:
            return
        self._passes.leave()
        places = np.flatnonzero(dataset.train == row)
        if len(places):
            self._source.choose(int(places[0]))
        else:
            self._source.choose_test(int(np.flatnonzero(dataset.test == row)[0]))

    def _play(self) -> None:
        """Play the pass of the example that is walked to, from its beginning."""
        walk = self._panel.walk
        if walk is not None:
            self._follow(walk.row)
            self._passes.toggle()

    def _save(self, kind: str) -> None:
        if kind == "csv":
            self._saving.save_rows(self._panel.rows(), self.tr("answers"))
        else:
            self._saving.save_picture(self._panel.picture(), self.tr("answers"))
