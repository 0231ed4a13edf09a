"""The transport shows where the pass is, and asks for everything that can be done with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.engine.timeline import Timeline
from playground.model.keys import GRANULARITIES, LEVELS
from resources.theme import LIGHT
from tests.widgets.gallery import STAGE_PX, avocado_scene
from tests.widgets.pseudo import cut_texts, pseudo_language, settled
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.transport import FASTEST, SLOWEST, Transport


@pytest.fixture
def timeline() -> Timeline:
    return Timeline(avocado_scene().trace, "node")


@pytest.fixture
def transport(qtbot: QtBot, timeline: Timeline) -> Transport:
    made = Transport()
    qtbot.addWidget(made)
    made.set_timeline(timeline.phases, timeline.duration_s, timeline.step_count)
    made.resize(STAGE_PX, made.sizeHint().height())
    made.show()
    return made


def test_buttons_ask_for_steps_ends_and_play(transport: Transport, timeline: Timeline) -> None:
    steps, seeks, plays = (
        Heard(transport.step_requested),
        Heard(transport.seek_requested),
        Heard(transport.play_toggled),
    )
    for button in (transport.back, transport.forward, transport.to_start, transport.to_end, transport.play):
        button.click()
    assert steps.firsts == [-1, 1]
    assert seeks.firsts == [0.0, timeline.duration_s]
    assert len(plays.all) == 1


def test_the_place_is_said_counted_from_one(transport: Transport, timeline: Timeline) -> None:
    transport.set_options(granularity="node", loop=False, keep=True, batch=False)
    transport.set_position(timeline.step(3).start_s, 3, False)
    assert transport.place.text() == f"Step 4 of {timeline.step_count} · one node at a time"


def test_the_example_of_a_batch_is_said(transport: Transport, timeline: Timeline) -> None:
    transport.set_position(timeline.step(3).start_s, 3, False, (2, 10))
    assert transport.place.text() == f"Step 4 of {timeline.step_count} · example 2 of 10"


def test_steps_are_named_at_the_level(transport: Transport) -> None:
    transport.set_options(granularity="edge", loop=False, keep=True, batch=False)
    transport.set_position(0.0, 0, False)
    assert transport.granularity.currentText() == "Arrow by arrow"
    assert transport.place.text().endswith("one arrow at a time")
    transport.set_level("maths")
    assert transport.granularity.currentText() == "Edge by edge"
    assert transport.place.text().endswith("one edge at a time")
    assert transport.granularity.current_key == "edge"


def test_the_button_says_what_it_will_do(transport: Transport) -> None:
    for playing, name in ((True, "Pause"), (False, "Play"), (True, "Pause")):
        transport.set_position(1.0, 0, playing)
        assert (transport.play.accessibleName(), transport.play.name) == (name, name.lower())


def test_the_timelines_wishes_are_passed_on(transport: Transport, timeline: Timeline) -> None:
    seeks, steps, phases = (
        Heard(transport.seek_requested),
        Heard(transport.step_requested),
        Heard(transport.phase_requested),
    )
    QTest.keyClick(transport.timeline, Qt.Key.Key_End)
    QTest.keyClick(transport.timeline, Qt.Key.Key_Left)
    transport.timeline.phase_requested.emit("loss")
    assert (seeks.firsts, steps.firsts, phases.firsts) == ([timeline.duration_s], [-1], ["loss"])


def test_options_are_announced_and_shown_without_an_echo(transport: Transport) -> None:
    heard = Heard(
        transport.granularity_changed, transport.loop_changed, transport.keep_changed, transport.batch_changed
    )
    transport.set_options(granularity="pass", loop=True, keep=False, batch=True)
    assert heard.all == []
    assert transport.granularity.current_key == "pass"
    assert (transport.loop.isChecked(), transport.keep.isChecked()) == (True, False)
    assert transport.batch.current == "batch"
    transport.loop.click()
    transport.keep.click()
    transport.batch.button("one").click()
    QTest.keyClick(transport.granularity, Qt.Key.Key_Up)
    assert heard.firsts == [False, True, False, "layer"]


def test_every_granularity_is_offered(transport: Transport) -> None:
    box = transport.granularity
    assert tuple(box.itemData(index) for index in range(box.count())) == GRANULARITIES


def test_speed_runs_from_a_quarter_to_eight_times(transport: Transport) -> None:
    heard = Heard(transport.speed_changed)
    QTest.keyClick(transport.speed.slider, Qt.Key.Key_End)
    QTest.keyClick(transport.speed.slider, Qt.Key.Key_Home)
    assert heard.firsts == [FASTEST, SLOWEST] == [8.0, 0.25]
    transport.set_speed(2.0)
    assert transport.speed.field.text() == "2×"
    assert len(heard.all) == 2


def test_without_a_pass_nothing_can_be_played_and_the_bar_says_what_to_do(qtbot: QtBot) -> None:
    empty = Transport()
    qtbot.addWidget(empty)
    for control in (empty.play, empty.back, empty.forward, empty.to_start, empty.to_end, empty.timeline):
        assert not control.isEnabled()
    assert empty.place.text().endswith(".")


@pytest.mark.parametrize("width", [620, 660, 760, 960])
def test_it_fits_in_every_width_even_in_a_longer_language(
    qtbot: QtBot, qapp: QApplication, timeline: Timeline, width: int
) -> None:
    with themed(qapp, LIGHT), pseudo_language():
        made = Transport()
        qtbot.addWidget(made)
        made.set_timeline(timeline.phases, timeline.duration_s, timeline.step_count)
        made.resize(width, made.sizeHint().height())
        made.show()
        settled(made)
        assert made.minimumSizeHint().width() <= width
        assert cut_texts(made) == []


def test_no_control_is_squeezed_at_any_width(qtbot: QtBot, qapp: QApplication, timeline: Timeline) -> None:
    with themed(qapp, LIGHT):
        made = Transport()
        qtbot.addWidget(made)
        made.set_timeline(timeline.phases, timeline.duration_s, timeline.step_count)
        made.show()
        checked = 0
        for width in range(640, 860, 4):
            made.resize(width, made.sizeHint().height())
            for level in LEVELS[:2]:
                made.set_level(level)
                settled(made)
                assert cut_texts(made) == []
                checked += 1
        assert checked == 110


@pytest.mark.parametrize(("width", "is_below"), [(404, True), (470, True), (640, False)])
def test_the_timeline_goes_below_the_buttons_where_there_is_no_room(
    qtbot: QtBot, qapp: QApplication, timeline: Timeline, width: int, is_below: bool
) -> None:
    with themed(qapp, LIGHT):
        window = QWidget()
        qtbot.addWidget(window)
        made = Transport()
        made.setParent(window)
        made.set_timeline(timeline.phases, timeline.duration_s, timeline.step_count)
        window.resize(width, 300)
        made.setGeometry(0, 0, width, made.sizeHint().height())
        window.show()
        settled(window)
        made.resize(width, max(made.heightForWidth(width), made.sizeHint().height()))
        settled(window)
        assert (made.timeline.y() > made.speed.y()) == is_below
        assert made.place.isVisible() != is_below
        assert made.play.geometry().right() < made.forward.geometry().left()
        assert made.play.width() == made.play.height()


@pytest.mark.parametrize(("width", "is_below"), [(340, True), (404, False)])
def test_the_speed_goes_below_the_timeline_where_there_is_even_less(
    qtbot: QtBot, qapp: QApplication, timeline: Timeline, width: int, is_below: bool
) -> None:
    with themed(qapp, LIGHT):
        window = QWidget()
        qtbot.addWidget(window)
        made = Transport()
        made.setParent(window)
        made.set_timeline(timeline.phases, timeline.duration_s, timeline.step_count)
        window.resize(width, 400)
        window.show()
        for _ in range(2):  # the height follows from the width
            made.setGeometry(0, 0, width, max(made.heightForWidth(width), made.sizeHint().height()))
            settled(window)
        assert (made.speed.y() > made.timeline.y()) == is_below
        assert cut_texts(made) == []
