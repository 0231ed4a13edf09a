"""The four phases of a pass: their names, their colours, and their places on a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from playground.model.keys import Phase
from playground.model.message import Message, message
from resources.theme import Theme

PHASE_NAMES: Mapping[Phase, Message] = {
    "forward": message("Forward"),
    "loss": message("Loss"),
    "backward": message("Backward"),
    "update": message("Update"),
}


class Span(Protocol):
    """A phase's place on the timeline, in seconds at speed 1."""

    @property
    def phase(self) -> Phase:
        """Which phase it is."""
        ...

    @property
    def start_s(self) -> float:
        """When it begins."""
        ...

    @property
    def end_s(self) -> float:
        """When it ends."""
        ...


def phase_colours(theme: Theme) -> Mapping[Phase, str]:
    """The colour of each phase."""
    return {
        "forward": theme.positive,
        "loss": theme.muted,
        "backward": theme.backward,
        "update": theme.accent,
    }


def shared_out(room: float, lengths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Share room out in proportion to lengths, but give each at least its least; they add up to the room."""
    spare = room - sum(least)
    total = sum(max(0.0, length) for length in lengths)
    if spare <= 0 or total <= 0:
        scale = room / sum(least) if sum(least) > 0 else 0.0
        return [part * scale for part in least]
    # Whoever gets less than the least is given the least; the others share what is left, until it fits.
    fixed: set[int] = set()
    while True:
        free = [index for index in range(len(lengths)) if index not in fixed]
        left = room - sum(least[index] for index in fixed)
        weight = sum(lengths[index] for index in free)
        short = {i for i in free if weight <= 0 or left * lengths[i] / weight < least[i]}
        if not short:
            return [least[i] if i in fixed else left * lengths[i] / weight for i in range(len(lengths))]
        fixed |= short
