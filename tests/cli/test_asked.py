"""What a user asks a hunt for is what the hunt is told, or is refused by the option's name."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import InputError
from exactdyn.cli.asked import DIMENSION_LIMIT, DROPPED, TOKENS_LIMIT, Asked, named_as_options, read_request


@given(
    st.integers(1, 9),
    st.integers(1, TOKENS_LIMIT),
    st.integers(1, 4),
    st.integers(0, 99),
    st.sets(st.sampled_from(DROPPED)),
)
def test_options_become_the_request_that_they_say(layers, tokens, dimension, seed, dropped):
    request = read_request(
        Asked(
            "norm-growth",
            layers,
            tokens=tokens,
            dimension=dimension,
            seed=seed,
            dropped=[*dropped],
            no_ties=True,
        )
    )
    assert (request.layers, request.count, request.dimension, request.seed) == (
        layers,
        tokens,
        dimension,
        seed,
    )
    assert (request.dropped, request.ties, request.alpha, request.given) == (dropped, False, None, ())
    assert not request.complete


def test_an_example_gives_tokens_and_alpha_and_more_tokens_may_be_asked_for():
    whole = read_request(Asked("norm-growth", 2, example="cyclic"))
    assert (whole.count, whole.dimension, whole.alpha, whole.complete) == (3, 2, Fraction(1), True)
    more = read_request(Asked("norm-growth", 2, example="cyclic", tokens=5))
    assert (more.given, more.count, more.complete) == (whole.given, 5, False)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            {"tokens": 2, "dimension": DIMENSION_LIMIT + 1},
            f"--dim: requires an integer from 1 to {DIMENSION_LIMIT}",
        ),
        (
            {"tokens": TOKENS_LIMIT + 1, "dimension": 1},
            f"--tokens: requires an integer from 1 to {TOKENS_LIMIT}",
        ),
        ({"tokens": 2}, "--example: requires an EXAMPLE, or --tokens N and --dim D instead"),
        ({"example": "cyclic", "tokens": 2}, "--tokens: requires an integer from 3"),
        ({"example": "cyclic", "dimension": 3}, "--dim: requires 2, as EXAMPLE has it, got 3"),
        ({"tokens": 2, "dimension": 1, "alpha": "-1"}, "--alpha: requires a number other than -1"),
        ({"tokens": 2, "dimension": 1, "dropped": ["symmetric"]}, "--drop: requires one of positive-alpha"),
    ],
)
def test_what_cannot_be_meant_is_refused(options, line):
    with pytest.raises(InputError) as caught:
        read_request(Asked("norm-growth", 2, **options))
    assert str(caught.value).startswith(line)


def test_a_statement_about_a_kind_of_systems_is_asked_of_that_kind_and_refused_for_others():
    with pytest.raises(InputError, match=r"^STATEMENT: frank-wolfe-rate requires .* tau = 2/\(k\+2\), got"):
        read_request(Asked("frank-wolfe-rate", 2, tokens=2, dimension=1))
    request = read_request(Asked("frank-wolfe-rate", 2, tokens=2, dimension=1, tau="2/(k+2)"))
    assert request.system is not None


def test_other_errors_are_not_taken_for_an_option():
    with pytest.raises(ZeroDivisionError), named_as_options():
        raise ZeroDivisionError
