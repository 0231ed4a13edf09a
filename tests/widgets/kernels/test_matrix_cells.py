"""Cells and what stands in them belong together both ways, and every cell is reached by its neighbours."""

from __future__ import annotations

from playground.model.matrices import Cell, NetworkMatrices
from playground.model.message import sentence
from tests.widgets.kernels.networks import layered
from widgets.kernels.matrix_cells import MOST_CELLS, Element, cells_of, describe_cell, element_at, moved

STAGE = layered(4, 5, 3, share=0.6, long_edge=True)
MATRICES = NetworkMatrices.of(STAGE.network)
CELLS = [
    Cell(number, row, column)
    for number, matrix in enumerate(MATRICES.matrices)
    for row in range(matrix.n_rows + 1)
    for column in range(matrix.n_columns)
]


def test_an_element_and_its_cell_find_each_other() -> None:
    targets = {target for _, target in STAGE.network.edge_keys}
    elements: list[Element] = [*STAGE.network.edge_keys, *targets]
    cells = cells_of(MATRICES, elements)
    assert [element_at(MATRICES, cell) for cell in cells] == elements
    empty = [cell for cell in CELLS if element_at(MATRICES, cell) is None]
    assert len(empty) + len(elements) == len(CELLS)
    assert empty


def test_what_has_no_cell_is_passed_over() -> None:
    network = STAGE.network
    assert cells_of(MATRICES, [network.inputs[0], 999, (998, 999)]) == ()
    assert len(cells_of(MATRICES, [network.edge_keys[0]] * (MOST_CELLS + 5))) == MOST_CELLS


def test_every_cell_is_reached_step_by_step() -> None:
    reached, waiting = {Cell(0, 0, 0)}, [Cell(0, 0, 0)]
    while waiting:
        cell = waiting.pop()
        for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            beside = moved(MATRICES, cell, down, right)
            if beside not in reached:
                reached.add(beside)
                waiting.append(beside)
    assert reached == set(CELLS)


def test_each_kind_of_cell_is_described() -> None:
    network, parameters = STAGE.network, STAGE.parameters
    key = network.edge_keys[0]
    (cell,) = cells_of(MATRICES, [key])
    told = sentence(describe_cell(MATRICES, parameters, cell))
    assert told.startswith(f"From input {key[0]} to hidden {key[1] - 4}: weight ")
    (bias,) = cells_of(MATRICES, [key[1]])
    assert sentence(describe_cell(MATRICES, parameters, bias)).startswith(f"Bias of hidden {key[1] - 4}: ")
    empty = next(cell for cell in CELLS if element_at(MATRICES, cell) is None)
    assert sentence(describe_cell(MATRICES, parameters, empty)).startswith("No edge from ")
