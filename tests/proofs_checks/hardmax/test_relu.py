"""The checker's ReLU block is that of the definition, in integers."""

from fractions import Fraction
from math import lcm

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.hardmax.relu import Relu
from tests.judges.hard_attention import dot
from tests.strategies import relu_blocks, vectors


@given(st.data(), st.integers(1, 3), st.integers(1, 4))
def test_integer_vectors_over_a_denominator_move_as_the_definition_says(data, dimension, count):
    block = data.draw(relu_blocks(dimension))
    tokens = [data.draw(vectors(dimension)) for _ in range(count)]
    below = lcm(*(x.denominator for token in tokens for x in token)) * data.draw(st.integers(1, 3))
    points = [[int(x * below) for x in token] for token in tokens]
    own = Relu(block.W1, block.b1, block.W2, block.b2, block.eta)
    found, denominator, factor = own.applied(points, below)
    assert denominator == factor * below
    for token, row in zip(tokens, found, strict=True):
        hidden = tuple(
            max(dot(inner, token) + b, Fraction(0)) for inner, b in zip(block.W1, block.b1, strict=True)
        )
        outward = zip(token, block.W2, block.b2, strict=True)
        expected = [block.eta * y + dot(outer, hidden) + b for y, outer, b in outward]
        assert [Fraction(x, denominator) for x in row] == expected
