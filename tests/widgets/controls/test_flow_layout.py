"""Controls go on in the next line where they do not fit."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from widgets.controls.flow_layout import FlowRow


@pytest.fixture
def row(qtbot: QtBot) -> FlowRow:
    made = FlowRow(
        *(QPushButton(text) for text in ("Train", "One round", "One step", "Start over", "New start"))
    )
    qtbot.addWidget(made)
    made.show()
    return made


def buttons(row: FlowRow) -> list[QPushButton]:
    return row.findChildren(QPushButton)


@pytest.mark.parametrize("width", [700, 300, 180, 120])
def test_nothing_overlaps_nothing_is_cut_and_the_height_is_right(row: FlowRow, width: int) -> None:
    row.resize(width, row.heightForWidth(width))
    for first, second in combinations(buttons(row), 2):
        assert not first.geometry().intersects(second.geometry())
    for button in buttons(row):
        assert row.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()
    assert max(button.geometry().bottom() for button in buttons(row)) + 1 == row.height()


def test_narrower_is_higher(row: FlowRow) -> None:
    heights = [row.heightForWidth(width) for width in (900, 300, 150)]
    assert heights == sorted(heights)
    assert heights[0] == max(button.sizeHint().height() for button in buttons(row))
    assert heights[-1] > 2 * heights[0]


def test_hidden_controls_take_no_room(row: FlowRow) -> None:
    high = row.heightForWidth(150)
    for button in buttons(row)[1:]:
        button.hide()
    assert row.heightForWidth(150) < high


@pytest.mark.parametrize("hangs", [False, True])
def test_controls_of_a_line_have_their_middles_or_their_tops_at_one_height(qtbot: QtBot, hangs: bool) -> None:
    low, high = QPushButton("a"), QPushButton("b")
    low.setFixedSize(30, 20)
    high.setFixedSize(30, 60)
    row = FlowRow(low, high, hangs=hangs)
    qtbot.addWidget(row)
    row.resize(100, row.heightForWidth(100))
    row.show()
    assert (low.geometry().top() == high.geometry().top()) is hangs
    assert (low.geometry().center().y() == high.geometry().center().y()) is not hangs
