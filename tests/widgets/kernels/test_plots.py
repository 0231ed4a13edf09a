"""What all plots do: wait empty, draw, answer to pointer and keys, and hand out what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from resources.theme import DARK, LIGHT
from tests.widgets.colours import colours_of
from tests.widgets.kernels.panels import roofline_plot, scaling_plot, sweep_plot
from tests.widgets.kernels.timings import MACHINE, RUNGS
from tests.widgets.pseudo import settled
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.kernels.chart import Chart
from widgets.kernels.plot_panel import PlotPanel
from widgets.kernels.roofline_plot import RooflinePlot
from widgets.kernels.scaling_plot import ScalingPlot
from widgets.kernels.sweep_plot import SweepPlot

FILLED: dict[str, Callable[[], PlotPanel]] = {
    "roofline": roofline_plot,
    "sweep": sweep_plot,
    "scaling": scaling_plot,
}
EMPTY: dict[str, Callable[[], PlotPanel]] = {
    "roofline": RooflinePlot,
    "sweep": SweepPlot,
    "scaling": ScalingPlot,
}


@pytest.fixture(params=list(FILLED))
def plot(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> Iterator[PlotPanel]:
    with themed(qapp, LIGHT):
        made = FILLED[request.param]()
        qtbot.addWidget(made)
        made.resize(640, 600)
        made.show()
        settled(made)
        yield made


def chart_of(plot: PlotPanel) -> Chart:
    assert plot.chart is not None
    return plot.chart


def place_of(chart: Chart, line: int, point: int) -> QPoint:
    """The pixel of a point."""
    assert chart._content is not None
    xs, ys = chart._places(chart._content.lines[line])
    scene = chart.plot.getViewBox().mapViewToScene(QPointF(float(xs[point]), float(ys[point])))
    return QPoint(chart.plot.mapFromScene(scene))


@pytest.mark.parametrize("kind", EMPTY)
def test_before_anything_is_measured_it_says_what_to_do(qtbot: QtBot, kind: str) -> None:
    made = EMPTY[kind]()
    qtbot.addWidget(made)
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    made.show()
    assert made.empty.isVisible()
    assert made.empty.text().startswith("Press ")
    assert made.chart is None
    assert made.picture().isNull()
    assert len(made.rows()) == 1
    assert not made.saving.isVisible()


def test_lines_are_drawn_where_the_content_says(plot: PlotPanel) -> None:
    content = plot.content()
    chart = chart_of(plot)
    assert content is not None
    assert len(chart._curves) == len(content.lines)
    for curve, line in zip(chart._curves, content.lines, strict=True):
        xs, ys = curve.getData()
        np.testing.assert_allclose(xs, [content.below.place(x) for x, _ in line.points])
        np.testing.assert_allclose(ys, [content.left.place(y) for _, y in line.points])
    assert not plot.empty.isVisible()
    assert plot.told.isVisible()


def test_every_point_lies_inside_and_names_do_not_cover_each_other(plot: PlotPanel) -> None:
    chart = chart_of(plot)
    chart.grab()  # the library places texts while it paints
    assert chart._content is not None
    view = chart.plot.getViewBox().viewRect()
    for line in chart._content.lines:
        xs, ys = chart._places(line)
        assert view.left() <= xs.min() <= xs.max() <= view.right()
        assert view.top() - 1e-9 <= ys.min() <= ys.max() <= view.bottom() + 1e-9
    boxes = [name.sceneBoundingRect() for name in chart._names]
    frame = chart.plot.sceneRect()
    for index, box in enumerate(boxes):
        assert frame.contains(box.adjusted(0, 4, 0, -4)), chart.name_texts[index]
        assert all(abs(box.center().y() - other.center().y()) >= 14 for other in boxes[:index])


def test_the_pointer_reads_the_nearest_point(qtbot: QtBot, plot: PlotPanel) -> None:
    chart = chart_of(plot)
    assert chart._content is not None
    line = next(index for index, known in enumerate(chart._content.lines) if known.told)
    viewport = chart.plot.viewport()
    spot = place_of(chart, line, 0)
    QTest.mouseMove(viewport, spot + QPoint(90, 60))
    QTest.mouseMove(viewport, spot)
    qtbot.waitUntil(lambda: chart.pointed == (line, 0))
    assert "GFLOP/s" in plot.pointed.text()
    chart.plot.left.emit()
    assert plot.pointed.text() == ""


def test_the_arrow_keys_go_from_point_to_point(plot: PlotPanel) -> None:
    chart = chart_of(plot)
    assert chart._content is not None
    told = [index for index, line in enumerate(chart._content.lines) if line.told]
    heard = Heard(chart.pointed_at)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.pointed == (told[0], 0)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.pointed == (told[1], 0)
    for _ in range(9):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    last = len(chart._content.lines[told[1]].told) - 1
    assert chart.pointed == (told[1], last)
    assert plot.pointed.text() != ""
    assert len(heard.all) == 2 + last


def test_other_colours_come_with_another_theme(qapp: QApplication, plot: PlotPanel) -> None:
    ground = QColor(LIGHT.surface if isinstance(plot, RooflinePlot) else LIGHT.stage).name()
    dark = QColor(DARK.surface if isinstance(plot, RooflinePlot) else DARK.stage).name()
    assert ground in colours_of(plot.picture())
    with themed(qapp, DARK):
        colours = colours_of(plot.picture())
        assert dark in colours
        assert ground not in colours
        assert QColor(DARK.accent).name() in colours


def test_the_picture_is_sharp_and_the_buttons_ask_for_it(plot: PlotPanel) -> None:
    chart = chart_of(plot)
    picture = plot.picture()
    assert (picture.width(), picture.height()) == (2 * chart.width(), 2 * chart.height())
    heard = Heard(plot.save_requested)
    plot.save_picture.click()
    plot.save_figures.click()
    assert heard.firsts == ["png", "csv"]


def test_rows_are_a_table(plot: PlotPanel) -> None:
    rows = plot.rows()
    assert len(rows) > 2
    assert len({len(row) for row in rows}) == 1
    assert all(isinstance(name, str) for name in rows[0])
    gflops = rows[0].index("gflops")
    content = plot.content()
    assert content is not None
    drawn = {y for line in content.lines if line.told for _, y in line.points}
    assert {row[gflops] for row in rows[1:]} == drawn


def test_a_screen_reader_hears_what_the_plot_says(plot: PlotPanel) -> None:
    chart = chart_of(plot)
    assert chart.accessibleName() == plot.heading.text()
    assert chart.accessibleDescription() == plot.told.text()


def test_clearing_leads_back_to_the_beginning(plot: PlotPanel) -> None:
    plot.clear()
    assert plot.empty.isVisible()
    assert not chart_of(plot).isVisible()
    assert not plot.told.isVisible()
