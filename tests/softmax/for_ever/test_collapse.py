"""Tokens that V drives away from what they attend, for ever."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from exactdyn.softmax import Proof, Softmax, certificate_data, certificate_text, prove
from exactdyn.softmax.flow.flow import flow
from exactdyn.softmax.for_ever import collapse
from exactdyn.softmax.for_ever.statement import box_of
from proofs_checks import describe, verify
from tests.softmax_systems import floats, velocity

SOON = Fraction(1, 64)


def decided(V, K, tokens):
    reached = flow(Softmax(V, None, K), tokens, SOON)
    return reached, collapse.decide(box_of(reached))


def random_system(random: Random):
    """V = -G^-1 B with G symmetric, G and B positive definite, B seldom symmetric."""
    a, b, c = (random.randint(1, 4) for _ in range(3))
    off, skew = random.randint(-1, 1), random.randint(-3, 3)
    G = np.array([[a + 1, off], [off, b + 1]])
    B = np.array([[c + 1, skew + off], [off - skew, a + 1]])
    det = round(np.linalg.det(G))
    inverse = np.array([[b + 1, -off], [-off, a + 1]])
    V = [[Fraction(-int(x), det) for x in row] for row in inverse @ B]
    return V, B.tolist(), [[random.randint(-3, 3) for _ in range(2)] for _ in range(4)]


@pytest.mark.parametrize("seed", range(6))
def test_random_systems_collapse_are_certified_and_do_so_in_floating_point(seed):
    V, K, tokens = random_system(Random(seed))
    reached, found = decided(V, K, tokens)
    assert found.verdict.outcome == "holds"
    text = certificate_text(certificate_data(Proof(reached, {"collapse": found})))
    assert "every token tends to 0" in describe(verify(text))[-1]
    x, G = floats(tokens), floats(found.evidence["metric"])
    energy = [np.einsum("ia,ab,ib", x, G, x)]
    for _ in range(4000):
        x = x + velocity(x, floats(V), floats(K)) / 200
        energy.append(np.einsum("ia,ab,ib", x, G, x))
    assert all(later <= before + 1e-12 for before, later in pairwise(energy))
    assert energy[-1] < energy[0] / 5


def test_minus_a_multiple_of_the_identity_is_answered_whatever_the_form_is():
    for K in ([[1, 2], [0, 1]], [[-1, 0], [0, 1]], [[1, 0], [0, 0]]):
        found = prove(Softmax([[-2, 0], [0, -2]], None, K), [[1, 0], [0, 1]], SOON).statements["collapse"]
        assert found.evidence is None
        assert "proved only for Q^T K = -G V" in found.verdict.reason


def test_the_metric_of_minus_the_identity_is_the_form_itself():
    form = [[2, 1], [1, 3]]
    _, found = decided([[-1, 0], [0, -1]], form, [[1, 0], [0, 1]])
    assert [list(row) for row in found.evidence["metric"]] == form


def test_a_singular_matrix_has_no_metric():
    _, found = decided([[-1, 0], [0, 0]], [[1, 0], [0, 1]], [[1, 0], [0, 1]])
    assert found.verdict.outcome == "undecided"


def test_copies_and_a_token_at_zero_collapse_too():
    proof = prove(Softmax([[-1]]), [[0], [1], [1], [0]], SOON)
    assert proof.statements["collapse"].settled == {0, 1, 2, 3}
    verify(certificate_text(certificate_data(proof)))
