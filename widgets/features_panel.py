"""What the network reads: a chip for each column and feature, and a field for formulas of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from playground.model import edits, features
from playground.model.dataset import Dataset
from playground.model.features import FeatureOffer
from playground.model.limits import MAX_LABEL
from playground.model.message import message
from playground.model.network import Network
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.disclosure import Disclosure
from widgets.controls.flow_layout import FlowLayout
from widgets.controls.formula_field import FormulaField
from widgets.controls.labels import Label
from widgets.text import say

FEW = 12
"""Up to so many chips are always in sight; more are folded away."""
MOST = 400
"""More chips than this nobody looks through; such columns can be typed."""


class FeaturesPanel(QWidget):
    """A chip is on where an input node reads it; a click adds the node, or takes it away.

    edit_requested(Edit)
    """

    edit_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._network: Network | None = None
        self._offers: tuple[FeatureOffer, ...] = ()
        self.chips: dict[str, Button] = {}
        """The chip of each feature, by the feature."""
        self.heading = Label(self.tr("What the network reads"), "heading")
        self._few, self._many = QWidget(), QWidget()
        for place in (self._few, self._many):
            policy = place.sizePolicy()
            policy.setHeightForWidth(True)
            place.setSizePolicy(policy)
            FlowLayout(place, gap_px=6)
        self.folded = Disclosure("", self.tr("Choose the columns that the network reads"), self._many)
        self.constant = Label("", "caption")
        self.field = FormulaField(
            self.tr("Own formula"),
            self.tr(
                "A formula of columns: + − * / ^, brackets, and square sqrt abs sin cos exp log tanh. "
                "Names of several words stand in backquotes."
            ),
        )
        self.told = Label("", "complaint")
        self.add = Button(
            self.tr("Read this"),
            self.tr("Add an input that reads this formula, joined to the first layer"),
        )
        self.own = Disclosure(
            self.tr("Own formula…"),
            self.tr("Let the network read something that you work out from the columns"),
            self.field,
            self.told,
            self.add,
        )
        rows = column(self, gap_px=8)
        for part in (self.heading, self._few, self.folded, self.constant, self.own):
            rows.addWidget(part)
        self.field.textChanged.connect(self._check)
        self.field.taken.connect(self._add_own)
        self.add.clicked.connect(self._add_own)
        self.folded.opened.connect(self._fill_folded)
        self.sync(Network.build(), None)

    def sync(self, network: Network, dataset: Dataset | None) -> None:
        """Show what a network reads of a data set; without data there is nothing to choose."""
        if network is self._network and dataset is self._dataset:
            return
        is_new = dataset is not self._dataset
        self._network, self._dataset = network, dataset
        self.setVisible(dataset is not None)
        if dataset is None:
            return
        self._show_chips(_all_offers(network, dataset))
        if is_new:
            self.field.setPlaceholderText(features.example(dataset))
            self._show_constant(dataset)
        self._check()

    def _show_chips(self, offers: tuple[FeatureOffer, ...]) -> None:
        if offers != self._offers:
            self._offers = offers
            for chip in self.chips.values():
                chip.hide()
                chip.deleteLater()
            self.chips = {}
            is_few = len(offers) <= FEW
            self._few.setVisible(is_few)
            self.folded.setVisible(not is_few)
            if is_few or self.folded.heading.isChecked():
                self._make_chips(self._few if is_few else self._many)
        self._show_state()

    def _make_chips(self, place: QWidget) -> None:
        lines = place.layout()
        assert lines is not None
        for offer in self._offers[:MOST]:
            chip = Button(offer.label, "")
            chip.setCheckable(True)
            chip.clicked.connect(partial(self._chip_clicked, offer))
            self.chips[offer.feature] = chip
            lines.addWidget(chip)

    def _fill_folded(self, is_open: bool) -> None:
        if is_open and not self.chips:
            self._make_chips(self._many)
            self._show_state()

    def _show_state(self) -> None:
        """Let each chip say whether it is read."""
        if self._dataset is None or self._network is None:
            return
        names = [part.name for part in self._dataset.table.columns]
        known = features.all_readers(self._network, names)
        read = [offer for offer in self._offers if features.shape(offer.feature, names) in known]
        on = {offer.feature for offer in read}
        for offer in self._offers:
            chip = self.chips.get(offer.feature)
            if chip is None:
                continue
            with QSignalBlocker(chip):
                chip.setChecked(offer.feature in on)
            tip = (
                self.tr("On: an input reads this. Click to take the input and its edges away")
                if offer.feature in on
                else self.tr("Off: click to add an input that reads this, with edges to the first layer")
            )
            chip.setToolTip(f"{offer.label}\n{tip}")
            chip.setAccessibleDescription(tip)
        told = message("{read} of {count} are read", read=len(read), count=len(self._offers))
        self.folded.set_text(say(told), self.folded.heading.toolTip())

    def _show_constant(self, dataset: Dataset) -> None:
        found = features.constant_columns(dataset)
        if len(found) == 1:
            told = message(
                "“{name}” is the same in every row: nothing can be learned from it.", name=found[0]
            )
        else:
            told = message(
                "{count} columns are the same in every row: nothing can be learned from them.",
                count=len(found),
            )
        self.constant.set_text(say(told) if found else "")
        self.constant.setVisible(bool(found))

    def _chip_clicked(self, offer: FeatureOffer) -> None:
        if self._dataset is None or self._network is None:
            return
        names = [part.name for part in self._dataset.table.columns]
        is_read = bool(features.readers(self._network, offer.feature, names))
        if is_read:
            edit = edits.remove_feature(offer.feature, names, offer.label)
        else:
            edit = edits.add_feature(offer.feature, offer.label[:MAX_LABEL])
        self.edit_requested.emit(edit)
        self._show_state()  # until the network is another, the chip shows what holds

    def _check(self) -> None:
        """Say while somebody types whether the formula can be read."""
        typed = self.field.text().strip()
        if self._dataset is None or self._network is None or not typed:
            self._tell("", None, may_add=False)
            return
        verdict = features.check(self.field.text(), self._dataset, self._network)
        if verdict.problem is not None:
            self._tell(say(verdict.problem), (verdict.start, verdict.end), may_add=False)
        else:
            told = "" if verdict.warning is None else say(verdict.warning)
            self._tell(told, None, may_add=True)

    def _tell(self, text: str, wrong: tuple[int, int] | None, *, may_add: bool) -> None:
        self.told.set_text(text)
        self.told.setVisible(bool(text))
        self.field.set_wrong(wrong)
        self.add.setEnabled(may_add)

    def _add_own(self) -> None:
        if not self.add.isEnabled():
            return
        text = self.field.text().strip()
        self.field.clear()
        self.edit_requested.emit(edits.add_feature(text, text[:MAX_LABEL]))


def _all_offers(network: Network, dataset: Dataset) -> tuple[FeatureOffer, ...]:
    """What is offered, and after that what the network reads besides."""
    names = [part.name for part in dataset.table.columns]
    offered = features.offers(dataset)
    known = {features.shape(offer.feature, names) for offer in offered}
    own: list[FeatureOffer] = []
    for nodes in _in_order(network, names):
        node = network.nodes[nodes[0]]
        if node.feature is not None and features.shape(node.feature, names) not in known:
            own.append(FeatureOffer(node.feature, node.label or node.feature))
    return (*offered, *own)


def _in_order(network: Network, names: Sequence[str]) -> Sequence[tuple[int, ...]]:
    return tuple(features.all_readers(network, names).values())
