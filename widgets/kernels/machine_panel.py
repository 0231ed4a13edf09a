"""The computer itself: what it is, what was measured on it, and whether it has a GPU."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import Message
from playground.model.speed import MachineFacts, RungFacts
from widgets.controls.card import Card, column
from widgets.controls.disclosure import Disclosure
from widgets.controls.labels import Label
from widgets.kernels import machine_words as words
from widgets.text import say


class MachinePanel(QWidget):
    """Facts of the machine, one below another; why there is no GPU unfolds."""

    def __init__(self) -> None:
        super().__init__()
        self._machine: MachineFacts | None = None
        self._rungs: tuple[RungFacts, ...] = ()
        self._level: Level = "words"
        self.heading = Label(self.tr("This computer"), "heading")
        self.empty = Label(self.tr("Measuring what this computer can do at all…"), "muted")
        self.processor = Label("", "strong")
        self.facts = Label("", "muted")
        self.gpu = Label()
        self.reasons = Label("", "muted")
        self.why = Disclosure(
            self.tr("Why?"), self.tr("Show why each way to use a GPU cannot run here"), self.reasons
        )
        self.warning = Label()
        self.notice = Card(self.warning, look="notice")
        rows = column(self, gap_px=6)
        for part in (
            self.heading,
            self.empty,
            self.processor,
            self.facts,
            self.gpu,
            self.why,
            self.notice,
        ):
            rows.addWidget(part)
        self._renew()

    def set_machine(self, machine: MachineFacts) -> None:
        """Show a computer as measured."""
        if machine != self._machine:
            self._machine = machine
            self._renew()

    def set_rungs(self, rungs: Sequence[RungFacts]) -> None:
        """Take the reasons why a GPU cannot be used from these."""
        if tuple(rungs) != self._rungs:
            self._rungs = tuple(rungs)
            self._renew()

    def set_level(self, level: Level) -> None:
        """Tell it at another level."""
        if level != self._level:
            self._level = level
            self._renew()

    def _renew(self) -> None:
        machine = self._machine
        self.empty.setVisible(machine is None)
        for part in (self.processor, self.facts, self.gpu):
            part.setVisible(machine is not None)
        if machine is None:
            self.why.setVisible(False)
            self.notice.setVisible(False)
            return
        self.processor.set_text(say(words.processor(machine)))
        self.facts.set_text("\n".join(say(fact) for fact in self._facts(machine)))
        self.gpu.set_text(say(words.gpu(machine.adapters)))
        has_gpu = any(adapter.is_gpu for adapter in machine.adapters)
        reasons = words.why_no_gpu(machine.adapters, self._rungs)
        self.reasons.set_text("\n".join(say(reason) for reason in reasons))
        self.why.setVisible(not has_gpu)
        warning = words.overrides(machine)
        self.warning.set_text("" if warning is None else say(warning))
        self.notice.setVisible(warning is not None)

    def _facts(self, machine: MachineFacts) -> list[Message]:
        """Limits at every level; caches and the library behind NumPy from Numbers on."""
        found = list(words.limits(machine, self._level))
        if self._level != "words":
            cached = words.caches(machine)
            found += [*([] if cached is None else [cached]), words.blas(machine)]
        return found
