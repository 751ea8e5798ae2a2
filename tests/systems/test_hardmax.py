from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import LAYERS_LIMIT
from tests.judges import reference
from tests.judges.reference import System, product, scaled, times, transpose
from tests.strategies import RATIONALS, invertible_matrices, systems

LAYERS = 4


def itinerary(system, layers=LAYERS):
    return Hardmax(system.A, system.alpha).run(system.tokens, layers).itinerary


def all_tokens(system, layers=LAYERS, form="normalised"):
    run = Hardmax(system.A, system.alpha, form).run(system.tokens, layers)
    return [tuple(map(tuple, run.tokens(layer))) for layer in range(layers + 1)]


@given(systems())
def test_states_and_attention_sets_are_those_of_the_definition(system):
    expected = reference.run(system, LAYERS)
    assert all_tokens(system) == [layer.tokens for layer in expected]
    assert itinerary(system) == tuple(layer.attention for layer in expected)


@given(systems())
def test_the_unnormalised_form_is_its_own_definition(system):
    expected = reference.run(system, LAYERS, reference.unnormalised_step)
    assert all_tokens(system, form="unnormalised") == [layer.tokens for layer in expected]
    assert itinerary(system) == tuple(layer.attention for layer in expected)


@given(systems())
def test_the_unnormalised_form_is_a_power_of_1_plus_alpha_times_the_normalised(system):
    for k, (normalised, other) in enumerate(
        zip(all_tokens(system), all_tokens(system, form="unnormalised"), strict=True)
    ):
        assert other == scaled((1 + system.alpha) ** k, normalised)


@given(systems(), RATIONALS.filter(bool))
def test_scaling_all_tokens_scales_every_state_and_leaves_every_attention_set(system, factor):
    larger = System(system.A, system.alpha, scaled(factor, system.tokens))
    assert itinerary(larger) == itinerary(system)
    assert all_tokens(larger) == [scaled(factor, tokens) for tokens in all_tokens(system)]


@given(systems(), RATIONALS.filter(lambda factor: factor > 0))
def test_scaling_the_matrix_changes_nothing(system, factor):
    assert all_tokens(System(scaled(factor, system.A), system.alpha, system.tokens)) == all_tokens(system)


@given(systems(), st.data())
def test_a_change_of_basis_maps_every_state_and_leaves_every_attention_set(system, data):
    # With tokens x -> Mx and B -> A = M^T B M, that is B = M^-T A M^-1, without an inverse.
    M = data.draw(invertible_matrices(len(system.A)))
    mapped = System(system.A, system.alpha, tuple(times(M, token) for token in system.tokens))
    before = System(product(transpose(M), product(system.A, M)), system.alpha, system.tokens)
    assert itinerary(mapped) == itinerary(before)
    expected = [tuple(times(M, token) for token in tokens) for tokens in all_tokens(before)]
    assert all_tokens(mapped) == expected


@given(systems(), st.data())
def test_permuting_tokens_permutes_everything(system, data):
    order = data.draw(st.permutations(range(len(system.tokens))))  # the new token i is the old order[i]
    permuted = System(system.A, system.alpha, tuple(system.tokens[i] for i in order))
    assert all_tokens(permuted) == [tuple(tokens[i] for i in order) for tokens in all_tokens(system)]
    for new, old in zip(itinerary(permuted), itinerary(system), strict=True):
        assert [{order[j] for j in own} for own in new] == [old[i] for i in order]


@given(systems(dimensions=2, largest=4), st.integers(2, 3))
def test_giving_every_token_equally_often_changes_no_state(system, times_over):
    copied = System(system.A, system.alpha, system.tokens * times_over)
    assert all_tokens(copied) == [tokens * times_over for tokens in all_tokens(system)]


def test_a_repeated_token_counts_as_often_as_it_occurs():
    run = Hardmax(alpha=1).run([[1, 1], [1, 1], [1, -1], ["1/2", 0]], layers=1)
    assert run.tokens(1)[3] == [Fraction(3, 4), Fraction(1, 6)]
    assert run.attention(1)[3] == {0, 1}


@given(
    st.lists(st.lists(st.integers(-6, 6), min_size=2, max_size=2), min_size=1, max_size=6),
    st.integers(0, 1000),
)
def test_from_floats_runs_as_the_dyadic_rationals_do(numerators, power):
    floats = np.array(numerators) / 2.0**power
    exact = [[Fraction(x, 2**power) for x in row] for row in numerators]
    given_as_floats, given_exactly = Hardmax().run(from_floats(floats), 3), Hardmax().run(exact, 3)
    assert given_as_floats == given_exactly
    assert given_as_floats.itinerary == given_exactly.itinerary
    assert given_as_floats.tokens(3) == given_exactly.tokens(3)


