"""The colours of maps: levels become pixels by tables that are made once for a theme."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from playground.model.maps import FULL, NO_COLOUR, NO_VALUE, Answer, DecisionMap, Levels, levels
from resources.theme import Theme

Shades = NDArray[np.uint32]
"""One colour for each level: 0xAARRGGBB; nothing where there is no value."""

STRENGTH = 0.66
"""How much of a colour the decision map takes, so that points stand out from it."""


def ramp(low: str, middle: str, high: str, strength: float = 1.0) -> Shades:
    """Return the shades from one colour over a middle to another; at `strength` 1 the ends are pure."""
    ends = [_mixed(_rgb(middle), _rgb(colour), strength) for colour in (low, high)]
    share = (np.arange(NO_VALUE)[:, np.newaxis] - FULL) / FULL
    side = np.where(share < 0, ends[0], ends[1])
    return _packed(_mixed(_rgb(middle), side, np.abs(share)))


def rise(ground: str, colour: str, strength: float = 1.0) -> Shades:
    """Return the shades from a ground, at the lowest level, to a colour, at the highest."""
    share = np.arange(NO_VALUE)[:, np.newaxis] / (NO_VALUE - 1)
    return _packed(_mixed(_rgb(ground), _rgb(colour), strength * share))


def image_of(found: Levels, shades: Shades) -> QImage:
    """Return levels, (height, width), as a picture; transparent where there is no value."""
    return _image(shades[found])


def decision_image(decision: DecisionMap, answer: Answer, theme: Theme, *, is_crisp: bool) -> QImage:
    """Return what the network answers all over a region in the colours of the data's points.

    is_crisp : only which answer it is, not how sure
    """
    values = decision.values[list(answer.outputs)]
    if answer.kind == "classes":
        return _class_image(values, answer, theme, is_crisp=is_crisp)
    found = levels(values[0], answer.middle, answer.reach)
    if is_crisp:
        known = found != NO_VALUE
        found = np.where(known, np.where(values[0] >= answer.middle, 2 * FULL, 0), NO_VALUE).astype(np.uint8)
    low, high = answer_colours(answer, theme)
    return image_of(found, ramp(low, theme.surface, high, STRENGTH))


def answer_colours(answer: Answer, theme: Theme) -> tuple[str, ...]:
    """Return the colour of each class; of a number the colours of the lowest and the highest."""
    known = theme.class_colours
    if answer.kind == "value":
        return theme.negative, theme.positive
    return tuple(
        theme.muted if number == NO_COLOUR else known[number % len(known)] for number in answer.colours
    )


def _class_image(values: NDArray[np.float32], answer: Answer, theme: Theme, *, is_crisp: bool) -> QImage:
    """The likeliest class everywhere, the stronger the farther the second one is behind."""
    known = np.isfinite(values).all(axis=0)
    values = np.where(known, values, 0.0)
    ordered = np.sort(values, axis=0)
    ahead = ordered[-1] - ordered[-2] if len(values) > 1 else ordered[-1]
    share = np.ones_like(ahead) if is_crisp else np.clip(ahead, 0.0, 1.0)
    found = np.where(known, np.rint(share * (NO_VALUE - 1)), NO_VALUE).astype(np.uint8)
    shades = np.stack([rise(theme.surface, colour, STRENGTH) for colour in answer_colours(answer, theme)])
    return _image(shades[values.argmax(axis=0), found])


def _image(pixels: Shades) -> QImage:
    height, width = pixels.shape
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(np.ascontiguousarray(pixels).tobytes(), width, height, 4 * width, form).copy()


def _rgb(colour: str) -> NDArray[np.float64]:
    known = QColor(colour)
    return np.array([known.red(), known.green(), known.blue()], np.float64)


def _mixed(
    ground: NDArray[np.float64], ink: NDArray[np.float64], share: NDArray[np.float64] | float
) -> NDArray[np.float64]:
    return np.asarray(ground + (ink - ground) * share)


def _packed(colours: NDArray[np.float64]) -> Shades:
    """Opaque colours, (255, 3), as pixels, and nothing for the level without a value."""
    red, green, blue = np.rint(colours).astype(np.uint32).T
    shades = np.zeros(NO_VALUE + 1, np.uint32)
    shades[:NO_VALUE] = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue
    shades.flags.writeable = False
    return shades
