"""Shows a table that was opened, and asks what to predict from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from playground.model.errors import DataError
from playground.model.experiment import ColumnKind, Table, TableData
from playground.model.keys import Level, Scaling
from playground.model.message import Message, message
from playground.model.table_facts import (
    USES,
    ColumnFacts,
    Use,
    column_facts,
    kept_table,
    problems,
    refusal,
)
from widgets.controls.buttons import Button
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labelled_choice import LabelledChoice
from widgets.controls.labels import Label
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.controls.toggle import Toggle
from widgets.dialogs.column_table import KIND_WORDS, USE_WORDS, ColumnTable
from widgets.dialogs.dialog import Dialog
from widgets.dialogs.text_table import TextTable
from widgets.names import SCALING_NAMES
from widgets.text import pick, say

PREVIEW_ROWS = 50
MOST_PROBLEMS = 4
"""More sentences at once nobody reads."""
TEST_SHARE = 0.25
DELIMITERS = {
    ",": message("commas"),
    ";": message("semicolons"),
    "\t": message("tabs"),
    "|": message("upright strokes"),
    " ": message("spaces"),
}


class Cells(Protocol):
    """The cells of a file as texts."""

    @property
    def names(self) -> Sequence[str]:
        """One per column."""
        ...

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The rows below the names."""
        ...


class Reading(Protocol):
    """A table that was read, and what was recognised in it."""

    @property
    def table(self) -> Table:
        """The columns that can be used."""
        ...

    @property
    def notes(self) -> tuple[Message, ...]:
        """What people should know."""
        ...

    @property
    def text(self) -> Cells:
        """The cells as they stand in the file."""
        ...

    @property
    def delimiter(self) -> str:
        """The sign between cells."""
        ...

    @property
    def encoding(self) -> str:
        """The encoding of the file."""
        ...

    @property
    def header(self) -> bool:
        """Whether the first row names the columns."""
        ...


