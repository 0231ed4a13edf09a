"""Everything that can be done by a menu, a button or a key: one table, from which all of them are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

TABLE_CONTEXT = "Actions"


def mark(text: str) -> str:
    """Mark a literal for the translators; it is translated where the action is made."""
    return text


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: its name in the code, its words, its keys, and what its tooltip says."""

    name: str
    menu: str
    text: str
    keys: tuple[str, ...]
    tip: str
    checkable: bool = False


FILE, EDIT, DRAW, PASS, LEARN, VIEW, HELP = (
    mark("&File"),
    mark("&Edit"),
    mark("&Draw"),
    mark("&Pass"),
    mark("&Learn"),
    mark("&View"),
    mark("&Help"),
)

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("new", FILE, mark("New"), ("Ctrl+N",), mark("Begin with an empty stage")),
    ActionSpec(
        "open",
        FILE,
        mark("Open…"),
        ("Ctrl+O",),
        mark("Open a saved network, a table, or a model in the form ONNX"),
    ),
    ActionSpec(
        "open_table",
        FILE,
        mark("Open a table…"),
        ("Ctrl+Shift+O",),
        mark("Learn from a table of your own: a CSV file"),
    ),
    ActionSpec(
        "paste_table",
        FILE,
        mark("Paste a table…"),
        ("Ctrl+Shift+V",),
        mark("Learn from cells that were copied in a spreadsheet"),
    ),
    ActionSpec("examples", FILE, mark("Examples…"), ("Ctrl+E",), mark("Open one of the examples")),
    ActionSpec("save", FILE, mark("Save"), ("Ctrl+S",), mark("Save the network with its values")),
    ActionSpec("save_as", FILE, mark("Save as…"), ("Ctrl+Shift+S",), mark("Save under another name")),
    ActionSpec(
        "save_picture",
        FILE,
        mark("Save as a picture…"),
        ("Ctrl+Shift+P",),
        mark("Save what the room shows as a picture: the stage as PNG or SVG, a plot as PNG"),
    ),
    ActionSpec(
        "save_animation",
        FILE,
        mark("Save the pass as an animation…"),
        ("Ctrl+Shift+G",),
        mark("Save the whole pass as a film: GIF or MP4"),
    ),
    ActionSpec(
        "take_out",
        FILE,
        mark("Share…"),
        ("Ctrl+Shift+E",),
        mark("Take pictures, films, plots, code, the calculation or the data out of this window"),
    ),
    ActionSpec(
        "answer_rows",
        FILE,
        mark("Answer new rows…"),
        ("Ctrl+R",),
        mark("Open a table and get the network's answer for each row"),
    ),
    ActionSpec("quit", FILE, mark("Quit"), ("Ctrl+Q",), mark("Close the window")),
    ActionSpec(
        "undo", EDIT, mark("Undo"), ("Ctrl+Z",), mark("Take back the last change; what was learned stays")
    ),
    ActionSpec("redo", EDIT, mark("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), mark("Make the change again")),
    ActionSpec("cut", EDIT, mark("Cut"), ("Ctrl+X",), mark("Take the chosen nodes out and keep a copy")),
    ActionSpec("copy", EDIT, mark("Copy"), ("Ctrl+C",), mark("Copy the chosen nodes and what joins them")),
    ActionSpec(
        "paste",
        EDIT,
        mark("Paste"),
        ("Ctrl+V",),
        mark("Put the copied nodes on the stage, or learn from copied cells"),
    ),
    ActionSpec(
        "duplicate", EDIT, mark("Duplicate"), ("Ctrl+D",), mark("Copy the chosen nodes beside themselves")
    ),
    ActionSpec("delete", EDIT, mark("Delete"), ("Del",), mark("Take the chosen nodes and edges out")),
    ActionSpec("select_all", EDIT, mark("Choose all"), ("Ctrl+A",), mark("Choose every node")),
    ActionSpec("rename", EDIT, mark("Rename"), ("F2",), mark("Give the chosen node another name")),
    ActionSpec("settings", EDIT, mark("Settings…"), ("Ctrl+,",), mark("Theme, sizes and motion")),
    ActionSpec(
        "tool_select",
        DRAW,
        mark("Select"),
        ("V",),
        mark("Choose, move and change what is drawn"),
        True,
    ),
    ActionSpec(
        "tool_add",
        DRAW,
        mark("Add node"),
        ("Shift+N",),
        mark("Place new nodes by clicking"),
        True,
    ),
    ActionSpec("add_input", DRAW, mark("Add an input"), ("Shift+I",), mark("Add a node that reads a value")),
    ActionSpec(
        "add_hidden",
        DRAW,
        mark("Add a hidden node"),
        ("Shift+H",),
        mark("Add a node between inputs and outputs"),
    ),
    ActionSpec(
        "add_output", DRAW, mark("Add an output"), ("Shift+O",), mark("Add a node that gives an answer")
    ),
    ActionSpec(
        "tool_connect",
        DRAW,
        mark("Connect"),
        ("L",),
        mark("Draw edges from node to node"),
        True,
    ),
    ActionSpec(
        "tool_erase",
        DRAW,
        mark("Erase"),
        ("X",),
        mark("Take out nodes and edges by clicking them"),
        True,
    ),
    ActionSpec(
        "add_layer",
        DRAW,
        mark("Add layer…"),
        ("Ctrl+L",),
        mark("Put a whole layer of nodes in front of the outputs"),
    ),
    ActionSpec(
        "tidy",
        DRAW,
        mark("Tidy up"),
        ("Ctrl+T",),
        mark("Arrange the nodes in layers with few crossings"),
    ),
    ActionSpec(
        "connect_selected",
        DRAW,
        mark("Connect two groups"),
        ("Ctrl+J",),
        mark("Draw an edge from every chosen node of one layer to every chosen node of the next"),
    ),
    ActionSpec("group", DRAW, mark("Make one layer"), ("Ctrl+G",), mark("Let the chosen nodes be one layer")),
    ActionSpec(
        "share",
        DRAW,
        mark("Share one weight"),
        ("Ctrl+K",),
        mark("Let the chosen edges have one weight between them"),
    ),
    ActionSpec(
        "unshare",
        DRAW,
        mark("Weights of their own"),
        ("Ctrl+Shift+K",),
        mark("Give each of the chosen edges a weight of its own"),
    ),
    ActionSpec("play", PASS, mark("Play"), ("P",), mark("Let the pass run, or hold it")),
    ActionSpec("step_forward", PASS, mark("Step forward"), ("]",), mark("Go to the end of this step")),
    ActionSpec("step_back", PASS, mark("Step back"), ("[",), mark("Go back to the start of this step")),
    ActionSpec("pass_start", PASS, mark("To the start"), ("Alt+Home",), mark("Go to the start of the pass")),
    ActionSpec("pass_end", PASS, mark("To the end"), ("Alt+End",), mark("Go to the end of the pass")),
    ActionSpec("next_phase", PASS, mark("Next phase"), ("PgDown",), mark("Jump to the next phase")),
    ActionSpec("previous_phase", PASS, mark("Previous phase"), ("PgUp",), mark("Jump to the phase before")),
    ActionSpec(
        "leave_pass", PASS, mark("Leave the pass"), ("Ctrl+.",), mark("Show the values at rest again")
    ),
    ActionSpec(
        "next_example",
        PASS,
        mark("Next example"),
        ("Ctrl+]",),
        mark("Keep what this example teaches, and take the next one"),
    ),
    ActionSpec(
        "previous_example",
        PASS,
        mark("Previous example"),
        ("Ctrl+[",),
        mark("Take the example before this one"),
    ),
    ActionSpec(
        "train", LEARN, mark("Train"), ("F6",), mark("Let the network learn from all examples, or pause")
    ),
    ActionSpec("one_epoch", LEARN, mark("One epoch"), ("F7",), mark("Learn from every example once")),
    ActionSpec("one_batch", LEARN, mark("One batch"), ("F8",), mark("Learn from the next few examples")),
    ActionSpec(
        "start_over",
        LEARN,
        mark("Start over"),
        ("F9",),
        mark("Go back to the weights that learning began with"),
    ),
    ActionSpec(
        "new_start",
        LEARN,
        mark("New start"),
        ("Shift+F9",),
        mark("Draw other weights and begin to learn anew"),
    ),
    ActionSpec(
        "look_back",
        LEARN,
        mark("Look back"),
        ("Alt+Left",),
        mark("Show the network as it was a little earlier in this run; nothing changes by it"),
    ),
    ActionSpec(
        "look_on",
        LEARN,
        mark("Look forward"),
        ("Alt+Right",),
        mark("Show it as it was a little later"),
    ),
    ActionSpec(
        "back_to_now", LEARN, mark("Back to now"), ("Alt+Down",), mark("Show what the network knows now")
    ),
    ActionSpec(
        "continue_here",
        LEARN,
        mark("Continue from here"),
        ("Alt+Up",),
        mark("Let the network have the weights that are shown again, and learn on from them as a new run"),
    ),
    ActionSpec(
        "compare_runs",
        LEARN,
        mark("Compare runs…"),
        ("Ctrl+Shift+F6",),
        mark("See all runs in one table: what differs, and what came of it"),
    ),
    ActionSpec(
        "web_playground",
        LEARN,
        mark("As in the web playground"),
        ("Ctrl+F9",),
        mark("Take the circle, network and settings that the web’s best known playground begins with"),
    ),
    ActionSpec(
        "sweep",
        LEARN,
        mark("Try several settings…"),
        ("Ctrl+F6",),
        mark("Let the network learn several times, with other settings each time, and compare"),
    ),
    ActionSpec(
        "fast_kernel",
        LEARN,
        mark("Fast kernel"),
        ("F10",),
        mark("Learn many times faster: compiled code on all cores does the multiplying, instead of NumPy"),
        True,
    ),
    ActionSpec("level_words", VIEW, mark("Words"), ("Alt+1",), mark("Explain in plain words"), True),
    ActionSpec("level_numbers", VIEW, mark("Numbers"), ("Alt+2",), mark("Explain with the arithmetic"), True),
    ActionSpec("level_maths", VIEW, mark("Maths"), ("Alt+3",), mark("Explain with formulas"), True),
    ActionSpec(
        "room_play", VIEW, mark("Play"), ("Ctrl+5",), mark("Draw a network and follow its numbers"), True
    ),
    ActionSpec(
        "room_kernels",
        VIEW,
        mark("Kernels"),
        ("Ctrl+7",),
        mark("See how fast this computer multiplies, and choose what training uses"),
        True,
    ),
    ActionSpec("zoom_fit", VIEW, mark("Show everything"), ("Ctrl+0",), mark("Fit the whole network in")),
    ActionSpec("zoom_in", VIEW, mark("Zoom in"), ("Ctrl++", "Ctrl+="), mark("Show the network larger")),
    ActionSpec("zoom_out", VIEW, mark("Zoom out"), ("Ctrl+-",), mark("Show the network smaller")),
    ActionSpec("side_data", VIEW, mark("Data"), ("Ctrl+1",), mark("Show what the network learns from")),
    ActionSpec(
        "side_settings", VIEW, mark("Learning settings"), ("Ctrl+2",), mark("Show how the network learns")
    ),
    ActionSpec(
        "side_outline", VIEW, mark("Outline"), ("Ctrl+3",), mark("Show every node and number as a list")
    ),
    ActionSpec(
        "maps_on",
        VIEW,
        mark("Maps in all nodes"),
        ("Alt+7",),
        mark("Show in every node what it answers all over the data"),
        True,
    ),
    ActionSpec(
        "maps_hover",
        VIEW,
        mark("Maps where I point"),
        ("Alt+8",),
        mark("Show what a node answers all over the data while it is pointed at or chosen"),
        True,
    ),
    ActionSpec(
        "maps_off",
        VIEW,
        mark("No maps in nodes"),
        ("Alt+9",),
        mark("Show nodes with their numbers alone"),
        True,
    ),
    ActionSpec("theme_light", VIEW, mark("Light"), ("Alt+4",), mark("Dark ink on a light ground"), True),
    ActionSpec("theme_dark", VIEW, mark("Dark"), ("Alt+5",), mark("Light ink on a dark ground"), True),
    ActionSpec(
        "theme_system",
        VIEW,
        mark("As the system"),
        ("Alt+6",),
        mark("Light or dark as the system is set"),
        True,
    ),
    ActionSpec("present", VIEW, mark("Present"), ("F5",), mark("Show the stage alone, full screen")),
    ActionSpec("shortcuts", HELP, mark("Keys…"), ("F1",), mark("Every key on one sheet")),
    ActionSpec("about", HELP, mark("About…"), ("Shift+F1",), mark("Version and licence")),
)

CHOICES: tuple[tuple[str, ...], ...] = (
    ("tool_select", "tool_add", "tool_connect", "tool_erase"),
    ("room_play", "room_kernels"),
    ("level_words", "level_numbers", "level_maths"),
    ("maps_on", "maps_hover", "maps_off"),
    ("theme_light", "theme_dark", "theme_system"),
)
"""Checkable actions of which one is chosen at a time."""

SWITCHES: tuple[str, ...] = ("fast_kernel",)
"""Checkable actions that are switched on and off by themselves."""


def translated(text: str) -> str:
    """Return an action's words in the language of the window."""
    return QCoreApplication.translate(TABLE_CONTEXT, text)


def make_actions(parent: QObject) -> Mapping[str, QAction]:
    """Return a QAction for every entry of the table, by name; the parent owns them."""
    actions = {}
    for spec in SPECS:
        action = QAction(translated(spec.text), parent)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        keys = ", ".join(
            sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in action.shortcuts()
        )
        tip = translated(spec.tip)
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        action.setStatusTip(tip)
        action.setCheckable(spec.checkable)
        actions[spec.name] = action
    return actions
