"""Every panel, bar and dialog of the window, filled with what a person would see in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from playground.engine.binding import bind
from playground.engine.csv_table import read_csv, with_classes
from playground.engine.datasets import BUILT_IN, make_dataset
from playground.engine.fitting import fitting_experiment
from playground.engine.narration import narrate, narrate_edge
from playground.engine.thumbnails import thumbnail
from playground.engine.timeline import Timeline
from playground.engine.trace import trace
from playground.model.dataset import Dataset
from playground.model.edit import Edit
from playground.model.edits import start_over
from playground.model.examples import EXAMPLES
from playground.model.experiment import BuiltInData, Column, Experiment, Learning, Table, TableData
from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.parameters import Parameters, frozen_array
from playground.model.snapshot import Snapshot
from playground.model.stage import Selection, Stage
from playground.model.trace import LearnerState, Trace
from tests.widgets.kernels import panels
from tests.widgets.results.made import SPECIES, flowers, histograms, prices
from tests.widgets.runs import panels as run_panels
from tests.widgets.sweep import panels as sweep_panels
from widgets.controls.side_column import SideColumn
from widgets.data_panel import DataPanel
from widgets.dialogs.add_layer_dialog import AddLayerDialog
from widgets.dialogs.error_dialog import ErrorDialog
from widgets.dialogs.examples_dialog import ExamplesDialog
from widgets.dialogs.predict_dialog import PredictDialog
from widgets.dialogs.recovery_dialog import RecoveryDialog
from widgets.dialogs.settings_dialog import SettingsDialog, WindowSettings
from widgets.dialogs.share_dialog import ShareDialog
from widgets.dialogs.shortcut_sheet import Shortcut, ShortcutSheet
from widgets.dialogs.table_dialog import TableDialog
from widgets.dialogs.unsaved_dialog import UnsavedDialog
from widgets.example_panel import ExamplePanel
from widgets.explanation import ExplanationPanel
from widgets.features_panel import FeaturesPanel
from widgets.findings import FindingsPanel
from widgets.inspector import InspectorPanel
from widgets.learning_panel import LearningPanel
from widgets.loss_plot import LossPlot
from widgets.maps.brush_bar import BrushBar
from widgets.results.answers_panel import AnswersPanel
from widgets.results.weights_panel import WeightsPanel
from widgets.status_bar import StatusBar
from widgets.tool_bar import ToolBar
from widgets.transport import Transport

CSV = b"weight;size;colour;good\n1,2;3,4;red;yes\n1,5;2;blue;no\n2;;red;yes\n2,5;7;green;no\n3;1;red;yes\n"
LEFT_PX, RIGHT_PX, STAGE_PX, WINDOW_PX = 240, 332, 660, 1280
"""The widths of the parts in a window of 1280 by 720."""

BAR_ACTIONS = {
    "undo": "Undo",
    "redo": "Redo",
    "tool_select": "Select",
    "tool_add": "Add node",
    "tool_connect": "Connect",
    "tool_erase": "Erase",
    "add_layer": "Add layer…",
    "tidy": "Tidy up",
    "fast_kernel": "Fast kernel",
    "take_out": "Share…",
    "present": "Present",
}


@dataclass(frozen=True, slots=True)
class Finding:
    key: str
    message: Message
    remedy: Message
    edit: Edit


@dataclass(frozen=True, slots=True)
class Answers:
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    answer_count: int
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The avocado's network with one pass through it."""

    experiment: Experiment
    parameters: Parameters
    dataset: Dataset
    trace: Trace

    def stage(self, level: Level, selection: Selection | None = None) -> Stage:
        return Stage(
            self.experiment, self.parameters, self.trace, None, selection or Selection(), level=level
        )

    @property
    def hidden(self) -> tuple[int, ...]:
        nodes = self.experiment.network.nodes
        return tuple(node for node in nodes if nodes[node].role == "hidden")


