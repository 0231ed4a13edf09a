"""The table shows its rows, and tells them to who cannot see it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from widgets.results.figures_table import ROW_PX, FiguresTable

HEAD = ("Class", "Precision", "Support")


def test_rows_are_told_and_take_room(qtbot: QtBot) -> None:
    table = FiguresTable("Figures")
    qtbot.addWidget(table)
    table.resize(300, 100)
    table.set_rows(HEAD, (("setosa", "0.9", "10"), ("versicolor", "–", "0")))
    assert table.accessibleDescription() == (
        "Class setosa, Precision 0.9, Support 10\nClass versicolor, Precision –, Support 0"
    )
    two = table.sizeHint().height()
    table.set_rows(HEAD, tuple((f"class {n}", "1", "2") for n in range(12)))
    assert table.sizeHint().height() == two + 10 * ROW_PX


def test_a_long_head_gets_lines_of_its_own(qtbot: QtBot) -> None:
    table = FiguresTable("Figures")
    qtbot.addWidget(table)
    table.resize(300, 100)
    table.set_rows(HEAD, (("a", "1", "2"),))
    low = table.sizeHint().height()
    long = "How many of those that it calls so are really of this class"
    table.set_rows((HEAD[0], long, HEAD[2]), (("a", "1", "2"),))
    assert table.sizeHint().height() > low


def test_hundreds_of_rows_are_painted_in_part(qtbot: QtBot) -> None:
    table = FiguresTable("Figures")
    qtbot.addWidget(table)
    table.set_rows(HEAD, tuple((f"class {n}", "1", "2") for n in range(200)))
    table.resize(300, 120)
    table.show()
    assert not table.grab().isNull()
