"""Answers are judged beside the window, kept at the present, and lead to their examples."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from sklearn.metrics import confusion_matrix

from playground.app import settings as remembered
from playground.app.window import Window
from playground.engine.fitting import fitting_experiment
from playground.engine.results import results
from playground.engine.trace import trace_values
from playground.model import edits
from playground.model.dataset import BoundData
from playground.model.experiment import BuiltInData, Column, Experiment, Table, TableData
from playground.model.parameters import Parameters
from playground.model.results import ClassResults, ColumnResults, NumberResults, Part
from tests.end_to_end.conftest import MakeWindow
from widgets.results.answers_panel import AnswersPanel

WAIT_MS = 30_000
FileChosen = Callable[[Path | None], None]


def opened(window: Window, qtbot: QtBot, spec: BuiltInData | TableData) -> AnswersPanel:
    """The window with this data, and the answers about them unfolded."""
    window.document.reset(*fitting_experiment(spec))
    qtbot.waitUntil(lambda: window.source.bound is not None, timeout=WAIT_MS)
    panel = window.room.answers
    panel.set_open(True)
    qtbot.waitUntil(lambda: len(panel._results) > 0, timeout=WAIT_MS)
    return panel


def newest(panel: AnswersPanel) -> ColumnResults:
    return panel._results[0]


def matrix(window: Window, part: Part) -> np.ndarray:
    """The counts that the present values give, by other means."""
    bound = window.source.bound
    assert bound is not None
    inputs = bound.train_inputs if part == "train" else bound.test_inputs
    targets = bound.train_targets if part == "train" else bound.test_targets
    said = trace_values(window.document.experiment, window.document.state, inputs).probabilities
    labels = np.arange(targets.shape[1])
    return np.asarray(confusion_matrix(targets.argmax(axis=1), said.argmax(axis=1), labels=labels))


def is_at_the_present(window: Window, panel: AnswersPanel) -> bool:
    found = newest(panel).parts["train"]
    return isinstance(found, ClassResults) and np.array_equal(found.counts, matrix(window, "train"))


def test_nothing_is_worked_out_while_it_is_folded(window: Window, qtbot: QtBot) -> None:
    panel = window.room.answers
    assert not panel.is_wanted
    qtbot.waitUntil(lambda: window.compute.background.is_idle, timeout=WAIT_MS)
    assert panel._results == ()


def test_answers_are_those_of_the_present_values_while_the_network_learns(
    window: Window, qtbot: QtBot
) -> None:
    panel = opened(window, qtbot, BuiltInData("iris", count=150, seed=1))
    assert is_at_the_present(window, panel)
    first = newest(panel)
    window.training.toggle()
    qtbot.waitUntil(lambda: newest(panel) is not first and window.training.is_running, timeout=WAIT_MS)
    window.training.pause()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: is_at_the_present(window, panel), timeout=WAIT_MS)
    test = newest(panel).parts["test"]
    assert isinstance(test, ClassResults)
    np.testing.assert_array_equal(test.counts, matrix(window, "test"))


def test_other_data_take_their_answers_with_them(window: Window, qtbot: QtBot) -> None:
    panel = opened(window, qtbot, BuiltInData("iris", count=150))
    window.document.reset(*fitting_experiment(BuiltInData("diabetes", count=100)))
    assert panel._results == ()
    qtbot.waitUntil(lambda: len(panel._results) > 0, timeout=WAIT_MS)
    assert isinstance(newest(panel).parts["train"], NumberResults)


def test_without_data_it_says_what_to_do(window: Window, qtbot: QtBot) -> None:
    panel = opened(window, qtbot, BuiltInData("avocado"))
    window.document.reset(Experiment(), Parameters.of(Experiment().network, {}, {}))
    qtbot.waitUntil(panel.empty.isVisible, timeout=WAIT_MS)
    assert "Choose data" in panel.empty.text()


def test_a_wrong_answer_is_followed_through_the_network(window: Window, qtbot: QtBot) -> None:
    panel = opened(window, qtbot, BuiltInData("iris", count=150, seed=2))
    found = newest(panel).parts["train"]
    assert isinstance(found, ClassResults)
    right, said = (int(place) for place in np.argwhere(found.counts > 0)[-1])
    panel.matrix.cell_requested.emit(right, said)
    dataset, bound = window.source.dataset, window.source.bound
    assert dataset is not None
    assert bound is not None
    assert panel.walk is not None
    assert dataset.train[window.source.row] == panel.walk.row
    trace = window.source.trace
    assert trace is not None
    assert trace.targets[0].argmax() == right
    assert trace.probabilities[0].argmax() == said


def test_a_test_example_runs_with_its_answer_and_teaches_nothing(window: Window, qtbot: QtBot) -> None:
    panel = opened(window, qtbot, BuiltInData("iris", count=150, seed=2))
    panel.parts.button("test").click()
    panel.worst.click()
    assert panel.walk is not None
    dataset, bound = window.source.dataset, window.source.bound
    assert dataset is not None
    assert bound is not None
    place = window.source.test_row
    assert place is not None
    assert dataset.test[place] == panel.walk.row
    trace = window.source.trace
    assert trace is not None
    np.testing.assert_array_equal(trace.inputs[0], bound.test_inputs[place])
    np.testing.assert_array_equal(trace.targets[0], bound.test_targets[place])
    assert "test example" in window.room.example.answer.text()
    before = window.document.parameters
    window.player.seek(1e9)
    window.passes._learn()
    assert window.document.parameters is before
    assert window.document.undo_stack.count() == 0
    assert "does not learn" in window.status.notice.text()


def test_its_pass_is_played(window: Window, qtbot: QtBot) -> None:
    panel = opened(window, qtbot, BuiltInData("avocado", count=40))
    panel.matrix.cell_requested.emit(*_filled(panel))
    panel.bar.play.click()
    qtbot.waitUntil(lambda: window.player.is_playing, timeout=WAIT_MS)
    window.player.pause()


def test_a_point_leads_to_its_example(window: Window, qtbot: QtBot) -> None:
    panel = opened(window, qtbot, BuiltInData("diabetes", count=100))
    found = newest(panel).parts["train"]
    assert isinstance(found, NumberResults)
    panel.scatter.example_requested.emit(7)
    dataset = window.source.dataset
    assert dataset is not None
    assert dataset.train[window.source.row] == found.rows[7]


def test_figures_are_saved(window: Window, qtbot: QtBot, file_chosen: FileChosen, tmp_path: Path) -> None:
    panel = opened(window, qtbot, BuiltInData("iris", count=150))
    file_chosen(tmp_path / "answers.csv")
    panel.save_figures.click()
    with (tmp_path / "answers.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 151
    file_chosen(tmp_path / "answers.png")
    qtbot.waitUntil(lambda: not panel.picture().isNull(), timeout=WAIT_MS)  # it has been laid out
    panel.save_picture.click()
    assert (tmp_path / "answers.png").read_bytes().startswith(b"\x89PNG")


def test_it_is_remembered_whether_it_is_open(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    window.room.answers.set_open(True)
    assert window.settings.get(remembered.ANSWERS_OPEN)
    window.settings.sync()
    other = make_window()
    assert other.room.answers.is_wanted


def test_a_hundred_thousand_rows_are_judged_beside_the_window(window: Window, qtbot: QtBot) -> None:
    rng = np.random.default_rng(1)
    cells = np.column_stack([rng.normal(size=100_000), rng.integers(0, 3, 100_000)]).astype(np.float64)
    table = Table((Column("x"), Column("kind", "class", ("a", "b", "c"))), cells)
    threads: list[str] = []
    panel = opened(window, qtbot, TableData(table, ("kind",)))
    from threading import current_thread

    from playground.app import results_control

    true = results

    def spied(
        experiment: Experiment, bound: BoundData, parameters: Parameters, graph: object
    ) -> tuple[ColumnResults, ...]:
        threads.append(current_thread().name)
        return true(experiment, bound, parameters, graph)  # type: ignore[arg-type]  # the graph

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(results_control, "results", spied)
        first = newest(panel)
        (parameter, *_) = window.document.experiment.network.edge_keys
        assert window.document.apply(edits.set_weight(parameter, 3.0))
        qtbot.waitUntil(lambda: newest(panel) is not first, timeout=WAIT_MS)
    assert threads == ["serial lane"]
    found = newest(panel).parts["train"]
    assert isinstance(found, ClassResults)
    assert found.counts.sum() == 50_000


def _filled(panel: AnswersPanel) -> tuple[int, int]:
    found = newest(panel).parts["train"]
    assert isinstance(found, ClassResults)
    right, said = np.argwhere(found.counts > 0)[0]
    return int(right), int(said)