def avocado_scene(row: int = 11) -> Scene:
    spec = BuiltInData("avocado", count=200)
    experiment, parameters = fitting_experiment(spec)
    dataset = make_dataset(spec)
    bound = bind(experiment.network, dataset)
    return Scene(experiment, parameters, dataset, trace(experiment, LearnerState(parameters), bound, (row,)))


def snapshot(points: int = 200) -> Snapshot:
    """A run whose losses fall, and whose test loss stays above."""
    epochs = np.arange(float(points))
    train = 0.6 * np.exp(-epochs / 60) + 0.05
    history = np.column_stack([epochs, train, train + 0.05, 0.5 + epochs / 700, 0.5 + epochs / 800])
    state = LearnerState(Parameters(frozen_array([]), frozen_array([])))
    return Snapshot(1, points - 1.0, state, 0.06, 0.11, 0.0, 0.98, 0.94, frozen_array(history), 1000.0)


def bar_actions(parent: QObject) -> dict[str, QAction]:
    """The actions of the tool bar, in the language of the window."""
    actions = {name: QAction(parent.tr(text), parent) for name, text in BAR_ACTIONS.items()}
    for name, action in actions.items():
        action.setToolTip(parent.tr("What this does to the network"))
        action.setCheckable(name.startswith("tool_") or name == "fast_kernel")
    actions["tool_select"].setChecked(True)
    actions["redo"].setEnabled(False)
    return actions


def transport() -> QWidget:
    scene = avocado_scene()
    timeline = Timeline(scene.trace, "node")
    made = Transport()
    made.set_timeline(timeline.phases, timeline.duration_s, timeline.step_count)
    made.set_position(timeline.duration_s / 3, 3, True)
    return _in_window(made, STAGE_PX)


def explanation() -> QWidget:
    scene = avocado_scene()
    timeline = Timeline(scene.trace, "node")
    made = ExplanationPanel()
    made.set_narration(narrate(scene.trace, timeline.step(3), "maths"), "maths")
    return _column(RIGHT_PX, made)


def explanation_empty() -> QWidget:
    return _column(RIGHT_PX, ExplanationPanel())


def learning() -> QWidget:
    made = LearningPanel()
    made.sync(Learning(optimizer="adam", regularization="l2", stop_epochs=50), "words", 100)
    made.settings.more.set_open(True)
    made.settings.own_settings.set_open(True)
    made.set_state(message("Converged: it does not get better any more."))
    return _column(LEFT_PX, made)


def example() -> QWidget:
    scene = avocado_scene()
    made = ExamplePanel()
    made.sync(scene.dataset, scene.experiment.network, 11, scene.dataset.table.cells[3])
    return _column(RIGHT_PX, made)


def loss_plot() -> QWidget:
    made = LossPlot()
    made.set_words("words", message("new avocados"))
    made.set_snapshot(snapshot())
    return _column(RIGHT_PX, made)


def loss_plot_empty() -> QWidget:
    return _column(RIGHT_PX, LossPlot())


def answers_of_classes() -> QWidget:
    made = AnswersPanel()
    made.set_results((flowers(), prices()))
    made.set_open(True)
    made.matrix.cell_requested.emit(1, 2)
    return _column(RIGHT_PX, made)


def answers_of_numbers() -> QWidget:
    made = AnswersPanel()
    made.set_level("maths")
    made.set_results((prices(),))
    made.set_open(True)
    made.parts.button("test").click()
    made.worst.click()
    return _column(RIGHT_PX, made)


def weights_over_time() -> QWidget:
    made = WeightsPanel()
    made.set_histograms(histograms("gradients"))
    made.set_open(True)
    return _column(RIGHT_PX, made)


def findings() -> QWidget:
    made = FindingsPanel()
    sentence = message("{count} nodes always answer 0, whatever comes in, so they learn nothing.", count=2)
    made.set_findings([Finding("dead", sentence, message("Give them a new start"), start_over())])
    return _column(RIGHT_PX, made)


def data() -> QWidget:
    scene = avocado_scene()
    made = DataPanel(list(BUILT_IN.values()), thumbnail)
    made.sync(scene.experiment.data, scene.dataset, "words")
    return _column(LEFT_PX, made)


