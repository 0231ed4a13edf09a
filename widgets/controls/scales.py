"""How a slider's way from 0 to 1 becomes a number, and back."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers from one end of a slider to the other, evenly or in equal ratios (`log`).

    digits : significant digits that a drag gives, so that 0.03 is reached and not 0.0300417
    """

    minimum: float
    maximum: float
    log: bool = False
    whole: bool = False
    digits: int = 3

    def value(self, share: float) -> float:
        """The number at a share of the way, in [0, 1]."""
        share = min(1.0, max(0.0, share))
        if share in (0.0, 1.0):
            return self.maximum if share else self.minimum
        if self.log:
            exact = self.minimum * (self.maximum / self.minimum) ** share
        else:
            exact = self.minimum + (self.maximum - self.minimum) * share
        return self._tidy(exact)

    def share(self, value: float) -> float:
        """The share of the way, in [0, 1], at which a number lies; numbers outside lie at the ends."""
        if self.maximum <= self.minimum or not math.isfinite(value):
            return 0.0
        value = min(self.maximum, max(self.minimum, value))
        if self.log:
            return math.log(value / self.minimum) / math.log(self.maximum / self.minimum)
        return (value - self.minimum) / (self.maximum - self.minimum)

    def stepped(self, value: float, direction: int) -> float:
        """The next number up or down: a twentieth of the way, or one for whole numbers on an even scale."""
        if self.whole and not self.log:
            return value + direction
        share = self.share(value) + direction / 20
        following = self.value(share)
        if self.whole and following == value:
            following = value + direction
        return min(self.maximum, max(self.minimum, following))

    def _tidy(self, value: float) -> float:
        if self.whole:
            return float(round(value))
        size = abs(value) if self.log else max(abs(self.minimum), abs(self.maximum))
        if size == 0:
            return value
        return round(value, self.digits - 1 - math.floor(math.log10(size)))
