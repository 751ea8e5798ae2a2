"""The ReLU block by its definition, on rows of rationals and token by token over any domain."""

from fractions import Fraction

import pytest
from flint import fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError, ShapeError
from exactdyn.layer.relu import Relu
from exactdyn.numbers.fields.joining import number
from exactdyn.numbers.reading import exact, to_fmpq
from tests.judges.hard_attention import dot
from tests.strategies import relu_blocks, vectors


def by_definition(block, token):
    """eta y + W2 relu(W1 y + b1) + b2."""
    hidden = tuple(max(dot(row, token) + b, Fraction(0)) for row, b in zip(block.W1, block.b1, strict=True))
    outward = zip(token, block.W2, block.b2, strict=True)
    return tuple(block.eta * y + dot(row, hidden) + b for y, row, b in outward)


@given(st.data(), st.integers(1, 3), st.integers(1, 4))
def test_tokens_move_as_the_definition_says(data, dimension, count):
    block = data.draw(relu_blocks(dimension))
    tokens = [data.draw(vectors(dimension)) for _ in range(count)]
    own = Relu(block.W1, block.b1, block.W2, block.b2, block.eta)
    expected = [by_definition(block, token) for token in tokens]
    found = own.moved(fmpq_mat([[to_fmpq(x) for x in token] for token in tokens]))
    assert [tuple(map(exact, row)) for row in found.tolist()] == expected
    assert [tuple(own.moved_number(token)) for token in tokens] == expected


def test_an_irrational_token_moves_by_the_sign_of_what_is_inside():
    block, root = Relu([[1]], ["-7/5"], [[1]], [0], eta=0), number("sqrt(2)", "x")
    assert block.moved_number([root])[0] == root - Fraction(7, 5)  # 7/5 < sqrt(2)
    assert block.moved_number([-root])[0] == root - root


@pytest.mark.parametrize(
    ("parts", "error", "said"),
    [
        (([[1]], [0], [[1, 1]], [0]), ShapeError, "W2: requires 1 x 1 beside W1, got 1 x 2"),
        (([[1]], [0, 0], [[1]], [0]), ShapeError, "b1: requires 1 numbers, got 2"),
        (([[1]], [0], [[1]], [0, 0]), ShapeError, "b2: requires 1 numbers, got 2"),
        (([[0.5]], [0], [[1]], [0]), InputError, "W1"),
    ],
)
def test_what_does_not_fit_together_is_refused(parts, error, said):
    with pytest.raises(error, match=said):
        Relu(*parts)
