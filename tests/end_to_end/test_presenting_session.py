"""Someone presents: a clicker, a black screen, larger content, and back to exactly what was there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.settings import PRESENTING_SCALE, THEME
from playground.app.window import Window
from resources.theme import DARK, LIGHT
from tests.end_to_end.conftest import WAIT_MS
from tests.end_to_end.hands import Hands
from tests.widgets.pseudo import settled
from widgets.canvas.biases import BIAS_PX
from widgets.canvas.chips import CHIP_PX
from widgets.canvas.nodes import VALUE_PX
from widgets.canvas.notes import CAPTION_PX, LABEL_PX
from widgets.canvas.pills import PILL_PX
from widgets.canvas.tags import REST_PX, TAG_PX
from widgets.canvas.verdict import TARGET_PX
from widgets.presenter import Presenter

KEY = Qt.Key


def present(window: Window, qtbot: QtBot) -> Presenter:
    """Press F5 and wait until the presentation has the keyboard."""
    QTest.keyClick(window.room.canvas, KEY.Key_F5)
    presenter = window.presenting.presenter
    assert presenter is not None
    qtbot.waitUntil(presenter.canvas.hasFocus, timeout=WAIT_MS)
    return presenter


def everything_seen(window: Window) -> tuple[object, ...]:
    """What must be as it was after presenting."""
    room = window.room
    return (
        window.geometry(),
        window.windowState(),
        window.isVisible(),
        room.canvas.camera,
        room.canvas.stage.selection,
        room.canvas.tool,
        window.play.level,
        window.theming.theme,
        window.document.experiment,
        window.document.parameters,
        window.document.is_modified,
        window.player.time_s,
        [part.isVisible() for part in (room.explanation, room.inspector, room.example, room.plot)],
    )


def test_a_clicker_steps_through_the_phases(window: Window, qtbot: QtBot) -> None:
    presenter = present(window, qtbot)
    seen = []
    for _ in range(4):
        QTest.keyClick(presenter.canvas, KEY.Key_PageDown)
        moment = window.player.moment
        assert moment is not None
        seen.append(moment.phase)
        qtbot.waitUntil(lambda: presenter.canvas.stage.moment is window.keeper.stage.moment)
        assert presenter.bar.time_s == moment.time_s
    assert seen == ["forward", "loss", "backward", "update"]
    QTest.keyClick(presenter.canvas, KEY.Key_PageUp)
    assert window.player.moment is not None
    assert window.player.moment.phase == "backward"
    qtbot.waitUntil(lambda: bool(presenter.sentence.text.sentences))
    QTest.keyClick(presenter.canvas, KEY.Key_Right)
    after = window.player.time_s
    QTest.keyClick(presenter.canvas, KEY.Key_Left)
    assert after is not None
    assert window.player.time_s is not None
    assert window.player.time_s < after
    playing: list[bool] = []
    window.player.playing_changed.connect(playing.append)
    QTest.keyClick(presenter.canvas, KEY.Key_Space)
    QTest.keyClick(presenter.canvas, KEY.Key_Space)
    assert playing == [True, False]


def test_escape_returns_to_exactly_what_was_there(window: Window, qtbot: QtBot) -> None:
    hands = Hands(window.room.canvas)
    hands.click(hands.middle(window.document.experiment.network.inputs[0]))
    window.room.canvas.zoom_by(1.3)
    window.player.seek(1.0)
    qtbot.waitUntil(lambda: window.keeper.stage.moment is not None)
    settled(window)
    before, picture = everything_seen(window), window.grab().toImage()
    presenter = present(window, qtbot)
    QTest.keyClick(presenter.canvas, KEY.Key_Plus)
    QTest.keyClick(presenter.canvas, KEY.Key_B)
    assert presenter.is_black
    QTest.keyClick(presenter.canvas, KEY.Key_Escape)
    assert presenter.isVisible()
    QTest.keyClick(presenter.canvas, KEY.Key_Escape)
    assert window.presenting.presenter is None
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    assert everything_seen(window) == before
    settled(window)
    assert window.grab().toImage() == picture
    assert window.settings.get(PRESENTING_SCALE) == 1.25
    assert present(window, qtbot).content_scale == 1.25


def test_the_presentation_is_dark_and_the_window_stays_as_it_is(window: Window, qtbot: QtBot) -> None:
    window.settings.set(THEME, "light")
    presenter = present(window, qtbot)
    assert presenter.grab().toImage().pixelColor(2, 2).name() == DARK.stage.lower()
    assert window.theming.theme is LIGHT


def test_at_1080p_the_last_row_can_read_everything(window: Window, qtbot: QtBot) -> None:
    presenter = present(window, qtbot)
    presenter.resize(1920, 1080)
    qtbot.waitUntil(lambda: presenter.sentence.pixels >= 34, timeout=WAIT_MS)
    zoom, content = presenter.canvas.camera.zoom, presenter.canvas.scene.geometry.content
    assert zoom * content * VALUE_PX >= 28
    for small_px in (BIAS_PX, CAPTION_PX, CHIP_PX, LABEL_PX, PILL_PX, REST_PX, TAG_PX, TARGET_PX):
        assert zoom * content * small_px >= 22
    assert presenter.sentence.pixels <= 36


def test_an_edge_is_drawn_and_undone_on_stage(window: Window, qtbot: QtBot) -> None:
    document, presenter = window.document, present(window, qtbot)
    hands = Hands(presenter.canvas)
    source, target = document.experiment.network.inputs[0], document.experiment.network.outputs[0]
    hands.connect(source, target)
    assert (source, target) in document.experiment.network.edges
    qtbot.waitUntil(lambda: presenter.canvas.stage.network is document.experiment.network)
    QTest.keyClick(presenter.canvas, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (source, target) not in document.experiment.network.edges


def test_closing_the_window_ends_the_presentation(window: Window, qtbot: QtBot) -> None:
    present(window, qtbot)
    window.close()
    assert not window.presenting.is_open
