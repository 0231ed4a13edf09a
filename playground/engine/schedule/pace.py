"""How fast an animated pass runs: every duration of it, in seconds at speed 1."""

from __future__ import annotations

from typing import Final

from playground.model.keys import Granularity

SPEED: Final = 260.0
"""Scene units that a chip or a tag travels in a second."""

TRAVEL_LEAST_S: Final = 0.45
TRAVEL_MOST_S: Final = 1.6

PILL_FROM: Final = 0.42
PILL_TO: Final = 0.58
"""The part of an edge's way on which a chip becomes the product: round the weight's pill at its middle."""

READ_S: Final = 0.6
SUM_S: Final = 0.4
SQUASH_S: Final = 0.4
SOFTMAX_S: Final = 0.8
COMPARE_S: Final = 0.8
BLAME_S: Final = 0.5
MEAN_S: Final = 1.0

REST_S: Final = 0.15
"""Each step ends with a rest in which all of it stands still; a step forward stops where the rest begins."""

EXAMPLES_MOST_S: Final = 240.0
"""The longest that all examples of a pass may take; longer ones run faster as a whole."""

LATER_EXAMPLE: Final = 0.7
"""Each later example of a batch takes about this share of the time of the one before."""

UPDATE_STEP_S: Final[dict[Granularity, float]] = {"edge": 0.6, "node": 0.6, "layer": 0.75, "pass": 1.5}
UPDATE_MOST_S: Final[dict[Granularity, float]] = {"edge": 6.0, "node": 6.0, "layer": 3.0, "pass": 1.5}
