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

    @property
    def family(self) -> str:
        """Where it is offered: "points", "stories" or "measured"."""
        ...

    @property
    def base(self) -> str:
        """The key of the version with two colours; its own where there are no versions."""
        ...

    @property
    def n_colours(self) -> int:
        """How many colours the points of this version have; 0 where they have none."""
        ...
