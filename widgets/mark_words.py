"""What a mark of the plot says: which settings were changed there, from what to what."""

from __future__ import annotations

from playground.model.keys import Level
from playground.model.mark import Mark
from playground.model.message import message
from widgets.runs.setting_words import ARROW, setting_name, value_text
from widgets.text import say

MOST_TOLD = 3
"""How many changes at one moment are told."""


def mark_text(mark: Mark, level: Level) -> str:
    """Return the sentence: "Learning rate 0.03 → 0.1 at epoch 120"."""
    told = [
        f"{setting_name(change.key, level)} {value_text(change.key, change.old, level)}{ARROW}"
        f"{value_text(change.key, change.new, level)}"
        for change in mark.changes[:MOST_TOLD]
    ]
    epoch = round(mark.epoch, 1) if mark.epoch < 10 else round(mark.epoch)
    changes = "; ".join(told)
    if level == "words":
        return say(message("{changes}, in round {epoch}", changes=changes, epoch=epoch))
    return say(message("{changes} at epoch {epoch}", changes=changes, epoch=epoch))
