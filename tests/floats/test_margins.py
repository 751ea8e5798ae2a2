from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.floats import margins
from exactdyn.floats.comparison import compare
from exactdyn.floats.margins import ExactScores
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax
from tests.judges import reference
from tests.judges.plain import HOSTILE, MATRICES, hostile_matrix, hostile_tokens
from tests.strategies import systems


def by_definition(A, tokens):
    """The first token of smallest lead and its lead, among those that do not attend everybody."""
    found = None
    for token, z in enumerate(tokens):
        query = [sum(a * x for a, x in zip(row, z, strict=True)) for row in A]
        scores = {sum(q * y for q, y in zip(query, other, strict=True)) for other in tokens}
        if len(scores) > 1:
            best, second = sorted(scores)[:-3:-1]
            if found is None or best - second < found[1]:
                found = token, best - second
    return found


def found_in(run, layer):
    margin = ExactScores(run).margin(layer)
    return None if margin is None else (margin.token, margin.lead)


@pytest.mark.parametrize("many", [0, 10**9], ids=["floats first", "exactly"])
@given(data=st.data())
def test_the_narrowest_decision_is_that_of_the_definition(many, data):
    system = data.draw(systems())
    layers = data.draw(st.integers(0, 4))
    run = Hardmax(system.A, system.alpha).run(system.tokens, layers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(margins, "MANY", many)
        for k, layer in enumerate(reference.run(system, layers)):
            assert found_in(run, k) == by_definition(system.A, layer.tokens)


@pytest.mark.parametrize("kind", HOSTILE)
def test_among_hostile_floats_the_narrowest_decision_is_found_as_without_floats(kind, monkeypatch):
    rng = np.random.default_rng(len(kind))
    for matrix in MATRICES:
        d = int(rng.integers(1, 4))
        tokens = from_floats(hostile_tokens(kind, rng, 60, d))
        run = Hardmax(hostile_matrix(matrix, rng, d), "1/2").run(tokens, 2)
        for k in range(3):
            monkeypatch.setattr(margins, "MANY", 0)
            first = found_in(run, k)
            monkeypatch.setattr(margins, "MANY", 10**9)
            assert first == found_in(run, k)


def test_of_many_tokens_few_are_looked_at_exactly():
    tokens = np.random.default_rng(4).standard_normal((200, 3))
    run = Hardmax([[-1, 0, 0], [0, -1, 0], [0, 0, -1]], "1/2").run(from_floats(tokens), 3)
    compare(run)
    assert sum(map(len, run.recording.states._held.values())) < 4 * 200 / 2


def test_a_lead_of_less_than_floats_can_see_is_found_among_many_tokens():
    near = 1 + Fraction(1, 2**80)
    tokens = [[near, 1], [1, -1], [Fraction(1, 2), 0], *([-3, Fraction(k, 7)] for k in range(60))]
    margin = ExactScores(Hardmax().run(tokens, 0)).margin(0)
    assert (margin.token, margin.lead) == (2, Fraction(1, 2**81))
