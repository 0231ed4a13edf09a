"""Someone trains, drags the handle back, looks round, goes on from there, and compares the runs."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model import edits
from playground.model.message import sentence
from playground.model.run import Run
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS
from widgets.runs.compare_dialog import CompareDialog

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def press(part: QWidget) -> None:
    """Click in the middle of something that is seen."""
    assert part.isVisible()
    assert part.isEnabled()
    QTest.mouseClick(part, LEFT, NONE, part.rect().center())


def digest(window: Window) -> str:
    """A fingerprint of all that the document holds."""
    document = window.document
    found = hashlib.sha256(repr(document.experiment).encode())
    for part in (document.state.parameters, *document.state.moments):
        found.update(part.weights.tobytes())
        found.update(part.biases.tobytes())
    stack = document.undo_stack
    found.update(repr((document.state.step_count, stack.count(), stack.index())).encode())
    return found.hexdigest()


def train(window: Window, qtbot: QtBot, instants: int = 8) -> Run:
    """Train until so many instants of the present run are remembered, and pause."""
    press(window.room.learning.train)

    def has_learned() -> bool:
        run = window.runs.current
        return run is not None and len(run.instants) >= instants

    qtbot.waitUntil(has_learned, timeout=WAIT_MS)
    press(window.room.learning.train)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    run = window.runs.current
    assert run is not None
    return run


def place(window: Window, epoch: float) -> QPoint:
    """The pixel of the plot at an epoch."""
    curves = window.room.plot.curves
    assert curves is not None
    box = curves.plot.getViewBox()
    found: QPoint = box.mapViewToScene(QPointF(epoch, box.viewRect().center().y())).toPoint()
    return found


def drag_to(window: Window, qtbot: QtBot, epoch: float) -> None:
    """Pull the handle from the end of the curve to an epoch, and let go."""
    curves, run = window.room.plot.curves, window.runs.current
    assert curves is not None
    assert run is not None
    viewport = curves.plot.viewport()
    QTest.mousePress(viewport, LEFT, NONE, place(window, run.end.epoch))
    for share in (0.3, 0.6, 1.0):
        at = QPointF(place(window, run.end.epoch + share * (epoch - run.end.epoch)))
        QApplication.sendEvent(
            viewport,
            QMouseEvent(
                QEvent.Type.MouseMove, at, viewport.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, NONE
            ),
        )
    QTest.mouseRelease(viewport, LEFT, NONE, place(window, epoch))
    qtbot.waitUntil(lambda: window.shown.is_past, timeout=WAIT_MS)


def settle(window: Window, qtbot: QtBot) -> None:
    """Wait until the canvas has what is shown."""
    qtbot.waitUntil(lambda: window.room.canvas.stage.parameters is window.shown.parameters, timeout=WAIT_MS)


@pytest.fixture
def trained(window: Window, qtbot: QtBot) -> Window:
    train(window, qtbot)
    qtbot.waitUntil(lambda: window.room.plot.curves is not None, timeout=WAIT_MS)
    return window


def test_dragging_back_shows_the_past_everywhere_and_changes_nothing(trained: Window, qtbot: QtBot) -> None:
    window, before = trained, digest(trained)
    run = window.runs.current
    assert run is not None
    drag_to(window, qtbot, run.end.epoch * 0.4)
    instant = window.shown.instant
    assert instant is not None
    assert instant.epoch == run.nearest(run.end.epoch * 0.4).epoch
    settle(window, qtbot)
    assert window.room.canvas.stage.parameters is instant.parameters
    trace = window.passes.trace
    assert trace is not None
    assert trace.old is instant.parameters
    notice = window.room.stage_area.looking
    assert notice.isVisible()
    assert "You are looking at" in notice.sentence.text()
    assert digest(window) == before
    press(notice.back)
    settle(window, qtbot)
    assert window.room.canvas.stage.parameters is window.document.parameters
    assert not notice.isVisible()
    assert digest(window) == before


def test_the_past_can_be_played_but_neither_taught_nor_changed(trained: Window, qtbot: QtBot) -> None:
    window, before = trained, digest(trained)
    window.runs.look_at(0.0)
    assert window.shown.is_past
    # 1. A pass runs to its end with those weights and keeps nothing.
    window.acts["next_example"].trigger()
    window.player.seek(0.0)
    window.acts["next_example"].trigger()
    assert window.shown.is_past
    # 2. An edit is refused in one sentence.
    refused: list[str] = []
    window.play.notice.connect(lambda said: refused.append(sentence(said)))
    window.play.apply(edits.set_weight(window.document.experiment.network.edge_keys[0], 3.0))
    assert len(refused) == 1
    assert "earlier moment" in refused[0]
    # 3. Training does not go on from somewhere by itself.
    press(window.room.learning.train)
    assert not window.training.is_running
    assert "Continue from here" in window.room.learning.state.text()
    assert digest(window) == before


def test_keys_alone_look_back_and_return(trained: Window, qtbot: QtBot) -> None:
    window, before = trained, digest(trained)
    curves = window.room.plot.curves
    assert curves is not None
    curves.setFocus()
    QTest.keyClick(curves, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: window.shown.is_past)
    QTest.keyClick(curves, Qt.Key.Key_Home)
    instant = window.shown.instant
    assert instant is not None
    assert instant.epoch == 0.0
    QTest.keyClick(curves, Qt.Key.Key_Escape)
    assert not window.shown.is_past
    assert digest(window) == before


def test_train_drag_back_continue_compare(trained: Window, qtbot: QtBot, butler: Butler) -> None:
    window = trained
    first = window.runs.current
    assert first is not None
    end = window.document.parameters
    drag_to(window, qtbot, first.end.epoch * 0.5)
    instant = window.shown.instant
    assert instant is not None
    steps = window.document.undo_stack.count()
    press(window.room.stage_area.looking.go_on)
    assert window.document.undo_stack.count() == steps + 1
    assert window.document.parameters == instant.parameters
    window.play.apply(edits.set_learning(learning_rate=0.001))
    second = train(window, qtbot)
    assert (second.parent, second.start.epoch) == (1, instant.epoch)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, CompareDialog)
        columns = {column.name: column for column in dialog.model.columns}
        assert [cell.text for cell in columns["Run"].cells] == ["Run 1", "Run 2"]
        assert [cell.text for cell in columns["Step size"].cells][1].endswith("0.001")
        dialog.copy.click()
        dialog.table.setCurrentIndex(dialog.model.index(0, 0))
        dialog.open_run.click()

    butler.expect("CompareDialog", look)
    press(window.room.runs.compare)
    assert butler.seen == ["CompareDialog"]
    assert QGuiApplication.clipboard().text().count("\n") == 3
    assert window.document.parameters == end
    present = window.runs.current
    assert present is not None
    assert present.number == 1
    window.acts["undo"].trigger()
    assert window.document.parameters == second.end.parameters


def test_the_same_start_with_another_setting_in_one_click(trained: Window, qtbot: QtBot) -> None:
    window = trained
    first = window.runs.current
    assert first is not None
    press(window.room.runs.same_start)
    assert window.document.parameters == first.start.parameters
    assert window.room.side.current == "settings"
    assert window.room.learning.settings.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.room.learning.settings.isAncestorOf(focus)
    second = train(window, qtbot)
    assert second.number == 2
    assert second.start.parameters == first.start.parameters


def test_looking_back_while_it_trains_pauses_it(window: Window, qtbot: QtBot) -> None:
    press(window.room.learning.train)
    qtbot.waitUntil(
        lambda: window.runs.current is not None and len(window.runs.current.instants) > 5, timeout=WAIT_MS
    )
    qtbot.waitUntil(lambda: window.room.plot.curves is not None, timeout=WAIT_MS)
    run = window.runs.current
    assert run is not None
    drag_to(window, qtbot, run.end.epoch * 0.3)
    assert not window.training.is_running


def test_another_document_begins_with_no_runs(trained: Window, qtbot: QtBot) -> None:
    window = trained
    assert window.room.runs.isVisible()
    window.document.reset(window.document.experiment, window.document.parameters)
    assert window.runs.listed == ()
    assert not window.room.runs.isVisible()


def test_the_menu_leads_back_on_and_to_now(window: Window, qtbot: QtBot) -> None:
    acts, before = window.acts, digest(window)
    for name in ("look_back", "look_on", "back_to_now", "continue_here", "compare_runs"):
        assert not acts[name].isEnabled(), name
    run = train(window, qtbot)
    assert digest(window) != before
    before = digest(window)
    acts["look_back"].trigger()
    acts["look_back"].trigger()
    assert window.shown.instant is run.instants[-3]
    acts["look_on"].trigger()
    assert window.shown.instant is run.instants[-2]
    acts["back_to_now"].trigger()
    assert not window.shown.is_past
    assert digest(window) == before
    acts["look_back"].trigger()
    acts["continue_here"].trigger()
    assert window.document.parameters == run.instants[-2].parameters
    assert not acts["back_to_now"].isEnabled()
    train(window, qtbot, 2)
    assert acts["compare_runs"].isEnabled()
