"""The canvas's colours, mixed beforehand so that every pen is opaque."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from resources.theme import Theme


def mix(ink: str, ground: str, share: float) -> QColor:
    """The colour of `share` of ink on a ground: opaque, both as #RRGGBB."""
    front, back = QColor(ink), QColor(ground)
    return QColor.fromRgb(
        round(front.red() * share + back.red() * (1 - share)),
        round(front.green() * share + back.green() * (1 - share)),
        round(front.blue() * share + back.blue() * (1 - share)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """One theme's colours as the painters use them.

    positive, negative and their soft forms are indexed by sign: `ink_of(value)`, `soft_of(value)`.
    """

    theme: Theme
    stage: QColor
    surface: QColor
    raised: QColor
    ink: QColor
    muted: QColor
    line: QColor
    grid: QColor
    rim: QColor
    accent: QColor
    accent_soft: QColor
    positive: QColor
    negative: QColor
    positive_soft: QColor
    negative_soft: QColor
    positive_water: QColor
    negative_water: QColor
    backward: QColor
    backward_soft: QColor
    on_chip: QColor
    on_backward: QColor

    @classmethod
    def of(cls, theme: Theme) -> Style:
        """Mix the colours of a theme."""
        water = 0.30 if theme.is_dark else 0.22
        faint = 0.34 if theme.is_dark else 0.30
        return cls(
            theme=theme,
            stage=QColor(theme.stage),
            surface=QColor(theme.surface),
            raised=QColor(theme.raised),
            ink=QColor(theme.ink),
            muted=QColor(theme.muted),
            line=QColor(theme.line),
            grid=mix(theme.muted, theme.stage, 0.30 if theme.is_dark else 0.22),
            rim=mix(theme.muted, theme.stage, 0.95),
            accent=QColor(theme.accent),
            accent_soft=QColor(theme.accent_soft),
            positive=QColor(theme.positive),
            negative=QColor(theme.negative),
            positive_soft=mix(theme.positive, theme.stage, faint),
            negative_soft=mix(theme.negative, theme.stage, faint),
            positive_water=mix(theme.positive, theme.surface, water),
            negative_water=mix(theme.negative, theme.surface, water),
            backward=QColor(theme.backward),
            backward_soft=mix(theme.backward, theme.stage, 0.24 if theme.is_dark else 0.12),
            on_chip=QColor(theme.stage if theme.is_dark else "#FFFFFF"),
            on_backward=QColor(theme.stage if theme.is_dark else "#FFFFFF"),
        )

    def ink_of(self, value: float) -> QColor:
        """The colour of a sign."""
        return self.negative if value < 0 else self.positive

    def soft_of(self, value: float) -> QColor:
        """The colour of a sign while something else matters more."""
        return self.negative_soft if value < 0 else self.positive_soft

    def water_of(self, value: float) -> QColor:
        """The colour of a node's filling."""
        return self.negative_water if value < 0 else self.positive_water
