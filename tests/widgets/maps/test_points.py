"""Points stand where their rows are, in the colours of their answers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from playground.model.maps import Answer
from resources.theme import LIGHT
from tests.widgets.maps.shown import shown
from widgets.maps.points import MOST_POINTS, Points, paint_points, point_colours

ROOM = QRectF(10, 20, 200, 100)


def test_points_are_all_rows_with_their_places() -> None:
    decision, dataset, _ = shown("spiral")
    points = Points.of(dataset, decision.region, decision.answers[0])
    assert len(points.shares) == points.total == 40
    assert points.is_test.sum() == len(dataset.test)
    assert ((points.shares > 0) & (points.shares < 1)).all()
    np.testing.assert_array_equal(points.answers, dataset.table.cells[points.rows, 2])


def test_very_many_points_are_thinned() -> None:
    decision, dataset, _ = shown("circle", 4 * MOST_POINTS)
    points = Points.of(dataset, decision.region, decision.answers[0])
    assert len(points.shares) <= MOST_POINTS
    assert points.total == 4 * MOST_POINTS
    assert points.is_test.any()


def test_the_nearest_point_is_found() -> None:
    decision, dataset, _ = shown("spiral")
    points = Points.of(dataset, decision.region, decision.answers[0])
    for index in np.flatnonzero(~points.is_test)[:10].tolist():
        x = ROOM.left() + points.shares[index, 0] * ROOM.width()
        y = ROOM.top() + points.shares[index, 1] * ROOM.height()
        found = points.nearest(x + 0.01, y, ROOM, with_test=False)
        assert found is not None
        assert found[0] == index
        assert found[1] < 0.1
    test = int(np.flatnonzero(points.is_test)[0])
    at = ROOM.left() + points.shares[test, 0] * ROOM.width()
    found = points.nearest(at, None, ROOM, with_test=False)
    assert found is not None
    assert not points.is_test[found[0]]
    nothing = Points(np.zeros((0, 2)), np.zeros(0), np.zeros(0, np.int64), np.zeros(0, bool), 0)
    assert nothing.nearest(0, 0, ROOM, with_test=True) is None


def test_learned_points_are_filled_and_test_points_are_rings() -> None:
    decision, dataset, _ = shown("spiral")
    answer = decision.answers[0]
    shares = np.array([[0.25, 0.5], [0.75, 0.5]])
    points = Points(shares, np.array([0.0, 1.0]), dataset.train[:2], np.array([False, True]), 2)
    for with_test in (False, True):
        image = QImage(220, 140, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            paint_points(painter, points, answer, ROOM, LIGHT, with_test=with_test)
        assert image.pixelColor(60, 70) == QColor(LIGHT.negative)
        if with_test:
            assert image.pixelColor(160, 70) == QColor(LIGHT.surface)
            assert image.pixelColor(163, 70).blue() > 150
        else:
            assert image.pixelColor(160, 70).alpha() == 0


def test_numbers_have_colours_by_their_size() -> None:
    answer = Answer("value", 2, "height", (0,), middle=5.0, reach=2.0)
    low, middle, high = point_colours(np.array([3.0, 5.0, 7.0]), answer, LIGHT)
    assert low == QColor(LIGHT.negative)
    assert high == QColor(LIGHT.positive)
    assert middle not in (low, high, QColor(LIGHT.surface))
