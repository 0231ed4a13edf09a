"""Each setting asks for the edit that changes it, and shows what holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.experiment import Experiment, Learning
from playground.model.keys import (
    INITIALIZATIONS,
    KERNELS,
    LEVELS,
    LOSSES,
    OPTIMIZERS,
    REGULARIZATIONS,
    Level,
)
from playground.model.message import message
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.rate_schedule import RateSchedule
from tests.widgets.spies import Asked
from widgets.controls.labelled_choice import LabelledChoice
from widgets.learning_settings import NUMBERS, LearningSettings

EVERYTHING = Learning(
    loss="cross_entropy",
    optimizer="adam",
    momentum=0.5,
    beta1=0.8,
    beta2=0.95,
    epsilon=1e-6,
    learning_rate=0.07,
    batch_size=32,
    shuffle=False,
    regularization="l2",
    regularization_rate=0.01,
    initialization="zero",
    stop_epochs=50,
    stop_loss=0.2,
    dropout=0.25,
)


@pytest.fixture
def settings(qtbot: QtBot) -> LearningSettings:
    made = LearningSettings()
    qtbot.addWidget(made)
    made.sync(Learning(), "numbers", 100)
    made.show()
    made.more.set_open(True)
    made.own_settings.set_open(True)
    return made


@pytest.fixture
def asked(settings: LearningSettings) -> Asked:
    network = Network.build()
    return Asked(settings.edit_requested, Experiment(network), Parameters.zeros(network))


def enter(settings: LearningSettings, name: str, text: str) -> None:
    field = settings._slider(name).field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def choose(choice: LabelledChoice, key: str) -> None:
    choice.box.setCurrentIndex(choice.box.findData(key))
    choice.box.activated.emit(choice.box.currentIndex())


def test_every_setting_can_be_changed_into_every_other(settings: LearningSettings, asked: Asked) -> None:
    for name in NUMBERS:
        enter(settings, name, repr(getattr(EVERYTHING, name)))
    for name in ("loss", "optimizer", "regularization", "initialization"):
        choose(getattr(settings, name), getattr(EVERYTHING, name))
    settings.shuffle.click()
    for part, text in ((settings.stop_epochs, "50"), (settings.stop_loss, "0.2")):
        part.toggle.click()
        part.field.setFocus()
        part.field.selectAll()
        QTest.keyClicks(part.field, text)
        QTest.keyClick(part.field, Qt.Key.Key_Return)
    assert asked.experiment.learning == EVERYTHING


def test_showing_settings_asks_for_nothing(settings: LearningSettings, asked: Asked) -> None:
    for level in LEVELS:
        for learning in (EVERYTHING, Learning(), replace(EVERYTHING, batch_size=5000)):
            settings.sync(learning, level, 100)
    assert asked.edits == []


def test_what_is_shown_is_what_holds(settings: LearningSettings) -> None:
    settings.sync(EVERYTHING, "maths", 100)
    for name in NUMBERS:
        assert settings._slider(name).number == getattr(EVERYTHING, name)
    for name in ("loss", "optimizer", "regularization", "initialization"):
        assert getattr(settings, name).box.current_key == getattr(EVERYTHING, name)
    assert not settings.shuffle.isChecked()
    assert (settings.stop_epochs.field.number, settings.stop_loss.field.number) == (50, 0.2)


def test_only_the_optimizers_own_settings_are_shown(settings: LearningSettings) -> None:
    def shown(learning: Learning) -> set[str]:
        settings.sync(learning, "numbers", 100)
        names = ("momentum", "beta1", "beta2", "epsilon")
        return {name for name in names if settings._slider(name).isVisible()}

    assert shown(Learning(optimizer="sgd")) == set()
    assert shown(Learning(optimizer="momentum")) == {"momentum"}
    assert shown(Learning(optimizer="adam")) == {"beta1", "beta2", "epsilon"}


def test_a_drag_is_one_step_of_undo(settings: LearningSettings, asked: Asked) -> None:
    slider = settings.learning_rate.slider
    slider.pressed_anywhere.emit()
    for position in (300, 500, 700):
        slider.setValue(position)
    keys = {edit.merge for edit in asked.edits}
    assert len(asked.edits) == 3
    assert len(keys) == 1
    assert None not in keys


def test_every_choice_of_the_file_is_offered_at_every_level(settings: LearningSettings) -> None:
    offered = {
        "loss": LOSSES,
        "optimizer": OPTIMIZERS,
        "regularization": REGULARIZATIONS,
        "initialization": INITIALIZATIONS,
    }
    for level in LEVELS:
        settings.sync(Learning(), level, 100)
        for name, keys in offered.items():
            box = getattr(settings, name).box
            assert tuple(box.itemData(index) for index in range(box.count())) == keys
            assert all(box.itemText(index) for index in range(box.count()))


def test_a_wrong_number_asks_for_nothing(settings: LearningSettings, asked: Asked) -> None:
    enter(settings, "learning_rate", "0")
    enter(settings, "batch_size", "2.5")
    enter(settings, "momentum", "1")
    assert asked.edits == []
    assert settings.learning_rate.field.complaint_text


def test_kernel_and_type_ask_for_their_edits(settings: LearningSettings, asked: Asked) -> None:
    settings.kernel.button("numba-parallel").click()
    settings.dtype.chosen.emit("float32")
    assert (asked.experiment.learning.kernel, asked.experiment.learning.dtype) == (
        "numba-parallel",
        "float32",
    )


def test_every_kernel_is_offered_and_the_present_one_shown(qtbot: QtBot, settings: LearningSettings) -> None:
    for kernel in KERNELS:
        for level in LEVELS:
            settings.sync(Learning(kernel=kernel), level, 100)
            assert settings.kernel.current == kernel
            qtbot.waitUntil(settings.kernel.button(kernel).isVisible)


def test_a_kernel_that_cannot_train_here_says_why(settings: LearningSettings) -> None:
    settings.set_refusals({"gpu": message("No GPU was found.")})
    button = settings.kernel.button("gpu")
    assert not button.isEnabled()
    assert button.toolTip() == "No GPU was found."
    assert settings.kernel.button("numba").isEnabled()
    settings.set_refusals({})
    assert settings.kernel.button("gpu").isEnabled()


@pytest.mark.parametrize(
    ("learning", "level", "is_shown"),
    [
        (Learning(), "maths", False),  # NumPy has one type only
        (Learning(kernel="numba"), "words", False),
        (Learning(kernel="numba"), "numbers", True),
        (Learning(kernel="numba", dtype="float32"), "words", True),
    ],
)
def test_the_type_is_offered_where_it_can_be_chosen(
    settings: LearningSettings, learning: Learning, level: Level, is_shown: bool
) -> None:
    settings.sync(learning, level, 100)
    assert settings.dtype.isVisible() == is_shown
    assert settings.dtype.current == learning.dtype


def test_a_schedule_is_asked_for_and_its_rate_is_said(settings: LearningSettings, asked: Asked) -> None:
    choose(settings.schedule.kind, "cosine")
    assert asked.experiment.learning.schedule == RateSchedule("cosine")
    assert not settings.rate_now.isVisible()
    settings.set_rate_now(0.0123456, "numbers")
    assert settings.rate_now.text() == "Learning rate now 0.0123"
    settings.set_rate_now(0.0123456, "words")
    assert settings.rate_now.text() == "Step size now 0.0123"
    settings.set_rate_now(None, "words")
    assert not settings.rate_now.isVisible()
