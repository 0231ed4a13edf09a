"""Keeps the stage: gathers what is to be shown, and hands it out once for each turn of the event loop."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot

from playground.app.pass_control import PassControl
from playground.app.pass_source import PassSource
from playground.app.player import Player
from playground.app.shown import Showing
from playground.engine.narration import narrate, narrate_edge, narrate_node
from playground.engine.paths import PathSum, path_edges, strongest_paths
from playground.model.dataset import BoundData
from playground.model.experiment import Experiment
from playground.model.keys import Level
from playground.model.maps import MapMode, NodeMaps
from playground.model.message import Message, message
from playground.model.narration import Narration
from playground.model.network import EdgeKey, Network
from playground.model.stage import Selection, Stage
from playground.model.trace import Trace

Element = int | EdgeKey


class StageKeeper(QObject):
    """Makes the stage from the document, the pass and what the pointer is on."""

    stage_changed = Signal(object)
    narration_changed = Signal(object)
    """What the step under way is said to do, or what the pointer is on; None at rest."""
    inspected = Signal(object, object)
    """The one element that is looked at, and its narration; None where there is none."""
    _wanted = Signal()

    def __init__(
        self,
        document: Showing,
        source: PassSource,
        passes: PassControl,
        player: Player,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._source = source
        self._passes = passes
        self._player = player
        self._selection = Selection()
        self._hovered: Element | None = None
        self._level: Level = "numbers"
        self._maps: tuple[tuple[NodeMaps, ...], MapMode] = ((), "on")
        self._told: tuple[object, ...] | None = None
        self._walked: tuple[tuple[Trace, int, EdgeKey], PathSum] | None = None
        self._badged: tuple[Network, BoundData | None, Mapping[int, Message]] | None = None
        self.stage = Stage(document.experiment, document.parameters)
        self._is_wanted = False
        # A queued call comes before the next painting; a timer would come after it, and all is painted twice.
        self._wanted.connect(self._refresh_wanted, Qt.ConnectionType.QueuedConnection)
        # At once: who asks for a new node chooses it in the stage that comes back.
        document.experiment_changed.connect(self._on_experiment)
        document.leaving.connect(self._on_leaving)
        for signal in (
            document.parameters_changed,
            source.changed,
            source.data_changed,
            player.moment_changed,
        ):
            signal.connect(self._later)

    @property
    def level(self) -> Level:
        """The level at which everything is explained."""
        return self._level

    def set_level(self, level: Level) -> None:
        """Explain at this level from now on."""
        if level != self._level:
            self._level = level
            self.refresh()

    def set_selection(self, selection: Selection) -> None:
        """Show this selection."""
        if selection != self._selection:
            self._selection = selection
            self.refresh()

    def set_hovered(self, element: Element | None) -> None:
        """Show what the pointer is on."""
        if element != self._hovered:
            self._hovered = element
            self.refresh()

    def set_maps(self, maps: tuple[NodeMaps, ...], mode: MapMode) -> None:
        """Show these maps in the nodes; nothing else of the stage is made anew for their sake."""
        if (maps, mode) == self._maps:
            return
        self._maps = (maps, mode)
        if not self._is_wanted:
            self.stage = replace(self.stage, maps=maps, map_mode=mode)
            self.stage_changed.emit(self.stage)

    def refresh(self) -> None:
        """Make the stage anew and hand it out."""
        self._is_wanted = False
        network = self._document.experiment.network
        self._selection = within(self._selection, network.nodes.keys(), network.edges.keys())
        node = self._hovered if isinstance(self._hovered, int) and self._hovered in network.nodes else None
        edge = self._hovered if isinstance(self._hovered, tuple) and self._hovered in network.edges else None
        moment = self._player.moment
        stage = Stage(
            experiment=self._document.experiment,
            parameters=self._document.parameters,
            trace=self._passes.trace,
            moment=moment,
            selection=self._selection,
            hovered_node=node,
            hovered_edge=edge,
            badges=self._badges(),
            level=self._level,
            maps=self._maps[0],
            map_mode=self._maps[1],
        )
        paths = self.paths(stage)
        if paths is not None and moment is not None and moment.phase in ("backward", "update"):
            stage = replace(stage, path_edges=path_edges(paths))
        self.stage = stage
        self.stage_changed.emit(stage)
        self._tell(stage)

    def looked_at(self, stage: Stage) -> Stage:
        """Return the stage for the inspector: while a pass plays, what is pointed at counts as chosen.

        The explanation keeps to the step then. A real choice always goes first.
        """
        if stage.selection or stage.moment is None or not self._player.is_playing:
            return stage
        if stage.hovered_node is not None:
            return replace(stage, selection=Selection(nodes=frozenset({stage.hovered_node})))
        if stage.hovered_edge is not None:
            return replace(stage, selection=Selection(edges=frozenset({stage.hovered_edge})))
        return stage

    def paths(self, stage: Stage) -> PathSum | None:
        """Return the ways from the selected edge to the loss; None unless one edge alone is selected."""
        if len(stage.selection.edges) != 1 or stage.selection.nodes:
            return None
        if stage.trace is None or not stage.trace.has_answer:
            return None
        (edge,) = stage.selection.edges
        asked = (stage.trace, self._row(stage), edge)
        if self._walked is None or self._walked[0] != asked:
            self._walked = (asked, strongest_paths(*asked))
        return self._walked[1]

    def _on_leaving(self) -> None:
        """Choose nothing: the next network may have nodes of the same ids."""
        self._selection, self._hovered = Selection(), None

    def _on_experiment(self, _old: Experiment, _new: Experiment) -> None:
        self.refresh()

    def _later(self) -> None:
        if not self._is_wanted:
            self._is_wanted = True
            self._wanted.emit()

    @Slot()
    def _refresh_wanted(self) -> None:
        if self._is_wanted:
            self.refresh()

    def _tell(self, stage: Stage) -> None:
        """Say what is under way, or at rest and in a pause what the pointer is on."""
        pointed = stage.hovered_node if stage.hovered_node is not None else stage.hovered_edge
        if stage.trace is None:
            self._say(None, lambda: None)
        elif pointed is not None and pointed != self._chosen(stage) and not self._player.is_playing:
            trace = stage.trace
            self._say((trace, pointed, self._row(stage), stage.level), lambda: self._about(stage, pointed))
        elif stage.moment is None:
            self._say(None, lambda: None)
        else:
            trace, step, state = stage.trace, stage.moment.step, self._passes.state
            self._say((trace, step, stage.level), lambda: narrate(trace, step, stage.level, state))
        chosen = self._chosen(self.looked_at(stage))
        self.inspected.emit(chosen, None if chosen is None else self._about(stage, chosen))

    def _say(self, about: tuple[object, ...] | None, tell: Callable[[], Narration | None]) -> None:
        """Hand out what is said about something, unless it has just been said."""
        if about is not None and self._told is not None and len(about) == len(self._told):
            if all(one is other or one == other for one, other in zip(about, self._told, strict=True)):
                return
        elif about is None and self._told is None:
            return
        self._told = about
        self.narration_changed.emit(tell())

    def _about(self, stage: Stage, element: Element) -> Narration | None:
        if stage.trace is None:
            return None
        row = self._row(stage)
        if isinstance(element, int):
            return narrate_node(stage.trace, row, element, stage.level, self._passes.state)
        return narrate_edge(stage.trace, row, element, stage.level, self._passes.state)

    def _chosen(self, stage: Stage) -> Element | None:
        """Return the one element that is selected, None for none or several."""
        chosen: list[Element] = [*stage.selection.nodes, *stage.selection.edges]
        return chosen[0] if len(chosen) == 1 else None

    def _row(self, stage: Stage) -> int:
        return 0 if stage.moment is None else stage.moment.row

    def _badges(self) -> Mapping[int, Message]:
        network, bound = self._document.experiment.network, self._source.bound
        if self._badged is None or self._badged[0] is not network or self._badged[1] is not bound:
            self._badged = (network, bound, badges(network, () if bound is None else bound.unbound))
        return self._badged[2]


def badges(network: Network, unbound: Collection[int]) -> Mapping[int, Message]:
    """Return what is the matter with nodes, by id: no way in or out, an input that reads nothing."""
    found = {}
    count, topology = len(network.nodes), network.topology
    ways_in = np.bincount(topology.targets, minlength=count).tolist()
    ways_out = np.bincount(topology.sources, minlength=count).tolist()
    for node, comes_in, goes_out in zip(network.nodes.values(), ways_in, ways_out, strict=True):
        if node.role == "input":
            if node.id in unbound:
                found[node.id] = message("Reads nothing yet")
        elif not comes_in:
            found[node.id] = message("Nothing comes in")
        elif node.role == "hidden" and not goes_out:
            found[node.id] = message("Nothing goes out")
    return found


def within(selection: Selection, nodes: Container[int], edges: Container[EdgeKey]) -> Selection:
    """Return the part of a selection that still exists."""
    kept = Selection(
        frozenset(node for node in selection.nodes if node in nodes),
        frozenset(edge for edge in selection.edges if edge in edges),
    )
    return selection if kept == selection else kept
