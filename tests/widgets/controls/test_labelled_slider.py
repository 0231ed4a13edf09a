"""A slider with a typed number behaves as a plain slider, and tells drags from typing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from widgets.controls.labelled_slider import STEPS, LabelledSlider
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(qtbot: QtBot) -> LabelledSlider:
    scale = Scale(0.0, 10.0, digits=4)
    made = LabelledSlider("Noise", "How wrong the data is", scale, bounds=Bounds(minimum=0.0))
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    made.show()
    return made


def announced(spy: QSignalSpy) -> Iterator[tuple[float, str | None]]:
    for index in range(spy.count()):
        value, gesture = spy.at(index)
        yield value, gesture


def drag(slider: LabelledSlider, shares: tuple[float, ...]) -> None:
    track = slider.slider
    points = [QPoint(round(8 + share * (track.width() - 16)), track.height() // 2) for share in shares]
    QTest.mousePress(track, LEFT, Qt.KeyboardModifier.NoModifier, points[0])
    for point in points[1:]:
        QTest.mouseMove(track, point)
    QTest.mouseRelease(track, LEFT, Qt.KeyboardModifier.NoModifier, points[-1])


def test_keys_move_it_as_they_move_a_plain_slider(qtbot: QtBot, slider: LabelledSlider) -> None:
    plain = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(plain)
    plain.setRange(0, STEPS)
    plain.setSingleStep(slider.slider.singleStep())
    plain.setPageStep(slider.slider.pageStep())
    slider.set_number(5.0)
    plain.setValue(STEPS // 2)
    keys = ("Right", "Right", "PageUp", "Left", "Home", "End")
    for key in (Qt.Key[f"Key_{name}"] for name in keys):
        QTest.keyClick(plain, key)
        QTest.keyClick(slider.slider, key)
        assert slider.number == pytest.approx(plain.value() / STEPS * 10, abs=0.01)


def test_one_drag_is_one_gesture_and_the_next_another(slider: LabelledSlider) -> None:
    spy = QSignalSpy(slider.changed)
    drag(slider, (0.2, 0.4, 0.6))
    first = list(announced(spy))
    assert len(first) >= 3
    assert len({gesture for _, gesture in first}) == 1
    assert first[0][1] is not None
    drag(slider, (0.9, 0.8))
    gestures = {gesture for _, gesture in announced(spy)}
    assert len(gestures) == 2
    assert [value for value, _ in first] == sorted(value for value, _ in first)


def test_a_press_takes_the_handle_to_the_pointer(slider: LabelledSlider) -> None:
    slider.set_number(0.0)
    drag(slider, (0.75,))
    assert slider.number == pytest.approx(7.5, abs=0.3)


def test_a_typed_number_is_exact_and_no_gesture(qtbot: QtBot, slider: LabelledSlider) -> None:
    spy = QSignalSpy(slider.changed)
    slider.field.setFocus()
    slider.field.selectAll()
    QTest.keyClicks(slider.field, "3,14159265")
    QTest.keyClick(slider.field, Qt.Key.Key_Return)
    assert list(announced(spy)) == [(3.14159265, None)]
    assert slider.slider.value() == round(0.314159265 * STEPS)


def test_a_number_past_the_end_is_kept_exactly(slider: LabelledSlider) -> None:
    slider.set_number(25.0)
    assert slider.number == 25.0
    assert slider.slider.value() == STEPS
    assert slider.field.text() == "25"


def test_showing_a_number_announces_nothing(slider: LabelledSlider) -> None:
    spy = QSignalSpy(slider.changed)
    for value in (1.0, 2.5, 99.0, 0.0):
        slider.set_number(value)
    assert spy.count() == 0


def test_gestures_of_two_sliders_differ(qtbot: QtBot, slider: LabelledSlider) -> None:
    other = LabelledSlider("Rows", "How many", Scale(0.0, 10.0))
    qtbot.addWidget(other)
    other.resize(300, 60)
    other.show()
    spies = [QSignalSpy(part.changed) for part in (slider, other)]
    for part in (slider, other):
        drag(part, (0.3, 0.5))
    keys = [{gesture for _, gesture in announced(spy)} for spy in spies]
    assert keys[0].isdisjoint(keys[1])
