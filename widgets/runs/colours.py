"""The colours of runs: ink for the first, then colours that mean nothing else in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from resources.theme import Theme

FIRST_FREE = 3
"""The first colours of classes are those of signs and of what can be pressed."""

STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
"""When all colours are taken they come again with another kind of line."""


def run_colour(theme: Theme, index: int) -> str:
    """Return the colour of a run as #RRGGBB."""
    known = (theme.ink, *theme.class_colours[FIRST_FREE:])
    return known[index % len(known)]


def run_style(theme: Theme, index: int) -> Qt.PenStyle:
    """Return the kind of line that a run is drawn with."""
    known = 1 + len(theme.class_colours[FIRST_FREE:])
    return STYLES[index // known % len(STYLES)]
