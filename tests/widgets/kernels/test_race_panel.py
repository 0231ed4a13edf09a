"""The race asks for what its controls say, and shows each timing as it arrives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.model.message import message
from resources.theme import LIGHT
from tests.widgets.kernels.panels import MIDDLE_PX, in_column, race_panel
from tests.widgets.kernels.timings import MACHINE, NO_DRIVER, RUNGS, race, timing
from tests.widgets.pseudo import settled
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.kernels.race_choices import OWN, RaceChoice
from widgets.kernels.race_panel import RacePanel
from widgets.kernels.race_request import RaceRequest

SMALLEST_PX = 1024 - 56 - 341 - 10 - 2 * 32
"""What a window 1,024 pixels wide leaves beside rail, right panel, scroll bar and margins."""
ABLE = ("python", "numba-loops", "numba-packed", "numba-parallel", "numpy")


@pytest.fixture
def panel(qtbot: QtBot) -> RacePanel:
    made = RacePanel()
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.set_reduced_motion(True)
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    made.show()
    return made


def figures(panel: RacePanel, key: str) -> str:
    row = panel.row(key)
    return f"{row.speed.text()} {row.unit.text()}".strip()


def test_before_the_ladder_is_known_nobody_can_race(qtbot: QtBot) -> None:
    made = RacePanel()
    qtbot.addWidget(made)
    made.show()
    assert not made.choices.race.isEnabled()
    assert made.empty.isVisible()
    assert not made.grid.axis.isVisible()


def test_an_empty_race_says_what_to_do(panel: RacePanel) -> None:
    assert panel.empty.text().startswith("Press Race")
    assert "5 ways" in panel.lead.text()
    assert not panel.told.isVisible()


def test_every_rung_has_a_row_and_says_its_threads(panel: RacePanel) -> None:
    for facts in RUNGS:
        row = panel.row(facts.key)
        assert row.name.isVisible()
        assert row.track.isVisible() == (facts.why_not is None)
    assert panel.row("numba-parallel").name.text() == "Numba parallel, 2\u00a0threads"
    assert panel.row("numba-loops").name.text() == "Numba, three loops, one\u00a0thread"


def test_who_cannot_run_says_why_and_takes_no_part(panel: RacePanel) -> None:
    row = panel.row("cuda")
    assert row.reason.text() == NO_DRIVER.template
    assert not row.box.isEnabled()
    assert panel.request().rungs == tuple(
        (key, 2 if key in {"numba-parallel", "numpy"} else 1) for key in ABLE
    )


def test_the_race_button_asks_for_what_the_controls_say(panel: RacePanel) -> None:
    heard = Heard(panel.race_requested)
    panel.choices.race.click()
    panel.choices.sizes.button("256").click()
    panel.choices.operation.button("gemv").click()
    panel.choices.dtype.button("float64").click()
    panel.choices.cores.button("one").click()
    panel.row("python").box.click()
    panel.choices.race.click()
    first, second = heard.firsts
    assert (first.operation, first.m, first.n, first.k, first.dtype) == ("gemm", 1024, 1024, 1024, "float32")
    rungs = (("numba-loops", 1), ("numba-parallel", 1), ("numpy", 1))  # packed tiles need two matrices
    assert second == RaceRequest("gemv", 256, 1, 256, "float64", rungs)


def test_a_size_of_ones_own(qtbot: QtBot, panel: RacePanel) -> None:
    assert not panel.choices.own.isVisible()
    panel.choices.sizes.button(OWN).click()
    field = panel.choices.own
    assert field.isVisible()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "777")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.request().m == 777
    field.selectAll()
    QTest.keyClicks(field, "0")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.request().m == 777
    field.selectAll()
    QTest.keyClicks(field, "64")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.choice == RaceChoice("gemm", 64)


def test_without_anybody_there_is_no_race(panel: RacePanel) -> None:
    for key in ABLE:
        panel.row(key).box.click()
    assert not panel.choices.race.isEnabled()
    panel.row("numpy").box.click()
    assert panel.choices.race.isEnabled()


def test_while_it_runs_the_button_cancels_and_the_choice_is_settled(panel: RacePanel) -> None:
    asked, cancelled = Heard(panel.race_requested), Heard(panel.cancel_requested)
    panel.set_running(True)
    assert panel.choices.race.text() == "Cancel"
    panel.choices.race.click()
    assert (len(asked.all), len(cancelled.all)) == (0, 1)
    assert not panel.choices.sizes.isEnabled()
    assert not panel.row("numpy").box.isEnabled()
    panel.set_running(False)
    assert panel.choices.race.text() == "Race"
    assert panel.choices.sizes.isEnabled()
    assert panel.row("numpy").box.isEnabled()
    assert not panel.row("cuda").box.isEnabled()


def test_a_row_under_way_says_so(panel: RacePanel) -> None:
    panel.set_running(True)
    panel.set_preparing("numba-loops")
    assert figures(panel, "numba-loops") == "Preparing…"
    panel.add_timing(timing("numba-loops", 2.0))
    assert figures(panel, "numba-loops") == "2 GFLOP/s"
    panel.set_preparing("numba-loops")
    assert figures(panel, "numba-loops") == "Running…"  # it was prepared before
    panel.set_preparing(None)
    assert figures(panel, "numba-loops") == "2 GFLOP/s"
    panel.set_preparing("numpy")
    panel.set_running(False)
    assert figures(panel, "numpy") == ""


def test_timings_become_bars_figures_and_a_sentence(panel: RacePanel) -> None:
    for known in race():
        panel.add_timing(known)
    assert [figures(panel, key) for key in ABLE] == [
        "0.004 GFLOP/s",
        "2 GFLOP/s",
        "238 GFLOP/s",
        "462 GFLOP/s",
        "439 GFLOP/s",
    ]
    shares = [panel.row(key).bar.shown_share for key in ABLE]
    assert shares[0] == pytest.approx(0.10034, abs=1e-4)  # log10(0.004) = −2.398, on a scale from −3 to 3
    assert shares == [*sorted(shares[:3]), max(shares), shares[4]]
    assert panel.row("numba-packed").times.text() == "59,500×"
    assert panel.row("numba-parallel").share.text() == "86\u00a0%"
    assert not panel.empty.isVisible()
    assert panel.told.text().startswith("Numba parallel did in one second")


def test_the_fastest_is_told_by_more_than_its_colour(panel: RacePanel) -> None:
    for known in race():
        panel.add_timing(known)
    best = panel.row("numba-parallel")
    assert best.remark.text() == "Fastest · compiled in 3.3 s"
    assert best.name.property("role") == "strong"
    assert [key for key in ABLE if panel.row(key).name.property("role") == "strong"] == ["numba-parallel"]
    panel.set_running(True)
    assert best.remark.text().startswith("Fastest so far")


def test_a_wrong_result_is_said_and_does_not_win(panel: RacePanel) -> None:
    for known in race():
        wrong = known.kernel == "numba-parallel"
        panel.add_timing(replace(known, error_over_bound=40.0) if wrong else known)
    row = panel.row("numba-parallel")
    assert row.wrong.isVisible()
    assert "40 times as far off" in row.wrong.text()
    assert panel.row("numpy").remark.text() == "Fastest"


def test_a_refusal_is_a_sentence_in_its_row_until_the_next_race(panel: RacePanel) -> None:
    panel.set_refused("numpy", message("There is not enough memory for this product."))
    row = panel.row("numpy")
    assert row.reason.isVisible()
    assert not row.track.isVisible()
    assert ("numpy", 2) in panel.request().rungs  # it may try again
    panel.choices.race.click()
    assert not row.reason.isVisible()


def test_another_race_begins_with_empty_bars(panel: RacePanel) -> None:
    for known in race():
        panel.add_timing(known)
    panel.choices.race.click()
    assert panel.timings == ()
    assert [panel.row(key).bar.shown_share for key in ABLE] == [0.0] * len(ABLE)


def test_timings_stay_with_the_choice_they_belong_to(panel: RacePanel) -> None:
    for known in race():
        panel.add_timing(known)
    panel.choices.sizes.button("256").click()
    assert panel.timings == ()
    assert figures(panel, "numpy") == ""
    panel.add_timing(timing("numpy", 300.0, threads=2, size=256))
    panel.choices.sizes.button("1024").click()
    assert panel.timings == race()
    panel.clear()
    assert panel.timings == ()
    panel.choices.sizes.button("256").click()
    assert figures(panel, "numpy") == "300 GFLOP/s"


def test_the_scale_says_that_it_is_logarithmic_and_where_the_limit_is(panel: RacePanel) -> None:
    assert "logarithmic" in panel.grid.scale_note.text()
    assert "ten times faster" in panel.grid.scale_note.text()
    assert "536" in panel.grid.scale_note.text()
    panel.choices.cores.button("one").click()
    panel.choices.dtype.button("float64").click()
    assert "134" in panel.grid.scale_note.text()


def test_the_level_changes_what_is_told(panel: RacePanel) -> None:
    for known in race():
        panel.add_timing(known)
    panel.set_level("numbers")
    assert "1.05 times NumPy" in panel.told.text()
    panel.set_level("maths")
    assert "2 m n k / t" in panel.told.text()
    assert panel.row("numpy").remark.text() == "Error 0.04 of its bound"


def test_a_screen_reader_hears_each_row_as_one(panel: RacePanel) -> None:
    panel.add_timing(timing("numba-loops", 2.0))
    bar = panel.row("numba-loops").bar
    assert bar.accessibleName() == "Numba, three loops, one\u00a0thread"
    assert bar.accessibleDescription().startswith("2 GFLOP/s 500× <1\u00a0%")


def test_nothing_moves_while_figures_come(qtbot: QtBot) -> None:
    made = RacePanel()
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    made.set_reduced_motion(True)
    column = in_column(MIDDLE_PX, made)
    qtbot.addWidget(column)
    column.show()
    settled(column)
    before = [made.row(key).track.geometry() for key in ABLE]
    made.set_running(True)
    made.set_preparing("python")
    for known in race():
        made.add_timing(known)
    settled(column)
    assert [made.row(key).track.geometry() for key in ABLE] == before


def test_it_fits_into_the_smallest_window(qtbot: QtBot, qapp: QApplication) -> None:
    with themed(qapp, LIGHT):
        made = race_panel("maths")
        qtbot.addWidget(made)
        made.resize(600, 600)
        made.show()
        settled(made)
        assert made.minimumSizeHint().width() <= SMALLEST_PX


def test_another_ladder_replaces_the_rows(qtbot: QtBot) -> None:
    made = race_panel()
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    made.set_rungs(RUNGS[:2])
    settled(made)
    assert [facts.key for facts in RUNGS[:2]] == [key for key, _ in made.request().rungs]
    with pytest.raises(KeyError):
        made.row("numpy")
