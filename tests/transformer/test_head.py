"""What is said of a head, on matrices of which everything is known."""

import numpy as np
import pytest
from flint import acb

from exactdyn.transformer.head import HYPOTHESES, inspect_head
from exactdyn.transformer.weights import HeadWeights

I2 = np.eye(2)


def judged(V, Q=I2, K=I2, O=None):  # noqa: E741 - the name of the matrix
    V = np.array(V, dtype=float)
    output = np.eye(len(V)) if O is None else np.array(O, dtype=float)
    return inspect_head(0, 0, HeadWeights(np.array(Q, dtype=float), np.array(K, dtype=float), V, output))


def outcomes(found):
    return {name: verdict.outcome for name, verdict in found.hypotheses.items()}


@pytest.mark.parametrize(
    ("V", "kind", "outcome"),
    [
        ([[2, 1], [0, 1]], "positive", "holds"),
        ([[1, 0], [0, 1.5]], "positive", "holds"),
        ([[1, 0], [0, 1]], "multiple", "fails"),
        ([[-2, 1], [0, 1]], "negative", "fails"),
        ([[1, -1], [1, 1]], "not real", "fails"),
        ([[1, 0], [0, -1]], "negative or positive", "fails"),
        ([[0, 2], [1, 0]], "negative or positive", "fails"),
        ([[0, 1], [0, 0]], "zero", "fails"),
        ([[0, 0], [0, 0]], "zero", "fails"),
    ],
)
def test_the_leading_eigenvalue_is_judged(V, kind, outcome):
    found = judged(V)
    assert (found.leading, found.hypotheses["leading-eigenvalue"].outcome) == (kind, outcome)


def test_moduli_that_are_the_same_are_too_close_to_say():
    found = judged([[2, 0, 0], [0, 0, 4], [0, -1, 0]], np.eye(3), np.eye(3))
    assert found.leading == "not real or positive"
    verdict = found.hypotheses["leading-eigenvalue"]
    assert verdict.outcome == "undecided"
    assert "the largest moduli of 3 eigenvalues of V are the same to 2048 bits" in verdict.reason
    assert found.hypotheses["good-triple"].outcome == "undecided"


def test_moduli_that_differ_by_little_are_told_apart():
    close = np.nextafter(2.0, 3.0)
    assert judged([[close, 0], [0, -2]]).hypotheses["leading-eigenvalue"].outcome == "holds"
    assert judged([[close, 0], [0, -np.nextafter(close, 3.0)]]).leading == "negative"


@pytest.mark.parametrize(
    ("Q", "outcome", "value"),
    [
        ([[3, 7], [0, 1]], "holds", 3),
        ([[-2, 5], [9, 9]], "fails", -2),
        ([[0, 1], [1, 0]], "fails", 0),
    ],
)
def test_a_good_triple_has_a_positive_form_at_the_leading_eigenvector(Q, outcome, value):
    found = judged([[2, 0], [0, 1]], Q)
    assert found.form == value
    assert found.hypotheses["good-triple"].outcome == outcome


def test_the_form_is_taken_at_a_unit_vector_and_no_scale_is_lost():
    # phi is a multiple of (3, 4), and Q^T K is the matrix of 2^-5 in its first place.
    found = judged([[1, 0]], Q=[[2.0**-3, 0]], K=[[0.25, 0]], O=[[3], [4]])
    assert (found.form * 25 * 32 / 9).contains(1)
    assert found.form.rad() < 1e-30


def test_a_form_that_is_0_with_an_irrational_eigenvector_is_too_close_to_say():
    found = judged([[1, 1], [1, 2]], Q=[[1, 0], [0, 1]], K=[[0, 1], [-1, 0]])
    verdict = found.hypotheses["good-triple"]
    assert verdict.outcome == "undecided"
    assert verdict.reason == "too close to say: <Q phi, K phi> may be 0 to 2048 bits"


def test_symmetry_and_definiteness_are_exact():
    assert outcomes(judged([[2, 1], [1, 1]])) == dict.fromkeys(HYPOTHESES, "holds")
    off = np.array([[2.0, 1.0], [np.nextafter(1.0, 2.0), 1.0]])
    found = judged(off, Q=off)
    assert found.hypotheses["symmetric-value"].witness == {"row": 0, "column": 1}
    assert [found.hypotheses[name].outcome for name in ("symmetric", "positive-definite")] == [
        "fails",
        "holds",
    ]
    assert judged(I2, Q=[[1, 2], [2, 4]]).hypotheses["positive-definite"].witness == {
        "positive": 1,
        "negative": 0,
        "zero": 1,
    }


def test_a_thin_head_has_the_eigenvalues_of_its_small_product_and_zeros():
    draw = np.random.default_rng(3)
    left, right = draw.integers(-3, 4, (6, 2)), draw.integers(-3, 4, (2, 6))
    thin = judged(right, Q=np.eye(6), K=np.eye(6), O=left)
    whole = judged(left @ right, Q=np.eye(6), K=np.eye(6))
    assert thin.value.rank == whole.value.rank == 2
    for own, other in zip(thin.value.eigenvalues, whole.value.eigenvalues, strict=True):
        assert own.multiplicity == other.multiplicity
        assert own.value.overlaps(other.value)
    assert thin.value.eigenvalues[-1].value == acb(0)
    assert thin.value.eigenvalues[-1].multiplicity == 4


def test_a_head_wider_than_the_tokens_is_judged_by_the_product():
    found = judged([[1], [1], [1]], Q=[[1]], K=[[2]], O=[[1, 2, 3]])
    assert [(own.value == 6, own.multiplicity) for own in found.value.eigenvalues] == [(True, 1)]
    assert (found.value.rank, found.form) == (1, 2)


def test_the_eigenvalues_of_a_are_those_of_the_transposed_key_times_the_query():
    found = judged(I2, Q=[[1, 2], [3, 4]], K=[[2, 0], [0, 0.5]])
    trace = sum((own.value * own.multiplicity for own in found.scores.eigenvalues), acb(0))
    assert trace.contains(acb(4))
    assert (found.scores.rank, found.scores.asymmetry) == (2, (0, 1))
