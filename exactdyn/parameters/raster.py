"""Two parameters, alpha and a number t: the exact cells of all alpha, at so many values of t."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.documents.example import Example
from exactdyn.errors import InputError
from exactdyn.numbers.reading import integer
from exactdyn.parameters.cell import ParameterCell
from exactdyn.parameters.cells import LAYERS_LIMIT, ParameterCells, found_in
from exactdyn.parameters.exploration import Exploration
from exactdyn.parameters.line import alpha_line, moved_to

VALUES = 60
"""Values of t: the middles of so many equal parts of its interval."""


@dataclass(frozen=True)
class RasterRow:
    """One value of a parameter, with the cells of all alpha there."""

    value: Fraction
    cells: ParameterCells


def raster_rows(
    example: Example, low: object, high: object, layers: object, values: int = VALUES
) -> Iterator[RasterRow]:
    """Yield the cells of all alpha at values of the parameter of an example, from low to high.

    ``example``: with a ``parameter`` and alpha = "all". ``low``, ``high``: of alpha; 0 and infinity where
    they are None. Between the values nothing is known. Raises :class:`~exactdyn.errors.InputError` as
    :func:`~exactdyn.parameters.cells.cells` does.

    >>> from exactdyn.documents.example import read_document
    >>> t = {"name": "t", "from": 0, "to": 2}
    >>> document = {"tokens": [[1], ["t"]], "alpha": "all", "parameter": t}
    >>> [row.value for row in raster_rows(read_document(document, "cells"), None, None, 6, 2)]
    [Fraction(1, 2), Fraction(3, 2)]
    """
    number, parameter = integer(layers, "layers", 0, LAYERS_LIMIT), example.parameter
    if parameter is None or not parameter.every_alpha or parameter.low is None or parameter.high is None:
        raise InputError('parameter: requires one beside alpha = "all"')
    run = example.system.run(example.tokens, 0)
    line, width = alpha_line(run, low, high), parameter.high - parameter.low
    for place in range(values):
        value = parameter.low + width * Fraction(2 * place + 1, 2 * values)
        yield RasterRow(value, found_in(Exploration(moved_to(line, parameter, value), number)))


Answer = tuple[frozenset[int], tuple[tuple[int, ...], ...]]
"""Who leads, and the tokens that share their limit."""


def answer(cell: ParameterCell) -> Answer | None:
    """Return what is said of a cell; None where it is open.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> answer(cells(Hardmax(), tokens=[[1], ["1/2"]]).cells[0])
    (frozenset({0}), ((0, 1),))
    """
    return (frozenset(cell.leaders), cell.clusters) if cell.closed else None
