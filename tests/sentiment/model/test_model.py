"""The model: vectors by word row, an affine decoder, hardmax layers with the identity."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.sentiment.model.model import Decoder, Model
from tests.judges import reference
from tests.strategies import RATIONALS, vectors

WORDS = {2: "film", 5: "good", 9: "film", 11: "absent"}
DECODER = Decoder((Fraction(1),), Fraction(0))
MODEL = Model(np.array([2, 5, 9]), np.array([[1.0], [2.0], [3.0]]), Fraction(3), DECODER, WORDS)


@given(vectors(3, RATIONALS), RATIONALS, vectors(3, RATIONALS))
def test_the_decoder_is_an_affine_form(v, b, point):
    assert Decoder(v, b).value(point) == reference.dot(v, point) + b


@given(st.lists(st.sampled_from([2, 5, 9]), min_size=1, max_size=6))
def test_a_row_is_encoded_as_its_vector(rows):
    assert MODEL.encode(rows).tolist() == [[{2: 1.0, 5: 2.0, 9: 3.0}[row]] for row in rows]


@pytest.mark.parametrize("row", [0, 3, 10, -1])
def test_a_row_that_the_model_does_not_have_is_refused(row):
    with pytest.raises(InputError, match=f"row: requires one that the model has, got {row}"):
        MODEL.encode([2, row])


def test_a_word_of_two_rows_is_the_lower_one_and_a_word_without_vector_is_none():
    assert MODEL.row_of == {"film": 2, "good": 5}
    assert [MODEL.word(row) for row in (9, 3)] == ["film", "#3"]


def test_the_layers_are_the_hardmax_dynamics_with_the_identity():
    run = MODEL.system.run([["1"], ["2"]], 1)
    assert (run.system.tau, run.tokens(1)) == (Fraction(3, 4), [[Fraction(7, 4)], [Fraction(2)]])
