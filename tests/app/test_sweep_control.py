"""Trying several settings from the window."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app import sweep_control
from playground.app.file_choice import FileChoice
from playground.app.sweep_cluster import MISSING
from playground.app.sweep_control import CANCELLED, SHARED, WAITS, SweepControl
from playground.app.sweep_events import Ended, Finished, Tell
from playground.app.sweep_process import COMMAND, ProcessSweep
from playground.app.window import Window
from playground.engine.sweep_run import run_point
from playground.model import file
from playground.model.initial import initial_parameters
from playground.model.message import sentence
from playground.model.sweep import Point, PointResult
from tests.app.sweeps import alive
from tests.end_to_end.conftest import WAIT_MS
from tests.widgets.spies import Heard
from widgets.sweep.sweep_dialog import SweepDialog

ENDLESS = "1e-9, 1e-10"


@pytest.fixture
def sweeps(window: Window, qtbot: QtBot) -> Iterator[SweepControl]:
    """The dialog over a window, opened by its key."""
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.sweeps.dialog is not None, timeout=WAIT_MS)
    yield window.sweeps
    if window.sweeps.dialog is not None:
        window.sweeps.dialog.close_button.click()


def dialog_of(sweeps: SweepControl) -> SweepDialog:
    assert sweeps.dialog is not None
    return sweeps.dialog


def processes(sweeps: SweepControl) -> tuple[int, ...]:
    assert isinstance(sweeps._sweep, ProcessSweep)
    return sweeps._sweep.process_ids


def run(qtbot: QtBot, sweeps: SweepControl, values: str, epochs: int = 4) -> SweepDialog:
    """Try step sizes, and wait until all runs are over."""
    dialog = dialog_of(sweeps)
    begin(qtbot, sweeps, values, epochs)
    qtbot.waitUntil(lambda: not sweeps.is_running, timeout=WAIT_MS)
    return dialog


def begin(qtbot: QtBot, sweeps: SweepControl, values: str, epochs: int) -> None:
    dialog = dialog_of(sweeps)
    dialog.first.choose("learning.learning_rate", values)
    dialog.epochs.set_number(epochs)
    assert dialog.start.isEnabled()
    dialog.start.click()
    qtbot.waitUntil(lambda: sweeps.is_running or bool(dialog.cards.outcomes()), timeout=WAIT_MS)


def test_runs_begin_with_fresh_weights_and_go_the_way_of_training(
    qtbot: QtBot, window: Window, sweeps: SweepControl
) -> None:
    before = window.document.parameters
    dialog = run(qtbot, sweeps, "0.01, 0.1, 1e300")
    outcomes = dialog.cards.outcomes()
    experiment = window.document.experiment
    fresh = initial_parameters(experiment.network, experiment.learning, experiment.seed)
    for number, rate in enumerate((0.01, 0.1)):
        content = json.loads(file.write(experiment, fresh))
        content["learning"]["learning_rate"] = rate
        expected, outcome = run_point(json.dumps(content).encode(), 4), outcomes[number]
        assert isinstance(expected, PointResult)
        assert isinstance(outcome, PointResult)
        assert outcome.curve.tobytes() == expected.curve.tobytes()
    assert dialog.cards.cards[1].is_best
    assert "past all bounds" in dialog.cards.cards[2].told()
    assert window.document.parameters is before
    assert window.document.undo_stack.count() == 0


def test_a_card_opens_its_run_as_one_undo_step(qtbot: QtBot, window: Window, sweeps: SweepControl) -> None:
    dialog = run(qtbot, sweeps, "0.01, 0.1")
    experiment, parameters = window.document.experiment, window.document.parameters
    QTest.mouseClick(dialog.cards.cards[1], Qt.MouseButton.LeftButton)
    result = dialog.cards.outcomes()[1]
    assert isinstance(result, PointResult)
    learned = file.read(result.file)
    qtbot.waitUntil(lambda: window.document.undo_stack.count() == 1, timeout=WAIT_MS)
    assert (window.document.experiment, window.document.parameters) == learned
    assert window.document.experiment.learning.learning_rate == 0.1
    assert window.document.undo_stack.undoText() == "Open the run with Step size 0.1"
    current = window.runs.current
    assert current is not None
    assert (current.name, current.end.epoch, current.start.epoch) == ("Step size 0.1", 4, 0)
    assert current.points.tobytes() == result.curve.tobytes()
    assert window.training.snapshot is not None
    assert window.training.snapshot.train_loss == result.train_loss
    assert "The window shows it now" in dialog.cards.cards[1].accessibleDescription()
    window.acts["undo"].trigger()
    assert (window.document.experiment, window.document.parameters) == (experiment, parameters)
    assert "The window shows it now" not in dialog.cards.cards[1].accessibleDescription()


def test_learning_goes_on_from_a_run_that_was_opened(
    qtbot: QtBot, window: Window, sweeps: SweepControl
) -> None:
    dialog = run(qtbot, sweeps, "0.01, 0.1")
    dialog.cards.cards[0].click()
    window.acts["one_epoch"].trigger()
    qtbot.waitUntil(lambda: window.compute.epoch == 5 and not window.training.is_running, timeout=WAIT_MS)
    assert window.runs.current is not None
    assert window.runs.current.end.epoch == 5


def test_cancelling_leaves_no_process_and_what_is_done(
    qtbot: QtBot, window: Window, sweeps: SweepControl
) -> None:
    dialog = dialog_of(sweeps)
    dialog.second.choose("learning.batch_size", "1, 1000")
    begin(qtbot, sweeps, ENDLESS, 1_000_000)
    qtbot.waitUntil(lambda: bool(processes(sweeps)), timeout=WAIT_MS)
    working = processes(sweeps)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not sweeps.is_running
    assert not any(map(alive, working))
    assert dialog.isVisible()
    assert dialog.told.text() == sentence(CANCELLED)
    assert {card.told() for card in dialog.cards.cards} == {"Was not run"}
    dialog.second.choose("nothing")
    assert len(run(qtbot, sweeps, "0.1", 2).cards.outcomes()) == 1


def test_a_process_that_is_killed_leaves_the_others(
    qtbot: QtBot, window: Window, sweeps: SweepControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(qtbot, sweeps, ENDLESS, 1_000_000)
    qtbot.waitUntil(lambda: bool(processes(sweeps)), timeout=WAIT_MS)
    psutil.Process(processes(sweeps)[0]).kill()
    cards = dialog_of(sweeps).cards
    qtbot.waitUntil(lambda: bool(cards.outcomes()), timeout=WAIT_MS)
    (lost,) = cards.outcomes()  # the runs are handed out to whoever asks first
    assert "ended by itself" in cards.cards[lost].told()
    assert sweeps.is_running
    sweeps.cancel()


def test_learning_waits_for_the_runs_and_goes_on(qtbot: QtBot, window: Window, sweeps: SweepControl) -> None:
    window.acts["train"].trigger()
    qtbot.waitUntil(lambda: window.compute.epoch > 0, timeout=WAIT_MS)
    begin(qtbot, sweeps, ENDLESS, 1_000_000)
    assert dialog_of(sweeps).told.text() == sentence(WAITS)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    sweeps.cancel()
    qtbot.waitUntil(lambda: window.training.is_running, timeout=WAIT_MS)
    window.training.pause()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)


def test_whoever_learns_beside_the_runs_is_told(qtbot: QtBot, window: Window, sweeps: SweepControl) -> None:
    notices = Heard(sweeps.notice)
    begin(qtbot, sweeps, ENDLESS, 1_000_000)
    window.acts["one_epoch"].trigger()
    assert notices.firsts == [SHARED]
    qtbot.waitUntil(lambda: window.compute.epoch == 1 and not window.training.is_running, timeout=WAIT_MS)
    assert sweeps.is_running
    sweeps.cancel()
    assert not window.training.is_running


def test_runs_stand_still_while_something_is_measured(
    qtbot: QtBot, window: Window, sweeps: SweepControl
) -> None:
    begin(qtbot, sweeps, ENDLESS, 1_000_000)
    qtbot.waitUntil(lambda: bool(processes(sweeps)), timeout=WAIT_MS)
    (working, *_) = processes(sweeps)
    window.compute.alone(True)
    qtbot.waitUntil(lambda: psutil.Process(working).status() == psutil.STATUS_STOPPED, timeout=WAIT_MS)
    window.compute.alone(False)
    qtbot.waitUntil(lambda: psutil.Process(working).status() != psutil.STATUS_STOPPED, timeout=WAIT_MS)
    sweeps.cancel()


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ("", "Choose the values to try."),
        ("0.1,,0.2", "a value is missing between the commas"),
        (",".join(map(str, range(1, 1002))), "1,001 runs"),
    ],
)
def test_what_cannot_be_tried_is_told_while_it_is_typed(sweeps: SweepControl, values: str, part: str) -> None:
    dialog = dialog_of(sweeps)
    dialog.first.choose("learning.learning_rate", values)
    assert part in dialog.plan.text()
    assert not dialog.start.isEnabled()
    dialog.first.choose("learning.learning_rate", "0.1")
    assert dialog.plan.text().startswith("One run.")
    assert dialog.start.isEnabled()


def test_a_wrong_value_is_told_when_it_is_started(qtbot: QtBot, sweeps: SweepControl) -> None:
    dialog = dialog_of(sweeps)
    dialog.first.choose("learning.learning_rate", "0.1, fast")
    dialog.start.click()
    qtbot.waitUntil(lambda: "learning.learning_rate=fast" in dialog.plan.text(), timeout=WAIT_MS)
    assert not sweeps.is_running


def test_without_data_nothing_can_be_tried(qtbot: QtBot, window: Window, sweeps: SweepControl) -> None:
    window.files.new()
    qtbot.waitUntil(lambda: window.training.refusal is not None, timeout=WAIT_MS)
    dialog_of(sweeps).first.choose("learning.learning_rate", "0.1")
    assert not dialog_of(sweeps).start.isEnabled()
    assert dialog_of(sweeps).plan.text() == sentence(window.training.refusal or CANCELLED)


def test_pictures_and_figures_are_saved(
    qtbot: QtBot, sweeps: SweepControl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = run(qtbot, sweeps, "0.01, 0.1")
    for button, name in ((dialog.save_table, "runs.csv"), (dialog.save_picture, "runs.png")):
        monkeypatch.setattr(FileChoice, "to_save", lambda *_a, name=name: tmp_path / name)
        button.click()
        assert dialog.told.text() == f"Saved as {name}."
    rows = list(csv.DictReader((tmp_path / "runs.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["learning.learning_rate"] for row in rows] == ["0.01", "0.1"]
    assert not QImage(str(tmp_path / "runs.png")).isNull()
    monkeypatch.setattr(FileChoice, "to_save", lambda *_a: tmp_path / "no" / "runs.csv")
    dialog.save_table.click()
    assert not dialog.told.text().startswith("Saved")


class Cluster:
    """Stands for a cluster: keeps what it is given, and tells what it is told to."""

    made: ClassVar[list[Cluster]] = []

    def __init__(self, points: Sequence[Point], address: str, tell: Tell) -> None:
        self.points, self.address, self.tell = points, address, tell
        self.is_cancelled = False
        self.made.append(self)

    def start(self) -> None:
        pass

    def cancel(self) -> None:
        self.is_cancelled = True

    def hold(self, is_held: bool) -> None:
        pass


def test_a_cluster_does_the_runs_where_its_address_is_given(
    qtbot: QtBot, window: Window, sweeps: SweepControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_control, "ClusterSweep", Cluster)
    monkeypatch.setattr(Cluster, "made", [])
    dialog = dialog_of(sweeps)
    dialog.elsewhere.heading.click()
    QTest.keyClicks(dialog.address, "tcp://there:8786")
    assert dialog.plan.text() == "Runs on the cluster: 5."
    begin(qtbot, sweeps, "0.01, 0.1", 4)
    (cluster,) = Cluster.made
    assert (cluster.address, len(cluster.points)) == ("tcp://there:8786", 2)
    point = cluster.points[1]
    cluster.tell(Finished(1, run_point(point.file, point.epochs)))
    qtbot.waitUntil(lambda: 1 in dialog.cards.outcomes(), timeout=WAIT_MS)
    cluster.tell(Ended())
    qtbot.waitUntil(lambda: not sweeps.is_running, timeout=WAIT_MS)
    assert cluster.is_cancelled


def test_a_cluster_that_cannot_be_used_is_told(
    qtbot: QtBot, window: Window, sweeps: SweepControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    dialog = dialog_of(sweeps)
    dialog.address.setText("tcp://there:8786")
    dialog.first.choose("learning.learning_rate", "0.1")
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.told.text() == sentence(MISSING), timeout=WAIT_MS)
    assert not sweeps.is_running


def test_closing_the_window_ends_the_runs(qtbot: QtBot, window: Window, sweeps: SweepControl) -> None:
    begin(qtbot, sweeps, ENDLESS, 1_000_000)
    qtbot.waitUntil(lambda: bool(processes(sweeps)), timeout=WAIT_MS)
    working = processes(sweeps)
    window.document.reset(window.document.experiment, window.document.parameters)
    window.close()
    assert not any(map(alive, working))
    assert sweeps.dialog is None
    assert COMMAND[-1] not in str(psutil.Process().children())


def test_the_dialog_is_one_and_the_button_opens_it(qtbot: QtBot, window: Window) -> None:
    window.acts["side_settings"].trigger()
    window.room.try_several.click()
    dialog = dialog_of(window.sweeps)
    window.acts["sweep"].trigger()
    assert window.sweeps.dialog is dialog
    dialog.close_button.click()
    assert window.sweeps.dialog is None
