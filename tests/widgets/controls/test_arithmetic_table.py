"""The arithmetic is shown as it is, and fits whatever the width."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.model.message import format_exact, message, parse_number
from playground.model.narration import ArithmeticRow
from widgets.controls.arithmetic_table import ArithmeticTable

ROWS = (
    ArithmeticRow(message("Height"), message("{a} × {b}", a=0.62, b=1.6), 0.992),
    ArithmeticRow(message("Skin colour"), message("{a} × {b}", a=0.55, b=-0.6), -0.33),
    ArithmeticRow(message("Bias of {node}", node="Hidden 1"), None, 0.05),
    ArithmeticRow(message("Adds up to"), None, 0.712, strong=True),
)


@pytest.fixture
def table(qtbot: QtBot) -> ArithmeticTable:
    made = ArithmeticTable("Arithmetic")
    qtbot.addWidget(made)
    made.set_rows(ROWS)
    made.resize(300, made.heightForWidth(300))
    made.show()
    return made


def test_rows_say_what_they_are(table: ArithmeticTable) -> None:
    assert table.texts() == (
        ("Height", "0.62 × 1.6 =", "0.992"),
        ("Skin colour", "0.55 × −0.6 =", "−0.33"),
        ("Bias of Hidden 1", "", "0.05"),
        ("Adds up to", "", "0.712"),
    )


def test_a_screen_reader_hears_every_row(table: ArithmeticTable) -> None:
    assert table.accessibleDescription().splitlines() == [
        "Height: 0.62 × 1.6 = 0.992",
        "Skin colour: 0.55 × −0.6 = −0.33",
        "Bias of Hidden 1: 0.05",
        "Adds up to: 0.712",
    ]


def test_exact_numbers_read_back_to_the_same(qtbot: QtBot) -> None:
    table = ArithmeticTable("Numbers", format_exact)
    qtbot.addWidget(table)
    values = (1 / 3, -2e-9, 123456.789)
    table.set_rows([ArithmeticRow(message("a"), None, value) for value in values])
    assert tuple(parse_number(text) for _, _, text in table.texts()) == values


def test_narrow_labels_get_a_line_of_their_own(table: ArithmeticTable) -> None:
    heights = [table.heightForWidth(width) for width in (400, 170, 120)]
    assert heights == sorted(heights)
    assert heights[-1] > heights[0]


def test_bare_figures_stay_in_line(qtbot: QtBot) -> None:
    table = ArithmeticTable("Numbers", format_exact)
    qtbot.addWidget(table)
    short = (message("Value"), 1 / 3)
    table.set_rows([ArithmeticRow(short[0], None, short[1])])
    alone = table.heightForWidth(250)
    table.set_rows(
        [ArithmeticRow(label, None, 1 / 3) for label in (short[0], message("Sum before squashing"))]
    )
    both = table.heightForWidth(250)
    table.set_rows([ArithmeticRow(message("Sum before squashing"), None, 1 / 3)])
    below = table.heightForWidth(250)
    assert below > alone
    assert both - below > alone - 2 * table.sizes.margin  # the short label stands above its figure too


def test_other_rows_change_the_picture(table: ArithmeticTable) -> None:
    before = table.grab().toImage()
    table.set_rows(ROWS[:2])
    table.resize(300, table.heightForWidth(300))
    assert table.grab().toImage() != before


def test_no_rows_take_no_room(table: ArithmeticTable) -> None:
    table.set_rows(())
    assert not table.isVisible()
    assert table.heightForWidth(300) == 0


def test_a_thousand_rows_are_all_there(table: ArithmeticTable) -> None:
    table.set_rows([ArithmeticRow(message("Input {n}", n=n), None, n / 7) for n in range(1000)])
    assert len(table.texts()) == 1000
    assert table.heightForWidth(300) > 1000 * 10
    table.resize(300, 400)
    assert not table.grab().isNull()
