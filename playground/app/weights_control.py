"""Shows how weights have moved: histograms of all layers, and the course of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import thread_time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from playground.app import settings as remembered
from playground.app.background import Job
from playground.app.plot_saving import PlotSaving
from playground.app.settings import Settings
from playground.engine.histograms import HistogramMaker, same_weights, weight_history
from playground.model.dataset import BoundData
from playground.model.histograms import Histograms
from playground.model.network import EdgeKey, Network
from playground.model.stage import Stage

if TYPE_CHECKING:
    from playground.app.compute import Compute
    from playground.app.pass_source import PassSource
    from playground.app.runs import Runs
    from widgets.inspector_edge import EdgeInspector
    from widgets.results.weights_panel import WeightsPanel

SHARE = 0.05
"""The part of one core's time that histograms may take."""

REST_MS = 400
"""The shortest rest between two of them."""

CURVE_REST_MS = 250
"""The curve of one weight is drawn anew no more often."""

Found = tuple[Histograms, float]
"""The histograms, and the seconds that they took."""


class WeightsControl(QObject):
    """Makes histograms of the present run beside the window, one set at a time, only while somebody looks.

    What the run keeps of its moments is used as it is, so that nothing is recorded twice.

    notice(Message) : where something was saved, or why not
    """

    notice = Signal(object)

    def __init__(
        self,
        panel: WeightsPanel,
        window: QWidget,
        inspector: EdgeInspector,
        runs: Runs,
        source: PassSource,
        compute: Compute,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel, self._inspector = panel, inspector
        self._runs, self._source = runs, source
        self._compute, self._settings = compute, settings
        self._saving = PlotSaving(window, settings, self)
        self._maker: HistogramMaker | None = None
        self._job: Job | None = None
        self._stop = Event()
        self._is_wanted = True
        self._edge: EdgeKey | None = None
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._begin)
        self._curve_rest = QTimer(self, singleShot=True, interval=CURVE_REST_MS)
        self._curve_rest.timeout.connect(self._draw_curve)
        self._connect()
        panel.set_open(settings.get(remembered.WEIGHTS_OPEN))

    def set_stage(self, stage: Stage) -> None:
        """Hear which edge is chosen."""
        selection = stage.selection
        edge = next(iter(selection.edges)) if len(selection.edges) == 1 and not selection.nodes else None
        if edge != self._edge:
            self._edge = edge
            self._draw_curve()

    def shutdown(self) -> None:
        """Let what is under way end soon."""
        self._drop()

    def _connect(self) -> None:
        self._panel.opened.connect(self._on_opened)
        self._panel.disclosure.opened.connect(self._keep_open)
        self._panel.subject_chosen.connect(self._on_subject)
        self._panel.save_requested.connect(self._save)
        self._saving.saved.connect(self.notice)
        self._saving.refused.connect(self.notice)
        self._runs.grew.connect(self._on_grown)
        self._runs.changed.connect(self._on_changed)
        self._source.data_changed.connect(self._on_changed)

    def _on_opened(self, is_wanted: bool) -> None:
        if is_wanted:
            self._want()

    def _keep_open(self, is_open: bool) -> None:
        self._settings.set(remembered.WEIGHTS_OPEN, is_open)

    def _on_subject(self, _subject: str) -> None:
        self._drop()
        self._want()

    def _on_grown(self) -> None:
        self._want()
        if self._edge is not None and not self._curve_rest.isActive():
            self._curve_rest.start()

    def _on_changed(self) -> None:
        self._drop()
        if self._runs.current is None:
            self._maker = None
            self._panel.set_histograms(None)
        self._on_grown()

    def _want(self) -> None:
        self._is_wanted = True
        if not self._rest.isActive() and self._job is None:
            self._rest.start(0)  # all that changes together is shown together

    def _drop(self) -> None:
        self._stop.set()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _begin(self) -> None:
        run, bound = self._runs.current, self._source.bound
        if not (self._is_wanted and self._panel.is_wanted) or self._job is not None:
            return
        if run is None or bound is None:
            return
        network = run.end.experiment.network
        if not fits(network, bound):
            return
        self._is_wanted = False
        maker, subject, instants = self._maker_of(network, bound), self._panel.subject, run.instants
        stop = self._stop = Event()

        def work() -> Found:
            began = thread_time()
            return maker.make(subject, instants, stop.is_set), thread_time() - began

        self._job = self._compute.background.run(work, self._taker(run.number))

    def _taker(self, number: int) -> Callable[[Found], None]:
        def take(found: Found) -> None:
            self._job = None
            self._rest.start(max(REST_MS, round(1000 * found[1] / SHARE)))
            run = self._runs.current
            if run is not None and run.number == number:
                self._panel.set_histograms(found[0])

        return take

    def _maker_of(self, network: Network, bound: BoundData) -> HistogramMaker:
        """The maker for the run's network and its data, kept as long as they are the same."""
        known = self._maker
        if known is None or known.bound is not bound or not same_weights(known.network, network):
            known = self._maker = HistogramMaker(network, bound)
        return known

    def _save(self, kind: str) -> None:
        if kind == "csv":
            self._saving.save_rows(self._panel.rows(), self._panel.subject)
        else:
            self._saving.save_picture(self._panel.picture(), self._panel.subject)

    def _draw_curve(self) -> None:
        run = self._runs.current
        if self._edge is None or run is None:
            self._inspector.curve.set_history(None)
        else:
            self._inspector.curve.set_history(weight_history(run.instants, self._edge))


def fits(network: Network, bound: BoundData) -> bool:
    """Whether rows are bound to as many inputs and outputs as a network has."""
    return (
        bound.train_inputs.shape[1] == len(network.inputs)
        and bound.train_targets.shape[1] == len(network.outputs)
        and len(bound.train_inputs) > 0
    )
