"""What one canvas keeps from one picture to the next: the layout, colours, fonts and the layer of edges."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from playground.model.maps import NodeMaps
from playground.model.network import Network
from playground.model.parameters import Floats, Parameters
from resources.theme import Theme
from widgets.canvas.camera import Camera
from widgets.canvas.fonts import Fonts
from widgets.canvas.geometry import Geometry
from widgets.canvas.maps import MapImages
from widgets.canvas.style import Style


@dataclass(slots=True)
class Unfinished:
    """A layer that is drawn a part at a time; `done` of its edges are."""

    key: Hashable
    image: QImage | None = None
    done: int = 0


@dataclass(frozen=True, slots=True)
class Sprite:
    """A small picture and where its upper left corner goes, in pixels of the view."""

    at: QPointF
    image: QImage


class PaintCache:
    """Values made once and used until what they depend on changes; one for each view.

    drawn_edges, total_edges : of the last picture
    is_settled : whether the last picture was final; if not, painting again makes it finer
    """

    def __init__(self) -> None:
        self.fonts = Fonts()
        self.drawn_edges = 0
        self.total_edges = 0
        self.is_settled = True
        self.unfinished: Unfinished | None = None
        self._geometry: tuple[Parameters, float, Geometry] | None = None
        self._prepared: tuple[Parameters, float, Geometry] | None = None
        self._pills: tuple[Geometry, Camera, Floats] | None = None
        self._style: Style | None = None
        self._maps: MapImages | None = None
        self._sprites: dict[int, tuple[object, Sprite]] = {}
        self._sprites_of: tuple[Hashable, tuple[object, ...]] = (None, ())
        # The layout whose curves a layer shows is kept with it, so that its identity cannot be used again.
        self._layers: dict[str, tuple[Hashable, object, QImage]] = {}

    def geometry(self, network: Network, parameters: Parameters, scale: float) -> Geometry:
        """The layout of a network; only widths are looked at again where only values changed."""
        for kept in (self._geometry, self._prepared):
            if kept is None or kept[1] != scale or len(kept[0].weights) != len(parameters.weights):
                continue
            known, _, geometry = kept
            found = geometry if geometry.network is network else geometry.of_equal(network)
            if found is None:
                continue
            if known is not parameters:
                found = found.with_parameters(parameters)
            if found is not geometry or kept is self._prepared:
                self._geometry, self._prepared = (parameters, scale, found), None
            return found
        geometry = Geometry.of(network, parameters, scale)
        self._geometry = (parameters, scale, geometry)
        return geometry

    def prepare(self, network: Network, parameters: Parameters, scale: float) -> None:
        """Lay out a network that will soon be shown; safe in any thread."""
        self._prepared = (parameters, scale, Geometry.of(network, parameters, scale))

    def pills(self, geometry: Geometry, camera: Camera) -> Floats:
        """Where the pills are in the view: (n_edges, 2); kept while the camera stands still."""
        if self._pills is None or self._pills[0] is not geometry or self._pills[1] != camera:
            self._pills = (geometry, camera, camera.to_view(geometry.pill_centres))
        return self._pills[2]

    def style(self, theme: Theme) -> Style:
        """The mixed colours of a theme."""
        if self._style is None or self._style.theme != theme:
            self._style = Style.of(theme)
        return self._style

    def map_images(self, maps: tuple[NodeMaps, ...], theme: Theme) -> MapImages:
        """The pictures in nodes in a theme's colours."""
        if self._maps is None or self._maps.maps != maps or self._maps.theme != theme:
            self._maps = MapImages(maps, theme)
        return self._maps

    def keep_sprites_of(self, place: Hashable, kept: tuple[object, ...]) -> None:
        """Forget the sprites of another camera, theme or network.

        kept : objects that tell the same place by their identity
        """
        known, objects = self._sprites_of
        if known != place or any(a is not b for a, b in zip(kept, objects, strict=False)) or not objects:
            self._sprites_of = (place, kept)
            self._sprites.clear()

    def sprite(self, number: int, look: object, build: Callable[[], Sprite]) -> Sprite:
        """The sprite of a number, built again where it looks otherwise than last time."""
        known = self._sprites.get(number)
        if known is None or known[0] != look:
            known = (look, build())
            self._sprites[number] = known
        return known[1]

    def has_layer(self, name: str, key: Hashable) -> bool:
        """Whether the layer of a name is the one of a key."""
        return name in self._layers and self._layers[name][0] == key

    def layer(self, name: str, key: Hashable, kept: object, build: Callable[[], QImage]) -> QImage:
        """The layer of a name, built again where its key is another than last time.

        kept : an object whose identity is part of the key
        """
        known = self._layers.get(name)
        if known is None or known[0] != key:
            known = (key, kept, build())
            self._layers[name] = known
        return known[2]
