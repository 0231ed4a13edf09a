"""The window at its sizes: nothing is cut and nothing covers the network."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.app.kernels_control import KernelsControl
from playground.app.kernels_pages import TABS
from playground.app.window import SMALLEST_PX, Window
from playground.model.keys import LEVELS, Level
from tests.end_to_end.conftest import WAIT_MS
from tests.end_to_end.hands import Hands
from tests.widgets.pseudo import cut_texts, settled

SIZES = (SMALLEST_PX, (1280, 720), (1440, 900))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_cut_in_english(window: Window, size: tuple[int, int], level: Level) -> None:
    window.resize(*size)
    window.play.set_level(level)
    window.player.seek(1.0)
    for side in ("data", "settings", "outline"):
        window.room.show_side(side)
        settled(window)
        assert (window.width(), window.height()) == size
        assert cut_texts(window) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_cut_in_the_room_kernels(
    kernels: KernelsControl, qtbot: QtBot, size: tuple[int, int], level: Level
) -> None:
    window = kernels.room.window()
    assert isinstance(window, Window)
    window.resize(*size)
    window.play.set_level(level)
    for tab in TABS:
        kernels.room.show_tab(tab)
        kernels.room.pages.ask()  # what a tab measures stands there with its sentences
        qtbot.waitUntil(lambda: not kernels.measuring.is_running, timeout=WAIT_MS)
        kernels.room.pages.slow.pause()
        settled(window)
        assert (window.width(), window.height()) == size
        assert cut_texts(window) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_whole_network_is_seen_above_the_transport(window: Window, size: tuple[int, int]) -> None:
    window.resize(*size)
    settled(window)
    canvas, transport = window.room.canvas, window.room.transport
    canvas.zoom_to_fit()
    canvas.scene.settle()
    hands = Hands(canvas)
    top = canvas.mapFromGlobal(transport.mapToGlobal(transport.rect().topLeft())).y()
    for node in window.document.experiment.network.nodes:
        middle = hands.middle(node)
        assert canvas.rect().contains(middle)
        assert middle.y() < top
