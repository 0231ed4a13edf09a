"""The undo stack stays within its bytes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from playground.app.document import Document
from playground.model import edits
from playground.model.experiment import Experiment
from playground.model.message import message
from playground.model.parameters import Parameters
from tests.app.test_document import facts


def test_a_thousand_steps_fit_and_old_ones_go(qtbot: QtBot) -> None:
    experiment = Experiment()
    document = Document(experiment, Parameters.zeros(experiment.network))
    document.apply(edits.add_node("output", 0, 0))
    for _ in range(8):
        document.apply(edits.add_layer(16))
    for index in range(1_000):
        document.apply(edits.rename(1, f"name {index}"))
    assert document.undo_stack.count() == 1_009
    assert document.history.size_bytes < 256 * 2**20
    document.close()


def test_the_oldest_steps_make_room(qtbot: QtBot) -> None:
    experiment = Experiment()
    document = Document(experiment, Parameters.zeros(experiment.network), max_undo_bytes=300_000)
    document.apply(edits.add_node("output", 0, 0))
    document.apply(edits.add_node("input", 0, 0))
    document.apply(edits.add_layer(200))
    learned = 0
    for index in range(20):
        values = Parameters(document.parameters.weights + 1.0, document.parameters.biases)
        document.apply(edits.learn(values, message("Learn {number}", number=index)))
        learned += 1
        assert document.history.size_bytes <= 300_000
    assert 1 <= document.undo_stack.count() < learned
    assert document.undo_stack.undoText() == "Learn 19"
    now = facts(document)
    count = document.undo_stack.count()
    for _ in range(count):
        document.undo_stack.undo()
    assert document.parameters.weights[0] != learned
    for _ in range(count):
        document.undo_stack.redo()
    assert facts(document) == now
    document.close()
