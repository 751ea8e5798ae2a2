"""What a hunt is asked, and the order of its tasks."""

import pickle
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.hunts.request import Task
from tests.hunts.asked import GENERATED, GIVEN


@pytest.mark.parametrize(
    ("request_", "complete"),
    [
        (GIVEN, True),
        (GENERATED, False),
        (replace(GIVEN, alpha=None), False),
        (replace(GIVEN, count=3), False),
        (replace(GENERATED, alpha=Fraction(1)), False),
    ],
)
def test_a_request_is_complete_if_tokens_and_alpha_are_given(request_, complete):
    assert request_.complete is complete


PLACES = st.lists(st.integers(0, 3), max_size=4).map(tuple)


@given(st.integers(0, 3), PLACES, st.integers(0, 3), PLACES)
def test_tasks_come_by_configuration_then_each_before_those_below_it(index, place, other, below):
    assert Task(index, place) <= Task(index, place + below)
    if index < other:
        assert Task(index, place) < Task(other, below)
    assert pickle.loads(pickle.dumps(Task(index, place))) == Task(index, place)
