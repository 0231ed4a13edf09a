"""The plot of the loss shows what was learned, says what its values are, and waits for the first of them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.model.mark import Mark, SettingChange
from playground.model.message import format_number, message, parse_number
from playground.model.parameters import Floats, frozen_array
from resources.theme import DARK, LIGHT
from tests.widgets.gallery import snapshot
from tests.widgets.pseudo import settled
from tests.widgets.themed import themed
from widgets.log_ticks import log_ticks
from widgets.loss_plot import LossPlot
from widgets.runs.overlays import Overlay, thinned

THINGS = message("new avocados")


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(320, 320)
    made.set_words("words", THINGS)
    made.show()
    return made


def drawn(qtbot: QtBot, plot: LossPlot, points: int = 200) -> None:
    plot.set_snapshot(snapshot(points))
    qtbot.waitUntil(lambda: plot.curves is not None and len(plot.curves.train.getData()[0]) == points)
    settled(plot)


def test_before_anything_is_learned_the_place_says_what_to_do(plot: LossPlot) -> None:
    assert plot.empty.isVisible()
    assert "Train" in plot.empty.text()
    assert plot.curves is None
    plot.set_snapshot(snapshot(1))  # nothing has been trained yet
    assert plot.curves is None


def test_the_plotting_library_is_loaded_with_the_first_curve_and_not_before() -> None:
    script = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
application = QApplication([])
from tests.widgets.gallery import GALLERY, snapshot
from tests.widgets.kernels.panels import PLOTS
from widgets.loss_plot import LossPlot
for name, make in GALLERY.items():
    if name != "loss plot" and name not in PLOTS:
        make().show()
        application.processEvents()
assert "pyqtgraph" not in sys.modules, "too early"
plot = LossPlot()
plot.show()
plot.set_snapshot(snapshot())
while plot.curves is None:
    application.processEvents()
assert "pyqtgraph" in sys.modules
os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_curves_are_the_history(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    assert plot.curves is not None
    history = snapshot().history
    for curve, column in ((plot.curves.train, 1), (plot.curves.test, 2)):
        x, y = curve.getOriginalDataset()
        np.testing.assert_array_equal(x, history[:, 0])
        np.testing.assert_array_equal(y, history[:, column])
    assert not plot.empty.isVisible()


@pytest.mark.parametrize(
    ("level", "names"), [("words", ("practice", "new avocados")), ("numbers", ("training", "test"))]
)
def test_names_and_values_stand_at_the_ends(
    qtbot: QtBot, plot: LossPlot, level: str, names: tuple[str, str]
) -> None:
    plot.set_words(level, THINGS)  # type: ignore[arg-type]  # a level
    drawn(qtbot, plot)
    assert plot.curves is not None
    last = snapshot().history[-1]
    expected = tuple(
        f"{name} {format_number(float(last[column]))}" for name, column in zip(names, (1, 2), strict=True)
    )
    assert plot.curves.label_texts() == expected


def test_names_do_not_cover_each_other_and_stay_inside(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    assert plot.curves is not None
    for is_log in (False, True):
        plot.set_log(is_log)
        settled(plot)
        plot.grab()  # the library places texts while it paints
        boxes = [label.sceneBoundingRect() for label in (plot.curves.train_label, plot.curves.test_label)]
        middle = [box.center().y() for box in boxes]
        assert abs(middle[0] - middle[1]) >= 12
        assert all(0 <= height <= plot.curves.plot.height() for height in middle)


def test_the_log_scale_shows_logarithms(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    assert plot.curves is not None
    plot.log.click()
    _, shown = plot.curves.train.getData()
    np.testing.assert_allclose(shown, np.log10(snapshot().history[:, 1]))


@pytest.mark.parametrize(("low", "high"), [(-1.2, -0.1), (-4.0, 0.5), (-0.31, -0.29), (-12.0, 3.0)])
def test_log_ticks_are_round_apart_and_inside(low: float, high: float) -> None:
    room = 130.0
    ticks = log_ticks(low, high, room)
    places = np.array([place for place, _ in ticks])
    assert ((low <= places) & (places <= high)).all()
    assert (np.diff(places) * room / (high - low) >= 14).all()
    for place, text in ticks:
        assert parse_number(text) == pytest.approx(10.0**place)
    assert len(ticks) >= 2 or high - low < 0.1


def test_the_pointer_reads_the_nearest_epoch(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    assert plot.curves is not None
    box = plot.curves.plot.getViewBox()
    place = box.mapViewToScene(box.viewRect().center()).toPoint()
    epoch = round(box.mapSceneToView(place).x())  # of this very pixel, not of the middle between two
    viewport = plot.curves.plot.viewport()
    QTest.mouseMove(viewport, QPoint(place.x() - 20, place.y()))
    QTest.mouseMove(viewport, place)
    qtbot.waitUntil(lambda: bool(plot.pointed.text()))
    row = snapshot().history[epoch]
    assert format_number(float(row[1])) in plot.pointed.text()
    assert format_number(float(row[2])) in plot.pointed.text()
    assert str(epoch) in plot.pointed.text()


def test_right_answers_are_counted_where_that_makes_sense(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    assert plot.figures.text() == "199 rounds; 98\u00a0% right in practice, 94\u00a0% right on new avocados"
    plot.set_snapshot(replace(snapshot(50), train_accuracy=float("nan"), test_accuracy=float("nan")))
    qtbot.waitUntil(lambda: plot.figures.text() == "49 rounds")


def test_a_gap_where_the_loss_is_not_a_number(qtbot: QtBot, plot: LossPlot) -> None:
    history = snapshot().history.copy()
    history[100:, 1:3] = (np.inf, np.nan)
    plot.set_snapshot(replace(snapshot(), history=frozen_array(history)))
    qtbot.waitUntil(lambda: plot.curves is not None)
    assert plot.curves is not None
    assert plot.curves.label_texts()[0] == f"practice {format_number(float(history[99, 1]))}"
    assert not plot.grab().isNull()


def test_rows_that_are_not_kept_for_testing_have_no_curve(qtbot: QtBot, plot: LossPlot) -> None:
    history = snapshot().history.copy()
    history[:, 2] = np.nan
    plot.set_snapshot(replace(snapshot(), history=frozen_array(history)))
    qtbot.waitUntil(lambda: plot.curves is not None)
    assert plot.curves is not None
    assert plot.curves.label_texts()[1] == ""


def test_many_snapshots_are_drawn_by_few_pictures(
    qtbot: QtBot, plot: LossPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(qtbot, plot, 20)
    assert plot.curves is not None
    pictures: list[int] = []
    draw = plot.curves.set_history

    def counted(history: Floats, practice: str, unseen: str) -> None:
        pictures.append(len(history))
        draw(history, practice, unseen)

    monkeypatch.setattr(plot.curves, "set_history", counted)
    for points in range(21, 121):
        plot.set_snapshot(snapshot(points))
    qtbot.waitUntil(lambda: plot.curves is not None and len(plot.curves.train.getData()[0]) == 120)
    assert len(pictures) <= 2


def test_starting_over_empties_it_again(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    plot.set_snapshot(None)
    assert plot.empty.isVisible()
    assert plot.curves is not None
    assert not plot.curves.isVisible()


def test_it_follows_the_theme(qtbot: QtBot, qapp: QApplication, plot: LossPlot) -> None:
    with themed(qapp, LIGHT):
        drawn(qtbot, plot)
        assert plot.curves is not None
        with themed(qapp, DARK):
            settled(plot)
            picture = plot.curves.grab().toImage()
            assert picture.pixelColor(picture.width() - 3, 2) == QColor(DARK.surface)


def at(plot: LossPlot, epoch: float) -> QPoint:
    """The pixel of the plot at an epoch, in the middle of its height."""
    assert plot.curves is not None
    box = plot.curves.plot.getViewBox()
    middle = box.viewRect().center().y()
    place: QPoint = box.mapViewToScene(QPointF(epoch, middle)).toPoint()
    return place


def test_a_click_and_a_drag_ask_for_the_epoch_under_the_pointer(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    assert plot.curves is not None
    asked: list[float] = []
    plot.epoch_requested.connect(asked.append)
    viewport, left = plot.curves.plot.viewport(), Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(viewport, left, none, at(plot, 120))
    for epoch in (100, 80):
        place = QPointF(at(plot, epoch))
        QApplication.sendEvent(
            viewport,
            QMouseEvent(
                QEvent.Type.MouseMove, place, viewport.mapToGlobal(place), Qt.MouseButton.NoButton, left, none
            ),
        )
    QTest.mouseRelease(viewport, left, none, at(plot, 80))
    assert asked == [pytest.approx(epoch, abs=1.0) for epoch in (120, 100, 80)]
    QTest.mouseClick(viewport, left, none, at(plot, 198.5))
    assert asked[-1] == float("inf")  # the end of the curve is now
    assert plot.curves.hasFocus() or not plot.isActiveWindow()


def test_keys_move_the_handle(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    assert plot.curves is not None
    steps: list[int] = []
    asked: list[float] = []
    plot.step_requested.connect(steps.append)
    plot.epoch_requested.connect(asked.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        QTest.keyClick(plot.curves, key)
    QTest.keyClick(plot.curves, Qt.Key.Key_Escape)  # nothing to leave: it is somebody else's
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(plot.curves, key)
    assert steps == [-1, 1, -10, 10]
    assert asked == [-float("inf"), float("inf")]


def test_the_handle_stands_at_what_is_shown_and_its_figures_are_said(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    assert plot.curves is not None
    assert plot.curves.handle.value() == 199.0
    plot.set_looked(replace(snapshot(50), epoch=40.0, train_accuracy=0.5, test_accuracy=0.25))
    assert plot.curves.handle.value() == 40.0
    assert plot.figures.text() == "40 rounds; 50\u00a0% right in practice, 25\u00a0% right on new avocados"
    assert plot.figures.text() in plot.curves.accessibleDescription()
    plot.set_looked(None)
    assert plot.curves.handle.value() == 199.0
    assert plot.figures.text().startswith("199 rounds")


def test_other_runs_are_drawn_behind_and_all_fit_in(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    assert plot.curves is not None
    longer = snapshot(900).history.copy()
    longer[:, 1] += 3.0
    overlay = Overlay(frozen_array(longer), 1, is_chosen=True)
    plot.set_overlays((overlay,), 0)
    assert plot.curves.overlays == (overlay,)
    (low, high), (bottom, top) = plot.curves.plot.getViewBox().viewRange()
    assert low <= 0.0
    assert high >= 899.0
    assert bottom <= 0.0
    assert top >= float(longer[:, 1].max())
    assert len(thinned(overlay.points)) <= 400
    assert thinned(overlay.points)[[0, -1], 0].tolist() == [0.0, 899.0]
    plot.set_overlays((), 0)
    assert plot.curves.plot.getViewBox().viewRange()[0][1] < 300


def test_beside_a_run_that_is_far_longer_the_present_one_is_no_sliver(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot, 20)
    assert plot.curves is not None
    plot.set_overlays((Overlay(snapshot(2000).history, 1),), 0)
    (low, high), _ = plot.curves.plot.getViewBox().viewRange()
    assert 19.0 / (high - low) >= 0.15


def test_names_stand_beside_a_curve_that_is_much_shorter_than_others(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot, 20)
    assert plot.curves is not None
    plot.set_overlays((Overlay(snapshot(2000).history, 1),), 0)
    settled(plot)
    plot.grab()
    for label in (plot.curves.train_label, plot.curves.test_label):
        box = label.sceneBoundingRect()
        assert box.left() >= plot.curves.plot.getViewBox().sceneBoundingRect().left() - 1
        assert box.right() <= plot.curves.plot.width()


def test_changes_are_marked_and_told_under_the_pointer(qtbot: QtBot, plot: LossPlot) -> None:
    drawn(qtbot, plot)
    first = Mark(50.0, (SettingChange("learning_rate", 0.03, 0.1),))
    second = Mark(150.0, (SettingChange("batch_size", 10, 20),))
    plot.set_words("numbers", THINGS)
    plot.set_marks((first, second))
    curves = plot.curves
    assert curves is not None
    assert list(curves.marks.getData()[0]) == [50.0, 150.0]
    low, high = curves.plot.getViewBox().viewRange()[1]
    assert all(low < height < high for height in curves.marks.getData()[1])
    assert plot.pointed.text() == "Batch size 10 → 20 at epoch 150"  # the newest, where nobody points
    place = curves.plot.getViewBox().mapViewToScene(QPointF(50.0, 0.0))
    curves._moved(place)
    assert plot.pointed.text() == "Learning rate 0.03 → 0.1 at epoch 50"
    curves._moved(place + QPointF(40.0, 0.0))
    assert plot.pointed.text().startswith("Epoch ")
    curves._left()
    assert plot.pointed.text() == "Batch size 10 → 20 at epoch 150"
    plot.set_marks(())
    assert plot.pointed.text() == ""
    assert len(curves.marks.getData()[0]) == 0
