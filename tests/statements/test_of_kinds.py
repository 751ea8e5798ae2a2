"""Statements about kinds of systems, against their definitions, and the theorems they are named after."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings

from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.documents import load_example
from exactdyn.errors import InputError
from exactdyn.statements.catalogue import CATALOGUE, OF_KINDS, asked_of
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.judges.kinds import OF_KINDS as BY_DEFINITION
from tests.judges.oracle import confirms
from tests.judges.oracle.world import World
from tests.strategies import hard_attention_systems

COMPUTED = [name for name in OF_KINDS if name != "frank-wolfe-exponential"]
SCHEDULES = ["2/(k+2)", "2/(k+3)", "2^-(k+1)", "(k+1)/(k+2)"]
"""Of the second and third the steps tend to 0; the first begins with a step that goes all the way."""


def random_clusters(seed):
    """Leaders for A = I, and followers between 0 and one of them.

    The corners c have <c, c'> below <c, c> and <c', c'>, so each attends itself alone, and s c attends c.
    """
    random = Random(seed)
    count = random.randint(2, 5)
    corners = []
    while len(corners) < count:
        x, y = random.randint(-9, 9), random.randint(-9, 9)
        if all(a * x + b * y < min(a * a + b * b, x * x + y * y) for a, b in corners) and (x, y) != (0, 0):
            corners.append((x, y))
    followers = [
        [x * Fraction(random.randint(1, 9), 10), y * Fraction(random.randint(1, 9), 10)]
        for x, y in random.choices(corners, k=random.randint(1, 4))
    ]
    return [list(corner) for corner in corners] + followers


@pytest.mark.parametrize("name", COMPUTED)
@given(case=hard_attention_systems())
@settings(max_examples=40)
def test_a_statement_about_kinds_is_computed_as_it_is_defined(name, case):
    try:
        run = case.system().run(case.tokens, 3)
    except InputError:
        return  # a layer has no normalised step
    verdict = CATALOGUE[name].decided.computed(run)
    if verdict.outcome == "undecided":
        assert verdict.reason
        return
    world = World(certificate_data(run, {})["system"] if is_general(run) else general(run), 3, 2)
    assert (verdict.outcome == "holds") == BY_DEFINITION[name](world, 3)


@given(case=hard_attention_systems())
@settings(max_examples=40)
def test_what_is_said_about_kinds_is_accepted_and_confirmed(case):
    try:
        run = case.system().run(case.tokens, 2)
    except InputError:
        return
    verdicts = {name: record.decide(run) for name, record in OF_KINDS.items()}
    document = certificate_data(run, verdicts)
    if document["claims"]:
        text = certificate_text(document)
        verify(text)
        assert confirms(json.loads(text))


def is_general(run):
    return certificate_data(run, {})["version"] == 2


def general(run):
    """The system of a certificate of version 1 in the words of version 2."""
    system = certificate_data(run, {})["system"]
    alpha = Fraction(system["alpha"])
    step = {"listed": [str(alpha / (1 + alpha))]}
    return {"tokens": system["tokens"], "tau": step, "heads": [{"A": [system["A"]]}]}


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("tau", SCHEDULES)
def test_the_clusters_of_frank_and_wolfe_are_proved_for_random_systems_and_four_schedules(tau, seed):
    run = Hardmax(tau=tau).run(random_clusters(seed), 3)
    verdicts = {
        name: OF_KINDS[name].decide(run) for name in ("frank-wolfe-clusters", "frank-wolfe-exponential")
    }
    clusters, exponential = verdicts.values()
    assert (clusters.scope, clusters.lemma) == ("every layer", "frank-wolfe-clusters")
    assert OF_KINDS["frank-wolfe-clusters"].decided.computed(run).outcome == "holds"
    assert exponential.outcome == ("fails" if tau in SCHEDULES[1:3] else "holds")
    text = certificate_text(certificate_data(run, verdicts))
    verify(text)
    assert confirms(json.loads(text))


def test_a_check_asks_what_is_about_the_system_and_of_the_systems_of_the_theorem_nothing_more():
    assert not [name for name in check(Hardmax([[2]]).run([[1], [2]], 2)).statements if name in OF_KINDS]
    said = {
        name: [own for own in asked_of(load_example(name).run(0).facts) if own in OF_KINDS]
        for name in ("causal", "value-matrix", "summable-steps", "frank-wolfe-rate")
    }
    assert said == {
        "causal": ["hull-of-the-seen"],
        "value-matrix": ["interval-shrinkage"],
        "summable-steps": ["frank-wolfe-clusters", "frank-wolfe-exponential"],
        "frank-wolfe-rate": ["frank-wolfe-clusters", "frank-wolfe-exponential", "frank-wolfe-rate"],
    }


def test_of_a_value_matrix_the_hull_is_left_and_the_intervals_shrink_for_ever():
    result = check(load_example("value-matrix").run())
    assert result.statements["hull-shrinkage"].witness["layer"] + 1 == 6
    assert result.statements["interval-shrinkage"].lemma == "convex-coordinates"


def test_the_rate_of_frank_and_wolfe_holds_for_sixty_layers_and_fails_at_layer_575():
    example = load_example("frank-wolfe-rate")
    rate = OF_KINDS["frank-wolfe-rate"]
    assert rate.decide(example.run(60)).scope == "layers 0..60"
    run = example.run()
    verdict = rate.decide(run)
    assert (verdict.witness["layer"], verdict.witness["token"]) == (575, 0)
    assert verdict.witness["value"] == Fraction(13849, 41544) ** 2 / 2
    text = certificate_text(certificate_data(run, {"frank-wolfe-rate": verdict}))
    verify(text)
    assert confirms(json.loads(text))


def test_a_tie_of_the_largest_eigenvalue_is_within_the_bound():
    # B = diag(1, 2), tokens (0, 1), (0, 0) at rest: J = 1 at (0, 1), the bound 4/(t+1) is met at t = 3.
    run = Hardmax([[-1, 0], [0, -2]], tau=0).run([[0, 1], [0, 0]], 4)
    assert OF_KINDS["frank-wolfe-rate"].decide(run).evidence["vector"] == [0, 1]
    later = Hardmax([[-1, 0], [0, -2]], tau=0).run([[0, 1], [0, 0]], 5)
    assert OF_KINDS["frank-wolfe-rate"].decide(later).witness["layer"] == 4
