"""A bar reaches as far as its figure says, grows when it comes, and shows what it is in two ways."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from resources.theme import DARK, LIGHT, Theme
from tests.widgets.colours import colours_of
from tests.widgets.themed import themed
from widgets.kernels.race_bar import RaceBar, Reading, track_colour
from widgets.kernels.race_scale import LogScale

SCALE = LogScale()
WIDE_PX = 601


@pytest.fixture
def bar(qtbot: QtBot) -> RaceBar:
    made = RaceBar()
    qtbot.addWidget(made)
    made.resize(WIDE_PX, 26)
    made.show()
    return made


def picture(bar: RaceBar) -> QImage:
    return bar.grab().toImage()


def length(bar: RaceBar, colour: str) -> int:
    """The last pixel of a colour in the upper part of a bar, where no whisker is."""
    image = picture(bar)
    places = [x for x in range(image.width()) if image.pixelColor(x, 4) == QColor(colour)]
    return max(places, default=0)


def test_a_bar_grows_to_its_share(qtbot: QtBot, bar: RaceBar) -> None:
    seen: list[float] = []
    bar._growth.valueChanged.connect(lambda _: seen.append(bar.shown_share))
    bar.sync(Reading(10.0, 9.0, 11.0), SCALE, None)
    assert bar.shown_share == 0
    qtbot.waitUntil(lambda: bar.shown_share == pytest.approx(4 / 6))
    assert seen == sorted(seen)
    assert len(seen) > 1
    qtbot.waitUntil(lambda: not bar._is_growing)


def test_with_reduced_motion_it_stands_at_once(bar: RaceBar) -> None:
    bar.reduced_motion = True
    bar.sync(Reading(10.0, 9.0, 11.0), SCALE, None)
    assert bar.shown_share == pytest.approx(4 / 6)


def test_where_nobody_looks_nothing_moves(bar: RaceBar) -> None:
    bar.sync(Reading(10.0, 9.0, 11.0), SCALE, None)
    bar.hide()
    assert bar.shown_share == pytest.approx(4 / 6)
    bar.sync(Reading(100.0, 90.0, 110.0), SCALE, None)
    assert bar.shown_share == pytest.approx(5 / 6)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_fastest_is_green_and_reaches_its_figure(qapp: QApplication, bar: RaceBar, theme: Theme) -> None:
    bar.reduced_motion = True
    with themed(qapp, theme):
        bar.sync(Reading(100.0, 99.0, 101.0, is_fastest=True), SCALE, None)
        assert length(bar, theme.accent) == pytest.approx(WIDE_PX * 5 / 6, abs=4)
        bar.sync(Reading(10.0, 9.9, 10.1), SCALE, None)
        assert QColor(theme.accent).name() not in colours_of(picture(bar))


def test_the_limit_is_a_mark(qapp: QApplication, bar: RaceBar) -> None:
    with themed(qapp, LIGHT):
        bar.sync(None, SCALE, 100.0)
        assert length(bar, LIGHT.ink) == pytest.approx(WIDE_PX * 5 / 6, abs=2)
        bar.sync(None, SCALE, None)
        assert QColor(LIGHT.ink).name() not in colours_of(picture(bar))
        assert QColor(track_colour(LIGHT)).name() in colours_of(picture(bar))


def test_the_spread_is_a_whisker_from_quartile_to_quartile(qapp: QApplication, bar: RaceBar) -> None:
    bar.reduced_motion = True
    with themed(qapp, LIGHT):
        bar.sync(Reading(10.0, 1.0, 100.0), SCALE, None)
        image = picture(bar)
        inked = [x for x in range(WIDE_PX) if image.pixelColor(x, 13) == QColor(LIGHT.ink)]
        assert min(inked) == pytest.approx(WIDE_PX * 3 / 6, abs=2)
        assert max(inked) == pytest.approx(WIDE_PX * 5 / 6, abs=2)
