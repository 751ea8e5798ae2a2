"""A counterexample is one: it is confirmed, certified, and compared with others by a total order."""

from fractions import Fraction

import pytest
from hypothesis import given

from exactdyn.certificates.envelope import certificate_text
from exactdyn.documents import load_example, write_example
from exactdyn.hunts.shrinking.counterexample import Trial, failing, height, size, violated
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.example_files import saved
from tests.strategies import RATIONALS


def trial_of(name):
    example = load_example(name)
    system = example.system
    tokens = tuple(tuple(map(Fraction, row)) for row in example.tokens)
    return Trial(system.matrix(len(tokens[0])), system.alpha, tokens, 5)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("norm-growth", "cyclic"),
        ("distinctness-preserved", "collision-on-a-line"),
        ("convergence", "alternating-invertible"),
    ],
)
def test_a_counterexample_is_certified_and_its_document_states_it_again(tmp_path, statement, name):
    found = failing(statement, trial_of(name))
    accepted = verify(certificate_text(found.certificate))
    assert (accepted.claims[-1].name, accepted.claims[-1].verdict) == (statement, "fails")
    again = load_example(saved(tmp_path, "again.toml", write_example(found.document)))
    assert again.run().tokens(found.trial.layers) == found.trial.run().tokens(found.trial.layers)
    assert found.size == size(found.trial, found.violated)


def test_where_a_statement_holds_there_is_no_counterexample():
    assert failing("norm-growth", trial_of("emerging-leader")) is None
    assert failing("convergence", trial_of("emerging-leader")) is None


def test_the_layers_of_a_limit_are_those_after_which_the_graphs_repeat():
    found = failing("convergence", trial_of("alternating-invertible"))
    run, last = found.trial.run(), found.trial.layers
    assert run.attention(last) == run.attention(last - 2) != run.attention(last - 1)


@pytest.mark.parametrize(
    ("system", "tokens", "names"),
    [
        (Hardmax(), [[1], [2]], set()),
        (Hardmax([[0, 1], [-1, 0]]), [[1, 0]], {"symmetric", "positive-definite"}),
        (Hardmax(alpha=0), [[1], [1], [0]], {"positive-alpha", "distinct-tokens", "nonzero-tokens"}),
    ],
)
def test_the_hypotheses_that_do_not_hold_are_named(system, tokens, names):
    assert violated(system.run(tokens, 0)) == names


@given(RATIONALS)
def test_the_height_of_a_number_is_what_its_numerator_and_denominator_say(x):
    assert height(x) == height(-x) == (abs(x.numerator) + x.denominator - 1 if x else 0)


def test_fewer_broken_hypotheses_count_more_than_an_invertible_matrix_and_that_more_than_few_tokens():
    one, zero = Fraction(1), Fraction(0)
    few, many = ((one,),), ((one,), (one + 1,), (one + 2,))
    regular, singular = Trial(((one,),), one, many, 3), Trial(((zero,),), one, few, 1)
    assert size(regular, frozenset()) < size(singular, frozenset())
    assert size(singular, frozenset()) < size(regular, frozenset({"symmetric"}))
