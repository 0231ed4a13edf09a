"""How fast a training run goes at present."""

from __future__ import annotations

MEMORY_SECONDS = 1.0


class Pace:
    """Epochs per second over about the last second of training; older time counts less and less."""

    def __init__(self) -> None:
        self._epochs = self._seconds = 0.0

    @property
    def epochs_per_second(self) -> float:
        """The speed; 0 before anything was trained."""
        return self._epochs / self._seconds if self._seconds > 0 else 0.0

    def add(self, epochs: float, seconds: float) -> None:
        """Take note of a stretch of training."""
        self._epochs += epochs
        self._seconds += seconds
        if self._seconds > MEMORY_SECONDS:
            self._epochs, self._seconds = self._epochs / 2, self._seconds / 2
