"""Limits over real number fields: regular polygons, and random systems against plain arithmetic."""

from fractions import Fraction

import pytest
from flint import arb, fmpq

from exactdyn import Hardmax, limit
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.joining import mapped, number
from exactdyn.numbers.precision import working
from tests.field_systems import GENERATORS, field_system
from tests.judges.hard_attention import JudgedHead, JudgedSystem
from tests.judges.hard_attention import run as judged_run
from tests.polygons import polygon, rotation
from tests.random_systems import definite_system, general_system

BITS = 400
LATER = 40


@pytest.mark.parametrize("n", range(3, 13))
def test_the_ties_of_a_polygon_are_proved_for_ever_and_its_vertices_tend_to_the_middle(n):
    found = limit(Hardmax(rotation(n), alpha=1).run(polygon(n), layers=0))
    assert (found.status, found.layer, found.itinerary) == ("proved", 0, "constant")
    assert found.limits == ((0, 0),) * n
    assert found.trajectory.attention(0) == tuple(frozenset({i, (i + 1) % n}) for i in range(n))
    # A vertex z goes to (z + mean of z and the next) / 2 = w z: scores are multiplied by |w|^2.
    turn = number(f"cos(2*pi/{n})", "turn")
    assert found.lock.nodes == (Fraction(9, 16) + Fraction(1, 16) + Fraction(3, 8) * turn,)


def ball(x):
    """A number in interval arithmetic, by its own polynomial and a ball of the generator."""
    if not isinstance(x, FieldNumber):
        return arb(fmpq(x.numerator, x.denominator))
    theta, value = x.root.ball(BITS), arb(0)
    for coefficient in reversed(x.polynomial.coeffs()):
        value = value * theta + coefficient
    return value


def inner(x, y):
    return sum((a * b for a, b in zip(x, y, strict=True)), arb(0))


@pytest.mark.parametrize("text", GENERATORS)
@pytest.mark.parametrize("seed", range(6))
def test_later_states_and_graphs_are_those_of_the_definition(text, seed):
    A, alpha, tokens = field_system(text, seed)
    found = limit(Hardmax(A, alpha).run(tokens, 0))
    assert (found.status, found.itinerary) == ("proved", "constant")
    last = found.layer + 8
    layers = judged_run(JudgedSystem((JudgedHead((A,)),), (alpha / (1 + alpha),)), tokens, last)
    assert found.tokens(last) == layers[last].tokens
    stays = found.trajectory.attention(found.layer)
    assert all(layer.heads == (stays,) for layer in layers[found.layer :])


@pytest.mark.parametrize("text", GENERATORS)
@pytest.mark.parametrize("seed", range(6))
def test_forty_layers_later_intervals_have_the_same_graphs_and_come_to_the_limit(text, seed):
    A, alpha, tokens = field_system(text, seed)
    found = limit(Hardmax(A, alpha).run(tokens, 0))
    stays = found.trajectory.attention(found.layer)
    start = Hardmax(A, alpha).run(tokens, found.layer).tokens(found.layer)
    with working(BITS):
        matrix, tau = mapped(A, ball), ball(alpha / (1 + alpha))
        states = [[list(map(ball, row)) for row in start]]
        for _ in range(LATER):
            now = states[-1]
            for i, attended in enumerate(stays):
                direction = [inner(row, now[i]) for row in matrix]
                scores = [inner(direction, z) for z in now]
                most = scores[min(attended)]
                assert all(most > scores[j] for j in range(len(now)) if j not in attended)
                assert all(most.overlaps(scores[j]) for j in attended)
            means = [
                [sum(column) / len(own) for column in zip(*(now[j] for j in own), strict=True)]
                for own in stays
            ]
            states.append(
                [
                    [x + tau * (c - x) for x, c in zip(*pair, strict=True)]
                    for pair in zip(now, means, strict=True)
                ]
            )
        places = mapped(found.limits, ball)
        slack = arb(2) ** (-BITS // 2)
        for i, place in enumerate(places):
            before, after = (
                sum(((x - y) * (x - y) for x, y in zip(state[i], place, strict=True)), arb(0))
                for state in (states[0], states[-1])
            )
            assert after * 10**12 < before + slack
        exact = mapped(found.tokens(found.layer + LATER), ball)
        assert all(
            x.overlaps(y)
            for row, own in zip(exact, states[-1], strict=True)
            for x, y in zip(row, own, strict=True)
        )


@pytest.mark.parametrize("make", [definite_system, general_system])
@pytest.mark.parametrize("seed", range(12))
def test_an_irrational_factor_of_scores_changes_nothing_and_one_of_the_tokens_scales_limits(make, seed):
    system, root = make(seed), number("sqrt(2)", "factor")
    plain = limit(Hardmax(system.A, system.alpha).run(system.tokens, 0), 40)
    by_A = limit(Hardmax(mapped(system.A, lambda x: root * x), system.alpha).run(system.tokens, 0), 40)
    by_tokens = limit(Hardmax(system.A, system.alpha).run(mapped(system.tokens, lambda x: root * x), 0), 40)
    for found in (by_A, by_tokens):
        for name in ("status", "layer", "itinerary", "period", "clusters", "vertices", "rates"):
            assert getattr(found, name) == getattr(plain, name)
        assert (found.lock and found.lock.nodes) == (plain.lock and plain.lock.nodes)
    assert by_A.limits == plain.limits
    if plain.limits is not None:
        scaled = tuple(row and tuple(root * x for x in row) for row in plain.limits)
        assert by_tokens.limits == scaled
    if plain.limit_set is not None:
        faces = [(point.face, point.is_vertex) for point in plain.limit_set]
        for found in (by_A, by_tokens):
            assert [(point.face, point.is_vertex) for point in found.limit_set] == faces


def test_rational_systems_written_with_roots_have_the_same_limits():
    written = [["sqrt(4)/2", "cos(0)"], [1, "-sqrt(1)"], ["cos(pi/3)", 0]]
    plain = Hardmax(alpha="1/2").run([[1, 1], [1, -1], ["1/2", 0]], 0)
    assert limit(Hardmax(alpha="sqrt(1/4)").run(written, 0)) == limit(plain)
