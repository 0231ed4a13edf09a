"""The data that the network learns from: which, how much, and what is kept for testing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from playground.model import edits
from playground.model.dataset import Dataset
from playground.model.experiment import BuiltInData, DataSpec, TableData
from playground.model.keys import Level, Scaling
from playground.model.limits import MAX_SEED
from playground.model.message import Message, format_exact, format_number, message
from playground.model.points import colour_count, own_points
from playground.model.thumbnail import Thumbnail
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labelled_choice import LabelledChoice
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.labels import Label
from widgets.controls.number_field import NumberField
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.controls.thumbnail_card import ThumbnailCard
from widgets.controls.toggle import Toggle
from widgets.names import SCALING_NAMES, readable
from widgets.offers import Offer
from widgets.text import pick, say


class DataPanel(QWidget):
    """Chooses the data, and says what it holds."""

    edit_requested = Signal(object)
    dataset_requested = Signal(str)
    """The key of a built-in data set; a network that fits comes with it."""
    table_requested = Signal()
    points_requested = Signal(int)
    """Own points are to be painted, with so many colours; 0 for as many as there are."""

    def __init__(self, offers: Sequence[Offer], thumbnail: Callable[[str], Thumbnail] | None = None) -> None:
        """Offer built-in data sets; `thumbnail` gives the picture of a key, and may come later."""
        super().__init__()
        self._offers = {offer.key: offer for offer in offers}
        self._thumbnail = thumbnail
        self._spec: DataSpec | None = None
        self._drawn: DataSpec | None = None
        self.heading = Label(self.tr("Data"), "heading")
        self.cards = {
            offer.key: ThumbnailCard(say(offer.title), say(offer.sentence))
            for offer in offers
            if offer.base == offer.key
        }
        self.sentence = Label("", "caption")
        self.colours = SegmentedControl(
            self.tr("Number of colours"),
            [
                Segment(str(count), str(count), self.tr("Tell apart points of so many colours"))
                for count in sorted({offer.n_colours for offer in offers if offer.n_colours})
            ],
        )
        self.colours_row = FlowRow(Label(self.tr("Colours"), wraps=False), self.colours)
        self.open_table = Button(
            self.tr("Open a table…"), self.tr("Learn from a table of your own: a CSV file (Ctrl+Shift+O)")
        )
        self.own_points = Button(
            self.tr("Own points"),
            self.tr("Paint points on the map: those that are there now, or none, to begin with"),
        )
        self.facts = Label("", "caption")
        self.noise = LabelledSlider(
            self.tr("Noise"),
            self.tr("How wrong the measurements in the data are"),
            Scale(0.0, 0.5, digits=2),
            bounds=Bounds(minimum=0.0),
        )
        self.count = LabelledSlider(
            self.tr("Rows"),
            self.tr("How many rows there are to learn from and to test with"),
            Scale(10, 5000, log=True, whole=True, digits=2),
            bounds=Bounds(minimum=2, maximum=200_000, whole=True),
        )
        self.test_share = LabelledSlider(
            self.tr("Kept for testing"),
            self.tr(
                "Rows that the network never learns from; they show whether it understands or only repeats"
            ),
            Scale(0.0, 0.9, digits=2),
            bounds=Bounds(minimum=0.0, maximum=1.0),
            brief=as_percent,
        )
        self.scaling = LabelledChoice(
            self.tr("Scaling"), self.tr("How the numbers of a column are brought to one size"), SCALING_NAMES
        )
        self.keep_order = Toggle(
            self.tr("Keep the order"), self.tr("Keep the last rows for testing instead of any rows")
        )
        self.regenerate = Button(
            self.tr("Other rows"),
            self.tr("Draw other rows of the same kind, or share them out anew; the network stays as it is"),
        )
        self.regenerated = Label("", "caption")
        self.seed = NumberField(
            self.tr("Seed of the rows"),
            self.tr("The number that the rows are drawn from: the same number gives the same rows again"),
            Bounds(minimum=0, maximum=MAX_SEED - 1, whole=True),
            inline=True,
            brief=format_exact,
        )
        self.seed_row = FlowRow(Label(self.tr("Seed"), wraps=False), self.seed)
        self._arrange()
        self._connect()
        self._show_pictures()

    def set_thumbnails(self, thumbnail: Callable[[str], Thumbnail]) -> None:
        """Show the pictures of the data sets: `thumbnail` gives that of a key."""
        self._thumbnail = thumbnail
        self._show_pictures()

    def sync(self, spec: DataSpec | None, dataset: Dataset | None, level: Level) -> None:
        """Show a data spec and the rows that it gives; None while they are being read."""
        self._spec = spec
        self._show_choice(spec)
        is_built_in = isinstance(spec, BuiltInData)
        offer = self._offers.get(spec.name) if isinstance(spec, BuiltInData) else None
        self.noise.setVisible(is_built_in)
        self.count.setVisible(is_built_in and offer is not None and offer.max_count is None)
        self.regenerate.setVisible(spec is not None)
        self.regenerated.setVisible(spec is not None and spec == self._drawn)
        self.seed_row.setVisible(spec is not None)
        self.test_share.setVisible(spec is not None)
        is_table = isinstance(spec, TableData) and own_points(spec) is None
        self.scaling.setVisible(is_table)
        self.keep_order.setVisible(is_table)
        if isinstance(spec, BuiltInData):
            self.noise.set_number(spec.noise)
            self.count.set_number(spec.count)
        if isinstance(spec, TableData):
            name = pick(level, self.tr("Size of the numbers"), self.tr("Scaling"))
            self.scaling.sync(name, spec.scaling, level)
            with QSignalBlocker(self.keep_order):
                self.keep_order.setChecked(spec.split == "last")
        if spec is not None:
            self.test_share.set_number(spec.test_share)
            self.seed.set_number(spec.seed)
        texts = (NO_DATA,) if spec is None else facts(dataset) if dataset is not None else ()
        self.facts.set_text("\n".join(say(text) for text in texts))
        self.facts.setVisible(bool(texts))

    def _arrange(self) -> None:
        rows = column(self, gap_px=10)
        rows.addWidget(self.heading)
        for family in dict.fromkeys(self._offers[key].family for key in self.cards):
            mine = [card for key, card in self.cards.items() if self._offers[key].family == family]
            rows.addWidget(FlowRow(*mine, hangs=True))
        for part in (
            self.sentence,
            self.colours_row,
            FlowRow(self.open_table, self.own_points, self.regenerate),
            self.regenerated,
            self.facts,
            self.noise,
            self.count,
            self.test_share,
            self.scaling,
            self.keep_order,
            self.seed_row,
        ):
            rows.addWidget(part)

    def _connect(self) -> None:
        for key, card in self.cards.items():
            card.clicked.connect(partial(self._card_clicked, key))
        self.colours.chosen.connect(self._colours_chosen)
        self.open_table.clicked.connect(self.table_requested)
        self.own_points.clicked.connect(self._points_asked)
        self.noise.changed.connect(self._noise_changed)
        self.count.changed.connect(self._count_changed)
        self.test_share.changed.connect(self._test_share_changed)
        self.scaling.chosen.connect(self._scaling_chosen)
        self.keep_order.toggled.connect(self._order_toggled)
        self.regenerate.clicked.connect(self._regenerate_asked)
        self.seed.entered.connect(self._seed_entered)

    def _show_choice(self, spec: DataSpec | None) -> None:
        offer = self._offers.get(spec.name) if isinstance(spec, BuiltInData) else None
        base = "" if offer is None else offer.base
        for name, card in self.cards.items():
            card.setChecked(name == base)
        self._show_pictures()
        painted = own_points(spec)
        n_painted = 0 if painted is None else colour_count(painted.table)
        self.own_points.setVisible(painted is None)
        self.sentence.setVisible(offer is not None or painted is not None)
        self.colours_row.setVisible(n_painted > 0 or (offer is not None and offer.n_colours > 0))
        if painted is not None:
            self.sentence.set_text(self.tr("Your own points: choose a colour below the map, and paint."))
            self.colours.set_current(str(n_painted))
        if offer is not None:
            self.sentence.set_text(say(offer.sentence))
            if offer.n_colours:
                self.colours.set_current(str(offer.n_colours))

    def _show_pictures(self) -> None:
        """Show the picture of each set; where one of its colours is chosen, that of so many colours."""
        if self._thumbnail is None:
            return
        offer = self._offers.get(self._spec.name) if isinstance(self._spec, BuiltInData) else None
        for name, card in self.cards.items():
            card.set_thumbnail(
                self._thumbnail(offer.key if offer is not None and name == offer.base else name)
            )

    def _card_clicked(self, chosen: str) -> None:
        self._show_choice(self._spec)
        present = self._offers.get(self._spec.name) if isinstance(self._spec, BuiltInData) else None
        if present is None or present.base != chosen:
            self.dataset_requested.emit(chosen)

    def _points_asked(self) -> None:
        self.points_requested.emit(0)

    def _colours_chosen(self, count: str) -> None:
        painted = own_points(self._spec)
        if painted is not None:
            if colour_count(painted.table) != int(count):
                self._show_choice(self._spec)
                self.points_requested.emit(int(count))
            return
        present = self._offers.get(self._spec.name) if isinstance(self._spec, BuiltInData) else None
        if present is None or str(present.n_colours) == count:
            return
        self._show_choice(self._spec)
        for offer in self._offers.values():
            if offer.base == present.base and str(offer.n_colours) == count:
                self.dataset_requested.emit(offer.key)

    def _noise_changed(self, value: float, gesture: str | None) -> None:
        if isinstance(self._spec, BuiltInData):
            self._ask(replace(self._spec, noise=value), gesture)

    def _count_changed(self, value: float, gesture: str | None) -> None:
        if isinstance(self._spec, BuiltInData):
            self._ask(replace(self._spec, count=round(value)), gesture)

    def _test_share_changed(self, value: float, gesture: str | None) -> None:
        if self._spec is not None:
            self._ask(replace(self._spec, test_share=value), gesture)

    def _scaling_chosen(self, key: str) -> None:
        if isinstance(self._spec, TableData):
            self._ask(replace(self._spec, scaling=cast("Scaling", key)), None)

    def _order_toggled(self, is_on: bool) -> None:
        if isinstance(self._spec, TableData):
            self._ask(replace(self._spec, split="last" if is_on else "shuffled"), None)

    def _regenerate_asked(self) -> None:
        if self._spec is not None:
            self._draw((self._spec.seed + 1) % MAX_SEED)

    def _seed_entered(self, seed: float) -> None:
        if self._spec is not None and round(seed) != self._spec.seed:
            self._draw(round(seed))

    def _draw(self, seed: int) -> None:
        """Ask for the rows of another seed, and say what becomes of the network once they are there."""
        assert self._spec is not None
        self._drawn = replace(self._spec, seed=seed)
        is_table = isinstance(self._spec, TableData)
        self.regenerated.set_text(say(SHARED_OUT_ANEW if is_table else DRAWN_ANEW))
        self._ask(self._drawn, None)

    def _ask(self, spec: DataSpec, gesture: str | None) -> None:
        edit = edits.set_data(spec)
        self.edit_requested.emit(edit if gesture is None else replace(edit, merge=f"data {gesture}"))


def facts(dataset: Dataset) -> tuple[Message, ...]:
    """What a data set holds: rows, what is to be predicted, classes, and what was left out."""
    train, test = len(dataset.train), len(dataset.test)
    found = [
        message(
            "{rows} rows: {train} to learn from, {test} kept for testing.",
            rows=train + test,
            train=train,
            test=test,
        )
    ]
    predicted = dict.fromkeys(target.name.partition("=")[0] for target in dataset.targets)
    for part in dataset.table.columns:
        if part.name not in predicted:
            continue
        if part.kind == "class":
            found.append(
                message(
                    "To answer: {column} ({classes}).",
                    column=readable(part.name),
                    classes=", ".join(part.classes),
                )
            )
        else:
            found.append(message("To answer: {column}, a number.", column=readable(part.name)))
    if dataset.left_out:
        found.append(message("Rows left out because something is missing: {count}.", count=dataset.left_out))
    return tuple(found)


def as_percent(share: float) -> str:
    """A share as text: "50 %"."""
    return f"{format_number(round(share * 100, 1))}\N{NO-BREAK SPACE}%"


DRAWN_ANEW = message(
    "These are other rows of the same kind. The network keeps its weights; "
    "the losses are those of the new rows."
)
SHARED_OUT_ANEW = message(
    "Other rows are kept for testing now. The network keeps its weights, and may have seen some of them."
)
NO_DATA = message("No data yet. Choose an example above, or open a table of your own.")
