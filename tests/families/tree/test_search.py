"""The loop over branches: broken off and taken up again, begun at a place."""

import random
from fractions import Fraction

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.itineraries import gathered, itinerary_search
from exactdyn.numbers.points import Points

ALPHA = Fraction(1, 2)


def random_tokens(count, seed):
    draw = random.Random(seed)
    return [[Fraction(draw.randint(-20, 20), draw.randint(1, 6)) for _ in range(2)] for _ in range(count)]


def test_a_search_that_is_interrupted_keeps_what_it_found_and_goes_on_when_run_again():
    start, matrices = Points.from_rows(random_tokens(3, 4)), matrix_class("general", 2)
    whole = itinerary_search(ALPHA, start, matrices, 2)
    whole.run()

    def interrupt(progress):
        if progress.programs > limit:
            raise KeyboardInterrupt

    search, limit, shares = itinerary_search(ALPHA, start, matrices, 2), 0, []
    while not search.finished:
        limit += 40
        try:
            search.run(interrupt)
        except KeyboardInterrupt:
            shares.append(search.progress.done)
            assert gathered(search).claim is None or search.finished
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert gathered(search).itineraries == gathered(whole).itineraries
    assert search.tree == whole.tree
