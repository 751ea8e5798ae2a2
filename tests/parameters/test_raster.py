"""Two parameters: at each value of the one the exact cells of the other."""

from fractions import Fraction

import pytest

from exactdyn import Hardmax, cells
from exactdyn.documents.example import read_document
from exactdyn.errors import InputError
from exactdyn.parameters.raster import answer, raster_rows

T = {"name": "t", "from": -1, "to": 1}


def both(**own):
    return read_document(
        {"tokens": [[1, 0], [0, 1], ["1/2", "1/3"]], "alpha": "all", "parameter": T} | own, "x"
    )


def test_each_row_has_the_cells_of_the_system_of_its_value():
    rows = list(raster_rows(both(tokens=[[-1], ["t"], ["1/2"]]), None, None, 6, 4))
    assert [row.value for row in rows] == [Fraction(k, 4) for k in (-3, -1, 1, 3)]
    for row in rows:
        alone = cells(Hardmax(), tokens=[[-1], [row.value], ["1/2"]])
        assert row.cells.to_dict() == alone.to_dict()


def test_an_entry_of_the_matrix_may_move_and_alpha_may_have_ends():
    (row,) = raster_rows(both(A=[["t", 0], [0, 1]]), "1/2", 2, 3, 1)
    assert row.cells.line.matrix == (((0, 0), (0, 1)),)
    assert (row.cells.cells[0].low.text(), row.cells.cells[-1].high.text()) == ("1/2", "2")


def test_an_open_cell_has_no_answer():
    found = cells(Hardmax([[-1]]), tokens=[[1], [-1]], layers=0)
    assert [answer(cell) for cell in found.cells] == [None]


def test_two_parameters_have_no_cells_of_their_own():
    with pytest.raises(InputError, match="alpha: requires a number beside the parameter t, got 'all'"):
        cells(both(tokens=[["t"]]))
    with pytest.raises(InputError, match='parameter: requires one beside alpha = "all"'):
        list(raster_rows(read_document({"tokens": [[1]], "alpha": "all"}, "x"), None, None, 6))
