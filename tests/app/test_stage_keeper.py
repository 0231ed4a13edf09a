"""What the stage is made of: the document, the pass, the selection and what is the matter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from playground.app.stage_keeper import StageKeeper, badges, within
from playground.engine.narration import narrate_edge, narrate_node
from playground.model import edits
from playground.model.keys import Phase
from playground.model.message import sentence
from playground.model.narration import Narration
from playground.model.network import Edge, Network, Node
from playground.model.stage import Selection, Stage
from tests.app.rooms import Room


class Theatre(Room):
    """A room with a keeper, and everything that the keeper hands out."""

    def __init__(self) -> None:
        super().__init__()
        self.keeper = StageKeeper(self.document, self.source, self.passes, self.player)
        self.stages: list[Stage] = []
        self.told: list[Narration | None] = []
        self.inspected: list[tuple[object, object]] = []
        self.keeper.stage_changed.connect(self.stages.append)
        self.keeper.narration_changed.connect(self.told.append)
        self.keeper.inspected.connect(lambda element, said: self.inspected.append((element, said)))
        self.keeper.refresh()

    def looked_at(self) -> object:
        """What the inspector was last told to show."""
        return self.inspected[-1][0]


@pytest.fixture
def theatre(qtbot: QtBot) -> Iterator[Theatre]:
    theatre = Theatre()
    yield theatre
    theatre.close()


def test_badges_say_what_is_the_matter_with_nodes() -> None:
    network = Network.build(
        [Node(1, "input"), Node(2, "hidden"), Node(3, "hidden"), Node(4, "output"), Node(5, "input")],
        [Edge(1, 2, 1), Edge(1, 4, 2)],
    )
    found = {node: sentence(text) for node, text in badges(network, [5]).items()}
    assert found == {2: "Nothing goes out", 3: "Nothing comes in", 5: "Reads nothing yet"}


def test_while_a_pass_plays_the_inspector_shows_what_is_pointed_at(theatre: Theatre) -> None:
    edge = theatre.document.experiment.network.edge_keys[0]
    theatre.player.seek(0.2)
    theatre.keeper.set_hovered(edge)
    assert theatre.looked_at() is None
    theatre.player.play()
    theatre.keeper.refresh()
    stage = theatre.stages[-1]
    assert not stage.selection
    assert theatre.keeper.looked_at(stage).selection == Selection(edges=frozenset({edge}))
    assert stage.trace is not None
    wanted = narrate_edge(stage.trace, 0, edge, stage.level, theatre.passes.state)
    assert theatre.inspected[-1] == (edge, wanted)
    theatre.keeper.set_hovered(edge[1])
    assert theatre.looked_at() == edge[1]
    theatre.keeper.set_selection(Selection(frozenset({edge[0]})))
    assert theatre.looked_at() == edge[0]
    theatre.player.pause()
    theatre.keeper.set_selection(Selection())
    assert theatre.looked_at() is None


def test_a_selection_keeps_what_still_exists() -> None:
    selection = Selection(frozenset({1, 2}), frozenset({(1, 2), (2, 3)}))
    assert within(selection, {1, 2, 3}, {(1, 2), (2, 3)}) is selection
    assert within(selection, {1}, {(2, 3)}) == Selection(frozenset({1}), frozenset({(2, 3)}))


def test_many_changes_in_one_turn_make_one_stage(theatre: Theatre, qtbot: QtBot) -> None:
    count = len(theatre.stages)
    for time_s in (0.1, 0.2, 0.3):
        theatre.player.seek(time_s)
    qtbot.waitUntil(lambda: len(theatre.stages) > count)
    assert len(theatre.stages) == count + 1
    assert theatre.keeper.stage.moment is not None
    assert theatre.keeper.stage.moment.time_s == 0.3


def test_an_edit_is_on_the_stage_at_once(theatre: Theatre) -> None:
    assert theatre.document.apply(edits.add_node("hidden", 0.0, 700.0))
    stage = theatre.keeper.stage
    assert stage.experiment is theatre.document.experiment
    assert stage.parameters is theatre.document.parameters
    (new,) = set(stage.badges)
    assert new == max(stage.network.node_ids)


def test_what_has_gone_is_neither_chosen_nor_pointed_at(theatre: Theatre) -> None:
    edge = theatre.document.experiment.network.edge_keys[0]
    theatre.keeper.set_selection(Selection(edges=frozenset({edge})))
    theatre.keeper.set_hovered(edge)
    assert theatre.keeper.stage.hovered_edge == edge
    assert theatre.document.apply(edits.delete([], [edge]))
    assert not theatre.keeper.stage.selection
    assert theatre.keeper.stage.hovered_edge is None


def test_one_chosen_element_is_inspected_with_its_own_narration(theatre: Theatre) -> None:
    network = theatre.document.experiment.network
    node, edge = network.outputs[0], network.edge_keys[0]
    theatre.keeper.set_level("maths")
    trace, state = theatre.passes.trace, theatre.passes.state
    assert trace is not None
    nodes, edges = frozenset({node}), frozenset({edge})
    for chosen in (Selection(nodes), Selection(edges=edges), Selection(nodes, edges)):
        theatre.keeper.set_selection(chosen)
    assert theatre.inspected[-3:] == [
        (node, narrate_node(trace, 0, node, "maths", state)),
        (edge, narrate_edge(trace, 0, edge, "maths", state)),
        (None, None),
    ]


def test_the_paths_of_a_chosen_edge_light_up_after_the_way_back(theatre: Theatre, qtbot: QtBot) -> None:
    edge = theatre.document.experiment.network.edge_keys[0]
    theatre.keeper.set_selection(Selection(edges=frozenset({edge})))
    timeline, trace = theatre.player.timeline, theatre.passes.trace
    assert timeline is not None
    assert trace is not None
    expected: dict[Phase, bool] = {"forward": False, "backward": True, "update": True}
    for phase, lit in expected.items():
        with qtbot.waitSignal(theatre.keeper.stage_changed):
            theatre.player.seek(timeline.phase_start(phase) + 1e-6)
        assert (len(theatre.keeper.stage.path_edges) > 0) == lit
    paths = theatre.keeper.paths(theatre.keeper.stage)
    assert paths is not None
    assert paths.total == pytest.approx(trace.edge_gradients[0, 0], rel=1e-12)


def test_what_is_pointed_at_is_told_while_nothing_plays(theatre: Theatre) -> None:
    node = theatre.document.experiment.network.outputs[0]
    assert theatre.told == []
    theatre.keeper.set_hovered(node)
    trace = theatre.passes.trace
    assert trace is not None
    assert theatre.told == [narrate_node(trace, 0, node, theatre.keeper.level, theatre.passes.state)]
    theatre.keeper.set_hovered(None)
    assert theatre.told[-1] is None
    assert len(theatre.told) == 2
