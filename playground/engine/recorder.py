"""Remembers runs within a fixed number of bytes: their losses, and their parameters at a thinning rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from playground.model.experiment import Experiment
from playground.model.network import Network
from playground.model.parameters import Floats
from playground.model.run import Instant, Run, points_from
from playground.model.snapshot import Snapshot

MAX_BYTES = 64 * 1024 * 1024
"""What all runs together may take."""

MOST_INSTANTS = 512
"""How many instants of one run are kept at most: more than a curve has places for a handle."""

INSTANT_BYTES = 1536
"""About what an instant takes besides its numbers: the objects round them."""

NODE_BYTES, EDGE_BYTES = 400, 300
"""About what a node and an edge of a network take, where an instant keeps one of its own."""

START_BYTES = 4096
"""About what a run takes besides its instants and points."""


@dataclass(slots=True, eq=False)
class Track:
    """One run as it grows; its first and its newest instant are always kept, those between are thinned."""

    number: int
    colour: int
    parent: int | None
    parent_epoch: float
    points: Floats
    instants: list[Instant]
    name: str = ""
    is_shown: bool = True
    seconds: float = 0.0
    spacing: float = 0.0
    size_bytes: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.weigh()

    @property
    def run(self) -> Run:
        """The run as it is now."""
        points = points_from(self.points, self.instants[0].epoch)
        return Run(
            self.number,
            self.name,
            self.colour,
            self.is_shown,
            points,
            tuple(self.instants),
            self.seconds,
            self.parent,
            self.parent_epoch,
        )

    def append(self, instant: Instant, limit: int) -> None:
        """Add the newest instant; one at the epoch of the newest, or too close to it, takes its place."""
        kept = self.instants
        if len(kept) > 1 and not instant.epoch > kept[-1].epoch:
            while len(kept) > 1 and not instant.epoch > kept[-1].epoch:
                self._drop_newest()
        elif len(kept) > 2 and kept[-1].epoch - kept[-2].epoch < self.spacing:
            # The newest instant was kept only because it was the newest.
            self._drop_newest()
        elif len(kept) >= limit:
            self.thin()
        if instant.epoch > kept[-1].epoch:
            self.size_bytes += _bytes(instant, kept[-1].experiment.network)
            kept.append(instant)

    def thin(self) -> None:
        """Drop every second instant between the first and the newest; later ones lie twice as far apart."""
        kept = self.instants
        self.spacing = max(self.spacing, 2.0 * (kept[-1].epoch - kept[0].epoch) / max(1, len(kept) - 1))
        newest = kept[-1]
        kept[:] = kept[:-1:2]
        kept.append(newest)
        self.weigh()

    def weigh(self) -> None:
        """Work out anew how many bytes the run takes."""
        network: Network | None = None
        self.size_bytes = START_BYTES + self.points.nbytes
        for instant in self.instants:
            self.size_bytes += _bytes(instant, network)
            network = instant.experiment.network

    def _drop_newest(self) -> None:
        newest = self.instants.pop()
        self.size_bytes -= _bytes(newest, self.instants[-1].experiment.network)


class Recorder:
    """The runs of a window. Recording costs next to nothing: what is kept is what the snapshots carry.

    Where there is no room for all, the run that takes most is thinned to half as many instants; once no run
    can be thinned any more, those that were deleted are let go for good, and then the oldest.
    """

    def __init__(self, max_bytes: int = MAX_BYTES, most_instants: int = MOST_INSTANTS) -> None:
        self._max_bytes = max_bytes
        self._most_instants = most_instants
        self._tracks: dict[int, Track] = {}
        self._deleted: list[Track] = []
        self._current: Track | None = None
        self._count = 0

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs that are listed, in the order in which they began."""
        return tuple(track.run for track in self._tracks.values())

    @property
    def current(self) -> Run | None:
        """The run that is being recorded."""
        return None if self._current is None else self._current.run

    @property
    def deleted(self) -> Run | None:
        """The run that was deleted last and can be brought back."""
        return self._deleted[-1].run if self._deleted else None

    @property
    def size_bytes(self) -> int:
        """About how much memory all runs take, those included that can be brought back."""
        return sum(track.size_bytes for track in self._all())

    def run(self, number: int) -> Run:
        """The run of a number; KeyError where there is none."""
        return self._tracks[number].run

    def begin(self, start: Instant, points: Floats, parent: int | None = None) -> Run:
        """Begin a run: what is recorded from now on belongs to it.

        points : (n_points, 5), what is known of its curve
        parent : the run that it branches off at the start's epoch
        """
        self._count += 1
        track = Track(self._count, self._free_colour(), parent, start.epoch, points, [start])
        self._tracks[track.number] = self._current = track
        self._keep_within()
        return track.run

    def record(self, snapshot: Snapshot, experiment: Experiment, seconds: float = 0.0) -> None:
        """Remember what the current run has reached, `seconds` of training after the last time."""
        track = self._current
        if track is None:
            return
        track.size_bytes += snapshot.history.nbytes - track.points.nbytes
        track.points = snapshot.history
        track.seconds += seconds
        track.append(Instant.of(snapshot, experiment), self._most_instants)
        self._keep_within()

    def go_on_with(self, number: int | None) -> None:
        """Record into a run that is there already; None records nothing until the next one begins."""
        self._current = None if number is None else self._tracks[number]

    def rename(self, number: int, name: str) -> None:
        """Call a run something; an empty name lets its number name it again."""
        self._tracks[number].name = name.strip()

    def show(self, number: int, is_shown: bool) -> None:
        """Say whether a run's curve is drawn."""
        self._tracks[number].is_shown = is_shown

    def delete(self, number: int) -> None:
        """Take a run out of the list; `restore` brings it back as long as there is room."""
        track = self._tracks.pop(number)
        if track is self._current:
            self._current = None
        self._deleted.append(track)

    def restore(self) -> Run | None:
        """Bring back the run that was deleted last, to where it stood."""
        if not self._deleted:
            return None
        track = self._deleted.pop()
        self._tracks[track.number] = track
        self._tracks = dict(sorted(self._tracks.items()))
        return track.run

    def clear(self) -> None:
        """Forget all runs; numbers begin at 1 again."""
        self._tracks.clear()
        self._deleted.clear()
        self._current, self._count = None, 0

    def _all(self) -> Iterator[Track]:
        yield from self._tracks.values()
        yield from self._deleted

    def _free_colour(self) -> int:
        """The first colour that no listed run has."""
        taken = {track.colour for track in self._tracks.values()}
        return next(colour for colour in range(len(taken) + 1) if colour not in taken)

    def _keep_within(self) -> None:
        while self.size_bytes > self._max_bytes:
            largest = max(
                (track for track in self._all() if len(track.instants) > 2),
                key=lambda track: track.size_bytes,
                default=None,
            )
            if largest is not None:
                largest.thin()
            elif self._deleted:
                self._deleted.pop(0)
            elif not self._drop_oldest():
                return

    def _drop_oldest(self) -> bool:
        number = next((number for number, track in self._tracks.items() if track is not self._current), None)
        if number is None:
            return False
        del self._tracks[number]
        return True


def _bytes(instant: Instant, before: Network | None) -> int:
    """About what an instant takes; its network too, where it is not the one before."""
    parts = (instant.state.parameters, *instant.state.moments)
    size = INSTANT_BYTES + sum(part.weights.nbytes + part.biases.nbytes for part in parts)
    network = instant.experiment.network
    if network is not before:
        size += NODE_BYTES * len(network.nodes) + EDGE_BYTES * len(network.edges)
    return size


def same_bits(one: Instant, other: Instant) -> bool:
    """Whether two instants have the same values in the same network, to the bit."""
    pairs = (
        (one.parameters.weights, other.parameters.weights),
        (one.parameters.biases, other.parameters.biases),
    )
    return all(np.array_equal(a.view(np.int64), b.view(np.int64)) for a, b in pairs)
