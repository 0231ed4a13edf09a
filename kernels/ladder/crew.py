"""Threads that take the parts of a product from a board, and stay awake for a moment when none are left.

To wake a sleeping thread takes the system as long as one core takes for a product of 256 x 256 matrices. So a
helper watches the board for a while after its last part, in compiled code and without Python's lock, and only
then goes to sleep. Whoever is free takes the next part: a helper that comes late finds nothing to do, and
nobody waits for it.

    ticket      turn of the board and parts that are left; a part is taken by counting it down
    unfinished  parts that are not done yet; the product is done when there are none

A part that was taken belongs to the turn of its ticket, and the board does not change before all its parts
are done: so what is written on it can be read without a lock.
"""

from __future__ import annotations

import _thread
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kernels.ladder.atomics import atomic_add, atomic_load, atomic_replace, atomic_store, pause

LINE = 8
"""Elements of a cache line: what different threads write lies in lines of its own."""

TICKET, UNFINISHED, HELPERS, KIND = 0, LINE, 2 * LINE, 2 * LINE + 1
"""Places on the board: see above; how many helpers may take parts; and a number that tells works apart for
which different code is needed."""

WORK = 3 * LINE
WORK_ELEMENTS = 4 * LINE
"""Where the work is described, in whatever way those who share it agree on."""

ASLEEP = WORK + WORK_ELEMENTS
"""Where each helper says that it sleeps, a line for each."""

PARTS = 1 << 20
"""More than a turn may have parts: the ticket is turn times PARTS plus what is left."""

PATIENCE = 1 << 14
"""How often a helper looks at the board before it goes to sleep: some tenths of a millisecond."""

Serve = Callable[[NDArray[np.int64], int], bool]
"""Takes parts from a board, for a helper, until there are none for a while: True if it goes on afterwards."""


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def taken(board: Any, number: int, kind: int) -> int:
    """Take a part of the work for a thread, 0 for whoever wrote it on the board; -1 where there is none.

    What is read between ticket and exchange belongs to the ticket's turn if the exchange succeeds.
    """
    while True:
        ticket = atomic_load(board, TICKET)
        is_for_all = number <= atomic_load(board, HELPERS) and kind == atomic_load(board, KIND)
        if ticket % PARTS == 0 or not is_for_all:
            return -1
        if atomic_replace(board, TICKET, ticket, ticket - 1):
            return int(ticket % PARTS - 1)


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def opened(board: Any, parts: int) -> None:
    """Let all take parts of the work that the board describes now."""
    atomic_store(board, UNFINISHED, parts)
    turn = atomic_load(board, TICKET) // PARTS + 1
    atomic_store(board, TICKET, turn * PARTS + parts)


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def finished(board: Any) -> None:
    """Say that a part is done."""
    atomic_add(board, UNFINISHED, -1)


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def await_all(board: Any) -> None:
    """Wait until all parts are done."""
    while atomic_load(board, UNFINISHED) > 0:
        pause()


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def is_awaited(board: Any, number: int) -> bool:
    """Watch the board until there is work for a helper; False if that takes long: it must go to sleep."""
    for _ in range(PATIENCE):
        if atomic_load(board, TICKET) % PARTS != 0 and number <= atomic_load(board, HELPERS):
            return True
        pause()
    atomic_store(board, ASLEEP + number * LINE, 1)
    return False


@dataclass(slots=True)
class _Helper:
    """A thread of the crew, and what wakes it."""

    number: int
    woken: Any = field(default_factory=_thread.allocate_lock)


class Crew:
    """A board, and helpers who take their parts of the work from it; one product at a time.

    serve : what each helper does, with the board and its number from 1, while it is awake
    """

    def __init__(self, serve: Serve, most: int) -> None:
        self.board = np.zeros(ASLEEP + (most + 1) * LINE, np.int64)
        self._serve = serve
        self._helpers: list[_Helper] = []

    def wake(self, count: int) -> None:
        """See to it that so many helpers watch the board."""
        board, helpers = self.board, self._helpers
        board[HELPERS] = count
        while len(helpers) < count:
            helper = _Helper(len(helpers) + 1)
            helper.woken.acquire()
            board[ASLEEP + helper.number * LINE] = 1
            helpers.append(helper)
            # It lives as long as the process, as the threads of a BLAS do.
            _thread.start_new_thread(self._work, (helper,))
        for helper in helpers[:count]:
            place = ASLEEP + helper.number * LINE
            if board[place]:
                board[place] = 0
                helper.woken.release()

    def _work(self, helper: _Helper) -> None:
        while True:
            helper.woken.acquire()
            while self._serve(self.board, helper.number):
                pass
