"""Rigid places: on no segment, triangle, ... is the form of A degenerate."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from operator import mul
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.hardmax import rigidity
from proofs_checks.hardmax.rigidity import is_rigid
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import System

DEGENERATE = [
    [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)],  # many planes have four of these
    [(x, x, y) for x in (0, 1, 2) for y in (0, 1)],  # all in a plane, three on a line
    [(0, 0, 0), (1, 0, 0), (2, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)],
]

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
    run = Run(System.of(A, Fraction(1), tuple(places)), 0)
    assert is_rigid(run, tuple(places)) == rigid(A, places)


def rigid_plainly(A: list[list[Fraction]], places: list[tuple[Fraction, ...]]) -> bool:
    """By all determinants, of fractions."""
    for count in range(2, len(A) + 2):
        for first, *others in combinations(places, count):
            edges = [[x - y for x, y in zip(other, first, strict=True)] for other in others]
            images = [[sum(map(mul, row, e)) for row in A] for e in edges]
            independent = regular([[sum(map(mul, e, f)) for f in edges] for e in edges])
            if independent and not regular([[sum(map(mul, e, f)) for f in edges] for e in images]):
                return False
    return True


def regular(rows: list[list[Fraction]]) -> bool:
    """By elimination with pivots."""
    rows = [[Fraction(x) for x in row] for row in rows]
    for k in range(len(rows)):
        pivot = next((row for row in rows[k:] if row[k]), None)
        if pivot is None:
            return False
        rest = [row for row in rows[k:] if row is not pivot]
        rows[k:] = [
            pivot,
            *([x - row[k] / pivot[k] * y for x, y in zip(row, pivot, strict=True)] for row in rest),
        ]
    return True


def of_seed(seed: int) -> tuple[list[list[Fraction]], list[tuple[Fraction, ...]]]:
    """Small matrices, symmetric or not, and places that are often in special position."""
    draw = Random(seed)
    d = draw.choice([1, 2, 3, 3, 4])
    A = [[Fraction(draw.randint(-3, 3)) for _ in range(d)] for _ in range(d)]
    if draw.random() < 0.5:
        A = [[A[max(i, j)][min(i, j)] for j in range(d)] for i in range(d)]
    if d == 3 and draw.random() < 0.5:
        return A, [tuple(map(Fraction, place)) for place in draw.choice(DEGENERATE)]
    spread = draw.choice([1, 2, 50])
    places = {
        tuple(Fraction(draw.randint(-spread, spread), draw.randint(1, 2)) for _ in range(d)) for _ in range(6)
    }
    return A, sorted(places)


def judged(A: list[list[Fraction]], places: list[tuple[Fraction, ...]]) -> bool:
    return is_rigid(Run(System.of(tuple(map(tuple, A)), Fraction(1), tuple(places)), 0), tuple(places))


def test_places_are_rigid_if_all_determinants_of_fractions_say_so():
    outcomes = Counter()
    for seed in range(400):
        A, places = of_seed(seed)
        outcomes[judged(A, places)] += 1
        assert judged(A, places) == rigid_plainly(A, places)
    assert min(outcomes.values()) > 60


@pytest.mark.parametrize("prime", [2, 3, 5])
def test_a_prime_that_divides_many_determinants_changes_nothing(monkeypatch, prime):
    monkeypatch.setattr(rigidity, "PRIME", prime)
    for seed in range(150):
        A, places = of_seed(seed)
        assert judged(A, places) == rigid_plainly(A, places)


def test_a_determinant_that_is_the_prime_is_not_taken_for_nothing():
    places = [(Fraction(0), Fraction(0)), (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))]
    assert judged([[Fraction(rigidity.PRIME), Fraction(0)], [Fraction(0), Fraction(-1)]], places)
    assert not judged([[Fraction(rigidity.PRIME), Fraction(0)], [Fraction(0), Fraction(0)]], places)


def test_many_simplices_are_gone_through_in_a_second():
    draw = Random(5)
    places = [tuple(Fraction(draw.randint(-1000, 1000)) for _ in range(6)) for _ in range(12)]
    A = [[Fraction(int(i == j) * (-1) ** (i == 5)) for j in range(6)] for i in range(6)]
    before = process_time()
    assert judged(A, places)
    assert process_time() - before < 1
