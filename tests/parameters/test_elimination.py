"""Matrices of polynomials: their determinants by definition."""

from random import Random

from flint import fmpz_poly

from exactdyn.parameters.elimination import determinant


def test_a_determinant_of_polynomials_is_that_of_leibniz():
    source = Random(1)
    a, b, c, d, e, f, g, h, i = (fmpz_poly([source.randint(-2, 2) for _ in range(3)]) for _ in range(9))
    expected = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    assert determinant([[a, b, c], [d, e, f], [g, h, i]]) == expected
