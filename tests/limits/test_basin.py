"""Basins: limits read off one layer, whatever the later graphs are."""

import json
import random
from collections import Counter
from fractions import Fraction

import pytest

from exactdyn import Hardmax, check, limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.limits.basin import basins_at, find_basins
from exactdyn.limits.find_lock import LockSearch
from exactdyn.limits.lock import Lock
from exactdyn.systems.trajectory import Trajectory
from proofs_checks import RejectedError, verify
from tests.command import inside
from tests.example_files import saved

SLOW = """\
alpha = "1/100000"
A = [[1, 0], [0, 1]]
tokens = [[4, 0], [2, 1], ["3/8", 1]]
"""
"""Token 2 attends token 1, which goes to token 0, for a long time."""


def round_system(seed):
    """A = I and 20 tokens in the plane, of hundredths."""
    draw = random.Random(f"I 20 2 {1000 + seed}")
    return [[Fraction(draw.randint(-100, 100), 100) for _ in range(2)] for _ in range(20)]


def semidefinite_run(seed):
    """A with <Ax, x> >= 0, maybe singular, maybe not symmetric; a few tokens of small integers."""
    draw = random.Random(seed)
    d, n = draw.choice([1, 2, 2, 3]), draw.randint(2, 7)
    B = [[draw.randint(-2, 2) for _ in range(d)] for _ in range(draw.randint(1, d))]
    A = [[sum(row[r] * row[c] for row in B) for c in range(d)] for r in range(d)]
    for r in range(d):
        for c in range(r):
            turn = draw.choice([0, 0, 1, -2])
            A[r][c], A[c][r] = A[r][c] + turn, A[c][r] - turn
    tokens = [[Fraction(draw.randint(-4, 4), draw.randint(1, 2)) for _ in range(d)] for _ in range(n)]
    ties = draw.choice(["mean", "mean", "first", "last"])
    return Hardmax(A, Fraction(draw.randint(1, 9), draw.randint(1, 9)), ties=ties).run(tokens, 0)


def with_basins(seeds):
    """Runs and the first layer, of six, at which there are basins."""
    for seed in seeds:
        trajectory = Trajectory(semidefinite_run(seed))
        found = find_basins(trajectory, 6)
        if found is not None:
            yield trajectory, found


def test_most_systems_of_the_identity_are_decided_at_layer_0():
    runs = (Hardmax(alpha=Fraction(1, 2)).run(round_system(seed), 0) for seed in range(60))
    assert sum(basins_at(Trajectory(run), 0) is not None for run in runs) >= 37


@pytest.mark.parametrize("seeds", [range(150), pytest.param(range(150, 1150), marks=pytest.mark.slow)])
def test_basins_say_what_the_itinerary_says(seeds):
    compared = Counter()
    for trajectory, found in with_basins(seeds):
        lock = LockSearch(trajectory).until(60)
        compared[type(lock)] += 1
        if isinstance(lock, Lock):
            assert [lock.limits(trajectory, phase) for phase in range(lock.period)] == [
                found.places
            ] * lock.period
    assert compared[Lock] > len(seeds) / 4


def test_beside_an_itinerary_a_limit_names_the_basins_that_prove_it_at_an_earlier_layer():
    earlier = 0
    for trajectory, first in with_basins(range(80)):
        found = limit(trajectory.run)
        if found.lock is not None:
            expected = first if first.layer < found.lock.layer else None
            assert found.basin == expected
            earlier += expected is not None
    assert earlier > 2


def test_where_layers_are_too_few_for_an_itinerary_basins_decide_limits(tmp_path):
    saved(tmp_path, "slow.toml", SLOW)
    process = inside("limit", "slow.toml", "--layers", "1", folder=tmp_path)
    assert process.returncode == 0
    assert "being at layer 0 in the basin of a leading point" in process.stdout
    data = json.loads(inside("limit", "slow.toml", "--layers", "1", "--json", folder=tmp_path).stdout)
    assert (data["itinerary"], data["basin"]["layer"]) == ("unknown", 0)
    assert data["limits"] == [data["limits"][token] for token in data["basin"]["targets"]]


def test_what_follows_from_basins_is_checked_and_accepted():
    run = Hardmax(alpha=Fraction(1, 100000)).run([[4, 0], [2, 1], ["3/8", 1]], 0)
    found = check(run, layers=1)
    lemmas = {name: found.statements[name].lemma for name in ("convergence", "leader-vertex", "limit-set")}
    assert set(lemmas.values()) == {"basin"}
    verify(certificate_text(found.certificate))


def test_basins_of_a_field_are_accepted_with_their_own_numbers_alone():
    run = Hardmax([["sqrt(2)", 0], [0, "sqrt(2)"]], alpha="sqrt(3)/1000").run([[4, 0], [2, 1], ["3/8", 1]], 0)
    found = check(run, layers=1)
    assert found.statements["convergence"].lemma == "basin"
    data = json.loads(certificate_text(found.certificate))
    verify(json.dumps(data))
    evidence = next(claim for claim in data["claims"] if claim["claim"] == "convergence")["evidence"]
    evidence["basin"]["semidefinite"]["diagonal"][0] = ["1", "1"]
    with pytest.raises(RejectedError):
        verify(json.dumps(data))


def test_a_form_with_negative_values_has_no_basins():
    run = Hardmax([[1, -4], [-1, 0]], alpha="1/2").run([[1, 0], [-2, -1], [1, 2]], 0)
    assert find_basins(Trajectory(run), 9) is None
    assert limit(run).limits[1] == (Fraction(-5, 6), Fraction(1, 6))
