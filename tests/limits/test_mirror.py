"""Two places that attend each other for ever: all tokens tend to their middle, whatever others attend."""

import random
from fractions import Fraction

from exactdyn import Hardmax, check, limit, load_example
from exactdyn.certificates.envelope import certificate_text
from exactdyn.limits.mirror import find_mirror
from exactdyn.systems.trajectory import Trajectory
from proofs_checks import verify


def outcomes(run):
    result = check(run)
    verify(certificate_text(result.certificate))
    return {name: verdict.outcome for name, verdict in result.statements.items()}


def test_the_common_limit_of_tokens_that_spell_digits_is_named():
    for name in ("binary-digits", "never-periodic"):
        run = load_example(name).run(0)
        found = limit(run)
        assert (found.status, found.itinerary, found.limits) == ("proved", "unknown", ((0,),) * 3)
        decided = outcomes(run)
        assert [decided[name] for name in ("convergence", "leader-vertex", "limit-set")] == [
            "holds",
            "fails",
            "fails",
        ]


def test_coordinates_in_the_kernel_of_a_semidefinite_matrix_follow():
    run = Hardmax([[-1, 0], [0, 0]], "1/2").run([["1/2", 3], ["-1/2", 5], ["-371685/2000006", 100]], 0)
    found = limit(run)
    assert found.limits == ((0, 4),) * 3 and found.mirror is not None
    assert [outcomes(run)[name] for name in ("convergence", "leader-vertex", "limit-set")] == [
        "holds",
        "fails",
        "holds",
    ]
    late = Hardmax([[-1, 0], [0, 0]], "1/2").run(run.start.rows(), 60).tokens(60)
    assert all(abs(x - y) < Fraction(1, 10**6) for row in late for x, y in zip(row, (0, 4), strict=True))


def test_all_come_to_the_middle_in_random_systems_of_a_product():
    draw, count = random.Random("mirror"), 0
    for _ in range(60):
        u = [Fraction(draw.randint(-3, 3)) for _ in range(draw.choice([1, 2, 3]))]
        A = [[-2 * x * y for y in u] for x in u]
        tokens = [[draw.randint(-3, 3) for _ in u] for _ in range(draw.randint(2, 5))]
        tokens.append([-x for x in tokens[0]])
        alpha = Fraction(1, draw.randint(2, 5))
        run = Hardmax(A, alpha).run(tokens, 120)
        found = find_mirror(Trajectory(run), 1)
        if found is None:
            continue
        count += 1
        for row, place in zip(run.tokens(120), found.places, strict=True):
            assert all(abs(x - y) < Fraction(1, 1000) for x, y in zip(row, place, strict=True))
    assert count > 15


def test_longer_steps_and_other_matrices_are_not_spoken_of():
    for A, alpha in (([[-1]], "3/5"), ([[1]], "1/3"), ([[0]], "1/3"), ([[-1]], "-1/3")):
        assert find_mirror(Trajectory(Hardmax(A, alpha).run([[1], [-1]], 0)), 1) is None
    assert find_mirror(Trajectory(Hardmax([[-1, 1], [1, -2]], "1/3").run([[1, 0], [-1, 0]], 0)), 1) is None
    assert find_mirror(Trajectory(Hardmax([[-1]], "1/3", ties="first").run([[1], [-1]], 0)), 1) is None
