"""Statements about kinds of systems, against their definitions, and of which systems they are asked."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings

from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.documents import load_example
from exactdyn.errors import InputError
from exactdyn.statements.catalogue import CATALOGUE, OF_KINDS, asked_of
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.judges.oracle import confirms
from tests.judges.oracle.statements import BY_DEFINITION
from tests.judges.oracle.world import World
from tests.strategies import hard_attention_systems

COMPUTED = [name for name in OF_KINDS if name != "frank-wolfe-exponential"]


@pytest.mark.parametrize("name", COMPUTED)
@given(case=hard_attention_systems())
@settings(max_examples=25)
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
    assert (verdict.outcome == "holds") == BY_DEFINITION[name](world)


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
        verify(text, patient=True)
        assert confirms(json.loads(text))


def is_general(run):
    return certificate_data(run, {})["version"] == 2


def general(run):
    """The system of a certificate of version 1 in the words of version 2."""
    system = certificate_data(run, {})["system"]
    alpha = Fraction(system["alpha"])
    step = {"listed": [str(alpha / (1 + alpha))]}
    return {"tokens": system["tokens"], "tau": step, "heads": [{"A": [system["A"]]}]}


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
