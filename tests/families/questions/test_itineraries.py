"""All itineraries at once: against sampled matrices, brute force and the trusted checker."""

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_text
from exactdyn.errors import InputError
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.itineraries import gathered, itinerary_search
from exactdyn.numbers.points import Points
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.amounts import amount
from tests.strategies import token_sets

ALPHA = Fraction(1, 2)


def enumerate_itineraries(tokens, layers, kind="general", pattern=None, ties=False, alpha=ALPHA):
    start = Points.from_rows(tokens)
    matrices = matrix_class(kind, start.dimension, pattern)
    search = itinerary_search(alpha, start, matrices, layers, ties)
    search.run()
    result = gathered(search)
    if result.complete:
        data = family_certificate_data(matrices, alpha, start, layers - 1, result.claim)
        verify(certificate_text(data))
    return result


def itinerary_of(A, tokens, layers, alpha=ALPHA):
    run = Hardmax(A, alpha).run(tokens, layers - 1)
    return tuple(run.attention(layer) for layer in range(layers))


def random_tokens(count, seed):
    draw = random.Random(seed)
    return [[Fraction(draw.randint(-20, 20), draw.randint(1, 6)) for _ in range(2)] for _ in range(count)]


def has_ties(attention):
    return any(len(own) > 1 for sets in attention for own in sets)


@given(
    token_sets(2, largest=3),
    st.sampled_from(["general", "symmetric"]),
    st.sampled_from([ALPHA, Fraction(-3)]),
)
@settings(max_examples=amount(6, 12))
def test_with_ties_every_small_integer_matrix_has_a_listed_itinerary(tokens, kind, alpha):
    result = enumerate_itineraries(tokens, 2, kind, ties=True, alpha=alpha)
    assert result.complete
    listed = {itinerary.attention for itinerary in result.itineraries}
    assert len(listed) == len(result.itineraries)
    for a, b, c, d in product(range(-1, 2), repeat=4):
        if kind == "general" or b == c:
            assert itinerary_of([[a, b], [c, d]], tokens, 2, alpha) in listed


@given(token_sets(2, largest=4), st.sampled_from(["general", "symmetric", "positive-definite"]))
@settings(max_examples=12)
def test_every_listed_matrix_runs_its_itinerary(tokens, kind):
    result = enumerate_itineraries(tokens, 2, kind)
    for itinerary in result.itineraries:
        assert itinerary_of(itinerary.A, tokens, 2) == itinerary.attention


@pytest.mark.parametrize("kind", ["general", "symmetric", "positive-definite"])
def test_sampled_matrices_have_listed_itineraries(kind):
    tokens = random_tokens(3, 1)
    result = enumerate_itineraries(tokens, 2, kind)
    assert result.complete
    listed = {itinerary.attention for itinerary in result.itineraries}
    draw = random.Random(2)
    seen = set()
    for _ in range(500):
        a, b, c, d = (draw.randint(-1000, 1000) for _ in range(4))
        c = c if kind == "general" else b
        if kind == "positive-definite":
            a, b, c, d = a * a + b * b + 1, b * (a + d), b * (a + d), b * b + d * d + 1
        attention = itinerary_of([[a, b], [c, d]], tokens, 2)
        seen.add(attention)
        assert attention in listed or has_ties(attention)
    assert len(seen) > len(listed) / 10


@pytest.mark.slow
def test_all_itineraries_to_depth_three_against_thousands_of_matrices():
    tokens = random_tokens(amount(4, 6), 5)
    start = Points.from_rows(tokens)
    search = itinerary_search(ALPHA, start, matrix_class("general", 2), 3)
    search.run()
    result = gathered(search)
    assert result.complete
    listed = {itinerary.attention for itinerary in result.itineraries}
    for itinerary in result.itineraries:
        assert itinerary_of(itinerary.A, tokens, 3) == itinerary.attention
    directions = np.random.default_rng(0).normal(size=(amount(5_000, 100_000), 2, 2))
    for A in np.round(1000 * directions).astype(int).tolist():
        attention = itinerary_of(A, tokens, 3)
        assert attention in listed or has_ties(attention)


def test_two_opposite_tokens_on_a_line_have_two_itineraries_and_a_third_with_ties():
    tokens = [[1], [-1]]
    assert len(enumerate_itineraries(tokens, 1).itineraries) == 2
    assert [int(i.A[0][0]) for i in enumerate_itineraries(tokens, 1, ties=True).itineraries] == [0, 1, -1]


def test_ties_that_no_matrix_avoids_do_not_count_as_ties():
    copies = enumerate_itineraries([[1, 0], [1, 0], [0, 0]], 2)
    assert copies.complete
    everybody = frozenset({0, 1, 2})
    assert {itinerary.attention[0][2] for itinerary in copies.itineraries} == {everybody}
    assert {len(itinerary.attention[0][0]) for itinerary in copies.itineraries} == {1, 2}


def test_a_pattern_narrows_the_class():
    tokens = random_tokens(4, 3)
    diagonal = enumerate_itineraries(tokens, 1, pattern="a, 0; 0, b")
    rotations = enumerate_itineraries(tokens, 1, pattern="1, b; -b, 1")
    general = {itinerary.attention for itinerary in enumerate_itineraries(tokens, 1).itineraries}
    for result in (diagonal, rotations):
        assert result.complete
        assert {itinerary.attention for itinerary in result.itineraries} < general
    for itinerary in rotations.itineraries:
        assert itinerary.A[0][0] == itinerary.A[1][1] == 1
        assert itinerary.A[0][1] == -itinerary.A[1][0]
    (fixed,) = enumerate_itineraries(tokens, 1, pattern="2, 1; 1, 2").itineraries
    assert fixed.attention == itinerary_of([[2, 1], [1, 2]], tokens, 1)


@pytest.mark.parametrize("layers", [0, -1, True, "2", 10**9])
def test_a_number_of_layers_that_makes_no_sense_is_refused(layers):
    with pytest.raises(InputError, match="layers: requires an integer from 1 to"):
        itinerary_search(ALPHA, Points.from_rows([[1]]), matrix_class("general", 1), layers)
