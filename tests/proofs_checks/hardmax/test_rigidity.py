"""Rigid places: on no segment, triangle, ... is the form of A degenerate."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.hardmax.rigidity import is_rigid
from proofs_checks.hardmax.system import System

ENTRIES = st.integers(-2, 2).map(Fraction)
PLACES = st.lists(st.tuples(ENTRIES, ENTRIES), min_size=1, max_size=4, unique=True)


def rigid(A: tuple[tuple[Fraction, ...], ...], places: list[tuple[Fraction, ...]]) -> bool:
    """In the plane, for a symmetric A: no edge e has <Ae, e> = 0, and A is regular if a triangle is there."""

    def form(e: tuple[Fraction, ...]) -> Fraction:
        return sum((A[a][b] * e[a] * e[b] for a in range(2) for b in range(2)), Fraction(0))

    edges = [(y[0] - x[0], y[1] - x[1]) for i, x in enumerate(places) for y in places[i + 1 :]]
    triangle = any(e[0] * f[1] != e[1] * f[0] for e in edges for f in edges)
    regular = A[0][0] * A[1][1] != A[0][1] * A[1][0]
    return all(form(e) != 0 for e in edges) and (regular or not triangle)


@given(ENTRIES, ENTRIES, ENTRIES, PLACES)
def test_places_in_the_plane_are_rigid_where_no_edge_and_no_triangle_is_degenerate(a, b, c, places):
    A = ((a, b), (b, c))
    assert is_rigid(System.of(A, Fraction(1), tuple(places)), tuple(places)) == rigid(A, places)
