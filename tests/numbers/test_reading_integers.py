"""Whatever stands for an integer is taken where an integer is asked for, and nothing else."""

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer

from exactdyn import Hardmax, InputError, attention_graph, limit
from exactdyn.documents.example import read_document
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.itineraries import itinerary_search
from exactdyn.families.questions.lead import Question, lead
from exactdyn.families.questions.statement import StatementQuestion
from exactdyn.numbers.reading import integer
from tests.judges.temperature_layers import temperature_layers

TWO = [2, np.int64(2), np.uint8(2), np.int32(2), fmpz(2), Integer(2), np.array(2)]
NO_INTEGERS = [True, np.True_, 2.0, np.float64(2), "2", Fraction(2), None, [2], np.array([2])]

ONE = ((Fraction(1),),)
RUN = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=4)
GENERAL, LIMIT = matrix_class("general", 2), limit(RUN)


def with_layers(layers):
    document = {"alpha": 1, "tokens": [["1"], ["1/2"]], "layers": layers}
    return read_document(document, "pair").run().tokens(2)


PLACES = {
    "Hardmax.run": lambda k: Hardmax(alpha=1).run([[1], ["1/2"]], layers=k).tokens(2),
    "a document's layers": with_layers,
    "Run.tokens": lambda k: RUN.tokens(k),
    "Run.floats": lambda k: RUN.floats(k).tolist(),
    "Run.attention": lambda k: RUN.attention(k),
    "Run.state": lambda k: RUN.state(k),
    "Run.leading_points": lambda k: RUN.leading_points(k),
    "attention_graph": lambda k: dict(attention_graph(RUN, k).nodes),
    "limit": lambda k: limit(RUN, k).limits,
    "Limit.tokens": lambda k: LIMIT.tokens(k),
    "itineraries": lambda k: itinerary_search(Fraction(1), RUN.start, GENERAL, k).goal,
    "lead, the layer": lambda k: lead(Question(Fraction(1), RUN.start, GENERAL, k), [0]).status,
    "lead, a token": lambda k: lead(Question(Fraction(1), RUN.start, GENERAL), [k]).status,
    "a statement about all matrices": lambda k: (
        StatementQuestion("norm-growth", Fraction(1), RUN.start, GENERAL, k).layers
    ),
    "softmax in layers": lambda k: str(temperature_layers(ONE, Fraction(1), Fraction(1), [[1]], k)),
}


@cache
def with_two(place):
    """What a place answers to 2, asked once."""
    return PLACES[place](2)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("two", TWO, ids=lambda two: type(two).__name__)
def test_what_stands_for_an_integer_is_taken_wherever_one_is_asked_for(place, two):
    assert PLACES[place](two) == with_two(place)


OPTIONAL = [(None, "limit")]
"""Where None is no number of layers but leaves them to the function."""


@pytest.mark.parametrize(
    ("value", "place"),
    [(value, place) for value in NO_INTEGERS for place in PLACES if (value, place) not in OPTIONAL],
    ids=lambda part: part if isinstance(part, str) else repr(part),
)
def test_what_is_no_integer_is_refused_wherever_one_is_asked_for(value, place):
    with pytest.raises(InputError, match=r"requires an integer (of|from) "):
        PLACES[place](value)


@given(st.integers(), st.integers(), st.one_of(st.none(), st.integers()))
def test_an_integer_is_taken_exactly_if_it_is_in_the_range(value, least, most):
    inside = least <= value and (most is None or value <= most)
    try:
        assert integer(value, "k", least, most) == value
        assert inside
    except InputError as error:
        assert not inside
        assert str(error).startswith("k: requires an integer ")
