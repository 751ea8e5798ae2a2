"""Hulls that never shrink under a negative semidefinite form: some token has no limit."""

import json
import random
from fractions import Fraction

from exactdyn import Hardmax, check, limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.limits.spreading import Spreading, find_spreading
from exactdyn.statements.theorem import limit_certificate
from exactdyn.systems.trajectory import Trajectory
from proofs_checks import verify
from tests.command import inside

WANDERING = ([[-1, 5], [-5, -1]], "-3/4", [[3, -2], [1, 2], [-4, 4], [0, 3], [1, -3]])


def test_graphs_that_never_repeat_are_no_obstacle():
    A, alpha, tokens = WANDERING
    run = Hardmax(A, alpha).run(tokens, 0)
    found = limit(run)
    assert (found.status, found.itinerary, found.limits, found.vertices) == ("diverges", "unknown", None, ())
    assert isinstance(found.growth, Spreading) and found.lock is None
    claims = limit_certificate(run, found)["claims"]
    assert [(claim["claim"], claim["verdict"]) for claim in claims] == [
        ("convergence", "fails"),
        ("limit-set", "fails"),
    ]
    verify(certificate_text(check(run).certificate))


def test_it_is_said_in_one_line(tmp_path):
    A, alpha, tokens = WANDERING
    (tmp_path / "a.json").write_text(json.dumps({"A": A, "alpha": alpha, "tokens": tokens}))
    said = inside("limit", "a.json", folder=tmp_path)
    assert said.returncode == 0
    why = "some token has no limit, as steps away from what is attended never let the hull shrink"
    assert said.stdout.splitlines()[1:] == [f"proved: {why}, whatever the itinerary"]


def test_what_the_lemma_speaks_of_is_decided_and_it_never_contradicts_an_itinerary():
    draw = random.Random("spreading")
    for _ in range(60):
        d = draw.choice([1, 2, 3])
        rows = [[draw.randint(-2, 2) for _ in range(d)] for _ in range(d)]
        # -G G^T and anything skew: negative semidefinite.
        A = [
            [
                -sum(x * y for x, y in zip(rows[r], rows[c], strict=True)) + (c - r) * draw.choice([0, 1])
                if r < c
                else -sum(x * y for x, y in zip(rows[r], rows[c], strict=True))
                for c in range(d)
            ]
            for r in range(d)
        ]
        for r in range(d):
            for c in range(r):
                A[r][c] = 2 * -sum(x * y for x, y in zip(rows[r], rows[c], strict=True)) - A[c][r]
        tokens = [[draw.randint(-3, 3) for _ in range(d)] for _ in range(draw.randint(1, 6))]
        run = Hardmax(A, Fraction(-draw.randint(1, 5), 6)).run(tokens, 0)
        found, proof = limit(run), find_spreading(Trajectory(run))
        assert found.status in ("diverges", "proved")
        assert proof is None or found.status == "diverges"


def test_steps_towards_what_is_attended_and_other_matrices_are_not_spoken_of():
    for A, alpha in (([[-1]], 1), ([[1]], "-1/2"), ([[-1]], -3)):
        assert find_spreading(Trajectory(Hardmax(A, alpha).run([[1], [-1]], 0))) is None
    assert find_spreading(Trajectory(Hardmax([[-1]], "-1/2", mask="causal").run([[1], [-1]], 0))) is None
    assert find_spreading(Trajectory(Hardmax([[-1]], "-1/2").run([[1], [1]], 0))) is None
