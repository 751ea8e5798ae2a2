from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.floats import parts as module
from exactdyn.kernel.floats.filter import decide
from exactdyn.kernel.floats.parts import parts
from exactdyn.kernel.floats.shadow import Shadow, Vectors
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax
from tests.judges import reference
from tests.judges.plain import plain_run
from tests.kernel.floats.clouds import SHAPES, cloud


@pytest.fixture(autouse=True)
def at_every_size(monkeypatch):
    monkeypatch.setattr(module, "LEAST_PAIRS", 0)


ERRORS = st.sampled_from([0.0, 2.0**-50, 2.0**-30, 2.0**-9, 2.0**-6, 2.0**-4])


@given(
    st.integers(0, 10**6),
    st.sampled_from(SHAPES),
    ERRORS,
    ERRORS,
    st.sampled_from([1.0, 2.0**-300, 2.0**-540]),
    st.booleans(),
)
def test_what_a_part_leaves_out_scores_less_at_the_worst_state_within_the_bound(
    seed, shape, error, blur, scale, worthwhile
):
    rng = np.random.default_rng(seed)
    count, dimension = int(rng.integers(2, 60)), int(rng.integers(1, 9))
    rows = cloud(rng, shape, count, dimension) * scale
    vectors = rows if seed % 2 else cloud(rng, shape, count, dimension) * scale
    everybody = np.arange(count)
    shadow = Shadow(Vectors(rows, error * scale), Vectors(vectors, blur * scale), None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "WORTHWHILE", 1 if worthwhile else 10**9)
        found = list(parts(shadow, everybody, everybody))
    assert sorted(row for some, _ in found for row in some.tolist()) == everybody.tolist()
    for some, columns in found:
        out = sorted(set(everybody.tolist()) - set(columns.tolist()))
        if out:
            for row in some.tolist():
                best = columns[np.argmax(rows[columns] @ vectors[row])]
                second = out[np.argmax(rows[out] @ vectors[row])]
                assert lead(vectors[row], rows[best], rows[second], blur * scale, error * scale) > 0


def lead(vector, first, second, blur, error):
    """The exact lead of the first place over the second, the direction and both being as bad as they may."""
    apart = [Fraction(x) - Fraction(y) for x, y in zip(first.tolist(), second.tolist(), strict=True)]
    turned = [Fraction(x) - sign(y) * Fraction(blur) for x, y in zip(vector.tolist(), apart, strict=True)]
    return reference.dot(turned, apart) - 2 * Fraction(error) * sum(map(abs, turned))


def sign(x):
    return (x > 0) - (x < 0)


@given(st.integers(0, 10**6), st.integers(1, 8), ERRORS, st.sampled_from([0.01, 0.1, 0.5]))
def test_what_is_not_nearby_scores_less_in_the_worst_direction_within_delta(seed, dimension, error, delta):
    rng = np.random.default_rng(seed)
    rows = cloud(rng, SHAPES[seed % len(SHAPES)], 40, dimension)
    middle = rng.standard_normal(dimension) / rng.choice([4, 64])
    shadow = Shadow(Vectors(rows, error), Vectors(rows, error), None)
    kept = module._Nearby(shadow, np.arange(40)).to(middle, delta * module.SLACK)
    best = rows[np.argmax(rows @ middle)]
    for token in set(range(40)) - set(kept.tolist()):
        apart = best - rows[token]
        worst = middle - (1 - 2.0**-40) * delta * apart / np.linalg.norm(apart)
        assert lead(worst, best, rows[token], 0.0, error) > 0


