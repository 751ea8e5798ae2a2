"""The rationals, and whose numbers are whose; the laws they keep are in ``test_domain.py``."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.numbers.rationals import RATIONALS, domain_of
from tests.numbers.test_domain import Limited, Marked


@given(st.lists(st.fractions(), min_size=1, max_size=5))
def test_floats_of_a_point_are_correctly_rounded(row):
    assert RATIONALS.floats(*RATIONALS.point(row)) == [x.numerator / x.denominator for x in row]


def test_numbers_of_two_domains_are_not_mixed():
    other = type("Other", (Marked,), {"domain": type("Else", (Limited,), {"name": "Q(else)"})()})
    assert domain_of([Fraction(1), 2, Marked(1)]) is Marked.domain
    assert domain_of([Fraction(1), 2]) is RATIONALS
    with pytest.raises(InputError, match=r"requires one domain, got Q\(else\) and Q\(toy\)"):
        domain_of([Marked(1), Fraction(1), other(2)])
