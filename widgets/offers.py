"""What the window offers to open: examples and data sets, as far as views need to know them."""

from __future__ import annotations

from typing import Protocol

from playground.model.message import Message


class Example(Protocol):
    """An example that can be opened."""

    @property
    def key(self) -> str:
        """Its key."""
        ...

    @property
    def title(self) -> Message:
        """What it is called."""
        ...

    @property
    def sentence(self) -> Message:
        """What there is in it."""
        ...


class Offer(Example, Protocol):
    """A built-in data set that can be chosen."""

    @property
    def max_count(self) -> int | None:
        """How many rows there are at most; None where any number can be made."""
        ...
