"""What is decided about limits, over fields too, as certificates that the checker accepts."""

import json
from fractions import Fraction

import pytest

from exactdyn import Hardmax, check, limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.statements.theorem import limit_certificate
from proofs_checks import RejectedError, verify
from tests.benchmarks.polygons import main, measured
from tests.field_systems import GENERATORS, field_system
from tests.polygons import polygon, rotation


def certified(run):
    return limit_certificate(run, limit(run))


@pytest.mark.parametrize("n", range(3, 13))
def test_that_the_ties_of_a_polygon_stay_for_ever_is_accepted(n):
    data = certified(Hardmax(rotation(n), alpha=1).run(polygon(n), 0))
    settles = next(claim for claim in data["claims"] if claim["claim"] == "attention-settles")
    assert settles["evidence"]["itinerary"] | {"nodes": []} == {"layer": 0, "period": 1, "nodes": []}
    verify(certificate_text(data))


def test_the_ties_of_a_polygon_are_accepted_by_the_checker_alone_and_lost_by_floats():
    row = measured(5, 4)
    assert (row.degree, row.ties) == (4, 25)
    assert row.first_wrong <= 1 and row.wrong > 5  # which layer is first depends on the processor


def test_the_benchmark_prints_a_line_for_every_polygon(capsys):
    main(["1", "3", "4"])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["n", "3", "4"]


@pytest.mark.parametrize("text", GENERATORS)
@pytest.mark.parametrize("seed", range(4))
def test_the_verdicts_of_a_definite_system_over_a_field_are_accepted(text, seed):
    A, alpha, tokens = field_system(text, seed)
    found = check(Hardmax(A, alpha).run(tokens, 2))
    outcomes = {name: verdict.outcome for name, verdict in found.statements.items()}
    assert "undecided" not in outcomes.values()
    assert not found.applies or set(outcomes.values()) == {"holds"}
    verify(certificate_text(found.certificate))


def wrong_by_one(number):
    """Another number in the same form."""
    if isinstance(number, str):
        return str(Fraction(number) + 1)
    return [wrong_by_one(number[0]), *number[1:]]


@pytest.mark.parametrize("member", ["nodes", "coefficients", "limits"])
def test_other_numbers_of_the_field_are_no_proof(member):
    run = Hardmax(alpha="sqrt(2)").run([["sqrt(3)", 1], ["sqrt(3)", -1], ["1/2", 0]], 0)
    data = json.loads(certificate_text(certified(run)))
    data["claims"] = [claim for claim in data["claims"] if claim["claim"] == "convergence"]
    evidence = data["claims"][0]["evidence"]
    if member == "limits":
        evidence["limits"][2][0] = wrong_by_one(evidence["limits"][2][0])
    else:
        numbers = evidence["itinerary"]["nodes"] if member == "nodes" else evidence[member]
        numbers[0] = wrong_by_one(numbers[0])
    with pytest.raises(RejectedError):
        verify(json.dumps(data))


KINDS = {
    "steps that have a finite sum": Hardmax(tau="1/(k+2)^2"),
    "one limit for all": Hardmax([["-sqrt(2)", 0], [0, -1]], alpha="1/3"),
    "targets under a mask": Hardmax(tau="2/(k+2)", mask="causal"),
    "values that decay": Hardmax(alpha="1/2", V=[["sqrt(2)", 0], [0, 1]]),
    "growth": Hardmax([["sqrt(2)", 0], [0, 1]], alpha="-1-sqrt(2)"),
}


@pytest.mark.parametrize("system", KINDS.values(), ids=KINDS)
def test_limits_of_every_kind_over_a_field_are_certified(system):
    data = certified(system.run([["sqrt(2)", 0], [0, "sqrt(3)"], ["1/3", 1], ["sqrt(2)/2", "sqrt(3)/2"]], 0))
    assert data["claims"][0]["claim"] == "convergence"
    verify(certificate_text(data))


def test_nothing_is_certified_where_nothing_is_decided():
    # For a rank of 3 nobody knows a lemma; for one of at most 2 convergence is proved without the limit.
    run = Hardmax([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]], 1)
    run = run.run([[1, 0, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]], 0)
    assert limit_certificate(run, limit(run, 1)) is None
