"""The picture has exactly the cells of the present step in the threads' colours."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.model.speed import Schedule
from resources.theme import DARK, LIGHT, THEMES, Theme
from tests.widgets.kernels.schedules import blocked, plain
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.kernels.walk import Name, Part, Walk
from widgets.kernels.walk_style import WalkStyle
from widgets.kernels.walk_view import WalkView, cell_colours

NAMES: tuple[Name, ...] = ("a", "b", "c")


def shown(qtbot: QtBot, schedule: Schedule, moment: int, size: tuple[int, int] = (760, 300)) -> WalkView:
    view = WalkView()
    qtbot.addWidget(view)
    view.set_walk(Walk(schedule))
    view.set_moment(moment)
    view.resize(*size)
    view.show()
    return view


def under_way(view: WalkView, picture: QImage, name: Name, ink: str) -> set[tuple[int, int]]:
    """The cells whose lower left quarter is painted in a colour (a number or a chip may hide the rest)."""
    grid = view.placed[name]
    found = set()
    for row in range(grid.rows):
        for column in range(grid.columns):
            x, y, width, height = grid.box(Part(row, row + 1, column, column + 1))
            spot = picture.pixelColor(int(x + width * 0.25), int(y + height * 0.8))
            if spot.rgb() == QColor(ink).rgb():
                found.add((row, column))
    return found


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("moment", [0, 3, 7, 12])
def test_the_step_is_painted_and_nothing_else(
    qtbot: QtBot, qapp: QApplication, theme: Theme, moment: int
) -> None:
    schedule = blocked(8, 12, 6, (4, 3, 3))
    with themed(qapp, theme):
        view = shown(qtbot, schedule, moment)
        picture = view.grab().toImage()
        step = schedule.steps[schedule.steps[:, 0] == moment][0].tolist()
        _, _, r, r1, c, c1, d, d1 = step
        spans = {"a": (r, r1, d, d1), "b": (d, d1, c, c1), "c": (r, r1, c, c1)}
        for name in NAMES:
            i, i1, j, j1 = spans[name]
            expected = {(row, column) for row in range(i, i1) for column in range(j, j1)}
            assert under_way(view, picture, name, theme.accent) == expected


def test_each_thread_has_its_own_colour(qtbot: QtBot, qapp: QApplication) -> None:
    schedule = blocked(8, 8, 4, (2, 4, 4), threads=4)
    with themed(qapp, LIGHT):
        view = shown(qtbot, schedule, 1)
        picture, style = view.grab().toImage(), WalkStyle.of(LIGHT)
        for _, thread, r, r1, c, c1, _, _ in schedule.steps[schedule.steps[:, 0] == 1].tolist():
            expected = {(row, column) for row in range(r, r1) for column in range(c, c1)}
            assert under_way(view, picture, "c", style.thread(thread)) == expected
    assert len({style.thread(number) for number in range(4)}) == 4


def test_what_was_done_is_pale(qtbot: QtBot) -> None:
    walk = Walk(blocked(4, 4, 4, (2, 2, 2)))
    style = WalkStyle.of(LIGHT)
    for moment in range(walk.count + 1):
        colours = cell_colours(walk, "c", moment, style)[:, :, 0]
        now = walk.threads("c", moment)[0][:, :, 0] >= 0
        finished, begun = walk.finished(moment) & ~now, walk.seen("c", moment) & ~walk.finished(moment) & ~now
        assert (colours[finished] == style.finished).all()
        assert (colours[begun] == style.begun).all()
        assert (colours[~finished & ~begun & ~now] == style.rest).all()
    assert len({style.rest, style.seen, style.begun, style.finished}) == 4


def luminance(text: str) -> float:
    parts = [channel / 255 for channel in (QColor(text).red(), QColor(text).green(), QColor(text).blue())]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_what_is_under_way_stands_out_by_brightness_too(theme: Theme) -> None:
    style = WalkStyle.of(theme)
    for ground in (style.rest, style.seen, style.begun):
        for thread in range(len(style.threads)):
            bright, dim = sorted((luminance(style.thread(thread)), luminance(f"#{ground:06X}")), reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 3.0


def test_numbers_stand_in_small_products_but_not_in_words(qtbot: QtBot, qapp: QApplication) -> None:
    with themed(qapp, LIGHT):
        view = shown(qtbot, plain(6, 6, 6), 20)
        without = view.grab().toImage()
        view.set_level("numbers")
        numbers = view.grab().toImage()
        view.set_level("maths")
        assert numbers != without
        large = shown(qtbot, plain(32, 32, 32), 20)
        grid = large.placed["c"]
        before = large.grab().toImage()
        large.set_level("numbers")
        box = (grid.x, grid.y, grid.width, grid.height)
        assert large.grab().toImage().copy(*box) == before.copy(*box)


def test_keys_ask_for_steps_and_ends(qtbot: QtBot) -> None:
    view = shown(qtbot, plain(4, 4, 4), 0)
    steps, ends, plays = Heard(view.step_requested), Heard(view.end_requested), Heard(view.play_toggled)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space):
        QTest.keyClick(view, key)
    assert (steps.firsts, ends.firsts, len(plays.all)) == ([1, -1], [False, True], 1)


def test_sixty_four_by_sixty_four_fits_the_smallest_view(qtbot: QtBot) -> None:
    view = WalkView()
    qtbot.addWidget(view)
    view.set_walk(Walk(blocked(64, 64, 64, (8, 8, 64))))
    view.resize(view.minimumSizeHint())
    last = view.placed["c"]
    assert last.x + last.width <= view.width()
    assert last.y + last.height <= view.height()
