"""The signs of a picture."""

import pytest

from exactdyn.pictures.paper.marks import LABELS_LIMIT, few_enough, mark, sign_of

EVERY = {sign_of(copies, attended, leads) for copies in (1, 2) for attended in (None, 0) for leads in (0, 1)}


def test_no_two_signs_look_alike():
    looks = {sign: tuple(mark(sign, "#0072B2").items()) for sign in EVERY}
    assert len(set(looks.values())) == len(EVERY) == 4


@pytest.mark.parametrize("copies", [1, 2, 3])
def test_only_what_leads_is_a_star(copies):
    for attended in (None, 0):
        assert mark(sign_of(copies, attended, True), "red")["marker"] == "*"
        assert mark(sign_of(copies, attended, False), "red")["marker"] == "o"


def test_the_first_choice_that_is_small_enough_is_taken():
    large, small = range(LABELS_LIMIT + 1), range(LABELS_LIMIT)
    assert few_enough(small, large) == small
    assert few_enough(large, small) == small
    assert few_enough(large, large) == ()
