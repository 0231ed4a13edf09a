"""The colours of slow motion: cells at rest, seen and finished, and one colour for each thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resources.theme import Theme
from widgets.kernels.cells import Colours, colour
from widgets.style import mixed

THREADS_LIGHT = ("#8D209E", "#4128F5", "#1C2430")
THREADS_DARK = ("#C79BFF", "#FFD24A", "#F3F6F9")
"""After the accent, the colours of further threads; each thread has its number besides."""


@dataclass(frozen=True, slots=True, eq=False)
class WalkStyle:
    """One theme's colours as 0xRRGGBB.

    rest, seen, begun, finished : a cell that waits, that was read, whose sum has begun, whose sum is complete
    threads : one for each thread; further threads begin again
    """

    theme: Theme
    rest: int
    seen: int
    begun: int
    finished: int
    threads: Colours

    @classmethod
    def of(cls, theme: Theme) -> WalkStyle:
        """Mix the colours of a theme."""
        further = THREADS_DARK if theme.is_dark else THREADS_LIGHT
        return cls(
            theme=theme,
            rest=colour(mixed(theme.stage, theme.line, 0.75)),
            seen=colour(mixed(theme.stage, theme.accent, 0.30 if theme.is_dark else 0.24)),
            begun=colour(mixed(theme.stage, theme.positive, 0.24 if theme.is_dark else 0.18)),
            finished=colour(mixed(theme.stage, theme.positive, 0.55 if theme.is_dark else 0.46)),
            threads=np.array([colour(text) for text in (theme.accent, *further)], np.uint32),
        )

    def thread(self, number: int) -> str:
        """The colour of a thread, as #RRGGBB."""
        return f"#{int(self.threads[number % len(self.threads)]):06X}"
