"""The dialog “Share”: previews, copies and files, made beside the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from playground.app.background import Background, Job
from playground.app.file_choice import FileChoice
from playground.model.errors import PlaygroundError
from playground.model.message import Message, message
from widgets.text import say

if TYPE_CHECKING:
    from playground.app.window import Window
    from playground.share.thing import Form, Made, Thing
    from widgets.dialogs.share_dialog import ShareDialog

MOST_SHOWN = 100_000
"""How many characters of a text are shown; the file has all of them."""

NOT_SHOWN = message("This cannot be shown here. Save it, and open it in another program.")
STOPPED = message("Stopped. No file was written.")
FAILED = message("It could not be saved because of an error in the program.")


class Sharing(QObject):
    """Opens the dialog, and does what is asked for in it.

    Everything is made of what the window showed when the dialog was opened, in the lane for all work beside
    the window. A film can be cancelled at any time; files appear whole or not at all.
    """

    _progressed = Signal(float)

    def __init__(self, window: Window, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._background = background
        self._choice = FileChoice(window, window.settings)
        self._things: dict[str, Thing] = {}
        self._made: dict[tuple[str, str], Made] = {}
        self._dialog: ShareDialog | None = None
        self._previewing: Job | None = None
        self._saving: Job | None = None
        self._stop = threading.Event()
        self._progressed.connect(self._show_progress)

    def open(self) -> None:
        """Show what can be taken out, until the dialog is closed."""
        from playground.app.materials import material
        from playground.share.kinds import things
        from widgets.dialogs.share_dialog import ShareDialog

        offered = things(material(self._window))
        self._things = {thing.key: thing for thing in offered}
        dialog = self._dialog = ShareDialog(offered, self._window)
        dialog.shown.connect(self._preview)
        dialog.copy_requested.connect(self._copy)
        dialog.save_requested.connect(self._save)
        dialog.cancel_requested.connect(self._cancel)
        dialog.choose(self._first())
        dialog.wait()
        self._end()

    def shutdown(self) -> None:
        """Stop what is still being made."""
        self._stop.set()

    def _first(self) -> str:
        """What is chosen at first: in a room of plots a plot, else the network."""
        plots = [key for key in self._things if key.startswith("plot ")]
        return plots[0] if plots and self._window.rooms.current != "play" else "canvas"

    def _form(self, thing: str, key: str) -> Form:
        return next(form for form in self._things[thing].forms if form.key == key)

    def _preview(self, thing: str, key: str) -> None:
        """Make what is to be seen, and keep it for copying and saving."""
        if self._previewing is not None:
            self._previewing.cancel()
            self._previewing = None
        place = (thing, key)
        if place in self._made:
            self._show(place)
            return

        def made(found: Made) -> None:
            self._previewing = None
            self._made[place] = found
            self._show(place)

        self._previewing = self._background.run(
            self._form(thing, key).preview, made, partial(self._not_shown, place)
        )

    def _show(self, place: tuple[str, str]) -> None:
        dialog, made = self._dialog, self._made[place]
        if dialog is None or dialog.current != place:
            return  # something else has been chosen since, perhaps something that cannot be had
        if made is None:
            dialog.set_note(NOT_SHOWN, can_save=True)
        elif isinstance(made, QImage):
            dialog.set_picture(made)
        elif self._form(*place).is_page:
            dialog.set_page(made)
        else:
            rest = len(made) - MOST_SHOWN
            cut = message("… and {count} more characters; the file has all of it.", count=rest)
            dialog.set_text(made if rest <= 0 else f"{made[:MOST_SHOWN]}\n{say(cut)}")

    def _not_shown(self, place: tuple[str, str], error: Exception) -> None:
        self._previewing = None
        if not isinstance(error, PlaygroundError):
            raise error
        if self._dialog is not None and self._dialog.current == place:
            self._dialog.set_note(error.message, can_save=False)

    def _copy(self, thing: str, key: str) -> None:
        made = self._made.get((thing, key))
        if isinstance(made, QImage):
            QGuiApplication.clipboard().setImage(made)
        elif isinstance(made, str):
            copied = QMimeData()
            copied.setText(made)
            if self._form(thing, key).is_page:
                copied.setHtml(made)
            QGuiApplication.clipboard().setMimeData(copied)
        if self._dialog is not None:
            self._dialog.say(message("It is on the clipboard now."))

    def _save(self, thing: str, key: str) -> None:
        form = self._form(thing, key)
        path = self._ask(self._things[thing], form)
        if path is None or self._dialog is None:
            return
        if path.suffix.lower() != form.suffix:
            # Under another kind's name it would be taken for what it is not.
            self._dialog.say(
                message(
                    "Nothing was written: {name} does not end in {suffix}.",
                    name=path.name,
                    suffix=form.suffix,
                )
            )
            return
        stop = self._stop = threading.Event()
        work = self._work(form, path, self._made.get((thing, key)), stop)

        def finished(is_saved: bool) -> None:
            self._finish(message("Saved as {name}.", name=path.name) if is_saved else STOPPED)

        def failed(error: Exception) -> None:
            if not isinstance(error, PlaygroundError):
                self._finish(FAILED)
                raise error
            self._finish(error.message)

        self._dialog.set_busy(0.0)
        self._saving = self._background.run(work, finished, failed)

    def _work(self, form: Form, path: Path, made: Made, stop: threading.Event) -> Callable[[], bool]:
        """Return what writes the file, and says whether it did."""
        film = form.film

        def write() -> bool:
            from playground.app.file_guard import write_file

            write_file(path, form.file(made))
            return True

        def tell(share: float) -> None:
            if not stop.is_set():
                self._progressed.emit(share)

        def save() -> bool:
            from playground.share.film import save_film

            return film is not None and save_film(film, path, tell, stop.is_set)

        return write if film is None else save

    def _show_progress(self, share: float) -> None:
        if self._dialog is not None and self._saving is not None:
            self._dialog.set_busy(share)

    def _finish(self, said: Message) -> None:
        """Let the person choose again, and say what has become of the file."""
        self._saving = None
        if self._dialog is not None:
            self._dialog.set_busy(None)
            self._dialog.say(said)

    def _cancel(self) -> None:
        """Give up what is being saved; its part of a file goes away by itself."""
        self._stop.set()
        if self._saving is not None:
            self._saving.cancel()
            self._finish(STOPPED)

    def _end(self) -> None:
        self._cancel()
        if self._previewing is not None:
            self._previewing.cancel()
        self._previewing = self._dialog = None
        self._things, self._made = {}, {}

    def _ask(self, thing: Thing, form: Form) -> Path | None:
        path = self._window.document.path
        stem = thing.name if path is None else f"{path.stem}-{thing.name}"
        if path is not None and thing.name == "network":
            stem = path.stem
        return self._choice.to_save(
            say(thing.title), f"{stem}{form.suffix}", f"{say(form.title)} (*{form.suffix})"
        )