class TableDialog(Dialog):
    """When it is accepted, `spec` says what to learn from the table."""

    header_requested = Signal(bool)
    """The table is to be read again, with the first row as names or as values."""

    def __init__(
        self,
        name: str,
        reading: Reading,
        scaling: Scaling,
        level: Level,
        retyped: Callable[[Table, Collection[str]], Table],
        parent: QWidget | None = None,
    ) -> None:
        """Show a table.

        retyped : the table with columns of numbers read as classes; raises DataError where it cannot
        """
        super().__init__(name, parent, width_px=820)
        self._level = level
        self._reading = reading
        self._table = reading.table
        self._scaling = scaling
        self._retyped = retyped
        self._uses: dict[str, Use] = {}
        self._facts: tuple[ColumnFacts, ...] = ()
        self._as_classes: frozenset[str] = frozenset()
        self.recognised = Label("", "muted")
        self.notes = Label("", "muted")
        self.shown = SegmentedControl(
            self.tr("What is shown"),
            (
                Segment("columns", self.tr("Columns"), self.tr("What is in each column, and what it is for")),
                Segment("rows", self.tr("First rows"), self.tr("The first rows as they stand in the file")),
            ),
        )
        self.columns = ColumnTable(self.tr("The columns of the table"))
        self.preview = TextTable(self.tr("The first rows"))
        self._pages = QStackedWidget()
        self.header = Toggle(
            self.tr("The first row holds the names of the columns"),
            self.tr("Read the file again with the first row as names, or as values"),
        )
        self.use = ChoiceBox(
            self.tr("What to do with it"),
            self.tr("Whether the network reads the chosen columns, learns to answer them, or neither"),
            [Choice(use, say(USE_WORDS[use])) for use in USES],
        )
        self.kind = ChoiceBox(
            self.tr("Kind"),
            self.tr("Numbers that stand for kinds of things, such as 1, 2 and 3, are better read as texts"),
            [Choice(kind, say(words)) for kind, words in KIND_WORDS.items()],
        )
        self.of_chosen = Label("", "strong")
        self.scaling = LabelledChoice(
            self.tr("Scaling"), self.tr("How the numbers of a column are brought to one size"), SCALING_NAMES
        )
        self.complaint = Label("", "complaint")
        self.problems = Label("", "muted")
        self.cancel = Button(self.tr("Cancel"), self.tr("Close this and leave everything as it is (Esc)"))
        self.draw = Button(
            self.tr("Draw a network that fits"),
            self.tr("Draw a network with an input for every column and an output for what is predicted"),
            "primary",
        )
        self._arrange()
        self.add_button(self.cancel)
        self.add_button(self.draw, is_default=True)
        self.header.toggled.connect(self.header_requested)
        self.shown.chosen.connect(self._show_page)
        self.columns.chosen_changed.connect(self._show_chosen)
        self.use.chosen.connect(self._use_chosen)
        self.kind.chosen.connect(self._kind_chosen)
        self.scaling.chosen.connect(self._scaling_chosen)
        self.cancel.clicked.connect(self.reject)
        self.draw.clicked.connect(self.accept)
        self.set_reading(reading, scaling)

    @property
    def spec(self) -> TableData:
        """What to learn from the table, as it is chosen now."""
        return TableData(
            kept_table(self._table, self._uses),
            self.answers(),
            test_share=TEST_SHARE,
            scaling=self._scaling,
        )

    def answers(self) -> tuple[str, ...]:
        """Names of the columns that the network learns to answer."""
        return tuple(name for name, use in self._uses.items() if use == "answer")

    def set_reading(self, reading: Reading, scaling: Scaling) -> None:
        """Show a table, and the scaling that suits it; the last column is what is predicted at first."""
        self._reading, self._scaling = reading, scaling
        self._as_classes, self._table = frozenset(), reading.table
        self.recognised.set_text(say(recognised(reading)))
        self.notes.set_text("\n".join(say(note) for note in reading.notes))
        self.notes.setVisible(bool(reading.notes))
        self.preview.set_texts(reading.text.names, reading.text.rows[:PREVIEW_ROWS])
        with QSignalBlocker(self.header):
            self.header.setChecked(reading.header)
        name = pick(self._level, self.tr("Size of the numbers"), self.tr("Scaling"))
        self.scaling.sync(name, scaling, self._level)
        self._facts = column_facts(self._table)
        self._uses = dict.fromkeys([column.name for column in self._table.columns], "read")
        self.answer(self._table.columns[-1].name)

    def answer(self, *names: str) -> None:
        """Let the network learn to answer these columns and read all others that are not left out."""
        for name, use in self._uses.items():
            self._uses[name] = "answer" if name in names else "read" if use == "answer" else use
        self._show()
        if names:
            self.columns.choose(names[-1])

    def set_use(self, names: Iterable[str], use: Use) -> None:
        """Say what becomes of some columns."""
        self._uses |= dict.fromkeys(names, use)
        self._show()

    def set_kind(self, names: Collection[str], kind: ColumnKind) -> None:
        """Read columns as numbers or as texts; where that is not possible, say why."""
        wanted = self._as_classes | set(names) if kind == "class" else self._as_classes - set(names)
        known = {column.name: column.kind for column in self._reading.table.columns}
        texts = [name for name in names if known[name] == "class"]
        if kind == "number" and texts:
            self._complain(message("“{name}” holds texts, which are no numbers.", name=texts[0]))
            self._show_chosen()
            return
        wanted = frozenset(name for name in wanted if known[name] == "number")
        try:
            self._table = self._retyped(self._reading.table, wanted)
        except DataError as error:
            self._complain(error.message)
            self._show_chosen()
            return
        self._as_classes = wanted
        self._facts = column_facts(self._table)
        self._show()

    def _arrange(self) -> None:
        for page in (self.columns, self.preview):
            self._pages.addWidget(page)
        self._pages.setMinimumHeight(150)
        of_columns = QHBoxLayout()
        of_columns.setSpacing(12)
        of_columns.addWidget(self.of_chosen, 1)
        of_columns.addWidget(self.use)
        of_columns.addWidget(self.kind)
        chosen = QWidget()
        chosen.setLayout(of_columns)
        of_columns.setContentsMargins(0, 0, 0, 0)
        for part in (self.recognised, self.notes):
            self.add(part)
        self.add(FlowRow(self.shown, self.header))
        self.add(self._pages, 1)
        self.add(chosen)
        for part in (self.complaint, self.problems):
            self.add(part)
        self.add(self.scaling)

    def _show(self) -> None:
        """Show what is chosen for the columns, and what is to be said about it."""
        self.columns.set_facts(self._facts, self._uses)
        self._show_chosen()
        refused = refusal(self._table, self._facts, self._uses)
        self._complain(refused)
        self.draw.setEnabled(refused is None)
        said = () if refused is not None else problems(self._table, self._facts, self._uses)
        self.problems.set_text("\n".join(say(text) for text in said[:MOST_PROBLEMS]))
        self.problems.setVisible(bool(said))

    def _show_chosen(self) -> None:
        """Show of the chosen columns what they have in common."""
        names = self.columns.chosen
        uses = {self._uses[name] for name in names}
        kinds = {column.kind for column in self._facts if column.name in names}
        for box, found in ((self.use, uses), (self.kind, kinds)):
            box.set_current(next(iter(found)) if len(found) == 1 else "")
            box.setEnabled(bool(names))
        if len(names) == 1:
            self.of_chosen.set_text(names[0])
        else:
            self.of_chosen.set_text(say(message("{count} columns are chosen", count=len(names))))

    def _show_page(self, key: str) -> None:
        self._pages.setCurrentIndex(("columns", "rows").index(key))

    def _use_chosen(self, key: str) -> None:
        self.set_use(self.columns.chosen, cast("Use", key))

    def _kind_chosen(self, key: str) -> None:
        self.set_kind(self.columns.chosen, cast("ColumnKind", key))

    def _complain(self, what: Message | None) -> None:
        self.complaint.set_text("" if what is None else say(what))
        self.complaint.setVisible(what is not None)

    def _scaling_chosen(self, key: str) -> None:
        self._scaling = cast("Scaling", key)


def recognised(reading: Reading) -> Message:
    """What the file was found to be."""
    rows, columns = reading.table.cells.shape
    return message(
        "{rows} rows and {columns} columns, with {delimiter} between the cells, written in {encoding}.",
        rows=rows,
        columns=columns,
        delimiter=DELIMITERS.get(reading.delimiter, message("“{sign}”", sign=reading.delimiter)),
        encoding=reading.encoding.upper(),
    )
