"""Asks for a whole layer at once: how many nodes, which activation, what it is called."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QLineEdit, QWidget

from playground.model import edits
from playground.model.edit import Edit
from playground.model.keys import Activation, Level
from widgets.controls.buttons import Button
from widgets.controls.labelled_choice import LabelledChoice
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.labels import Label
from widgets.controls.named_field import NamedField
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale
from widgets.dialogs.dialog import Dialog
from widgets.names import ACTIVATION_NAMES
from widgets.text import pick

MOST = 1000


class AddLayerDialog(Dialog):
    """When it is accepted, `edit` adds the layer."""

    def __init__(self, level: Level, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Add a layer"), parent)
        self.add(
            Label(
                self.tr("The new layer stands just before the outputs; every arrow is drawn for you."),
                "muted",
            )
        )
        self.count = LabelledSlider(
            self.tr("How many nodes"),
            self.tr("How many nodes the layer has; any number up to a thousand can be typed"),
            Scale(1, 32, whole=True),
            bounds=Bounds(minimum=1, maximum=MOST, whole=True),
        )
        self.count.set_number(3)
        self.activation = LabelledChoice(
            self.tr("Activation"), self.tr("What each node makes of its sum"), ACTIVATION_NAMES
        )
        self._activation: Activation = "tanh"
        self.activation.sync(
            pick(level, self.tr("What each node makes of its sum"), self.tr("Activation")),
            self._activation,
            level,
        )
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the layer"))
        self.name.setToolTip(self.tr("What the layer is called; it may be left empty"))
        self.name.setMaxLength(200)
        self.name.setPlaceholderText(self.tr("No name"))
        self.cancel = Button(self.tr("Cancel"), self.tr("Close this and add nothing (Esc)"))
        self.confirm = Button(
            self.tr("Add layer"), self.tr("Put the layer in front of the outputs"), "primary"
        )
        for part in (self.count, self.activation, NamedField(self.tr("Name of the layer"), self.name)):
            self.add(part)
        self.add_button(self.cancel)
        self.add_button(self.confirm, is_default=True)
        self.activation.chosen.connect(self._chosen)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._confirm)

    @property
    def edit(self) -> Edit:
        """The edit that adds the layer as it is described here."""
        return edits.add_layer(round(self.count.number), self._activation, self.name.text().strip())

    def _confirm(self) -> None:
        if self.count.field.complaint_text:
            self.count.field.setFocus()
        else:
            self.accept()

    def _chosen(self, key: str) -> None:
        self._activation = cast("Activation", key)