def test_the_matrix_is_the_identity_unless_one_is_given():
    assert all_tokens(reference.system([[1, 0], [0, 1]], 1, [[1, 2], [3, "1/2"]])) == [
        tuple(map(tuple, Hardmax().run([[1, 2], [3, "1/2"]], LAYERS).tokens(k))) for k in range(LAYERS + 1)
    ]


def test_systems_read_alike_are_equal():
    assert Hardmax([["1/2"]], "0.5") == Hardmax([[fmpq(1, 2)]], Fraction(1, 2))
    assert len({Hardmax(), Hardmax(alpha="1"), Hardmax(alpha=2)}) == 2


@pytest.mark.parametrize(
    "alpha, tau", [(0, 0), (1, "1/2"), ("-1/2", -1), (-2, 2), (10**9, "1000000000/1000000001")]
)
def test_the_step_is_alpha_over_1_plus_alpha(alpha, tau):
    assert Hardmax(alpha=alpha).tau == Fraction(tau)


@pytest.mark.parametrize(
    "parameters, error, message",
    [
        ({"alpha": -1}, InputError, "alpha: requires a number other than -1"),
        ({"alpha": "-3/3"}, InputError, "alpha: requires a number other than -1"),
        ({"alpha": 0.5}, NumberError, "alpha: 0.5 is a binary float"),
        ({"alpha": None}, NumberError, "alpha: requires an exact number"),
        ({"A": [[1, 2]]}, ShapeError, "A: requires a square matrix, got 1 x 2"),
        ({"A": [[1], [2]]}, ShapeError, "A: requires a square matrix, got 2 x 1"),
        ({"A": [[1, 2], [3]]}, ShapeError, r"A\[1\]: requires 2 coordinates"),
        ({"A": []}, ShapeError, "A: requires at least one row"),
        ({"A": 1}, ShapeError, "A: requires rows of numbers, got 1"),
        ({"A": [[0.5]]}, NumberError, r"A\[0\]\[0\]: 0.5 is a binary float"),
        ({"form": "softmax"}, InputError, 'form: requires "normalised" or "unnormalised", got \'softmax\''),
        ({"form": None}, InputError, "form: requires"),
    ],
)
def test_parameters_that_make_no_system_are_refused(parameters, error, message):
    with pytest.raises(error, match=f"^{message}") as refused:
        Hardmax(**parameters)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "layers", [-1, LAYERS_LIMIT + 1, pytest.param(10**5000, id="huge"), 1.0, "3", None, True, [3]]
)
def test_a_number_of_layers_out_of_range_is_refused(layers):
    with pytest.raises(InputError, match=r"^layers: requires an integer from 0 to 10000000, got ") as refused:
        Hardmax().run([[1]], layers)
    assert len(str(refused.value)) < 120


@pytest.mark.parametrize("tokens", [[], [[]], [[1], [1, 2]], 5, None, "ab"])
def test_tokens_of_the_wrong_shape_are_refused(tokens):
    with pytest.raises(ShapeError, match=r"^tokens(\[\d\])?: requires"):
        Hardmax().run(tokens, 1)


def test_a_matrix_of_another_dimension_than_the_tokens_is_refused():
    with pytest.raises(ShapeError, match=r"^A: requires 2 x 2 for these tokens, got 1 x 1$"):
        Hardmax([[2]]).run([[1, 2]], 1)


def binary_digits(x, count):
    return [int(x * 2 ** (k + 1)) % 2 for k in range(count)]


def test_attention_spells_the_binary_digits_of_a_number():
    x = Fraction(314159, 1000003)
    run = Hardmax([[-1]], "1/2").run([["1/2"], ["-1/2"], [x - Fraction(1, 2)]], layers=300)
    assert [run.attention(k)[2] for k in range(301)] == [{digit} for digit in binary_digits(x, 301)]


def test_float64_gets_the_same_digits_wrong_before_layer_60():
    x = Fraction(314159, 1000003)
    z = np.array([0.5, -0.5, float(x - Fraction(1, 2))])
    spelled = []
    for _ in range(60):
        scores = -np.outer(z, z)
        attended = scores == scores.max(axis=1, keepdims=True)
        spelled.append(set(np.flatnonzero(attended[2])))
        z = z + (attended @ z / attended.sum(axis=1) - z) / 3
    assert spelled[:20] == [{digit} for digit in binary_digits(x, 20)]
    assert spelled != [{digit} for digit in binary_digits(x, 60)]
