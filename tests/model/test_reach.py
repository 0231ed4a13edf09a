"""What can be reached: the same as by the powers of the adjacency matrix."""

from __future__ import annotations

from random import Random

import numpy as np

from playground.model.reach import reached

GRAPHS = 50


def test_it_is_what_the_closure_of_the_matrix_says() -> None:
    random, sizes = Random(3), set()
    for _ in range(GRAPHS):
        count = random.randint(1, 12)
        links = np.array([[random.random() < 0.15 for _ in range(count)] for _ in range(count)])
        closure = np.linalg.matrix_power(np.eye(count) + links, count) > 0
        following = {node: np.flatnonzero(links[node]).tolist() for node in range(count)}
        start = random.sample(range(count), random.randint(0, count))
        found = reached(start, following)
        assert found == set(np.flatnonzero(closure[start].any(axis=0)).tolist())
        sizes.add(len(found))
    assert len(sizes) > 5
