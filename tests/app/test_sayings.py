"""What is said about learning exists in the words of every level."""

from __future__ import annotations

import string

import pytest

from playground.app.compute import SAID
from playground.app.sayings import PLAIN, at_level, paused_after
from playground.model.message import message, sentence


def fields(template: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_end_of_a_run_has_plain_words() -> None:
    for ending, said in SAID.items():
        if ending != "failed":
            assert at_level(said, "words") != said
            assert at_level(said, "maths") is said


def test_both_ways_hold_the_same_values() -> None:
    assert all(fields(technical) == fields(plain) for technical, plain in PLAIN.items())


@pytest.mark.parametrize(
    ("epochs", "words", "numbers"),
    [
        (1.0, "Paused after one round.", "Paused after one epoch."),
        (0.25, "Paused after 0.25 rounds.", "Paused after 0.25 epochs."),
        (2274.75, "Paused after 2,275 rounds.", "Paused after 2,275 epochs."),
    ],
)
def test_a_pause_is_told_in_whole_rounds(epochs: float, words: str, numbers: str) -> None:
    said = paused_after(epochs)
    assert sentence(at_level(said, "words")) == words
    assert sentence(at_level(said, "numbers")) == numbers


def test_other_sentences_stay_as_they_are() -> None:
    said = message("Choose data first.")
    assert at_level(said, "words") is said
