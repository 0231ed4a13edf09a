"""What a pass runs over: the chosen example, values set by hand or one batch, through the present network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.engine.binding import bind, input_values
from playground.engine.compile import compile_graph
from playground.engine.datasets import make_dataset
from playground.engine.rate import learning_at
from playground.engine.trace import next_state, trace, trace_values
from playground.model.dataset import BoundData, Dataset
from playground.model.errors import PlaygroundError
from playground.model.experiment import DataSpec, Experiment, TableData
from playground.model.message import Message
from playground.model.network import Network
from playground.model.parameters import Floats
from playground.model.trace import LearnerState, Trace

if TYPE_CHECKING:
    from kernels.graph import Graph
    from playground.app.background import Background
    from playground.app.shown import Showing

AT_ONCE_CELLS = 20_000
"""Tables up to this many cells are split and scaled at once; larger ones beside the window."""
AT_ONCE_EDGES = 5_000
"""Networks up to this many edges are traced at once; larger ones beside the window."""
MADE_HERE = ("avocado", "admission")
"""Data sets that the program makes itself, within a millisecond."""


class PassSource(QObject):
    """Keeps data, binding and trace of what is shown; computes the trace only when somebody asks."""

    changed = Signal()
    """The trace is another one: other values, another example, other data."""
    data_changed = Signal()
    """The data set or its binding to the network is another one."""
    problem_changed = Signal()

    def __init__(self, document: Showing, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._spec: DataSpec | None = None
        self._trace: Trace | None = None
        self._is_stale = True
        self._is_tracing = False
        self._hand: Floats | None = None
        self._cells: Floats | None = None
        self._test_row: int | None = None
        self._compiled: tuple[Network, Graph] | None = None
        self.prepare: Callable[[Trace], None] | None = None
        """What else is to be made of a large pass beside the window; called in another thread."""
        self.epoch_of: Callable[[], float] = _at_the_start
        """Tells the epoch of what is shown, on which the learning rate of a pass may depend."""
        self.dataset: Dataset | None = None
        self.bound: BoundData | None = None
        self.problem: Message | None = None
        self.row = 0
        self.is_batch = False
        document.experiment_changed.connect(self._on_experiment)
        document.parameters_changed.connect(self._on_values)

    @property
    def state(self) -> LearnerState:
        """The learner whose pass it is."""
        return self._document.state

    @property
    def network(self) -> Network:
        """The network whose pass it is: the present one, or that of the instant that is looked at."""
        return self._document.experiment.network

    @property
    def n_examples(self) -> int:
        """How many training examples there are to choose from."""
        return 0 if self.bound is None else len(self.bound.train_inputs)

    @property
    def is_by_hand(self) -> bool:
        """Whether the values are set by hand instead of taken from an example."""
        return self._hand is not None or self.n_examples == 0

    @property
    def by_hand(self) -> Floats | None:
        """The values set by hand: a row of the table, (n_columns,), or without data (n_inputs,); or None."""
        return self._cells if self._cells is not None else self._hand

    @property
    def test_row(self) -> int | None:
        """The test row whose values are shown, counted from 0; None where the values are others."""
        return None if self._hand is None else self._test_row

    @property
    def rows(self) -> tuple[int, ...]:
        """Training rows of the pass, counted from 0; empty for values set by hand."""
        if self.is_by_hand:
            return ()
        if not self.is_batch:
            return (self.row,)
        size = min(self._document.experiment.learning.batch_size, self.n_examples)
        return tuple((self.row + step) % self.n_examples for step in range(size))

    @property
    def inputs(self) -> Floats:
        """What the input nodes read: float64, shape (n_inputs,)."""
        count = len(self._document.experiment.network.inputs)
        if self._hand is not None:
            return self._hand
        if self.bound is None or not self.n_examples:
            return np.full(count, 0.5)
        values: Floats = self.bound.train_inputs[self.row]
        return values

    @property
    def trace(self) -> Trace | None:
        """The pass with the present values, or None while there is nothing to compute or it is under way."""
        if self._is_stale and not self._is_tracing:
            self._refresh()
        found = self._trace
        fits = found is not None and found.experiment.network is self._document.experiment.network
        return found if fits else None

    def start(self) -> None:
        """Load the data of the document as it is now."""
        self._load(self._document.experiment)

    def choose(self, row: int) -> None:
        """Take a training example, counted from 0; past the last it begins at the first."""
        row = row % self.n_examples if self.n_examples else 0
        if row == self.row and self._hand is None:
            return
        self.row, self._hand, self._cells, self._test_row = row, None, None, None
        self._retrace()

    def choose_test(self, row: int) -> None:
        """Let the inputs read a test row, counted from 0: as if set by hand, but with its right answer."""
        if self.dataset is not None and 0 <= row < len(self.dataset.test):
            self._cells = self.dataset.table.cells[self.dataset.test[row]]
            self._test_row = row
            self._read_cells()
            self._retrace()

    def set_by_hand(self, values: Floats | None) -> None:
        """Let the input nodes read these values, shape (n_inputs,); None goes back to the example."""
        self._hand = None if values is None else np.asarray(values, dtype=np.float64)
        self._cells = self._test_row = None
        self._retrace()

    def set_cells(self, cells: Floats) -> None:
        """Let the inputs read a row set by hand, shape (n_columns,), in the units of the table."""
        self._cells, self._test_row = np.asarray(cells, dtype=np.float64), None
        self._read_cells()
        self._retrace()

    def set_batch(self, is_batch: bool) -> None:
        """Run one batch instead of one example."""
        if is_batch != self.is_batch:
            self.is_batch = is_batch
            self._retrace()

    def state_after(self, done: Trace) -> LearnerState:
        """What the learner holds after a pass: parameters, optimizer memory, one more update."""
        return next_state(done, self._document.state)

    def _on_experiment(self, old: Experiment, new: Experiment) -> None:
        if new.data is not self._spec and new.data != self._spec:
            self._load(new)
        elif new.network is not old.network:
            self._bind()
        self._retrace()

    def _on_values(self) -> None:
        self._retrace()

    def _retrace(self) -> None:
        self._is_stale = True
        self.changed.emit()

    def _load(self, experiment: Experiment) -> None:
        spec = experiment.data
        self._spec, self.row, self._hand, self._cells, self._test_row = spec, 0, None, None, None
        if spec is None:
            self.dataset = None
            self._bind()
        elif _is_quick(spec):
            try:
                self._take(spec, make_dataset(spec))
            except PlaygroundError as error:
                self._refuse(error, spec)
        else:
            # Until the new rows are here the old ones fit nothing any more.
            self.dataset = None
            self._bind()
            self._background.run(
                lambda: make_dataset(spec),
                lambda dataset: self._take(spec, dataset),
                lambda error: self._refuse(error, spec),
            )

    def _take(self, spec: DataSpec, dataset: Dataset) -> None:
        if spec is not self._spec:
            return
        self.dataset = dataset
        self._bind()
        self._retrace()

    def _bind(self) -> None:
        self.bound, problem = None, None
        if self.dataset is not None:
            try:
                self.bound = bind(self._document.experiment.network, self.dataset)
            except PlaygroundError as error:
                problem = error.message
        if self.row >= self.n_examples:
            self.row = 0
        if self._cells is not None:
            self._read_cells()
        elif self._hand is not None and len(self._hand) != len(self._document.experiment.network.inputs):
            self._hand = None
        self._set_problem(problem)
        self.data_changed.emit()

    def _read_cells(self) -> None:
        """Work out what the inputs read from the row set by hand; a row that they cannot read is dropped."""
        if self.dataset is None or self._cells is None:
            self._hand = self._cells = None
            return
        try:
            self._hand = input_values(self._document.experiment.network, self.dataset, self._cells)[0]
        except PlaygroundError:
            self._hand = self._cells = None

    def _refuse(self, error: Exception, spec: DataSpec) -> None:
        if not isinstance(error, PlaygroundError):
            raise error
        if spec is not self._spec:
            return
        self.dataset = self.bound = None
        self._set_problem(error.message)
        self.data_changed.emit()

    def _set_problem(self, problem: Message | None) -> None:
        if problem != self.problem:
            self.problem = problem
            self.problem_changed.emit()

    def _refresh(self) -> None:
        job = self._job()
        self._is_stale = False
        if job is None:
            self._trace = None
        elif len(self._document.experiment.network.edges) <= AT_ONCE_EDGES:
            self._trace = job()
        else:
            self._is_tracing = True
            prepare = self.prepare

            def work() -> Trace | None:
                found = job()
                if found is not None and prepare is not None:
                    prepare(found)
                return found

            self._background.run(work, self._arrived, self._lost)

    def _job(self) -> Callable[[], Trace | None] | None:
        """Return the work of one trace; it holds all that it needs, so that any thread may do it."""
        experiment, state, bound = self._document.experiment, self._document.state, self.bound
        learning = learning_at(experiment.learning, self.epoch_of())
        if learning is not experiment.learning:
            experiment = replace(experiment, learning=learning)
        if not experiment.network.nodes:
            return None
        if bound is not None and self.rows:
            rows = np.array(self.rows, dtype=np.int64)
            return lambda: _traced(lambda: trace(experiment, state, bound, rows, self._graph(experiment)))
        inputs, test_row = self.inputs.reshape(1, -1), self.test_row
        targets = None if bound is None or test_row is None else bound.test_targets[test_row]
        return lambda: _traced(
            lambda: trace_values(experiment, state, inputs, targets, self._graph(experiment))
        )

    def _graph(self, experiment: Experiment) -> Graph:
        """Compile the network, once for as long as it is the same; safe in any thread."""
        known = self._compiled
        if known is None or known[0] is not experiment.network:
            known = (experiment.network, compile_graph(experiment.network))
            self._compiled = known
        return known[1]

    def _arrived(self, found: Trace | None) -> None:
        self._is_tracing = False
        self._trace = found
        self.changed.emit()

    def _lost(self, error: Exception) -> None:
        self._is_tracing = False
        raise error


def _at_the_start() -> float:
    return 0.0


def _traced(make: Callable[[], Trace]) -> Trace | None:
    try:
        return make()
    except PlaygroundError:
        return None


def _is_quick(spec: DataSpec) -> bool:
    if isinstance(spec, TableData):
        return spec.table.cells.size <= AT_ONCE_CELLS
    return spec.name in MADE_HERE and spec.count <= AT_ONCE_CELLS
