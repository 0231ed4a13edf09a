"""What was timed, kept with the choice that it was timed for."""

from __future__ import annotations

from collections.abc import Mapping

from playground.model.keys import DType
from playground.model.message import Message
from playground.model.speed import Timing
from widgets.kernels.race_choices import RaceChoice


class RaceRecords:
    """Timings and refusals by choice and kernel, and who was prepared already."""

    def __init__(self) -> None:
        self._timings: dict[RaceChoice, dict[str, Timing]] = {}
        self._refusals: dict[RaceChoice, dict[str, Message]] = {}
        self._prepared: set[tuple[str, DType]] = set()

    def timings(self, choice: RaceChoice) -> Mapping[str, Timing]:
        """What was timed for a choice, by kernel."""
        return self._timings.get(choice, {})

    def refusals(self, choice: RaceChoice) -> Mapping[str, Message]:
        """Why kernels could not do it, by kernel."""
        return self._refusals.get(choice, {})

    def is_prepared(self, kernel: str, dtype: DType) -> bool:
        """Whether a kernel has run in this type before."""
        return (kernel, dtype) in self._prepared

    def add(self, choice: RaceChoice, timing: Timing) -> None:
        """Keep a timing; it stands in for an earlier one, or for a refusal."""
        self._timings.setdefault(choice, {})[timing.kernel] = timing
        self._refusals.get(choice, {}).pop(timing.kernel, None)
        self._prepared.add((timing.kernel, timing.dtype))

    def refuse(self, choice: RaceChoice, kernel: str, reason: Message) -> None:
        """Keep a refusal; it stands in for an earlier timing."""
        self._refusals.setdefault(choice, {})[kernel] = reason
        self._timings.get(choice, {}).pop(kernel, None)

    def clear(self, choice: RaceChoice) -> None:
        """Forget what was found for a choice."""
        self._timings.pop(choice, None)
        self._refusals.pop(choice, None)
