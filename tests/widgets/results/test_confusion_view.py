"""The matrix shows counts, and its cells answer to pointer and keys."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.engine.results import class_results
from playground.model.results import ClassResults
from resources.theme import DARK, LIGHT, Theme
from tests.widgets.results.made import SPECIES, flowers
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.results.confusion_view import Cell, ConfusionView, legible, luminance
from widgets.style import mixed


def part() -> ClassResults:
    found = flowers().parts["train"]
    assert isinstance(found, ClassResults)
    return found


@pytest.fixture
def view(qtbot: QtBot) -> ConfusionView:
    made = ConfusionView()
    qtbot.addWidget(made)
    made.set_part(SPECIES, part())
    made.resize(300, made.heightForWidth(300))
    made.show()
    return made


def middle(view: ConfusionView, cell: Cell) -> QPoint:
    return view.rect_of(cell).center().toPoint()


def corner(picture: QImage, view: ConfusionView, cell: Cell) -> str:
    """The colour of a cell where no text is."""
    box = view.rect_of(cell)
    return picture.pixelColor(round(box.left() + 6), round(box.center().y())).name()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_more_of_its_row_a_cell_has_the_stronger_its_colour(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    with themed(qapp, theme):
        view = ConfusionView()
        qtbot.addWidget(view)
        view.set_part(SPECIES, part())
        view.resize(300, view.heightForWidth(300))
        view.show()
        picture = view.grab().toImage()
        sizes = view.sizes
        for right, row in enumerate([[1, 1, 0], [0, 1, 2], [0, 0, 2]]):
            for said, count in enumerate(row):
                ink = theme.positive if right == said else theme.negative
                share = (
                    sizes.faintest + (sizes.strongest - sizes.faintest) * count / sum(row) if count else 0.0
                )
                assert corner(picture, view, (right, said)) == mixed(theme.raised, ink, share).lower()


def test_a_click_asks_for_the_examples_of_the_cell(view: ConfusionView) -> None:
    heard = Heard(view.cell_requested)
    for cell in ((0, 0), (1, 2), (2, 1)):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, cell))
    assert heard.all == [(0, 0), (1, 2), (2, 1)]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=middle(view, (0, 0)))
    assert len(heard.all) == 3


def test_the_pointer_tells_the_cell(view: ConfusionView) -> None:
    heard = Heard(view.pointed)
    QTest.mouseMove(view, middle(view, (1, 1)))
    QTest.mouseMove(view, middle(view, (1, 2)))
    assert heard.firsts == [(1, 1), (1, 2)]


def test_arrow_keys_go_from_cell_to_cell_and_stop_at_the_border(view: ConfusionView) -> None:
    asked, pointed = Heard(view.cell_requested), Heard(view.pointed)
    view.setFocus()
    keys = (
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
    )
    for key in keys:
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert asked.all == [(1, 0), (0, 0)]
    assert pointed.firsts[-1] == (0, 0)


@pytest.mark.parametrize("count", [1, 2, 10, 60, 200])
@pytest.mark.parametrize("width", [160, 308])
def test_any_number_of_classes_fits_the_column(qtbot: QtBot, count: int, width: int) -> None:
    view = ConfusionView()
    qtbot.addWidget(view)
    places = np.arange(count, dtype=np.int64)
    names = tuple(f"class number {n}" for n in range(count))
    view.set_part(names, class_results(places, places.copy(), places.copy(), np.ones(count), count))
    view.resize(width, view.heightForWidth(width))
    view.show()
    last = view.rect_of((count - 1, count - 1))
    assert last.right() <= width
    assert last.bottom() <= view.height()
    assert not view.grab().isNull()
    heard = Heard(view.cell_requested)
    inside = QPoint(int(last.center().x()), int(last.center().y()))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=inside)
    reach = math.ceil(1 / last.width())  # several cells may share a pixel
    right, said = heard.all[0]
    assert count - 1 - reach <= int(str(right)) <= count - 1
    assert count - 1 - reach <= int(str(said)) <= count - 1


def test_the_chosen_cell_has_a_ring(view: ConfusionView) -> None:
    def ringed() -> bool:
        box, picture = view.rect_of((1, 2)), view.grab().toImage()
        accent = QColor(LIGHT.accent)
        row = [
            picture.pixelColor(x, round(box.center().y())) for x in range(int(box.left()), int(box.right()))
        ]
        return any(abs(c.green() - accent.green()) < 12 and abs(c.red() - accent.red()) < 12 for c in row)

    assert not ringed()
    view.set_chosen((1, 2))
    assert ringed()
    view.set_part(("a", "b", "c"), part())
    assert not ringed()


def test_text_can_be_read_on_every_shade() -> None:
    for theme in (LIGHT, DARK):
        for ink in (theme.positive, theme.negative):
            for share in np.linspace(0.0, 0.8, 33):
                ground = luminance(mixed(theme.raised, ink, float(share)))
                text = luminance(legible(mixed(theme.raised, ink, float(share)), theme))
                assert (max(ground, text) + 0.05) / (min(ground, text) + 0.05) >= 3.4


def test_luminance_of_known_colours() -> None:
    assert luminance("#FFFFFF") == pytest.approx(1.0)
    assert luminance("#000000") == 0.0
    assert luminance("#FF0000") == pytest.approx(0.2126)
