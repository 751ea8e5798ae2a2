"""What a limit tells: later states, distances, rates, and itself in a line."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from exactdyn import Hardmax, InputError, Limit, limit, load_example
from tests.judges import reference
from tests.strategies import NONNEGATIVE_ALPHAS, systems

UNIT = [[1, 0], [0, 1]]
FOUR_LEADERS = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1]]
LORENTZ = [[3, 0, 0], [0, 3, 0], [0, 0, -1]]


def squared_distance(found: Limit, token: int, layer: int) -> Fraction:
    """The square of the Euclidean distance of a token at a layer to its limit."""
    here, place = found.tokens(layer)[token], found.limits[token]
    return sum((x - y) ** 2 for x, y in zip(here, place, strict=True))


@given(systems(NONNEGATIVE_ALPHAS.filter(bool)), st.integers(1, 40))
def test_a_token_that_attends_one_leader_approaches_it_at_the_rate_1_less_tau(system, layers):
    run = Hardmax(system.A, system.alpha).run(system.tokens, 0)
    found = limit(run, layers=12)
    assume(found.lock is not None and found.period == 1)
    graph = reference.run(system, found.layer)[-1].attention
    rate = (1 / (1 + system.alpha)) ** (2 * layers)
    for token, attended in enumerate(graph):
        if (
            all(graph[other] == attended for other in attended)
            and len({found.limits[j] for j in attended}) == 1
        ):
            leader = min(attended)
            if found.tokens(found.layer)[leader] != found.limits[leader]:
                continue
            before = squared_distance(found, token, found.layer)
            assert squared_distance(found, token, found.layer + layers) == rate * before


def test_a_limit_shows_what_was_decided_and_where():
    found = limit(Hardmax(UNIT, 1).run([[1, 1], [1, -1], ["1/2", 0]], 0))
    assert repr(found) == "Limit(proved at layer 0, itinerary constant, 3 clusters)"
    assert "<td>2</td><td>(1, 0)</td>" in found._repr_html_()
    cycle = limit(Hardmax(LORENTZ, 1).run([*FOUR_LEADERS, [0, 0, "1/3"]], 0))
    assert "<td>4</td><td>none</td>" in cycle._repr_html_()
    open_end = limit(Hardmax([[1, 0], [0, 0]], 1).run([[1, 0], [-1, 0], [0, 1]], 0), layers=1)
    assert repr(open_end).startswith("Limit(undecided at layer 1, the attention graph is the same")


@pytest.mark.parametrize("layer", [0, True, "2"])
def test_a_layer_before_the_lock_is_refused(layer):
    found = limit(Hardmax(UNIT, 1).run([[1, 1], [1, 1], [1, -1], ["1/2", 0]], 0))
    with pytest.raises(InputError, match="at least 1"):
        found.tokens(layer)


def test_limits_are_a_matrix_of_sympy_where_every_token_has_one():
    found = limit(Hardmax(alpha=1).run([["1/3", 1], ["1/3", -1], ["1/6", 0]], layers=0))
    assert found.sympy() == sympy.Matrix([[1, 3], [1, -3], [1, 0]]) / 3
    found = limit(Hardmax(alpha=1).run([["sqrt(2)", 1], ["sqrt(2)", -1], ["1/3", 0]], layers=0))
    assert found.sympy() == sympy.Matrix([[sympy.sqrt(2), x] for x in (1, -1, 0)])
    nameless = Hardmax([[-1, 0], [0, -1]], "1/3").run([["1/2", 0], ["-1/2", 0], ["1/5", 0]], 0)
    for run in (load_example("period-three").run(0), nameless):
        with pytest.raises(InputError, match="limits: requires a limit of every token, got Limit"):
            limit(run).sympy()
