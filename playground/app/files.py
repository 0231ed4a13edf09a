"""Opening and saving: nothing is lost on the way, whatever the disk or another window does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from playground.app import model_file
from playground.app.background import Background
from playground.app.document import Document
from playground.app.file_choice import FileChoice
from playground.app.file_guard import FileLock, Opened, Stamp, has_changed, write_file
from playground.app.recent import RecentFiles
from playground.app.recovery import Lost, lost_work
from playground.app.settings import Settings
from playground.app.warm import read_warm
from playground.model import file
from playground.model.errors import PlaygroundError
from playground.model.experiment import Experiment
from playground.model.message import Message, message
from playground.model.network import Network
from playground.model.parameters import Parameters
from resources import example_path

SUFFIX = ".playground"

Then = Callable[[], None]


def nothing() -> None:
    """Do nothing more."""


class Files(QObject):
    """Opens documents and saves them, and asks before anything would be lost.

    Reading and writing run beside the window; what follows them is given as a function. One job at a time
    may be under way: `busy_changed(bool)` tells the window.
    """

    notice = Signal(object)
    busy_changed = Signal(bool)
    recovered = Signal()
    """Lost work is on the stage again and must be kept safe."""
    table_requested = Signal(object)
    """A path that holds a table instead of a network."""

    def __init__(
        self,
        window: QWidget,
        document: Document,
        background: Background,
        settings: Settings,
        recent: RecentFiles,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._background = background
        self._choice = FileChoice(window, settings)
        self._recent = recent
        self._stamp: Stamp | None = None
        self._lock: FileLock | None = None
        self._told_of_change = False
        self._jobs = 0
        self._openings = 0
        self.prepare: Callable[[Network, Parameters], None] | None = None
        """What else is to be made of a network before it is shown; called in another thread."""

    def open(self, path: Path) -> None:
        """Open a file, after asking about unsaved work; a table is handed on.

        A model of another program becomes a document without a name, to be saved under one of its own.
        """
        if path.suffix.lower() == model_file.SUFFIX:
            self.unless_unsaved(lambda: self._read(path, self._show_model, model_file.read_model))
        elif path.suffix.lower() not in (SUFFIX, ".json"):
            self.table_requested.emit(path)
        else:
            self.unless_unsaved(lambda: self._read(path, self._show))

    def open_example(self, key: str) -> None:
        """Open an example as a document without a name."""
        self.unless_unsaved(lambda: self._read(example_path(key), self._show_unnamed))

    def new(self) -> None:
        """Begin with an empty stage, after asking about unsaved work."""
        self.unless_unsaved(lambda: self._reset(Experiment(), Parameters.zeros(Network.build()), None))

    def ask_open(self) -> None:
        """Let the person choose a file to open."""
        kinds = self.tr(
            "Networks, tables and models (*.playground *.json *.csv *.tsv *.txt *.onnx);;All files (*)"
        )
        path = self._choice.to_open(self.tr("Open"), kinds)
        if path is not None:
            self.open(path)

    def save(self, then: Then = nothing) -> None:
        """Save to the document's file, or ask for one; then go on."""
        from widgets.dialogs.changed_dialog import ChangedDialog

        path = self._document.path
        if path is None:
            self.save_as(then)
        elif self._stamp is not None and has_changed(path, self._stamp):
            answer = ChangedDialog(path.name, self._window).ask()
            if answer == "overwrite":
                self._write(path, then)
            elif answer == "save_as":
                self.save_as(then)
        else:
            self._write(path, then)

    def save_as(self, then: Then = nothing) -> None:
        """Ask for a file and save to it; then go on."""
        suggested = self._document.path or f"{self.tr('network')}{SUFFIX}"
        path = self._choice.to_save(self.tr("Save as"), suggested, self.tr("Networks (*.playground)"))
        if path is not None:
            self._write(path, then)

    def unless_unsaved(self, then: Then) -> None:
        """Go on at once where nothing would be lost, else ask; Cancel goes nowhere."""
        from widgets.dialogs.unsaved_dialog import UnsavedDialog

        if not self._document.is_modified:
            then()
            return
        path = self._document.path
        dialog = UnsavedDialog("" if path is None else path.stem, self._window)
        dialog.wait()
        if dialog.answer == "save":
            self.save(then)
        elif dialog.answer == "discard":
            then()

    def offer_lost_work(self) -> None:
        """Offer what an ended program left behind, the newest first."""
        from widgets.dialogs.recovery_dialog import RecoveryDialog

        for lost in lost_work():
            dialog = RecoveryDialog(
                "" if lost.path is None else lost.path.stem, f"{lost.when:%d.%m. %H:%M}", self._window
            )
            dialog.wait()
            if dialog.answer == "recover":
                self._recover(lost)
                return
            if dialog.answer == "discard":
                lost.discard()

    def look_for_change(self) -> None:
        """Say, once, that another program has changed the file meanwhile."""
        path = self._document.path
        if path is None or self._stamp is None or self._told_of_change or not has_changed(path, self._stamp):
            return
        self._told_of_change = True
        self.notice.emit(
            message("{name} was changed by another program; saving asks which to keep.", name=path.name)
        )

    def release(self) -> None:
        """Let other windows have the file."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _read(
        self, path: Path, show: Callable[[Opened], None], read: Callable[[Path], Opened] = read_warm
    ) -> None:
        document = self._document
        before, step = document.experiment, document.undo_stack.index()

        def arrived(opened: Opened) -> None:
            if document.experiment is before and document.undo_stack.index() == step:
                show(opened)
            else:  # somebody went on working while a large file was read
                self.unless_unsaved(lambda: show(opened))

        prepare = self.prepare

        def work() -> Opened:
            opened = read(path)
            if prepare is not None:
                prepare(opened.experiment.network, opened.parameters)
            return opened

        self._begin()
        self._background.run(work, lambda opened: self._end(lambda: arrived(opened)), self._fail)

    def _show(self, opened: Opened) -> None:
        lock = FileLock(opened.path)
        own = self._document.path is not None and self._document.path.resolve() == opened.path.resolve()
        if not own and not lock.take():
            self._reset(opened.experiment, opened.parameters, None)
            self._document.mark_unsaved()
            self.notice.emit(
                message("{name} is open in another window, so this is a copy.", name=opened.path.name)
            )
            return
        self._reset(opened.experiment, opened.parameters, opened.path)
        if not own:
            self._lock = lock
        self._stamp = opened.stamp
        self._recent.add(opened.path)

    def _show_unnamed(self, opened: Opened) -> None:
        self._reset(opened.experiment, opened.parameters, None)

    def _show_model(self, opened: Opened) -> None:
        self._reset(opened.experiment, opened.parameters, None)
        self._document.mark_unsaved()
        self.notice.emit(message("{name} was opened as a new network.", name=opened.path.name))

    def _recover(self, lost: Lost) -> None:
        def show(opened: Opened) -> None:
            self._reset(opened.experiment, opened.parameters, None)
            self._document.mark_unsaved()
            self.recovered.emit()  # its own recovery file is written before the old one goes
            lost.discard()

        self._read(lost.file, show)

    def _reset(self, experiment: Experiment, parameters: Parameters, path: Path | None) -> None:
        if path != self._document.path:
            self.release()
        self._openings += 1
        self._stamp, self._told_of_change = None, False
        self._document.reset(experiment, parameters, path)

    def _write(self, path: Path, then: Then) -> None:
        document = self._document
        experiment, parameters = document.experiment, document.parameters
        lock = None
        if document.path is None or document.path.resolve() != path.resolve():
            lock = FileLock(path)
            if not lock.take():
                self._refuse(
                    message("{name} is open in another window. Choose another name.", name=path.name)
                )
                return
        opening, step = self._openings, document.undo_stack.index()

        def written(stamp: Stamp) -> None:
            self._recent.add(path)
            if self._openings != opening:  # another document is open by now, with a file of its own
                if lock is not None:
                    lock.release()
                return
            if lock is not None:
                self.release()
                self._lock = lock
            self._stamp, self._told_of_change = stamp, False
            document.mark_saved(path, experiment, parameters)
            self.notice.emit(message("Saved as {name}.", name=path.name))
            if document.undo_stack.index() == step:
                then()
            elif then is not nothing:  # somebody went on working while a large file was written
                self.unless_unsaved(then)

        def not_written(error: Exception) -> None:
            if lock is not None:
                lock.release()
            self._fail(error)

        self._begin()
        self._background.run(
            lambda: write_file(path, file.write(experiment, parameters)),
            lambda stamp: self._end(lambda: written(stamp)),
            not_written,
        )

    def _begin(self) -> None:
        self._jobs += 1
        self.busy_changed.emit(True)

    def _end(self, then: Then) -> None:
        self._jobs -= 1
        self.busy_changed.emit(self._jobs > 0)
        then()

    def _fail(self, error: Exception) -> None:
        self._jobs = max(0, self._jobs - 1)
        self.busy_changed.emit(self._jobs > 0)
        if not isinstance(error, PlaygroundError):
            raise error
        self._refuse(error.message)

    def _refuse(self, said: Message) -> None:
        from widgets.dialogs.error_dialog import ErrorDialog

        ErrorDialog(said, parent=self._window).wait()
