"""The hull of the rescaled tokens."""

from __future__ import annotations

from fractions import Fraction

from exactdyn.softmax import Softmax, prove
from tests.softmax_systems import SHEAR

FOUR = Fraction(4)


def test_the_hull_shrinks_for_positive_multiples_of_the_identity_only():
    assert prove(Softmax([[2]]), [[1]], FOUR).statements["hull-shrinkage"].verdict.scope == "every t >= 0"
    assert "hull-shrinkage" not in prove(Softmax([[-1]]), [[1]], Fraction(1, 4)).statements
    assert "hull-shrinkage" not in prove(Softmax(SHEAR), [[1, 0]], Fraction(1, 4)).statements


def test_a_zero_v_moves_nothing_and_its_hull_does_not_grow():
    proof = prove(Softmax([[0, 0], [0, 0]]), [[1, 0], [0, 1]], Fraction(1))
    assert proof.statements["hull-shrinkage"].verdict.outcome == "holds"
    assert proof.statements["clusters"].verdict.outcome == "undecided"
