"""Slow motion asks for schedules, walks over what it gets, and holds when nobody looks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.model.keys import LEVELS
from playground.model.message import message
from resources.theme import DARK, LIGHT, THEMES, Theme
from tests.widgets.kernels.schedules import blocked, plain
from tests.widgets.pseudo import cut_texts, pseudo_language, settled, unrest, untranslated, visible_parts
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.kernels.slow_motion import FIRST_SIZE, SlowMotion

SIZES = [(1000, 780), (860, 590)]


@pytest.fixture
def motion(qtbot: QtBot) -> SlowMotion:
    made = SlowMotion()
    qtbot.addWidget(made)
    made.resize(1000, 780)
    made.set_schedule(blocked(8, 8, 8, (4, 4, 8)))
    made.set_reference(plain(8, 8, 8))
    made.show()
    return made


def is_ticking(motion: SlowMotion) -> bool:
    return any(timer.isActive() for timer in motion.findChildren(QTimer))


def test_it_asks_for_plain_loops_when_it_is_first_seen(qtbot: QtBot) -> None:
    made = SlowMotion()
    qtbot.addWidget(made)
    heard = Heard(made.schedule_requested)
    assert heard.all == []
    made.show()
    assert heard.all == [("python", FIRST_SIZE, 1)]
    assert made.empty.isVisible()
    assert not made.controls.isVisible()


def test_choices_ask(motion: SlowMotion) -> None:
    heard = Heard(motion.schedule_requested)
    motion.choices.kernels.button("numba-packed").click()
    motion.choices.sizes.button("64").click()
    motion.choices.kernels.button("numba-parallel").click()
    motion.choices.threads.button("4").click()
    assert heard.all == [
        ("numba-packed", 8, 1),
        ("numba-packed", 64, 1),
        ("numba-parallel", 64, 2),
        ("numba-parallel", 64, 4),
    ]


def test_what_comes_is_shown_and_chosen_without_an_echo(motion: SlowMotion) -> None:
    heard = Heard(motion.schedule_requested)
    schedule = blocked(16, 16, 16, (4, 8, 16), threads=4, kernel="numba-parallel")
    motion.set_schedule(schedule)
    assert heard.all == []
    assert motion.schedule is schedule
    assert (motion.choices.kernels.current, motion.choices.sizes.current, motion.choices.threads.current) == (
        "numba-parallel",
        "16",
        "4",
    )
    assert motion.choices.threads.isVisible()
    motion.set_schedule(plain(16, 16, 16))
    assert not motion.choices.threads.isVisible()


def test_steps_forward_back_and_to_the_ends(motion: SlowMotion) -> None:
    assert motion.controls.place.text() == "Step 1 of 4"
    motion.controls.forward.click()
    motion.controls.forward.click()
    assert (motion.step, motion.controls.place.text()) == (2, "Step 3 of 4")
    assert motion.sentence.text() == "The kernel multiplies rows 5 to 8 of A with columns 1 to 4 of B."
    motion.controls.back.click()
    assert motion.step == 1
    motion.controls.to_end.click()
    assert (motion.step, motion.controls.place.text()) == (4, "Step 4 of 4")
    assert motion.sentence.text() == "Done: every number of C is known."
    motion.controls.to_start.click()
    assert motion.step == 0
    motion.controls.line.setValue(3)
    assert motion.step == 3
    QTest.keyClick(motion.controls.line, Qt.Key.Key_Left)
    assert motion.step == 2
    QTest.keyClick(motion.view, Qt.Key.Key_Home)
    assert motion.step == 0


def test_playing_walks_to_the_end_and_then_nothing_ticks(qtbot: QtBot, motion: SlowMotion) -> None:
    assert not is_ticking(motion)
    motion.controls.speed_requested.emit(100.0)
    motion.controls.play.click()
    assert (motion.is_playing, is_ticking(motion)) == (True, True)
    assert motion.controls.play.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: not motion.is_playing)
    qtbot.waitUntil(lambda: not is_ticking(motion))
    assert motion.step == 4
    assert motion.controls.play.accessibleName() == "Play"
    motion.controls.play.click()
    assert motion.step < 4
    motion.controls.play.click()
    assert not is_ticking(motion)


def test_hiding_holds(motion: SlowMotion) -> None:
    motion.toggle()
    motion.hide()
    assert not motion.is_playing
    assert not is_ticking(motion)


def test_a_schedule_that_comes_while_it_plays_is_played(motion: SlowMotion) -> None:
    motion.toggle()
    motion.set_schedule(plain(8, 8, 8))
    assert (motion.is_playing, is_ticking(motion)) == (True, True)
    motion.set_schedule(None)
    assert (motion.is_playing, is_ticking(motion)) == (False, False)
    assert motion.empty.isVisible()


def test_with_reduced_motion_it_still_walks_but_calmly(qtbot: QtBot, motion: SlowMotion) -> None:
    motion.set_schedule(plain(8, 8, 8))
    motion.set_reduced_motion(True)
    motion.controls.speed_requested.emit(500.0)
    motion.toggle()
    timers = [timer for timer in motion.findChildren(QTimer) if timer.isActive()]
    assert [timer.interval() for timer in timers] == [500]
    qtbot.waitUntil(lambda: motion.step == 64)


def test_the_speed_is_kept_once_it_was_chosen(motion: SlowMotion) -> None:
    motion.set_schedule(plain(32, 32, 32))
    assert motion.controls.speed.number == round(32 * 32 / 24)
    motion.controls.speed_requested.emit(7.0)
    motion.set_schedule(plain(8, 8, 8))
    assert motion.controls.speed.number == 7.0


def test_the_reference_is_compared_only_at_its_own_size(motion: SlowMotion) -> None:
    assert motion.traffic.comparison.text() == "48 times less from memory than plain loops."
    motion.set_schedule(blocked(16, 16, 16, (4, 4, 16)))
    assert motion.traffic.comparison.text() == "Bytes that move"
    motion.set_reference(plain(16, 16, 16))
    assert motion.traffic.comparison.text() == "48 times less from memory than plain loops."


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("threads", [1, 2])
def test_nothing_is_cut_in_either_language(
    qtbot: QtBot, qapp: QApplication, size: tuple[int, int], level: str, threads: int
) -> None:
    schedule = blocked(64, 64, 64, (8, 8, 32), threads, "numba-parallel" if threads > 1 else "numba-blocked")
    with themed(qapp, LIGHT):
        made = SlowMotion()
        qtbot.addWidget(made)
        made.set_schedule(schedule)
        made.set_reference(plain(64, 64, 64))
        made.set_level(level)  # type: ignore[arg-type]  # one of LEVELS
        made.seek(2)
        made.resize(*size)
        made.show()
        settled(made)
        assert cut_texts(made) == []
        assert made.height() == size[1]
        with pseudo_language():
            other = SlowMotion()
            qtbot.addWidget(other)
            other.set_schedule(schedule)
            other.set_reference(plain(64, 64, 64))
            other.set_level(level)  # type: ignore[arg-type]  # one of LEVELS
            other.resize(*size)
            other.show()
            settled(other)
            assert untranslated(other) == []
            assert cut_texts(other) == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_it_is_still_and_its_controls_are_named(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    with themed(qapp, theme):
        made = SlowMotion()
        qtbot.addWidget(made)
        made.set_schedule(blocked(8, 8, 8, (2, 4, 8), threads=2, kernel="numba-parallel"))
        made.resize(1000, 780)
        made.show()
        assert unrest(made) == []
        named = [part for part in visible_parts(made) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert len(named) > 12
        for part in named:
            assert part.accessibleName(), type(part).__name__
            assert part.toolTip() or part is made.view, part.accessibleName()  # it would hide the cells
            assert min(part.width(), part.height()) >= 24, part.accessibleName()
    assert theme in (LIGHT, DARK)


def test_what_is_waited_for_is_not_claimed_to_be_shown(motion: SlowMotion) -> None:
    motion.seek(2)
    before = motion.sentence.text()
    motion.toggle()
    motion.choices.kernels.button("numba-packed").click()
    assert motion.sentence.text() == motion.empty.text() != before
    assert (motion.is_playing, is_ticking(motion)) == (False, False)
    assert not motion.controls.play.isEnabled()
    motion.set_schedule(blocked(8, 8, 8, (2, 2, 8), kernel="numba-packed"))
    assert (motion.is_playing, motion.controls.play.isEnabled()) == (True, True)
    assert motion.sentence.text() != motion.empty.text()


def test_an_answer_that_comes_at_once_is_shown(motion: SlowMotion) -> None:
    motion.schedule_requested.connect(lambda _kernel, n, _threads: motion.set_schedule(plain(n, n, n)))
    motion.choices.sizes.button("16").click()
    assert motion.schedule is not None
    assert motion.schedule.m == 16
    assert motion.view.isEnabled()
    assert motion.sentence.text().startswith("The kernel multiplies")


def test_playing_can_be_asked_for_while_waiting(motion: SlowMotion) -> None:
    motion.choices.sizes.button("16").click()
    motion.toggle()
    assert not is_ticking(motion)
    motion.set_schedule(plain(16, 16, 16))
    assert is_ticking(motion)


def test_a_refusal_is_told_and_what_was_shown_stays(motion: SlowMotion) -> None:
    motion.choices.kernels.button("numba-packed").click()
    motion.set_refused(message("There is no room for it."))
    assert motion.empty.text() == "There is no room for it."
    assert motion.empty.isVisible()
    assert motion.choices.kernels.current == "numba-blocked"
    assert motion.controls.play.isEnabled()
    assert motion.sentence.text().startswith("The kernel multiplies")
    motion.set_schedule(plain(8, 8, 8))
    assert not motion.empty.isVisible()
