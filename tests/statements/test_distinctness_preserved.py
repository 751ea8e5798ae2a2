from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_text
from exactdyn.statements.distinctness_preserved import STATEMENT
from exactdyn.statements.theorem import check
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head
from proofs_checks import verify
from tests.judges import reference
from tests.judges.oracle.statements import distinctness_preserved
from tests.judges.reference import product, transpose
from tests.strategies import NONNEGATIVE_ALPHAS, square_matrices, token_sets


@pytest.mark.parametrize(
    "A, tokens, point",
    [([[-1]], [[1], [-1]], [0]), ([[1, 0], [0, -1]], [[0, 1], [0, -1]], [0, 0])],
)
def test_opposite_tokens_meet_where_the_form_is_negative(A, tokens, point):
    verdict = STATEMENT.decide(Hardmax(A, alpha=1).run(tokens, layers=2))
    assert verdict.witness == {"layer": 0, "tokens": [0, 1], "point": point}


@given(st.sampled_from(["1/3", "1/2", "1"]), st.lists(st.integers(-4, 4), min_size=2, max_size=6))
def test_integers_on_a_line_meet_where_brute_force_says_so(alpha, places):
    system = reference.system([[-1]], alpha, [[x] for x in places])
    layers = reference.run(system, 3)
    verdict = STATEMENT.decide(Hardmax(system.A, system.alpha).run(system.tokens, 3))
    assert (verdict.outcome == "holds") is distinctness_preserved(reference.Computed(system.A, layers))
    if verdict.outcome == "fails":
        layer, (i, j), point = (verdict.witness[name] for name in ("layer", "tokens", "point"))
        assert layers[layer].tokens[i] != layers[layer].tokens[j]
        assert layers[layer + 1].tokens[i] == layers[layer + 1].tokens[j] == tuple(point)


@given(st.integers(1, 3), NONNEGATIVE_ALPHAS, st.data())
def test_with_a_semidefinite_form_and_alpha_not_negative_it_is_a_lemma(size, alpha, data):
    general, other = data.draw(square_matrices(size)), data.draw(square_matrices(size))
    gram, turned = product(transpose(general), general), transpose(other)
    A = [[gram[i][j] + other[i][j] - turned[i][j] for j in range(size)] for i in range(size)]
    verdict = STATEMENT.decide(Hardmax(A, alpha).run(data.draw(token_sets(size)), 1))
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", "no-collision")
    assert min(verdict.evidence["diagonal"]) >= 0


def test_with_alpha_negative_tokens_may_meet_whatever_the_form_is():
    verdict = STATEMENT.decide(Hardmax(alpha=-2).run([[1, 0], [1, 1]], layers=2))
    assert verdict.witness == {"layer": 0, "tokens": [0, 1], "point": [1, 1]}


def test_with_a_negative_form_distinct_tokens_may_never_meet_in_the_layers_computed():
    verdict = STATEMENT.decide(Hardmax([[-1]], alpha="1/2").run([[1], [-1]], layers=5))
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "layers 0..5", None)


def test_copies_are_no_collision():
    assert STATEMENT.decide(Hardmax([[-1]], alpha="1/2").run([[1], [1], [-1]], layers=3)).outcome == "holds"


def test_two_that_met_with_others_are_named_by_their_lowest_tokens():
    verdict = STATEMENT.decide(Hardmax([[-1]], alpha=1).run([[1], [1], [-1], [-1]], layers=3))
    assert verdict.witness == {"layer": 0, "tokens": [0, 2], "point": [0]}


def test_a_token_that_meets_another_is_named_itself_where_its_copies_part_from_it():
    mask = [[1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 1], [1, 0, 0, 0]]
    head = Head([[-1, 0], [0, 0]], mask=mask)
    run = HardAttention([head, head], tau="1/3").run([[1, 0], [1, 0], [1, 0], [0, 0]], 1)
    result = check(run)
    witness = result.statements["distinctness-preserved"].witness
    assert witness == {"layer": 0, "tokens": [2, 3], "point": [Fraction(1, 2), 0]}
    assert verify(certificate_text(result.certificate))
