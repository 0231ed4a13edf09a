"""Histograms and curves of weights follow the run, beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.engine.fitting import fitting_experiment
from playground.model.experiment import BuiltInData
from playground.model.stage import Selection

WAIT_MS = 30_000


def trained(window: Window, qtbot: QtBot, epochs: float = 30.0) -> None:
    """Learn for some epochs, and pause."""
    window.document.reset(*fitting_experiment(BuiltInData("iris", count=60)))
    qtbot.waitUntil(lambda: window.source.bound is not None, timeout=WAIT_MS)
    window.training.toggle()
    qtbot.waitUntil(lambda: window.compute.epoch >= epochs, timeout=WAIT_MS)
    window.training.pause()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)


def test_nothing_is_made_while_it_is_folded(window: Window, qtbot: QtBot) -> None:
    trained(window, qtbot)
    qtbot.waitUntil(lambda: window.compute.background.is_idle, timeout=WAIT_MS)
    assert window.room.weights.shown is None


def test_histograms_are_those_of_the_run(window: Window, qtbot: QtBot) -> None:
    panel = window.room.weights
    panel.set_open(True)
    trained(window, qtbot)

    def is_at_the_end() -> bool:
        run, shown = window.runs.current, panel.shown
        return run is not None and shown is not None and shown.epochs[-1] == run.end.epoch

    qtbot.waitUntil(is_at_the_end, timeout=WAIT_MS)
    shown, weights = panel.shown, window.document.parameters.weights
    assert shown is not None
    assert shown.subject == "weights"
    assert sum(int(layer.counts[-1].sum()) for layer in shown.layers) == len(weights)
    panel.subject_choice.button("gradients").click()
    qtbot.waitUntil(lambda: panel.shown is not None and panel.shown.subject == "gradients", timeout=WAIT_MS)


def test_another_document_has_none(window: Window, qtbot: QtBot) -> None:
    panel = window.room.weights
    panel.set_open(True)
    trained(window, qtbot)
    qtbot.waitUntil(lambda: panel.shown is not None, timeout=WAIT_MS)
    window.document.reset(*fitting_experiment(BuiltInData("wine", count=60)))
    assert panel.shown is None
    qtbot.waitUntil(lambda: window.compute.background.is_idle, timeout=WAIT_MS)
    assert panel.shown is None


def test_a_chosen_edge_shows_its_course(window: Window, qtbot: QtBot) -> None:
    trained(window, qtbot)
    network = window.document.experiment.network
    curve = window.room.inspector.edge.curve
    for edge in network.edge_keys[:3]:
        window.keeper.set_selection(Selection(edges=frozenset([edge])))
        run = window.runs.current
        assert run is not None
        assert curve.history is not None
        assert curve.history.epochs.tolist() == run.epochs.tolist()
        assert curve.history.values[-1] == window.document.parameters.weight(network, edge)
        assert curve.history.values[0] == run.start.parameters.weight(network, edge)
    window.keeper.set_selection(Selection())
    assert curve.history is None
    window.keeper.set_selection(Selection(edges=frozenset(network.edge_keys[:2])))
    assert curve.history is None


def test_the_course_grows_while_the_network_learns(window: Window, qtbot: QtBot) -> None:
    trained(window, qtbot)
    edge = window.document.experiment.network.edge_keys[0]
    window.keeper.set_selection(Selection(edges=frozenset([edge])))
    curve = window.room.inspector.edge.curve
    assert curve.history is not None
    before = float(curve.history.epochs[-1])
    window.training.toggle()
    qtbot.waitUntil(lambda: curve.history is not None and curve.history.epochs[-1] > before, timeout=WAIT_MS)
    window.training.pause()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    assert np.isfinite(curve.history.values).all()


def test_counts_are_saved(
    window: Window, qtbot: QtBot, file_chosen: Callable[[Path | None], None], tmp_path: Path
) -> None:
    panel = window.room.weights
    panel.set_open(True)
    trained(window, qtbot)
    qtbot.waitUntil(lambda: panel.shown is not None, timeout=WAIT_MS)
    file_chosen(tmp_path / "weights.csv")
    panel.save_figures.click()
    assert (tmp_path / "weights.csv").read_text().startswith("layer,epoch,from,to,weights")
    file_chosen(tmp_path / "weights.png")
    panel.save_picture.click()
    assert (tmp_path / "weights.png").read_bytes().startswith(b"\x89PNG")
    assert "weights.png" in window.status.notice.text()
