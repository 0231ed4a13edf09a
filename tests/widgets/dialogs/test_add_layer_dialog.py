"""A layer is described, and added by one edit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.gallery import avocado_scene
from tests.widgets.spies import Heard
from widgets.dialogs.add_layer_dialog import AddLayerDialog


def enter(dialog: AddLayerDialog, text: str) -> None:
    dialog.count.field.setFocus()
    dialog.count.field.selectAll()
    QTest.keyClicks(dialog.count.field, text)
    QTest.keyClick(dialog.count.field, Qt.Key.Key_Return)


def test_the_edit_adds_what_is_described(qtbot: QtBot) -> None:
    scene = avocado_scene()
    dialog = AddLayerDialog("numbers")
    qtbot.addWidget(dialog)
    dialog.show()
    box = dialog.activation.box
    box.setCurrentIndex(box.findData("relu"))
    box.activated.emit(box.currentIndex())
    dialog.name.setText("  Second look ")
    accepted = Heard(dialog.accepted)
    enter(dialog, "5")
    assert len(accepted.all) == 1
    network = dialog.edit.make(scene.experiment, scene.parameters).experiment.network
    fresh = [node for node in network.nodes.values() if node.id not in scene.experiment.network.nodes]
    assert [node.activation for node in fresh] == ["relu"] * 5
    assert {network.groups[node.group or 0].name for node in fresh} == {"Second look"}


def test_what_is_not_changed_is_sensible(qtbot: QtBot) -> None:
    scene = avocado_scene()
    dialog = AddLayerDialog("words")
    qtbot.addWidget(dialog)
    network = dialog.edit.make(scene.experiment, scene.parameters).experiment.network
    fresh = [node for node in network.nodes.values() if node.id not in scene.experiment.network.nodes]
    assert [node.activation for node in fresh] == ["tanh"] * 3


def test_numbers_that_make_no_layer_are_not_taken(qtbot: QtBot) -> None:
    dialog = AddLayerDialog("words")
    qtbot.addWidget(dialog)
    dialog.show()
    accepted = Heard(dialog.accepted)
    for text in ("0", "2.5", "5000"):
        enter(dialog, text)
        dialog.confirm.click()
        assert dialog.count.number == 3
    assert accepted.all == []
    enter(dialog, "4")
    assert len(accepted.all) == 1
