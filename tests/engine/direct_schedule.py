"""When each element of one example's pass moves, worked out one after the other by plain Python."""

from __future__ import annotations

import math

from playground.engine.schedule import pace
from playground.model.experiment import Experiment
from playground.model.keys import Granularity

Key = int | tuple[int, int]
Spans = dict[tuple[str, Key], tuple[float, float]]


class DirectSchedule:
    """Spans of motion by array name and element, from time 0 and at full length; `clock` is the end."""

    def __init__(self, experiment: Experiment, granularity: Granularity, *, has_answer: bool) -> None:
        self.network = experiment.network
        self.softmax = experiment.learning.loss == "softmax_cross_entropy"
        self.granularity = granularity
        self.spans: Spans = {}
        self.clock = 0.0
        for node in self.network.inputs:
            self.spans["summed", node] = self.spans["squashed", node] = (0.0, pace.READ_S)
        {"edge": self.edges_forward, "pass": self.pass_forward}.get(granularity, self.groups_forward)()
        if has_answer:
            self.compare()
            {"edge": self.edges_backward, "pass": self.pass_backward}.get(granularity, self.groups_backward)()
            for node in self.network.inputs:
                tags = [self.spans["returned", (node, target)][1] for target in self.network.outgoing[node]]
                start = max(self.back_s, max(tags, default=0.0) - pace.TRAVEL_LEAST_S)
                self.spans["blamed", node] = (start, start + pace.TRAVEL_LEAST_S)

    def travel(self, source: int, target: int) -> float:
        a, b = self.network.nodes[source], self.network.nodes[target]
        length = math.hypot(a.x - b.x, a.y - b.y)
        return min(max(length / pace.SPEED, pace.TRAVEL_LEAST_S), pace.TRAVEL_MOST_S)

    def squashes(self, node: int) -> bool:
        entry = self.network.nodes[node]
        return entry.activation != "linear" and not (self.softmax and entry.role == "output")

    def send(self, source: int, target: int, start: float) -> float:
        end = start + self.travel(source, target)
        self.spans["carried", (source, target)] = (start, end)
        at = [start + share * (end - start) for share in (pace.PILL_FROM, pace.PILL_TO)]
        self.spans["multiplied", (source, target)] = (at[0], at[1])
        return end

    def add_up(self, node: int, start: float, rest_s: float = 0.0) -> float:
        self.spans["summed", node] = (start, start + pace.SUM_S)
        if not self.squashes(node):
            self.spans["squashed", node] = (start, start + pace.SQUASH_S)
            return start + pace.SUM_S
        later = start + pace.SUM_S + rest_s
        self.spans["squashed", node] = (later, later + pace.SQUASH_S)
        return later + pace.SQUASH_S

    def computed(self) -> list[int]:
        return [node for node in self.network.order if self.network.nodes[node].role != "input"]

    def groups(self) -> list[list[int]]:
        if self.granularity == "node":
            return [[node] for node in self.computed()]
        by_depth: dict[int, list[int]] = {}
        for node in self.computed():
            by_depth.setdefault(self.network.depth[node], []).append(node)
        return [by_depth[depth] for depth in sorted(by_depth)]

    def share_softmax(self) -> None:
        if self.softmax:
            for node in self.network.outputs:
                self.spans["squashed", node] = (self.clock, self.clock + pace.SOFTMAX_S)
            self.clock += pace.SOFTMAX_S + (0 if self.granularity == "pass" else pace.REST_S)

    def edges_forward(self) -> None:
        self.clock = pace.READ_S + pace.REST_S
        for node in self.computed():
            for key in self.network.edge_keys:
                if key[1] == node:
                    self.clock = self.send(*key, self.clock) + pace.REST_S
            self.clock = self.add_up(node, self.clock, pace.REST_S) + pace.REST_S
        self.share_softmax()

    def groups_forward(self) -> None:
        self.clock = pace.READ_S + pace.REST_S
        for group in self.groups():
            ends = []
            for node in group:
                arrivals = [self.send(source, node, self.clock) for source in self.network.incoming[node]]
                ends.append(self.add_up(node, max(arrivals, default=self.clock)))
            self.clock = max(ends) + pace.REST_S
        self.share_softmax()

    def pass_forward(self) -> None:
        ready = dict.fromkeys(self.network.inputs, pace.READ_S)
        for node in self.computed():
            arrivals = [self.send(source, node, ready[source]) for source in self.network.incoming[node]]
            ready[node] = self.add_up(node, max([pace.READ_S, *arrivals]))
        self.clock = max([pace.READ_S, *ready.values()])
        self.share_softmax()
        self.clock += pace.REST_S

    def compare(self) -> None:
        apart = self.granularity in {"edge", "node"}
        for node in self.network.outputs:
            self.spans["compared", node] = (self.clock, self.clock + pace.COMPARE_S)
            self.clock += (pace.COMPARE_S + pace.REST_S) if apart else 0.0
        self.clock += 0.0 if apart else pace.COMPARE_S + pace.REST_S
        self.back_s = self.clock

    def edges_backward(self) -> None:
        for node in reversed(self.computed()):
            self.spans["blamed", node] = (self.clock, self.clock + pace.BLAME_S)
            self.clock += pace.BLAME_S + pace.REST_S
            for key in self.network.edge_keys:
                if key[1] == node:
                    self.spans["returned", key] = (self.clock, self.clock + self.travel(*key))
                    self.clock += self.travel(*key) + pace.REST_S

    def groups_backward(self) -> None:
        for group in reversed(self.groups()):
            away, ends = self.clock + pace.BLAME_S, [self.clock + pace.BLAME_S]
            for node in group:
                self.spans["blamed", node] = (self.clock, away)
                for source in self.network.incoming[node]:
                    self.spans["returned", (source, node)] = (away, away + self.travel(source, node))
                    ends.append(away + self.travel(source, node))
            self.clock = max(ends) + pace.REST_S

    def pass_backward(self) -> None:
        ends, back = [], self.clock
        for node in reversed(self.network.order):
            tags = [self.spans["returned", (node, target)][1] for target in self.network.outgoing[node]]
            known = max(tags, default=back)
            ends += [known + pace.BLAME_S]
            self.spans["blamed", node] = (known, known + pace.BLAME_S)
            for source in self.network.incoming[node]:
                away = known + pace.BLAME_S
                self.spans["returned", (source, node)] = (away, away + self.travel(source, node))
                ends.append(away + self.travel(source, node))
        self.clock = max(ends) + pace.REST_S
