"""Whose system a certificate speaks of: any difference is found and named."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_text
from exactdyn.cli.words.systems import certificate_parts, example_parts, system_difference
from exactdyn.documents import load_example
from exactdyn.statements.theorem import check
from proofs_checks import verify
from tests.strategies import RATIONALS, square_matrices, vectors

ONE = ((Fraction(1),),)


@pytest.mark.parametrize("name", ["cyclic", "emerging-leader", "zero-token"])
def test_a_certificate_speaks_of_the_example_it_was_made_from_and_of_no_other(name):
    example = load_example(name)
    own = certificate_parts(verify(certificate_text(check(example.run(1)).certificate)))
    assert system_difference(own, example_parts(example, own.keys())) is None
    other = load_example("square")
    assert "differs" in system_difference(own, example_parts(other, own.keys()))


@given(square_matrices(2), vectors(2), RATIONALS, st.integers(0, 1), st.integers(0, 1))
def test_one_other_number_is_a_difference_and_is_named(A, token, alpha, i, r):
    own = {"alpha": ((alpha,),), "A": tuple(map(tuple, A)), "tokens": (token,)}
    assert system_difference(own, own) is None
    rows = [list(row) for row in own["A"]]
    rows[i][r] += 1
    assert f"A[{i}][{r}] is " in system_difference(own, own | {"A": tuple(map(tuple, rows))})
    assert "alpha is " in system_difference(own, own | {"alpha": ((alpha + 1,),)})


@pytest.mark.parametrize(
    ("own", "wanted", "line"),
    [
        ({"tokens": ()}, {"tokens": ONE}, "it is about all tokens"),
        ({"tokens": ONE}, {"tokens": ONE, "V": ONE}, "there V is stated"),
        ({"tokens": ONE, "V": ONE}, {"tokens": ONE}, "there V is not stated"),
        ({"tokens": ONE, "alpha": ONE}, {"tokens": ONE, "alpha": ONE, "A": ONE}, None),
        ({"tokens": ONE, "A": ONE + ONE}, {"tokens": ONE, "A": ONE}, "A has 2 rows, there 1"),
    ],
)
def test_what_is_stated_on_one_side_only_is_a_difference(own, wanted, line):
    found = system_difference(own, wanted)
    assert found == (None if line is None else f"its system differs from the input: {line}")
