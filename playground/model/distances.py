"""How far apart nodes stand where there is room, in scene units."""

from __future__ import annotations

from typing import Final

LAYER_DISTANCE: Final = 260.0
"""From the middle of a layer to the middle of the next."""

NODE_DISTANCE: Final = 150.0
"""From the middle of a node to the middle of the next in its layer."""

PIXEL_DISTANCE: Final = 180.0
"""From one pixel's node to the next to the right; the name of each stands beside it."""
