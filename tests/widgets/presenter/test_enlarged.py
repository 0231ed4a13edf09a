"""A widget presented: so large that its smallest text can be read, driven by keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from resources.theme import DARK
from tests.widgets.pseudo import settled
from tests.widgets.spies import Heard
from widgets.controls.buttons import Button
from widgets.controls.labels import Label
from widgets.presenter.enlarged import NARROWEST_PX, Enlarged
from widgets.presenter.sizes import CAPTION_PX
from widgets.style import CAPTION_PX as SMALLEST_PX

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


class Content(QWidget):
    """A text and a button."""

    def __init__(self) -> None:
        super().__init__()
        self.label = Label("Small", "caption", wraps=False)
        self.button = Button("Press", "Press this")
        rows = QVBoxLayout(self)
        rows.addWidget(self.label)
        rows.addWidget(self.button)
        rows.addStretch(1)


@pytest.fixture
def content() -> Content:
    return Content()


@pytest.fixture
def shown(qtbot: QtBot, content: Content) -> Enlarged:
    made = Enlarged(content)
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    with qtbot.waitExposed(made):
        made.show()
    made.resize(1920, 1080)
    settled(made)
    return made


def viewport(shown: Enlarged) -> QWidget:
    view = shown.findChild(QGraphicsView)
    assert view is not None
    return view.viewport()


def test_at_1080_lines_the_smallest_text_is_a_caption(shown: Enlarged, content: Content) -> None:
    assert shown.factor * SMALLEST_PX == pytest.approx(CAPTION_PX)
    assert content.label.font().pixelSize() == SMALLEST_PX
    assert content.width() * shown.factor == pytest.approx(1920, abs=shown.factor)
    assert content.height() * shown.factor == pytest.approx(1080, abs=shown.factor)


def test_the_factor_grows_with_the_screen_and_the_keys_but_leaves_room(
    shown: Enlarged, content: Content
) -> None:
    first = shown.factor
    heard = Heard(shown.scale_changed)
    QTest.keyClick(shown, KEY.Key_Plus)
    assert shown.factor == pytest.approx(1.25 * first)
    assert heard.firsts == [1.25]
    for _ in range(10):
        QTest.keyClick(shown, KEY.Key_Plus)
    assert shown.content_scale == 2.5
    assert content.width() >= NARROWEST_PX - 1
    shown.set_content_scale(1.0)
    shown.resize(960, 540)
    assert shown.factor == pytest.approx(first / 2)


def test_everything_wears_the_stage(shown: Enlarged, content: Content) -> None:
    assert shown.grab().toImage().pixelColor(1900, 1000).name() == DARK.stage.lower()
    added = Label("Later", "caption")
    content.layout().addWidget(added)  # type: ignore[union-attr]
    shown.dress_content()
    for part in (content, content.label, content.button, added):
        assert part.palette().windowText().color().name() == DARK.ink.lower()


@pytest.mark.parametrize(
    ("key", "name", "argument"),
    [
        (KEY.Key_PageDown, "phase_requested", 1),
        (KEY.Key_PageUp, "phase_requested", -1),
        (KEY.Key_Right, "step_requested", 1),
        (KEY.Key_Left, "step_requested", -1),
        (KEY.Key_End, "seek_requested", 1),
        (KEY.Key_Home, "seek_requested", -1),
    ],
)
def test_a_clickers_keys_are_handed_on(shown: Enlarged, key: Qt.Key, name: str, argument: int) -> None:
    heard = Heard(getattr(shown, name))
    QTest.keyClick(shown, key)
    assert heard.all == [(argument,)]


def test_space_and_a_click_anywhere_play(shown: Enlarged, content: Content) -> None:
    played, pressed = Heard(shown.play_toggled), Heard(content.button.clicked)
    QTest.keyClick(shown, KEY.Key_Space)
    QTest.mouseClick(viewport(shown), LEFT, pos=shown.place_of(content.button).toPoint())
    assert len(played.all) == 2
    assert pressed.all == []


def test_where_places_have_a_meaning_a_click_goes_there(shown: Enlarged, content: Content) -> None:
    played, pressed = Heard(shown.play_toggled), Heard(content.button.clicked)
    shown.takes_clicks = False
    QTest.mouseClick(viewport(shown), LEFT, pos=shown.place_of(content.button).toPoint())
    assert played.all == []
    assert len(pressed.all) == 1
    QTest.keyClick(shown, KEY.Key_Space)  # the keys stay the presentation's
    assert len(played.all) == 1
    assert len(pressed.all) == 1


def test_black_and_back_and_away(shown: Enlarged) -> None:
    left, played = Heard(shown.left), Heard(shown.play_toggled)
    blacks = []
    for key in (KEY.Key_B, KEY.Key_Space):
        QTest.keyClick(shown, key)
        blacks.append(shown.is_black)
    assert blacks == [True, False]
    assert played.all == []
    QTest.keyClick(shown, KEY.Key_Escape)
    assert len(left.all) == 1
    assert not shown.isVisible()