@pytest.mark.parametrize(("error", "blur"), [(0.05, 0.0), (0.0, 2.0**-11), (0.05, 2.0**-12)])
def test_the_errors_of_positions_and_of_directions_are_both_made_up_for(error, blur):
    found = set()
    for back in [step * 2.0**-15 for step in range(60)] + [step * 2.0**-9 for step in range(400)]:
        rows = np.array([[1.0, 0.0], [1 - back, 0.5], [-1.0, 0.0], [-1.0, 0.1], [1 - back, 0.0]])
        shadow = Shadow(Vectors(rows, error), Vectors(rows, blur), None)
        ((_, columns),) = parts(shadow, np.array([0]), np.arange(4))
        _, enough = module._outermost(shadow, np.array([0]), np.array([0, 2, 4]), 2)
        nearby, alone = 1 not in columns, bool(enough[0])
        assert not nearby or lead(rows[0], rows[0], rows[1], blur, error) > 0
        assert not alone or lead(rows[0], rows[0], rows[4], blur, error) > 0
        found.add((nearby, alone))
    assert {(False, False), (True, True)} <= found


def test_the_bound_of_like_directions_is_sharp():
    """Columns at the angle where one within delta may attend them are kept, those a little behind are not."""
    rows = np.array([[1.0, 0.0], [0.9, 0.1 * 4.9], [0.9, 0.1 * 4.7], [0.0, 0.0]])
    near = module._Nearby(Shadow(Vectors(rows, 0.0), Vectors(rows, 0.0), None), np.arange(4))
    for delta in (0.1, 0.2, 0.21, 0.99, 1.0):
        tangents = [1 / np.hypot(1, 4.9), 1 / np.hypot(1, 4.7), 1.0]
        expected = [0] + [j + 1 for j, own in enumerate(tangents) if own <= delta]
        assert near.to(np.array([1.0, 0.0]), delta).tolist() == expected


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dimension", [2, 3, 5, 8])
def test_the_filter_says_the_same_with_parts_and_without(monkeypatch, shape, dimension):
    rng = np.random.default_rng(dimension)
    rows, everybody = cloud(rng, shape, 500, dimension), np.arange(500)
    place, vectors = Vectors(rows, 2.0**-45), Vectors(rows @ rng.standard_normal((dimension,) * 2), 2.0**-45)
    shadow = Shadow(place, vectors, None)
    winners, doubt = decide(shadow, everybody, everybody)
    monkeypatch.setattr(module, "LEAST_PAIRS", 10**9)
    without, in_doubt = decide(shadow, everybody, everybody)
    left = {row.token for row in in_doubt}
    assert [row.token for row in doubt] == sorted(left)
    assert all(winners[row] == without[row] for row in range(500) if row not in left)


@pytest.mark.parametrize(
    ("shape", "dimension", "most"),
    [("normal", 3, 0.1), ("normal", 5, 0.3), ("sphere", 2, 0.3), ("clusters", 8, 0.2)],
)
def test_few_pairs_are_left_to_compare(shape, dimension, most):
    rows = cloud(np.random.default_rng(1), shape, 3000, dimension)
    place, everybody = Vectors(rows, 2.0**-50), np.arange(3000)
    compared = sum(
        len(some) * len(own) for some, own in parts(Shadow(place, place, None), everybody, everybody)
    )
    assert compared < most * 3000**2


def test_in_more_dimensions_all_are_compared_with_all():
    place, everybody = Vectors(np.random.default_rng(0).standard_normal((50, 9)), 0.0), np.arange(50)
    ((rows, columns),) = parts(Shadow(place, place, None), everybody, everybody)
    assert len(rows) == len(columns) == 50


def test_rows_whose_direction_is_lost_in_its_error_are_compared_with_all():
    rows = np.array([[0.0, 0.0], [2.0**-60, 0.0], [1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
    place = Vectors(rows, 2.0**-50)
    found = list(parts(Shadow(place, place, None), np.arange(2), np.arange(5)))
    assert [(some.tolist(), own.tolist()) for some, own in found] == [([0, 1], [0, 1, 2, 3, 4])]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("sign", [1, -1])
def test_runs_are_those_of_the_plain_kernel(shape, sign):
    rng = np.random.default_rng(sign + 5)
    for dimension in (2, 3, 5):
        tokens = from_floats(cloud(rng, shape, 60, dimension))
        matrix = [[sign * (i == j) for j in range(dimension)] for i in range(dimension)]
        system = Hardmax(matrix, "1/2")
        assert system.run(tokens, 6).itinerary == plain_run(system, tokens, 6).itinerary
