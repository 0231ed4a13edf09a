"""The wiring of the room Kernels: figures go where they were asked for, choices become edits."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.kernels_control import ALONE, LEARNING_WAITS, KernelsControl, figure
from playground.app.kernels_pages import TABS
from playground.app.window import Window
from playground.model import edits
from playground.model.keys import LEVELS
from playground.model.message import message
from playground.model.speed import Timing
from playground.model.speed_events import Measured, Timed
from playground.model.speed_requests import RaceAsked
from playground.model.stage import Selection
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS, MakeWindow
from tests.widgets.spies import Heard
from widgets.kernels.race_choices import RaceChoice
from widgets.text import say

KEY = Qt.Key
RACED = ["python", "numba-packed", "numba-parallel", "numpy"]
"""The rungs of the tests that can run, in order."""


@pytest.fixture
def open_window(kernels: KernelsControl) -> Window:
    found = kernels.room.window()
    assert isinstance(found, Window)
    return found


def finish(kernels: KernelsControl, qtbot: QtBot) -> None:
    """Wait until what was asked for is measured."""
    qtbot.waitUntil(lambda: not kernels.measuring.is_running, timeout=WAIT_MS)


def race(kernels: KernelsControl, qtbot: QtBot) -> None:
    kernels.room.pages.race.choices.race.click()
    finish(kernels, qtbot)


def test_an_open_room_knows_the_ladder_and_the_machine(kernels: KernelsControl) -> None:
    room = kernels.room
    assert [facts.key for facts in room.pages.rungs] == [*RACED, "webgpu"]
    assert "Slide rule" in room.machine.processor.text()
    assert room.state.text() == ""
    assert room.hasFocus()


def test_bars_grow_as_each_rung_finishes(kernels: KernelsControl, qtbot: QtBot) -> None:
    panel = kernels.room.pages.race
    seen: list[int] = []
    kernels.measuring.said.connect(lambda _event: seen.append(len(panel.timings)))
    panel.choices.race.click()
    runs = [panel.is_running]
    finish(kernels, qtbot)
    assert [*runs, panel.is_running] == [True, False]
    assert sorted(set(seen)) == [0, 1, 2, 3, 4]
    assert [timing.kernel for timing in panel.timings] == RACED
    assert len(kernels.room.roofline.best()) == 1


def test_the_room_and_the_status_bar_say_what_is_measured_and_what_came_out(
    kernels: KernelsControl, open_window: Window, qtbot: QtBot
) -> None:
    panel = kernels.room.pages.race
    panel.set_choice(RaceChoice(size=4096))
    panel.choices.race.click()
    assert kernels.room.state.text() == open_window.status.matmul.text() == say(ALONE["race"])
    QTest.keyClick(kernels.room, KEY.Key_Escape)
    assert not kernels.measuring.is_running
    assert kernels.room.state.text() == ""
    panel.set_choice(RaceChoice())
    race(kernels, qtbot)
    assert open_window.status.matmul.isVisible()
    assert open_window.status.matmul.text() == "matmul <b>200 GFLOP/s</b> · 1.05× NumPy"


def test_the_limits_of_a_race_are_those_that_belong_to_it(kernels: KernelsControl, qtbot: QtBot) -> None:
    heard = Heard(kernels.measuring.said)
    assert "400" in kernels.room.machine.facts.text()
    kernels.room.pages.race.set_choice(RaceChoice(size=15))
    race(kernels, qtbot)
    assert isinstance(heard.firsts[0], Measured)
    assert "800" in kernels.room.machine.facts.text()


def test_a_file_need_not_wait_for_a_race(
    kernels: KernelsControl,
    open_window: Window,
    qtbot: QtBot,
    file_chosen: Callable[[Path | None], None],
    tmp_path: Path,
) -> None:
    kernels.room.pages.race.set_choice(RaceChoice(size=4096))
    kernels.room.pages.race.choices.race.click()
    qtbot.waitUntil(lambda: kernels.process.is_busy, timeout=WAIT_MS)
    file_chosen(tmp_path / "mine.playground")
    open_window.acts["save"].trigger()
    qtbot.waitUntil(lambda: open_window.document.path is not None, timeout=WAIT_MS)
    assert (tmp_path / "mine.playground").exists()
    assert not kernels.measuring.is_running


def test_the_room_says_that_learning_waits(
    kernels: KernelsControl, open_window: Window, qtbot: QtBot
) -> None:
    open_window.acts["train"].trigger()
    qtbot.waitUntil(lambda: open_window.training.snapshot is not None, timeout=WAIT_MS)
    kernels.room.pages.race.set_choice(RaceChoice(size=4096))
    kernels.room.pages.race.choices.race.click()
    assert kernels.room.state.text() == say(LEARNING_WAITS)
    kernels.room.pages.race.choices.race.click()
    assert kernels.room.state.text() == ""
    assert open_window.training.is_running
    open_window.training.pause()
    qtbot.waitUntil(lambda: not open_window.training.is_running, timeout=WAIT_MS)


def test_results_stay_for_the_session(kernels: KernelsControl, open_window: Window, qtbot: QtBot) -> None:
    race(kernels, qtbot)
    panel = kernels.room.pages.race
    before = panel.timings
    panel.set_choice(RaceChoice(size=256))
    assert panel.timings == ()
    open_window.rooms.go("play")
    open_window.rooms.go("kernels")
    panel.set_choice(RaceChoice())
    assert panel.timings == before


def test_space_measures_what_is_shown(kernels: KernelsControl, qtbot: QtBot) -> None:
    room, pages = kernels.room, kernels.room.pages
    for tab, kind in (("race", "race"), ("sizes", "sizes"), ("threads", "threads")):
        room.show_tab(tab)
        room.setFocus()
        QTest.keyClick(room, KEY.Key_Space)
        assert kernels.measuring.kind == kind
        finish(kernels, qtbot)
    assert len(pages.sizes.rows()) == 1 + 4 * 13
    assert len(pages.threads.rows()) == 1 + 2 * 2
    room.show_tab("slow")
    qtbot.waitUntil(lambda: pages.slow.schedule is not None, timeout=WAIT_MS)
    QTest.keyClick(room, KEY.Key_Space)
    assert pages.slow.is_playing
    pages.slow.pause()


def test_a_race_that_dies_is_told(kernels: KernelsControl, open_window: Window, qtbot: QtBot) -> None:
    panel = kernels.room.pages.race
    panel.set_choice(RaceChoice(size=13))
    race(kernels, qtbot)
    assert "ended by itself" in open_window.status.notice.text()
    assert not panel.is_running
    panel.set_choice(RaceChoice())
    race(kernels, qtbot)
    assert [timing.kernel for timing in panel.timings] == RACED


def test_a_race_that_comes_while_the_machine_is_measured_follows_it(
    make_window: MakeWindow, measuring: None, qtbot: QtBot
) -> None:
    window = make_window()
    window.acts["room_kernels"].trigger()
    opened = window.kernels
    assert opened is not None
    kinds = []
    opened.measuring.running_changed.connect(lambda _is_on: kinds.append(opened.measuring.kind))
    assert opened.measuring.kind == "machine"
    asked = RaceAsked(operation="gemm", m=64, n=64, k=64, dtype="float32", rungs=(("numpy", 2),))
    opened.room.pages.measuring_requested.emit("race", asked)
    assert opened.room.pages.race.is_running
    said = Heard(opened.measuring.said)
    qtbot.waitUntil(lambda: any(isinstance(event, Timed) for event in said.firsts), timeout=WAIT_MS)
    finish(opened, qtbot)
    assert kinds[-2:] == ["race", None]


def test_slow_motion_gets_its_schedules(kernels: KernelsControl, qtbot: QtBot) -> None:
    slow = kernels.room.pages.slow
    kernels.room.show_tab("slow")
    qtbot.waitUntil(lambda: slow.schedule is not None, timeout=WAIT_MS)
    slow.kernels.button("numba-parallel").click()
    qtbot.waitUntil(lambda: slow.schedule is not None and slow.schedule.kernel == "numba-parallel")
    assert slow.schedule is not None
    assert slow.schedule.threads == 2


def test_the_matrices_follow_the_open_network(
    kernels: KernelsControl, open_window: Window, qtbot: QtBot
) -> None:
    view, document = kernels.room.pages.network, open_window.document
    kernels.room.show_tab("network")
    matrices = view.matrices
    assert matrices is not None
    assert [(matrix.n_rows, matrix.n_columns) for matrix in matrices.matrices] == [(3, 3), (3, 1)]
    (edge, *_) = document.experiment.network.edge_keys
    assert document.apply(edits.delete((), (edge,)))
    qtbot.waitUntil(lambda: view.matrices is not matrices, timeout=WAIT_MS)
    other = document.experiment.network.edge_keys[0]
    view.element_hovered.emit(other)
    qtbot.waitUntil(lambda: open_window.keeper.stage.hovered_edge == other, timeout=WAIT_MS)
    open_window.keeper.set_hovered(None)
    qtbot.waitUntil(lambda: open_window.keeper.stage.hovered_edge is None, timeout=WAIT_MS)
    view.element_chosen.emit(other)
    assert open_window.keeper.stage.selection == Selection(edges=frozenset({other}))


def test_the_kernel_for_training_is_chosen_as_one_undo_step(
    kernels: KernelsControl, open_window: Window, qtbot: QtBot
) -> None:
    use, document = kernels.room.use, open_window.document
    before, steps = document.experiment, document.undo_stack.index()
    assert use.kernels.current == "numpy"
    open_window.compute.warmth.shutdown()  # it need not be made ready here
    use.kernels.button("numba").click()
    assert document.experiment.learning.kernel == "numba"
    assert document.undo_stack.index() == steps + 1
    document.undo_stack.undo()
    assert document.experiment == before
    assert use.kernels.current == "numpy"


def test_numpy_has_one_type_and_says_so(kernels: KernelsControl, open_window: Window) -> None:
    use, document = kernels.room.use, open_window.document
    use.dtype_requested.emit("float32")
    assert document.experiment.learning.dtype == "float64"
    assert "float64" in open_window.status.notice.text()
    assert use.dtype.current == "float64"


def test_every_level_reaches_every_panel(kernels: KernelsControl, open_window: Window, qtbot: QtBot) -> None:
    race(kernels, qtbot)
    told = set()
    for level in LEVELS:
        open_window.play.set_level(level)
        told.add((kernels.room.pages.race.told.text(), kernels.room.machine.facts.text()))
    assert len(told) > 1


@pytest.mark.parametrize("tab", ["sizes", "threads"])
def test_a_plot_is_saved_as_a_picture_and_as_figures(
    kernels: KernelsControl,
    qtbot: QtBot,
    file_chosen: Callable[[Path | None], None],
    tmp_path: Path,
    tab: str,
) -> None:
    kernels.room.show_tab(tab)
    kernels.room.pages.ask()
    finish(kernels, qtbot)
    panel = {"sizes": kernels.room.pages.sizes, "threads": kernels.room.pages.threads}[tab]
    qtbot.waitUntil(lambda: panel.chart is not None, timeout=WAIT_MS)
    file_chosen(tmp_path / "plot.png")
    panel.save_picture.click()
    picture = QImage(str(tmp_path / "plot.png"))
    assert picture.width() > 200
    file_chosen(tmp_path / "plot.csv")
    panel.save_figures.click()
    with (tmp_path / "plot.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [str(name) for name in panel.rows()[0]]
    assert len(rows) == len(panel.rows()) > 3
    assert {row[0] for row in rows[1:]} <= set(RACED)


def test_the_race_is_saved_as_a_picture_by_the_menu(
    kernels: KernelsControl,
    open_window: Window,
    qtbot: QtBot,
    file_chosen: Callable[[Path | None], None],
    tmp_path: Path,
) -> None:
    race(kernels, qtbot)
    file_chosen(tmp_path / "race.png")
    open_window.acts["save_picture"].trigger()
    picture = QImage(str(tmp_path / "race.png"))
    assert picture.width() == kernels.room.pages.race.width()
    assert "race.png" in open_window.status.notice.text()


def test_a_folder_that_cannot_be_written_to_is_a_sentence(
    kernels: KernelsControl,
    open_window: Window,
    butler: Butler,
    file_chosen: Callable[[Path | None], None],
    tmp_path: Path,
) -> None:
    butler.expect("ErrorDialog", lambda dialog: dialog.accept())
    file_chosen(tmp_path / "no such folder" / "race.png")
    open_window.acts["save_picture"].trigger()
    assert butler.seen == ["ErrorDialog"]
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_where_no_file_is_chosen(
    kernels: KernelsControl, open_window: Window, file_chosen: Callable[[Path | None], None], tmp_path: Path
) -> None:
    file_chosen(None)
    open_window.acts["save_picture"].trigger()
    assert list(tmp_path.iterdir()) == []


def test_presenting_shows_the_room_and_is_driven_by_a_clicker(
    kernels: KernelsControl, open_window: Window, qtbot: QtBot
) -> None:
    room = kernels.room
    open_window.acts["present"].trigger()
    shown = open_window.presenting.shown
    assert shown is not None
    assert open_window.presenting.presenter is None
    QTest.keyClick(shown, KEY.Key_Space)
    assert kernels.measuring.kind == "race"
    finish(kernels, qtbot)
    assert len(room.pages.race.timings) == 4
    seen = [room.tab]
    for _ in TABS:
        QTest.keyClick(shown, KEY.Key_PageDown)
        seen.append(room.tab)
    assert seen == [*TABS, TABS[-1]]
    QTest.keyClick(shown, KEY.Key_PageUp)
    assert room.tab == "slow"
    QTest.keyClick(shown, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    blacks = []
    for key in (KEY.Key_B, KEY.Key_Escape):
        QTest.keyClick(shown, key)
        blacks.append(shown.is_black)
    assert blacks == [True, False]
    QTest.keyClick(shown, KEY.Key_Escape)
    assert not open_window.presenting.is_open


def test_a_presentation_shows_what_was_measured_before_it(
    kernels: KernelsControl, open_window: Window, qtbot: QtBot
) -> None:
    race(kernels, qtbot)
    kernels.room.pages.race.row("python").box.setChecked(False)
    shown = kernels.make_show()
    qtbot.addWidget(shown)
    panel = shown.content.findChild(type(kernels.room.pages.race))
    assert panel is not None
    assert panel.timings == kernels.room.pages.race.timings
    assert not panel.row("python").takes_part
    assert panel.row("numpy").takes_part
    shown.left.emit()


def test_the_window_leaves_no_process_behind(kernels: KernelsControl, open_window: Window) -> None:
    heard = Heard(open_window.closed)
    open_window.close()
    assert len(heard.all) == 1
    assert kernels.process.process_ids == ()


def timing(kernel: str, gflops: float, ratio: float | None) -> Timing:
    return Timing(
        kernel=kernel, operation="gemm", m=8, n=8, k=8, dtype="float32", threads=1, repeats=3, seconds=1e-6,
        gflops=gflops, low_gflops=gflops, high_gflops=gflops, gbytes_per_second=1.0, compile_seconds=0.0,
        error_over_bound=0.1, ratio_to_numpy=ratio,
    )  # fmt: skip


def test_the_status_bar_shows_the_best_of_the_last_race() -> None:
    slow, numpy, fast = timing("python", 0.01, 0.1), timing("numpy", 400.0, 1.0), timing("numba", 440.0, 1.1)
    assert figure(()) is None
    assert figure((slow, numpy)) == message("matmul <b>{speed} GFLOP/s</b>", speed=400.0)
    told = message("matmul <b>{speed} GFLOP/s</b> · {ratio}× NumPy", speed=440.0, ratio=1.1)
    assert figure((slow, fast, numpy)) == told
