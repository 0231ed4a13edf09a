"""The canvas without its widget: stage and camera as they are shown now, and what is asked of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.model.edit import Edit
from playground.model.experiment import Experiment
from playground.model.message import Message
from playground.model.network import EdgeKey, Network
from playground.model.parameters import Floats, Parameters
from playground.model.stage import Selection, Stage
from widgets.canvas.camera import Bounds, Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.glide import Glide
from widgets.canvas.hit import Hit, hit
from widgets.canvas.shown import Point, Shown, places_of

GLIDING_NODES, GLIDING_EDGES = 500, 800
"""Larger networks jump to their new places: their edges cannot be laid out anew for every frame."""


class Scene(QObject):
    """The surface on which gestures and commands work.

    Signals
    -------
    edit_requested : an Edit; it comes back as a new stage
    selection_changed : the Selection that was made here
    selection_shown : the Selection that is shown, wherever it was made
    hovered : a node id, an edge key, or None
    zoom_changed : pixels for each scene unit
    notice : a Message for the person
    structure_changed : nodes or edges came or went
    changed_elsewhere : the network was changed, and not by what was asked for here
    changed : something has to be painted again
    """

    edit_requested = Signal(object)
    selection_changed = Signal(object)
    selection_shown = Signal(object)
    hovered = Signal(object)
    zoom_changed = Signal(float)
    notice = Signal(object)
    structure_changed = Signal()
    changed_elsewhere = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        empty = Experiment()
        self._shown = Shown(Stage(empty, Parameters.zeros(empty.network)))
        self._camera = Camera()
        self._camera_glide = Glide(self)
        self._places_glide = Glide(self)
        self._previewing = False
        self._asking = 0
        self._keys = count(1)
        self.reduced_motion = False
        self.note: Message | None = None

    @property
    def stage(self) -> Stage:
        """The stage as it came in."""
        return self._shown.came

    @property
    def shown(self) -> Shown:
        """The stage as it is shown."""
        return self._shown

    @property
    def geometry(self) -> Geometry:
        """Where everything is shown."""
        return self._shown.geometry

    @property
    def camera(self) -> Camera:
        """What part of the scene is seen."""
        return self._camera

    @property
    def bounds(self) -> Bounds:
        """The bounds of everything once all glides are over, in scene units."""
        if self._shown.places and not self._previewing:
            return Geometry.of(self.stage.network, self.stage.parameters, self._shown.content).bounds
        return self.geometry.bounds

    def set_stage(self, stage: Stage) -> None:
        """Show another stage; nodes that stand elsewhere in it glide there."""
        old = self._shown.came
        if stage is old:
            return
        same = _same_structure(old.network, stage.network)
        moved = same and stage.network is not old.network and not self._previewing
        before = places_of(self._shown.stage.network) if moved else None
        if not same:
            self._places_glide.stop()
            self._shown.put({})
            self._previewing = False
        self._shown.take(stage)
        if not same:
            self._forget_what_is_gone(stage.network)
            self.structure_changed.emit()
        elif before is not None:
            self._glide_nodes(before, stage.network)
        if stage.selection != old.selection:
            self.selection_shown.emit(stage.selection)
        self.changed.emit()
        if stage.network is not old.network and not self._asking:
            self.changed_elsewhere.emit()

    def ask(self, edit: Edit) -> None:
        """Send an edit on its way."""
        self._asking += 1
        self.edit_requested.emit(edit)
        self._asking -= 1

    def ask_new(self, edit: Edit) -> None:
        """Send an edit on its way and choose the nodes that it adds."""
        before = self.stage.network.nodes
        self.ask(edit)
        new = frozenset(node for node in self.stage.network.nodes if node not in before)
        if new:
            self.choose(Selection(new))

    def choose(self, selection: Selection) -> None:
        """Select those of these nodes and edges that are there."""
        network = self.stage.network
        selection = Selection(
            frozenset(node for node in selection.nodes if node in network.nodes),
            frozenset(edge for edge in selection.edges if edge in network.edges),
        )
        if selection != self.stage.selection:
            self._shown.take(replace(self.stage, selection=selection))
            self.selection_changed.emit(selection)
            self.selection_shown.emit(selection)
            self.changed.emit()

    def choose_one(self, element: int | EdgeKey) -> None:
        """Select one node or edge."""
        if isinstance(element, int):
            self.choose(Selection(frozenset({element})))
        else:
            self.choose(Selection(edges=frozenset({element})))

    def hover(self, element: int | EdgeKey | None) -> None:
        """Show a node or edge as hovered."""
        if self._shown.point_at(element):
            self.hovered.emit(element)
            self.changed.emit()

    def hit_at(self, point: Point) -> Hit:
        """What lies under a point of the view."""
        return hit(self._shown.geometry, self._shown.chips(self._camera.zoom), self._camera, point)

    def preview(self, places: Mapping[int, Point] | None) -> None:
        """Show nodes elsewhere for the time being; None shows them where they are."""
        self._places_glide.stop()
        self._previewing = places is not None
        self._shown.put({} if places is None else dict(places))
        self.changed.emit()

    def look(self, camera: Camera) -> None:
        """See another part of the scene, at once."""
        self._camera_glide.stop()
        self._see(camera)

    def glide_to(self, camera: Camera) -> None:
        """See another part of the scene, after a short glide unless motion is reduced."""
        start = self._camera
        if self.reduced_motion or start == camera:
            self.look(camera)
            return

        def step(share: float) -> None:
            self._see(_between(start, camera, share))

        self._camera_glide.begin(step)

    def set_content(self, content: float) -> None:
        """Show contents at another scale."""
        if content != self._shown.content:
            self._shown.enlarge(content)
            self.changed.emit()

    def tell(self, text: Message) -> None:
        """Say something to the person, at the pointer and to whoever listens."""
        self.show_note(text)
        self.notice.emit(text)

    def show_note(self, text: Message) -> None:
        """Show a sentence at the pointer."""
        self.note = text
        self.changed.emit()

    def forget_note(self) -> None:
        """Take the last sentence at the pointer away."""
        if self.note is not None:
            self.note = None
            self.changed.emit()

    def gesture_key(self) -> str:
        """A key of its own for every gesture."""
        return f"canvas {next(self._keys)}"

    def settle(self) -> None:
        """End all glides where they lead to."""
        self._camera_glide.stop()
        self._places_glide.stop()
        if not self._previewing:
            self._shown.put({})

    def _see(self, camera: Camera) -> None:
        old, self._camera = self._camera, camera
        if camera.zoom != old.zoom:
            self.zoom_changed.emit(camera.zoom)
        if camera != old:
            self.changed.emit()

    def _glide_nodes(self, before: Floats, network: Network) -> None:
        after = places_of(network)
        is_large = len(after) > GLIDING_NODES or len(network.edges) > GLIDING_EDGES
        if self.reduced_motion or is_large or np.array_equal(before, after):
            self._places_glide.stop()
            self._shown.put({})
            return
        ids = network.node_ids
        moved = np.flatnonzero((before != after).any(axis=1))

        def step(share: float) -> None:
            places = before + (after - before) * share
            done = share >= 1.0
            self._shown.put({} if done else {ids[i]: (places[i, 0], places[i, 1]) for i in moved})
            self.changed.emit()

        self._shown.put({ids[i]: (before[i, 0], before[i, 1]) for i in moved})
        self._places_glide.begin(step)

    def _forget_what_is_gone(self, network: Network) -> None:
        element = self._shown.hovered
        if element is not None and element not in network.nodes and element not in network.edges:
            self.hover(None)


def _same_structure(old: Network, new: Network) -> bool:
    return old is new or (old.node_ids == new.node_ids and old.edge_keys == new.edge_keys)


def _between(start: Camera, end: Camera, share: float) -> Camera:
    """A camera on the way; the zoom goes by equal factors."""
    if share >= 1.0:
        return end
    return replace(
        end,
        centre_x=start.centre_x + (end.centre_x - start.centre_x) * share,
        centre_y=start.centre_y + (end.centre_y - start.centre_y) * share,
        zoom=float(start.zoom * (end.zoom / start.zoom) ** share),
    )
