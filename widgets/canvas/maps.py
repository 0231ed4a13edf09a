"""The pictures in nodes: what each of them answers all over the data, or how it looks at a picture."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from playground.model.maps import NO_VALUE, NodeMaps
from playground.model.stage import Stage
from resources.theme import Theme
from widgets.maps.shades import image_of, ramp, rise

CORNER = 0.26
"""How round the corners are, in radii of a node."""

STRENGTH = 0.94
LEAST_PX = 8.0
"""In smaller nodes nothing could be recognised."""


class MapImages:
    """The pictures of some maps in a theme's colours, kept at the size at which they are shown.

    gaps : nodes whose pictures are transparent somewhere, since there they have no value
    """

    def __init__(self, maps: tuple[NodeMaps, ...], theme: Theme) -> None:
        self.maps, self.theme = maps, theme
        self._raw: dict[int, QImage] = {}
        self._shown: dict[tuple[int, int, float], QImage] = {}
        self._is_crisp: dict[int, bool] = {}
        self.gaps: set[int] = set()
        for part in maps:
            self._take(part)

    def __contains__(self, node: object) -> bool:
        return node in self._raw

    def image(self, node: int, side: float, ratio: float) -> QImage:
        """Return a node's picture with round corners; `side` in pixels of the view, `ratio` of the device."""
        key = (node, round(side * 4), ratio)
        found = self._shown.get(key)
        if found is None:
            if len(self._shown) > 2 * len(self._raw):
                self._shown.clear()  # it was zoomed
            found = self._shown[key] = _rounded(self._raw[node], side, ratio, is_crisp=self._is_crisp[node])
        return found

    def _take(self, part: NodeMaps) -> None:
        classes: Mapping[int, int] = part.classes or {}
        colours = self.theme.class_colours
        signs = ramp(self.theme.negative, self.theme.surface, self.theme.positive, STRENGTH)
        for node, levels in zip(part.node_ids, part.levels, strict=True):
            shades = signs
            if node in classes:
                shades = rise(self.theme.surface, colours[classes[node] % len(colours)], STRENGTH)
            if (levels == NO_VALUE).any():
                self.gaps.add(node)
            self._raw[node] = image_of(levels, shades)
            self._is_crisp[node] = part.kind == "weights"


def shows_map(stage: Stage, images: MapImages, node: int, radius: float) -> bool:
    """Whether a node shows its map now."""
    if node not in images or radius < LEAST_PX:
        return False
    if stage.map_mode == "on":
        return True
    pointed = node == stage.hovered_node or node in stage.selection.nodes
    return stage.map_mode == "hover" and pointed


def paint_map(painter: QPainter, image: QImage, room: QRectF, hatch: QColor, *, has_gaps: bool) -> None:
    """Draw a node's picture into a square; what has no value is hatched."""
    painter.setPen(Qt.PenStyle.NoPen)
    if has_gaps:
        painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        round_px = CORNER * room.width() / 2
        painter.drawRoundedRect(room, round_px, round_px)
    painter.drawImage(room, image)


def _rounded(raw: QImage, side: float, ratio: float, *, is_crisp: bool) -> QImage:
    """Stretch a picture, and cut its corners off."""
    pixels = max(1, round(side * ratio))
    smooth = Qt.TransformationMode.SmoothTransformation
    stretched = raw.scaled(
        QSize(pixels, pixels),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.FastTransformation if is_crisp else smooth,
    )
    found = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    found.fill(Qt.GlobalColor.transparent)
    with QPainter(found) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(stretched))
        painter.setBrushOrigin(QPointF(0, 0))
        round_px = CORNER * pixels / 2
        painter.drawRoundedRect(QRectF(0, 0, pixels, pixels), round_px, round_px)
    return found