def features_few() -> QWidget:
    spec = BuiltInData("spiral", count=40)
    made = FeaturesPanel()
    made.sync(fitting_experiment(spec)[0].network, make_dataset(spec))
    made.own.set_open(True)
    made.field.setText("x1 / 0")
    return _column(LEFT_PX, made)


def features_many() -> QWidget:
    columns = tuple(Column(f"Height {number}") for number in range(40))
    cells = np.random.default_rng(1).random((9, 40))
    spec = TableData(Table(columns, cells), ("Height 39",))
    made = FeaturesPanel()
    made.sync(fitting_experiment(spec)[0].network, make_dataset(spec))
    made.folded.set_open(True)
    return _column(LEFT_PX, made)


def brushes() -> QWidget:
    made = BrushBar()
    made.sync(4, ("green",), 30)
    return _column(RIGHT_PX, made)


def inspector_node() -> QWidget:
    scene = avocado_scene()
    return _inspector(scene, Selection(frozenset(scene.hidden[:1])))


def inspector_input() -> QWidget:
    scene = avocado_scene()
    return _inspector(scene, Selection(frozenset(scene.experiment.network.inputs[:1])))


def inspector_output() -> QWidget:
    scene = avocado_scene()
    return _inspector(scene, Selection(frozenset(scene.experiment.network.outputs[:1])))


def inspector_edge() -> QWidget:
    scene = avocado_scene()
    edge = scene.experiment.network.edge_keys[0]
    made = _inspector(scene, Selection(edges=frozenset([edge])))
    panel = made.findChild(InspectorPanel)
    assert panel is not None
    panel.set_narration(narrate_edge(scene.trace, 0, edge, "numbers"), "numbers")
    panel.set_paths([(message("Height, Hidden 1, Ripe?"), 0.0123)], 0.0123)
    return made


def inspector_many() -> QWidget:
    scene = avocado_scene()
    network = scene.experiment.network
    return _inspector(scene, Selection(frozenset(network.nodes), frozenset(network.edges)))


def tool_bar() -> QWidget:
    owner = QObject()
    made = ToolBar(bar_actions(owner), QMenu())
    owner.setParent(made)
    return _in_window(made)


def status_bar() -> QWidget:
    made = StatusBar()
    made.set_rate(83_700.0)
    made.set_saved(message("Saved"))
    made.show_notice(message("An edge cannot lead into an input."))
    return _in_window(made)


def table_dialog() -> QWidget:
    return TableDialog("fruit.csv", read_csv(CSV), "standard", "words", with_classes)


def predict_dialog() -> QWidget:
    notes = (message("{count} rows have missing values and get no answer.", count=3),)
    return PredictDialog(Answers(("1", "2", "3"), (("4", "5", "6"),) * 2000, 1, notes))


def shortcut_sheet() -> QWidget:
    owner = QObject()
    sheet = ShortcutSheet(
        [Shortcut(owner.tr("Draw"), owner.tr("Place new nodes by clicking"), "N") for _ in range(30)]
    )
    owner.setParent(sheet)
    return sheet


def error_dialog() -> QWidget:
    made = ErrorDialog(message("The network could not be drawn just now."), "Traceback")
    made.disclosure.set_open(True)
    return made


@dataclass(frozen=True, slots=True)
class ShareForm:
    key: str
    title: Message
    why_not: Message | None = None
    can_copy: bool = True


@dataclass(frozen=True, slots=True)
class ShareThing:
    key: str
    title: Message
    sentence: Message
    forms: tuple[ShareForm, ...]
    why_not: Message | None = None


