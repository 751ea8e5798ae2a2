"""Hyperplanes, as the checker sees them."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove
from proofs_checks import RejectedError, verify
from tests.softmax_systems import SHEAR


def test_a_good_triple_certificate_is_accepted_and_its_copy_with_another_shear_is_not():
    proof = prove(Softmax(SHEAR), [[1, 0], ["1/2", "1/4"], [-1, "1/8"]], Fraction(8))
    document = json.loads(certificate_text(certificate_data(proof)))
    verify(json.dumps(document))
    document["system"]["V"] = [["1", "1"], ["0", "-1/2"]]
    with pytest.raises(RejectedError):
        verify(json.dumps(document))
