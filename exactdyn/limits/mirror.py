"""Two places that attend each other for ever, and tokens whose attention spells digits between them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exactdyn.numbers.fields.joining import mapped, simple
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.vectors import inner
from exactdyn.systems.trajectory import Trajectory
from exactdyn.verdict import Data

LAYERS = 40
"""Up to this layer two such places are looked for."""


@dataclass(frozen=True)
class Mirror:
    """A proof that all tokens tend to the middle of two places that attend each other from ``layer`` on.

    The matrix is -``factor`` u u^T with u = ``functional``, whose values at the two places are the largest
    and the smallest of all tokens, and opposite. ``places``: where tokens tend, n equal rows.
    Source: lemma ``mirrored-extremes`` in ``proofs_checks/FORMAT.md``.
    """

    layer: int
    factor: Fraction
    functional: Row
    places: Rows

    @property
    def data(self) -> Data:
        """The member ``mirror`` of a certificate.

        Source: ``proofs_checks/FORMAT.md``, section "Mirror".

        >>> Mirror(3, Fraction(2), (Fraction(1),), ()).data
        {'layer': 3, 'factor': Fraction(2, 1), 'functional': [Fraction(1, 1)]}
        """
        return {"layer": self.layer, "factor": self.factor, "functional": list(self.functional)}


def find_mirror(trajectory: Trajectory, end: int) -> Mirror | None:
    """Return the proof at the first layer before ``end`` at which there is one, None without it.

    Source: lemma ``mirrored-extremes`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax([[-1]], "1/3").run([["1/2"], ["-1/2"], ["1/5"]], layers=0)
    >>> find_mirror(Trajectory(run), 1).places
    ((Fraction(0, 1),), (Fraction(0, 1),), (Fraction(0, 1),))
    """
    facts = trajectory.facts
    if facts.matrix is None or not facts.steady or facts.step is None or 3 * facts.step.tau > 1:
        return None
    found = _functional(facts.matrix)
    if found is None:
        return None
    factor, functional = found
    for layer in range(min(end, LAYERS)):
        rows = mapped(trajectory.state(layer).rows(), simple)
        values = [inner(functional, row) for row in rows]
        top, bottom = max(values), min(values)
        ends = [{tuple(row) for row, x in zip(rows, values, strict=True) if x == y} for y in (top, bottom)]
        if top > 0 and top + bottom == 0 and all(len(own) == 1 for own in ends):
            (first,), (second,) = ends
            middle = tuple(simple((x + y) / 2) for x, y in zip(first, second, strict=True))
            return Mirror(layer, factor, functional, (middle,) * len(rows))
    return None


def _functional(A: Rows) -> tuple[Fraction, Row] | None:
    """Return a > 0 and u with A = -a u u^T, None where there are no such."""
    place = next((r for r, row in enumerate(A) if row[r] < 0), None)
    if place is None:
        return None
    factor = -A[place][place]
    functional = tuple(simple(-x / factor) for x in A[place])
    same = all(
        x == -factor * u * w
        for row, u in zip(A, functional, strict=True)
        for x, w in zip(row, functional, strict=True)
    )
    return (factor, functional) if same else None
