"""Between the roots of critical polynomials everything that an answer depends on stays as it is."""

from fractions import Fraction
from itertools import product
from random import Random

import pytest
from flint import fmpz_poly

from exactdyn.geometry.definiteness import Factorisation, factorise
from exactdyn.limits.polytope import corners
from exactdyn.parameters import critical
from exactdyn.parameters.line import Line
from exactdyn.parameters.region import Region
from exactdyn.parameters.roots import Root, Roots

LOW, HIGH = Fraction(-2), Fraction(2)


def parts(polynomials):
    whole = Region(Root.rational(LOW), Root.rational(HIGH))
    return [own for own in critical.cut(whole, polynomials, Roots(LOW, HIGH)) if not own.point]


def samples(region, count=3):
    low, high = region.low.high, region.high.low
    return [low + (high - low) * Fraction(k, count + 1) for k in range(1, count + 1)]


@pytest.mark.parametrize("seed", range(6))
def test_vertices_are_the_same_all_over_a_part(seed):
    source = Random(seed)
    dimension = source.choice([1, 2, 2, 3])
    flat = seed % 2  # in a plane, or on a line, of lower dimension
    coefficients = [
        [[source.randint(-2, 2) for _ in range(source.randint(1, 3))] for _ in range(dimension)]
        for _ in range(5)
    ]
    points = [[fmpz_poly(own) for own in row] for row in coefficients]
    if flat:
        points = [[*row, row[0] * 2 + 1] for row in points]
    A = tuple(tuple(Fraction(0) for _ in points[0]) for _ in points[0])
    found = parts(critical.of_vertices(points))
    for part in found:
        seen = {tuple(corner.token for corner in corners(A, _at(points, x))) for x in samples(part)}
        assert len(seen) == 1


def _at(points, x):
    def value(p):
        return sum((int(c) * x**m for m, c in enumerate(p.coeffs())), Fraction(0))

    return tuple(tuple(value(p) for p in row) for row in points)


@pytest.mark.parametrize("seed", range(6))
def test_definiteness_and_rank_are_the_same_all_over_a_part(seed):
    source, size = Random(seed), 2 + seed % 2
    rows = [
        tuple(tuple(Fraction(source.randint(-1, 1)) for _ in range(size)) for _ in range(size))
        for _ in range(2)
    ]
    symmetric = [tuple(tuple(M[i][j] + M[j][i] for j in range(size)) for i in range(size)) for M in rows]
    for constant, slope in product([rows[0], symmetric[0]], [rows[1], symmetric[1]]):
        line = Line("t", (constant, slope), (((Fraction(0),) * size,),), Fraction(1, 2), LOW, HIGH)
        for part in parts(critical.of_facts(line)):
            assert len({_facts(line, x) for x in samples(part)}) == 1


def _facts(line, x):
    A = line.system(x)[0].A
    found = factorise(A)
    if not isinstance(found, Factorisation):
        return tuple(zip(*A, strict=True)) == A, None
    return tuple(zip(*A, strict=True)) == A, sum(pivot != 0 for pivot in found.diagonal)
