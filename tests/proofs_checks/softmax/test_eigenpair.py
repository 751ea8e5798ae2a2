"""The characteristic polynomial and the adjugate, as Faddeev and LeVerrier have them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.softmax.eigenpair import faddeev

SQUARES = st.integers(1, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.fractions(-3, 3, max_denominator=4), min_size=size, max_size=size),
        min_size=size,
        max_size=size,
    )
)


@given(SQUARES, st.fractions(-3, 3, max_denominator=4))
def test_the_adjugate_times_the_matrix_is_the_determinant(rows, at):
    size = range(len(rows))
    coefficients, adjoints = faddeev(tuple(map(tuple, rows)))
    value = sum(c * at ** (len(rows) - k) for k, c in enumerate(coefficients))
    adjugate = [
        [sum(N[a][b] * at ** (len(rows) - 1 - k) for k, N in enumerate(adjoints)) for b in size] for a in size
    ]
    shifted = [[at * (a == b) - Fraction(rows[a][b]) for b in size] for a in size]
    for a in size:
        for b in size:
            assert sum(adjugate[a][c] * shifted[c][b] for c in size) == value * (a == b)
