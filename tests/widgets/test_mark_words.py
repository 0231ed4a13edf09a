"""What a mark says at each level."""

from __future__ import annotations

from playground.model.mark import Mark, SettingChange
from widgets.mark_words import mark_text

RATE = SettingChange("learning_rate", 0.03, 0.1)
SCHEDULE = (SettingChange("schedule", "constant", "cosine"), SettingChange("schedule.epochs", None, 2000))


def test_it_says_what_was_changed_from_what_to_what_and_when() -> None:
    mark = Mark(120.0, (RATE,))
    assert mark_text(mark, "numbers") == "Learning rate 0.03 → 0.1 at epoch 120"
    assert mark_text(mark, "words") == "Step size 0.03 → 0.1, in round 120"


def test_several_changes_stand_beside_each_other() -> None:
    said = mark_text(Mark(2.54, (RATE, *SCHEDULE)), "maths")
    assert said == "Learning rate 0.03 → 0.1; Schedule Constant → Cosine; Cosine over – → 2,000 at epoch 2.5"
