"""The switch "Use for training" asks for a kernel, says what it gains, and refuses with a reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.keys import KERNELS
from playground.model.message import message, sentence
from tests.widgets.kernels.panels import OPTIONS
from tests.widgets.kernels.timings import SOFTWARE
from tests.widgets.pseudo import settled
from tests.widgets.spies import Heard
from widgets.kernels.use_panel import UsePanel


@pytest.fixture
def panel(qtbot: QtBot) -> UsePanel:
    made = UsePanel()
    qtbot.addWidget(made)
    made.resize(304, 300)
    made.set_choices(OPTIONS)
    made.set_current("numpy", "float64")
    made.show()
    return made


def test_every_kernel_for_training_is_offered(panel: UsePanel) -> None:
    assert tuple(option.key for option in OPTIONS) == KERNELS
    assert [panel.kernels.button(key).text() for key in KERNELS] == [
        "NumPy",
        "Numba",
        "Numba parallel",
        "GPU",
    ]
    assert panel.kernels.current == "numpy"


def test_pressing_one_asks_for_it_and_showing_one_does_not(panel: UsePanel) -> None:
    heard = Heard(panel.kernel_requested)
    panel.set_current("numba", "float64")
    assert heard.all == []
    assert panel.kernels.current == "numba"
    panel.kernels.button("numba-parallel").click()
    assert heard.firsts == ["numba-parallel"]


def test_what_cannot_be_used_says_why(panel: UsePanel) -> None:
    heard = Heard(panel.kernel_requested)
    gpu = panel.kernels.button("gpu")
    assert not gpu.isEnabled()
    assert gpu.toolTip() == sentence(SOFTWARE)
    gpu.click()
    assert heard.all == []


def test_the_arrow_keys_choose(panel: UsePanel) -> None:
    heard = Heard(panel.kernel_requested)
    panel.activateWindow()
    panel.kernels.button("numpy").setFocus()
    QTest.keyClick(panel.kernels.button("numpy"), Qt.Key.Key_Right)
    assert panel.kernels.current == "numba"
    assert heard.firsts == ["numba"]


def test_the_type_is_asked_for_and_tracing_is_explained(panel: UsePanel) -> None:
    heard = Heard(panel.dtype_requested)
    assert not panel.traced.isVisible()
    panel.dtype.button("float32").click()
    assert heard.firsts == ["float32"]
    panel.set_current("numba", "float32")
    assert panel.traced.isVisible()
    assert "float64" in panel.traced.text()


def test_words_leave_the_type_out_unless_it_was_changed(panel: UsePanel) -> None:
    panel.set_level("words")
    assert not panel.dtype.isVisible()
    panel.set_current("numba", "float32")
    assert panel.dtype.isVisible()
    panel.set_current("numba", "float64")
    assert panel.dtype.isVisible()  # what was just pressed does not vanish
    panel.set_level("numbers")
    assert panel.dtype.isVisible()
    panel.set_level("words")
    assert not panel.dtype.isVisible()


def test_the_gain_is_a_sentence_with_a_bold_figure(panel: UsePanel) -> None:
    assert not panel.gain.isVisible()
    panel.set_gain(message("Training is now <b>{ratio} times</b> faster.", ratio=14))
    assert panel.gain.isVisible()
    assert panel.gain.text() == "Training is now <b>14 times</b> faster."
    assert panel.gain.accessibleName() == "Training is now 14 times faster."
    panel.set_gain(None)
    assert not panel.gain.isVisible()


def test_what_is_being_prepared_is_said(panel: UsePanel) -> None:
    assert not panel.preparing.isVisible()
    panel.set_preparing(message("Preparing Numba; NumPy trains meanwhile."))
    assert panel.preparing.isVisible()
    panel.set_preparing(None)
    assert not panel.preparing.isVisible()


@pytest.mark.parametrize(("width", "columns"), [(120, 1), (304, 2), (700, 4)])
def test_the_choices_use_the_room_there_is(panel: UsePanel, width: int, columns: int) -> None:
    panel.resize(width, 400)
    settled(panel)
    tops = [panel.kernels.button(key).y() for key in KERNELS]
    assert tops.count(tops[0]) == columns
