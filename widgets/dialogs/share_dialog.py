"""Everything that can be taken out of the window, in one place: look at it, copy it, save it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from playground.model.message import Message
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.labels import Label
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.dialogs.dialog import Dialog
from widgets.dialogs.share_preview import SharePreview
from widgets.text import say

WIDTH_PX = 860
TICKS = 1000


class Form(Protocol):
    """One form of a thing: PNG, code in a language."""

    @property
    def key(self) -> str:
        """Its name in the program."""
        ...

    @property
    def title(self) -> Message:
        """What people call it."""
        ...

    @property
    def why_not(self) -> Message | None:
        """Why it cannot be had here."""
        ...

    @property
    def can_copy(self) -> bool:
        """Whether it can be put on the clipboard."""
        ...


class Thing(Protocol):
    """Something that can be taken out, in one form or several."""

    @property
    def key(self) -> str:
        """Its name in the program."""
        ...

    @property
    def title(self) -> Message:
        """What people call it."""
        ...

    @property
    def sentence(self) -> Message:
        """What it is."""
        ...

    @property
    def forms(self) -> Sequence[Form]:
        """Its forms, the usual one first."""
        ...

    @property
    def why_not(self) -> Message | None:
        """Why it cannot be had now."""
        ...


class ShareDialog(Dialog):
    """A list of things at the left; at the right the chosen one, its forms, and what it looks like.

    shown(thing, form) : a preview is wanted
    copy_requested(thing, form), save_requested(thing, form), cancel_requested() : what is asked for
    """

    shown = Signal(str, str)
    copy_requested = Signal(str, str)
    save_requested = Signal(str, str)
    cancel_requested = Signal()

    def __init__(self, things: Sequence[Thing], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Share"), parent, width_px=WIDTH_PX)
        self._things = {thing.key: thing for thing in things}
        self._group = QButtonGroup(self)
        self.buttons = {thing.key: self._button(thing) for thing in things}
        self.forms = {thing.key: self._forms(thing) for thing in things}
        self.pages = {key: _at_left(forms) for key, forms in self.forms.items()}
        self._current = next(iter(self._things))
        self._is_ready = self._is_busy = False
        self.sentence = Label("", "muted")
        self.preview = SharePreview()
        self.said = Label("", "plain")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far it has come"))
        self.cancel = Button(self.tr("Cancel"), self.tr("Stop, and leave no file behind"))
        self.copy = Button(self.tr("Copy"), self.tr("Put it on the clipboard, to paste it elsewhere"))
        self.close_button = Button(self.tr("Close"), self.tr("Close this; nothing else changes (Esc)"))
        self.save = Button(self.tr("Save…"), self.tr("Save it as a file"), "primary")
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()
        self.choose(self._current)

    @property
    def current(self) -> tuple[str, str]:
        """Keys of the chosen thing and of its form; the form is empty where there is none."""
        forms = self.forms[self._current]
        return self._current, "" if forms is None else forms.current

    def choose(self, key: str, form: str = "") -> None:
        """Show a thing, in a form where one is given."""
        forms = self.forms[key]
        if forms is not None and form:
            forms.set_current(form)
        self._current = key
        self.buttons[key].setChecked(True)
        self._show()

    def set_text(self, text: str) -> None:
        """Show the text that is asked for."""
        self._set_ready(True)
        self.preview.show_text(text)

    def set_page(self, page: str) -> None:
        """Show the page, HTML, that is asked for."""
        self._set_ready(True)
        self.preview.show_page(page)

    def set_picture(self, image: QImage) -> None:
        """Show the picture that is asked for, or one that stands for it."""
        self._set_ready(True)
        self.preview.show_picture(image)

    def set_note(self, note: Message, *, can_save: bool) -> None:
        """Say something instead of a preview."""
        self._set_ready(can_save)
        self.preview.show_note(say(note))

    def set_busy(self, share: float | None) -> None:
        """Show how far the work has come; None where none is done. Nothing can be chosen meanwhile."""
        self._is_busy = share is not None
        self.bar.setRange(0, TICKS)
        self.bar.setValue(0 if share is None else round(share * TICKS))
        for part in (self.bar, self.cancel):
            part.setVisible(self._is_busy)
        for button in self.buttons.values():
            button.setEnabled(not self._is_busy)
        self._pages.setEnabled(not self._is_busy)
        self._show_deeds()
        if self._is_busy:
            self.said.set_text("")

    def say(self, said: Message) -> None:
        """Say what has become of what was asked for."""
        self.said.set_text(say(said))

    def showEvent(self, event: QShowEvent) -> None:
        """Open wide enough for every form in any language; now fonts and styles are known."""
        self.setMinimumWidth(max(WIDTH_PX, self.minimumSizeHint().width()))
        super().showEvent(event)

    def _show(self) -> None:
        thing = self._things[self._current]
        self.sentence.set_text(say(thing.sentence))
        self._pages.setVisible(len(thing.forms) > 1)
        self._pages.setCurrentWidget(self.pages[thing.key])
        self.said.set_text("")
        why_not = thing.why_not or self._form_why_not()
        self._set_ready(False)
        if why_not is not None:
            self.preview.show_note(say(why_not))
        else:
            self.preview.show_note(self.tr("One moment…"))
            self.shown.emit(*self.current)

    def _form_why_not(self) -> Message | None:
        _, key = self.current
        return next((form.why_not for form in self._things[self._current].forms if form.key == key), None)

    def _set_ready(self, is_ready: bool) -> None:
        self._is_ready = is_ready
        self._show_deeds()

    def _show_deeds(self) -> None:
        _, key = self.current
        can_copy = any(form.can_copy for form in self._things[self._current].forms if form.key == key)
        self.save.setEnabled(self._is_ready and not self._is_busy)
        self.copy.setEnabled(self._is_ready and not self._is_busy and can_copy)

    def _arrange(self) -> None:
        inside = QWidget()
        names = column(inside, gap_px=2)
        for button in self.buttons.values():
            names.addWidget(button)
        names.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setFixedWidth(inside.sizeHint().width() + 14)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.sentence)
        for page in self.pages.values():
            self._pages.addWidget(page)
        # Its room is kept where a thing has one form only, so that nothing moves.
        policy = self._pages.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)
        self._pages.setSizePolicy(policy)
        right.addWidget(self._pages)
        right.addWidget(self.preview, 1)
        right.addWidget(self.said)
        working = QHBoxLayout()
        working.addWidget(self.bar, 1)
        working.addWidget(self.cancel)
        right.addLayout(working)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(area)
        both.addLayout(right, 1)
        self.rows.addLayout(both, 1)
        self.add_button(self.copy)
        self.add_button(self.save, is_default=True)
        self.add_button(self.close_button, at_left=True)
        self.set_busy(None)

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._thing_clicked)
        for forms in self.forms.values():
            if forms is not None:
                forms.chosen.connect(self._form_chosen)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.cancel_requested)
        self.close_button.clicked.connect(self.reject)

    def _button(self, thing: Thing) -> Button:
        button = Button(say(thing.title), say(thing.sentence), "choice")
        button.setCheckable(True)
        self._group.addButton(button)
        return button

    def _forms(self, thing: Thing) -> SegmentedControl | None:
        if not thing.forms:
            return None
        segments = [
            Segment(form.key, say(form.title), self.tr("Take it out in this form")) for form in thing.forms
        ]
        return SegmentedControl(say(thing.title), segments)

    def _thing_clicked(self, clicked: object) -> None:
        self.choose(next(key for key, button in self.buttons.items() if button is clicked))

    def _form_chosen(self, _key: str) -> None:
        self._show()

    def _copy(self) -> None:
        self.copy_requested.emit(*self.current)

    def _save(self) -> None:
        self.save_requested.emit(*self.current)


def _at_left(forms: SegmentedControl | None) -> QWidget:
    """Return a page with the forms at their own width; an empty one where there is nothing to choose."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    if forms is not None:
        row.addWidget(forms)
    row.addStretch(1)
    return page
