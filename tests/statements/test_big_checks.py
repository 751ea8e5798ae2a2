"""Checks of machine-learning size: integers and filters in place of fractions, and the same results."""

from __future__ import annotations

from fractions import Fraction
from resource import RUSAGE_CHILDREN, getrusage

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.definiteness import Direction, Factorisation, factorise
from exactdyn.geometry.products import images
from exactdyn.limits.polytope import attention_among
from exactdyn.numbers.reading import from_floats
from exactdyn.numbers.vectors import identity
from exactdyn.systems.hardmax import Hardmax
from tests.command import exactdyn
from tests.judges.reference import dot, times
from tests.strategies import square_matrices, token_sets

DIMENSIONS = st.integers(1, 4)


@given(st.data(), DIMENSIONS)
def test_images_are_those_of_fractions(data, dimension):
    A = data.draw(st.one_of(square_matrices(dimension), st.just(identity(dimension))))
    points = data.draw(token_sets(dimension))
    assert images(A, points) == [tuple(times(A, x)) for x in points]


def test_no_points_have_no_images():
    assert images(identity(2), []) == []


@given(st.data(), DIMENSIONS)
def test_attention_among_points_is_that_of_the_definition(data, dimension):
    A = data.draw(st.one_of(square_matrices(dimension), st.just(identity(dimension))))
    points = data.draw(token_sets(dimension))
    for x, attended in zip(points, attention_among(A, points), strict=True):
        scores = [dot(times(A, x), y) for y in points]
        assert attended == {j for j, score in enumerate(scores) if score == max(scores)}


def test_attention_among_many_points_is_that_of_the_definition():
    # Beyond a handful of points floats decide first: on a lattice most scores are tied.
    points = [(Fraction(x, 3), Fraction(y, 3)) for x in range(-7, 8) for y in range(-7, 8)]
    A = ((Fraction(1), Fraction(1, 2)), (Fraction(-1, 2), Fraction(1)))
    for x, attended in zip(points, attention_among(A, points), strict=True):
        image = times(A, x)
        scores = [dot(image, y) for y in points]
        largest = max(scores)
        assert attended == {j for j, score in enumerate(scores) if score == largest}


def factorised_plainly(A):
    """Eliminate in a full matrix of fractions."""
    size = len(A)
    rest = [[(A[i][j] + A[j][i]) / 2 for j in range(size)] for i in range(size)]
    lower = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    for k in range(size):
        if rest[k][k] < 0 or (rest[k][k] == 0 and any(rest[i][k] for i in range(k + 1, size))):
            return None
        for i in range(k + 1, size):
            if rest[k][k]:
                lower[i][k] = rest[i][k] / rest[k][k]
        for i in range(k + 1, size):
            for j in range(k + 1, size):
                rest[i][j] -= lower[i][k] * rest[k][j]
    return Factorisation(tuple(map(tuple, lower)), tuple(rest[k][k] for k in range(size)))


@given(st.data(), DIMENSIONS, st.booleans())
def test_a_factorisation_that_skips_zeros_is_the_one_that_does_not(data, dimension, square):
    A = data.draw(square_matrices(dimension))
    if square:
        columns = list(zip(*A, strict=True))
        A = tuple(tuple(dot(x, y) for y in columns) for x in columns)
    found, expected = factorise(A), factorised_plainly(A)
    if expected is None:
        assert isinstance(found, Direction)
        assert found.value == dot(times(A, found.vector), found.vector) < 0
    else:
        assert found == expected


def test_a_factorisation_is_computed_once_a_run(monkeypatch):
    asked = []
    monkeypatch.setattr("exactdyn.systems.facts.factorise", lambda A: asked.append(A) or factorise(A))
    from exactdyn.statements.theorem import check

    check(Hardmax([[2, 1], [1, 2]]).run([[1, 0], [0, 1], [1, 1]], 3))
    assert len(asked) == 1


@pytest.mark.parametrize(("count", "dimension", "seconds"), [(500, 64, 10), (10, 768, 10), (20, 300, 5)])
def test_a_check_of_many_tokens_or_coordinates_takes_seconds(tmp_path, count, dimension, seconds):
    tokens = np.random.default_rng(12).standard_normal((count, dimension)).astype(np.float32)
    np.save(tmp_path / "tokens.npy", tokens)
    before = getrusage(RUSAGE_CHILDREN)
    process = exactdyn("check", "tokens.npy", "--alpha", "1/2", "--json", folder=tmp_path)
    after = getrusage(RUSAGE_CHILDREN)
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout.count('"holds"') == 13
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < seconds


def test_many_tokens_in_the_plane_are_checked_where_they_stay():
    # All on a circle: everybody leads, and is a corner.
    angles = np.linspace(0, 6, 400)
    run = Hardmax(alpha="1/2").run(from_floats(np.stack([np.cos(angles), np.sin(angles)], axis=1)), 0)
    exposed = [k for k, own in enumerate(attention_among(identity(2), run.start.rows())) if own == {k}]
    assert exposed == sorted(run.leaders)
