"""The difference between two mappings, so that an undo step holds only what its edit changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

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
        removed = tuple((i, key, before[key]) for i, key in enumerate(before) if key not in after)
        added = tuple((i, key, after[key]) for i, key in enumerate(after) if key not in before)
        if [key for key in before if key in after] != [key for key in after if key in before]:
            everything = tuple((i, key, value) for i, (key, value) in enumerate(before.items()))
            return cls(everything, tuple((i, k, v) for i, (k, v) in enumerate(after.items())), ())
        changed = tuple(
            (key, value, after[key])
            for key, value in before.items()
            if key in after and after[key] is not value and after[key] != value
        )
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


def _applied(
    mapping: Mapping[K, V], gone: set[K], changed: Mapping[K, V], new: Iterable[tuple[int, K, V]]
) -> Mapping[K, V]:
    kept = ((key, changed.get(key, value)) for key, value in mapping.items() if key not in gone)
    result: dict[K, V] = {}
    for position, key, value in new:
        while len(result) < position:
            kept_key, kept_value = next(kept)
            result[kept_key] = kept_value
        result[key] = value
    result.update(kept)
    return result
