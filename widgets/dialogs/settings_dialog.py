"""The settings of the window: theme, sizes, motion, and where to present."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from widgets.controls.buttons import Button
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.labels import Label
from widgets.controls.named_field import NamedField
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.data_panel import as_percent
from widgets.dialogs.dialog import Dialog

LEAST, MOST = 1.0, 2.5


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """What can be set: each field by the key under which the program remembers it.

    theme : `system`, `light` or `dark`; reduced_motion : `system`, `on` or `off`
    content_scale, presenting_scale : from 1.0 to 2.5
    presenting_screen : a screen's name; empty for the one that the window is on
    """

    theme: str = "system"
    content_scale: float = 1.0
    presenting_scale: float = 1.0
    reduced_motion: str = "system"
    presenting_screen: str = ""


class SettingsDialog(Dialog):
    """Each change holds at once, so that it can be seen; there is nothing to confirm."""

    changed = Signal(object)
    """The settings as they are now."""

    def __init__(
        self, settings: WindowSettings, screens: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Settings"), parent)
        self._settings = settings
        self.theme = SegmentedControl(
            self.tr("Theme"),
            (
                Segment("system", self.tr("As the system"), self.tr("Light or dark as the system is set")),
                Segment("light", self.tr("Light"), self.tr("Dark ink on a light ground")),
                Segment("dark", self.tr("Dark"), self.tr("Light ink on a dark ground")),
            ),
        )
        self.content_scale = _scale_slider(
            self.tr("Size of the network's numbers and texts"),
            self.tr("How large numbers and texts on the stage are; the controls keep their size"),
        )
        self.presenting_scale = _scale_slider(
            self.tr("Size while presenting"), self.tr("How large numbers and texts are on the projector")
        )
        self.reduced_motion = SegmentedControl(
            self.tr("Less motion"),
            (
                Segment("system", self.tr("As the system"), self.tr("Ask the system whether to move things")),
                Segment("on", self.tr("Less"), self.tr("Let states fade into each other; nothing travels")),
                Segment("off", self.tr("All"), self.tr("Let the numbers travel along the arrows")),
            ),
        )
        self.screen_choice = ChoiceBox(
            self.tr("Present on"),
            self.tr("The screen that the presentation opens on"),
            [Choice("", self.tr("The screen with the window")), *(Choice(name, name) for name in screens)],
            wraps=True,
        )
        self.close_button = Button(self.tr("Close"), self.tr("Close the settings (Esc)"), "primary")
        self._arrange()
        self._show()
        self._connect()

    @property
    def settings(self) -> WindowSettings:
        """The settings as they are now."""
        return self._settings

    def _arrange(self) -> None:
        self.add(Label(self.tr("Theme")))
        self.add_start(self.theme)
        self.add(self.content_scale)
        self.add(Label(self.tr("Motion")))
        self.add_start(self.reduced_motion)
        self.add(NamedField(self.tr("Present on"), self.screen_choice))
        self.add(self.presenting_scale)
        self.add_button(self.close_button, is_default=True)

    def _show(self) -> None:
        self.theme.set_current(self._settings.theme)
        self.content_scale.set_number(self._settings.content_scale)
        self.presenting_scale.set_number(self._settings.presenting_scale)
        self.reduced_motion.set_current(self._settings.reduced_motion)
        self.screen_choice.set_current(self._settings.presenting_screen)
        if self.screen_choice.currentIndex() < 0:
            self.screen_choice.set_current("")

    def _connect(self) -> None:
        self.theme.chosen.connect(self._theme_chosen)
        self.content_scale.changed.connect(self._content_scale_changed)
        self.presenting_scale.changed.connect(self._presenting_scale_changed)
        self.reduced_motion.chosen.connect(self._motion_chosen)
        self.screen_choice.chosen.connect(self._screen_chosen)
        self.close_button.clicked.connect(self.accept)

    def _theme_chosen(self, key: str) -> None:
        self._set(replace(self._settings, theme=key))

    def _content_scale_changed(self, value: float, _gesture: object) -> None:
        self._set(replace(self._settings, content_scale=value))

    def _presenting_scale_changed(self, value: float, _gesture: object) -> None:
        self._set(replace(self._settings, presenting_scale=value))

    def _motion_chosen(self, key: str) -> None:
        self._set(replace(self._settings, reduced_motion=key))

    def _screen_chosen(self, name: str) -> None:
        self._set(replace(self._settings, presenting_screen=name))

    def _set(self, settings: WindowSettings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)


def _scale_slider(name: str, tooltip: str) -> LabelledSlider:
    return LabelledSlider(
        name, tooltip, Scale(LEAST, MOST, digits=2), bounds=Bounds(LEAST, MOST), brief=as_percent
    )
