"""How learning has gone, in the words of a level: templates of facts that name things as the field does."""

from __future__ import annotations

from collections.abc import Mapping

from playground.model.keys import Level
from playground.model.message import Message, message

_PAIRS: tuple[tuple[Message, Message], ...] = (
    (message("Paused after one epoch."), message("Paused after one round.")),
    (message("Paused after {count} epochs."), message("Paused after {count} rounds.")),
    (
        message("Learning has run for as many epochs as it was asked to."),
        message("Learning has gone as many rounds as it was asked to."),
    ),
    (
        message("Learning has reached the loss that it was asked to reach."),
        message("The mistakes are as small as they were asked to become."),
    ),
    (
        message("Learning has converged: the loss does not fall any further."),
        message("Learning has settled: the mistakes do not get smaller any more."),
    ),
    (
        message("Learning has diverged: its numbers grew past all bounds. A smaller learning rate helps."),
        message("Learning has run away: its numbers grew past all bounds. A smaller step size helps."),
    ),
)

PLAIN: Mapping[str, str] = {technical.template: plain.template for technical, plain in _PAIRS}
"""The template that the field would use -> the one in plain words, with the same values."""


def at_level(said: Message, level: Level) -> Message:
    """Return what is said at a level; what has no plain words of its own stays as it is."""
    plain = PLAIN.get(said.template) if level == "words" else None
    return said if plain is None else Message(plain, said.values)


def paused_after(epochs: float) -> Message:
    """Return what is said where learning pauses, after so many epochs."""
    if epochs == 1:
        return message("Paused after one epoch.")
    return message("Paused after {count} epochs.", count=round(epochs) if epochs >= 10 else round(epochs, 2))
