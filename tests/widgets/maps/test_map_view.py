"""The map and what hands do on it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from resources.theme import DARK, LIGHT, Theme
from tests.widgets.maps.shown import pair, quadrants, shown
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.maps.map_view import CURVE_SHAPE, STEPS, MapView


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    """A map of four fields, 202 pixels wide."""
    found = MapView()
    qtbot.addWidget(found)
    found.resize(202, 202)
    found.set_map(quadrants(), pair())
    return found


def colour(image: QImage, view: MapView, x: float, y: float) -> QColor:
    """The colour at a place."""
    at = view.pixel_of(x, y)
    return image.pixelColor(round(at.x()), round(at.y()))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_map_is_painted_upright(qapp: QApplication, qtbot: QtBot, theme: Theme) -> None:
    with themed(qapp, theme):
        view = MapView()
        qtbot.addWidget(view)
        view.resize(202, 202)
        view.set_map(quadrants(), pair())
        image = view.grab().toImage()
        # x and y grow to the right and upwards: 1 is at the upper left, −1 at the lower left.
        upper, lower = colour(image, view, 0.3, 1.7), colour(image, view, 0.3, 0.3)
    assert upper.blue() > upper.red()
    assert lower.red() > lower.blue()


def test_what_has_no_answer_is_hatched(view: MapView) -> None:
    image = view.grab().toImage()
    at = view.pixel_of(1.8, 0.2)
    around = {
        image.pixelColor(round(at.x()) + dx, round(at.y()) + dy).name() for dx in range(8) for dy in range(8)
    }
    assert len(around) > 1


def test_places_pixels_and_values_agree(view: MapView) -> None:
    for x, y, value in ((0.5, 1.5, 1.0), (1.5, 1.5, 0.0), (0.5, 0.5, -1.0)):
        place = view.place_at(view.pixel_of(x, y))
        assert place == pytest.approx((x, y))
        found = view.values_at(x, y)
        assert found is not None
        assert found.tolist() == [value]
    assert view.place_at(QPointF(-5, 20)) is None


def test_without_a_map_nothing_is_asked_or_painted(qtbot: QtBot) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.resize(100, 100)
    view.grab()
    heard = Heard(view.pressed, view.pointed, view.stepped)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert heard.all == []
    assert view.values_at(0, 0) is None
    assert view.points is None


def test_the_mouse_tells_places(view: MapView, qtbot: QtBot) -> None:
    pressed, released = Heard(view.pressed), Heard(view.released)
    pointed, left = Heard(view.pointed), Heard(view.left)
    view.show()
    at = view.pixel_of(1.5, 0.5).toPoint()
    QTest.mouseMove(view, at)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=at)
    assert pressed.all == released.all
    assert pressed.all[0] == pytest.approx((1.5, 0.5), abs=0.02)
    assert len(pressed.all) == 1
    assert pointed.all
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at + at)
    assert released.all[-1] == pytest.approx((2.0, 0.0), abs=0.02)
    QCoreApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert left.all


def test_arrow_keys_move_the_example(view: MapView, qtbot: QtBot) -> None:
    heard = Heard(view.stepped)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert heard.all == []
    view.set_example(np.array([1.0, 1.0, 0.0]))
    for key, place in (
        (Qt.Key.Key_Up, (1.0, 1.0 + 2 / STEPS)),
        (Qt.Key.Key_Left, (1.0 - 2 / STEPS, 1.0)),
        (Qt.Key.Key_Down, (1.0, 1.0 - 2 / STEPS)),
    ):
        QTest.keyClick(view, key)
        assert heard.all[-1] == pytest.approx(place)
    view.set_example(np.array([1.999, 1.0, 0.0]))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert heard.all[-1] == pytest.approx((2.0, 1.0))


def test_the_example_is_marked(view: MapView) -> None:
    before = view.grab().toImage()
    view.set_example(np.array([1.5, 1.5, 0.0]))
    after = view.grab().toImage()
    at = view.pixel_of(1.5, 1.5).toPoint()
    changed = [
        (x, y)
        for x in range(before.width())
        for y in range(before.height())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    assert changed
    assert all(abs(x - at.x()) < 12 and abs(y - at.y()) < 12 for x, y in changed)


def test_test_points_come_and_go(qtbot: QtBot) -> None:
    decision, dataset, _ = shown("spiral")
    view = MapView()
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.set_map(decision, decision.answers[0])
    bare = view.grab().toImage()
    view.set_dataset(dataset)
    learned = view.grab().toImage()
    view.set_shows_test(True)
    both = view.grab().toImage()
    view.set_shows_test(False)
    assert bare != learned != both
    assert view.grab().toImage() == learned


def test_one_column_is_painted_as_a_curve(qtbot: QtBot) -> None:
    from dataclasses import replace

    decision = quadrants()
    values = np.linspace(-1, 1, 50, dtype=np.float32).reshape(1, 1, 50)
    curve = replace(decision, region=replace(decision.region, y=None), values=values)
    view = MapView()
    qtbot.addWidget(view)
    view.set_map(curve, pair())
    height = view.heightForWidth(200)
    assert height == round(200 * CURVE_SHAPE)
    view.resize(200, height)
    image = view.grab().toImage()
    ink = QColor(LIGHT.ink)
    rows = {
        x: [y for y in range(height) if image.pixelColor(x, y) == ink] for x in (30, 60, 90, 120, 150, 170)
    }
    assert all(rows.values())
    means = [float(np.mean(found)) for found in rows.values()]
    assert means == sorted(means, reverse=True)  # it rises to the right
