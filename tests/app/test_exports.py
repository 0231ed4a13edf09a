"""Pictures of the stage and animations of the pass: whole, as chosen, or not at all."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QDialog, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from playground.app.exports import ANIMATION_PX, PICTURE_PX
from playground.app.window import Window
from playground.model.experiment import Experiment
from playground.model.message import Message, sentence
from playground.model.network import Network
from playground.model.parameters import Parameters
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS
from widgets.dialogs.error_dialog import ErrorDialog

Choose = Callable[[Path | None], None]


@pytest.fixture
def said(window: Window) -> list[str]:
    """What the exports tell from now on."""
    heard: list[str] = []

    def hear(told: Message) -> None:
        heard.append(sentence(told))

    window.commands.exports.notice.connect(hear)
    return heard


def wait(window: Window, qtbot: QtBot) -> None:
    """Wait until nothing is drawn any more."""
    qtbot.waitUntil(lambda: window.compute.background.is_idle, timeout=4 * WAIT_MS)


def test_the_stage_is_saved_as_png(
    window: Window, said: list[str], file_chosen: Choose, tmp_path: Path
) -> None:
    file_chosen(tmp_path / "stage")
    window.acts["save_picture"].trigger()
    with Image.open(tmp_path / "stage.png") as picture:
        assert picture.size == PICTURE_PX
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 20
    assert said == ["Saved as stage.png."]


def test_the_stage_is_saved_as_svg_with_its_words(
    window: Window, said: list[str], file_chosen: Choose, tmp_path: Path
) -> None:
    file_chosen(tmp_path / "stage.svg")
    window.acts["save_picture"].trigger()
    root = ET.parse(tmp_path / "stage.svg").getroot()
    assert root.tag.endswith("svg")
    texts = {"".join(part.itertext()).strip() for part in root.iter() if part.tag.endswith("text")}
    network = window.document.experiment.network
    assert {network.nodes[node].label for node in network.inputs} <= texts
    assert said == ["Saved as stage.svg."]


@pytest.mark.parametrize("action", ["save_picture", "save_animation"])
def test_cancelling_the_choice_of_a_file_saves_nothing(
    window: Window, qtbot: QtBot, said: list[str], file_chosen: Choose, tmp_path: Path, action: str
) -> None:
    file_chosen(None)
    window.acts[action].trigger()
    qtbot.waitUntil(lambda: window.compute.background.is_idle)
    assert (said, list(tmp_path.iterdir())) == ([], [])


def test_a_place_that_cannot_be_written_gets_one_sentence(
    window: Window, said: list[str], file_chosen: Choose, butler: Butler, tmp_path: Path
) -> None:
    file_chosen(tmp_path / "missing" / "stage.png")
    butler.expect(ErrorDialog.__name__, lambda dialog: dialog.accept())
    window.acts["save_picture"].trigger()
    assert butler.seen == ["ErrorDialog"]
    assert said == []


def test_the_pass_is_saved_as_an_animation(
    window: Window, said: list[str], file_chosen: Choose, butler: Butler, qtbot: QtBot, tmp_path: Path
) -> None:
    butler.expect(QProgressDialog.__name__, lambda _dialog: None)  # it closes itself
    file_chosen(tmp_path / "pass.gif")
    window.player.set_granularity("pass")
    window.acts["save_animation"].trigger()
    wait(window, qtbot)
    with Image.open(tmp_path / "pass.gif") as film:
        assert film.size == ANIMATION_PX
        assert getattr(film, "n_frames", 1) > 10
    assert said == ["Saved as pass.gif."]
    assert not window.document.is_modified


def test_an_animation_can_be_cancelled(
    window: Window, said: list[str], file_chosen: Choose, butler: Butler, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "pass.gif"
    path.write_bytes(b"old")

    def cancel(dialog: QDialog) -> None:
        assert isinstance(dialog, QProgressDialog)
        button = dialog.findChild(QPushButton)
        assert button is not None
        button.click()

    butler.expect(QProgressDialog.__name__, cancel)
    file_chosen(path)
    window.acts["save_animation"].trigger()
    wait(window, qtbot)
    assert butler.seen == ["QProgressDialog"]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    assert said == []


def test_without_a_pass_there_is_nothing_to_animate(window: Window, butler: Butler) -> None:
    window.document.reset(Experiment(), Parameters.zeros(Network.build()))
    butler.expect(ErrorDialog.__name__, lambda dialog: dialog.accept())
    window.acts["save_animation"].trigger()
    assert butler.seen == ["ErrorDialog"]
