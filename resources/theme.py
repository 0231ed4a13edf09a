"""The colours and sizes of the window, as values: a dark stage can run beside a light window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme's colours as #RRGGBB."""

    name: str
    background: str
    surface: str
    raised: str
    stage: str
    ink: str
    muted: str
    line: str
    accent: str
    accent_soft: str
    positive: str
    negative: str
    backward: str

    @property
    def is_dark(self) -> bool:
        """Whether light ink stands on a dark ground."""
        return self.name == "dark"

    @property
    def class_colours(self) -> tuple[str, ...]:
        """Colours of classes in their order; of two classes the second is the positive one."""
        further = DARK_CLASSES if self.is_dark else LIGHT_CLASSES
        return (self.negative, self.positive, *further)

    @property
    def on_accent(self) -> str:
        """Ink on an accent-coloured control."""
        return "#10160B" if self.is_dark else "#FFFFFF"


LIGHT_CLASSES = ("#3F7D20", "#7A4BB5", "#0B7A75", "#9A6B00", "#B0305C", "#7A5230", "#4A5568", "#5E7300")
DARK_CLASSES = ("#8CCB5E", "#B79CFF", "#4FD0C7", "#E8C24A", "#FF7FA8", "#CDA27C", "#A9B4C2", "#C5D65A")
"""Green, purple, teal, gold, rose, brown, slate, olive: after the two colours of signs."""

LIGHT = Theme(
    name="light",
    background="#F4F5F1",
    surface="#FFFFFF",
    raised="#FAFBF8",
    stage="#FBFCFA",
    ink="#1C2430",
    muted="#5A6472",
    line="#DFE3DC",
    accent="#3F7D20",
    accent_soft="#E5F0DC",
    positive="#1464A5",
    negative="#BF5408",
    backward="#7A0F4E",
)

DARK = Theme(
    name="dark",
    background="#0E1217",
    surface="#171D25",
    raised="#1E2630",
    stage="#0B0F14",
    ink="#F3F6F9",
    muted="#A9B4C2",
    line="#2C3642",
    accent="#8CCB5E",
    accent_soft="#22331A",
    positive="#5CB3F5",
    negative="#FF9F52",
    backward="#F2468F",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
