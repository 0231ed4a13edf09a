"""The gallery of example files: what each is called and what there is to see in it."""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.message import Message, message


@dataclass(frozen=True, slots=True)
class Example:
    """One example file; `key` is the name of its file in resources/examples without the ending."""

    key: str
    title: Message
    sentence: Message


EXAMPLES: tuple[Example, ...] = (
    Example(
        "avocado",
        message("Is this avocado ripe?"),
        message("Three facts about an avocado become one answer."),
    ),
    Example(
        "admission",
        message("Who is admitted to college?"),
        message("Two marks decide, and one straight line nearly does it."),
    ),
    Example(
        "iris",
        message("Which iris is it?"),
        message("Four measurements of a flower, three kinds to tell apart."),
    ),
    Example(
        "xor",
        message("Either, but not both"),
        message("Four rows, one hidden node and two arrows that skip it."),
    ),
)
"""In the order in which the gallery shows them; the first is the one that a new window opens with."""
