"""<Az, z> before and after every move, followed or multiplied out, is what the definition says."""

from fractions import Fraction
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given

from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.images import FOLLOWED_FROM, squares
from tests.judges.reference import form
from tests.strategies import runs


def moves(run, A):
    states = [tuple(map(tuple, run.state(k).rows())) for k in range(run.layers + 1)]
    return [
        (layer, i, form(A, x), form(A, y))
        for layer, (here, there) in enumerate(pairwise(states))
        for i, (x, y) in enumerate(zip(here, there, strict=True))
        if x != y
    ]


@given(runs())
def test_squares_that_are_followed_are_those_of_the_definition(run):
    A = run.facts.matrix
    with patch("exactdyn.systems.images.FOLLOWED_FROM", 1):
        assert list(squares(run, A)) == moves(run, A)
    assert list(squares(run, A)) == moves(run, A)


@pytest.mark.parametrize("change", [{}, {"mask": "causal"}, {"ties": "last"}, {"tau": "1/(k+2)"}, {"V": 3}])
def test_squares_of_every_kind_in_many_dimensions(change):
    size = FOLLOWED_FROM
    A = [[(i * j + 3 * i - j) % 7 - 3 for j in range(size)] for i in range(size)]
    tokens = [[(i + 2) * (r + 1) % 5 - 2 for r in range(size)] for i in range(6)]
    if "V" in change:
        change = {"V": [[3 * (i == j) for j in range(size)] for i in range(size)]}
    run = Hardmax(A, **change).run(tokens, layers=4)
    assert list(squares(run, run.facts.matrix)) == moves(run, [[Fraction(x) for x in row] for row in A])
