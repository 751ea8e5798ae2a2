"""Certificates of a parameter: the cells of all its values; parameters/FORMAT.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from proofs_checks.format.envelope import read_members
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.rationals import write_rational
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.parameters.line import Line, Linear, constant, read_line
from proofs_checks.parameters.points import Point, read_point
from proofs_checks.parameters.regions import At, Between, Region
from proofs_checks.parameters.statements import check_statements, known_of
from proofs_checks.parameters.states import State
from proofs_checks.parameters.tree import Cell, Layer, Tree

FORMAT = "exactdyn parameter certificate"
POINTS_LIMIT = 100_000
"""Most points."""


@dataclass(frozen=True)
class ParameterCertificate:
    """A well-formed certificate of a parameter; ``cells`` and ``proved`` are filled when it is checked.

    ``proved``: the statements that hold for every value of the parameter, each with its lemma.
    """

    line: Line
    points: tuple[Point, ...]
    semidefinite: Field | None
    tree: Field
    cells: list[Cell]
    statements: Field | None
    proved: dict[str, str]


def read(document: Field) -> ParameterCertificate:
    """Read what stands in a certificate of a parameter.

    Raises :class:`~proofs_checks.format.errors.MalformedError` for anything that is not one.

    Source: parameters/FORMAT.md, section "Envelope".
    """
    members = read_members(document, FORMAT, ["line", "points", "cells"], ["semidefinite", "statements"])
    entries = members["points"].items()
    if not 2 <= len(entries) <= POINTS_LIMIT:
        members["points"].refuse(f"from 2 to {POINTS_LIMIT} points")
    line, points = read_line(members["line"]), tuple(map(read_point, entries))
    semidefinite, statements = members.get("semidefinite"), members.get("statements")
    return ParameterCertificate(line, points, semidefinite, members["cells"], [], statements, {})


def check(certificate: ParameterCertificate) -> None:
    """Check the cells from the first point to the last, and the statements.

    Raises :class:`~proofs_checks.format.errors.RejectedError` for the first that is not established.

    Source: parameters/FORMAT.md, section "Cells".
    """
    line, points = certificate.line, certificate.points
    for one, other in pairwise(points):
        if not one.high < other.low:
            raise RejectedError("points: requires intervals in order, apart from each other")
    first, last = points[0].number, points[-1].number
    if first is None or last is None:
        raise RejectedError("points: the first and the last are rational, with linear polynomials")
    if line.alpha is None and not 0 <= first < last <= 1:
        raise RejectedError("points: tau is from 0 to 1 for alpha from 0 to infinity")
    tree = Tree(line, line.A, points, _semidefinite(certificate))
    layer = Layer(Between(points[0], points[-1]), (line.start,), (), frozenset())
    certificate.cells[:] = tree.pieces(layer, certificate.tree, 0, len(points) - 1)
    if certificate.statements is not None:
        whole = Between(points[0], points[-1])
        known = known_of(line, whole, certificate.semidefinite, certificate.cells)
        certificate.proved.update(check_statements(certificate.statements, known))


def _semidefinite(certificate: ParameterCertificate) -> bool:
    """Tell whether <Ax, x> >= 0 for all x is proved; a wrong proof is an error.

    Source: FORMAT.md, lemma ``factorisation``.
    """
    if certificate.semidefinite is None:
        return False
    A = constant(certificate.line.matrix)
    if A is None or not is_definite(certificate.semidefinite, A, strictly=False):
        raise RejectedError("semidefinite: the factorisation does not prove it")
    return True


def describe(certificate: ParameterCertificate) -> list[str]:
    """Return lines that state the line of systems and every cell."""
    line = certificate.line
    whose = "alpha is the parameter" if line.alpha is None else f"alpha = {write_rational(line.alpha)}"
    x = "tau" if line.alpha is None else line.name
    closed = sum(cell.lemma is not None for cell in certificate.cells)
    return [
        f"{len(line.tokens)} tokens in dimension {len(line.matrix)}, {whose}",
        f"  A = {_rows(line.matrix, x)}",
        f"  tokens = {_rows(line.tokens, x)}",
        f"  {len(certificate.cells)} cells, {closed} of them closed for ever",
        *(_cell(line, x, cell) for cell in certificate.cells),
        *_statements(certificate),
    ]


def _statements(certificate: ParameterCertificate) -> Iterator[str]:
    line, (first, *_, last) = certificate.line, certificate.points
    where = f"{line.name} in ({_point(line, first)}, {_point(line, last)})"
    for name, lemma in certificate.proved.items():
        yield f"holds: {name} for every {where}, every layer, by {lemma}"


def _cell(line: Line, x: str, cell: Cell) -> str:
    graphs = " | ".join(" ".join(",".join(map(str, sorted(own))) for own in sets) for sets in cell.itinerary)
    says = f"{_where(line, cell.region)}: attention {graphs}"
    if cell.future is None:
        return f"holds: {says}"
    limits, period = cell.future.limits, cell.future.period
    repeats = f" with period {period}" if period not in (None, 1) else ""
    goal = "no limits" if limits is None else f"limits {_limits(limits, x)}"
    return f"holds: {says}; for ever{repeats} by {cell.lemma}, {goal}"


def _where(line: Line, region: Region) -> str:
    if isinstance(region, At):
        return f"{line.name} = {_point(line, region.point)}"
    return f"{line.name} in ({_point(line, region.left)}, {_point(line, region.right)})"


def _point(line: Line, point: Point) -> str:
    if point.number is not None:
        return line.shown(point.number)
    return f"[{line.shown(point.low)}, {line.shown(point.high)}]"


def _limits(state: State, x: str) -> str:
    rows = [[[Fraction(c, state.denominator) for c in entry] for entry in row] for row in state.rows]
    return _rows(rows, x)


def _rows(rows: Linear, x: str) -> str:
    return ", ".join(f"({', '.join(_entry(entry, x) for entry in row)})" for row in rows)


def _entry(coefficients: Sequence[Fraction], x: str) -> str:
    terms = [
        write_rational(c) + (f" {x}" if power == 1 else f" {x}^{power}" if power else "")
        for power, c in enumerate(coefficients)
        if c
    ]
    return " + ".join(terms) or "0"
