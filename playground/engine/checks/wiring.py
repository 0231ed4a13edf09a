"""Nodes with no way in or no way out: allowed, but their numbers come from nowhere or go nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from playground.engine.checks.finding import Finding, Situation, told
from playground.model import edits
from playground.model.message import message
from playground.model.reach import reached


def no_way_in(situation: Situation) -> Iterator[Finding]:
    """Find hidden nodes and outputs that no input reaches."""
    network = situation.experiment.network
    fed = reached(network.inputs, network.outgoing)
    lost = tuple(node.id for node in network.nodes.values() if node.role != "input" and node.id not in fed)
    if lost and network.inputs:
        first = [node for node in lost if not network.incoming[node]]
        yield Finding(
            "no_way_in",
            told(
                network,
                lost,
                message("No input reaches {node}, so it says the same for every example."),
                message("No input reaches {count} nodes, among them {node}: they say the same every time."),
            ),
            message("Connect the inputs to them"),
            edits.connect_groups(network.inputs, first),
            lost,
        )


def no_way_out(situation: Situation) -> Iterator[Finding]:
    """Find inputs and hidden nodes that reach no output."""
    network = situation.experiment.network
    heard = reached(network.outputs, network.incoming)
    lost = tuple(node.id for node in network.nodes.values() if node.role != "output" and node.id not in heard)
    if lost and network.outputs:
        last = [node for node in lost if not network.outgoing[node]]
        yield Finding(
            "no_way_out",
            told(
                network,
                lost,
                message("{node} leads to no output, so it changes no answer."),
                message("{count} nodes, among them {node}, lead to no output, so they change no answer."),
            ),
            message("Connect them to the outputs"),
            edits.connect_groups(last, network.outputs),
            lost,
        )