SHARED = (
    ShareThing(
        "code",
        message("The network as code"),
        message("A program with the weights in it."),
        tuple(
            ShareForm(key, message(title))
            for key, title in (("a", "Plain Python"), ("b", "NumPy"), ("c", "PyTorch"), ("d", "Keras"))
        ),
    ),
    ShareThing(
        "film",
        message("Film of the learning"),
        message("The network from its first weights to those of now, with the curve growing below it."),
        (
            ShareForm("gif", message("GIF"), can_copy=False),
            ShareForm("mp4", message("MP4"), message("This needs a library."), can_copy=False),
        ),
    ),
    ShareThing("pass", message("The pass"), message("Every step."), (), message("There is no pass.")),
    ShareThing("data", message("The data"), message("All rows."), (ShareForm("csv", message("CSV")),)),
)


def share_dialog() -> QWidget:
    made = ShareDialog(SHARED)
    made.set_text("1\n2\n3\n" * 60)
    return made


def share_dialog_busy() -> QWidget:
    made = ShareDialog(SHARED)
    made.choose("film")
    made.set_note(message("It is being drawn."), can_save=True)
    made.say(message("The disk is full."))
    made.set_busy(0.3)
    return made


GALLERY: Mapping[str, Callable[[], QWidget]] = {
    "transport": transport,
    "explanation": explanation,
    "explanation empty": explanation_empty,
    "learning": learning,
    "example": example,
    "loss plot": loss_plot,
    "loss plot empty": loss_plot_empty,
    "answers of classes": answers_of_classes,
    "answers of numbers": answers_of_numbers,
    "weights over time": weights_over_time,
    "findings": findings,
    "data": data,
    "features": features_few,
    "features many": features_many,
    "brushes": brushes,
    "inspector node": inspector_node,
    "inspector input": inspector_input,
    "inspector output": inspector_output,
    "inspector edge": inspector_edge,
    "inspector many": inspector_many,
    "tool bar": tool_bar,
    "status bar": status_bar,
    "table dialog": table_dialog,
    "predict dialog": predict_dialog,
    "add layer dialog": lambda: AddLayerDialog("words"),
    "shortcut sheet": shortcut_sheet,
    "examples dialog": lambda: ExamplesDialog(EXAMPLES),
    "unsaved dialog": lambda: UnsavedDialog("fruit"),
    "recovery dialog": lambda: RecoveryDialog("fruit", "14:03"),
    "error dialog": error_dialog,
    "share dialog": share_dialog,
    "share dialog busy": share_dialog_busy,
    "settings dialog": lambda: SettingsDialog(WindowSettings(), ["HDMI"]),
    **panels.PANELS,
    **run_panels.PANELS,
    **sweep_panels.PANELS,
    **panels.PLOTS,
}

OWN_WORDS = (
    "Height",
    "Squishiness",
    "Skin colour",
    "Hidden",
    "Ripe?",
    "Ripe",
    "ripe",
    "yes",
    "fruit.csv",
    "fruit",
    "weight",
    "size",
    "colour",
    "good",
    "blue",
    "green",
    "red",
    "HDMI",
    "x₁",
    "x₂",
    "sin",
    "NumPy",
    "Adam",
    "tanh",
    "UTF-8",
    *SPECIES,
    "Species",
    "Price",
    "MAE",
    "Ctrl",
    *panels.OWN_WORDS,
    *run_panels.OWN_WORDS,
)
"""The person's own words in the gallery, and names that no language changes."""


def _inspector(scene: Scene, selection: Selection) -> QWidget:
    made = InspectorPanel()
    targets = tuple(target.name for target in scene.dataset.targets)
    made.sync(scene.stage("numbers", selection), scene.dataset.feature_names, targets)
    return _column(RIGHT_PX, made)


def _column(width_px: int, panel: QWidget) -> QWidget:
    made = SideColumn("", width_px, panel)
    made.resize(width_px, 620)
    return made


def _in_window(bar: QWidget, width_px: int = WINDOW_PX) -> QWidget:
    """A bar in a window, which lays it out."""
    window = QMainWindow()
    middle = QWidget()
    rows = QVBoxLayout(middle)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(bar)
    window.setCentralWidget(middle)
    window.resize(width_px, 60)
    assert window.minimumSizeHint().width() <= width_px
    return window
