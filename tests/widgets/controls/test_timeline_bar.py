"""The timeline shows where the pass is, and asks to go elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.model.keys import PHASES, Phase
from resources.theme import LIGHT
from tests.widgets.themed import themed
from widgets.controls.timeline_bar import TICKS, TimelineBar
from widgets.phases import phase_colours

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Span:
    phase: Phase
    start_s: float
    end_s: float


SPANS = (
    Span("forward", 0.0, 10.0),
    Span("loss", 10.0, 10.5),
    Span("backward", 10.5, 18.0),
    Span("update", 18.0, 20.0),
)


@pytest.fixture
def bar(qtbot: QtBot) -> TimelineBar:
    made = TimelineBar("Timeline", "Drag anywhere")
    qtbot.addWidget(made)
    made.set_spans(SPANS, 20.0)
    made.resize(430, made.sizeHint().height())
    made.show()
    return made


def name_place(bar: TimelineBar, phase: Phase) -> QPoint:
    for y in range(bar.height() - 1, 0, -1):
        for x in range(0, bar.width(), 2):
            if bar.phase_at(QPointF(x, y)) == phase:
                return QPoint(x, y)
    raise AssertionError(f"{phase} has no name on the bar")


def test_every_time_has_its_place_and_every_place_its_time(bar: TimelineBar) -> None:
    times = np.linspace(0, 20, 201)
    places = np.array([bar.x_at(float(time)) for time in times])
    assert (np.diff(places) > 0).all()
    again = np.array([bar.time_at(float(x)) for x in places])
    np.testing.assert_allclose(again, times, atol=1e-9)


def test_dragging_scrubs_and_says_when_it_begins_and_ends(bar: TimelineBar) -> None:
    seeks, scrubbing = QSignalSpy(bar.seek_requested), QSignalSpy(bar.scrubbing_changed)
    wanted = [3.0, 12.0, 19.0, 5.0]
    points = [QPoint(round(bar.x_at(time)), 8) for time in wanted]
    QTest.mousePress(bar, LEFT, NO_KEY, points[0])
    for point in points[1:]:
        QTest.mouseMove(bar, point)
    QTest.mouseRelease(bar, LEFT, NO_KEY, points[-1])
    found = [seeks.at(i)[0] for i in range(seeks.count())]
    np.testing.assert_allclose(found[: len(wanted)], wanted, atol=0.1)
    assert [scrubbing.at(i)[0] for i in range(scrubbing.count())] == [True, False]


@pytest.mark.parametrize("phase", PHASES)
def test_a_name_jumps_to_its_phase(bar: TimelineBar, phase: Phase) -> None:
    seeks, phases = QSignalSpy(bar.seek_requested), QSignalSpy(bar.phase_requested)
    QTest.mouseClick(bar, LEFT, NO_KEY, name_place(bar, phase))
    assert [phases.at(i)[0] for i in range(phases.count())] == [phase]
    assert seeks.count() == 0


def test_keys_step_jump_and_go_to_the_ends(qtbot: QtBot, bar: TimelineBar) -> None:
    steps, seeks = QSignalSpy(bar.step_requested), QSignalSpy(bar.seek_requested)
    bar.set_time(12.0)
    QTest.keyClick(bar, Qt.Key.Key_Left)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert [steps.at(i)[0] for i in range(steps.count())] == [-1, 1]
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(bar, key)
    assert [seeks.at(i)[0] for i in range(seeks.count())] == [0.0, 20.0, 18.0, 10.5]


def test_showing_a_time_asks_for_nothing(bar: TimelineBar) -> None:
    seeks = QSignalSpy(bar.seek_requested)
    for time in (0.0, 7.5, 20.0):
        bar.set_time(time)
        assert bar.time_s == time
        assert bar.value() == round(time / 20 * TICKS)
    assert seeks.count() == 0


def test_a_screen_reader_finds_a_slider_and_may_set_it(bar: TimelineBar) -> None:
    spoken = QAccessible.queryAccessibleInterface(bar)
    assert spoken.role() == QAccessible.Role.Slider
    assert spoken.text(QAccessible.Text.Name) == "Timeline"
    seeks = QSignalSpy(bar.seek_requested)
    bar.setValue(TICKS // 4)  # what the interface does when the reader sets a value
    assert [seeks.at(i)[0] for i in range(seeks.count())] == [5.0]


def test_what_is_done_has_the_full_colour_of_its_phase(qapp: QApplication, bar: TimelineBar) -> None:
    with themed(qapp, LIGHT):
        bar.set_time(18.0)
        picture = bar.grab().toImage()
        colours = phase_colours(LIGHT)
        for span in SPANS[:3]:
            x = round(bar.x_at((span.start_s + span.end_s) / 2))
            assert picture.pixelColor(x, 11) == QColor(colours[span.phase])
        assert picture.pixelColor(round(bar.x_at(19.5)), 11) != QColor(colours["update"])


def test_a_pass_over_many_examples_keeps_all_its_parts(qtbot: QtBot, bar: TimelineBar) -> None:
    del qtbot
    spans = tuple(
        Span(phase, index * 3.0 + part, index * 3.0 + part + 1.0)
        for index in range(40)
        for part, phase in enumerate(PHASES[:3])
    )
    bar.set_spans(spans, 120.0)
    places = [bar.x_at(span.start_s + 0.5) for span in spans]
    assert places == sorted(places)
    assert 0 <= places[0] < places[-1] <= bar.width()


def test_without_a_pass_there_is_nothing_to_seek(bar: TimelineBar) -> None:
    bar.set_spans((), 0.0)
    assert bar.time_at(100.0) == 0.0
    assert not bar.grab().isNull()
