from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_text
from exactdyn.documents import load_example
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.small_matrices import belongs
from exactdyn.hunts.shrinking.counterexample import Trial, failing
from exactdyn.hunts.shrinking.reductions import REDUCTIONS
from exactdyn.hunts.shrinking.shrink import reduced, shrink
from exactdyn.numbers.vectors import is_symmetric
from proofs_checks import verify
from tests.amounts import amount
from tests.strategies import systems

STATEMENTS = [
    "norm-growth",
    "distinctness-preserved",
    "hull-shrinkage",
    "leaders-persist",
    "leader-vertex",
    "limit-set",
    "attention-settles",
]
LAYERS = 3


def everything(A):
    return True


@st.composite
def counterexamples(draw):
    system = draw(systems(dimensions=2, largest=4))
    trial = Trial(system.A, system.alpha, system.tokens, LAYERS)
    found = [broken for name in STATEMENTS if (broken := failing(name, trial)) is not None]
    assume(found)
    return draw(st.sampled_from(found))


@given(counterexamples())
@settings(max_examples=amount(15, 40))
def test_what_is_left_still_fails_and_nothing_smaller_of_its_kind_does(found):
    small = shrink(found, LAYERS)
    assert small.size <= found.size
    assert small.violated <= found.violated
    accepted = verify(certificate_text(small.certificate))
    assert [claim.name for claim in accepted.claims][-1] == small.statement
    assert not [name for name in REDUCTIONS for _ in reduced(small, name, LAYERS, everything)]
    assert shrink(small, LAYERS) == small


def test_matrices_that_are_not_allowed_and_alpha_that_is_kept_stay():
    one, two = Fraction(1), Fraction(2)
    A = matrix_class("general", 2, "5, 1; 1, -7").base
    trial = Trial(A, one, ((one, two), (-one, -two)), LAYERS)
    found = failing("distinctness-preserved", trial)
    pattern = matrix_class("general", 2, "a, 1; 1, -7")
    small = shrink(found, LAYERS, lambda A: len(A) == 2 and belongs(pattern, A), ["alpha"])
    assert small.trial.A[1] == (1, -7)
    assert small.trial.alpha == trial.alpha
    assert shrink(found, LAYERS).trial.A == ((-1,),)


@pytest.mark.parametrize("name", ["alternating-invertible", "alternating-singular", "period-three"])
def test_the_known_runs_that_never_converge_stay_such_in_few_numbers(name):
    example = load_example(name)
    trial = Trial(example.system.A, example.system.alpha, example.tokens, 20)
    found = failing("convergence", trial)
    small = shrink(found, 20)
    assert small.size <= found.size
    assert len(small.trial.tokens) >= 5
    verify(certificate_text(small.certificate))


def test_the_zero_matrix_gives_way_to_another_before_dimensions_do():
    # In dimension 1 the only semidefinite matrix that is not definite is 0, on which most fails.
    nothing = ((Fraction(0),) * 2,) * 2
    tokens = ((Fraction(0), Fraction(-1)), (Fraction(1), Fraction(1)))
    found = failing("norm-growth", Trial(nothing, Fraction(1), tokens, LAYERS))
    small = shrink(found, LAYERS, lambda A: belongs(matrix_class("positive-semidefinite", len(A)), A))
    assert (small.size[1], len(small.trial.A)) == (1, 2)
    assert small.violated == {"positive-definite"}


def test_of_eight_tokens_two_are_kept_with_another_matrix_where_no_single_one_can_be_left_out():
    rows = "1 0 -1 0, 1 0 1 0, -1 0 -1 0, -1 0 1 0, 0 -1 0 -1, 0 -1 0 1, 1/2 0 0 0, -1/2 1 0 0"
    tokens = tuple(tuple(map(Fraction, row.split())) for row in rows.split(", "))
    A = tuple(tuple(Fraction(r == c and r in (0, 3)) for c in range(4)) for r in range(4))
    found = failing("limit-set", Trial(A, Fraction(1, 2), tokens, 4))
    small = shrink(found, 4, is_symmetric)
    assert small.trial == Trial(((Fraction(-1),),), Fraction(1, 2), ((Fraction(1),), (Fraction(-1),)), 1)
