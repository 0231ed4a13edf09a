"""How large everything is in front of an audience: by the height of the screen and one factor."""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST_SCALE, LARGEST_SCALE = 1.0, 2.5
SCALE_STEPS = (1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5)
"""The content factors that the keys go through."""

REFERENCE_HEIGHT_PX = 1080
SENTENCE_PX = 35
CAPTION_PX = 22
"""Sizes of text on a screen of the reference height; nothing may be smaller than a caption."""
LINE_HEIGHT = 1.75
"""Height that one line of the sentence takes, in units of its size."""
SENTENCE_LINES = 2
MOST_TEXT_SHARE = 0.36
"""Sentence and timeline never take more of the height than this: the network comes first."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in pixels of one presentation."""

    sentence_px: float
    smallest_sentence_px: float
    caption_px: float
    sentence_height_px: int
    gap_px: int
    margin_px: int

    @classmethod
    def of(cls, height_px: int, content_scale: float) -> Sizes:
        """Return the sizes for a screen of a height in pixels and a content factor from 1 to 2.5."""
        per_screen = height_px / REFERENCE_HEIGHT_PX
        unit = per_screen * content_scale
        needed = unit * (SENTENCE_PX * LINE_HEIGHT * SENTENCE_LINES + CAPTION_PX * 5)
        unit *= min(1.0, MOST_TEXT_SHARE * height_px / max(needed, 1.0))
        return cls(
            sentence_px=SENTENCE_PX * unit,
            smallest_sentence_px=CAPTION_PX * per_screen,
            caption_px=CAPTION_PX * unit,
            sentence_height_px=round(SENTENCE_PX * LINE_HEIGHT * SENTENCE_LINES * unit),
            gap_px=round(CAPTION_PX * unit / 2),
            margin_px=round(CAPTION_PX * 1.5 * per_screen),
        )


def clamped(content_scale: float) -> float:
    """Return a content factor within the range that is offered."""
    return min(max(content_scale, SMALLEST_SCALE), LARGEST_SCALE)


def next_scale(content_scale: float, direction: int) -> float:
    """Return the next larger (+1) or smaller (-1) step; the last one stays."""
    if direction > 0:
        return next((step for step in SCALE_STEPS if step > content_scale + 1e-6), LARGEST_SCALE)
    return next((step for step in reversed(SCALE_STEPS) if step < content_scale - 1e-6), SMALLEST_SCALE)
