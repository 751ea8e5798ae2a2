"""All values of a parameter at once: the ordered cells on which the dynamics are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from exactdyn.documents.example import Example, read_document
from exactdyn.errors import InputError
from exactdyn.numbers.reading import integer
from exactdyn.parameters.cell import ParameterCell
from exactdyn.parameters.end import End
from exactdyn.parameters.exploration import Exploration, LayerPiece
from exactdyn.parameters.line import Line, alpha_line, parameter_line
from exactdyn.parameters.roots import Root
from exactdyn.presentation import Presentable
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import Subject, run_of

LAYERS = 6
"""Layers looked at unless others are asked for."""

LAYERS_LIMIT = 200
"""Most layers: the degree of the polynomials grows with them."""


@dataclass(frozen=True, eq=False, repr=False)
class ParameterCells(Presentable):
    """The cells of a line of systems, from low to high, points between intervals.

    ``finished``: whether they reach to the end of the line; False after Ctrl-C.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = cells(Hardmax([[-1]]), tokens=[[1], [-1]])
    >>> found
    ParameterCells(alpha in (0, infinity): 3 cells, closed for ever)
    >>> found.cells[1]
    ParameterCell(alpha = 1, layers 0..1, closed by lock-in)
    """

    line: Line
    cells: tuple[ParameterCell, ...]
    finished: bool
    exploration: Exploration

    @property
    def complete(self) -> bool:
        """Whether every value of the parameter is settled for all layers."""
        return self.finished and all(cell.closed for cell in self.cells)

    @cached_property
    def merged(self) -> tuple[tuple[ParameterCell, ...], ...]:
        """The cells in groups of neighbours with the same leaders and limits.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> [len(group) for group in cells(Hardmax([[-1]]), tokens=[[1], [-1]]).merged]
        [3]
        """
        groups: list[list[ParameterCell]] = []
        for cell in self.cells:
            if groups and groups[-1][-1].same_answer(cell) and self._joins(groups[-1], cell):
                groups[-1].append(cell)
            else:
                groups.append([cell])
        return tuple(map(tuple, groups))

    @staticmethod
    def _joins(group: list[ParameterCell], cell: ParameterCell) -> bool:
        # At a point polynomials that differ may agree: an interval has to agree with the last interval.
        last = next((own for own in reversed(group) if not own.point), None)
        return cell.point or last is None or last.same_answer(cell)

    def to_dict(self) -> dict[str, object]:
        """Return what ``exactdyn cells --json`` prints.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> data = cells(Hardmax(), tokens=[[1], ["1/2"]]).to_dict()
        >>> data["parameter"], data["complete"], data["cells"][0]["to"]
        ('alpha', True, 'infinity')
        """
        return {
            "parameter": self.line.name,
            "complete": self.complete,
            "finished": self.finished,
            "cells": [cell.to_dict() for cell in self.cells],
        }

    def __repr__(self) -> str:
        ends = (End(Root.rational(x), self.line.tau is None) for x in (self.line.low, self.line.high))
        where = ", ".join(end.text() for end in ends)
        how = "closed for ever" if self.complete else "not all closed"
        return f"ParameterCells({self.line.name} in ({where}): {len(self.cells)} cells, {how})"


def cells(
    subject: Subject,
    *,
    tokens: object = None,
    A: object = None,
    parameter: object = None,
    low: object = None,
    high: object = None,
    layers: object = LAYERS,
) -> ParameterCells:
    """Return the cells of all alpha > 0, or of a number that moves tokens or A, or of those between two.

    ``subject``: a run, an example, or a system with ``tokens`` beside it: one A, one head, everybody seen,
    all ties kept, rational numbers. ``parameter``: None for alpha, whose value then plays no part; else a
    table ``{"name": "t", "from": -2, "to": 2}``, entries of ``tokens``, or of ``A`` in place of the
    system's, being of degree at most 1 in it: "1/3 + 2*t". ``low``, ``high``: exact numbers; if None, 0 and
    infinity, or what the table says. ``layers``: how many layers are looked at where nothing closes a cell
    before, 0 to :data:`LAYERS_LIMIT`. Raises :class:`~exactdyn.errors.InputError` for anything else.

    On every cell the attention sets of all its layers are the same; where it is closed, its lemma settles all
    later layers.
    Source: arXiv 2407.01602 for the dynamics; ``proofs_checks/parameters/FORMAT.md``.

    >>> from exactdyn.documents import load_example
    >>> for group in cells(load_example("emerging-leader"), low="1/10").merged:
    ...     print(group[0].low.text(5), group[-1].high.text(5), sorted(group[0].leaders))
    1/10 0.23240... [0, 2]
    0.23240... 1.4342... [0, 1, 2]
    1.4342... infinity [0, 2]
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> t = {"name": "t", "from": 0, "to": 2}
    >>> [cell.low.text() for cell in cells(Hardmax(), tokens=[[1], ["t"]], parameter=t).cells if cell.point]
    ['1']
    """
    if parameter is None and A is None:
        return found_in(explored(subject, tokens, low, high, layers))
    if not isinstance(subject, Hardmax) or tokens is None:
        raise InputError("parameter: requires Hardmax with tokens beside it, where no document states it")
    own = subject.A if A is None else A
    document = {"tokens": tokens, "tau": subject.tau, "parameter": parameter}
    example = read_document(document if own is None else {**document, "A": own}, "cells")
    return found_in(explored(example, None, low, high, layers))


def explored(subject: Subject, tokens: object, low: object, high: object, layers: object) -> Exploration:
    """Return the exploration of a line of systems; raises as :func:`cells` does.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> explored(Hardmax(), [[1]], "1/2", None, 3).line.low
    Fraction(1, 3)
    """
    number = integer(layers, "layers", 0, LAYERS_LIMIT)
    if isinstance(subject, Example) and tokens is None:
        run = subject.system.run(subject.tokens, 0)
        if subject.parameter is not None and subject.parameter.slope is not None:
            if subject.parameter.every_alpha:
                name = subject.parameter.name
                raise InputError(f"alpha: requires a number beside the parameter {name}, got 'all'")
            return Exploration(parameter_line(run, subject.parameter, low, high), number)
    else:
        run = run_of(subject, tokens)
    return Exploration(alpha_line(run, low, high), number)


def found_in(exploration: Exploration) -> ParameterCells:
    """Return all cells of an exploration."""
    return gathered(exploration, exploration.cells())


def gathered(exploration: Exploration, pieces: Iterable[LayerPiece], finished: bool = True) -> ParameterCells:
    """Return the cells of the pieces that an exploration has found, from low to high."""
    line = exploration.line
    return ParameterCells(
        line, tuple(ParameterCell.of(piece, line) for piece in pieces), finished, exploration
    )
