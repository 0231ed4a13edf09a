"""The curve of learning as it is painted: in its place, in its ink, with gaps where nothing is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from playground.share.loss_picture import LossPicture
from resources.theme import DARK, LIGHT, Theme
from widgets.canvas.fonts import Fonts

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = (800, 400)


def history(train: np.ndarray, test: np.ndarray | None = None) -> np.ndarray:
    count = len(train)
    unknown = np.full(count, np.nan)
    return np.column_stack([np.arange(count), train, unknown if test is None else test, unknown, unknown])


def inked(image: QImage, colour: str) -> np.ndarray:
    """Where a colour is: (n, 2), x and y."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    wanted = QColor(colour)
    away = np.abs(rows[..., 2::-1].astype(int) - (wanted.red(), wanted.green(), wanted.blue())).max(axis=2)
    return np.argwhere(away < 10)[:, ::-1]


def without_names(places: np.ndarray) -> np.ndarray:
    """The places that are not in the corner where the curves' names stand."""
    return places[(places[:, 0] < 600) | (places[:, 1] > 60)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_falling_loss_falls_from_the_left_to_the_right(theme: Theme) -> None:
    places = inked(LossPicture(history(np.linspace(1, 0.2, 30)), theme).image(SIZE), theme.ink)
    left, right = places[places[:, 0] < 200], places[(places[:, 0] > 500) & (places[:, 1] > 80)]
    assert len(left) > 20
    assert len(right) > 20
    assert left[:, 1].mean() + 60 < right[:, 1].mean()


def test_equal_ratios_are_equally_high_on_the_logarithmic_scale() -> None:
    losses = 10.0 ** -np.arange(5.0)
    image = LossPicture(history(losses), LIGHT, is_log=True).image(SIZE)
    places = inked(image, LIGHT.ink)
    places = places[(places[:, 0] > 80) & (places[:, 1] > 70) & (places[:, 0] < 700)]
    slope, start = np.polyfit(places[:, 0], places[:, 1], 1)
    assert np.abs(places[:, 1] - (slope * places[:, 0] + start)).max() < 4


def test_it_is_painted_only_as_far_as_it_is_known() -> None:
    picture = LossPicture(history(np.linspace(1, 0.2, 21)), LIGHT)

    def reach(until: float) -> int:
        image = QImage(*SIZE, QImage.Format.Format_RGB32)
        image.fill(QColor(LIGHT.surface))
        with QPainter(image) as painter:
            picture.paint(painter, QRectF(0, 0, *SIZE), 1.0, Fonts(), until)
        return int(without_names(inked(image, LIGHT.ink))[:, 0].max())

    first, middle, last = reach(0), reach(10), reach(math.inf)
    assert middle - first == pytest.approx((last - first) / 2, abs=12)


def test_what_is_not_finite_leaves_a_gap() -> None:
    losses = np.full(31, 0.5)
    losses[10:21] = np.inf
    places = without_names(inked(LossPicture(history(losses), LIGHT).image(SIZE), LIGHT.ink))
    assert not ((places[:, 0] > 340) & (places[:, 0] < 500)).any()
    assert (places[:, 0] < 300).any()
    assert ((places[:, 0] > 520) & (places[:, 0] < 600)).any()


@pytest.mark.parametrize("loss", [0.0, 1.0, -3.0, 1e-300, 1e300, math.nan])
@pytest.mark.parametrize("is_log", [False, True])
def test_nothing_that_a_run_can_give_stops_it(loss: float, is_log: bool) -> None:
    image = LossPicture(history(np.array([loss, loss])), LIGHT, is_log=is_log).image(SIZE)
    assert image.width() == SIZE[0]


@pytest.mark.parametrize(("end", "is_below"), [(0.4, False), (1.0, True)])
def test_the_names_stand_where_no_curve_is(end: float, is_below: bool) -> None:
    places = inked(LossPicture(history(np.linspace(1, end, 30)), LIGHT).image(SIZE), LIGHT.ink)
    lowest = places[(places[:, 0] > 660) & (places[:, 1] > 300)]
    assert (len(lowest) > 20) == is_below
