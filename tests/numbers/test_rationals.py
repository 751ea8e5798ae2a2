"""The rationals, and whose numbers are whose; the laws they keep are in ``test_domain.py``."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.numbers.fields.joining import number
from exactdyn.numbers.rationals import RATIONALS, domain_of


@given(st.lists(st.fractions(), min_size=1, max_size=5))
def test_floats_of_a_point_are_correctly_rounded(row):
    assert RATIONALS.floats(*RATIONALS.point(row)) == [x.numerator / x.denominator for x in row]


def test_numbers_of_two_domains_are_not_mixed():
    root, other = (number(text, "A") for text in ("sqrt(2)", "sqrt(3)"))
    assert domain_of([Fraction(1), 2, root]) is root.domain
    assert domain_of([Fraction(1), 2]) is RATIONALS
    with pytest.raises(InputError, match=r"requires one domain, got the field of x\^2 - 2 and the field of"):
        domain_of([root, Fraction(1), other])
