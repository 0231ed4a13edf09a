"""The window: makes all parts, gives each what it needs, and connects them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout, QWidget

from playground.app import settings as remembered
from playground.app.actions import make_actions
from playground.app.autosave import Autosave
from playground.app.collector import Collector
from playground.app.commands import Commands
from playground.app.compute import Compute
from playground.app.data_control import DataControl
from playground.app.document import Document
from playground.app.errors_door import ErrorsDoor, Report
from playground.app.files import Files
from playground.app.kernel_control import KernelControl
from playground.app.learning_control import LearningControl
from playground.app.map_control import MapControl
from playground.app.menus import fill_menu, fill_menu_bar
from playground.app.motion import system_reduces_motion
from playground.app.pass_control import PassControl
from playground.app.pass_source import PassSource
from playground.app.play_control import PlayControl
from playground.app.play_room import PlayRoom
from playground.app.player import Player
from playground.app.presenting import Presenting, make_presenter
from playground.app.projection import Projection
from playground.app.recent import RecentFiles
from playground.app.results_control import ResultsControl
from playground.app.rooms import Rooms
from playground.app.runs import Runs
from playground.app.runs_control import RunsControl
from playground.app.settings import Settings
from playground.app.shown import Shown
from playground.app.stage_keeper import StageKeeper
from playground.app.tables import Tables
from playground.app.theming import Theming
from playground.app.tidying import Tidying
from playground.app.training_control import TrainingControl
from playground.app.weights_control import WeightsControl
from playground.engine.datasets import BUILT_IN
from playground.model import file
from playground.model.keys import Level
from playground.model.message import message
from resources import example_path
from resources.theme import Theme
from widgets.status_bar import StatusBar
from widgets.text import translate
from widgets.tool_bar import ToolBar

if TYPE_CHECKING:
    from playground.app.kernels_control import KernelsControl
    from playground.app.sweep_control import SweepControl

SMALLEST_PX = (1024, 600)
FIRST_PX = (1440, 900)
FRAME_PX = 32
"""About what the system's own title bar takes."""
LAYOUT = "window"
EXAMPLE = "avocado"


