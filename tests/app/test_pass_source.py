"""What a pass runs over, and when its trace is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.app import pass_source
from playground.app.document import Document
from playground.app.pass_source import PassSource
from playground.engine.fitting import fitting_experiment
from playground.model import edits
from playground.model.dataset import BoundData
from playground.model.experiment import BuiltInData, Experiment
from playground.model.message import Message
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState, Trace
from tests.engine.passes import layered, pass_over

AVOCADO = BuiltInData("avocado", count=40, seed=3)
IRIS = BuiltInData("iris", count=150, seed=1)


@dataclass
class Later:
    """Keeps the jobs that were given away until the test lets them run."""

    jobs: list[tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None]]] = field(
        default_factory=list
    )

    def run(
        self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Take a job."""
        self.jobs.append((job, done, failed))

    def work(self) -> int:
        """Do all jobs in order; return how many there were."""
        jobs, self.jobs = self.jobs, []
        for job, done, failed in jobs:
            try:
                found = job()
            except Exception as error:  # noqa: BLE001  # any failure is handed on, as a lane does
                failed(error)
            else:
                done(found)
        return len(jobs)


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def document(qapp: object) -> Document:
    """A network that fits the avocado's data, untrained."""
    return Document(*fitting_experiment(AVOCADO))


@pytest.fixture
def source(document: Document, later: Later) -> PassSource:
    source = PassSource(document, later)  # type: ignore[arg-type]  # it only asks for `run`
    source.start()
    return source


def oracle_activations(document: Document, inputs: Sequence[float] | np.ndarray) -> np.ndarray:
    """Activations by plain loops that share no code with the engine."""
    return pass_over(document.experiment, document.state, [list(inputs)]).activations


def trace_of(source: PassSource) -> Trace | None:
    """The trace as it is now; a call, so that no type checker believes it to be what it was."""
    return source.trace


def bound_of(source: PassSource) -> BoundData | None:
    """The data as the network sees them now."""
    return source.bound


def problem_of(source: PassSource) -> Message | None:
    """What is the matter with the data now."""
    return source.problem


def test_a_pass_runs_over_the_chosen_example(source: PassSource, document: Document) -> None:
    assert source.bound is not None
    assert source.n_examples == len(source.bound.train_inputs) > 5
    for row in (0, 5, source.n_examples - 1):
        source.choose(row)
        trace = source.trace
        assert trace is not None
        assert list(trace.rows) == [row]
        wanted = oracle_activations(document, source.bound.train_inputs[row])
        np.testing.assert_allclose(trace.activations, wanted, rtol=1e-12)


def test_past_the_last_example_comes_the_first(source: PassSource) -> None:
    source.choose(source.n_examples)
    assert source.row == 0
    source.choose(-1)
    assert source.row == source.n_examples - 1


def test_values_set_by_hand_replace_the_example(source: PassSource, document: Document) -> None:
    values = np.array([0.1, 0.2, 0.9])
    source.set_by_hand(values)
    assert source.is_by_hand
    trace = source.trace
    assert trace is not None
    assert list(trace.rows) == [-1]
    assert not trace.has_answer
    np.testing.assert_allclose(trace.activations, oracle_activations(document, values), rtol=1e-12)
    source.set_by_hand(None)
    assert source.trace is not None
    assert list(source.trace.rows) == [0]


def test_a_row_set_by_hand_is_read_as_the_table_is(source: PassSource, document: Document) -> None:
    assert source.dataset is not None
    assert source.bound is not None
    cells = np.array(source.dataset.table.cells[source.dataset.train[7]])
    source.set_cells(cells)
    assert source.is_by_hand
    np.testing.assert_array_equal(source.inputs, source.bound.train_inputs[7])
    cells[0] = 0.123
    source.set_cells(cells)
    trace = source.trace
    assert trace is not None
    wanted = oracle_activations(document, [0.123, *source.bound.train_inputs[7][1:]])
    np.testing.assert_allclose(trace.activations, wanted, rtol=1e-12)


def test_a_row_set_by_hand_outlives_changes_of_the_network(source: PassSource, document: Document) -> None:
    assert source.dataset is not None
    cells = np.array(source.dataset.table.cells[0])
    source.set_cells(cells)
    assert document.apply(edits.delete([document.experiment.network.inputs[0]], []))
    assert source.is_by_hand
    np.testing.assert_array_equal(source.inputs, cells[1:3])
    source.choose(source.row + 1)
    assert not source.is_by_hand


def test_a_refusal_that_comes_too_late_is_no_problem_any_more(
    source: PassSource, document: Document, later: Later
) -> None:
    spoiled = BuiltInData("no such data", count=10)
    document.reset(replace(document.experiment, data=spoiled), document.parameters)
    document.reset(*fitting_experiment(AVOCADO))
    assert later.work() == 1
    assert source.problem is None
    assert source.dataset is not None


def test_choosing_an_example_drops_the_values_set_by_hand(source: PassSource) -> None:
    source.set_by_hand(np.zeros(3))
    source.choose(0)
    assert not source.is_by_hand


def test_values_by_hand_do_not_outlive_the_inputs_that_they_were_for(
    source: PassSource, document: Document
) -> None:
    source.set_by_hand(np.zeros(3))
    assert document.apply(edits.add_node("input", 0, 500, "New"))
    assert not source.is_by_hand
    assert source.inputs.shape == (4,)
    assert source.trace is not None


