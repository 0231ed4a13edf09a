"""The flag by which a training run is stopped after the batch under way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


class Stop:
    """A flag that any thread may raise; Python looks at it by `look`, a compiled kernel at its `cell`.

    cell : uint8, shape (1,); not 0 where the run should stop after the batch under way
    """

    def __init__(self, also: Callable[[], bool] | None = None) -> None:
        """Begin lowered.

        also : called at every look; where it is true the flag is raised
        """
        self.cell: NDArray[np.uint8] = np.zeros(1, np.uint8)
        self._also = also

    @property
    def is_raised(self) -> bool:
        """Whether the run should stop."""
        return bool(self.cell[0])

    def raise_(self) -> None:
        """Ask the run to stop after the batch under way."""
        self.cell[0] = 1

    def lower(self) -> None:
        """Let a run go on."""
        self.cell[0] = 0

    def look(self) -> bool:
        """Say whether the run should stop; called between two batches, in the thread that trains."""
        if self._also is not None and self._also():
            self.raise_()
        return self.is_raised