class Window(QMainWindow):
    """One document in one window.

    begins : whether all is there at once; else whoever made the window calls `begin` after its first picture
    """

    closed = Signal()

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        *,
        guards_errors: bool = True,
        begins: bool = True,
    ) -> None:
        super().__init__()
        self.settings = settings
        self._is_leaving = False
        self.document = Document(*file.read(example_path(EXAMPLE).read_bytes()), self, translate=translate)
        self.compute = Compute(self)
        self.collector = Collector(self)
        self.shown = Shown(self.document, self)
        self.source = PassSource(self.shown, self.compute.background, self)
        self.player = Player(self)
        self.passes = PassControl(self.document, self.source, self.player, self)
        self.training = TrainingControl(self.document, self.source, self.compute, self)
        self.keeper = StageKeeper(self.shown, self.source, self.passes, self.player, self)
        self.recent = RecentFiles(settings, self)
        self.files = Files(self, self.document, self.compute.background, settings, self.recent, self)
        self.theming = Theming(application, settings, self)
        self.room = PlayRoom(tuple(BUILT_IN.values()))
        self.autosave = Autosave(self.document, self.compute.background, self)
        self.errors = ErrorsDoor(self.autosave.write_now, self)
        self.acts = make_actions(self)
        self.kernels: KernelsControl | None = None
        self.rooms = Rooms(self.acts, {"play": lambda: self.room, "kernels": self._make_kernels}, settings)
        self.status = StatusBar()
        self.play = PlayControl(
            self.room,
            self.document,
            self.source,
            self.player,
            self.passes,
            self.training,
            self.keeper,
            settings,
            self,
        )
        self.maps = MapControl(self.room, self.shown, self.source, self.compute, self.keeper, settings, self)
        self.results = ResultsControl(
            self.room.answers, self, self.shown, self.source, self.passes, self.compute, settings, self
        )
        self.runs = Runs(self.document, self.compute, self.training, self.shown, parent=self)
        self.weights = WeightsControl(
            self.room.weights,
            self,
            self.room.inspector.edge,
            self.runs,
            self.source,
            self.compute,
            settings,
            self,
        )
        self.time_travel = RunsControl(self.room, self.runs, self.shown, self.training, self.passes, self)
        self.learning = LearningControl(
            self.room,
            self.document,
            self.shown,
            self.source,
            self.compute,
            self.play,
            self.training,
            settings,
            self,
        )
        self.kernel = KernelControl(self, self)
        self.tables = Tables(self, self.document, self.compute.background, settings, self._level, self)
        self.data = DataControl(self, self)
        self.presenting = Presenting(self, settings, self)
        self.projection = Projection(self.presenting, self.play, self.passes, self.player, self.keeper, self)
        self.tidying = Tidying(self.document, self.compute.background, self.room.canvas, self)
        self.commands = Commands(self, self)
        self.menu = QMenu(self)
        self.tool_bar = ToolBar(self.acts, self.menu)
        self._arrange()
        self._connect()
        if guards_errors:
            self.errors.open()
        self.source.start()
        if begins:
            self.begin()
        self.play.set_level(self.play.level)
        self.keeper.refresh()
        self.room.canvas.setFocus()

    @cached_property
    def sweeps(self) -> SweepControl:
        """Tries several settings; made when it is first asked for."""
        from playground.app.sweep_control import SweepControl

        return SweepControl(self, self)

    def begin(self) -> None:
        """Show the pictures of the data that can be chosen."""
        from playground.engine.thumbnails import thumbnail

        self.room.data.set_thumbnails(thumbnail)

    def event(self, event: QEvent) -> bool:
        """Let the trainer stand aside while all parts are painted: that is what this event of Qt's does."""
        if event.type() == QEvent.Type.UpdateRequest:
            with self.compute.courtesy:
                return super().event(event)
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Look at the file again when the person comes back from elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.files.look_for_change()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dropped on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first file that is dropped."""
        local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.files.open(local[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work; then end all work in order."""
        if self.document.is_modified and not self._is_leaving:
            event.ignore()
            # Asked after this event: a window that is being closed cannot be closed again from within.
            QTimer.singleShot(0, self, self._ask_to_close)
            return
        super().closeEvent(event)
        self._end()

    def apply_motion(self, system_reduces: bool) -> None:
        """Let things move, or jump, as the setting or else the system says."""
        choice = self.settings.get(remembered.REDUCED_MOTION)
        reduced = system_reduces if choice == "system" else choice == "on"
        self.player.reduced_motion = reduced
        self.room.canvas.set_reduced_motion(reduced)
        if self.kernels is not None:
            self.kernels.set_reduced_motion(reduced)

    def _arrange(self) -> None:
        central = QWidget()
        rows = QVBoxLayout(central)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.tool_bar)
        rows.addWidget(self.rooms, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(central)
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST_PX)
        self.resize(*FIRST_PX)
        if self.screen() is not None:
            room = self.screen().availableSize()
            self.resize(min(FIRST_PX[0], room.width()), min(FIRST_PX[1], room.height() - FRAME_PX))
        fill_menu(self.menu, self.acts, self.recent, self.files.open)
        fill_menu_bar(self, self.acts, self.recent, self.files.open)
        self.addActions(list(self.acts.values()))
        layout = self.settings.layout(LAYOUT)
        if layout:
            self.restoreGeometry(QByteArray(layout))
        self._show_theme(self.theming.theme)
        self._show_title()

    def _connect(self) -> None:
        document, play, files = self.document, self.play, self.files
        files.prepare = self.room.canvas.prepare
        self.theming.changed.connect(self._show_theme)
        self.tool_bar.level_chosen.connect(play.set_level)
        for teller in (play, files, self.tables, self.results, self.weights):
            teller.notice.connect(self.status.show_notice)
        for worker in (files, self.tables):
            worker.busy_changed.connect(self._show_busy)
        files.recovered.connect(self.autosave.write_now)
        files.table_requested.connect(self.tables.open)
        self.tables.fitted.connect(self.room.canvas.zoom_to_fit)
        self.learning.fitted.connect(self.room.canvas.zoom_to_fit)
        self.room.data.dataset_requested.connect(self.tables.choose_built_in)
        self.room.data.table_requested.connect(self.tables.ask_open)
        self.room.canvas.zoom_changed.connect(self.status.set_zoom)
        self.room.canvas.tidy_requested.connect(self.tidying.run)
        self.room.canvas.inspect_requested.connect(self._inspect)
        self.room.canvas.escape_unhandled.connect(self._let_go)
        play.rate_changed.connect(self.status.set_rate)
        play.level_changed.connect(self.time_travel.set_level)
        self.time_travel.looked.connect(play.set_past)
        play.level_changed.connect(self.room.believes.set_level)
        play.level_changed.connect(self.room.answers.set_level)
        play.level_changed.connect(self.room.weights.set_level)
        self.keeper.stage_changed.connect(self.weights.set_stage)
        document.modified_changed.connect(self._show_title)
        document.path_changed.connect(self._show_title)
        document.restarted.connect(self._show_title)
        self.autosave.failed.connect(self.status.show_notice)
        self.errors.reported.connect(self._show_error)
        self.settings.changed.connect(self._on_setting)
        self.rooms.changed.connect(self._show_room)
        self.room.try_several.clicked.connect(self.acts["sweep"].trigger)
        self.commands.connect_actions(self.acts)
        self.presenting.set_actions(
            [
                self.acts[name]
                for name in ("undo", "redo", "train", "level_words", "level_numbers", "level_maths")
            ]
        )

    def _level(self) -> Level:
        return self.play.level

    def _make_kernels(self) -> QWidget:
        """Make the room Kernels; nothing of it is loaded before it is first opened."""
        from playground.app.kernels_control import KernelsControl

        self.kernels = KernelsControl(self, self)
        return self.kernels.room

    def _show_room(self, key: str) -> None:
        self.tool_bar.set_drawing(key == "play")
        self.status.zoom.setVisible(key == "play")
        if key == "play":
            self.maps.want()
            self.presenting.set_maker(make_presenter)
            self.room.canvas.setFocus()
            if self.kernels is not None:
                self.kernels.close()
        elif self.kernels is not None:
            self.player.pause()
            self.presenting.set_maker(self.kernels.make_show)
            self.kernels.open()

    def _show_theme(self, theme: Theme) -> None:
        self.room.canvas.set_theme(theme)
        self.room.outline.set_theme(theme)

    def _show_title(self) -> None:
        document = self.document
        name = self.tr("Without a name") if document.path is None else document.path.stem
        self.setWindowTitle(f"{name}[*] — Neural Playground")
        self.setWindowModified(document.is_modified)
        if document.is_modified:
            self.status.set_saved(message("Not saved yet"))
        elif document.path is None:
            nothing = not document.experiment.network.nodes
            self.status.set_saved(
                message("Nothing to save yet") if nothing else message("An example, not saved")
            )
        else:
            self.status.set_saved(message("Saved"))

    def _show_busy(self, is_busy: bool) -> None:
        if is_busy:
            self.status.show_notice(message("One moment…"))
        else:
            self.status.clear_notice()

    def _show_error(self, report: Report) -> None:
        from widgets.dialogs.error_dialog import ErrorDialog

        ErrorDialog(report.said, report.details, self).wait()

    def _let_go(self) -> None:
        """Leave what is left to leave: the selection, the tool, the pass, and last the past."""
        if self.keeper.stage.selection:
            self.room.canvas.commands.select_nothing()
        elif not self.acts["tool_select"].isChecked():
            self.acts["tool_select"].trigger()
        elif self.player.time_s is not None or not self.shown.is_past:
            self.passes.leave()
        else:
            self.runs.back()

    def _inspect(self) -> None:
        """Put the keyboard into what shows all about the selection."""
        self.room.inspector.setFocus()
        self.room.inspector.focusNextChild()

    def _on_setting(self, key: str) -> None:
        if key == remembered.CONTENT_SCALE.key:
            self.room.canvas.set_content_scale(self.settings.get(remembered.CONTENT_SCALE))
        elif key == remembered.REDUCED_MOTION.key:
            self.compute.background.run(system_reduces_motion, self.apply_motion)

    def _ask_to_close(self) -> None:
        self.files.unless_unsaved(self._close_for_good)

    def _close_for_good(self) -> None:
        self._is_leaving = True
        self.close()

    def _end(self) -> None:
        """End all work, in the order in which one part needs another."""
        self.settings.set_layout(LAYOUT, bytes(self.saveGeometry().data()))
        self.presenting.close()
        self.player.pause()
        if self.kernels is not None:
            self.kernels.shutdown()
        self.tables.shutdown()
        if "sweeps" in vars(self):
            self.sweeps.shutdown()
        self.commands.shutdown()
        self.weights.shutdown()
        self.compute.shutdown()
        self.autosave.close()
        self.files.release()
        self.document.close()
        self.errors.close()
        self.collector.stop()
        self.settings.sync()
        self.closed.emit()