def test_a_batch_has_the_batch_size_and_wraps(source: PassSource, document: Document) -> None:
    size = document.experiment.learning.batch_size
    source.choose(source.n_examples - 2)
    source.set_batch(True)
    trace = source.trace
    assert trace is not None
    wanted = [(source.n_examples - 2 + step) % source.n_examples for step in range(size)]
    assert list(trace.rows) == wanted


def test_an_edit_and_new_values_make_another_trace(source: PassSource, document: Document) -> None:
    first = source.trace
    heard = []
    source.changed.connect(lambda: heard.append(True))
    edge = document.experiment.network.edge_keys[0]
    assert document.apply(edits.set_weight(edge, 2.5))
    assert heard
    second = source.trace
    assert second is not None
    assert second is not first
    assert second.old.weight(document.experiment.network, edge) == 2.5
    document.set_state(LearnerState(Parameters.zeros(document.experiment.network)))
    assert source.trace is not None
    assert not source.trace.old.weights.any()


def test_a_trace_is_computed_only_once(source: PassSource) -> None:
    assert source.trace is source.trace


def test_without_data_the_inputs_are_set_by_hand(qapp: object, later: Later) -> None:
    experiment = Experiment(layered((2, 2, 1)))
    document = Document(experiment, Parameters.zeros(experiment.network))
    source = PassSource(document, later)  # type: ignore[arg-type]  # it only asks for `run`
    source.start()
    assert source.is_by_hand
    assert source.rows == ()
    assert source.inputs.shape == (2,)
    assert source.trace is not None
    assert not later.jobs


def test_an_empty_stage_has_no_pass(qapp: object, later: Later) -> None:
    document = Document(Experiment(), Parameters.zeros(Experiment().network))
    source = PassSource(document, later)  # type: ignore[arg-type]  # it only asks for `run`
    source.start()
    assert source.trace is None


def test_slow_data_are_made_elsewhere_and_the_old_rows_are_not_used(
    source: PassSource, document: Document, later: Later
) -> None:
    experiment, parameters = fitting_experiment(IRIS)
    heard = []
    source.data_changed.connect(lambda: heard.append(source.dataset))
    document.reset(experiment, parameters)
    assert bound_of(source) is None
    before = trace_of(source)
    assert before is None or not before.has_answer
    assert later.work() == 1
    assert bound_of(source) is not None
    assert heard[-1] is source.dataset is not None
    after = source.trace
    assert after is not None
    assert after.inputs.shape == (1, 4)


def test_data_that_arrive_too_late_are_dropped(source: PassSource, document: Document, later: Later) -> None:
    document.reset(*fitting_experiment(IRIS))
    document.reset(*fitting_experiment(AVOCADO))
    names = source.dataset
    assert later.work() == 1
    assert source.dataset is names
    assert source.dataset is not None
    assert source.dataset.name == "avocado"


def test_data_that_cannot_be_made_are_a_problem_in_words(
    source: PassSource, document: Document, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(source.problem_changed):
        document.apply(edits.set_feature(document.experiment.network.inputs[0], "no such column"))
    assert bound_of(source) is None
    assert problem_of(source) is not None
    document.undo_stack.undo()
    assert problem_of(source) is None
    assert bound_of(source) is not None


def test_large_networks_are_traced_elsewhere(
    source: PassSource, document: Document, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trace_of(source) is not None
    monkeypatch.setattr(pass_source, "AT_ONCE_EDGES", 1)
    source.choose(1)
    assert trace_of(source) is not None  # the last one, of the same network, stays until the new one is here
    source.choose(2)
    assert len(later.jobs) == 1  # one at a time
    assert later.work() == 1
    assert trace_of(source) is not None
    assert later.work() == 1
    newest = source.trace
    assert newest is not None
    assert list(newest.rows) == [2]


def test_a_trace_of_another_network_is_never_shown(
    source: PassSource, document: Document, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trace_of(source) is not None
    monkeypatch.setattr(pass_source, "AT_ONCE_EDGES", 1)
    document.apply(edits.add_node("hidden", 0, 0))
    assert trace_of(source) is None
    document.apply(edits.add_node("hidden", 0, 100))
    later.work()
    assert trace_of(source) is None
    later.work()
    newest = source.trace
    assert newest is not None
    assert newest.experiment.network is document.experiment.network


def test_what_a_pass_teaches_is_the_new_state(source: PassSource, document: Document) -> None:
    trace = source.trace
    assert trace is not None
    assert trace.has_answer
    after = source.state_after(trace)
    assert after.parameters == trace.new
    assert after.step_count == document.state.step_count + 1


def test_a_test_row_runs_with_its_own_right_answer(source: PassSource, document: Document) -> None:
    bound = bound_of(source)
    assert bound is not None
    for row in (0, len(bound.test_inputs) - 1):
        source.choose_test(row)
        assert source.test_row == row
        assert source.is_by_hand
        trace = trace_of(source)
        assert trace is not None
        wanted = oracle_activations(document, bound.test_inputs[row])
        np.testing.assert_allclose(trace.activations, wanted, rtol=1e-12)
        np.testing.assert_array_equal(trace.targets[0], bound.test_targets[row])
    source.choose_test(len(bound.test_inputs))  # there is none, so nothing changes
    assert source.by_hand is not None
    source.set_cells(source.by_hand)
    trace = trace_of(source)
    assert trace is not None
    assert not trace.has_answer
    source.choose_test(1)
    source.choose(source.row)
    assert not source.is_by_hand
