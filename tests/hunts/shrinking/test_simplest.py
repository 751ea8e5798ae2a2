"""The simplest systems, one of which often fails as well."""

from fractions import Fraction
from itertools import islice

import pytest

from exactdyn.documents import load_example
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.small_matrices import belongs
from exactdyn.hunts.shrinking.attention import attending, projected
from exactdyn.hunts.shrinking.counterexample import Trial, failing, violated
from exactdyn.hunts.shrinking.shrink import shrink
from exactdyn.hunts.shrinking.simplest import simplest
from exactdyn.numbers.vectors import is_symmetric
from exactdyn.systems.hardmax import Hardmax

ONE = Fraction(1)


def rows(text):
    return tuple(tuple(map(Fraction, row.split())) for row in text.split(", "))


LARGE = rows("3 1 0, 1 -2 5, 0 5 7")
MANY = rows("1 2 3, -4 1 0, 2 2 -5, 0 7 1, 5 -3 2")


def test_each_is_smaller_and_comes_once_with_what_holds_of_the_trial():
    trial = Trial(LARGE, Fraction(3), MANY, 4)
    proposed = list(simplest(trial))
    assert len(set(proposed)) == len(proposed)
    for own in proposed:
        assert (len(own.tokens), len(own.A)) < (len(MANY), 3)
        assert own.layers == 4
        assert is_symmetric(own.A)
        assert not violated(own.beginning) & {"distinct-tokens", "nonzero-tokens", "positive-alpha"}
    assert proposed[0].A == ((ONE,),)
    assert {own.alpha for own in proposed} == {Fraction(3), ONE, ONE / 2, Fraction(2)}


def test_copies_zero_and_coefficients_that_are_not_positive_are_tried_where_there_are_some():
    copies = Trial(LARGE, Fraction(-3), (*MANY, MANY[0], (ONE * 0,) * 3), 4)
    broken = [violated(own.beginning) for own in simplest(copies)]
    for hypothesis in ("distinct-tokens", "nonzero-tokens", "positive-alpha"):
        assert [hypothesis in own for own in broken].count(True)


def test_a_mask_stays_and_where_there_are_values_the_dimension_does():
    masked = Trial(LARGE, Hardmax(alpha=1, mask="causal"), MANY, 4)
    assert all(own.around == masked.around for own in islice(simplest(masked), 100))
    values = Trial(LARGE, Hardmax(alpha=1, V=[[1, 2, 0], [0, 1, 0], [0, 0, 3]]), MANY, 4)
    assert not list(simplest(values))


@pytest.mark.parametrize(
    ("statement", "kind", "count", "dimension"),
    [
        ("limit-set", "positive-semidefinite", 2, 2),
        ("leader-vertex", "positive-semidefinite", 2, 2),
        ("norm-growth", "positive-semidefinite", 2, 2),
        ("limit-set", "symmetric", 2, 1),
        ("norm-growth", "symmetric", 2, 1),
        ("attention-settles", "symmetric", 3, 1),
        ("leader-vertex", "positive-definite-part", 3, 2),
        ("limit-set", "positive-definite-part", 3, 2),
    ],
)
def test_one_of_them_is_as_small_as_the_atlas_has_it(statement, kind, count, dimension):
    def allowed(A):
        return belongs(matrix_class(kind, len(A)), A)

    large = Trial(
        rows("1 0 0, 0 1 0, 0 0 1") if kind == "symmetric" else rows("1 1 0, 0 1 0, 0 0 1"), ONE, MANY, 4
    )
    failures = (
        failing(statement, Trial(own.A, own.around, own.tokens, 4))
        for own in simplest(large)
        if allowed(own.A) and (len(own.tokens), len(own.A)) == (count, dimension)
    )
    found = next(filter(None, failures))
    small = shrink(found, 4, allowed)
    assert (len(small.trial.tokens), len(small.trial.A)) == (count, dimension)


def test_a_wanderer_among_four_leaders_in_dimension_four_needs_three():
    A = rows("8 1/6 -3 7, 1/6 1/3 1 -1, -3 1 8 2, 7 -1 2 8")
    tokens = rows("1 0 0 0, 0 6 0 0, 0 0 1 0, 0 0 0 1, 1/3 1 1/3 1/6")
    trial = Trial(A, ONE, tokens, 2)
    before, after = trial.run(), next(projected(trial))
    assert {len(row) for row in (*after.A, *after.tokens)} == {3}
    assert [after.run().attention(k) for k in range(3)] == [before.attention(k) for k in range(3)]
    assert failing("convergence", Trial(after.A, ONE, after.tokens, 4)).violated == {"positive-definite"}


def test_of_the_wanderers_known_none_is_in_the_plane():
    example = load_example("alternating-invertible")
    trial = Trial(example.system.A, example.system.alpha, example.tokens, 2)
    assert not list(projected(trial))


def test_a_matrix_with_given_attention_sets_has_them():
    tokens, sets = rows("1 0, 0 1, -1 -1"), ({0: frozenset({1}), 1: frozenset({2})},)
    found, programs = attending(ONE, tokens, matrix_class("general", 2), sets)
    assert programs
    for A in found:
        attention = Hardmax(A, alpha=1).run(tokens, 0).attention(0)
        assert (attention[0], attention[1]) == ({1}, {2})
