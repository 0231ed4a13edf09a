"""The stage for an audience: what it shows, and which key does what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.engine.timeline import Timeline
from playground.model.experiment import Experiment
from playground.model.message import message
from playground.model.narration import Narration
from playground.model.parameters import Parameters
from playground.model.stage import Stage
from playground.model.trace import LearnerState, Trace
from resources.theme import DARK, LIGHT
from tests.engine.passes import layered, pass_over
from widgets.presenter import Presenter
from widgets.presenter.pointer import REST_MS
from widgets.presenter.presenter import NOTHING_TO_PLAY, PRESS_PLAY
from widgets.presenter.sentence import ANY_WIDTH_PX
from widgets.style import apply_theme, theme_of

NOTHING = Qt.KeyboardModifier.NoModifier
SHORT = message("The mistake flows backwards.")
LONG = message(
    "{first} {a} and {second} {b} together make {third} say {c}, which is a rather long way of saying that "
    "many things that are only a little right can together be quite wrong, as everybody knows who has tried.",
    first="Squishiness", a=0.8, second="Height", b=-0.35, third="A node with a long name", c=0.91,
)  # fmt: skip


class Ear:
    """Everything that a presenter asks for, in order."""

    def __init__(self, presenter: Presenter) -> None:
        self.asked: list[tuple[str, object]] = []
        for name in ("step_requested", "phase_requested", "seek_requested", "scale_changed"):
            getattr(presenter, name).connect(self._keeper(name))
        for name in ("play_toggled", "end_requested", "left"):
            getattr(presenter, name).connect(self._bare_keeper(name))

    def _keeper(self, name: str) -> Callable[[object], None]:
        return lambda value: self.asked.append((name, value))

    def _bare_keeper(self, name: str) -> Callable[[], None]:
        return lambda: self.asked.append((name, None))


@pytest.fixture
def trace() -> Trace:
    experiment = Experiment(layered((3, 3, 1)))
    network = experiment.network
    parameters = Parameters(np.linspace(-1, 1, len(network.parameter_ids)), np.zeros(len(network.nodes)))
    return pass_over(experiment, LearnerState(parameters), [[0.62, 0.8, 0.55]], [[1.0]])


@pytest.fixture
def presenter(qtbot: QtBot, trace: Trace) -> Iterator[Presenter]:
    """A presenter in front of a pass, 1920 x 1080."""
    presenter = Presenter()
    qtbot.addWidget(presenter)
    presenter.resize(1920, 1080)
    timeline = Timeline(trace, "node")
    presenter.set_stage(Stage(trace.experiment, trace.old, trace, timeline.moment(1.0)))
    presenter.set_timeline(timeline.phases, timeline.duration_s)
    presenter.set_narration(Narration(message("Title"), (SHORT, LONG)))
    with qtbot.waitExposed(presenter):
        presenter.show()
    presenter.activateWindow()
    qtbot.waitUntil(presenter.canvas.hasFocus)
    yield presenter
    presenter.pointer.stop()


def press(presenter: Presenter, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(presenter.canvas, key, modifier or NOTHING)


def is_black(presenter: Presenter) -> bool:
    """Whether the screen is black now; a call, so that no type checker believes it to be what it was."""
    return presenter.is_black


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (Qt.Key.Key_PageDown, ("phase_requested", 1)),
        (Qt.Key.Key_PageUp, ("phase_requested", -1)),
        (Qt.Key.Key_Right, ("step_requested", 1)),
        (Qt.Key.Key_Left, ("step_requested", -1)),
        (Qt.Key.Key_Home, ("seek_requested", 0.0)),
        (Qt.Key.Key_End, ("end_requested", None)),
        (Qt.Key.Key_Space, ("play_toggled", None)),
        (Qt.Key.Key_Plus, ("scale_changed", 1.25)),
    ],
)
def test_a_key_asks_for_its_deed(presenter: Presenter, key: Qt.Key, wanted: tuple[str, object]) -> None:
    ear = Ear(presenter)
    press(presenter, key)
    assert ear.asked == [wanted]


def test_the_first_sentence_is_said(presenter: Presenter) -> None:
    assert presenter.sentence.text.sentences == (SHORT,)
    presenter.set_narration(Narration(message("Only a title"), ()))
    assert presenter.sentence.text.sentences == (message("Only a title"),)


def test_an_empty_place_says_what_to_do(presenter: Presenter) -> None:
    presenter.set_narration(None)
    assert presenter.sentence.text.sentences == (PRESS_PLAY,)
    presenter.set_timeline((), 0.0)
    assert presenter.sentence.text.sentences == (NOTHING_TO_PLAY,)
    assert not presenter.bar.isVisible()


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768), (3840, 2160)])
@pytest.mark.parametrize("scale", [1.0, 1.75, 2.5])
def test_a_long_sentence_stays_on_two_lines_and_off_the_network(
    presenter: Presenter, size: tuple[int, int], scale: float
) -> None:
    presenter.resize(*size)
    presenter.set_content_scale(scale)
    presenter.set_narration(Narration(message("Title"), (LONG,)))
    assert presenter.size() == QSize(*size)
    text = presenter.sentence.text
    line = text.heightForWidth(ANY_WIDTH_PX)
    assert text.heightForWidth(text.width()) <= 2 * line + 1
    assert presenter.sentence.rect().contains(text.geometry())
    assert presenter.canvas.geometry().bottom() < presenter.sentence.geometry().top()
    assert presenter.sentence.geometry().bottom() < presenter.bar.geometry().top()
    assert presenter.bar.geometry().bottom() < presenter.height()
    assert presenter.canvas.height() >= 0.5 * presenter.height()
    assert presenter.sentence.pixels >= 22 * size[1] / 1080 - 1e-9


def test_sentences_of_any_length_leave_the_network_where_it_is(presenter: Presenter) -> None:
    before = presenter.canvas.geometry()
    presenter.set_narration(Narration(message("Title"), (LONG,)))
    presenter.set_narration(None)
    assert presenter.canvas.geometry() == before


def test_the_stage_is_dark_beside_a_light_window(presenter: Presenter, qapp: object) -> None:
    apply_theme(qapp, LIGHT)  # type: ignore[arg-type]  # the fixture's application
    for widget in (presenter.canvas, presenter.sentence.text, presenter.bar):
        assert theme_of(widget) is DARK
    picture = presenter.grab().toImage()
    assert picture.pixelColor(3, presenter.height() - 3) == QColor(DARK.stage)
    assert picture.pixelColor(3, 3) == QColor(DARK.stage)


def test_the_factor_grows_and_shrinks_within_its_range(presenter: Presenter) -> None:
    ear = Ear(presenter)
    plain = presenter.sentence.pixels
    control = Qt.KeyboardModifier.ControlModifier
    for _ in range(9):
        press(presenter, Qt.Key.Key_Plus, control)
    assert presenter.content_scale == 2.5
    assert presenter.sentence.pixels > plain
    for _ in range(9):
        press(presenter, Qt.Key.Key_Minus)
    assert presenter.content_scale == 1.0
    assert len(ear.asked) == 12  # at either end nothing changes any more
    presenter.set_content_scale(7.0)
    assert presenter.content_scale == 2.5


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_Period])
def test_black_covers_everything_until_any_key(presenter: Presenter, key: Qt.Key) -> None:
    ear = Ear(presenter)
    press(presenter, key)
    assert is_black(presenter)
    picture = presenter.grab().toImage()
    step = 40
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, presenter.width(), step)
        for y in range(0, presenter.height(), step)
    }
    assert colours == {"#000000"}
    press(presenter, Qt.Key.Key_Shift)
    assert is_black(presenter)
    press(presenter, Qt.Key.Key_PageDown)
    assert not is_black(presenter)
    assert not ear.asked  # nothing happens in the dark
    press(presenter, Qt.Key.Key_PageDown)
    assert ear.asked == [("phase_requested", 1)]


def test_a_click_lifts_the_black(presenter: Presenter, qtbot: QtBot) -> None:
    presenter.set_black(True)
    QTest.mouseClick(presenter.black_out, Qt.MouseButton.LeftButton)
    assert not is_black(presenter)


def test_black_grows_with_the_window(presenter: Presenter, qtbot: QtBot) -> None:
    presenter.set_black(True)
    presenter.resize(2000, 1200)
    qtbot.waitUntil(lambda: presenter.black_out.size() == presenter.size())


def test_escape_leaves_black_then_the_presentation(presenter: Presenter) -> None:
    ear = Ear(presenter)
    presenter.set_black(True)
    press(presenter, Qt.Key.Key_Escape)
    assert not is_black(presenter)
    assert not ear.asked
    press(presenter, Qt.Key.Key_Escape)
    assert ear.asked == [("left", None)]
    assert not presenter.isVisible()


def test_escape_takes_a_gesture_back_first(presenter: Presenter, trace: Trace, qtbot: QtBot) -> None:
    ear = Ear(presenter)
    asked: list[object] = []
    presenter.edit_requested.connect(asked.append)
    canvas = presenter.canvas
    left = Qt.MouseButton.LeftButton
    spot = canvas.camera.to_view((0.0, 0.0))
    at = QPoint(round(float(spot[0])), round(float(spot[1])))  # the first node of the network
    QTest.mousePress(canvas, left, NOTHING, at)
    QTest.mouseMove(canvas, at + QPoint(30, 20))
    QTest.mouseMove(canvas, at + QPoint(60, 40))
    press(presenter, Qt.Key.Key_Escape)
    assert not ear.asked
    assert presenter.isVisible()
    QTest.mouseRelease(canvas, left, NOTHING, at + QPoint(60, 40))
    press(presenter, Qt.Key.Key_Escape)
    assert ear.asked == [("left", None)]


def test_f5_leaves_too(presenter: Presenter) -> None:
    ear = Ear(presenter)
    press(presenter, Qt.Key.Key_F5)
    assert ear.asked == [("left", None)]


def test_closing_by_the_system_is_leaving(presenter: Presenter) -> None:
    ear = Ear(presenter)
    presenter.close()
    assert ear.asked == [("left", None)]


def test_scrubbing_and_names_of_phases_ask_for_a_time(
    presenter: Presenter, trace: Trace, qtbot: QtBot
) -> None:
    ear, timeline, bar = Ear(presenter), Timeline(trace, "node"), presenter.bar
    middle = timeline.duration_s / 2
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, NOTHING, QPoint(round(bar.x_at(middle)), 12))
    assert [name for name, _ in ear.asked] == ["seek_requested"]
    assert ear.asked[0][1] == pytest.approx(middle, rel=0.02)
    backward = round(bar.x_at(timeline.phase_start("backward"))) + 14
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, NOTHING, QPoint(backward, bar.height() - 14))
    assert ear.asked[1] == ("seek_requested", timeline.phase_start("backward"))
    assert presenter.canvas.hasFocus()


def test_the_position_is_shown(presenter: Presenter) -> None:
    presenter.set_position(1.5)
    assert presenter.bar.time_s == 1.5
    presenter.set_position(None)
    assert presenter.bar.time_s == 0.0


def test_the_pointer_vanishes_at_rest_and_comes_back(presenter: Presenter, qtbot: QtBot) -> None:
    pointer, canvas = presenter.pointer, presenter.canvas
    assert REST_MS == 3000
    assert pointer.is_waiting
    own = canvas.cursor().shape()
    pointer.hide()
    assert canvas.cursor().shape() == Qt.CursorShape.BlankCursor
    assert presenter.bar.cursor().shape() == Qt.CursorShape.BlankCursor
    QTest.mouseMove(canvas, QPoint(200, 200))
    QTest.mouseMove(canvas, QPoint(210, 210))
    assert not pointer.is_hidden
    assert canvas.cursor().shape() == own
    assert pointer.is_waiting
    presenter.hide()
    assert not pointer.is_waiting
