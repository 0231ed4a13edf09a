"""The difference between two mappings, so that an undo step holds only what its edit changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, compress, count, filterfalse, islice
from operator import is_not
from typing import Generic, TypeVar

from playground.model.edits.rebuild import as_dict

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

ENTRY_BYTES = 240
"""About what one entry of a difference takes: a tuple, a key and a value of its own."""


@dataclass(frozen=True, slots=True)
class Delta(Generic[K, V]):
    """What leads from one mapping to another and back, order included.

    removed, added : (position, key, value), by position in the mapping before and in the one after
    changed : (key, value before, value after)
    """

    removed: tuple[tuple[int, K, V], ...]
    added: tuple[tuple[int, K, V], ...]
    changed: tuple[tuple[K, V, V], ...]

    @classmethod
    def between(cls, before: Mapping[K, V], after: Mapping[K, V]) -> Delta[K, V] | None:
        """Return the difference, or None where it is the same mapping."""
        if before is after:
            return None
        # Most edits leave the beginning and the end as they are; only what lies between is looked at closely.
        old, new = list(before), list(after)
        start = _same_start(old, new)
        end = min(_same_start(reversed(old), reversed(new)), min(len(old), len(new)) - start)
        old_part, new_part = old[start : len(old) - end], new[start : len(new) - end]
        goes, comes = _missing(old_part, after), _missing(new_part, before)
        common = list(filterfalse(goes.__contains__, old_part))
        if common != list(filterfalse(comes.__contains__, new_part)):  # another order: the whole stretch
            goes, comes, common = set(old_part), set(new_part), []
        removed = tuple((i, k, before[k]) for i, k in _places(old_part, goes, start))
        added = tuple((i, k, after[k]) for i, k in _places(new_part, comes, start))
        values, now = list(before.values()), list(after.values())
        touched = chain(
            compress(old, map(is_not, islice(values, start), now)),
            compress(common, map(is_not, map(before.get, common), map(after.get, common))),
            compress(reversed(old), map(is_not, islice(reversed(values), end), reversed(now))),
        )
        changed = tuple((k, before[k], after[k]) for k in touched if before[k] != after[k])
        return cls(removed, added, changed)

    def forward(self, before: Mapping[K, V]) -> Mapping[K, V]:
        """Return the mapping after, from the one before."""
        return _applied(
            before, {key for _, key, _ in self.removed}, {k: v for k, _, v in self.changed}, self.added
        )

    def backward(self, after: Mapping[K, V]) -> Mapping[K, V]:
        """Return the mapping before, from the one after."""
        return _applied(
            after, {key for _, key, _ in self.added}, {k: v for k, v, _ in self.changed}, self.removed
        )

    @property
    def is_empty(self) -> bool:
        """Whether both mappings say the same."""
        return not (self.removed or self.added or self.changed)

    @property
    def size_bytes(self) -> int:
        """About how much memory the difference takes."""
        return ENTRY_BYTES * (len(self.removed) + len(self.added) + 2 * len(self.changed))


def _same_start(one: Iterable[object], other: Iterable[object]) -> int:
    """How many things at the start of two sequences are the very same."""
    return next(compress(count(), chain(map(is_not, one, other), (True,))))


def _missing(keys: list[K], mapping: Mapping[K, V]) -> set[K]:
    """The keys that a mapping does not have."""
    return set(filterfalse(mapping.__contains__, keys))


def _places(keys: list[K], wanted: set[K], start: int) -> Iterator[tuple[int, K]]:
    """Where each wanted key stands, counted from `start`."""
    return compress(enumerate(keys, start), map(wanted.__contains__, keys))


def _applied(
    mapping: Mapping[K, V], gone: set[K], changed: Mapping[K, V], new: Iterable[tuple[int, K, V]]
) -> Mapping[K, V]:
    """The mapping without some entries, with some changed, and with new ones at their positions.

    It may have 200,000 entries while three of them change, so that whole stretches are copied at once.
    """
    kept = as_dict(mapping)
    for key in gone:
        del kept[key]
    kept.update(changed)
    rest, result = iter(kept.items()), dict[K, V]()
    for position, key, value in new:
        result.update(islice(rest, position - len(result)))
        result[key] = value
    if not result:
        return kept
    result.update(rest)
    return result
