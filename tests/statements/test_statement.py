"""The record of a statement: what it needs, under which facts its lemma holds, and how a failure is told."""

import string
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exactdyn.families.questions.guarantees import Narrowing, proving
from exactdyn.limits import decision
from exactdyn.limits.find_lock import LockSearch
from exactdyn.statements.catalogue import BY_CASES, CATALOGUE, HYPOTHESES, ON_LAYERS, ON_THE_LIMIT
from exactdyn.statements.statement import Failure
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks.catalogue import RULES
from proofs_checks.families.family import CLASSES, Family
from proofs_checks.hardmax.heads import Head
from proofs_checks.hardmax.schedule import Listed
from tests.amounts import amount
from tests.strategies import runs

RUN = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], 2)
RECORDS = {**HYPOTHESES, **CATALOGUE}


def fields(template):
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.fixture
def looked_at(monkeypatch):
    """The numbers of layers with which limits were decided."""
    asked, until = [], LockSearch.until
    monkeypatch.setattr(
        LockSearch, "until", lambda search, layers: asked.append(layers) or until(search, layers)
    )
    return asked


def test_a_check_decides_the_limit_once(looked_at):
    check(RUN, 40)
    assert looked_at == [40]


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_statement_is_decided_by_the_run_alone_or_by_the_limit_it_is_given(name, looked_at):
    found = decision.limit(RUN)
    del looked_at[:]
    assert CATALOGUE[name].decide(RUN, found) == CATALOGUE[name].decide(RUN)
    assert len(looked_at) == (name in ON_THE_LIMIT)


@pytest.mark.parametrize("name", ON_LAYERS)
@given(run=runs(layers=2))
def test_a_lemma_that_holds_is_borne_out_by_what_is_computed(name, run):
    decided = ON_LAYERS[name]
    if decided.lemma.holds_for(run):
        assert decided.computed(run).outcome == "holds"
        assert decided.decide(run).lemma == decided.lemma.name
    else:
        found, computed = decided.decide(run), decided.computed(run)
        lacking = decided.lemma.missing(run) if computed.outcome == "holds" else computed.reason
        assert found == replace(computed, reason=lacking)


@pytest.mark.parametrize("name", CATALOGUE)
@pytest.mark.parametrize("kind", CLASSES)
@settings(max_examples=amount(10, 60))
@given(
    alpha=st.fractions(-4, 4).filter(lambda alpha: alpha != -1),
    rank=st.sampled_from([None, 1, 2, 3]),
    hypotheses=st.sets(st.sampled_from(["nonzero-tokens", "distinct-tokens"])),
)
@example(alpha=Fraction(0), rank=2, hypotheses={"nonzero-tokens", "distinct-tokens"})
@example(alpha=Fraction(1), rank=2, hypotheses={"nonzero-tokens", "distinct-tokens"})
def test_a_lemma_holds_for_the_classes_and_coefficients_of_which_the_checker_accepts_it(
    name, kind, alpha, rank, hypotheses
):
    rule, steps = RULES.get(name), Listed((alpha / (1 + alpha),))
    family = Family(kind, (), (), (), steps, Head(()), ranked=rank, hypotheses=frozenset(hypotheses))
    proofs = [] if rule is None else rule.guarantees
    proved = [
        proof.lemma
        for proof in proofs
        if kind in proof.classes and all(need.known(family) for need in proof.needs)
    ]
    lemma = proving(name, kind, alpha, Narrowing(rank, frozenset(hypotheses)))
    assert (lemma and lemma.name) == (proved[0] if proved else None)


@pytest.mark.parametrize("name", [name for name, decided in ON_THE_LIMIT.items() if decided.guarantees])
@given(run=runs(layers=2))
def test_a_lemma_about_the_limit_that_holds_decides_the_statement(name, run):
    if any(lemma.holds_for(run) for lemma in ON_THE_LIMIT[name].guarantees):
        assert CATALOGUE[name].decide(run).outcome == "holds"


@pytest.mark.parametrize("name", BY_CASES)
def test_families_decide_a_statement_in_the_way_in_which_the_checker_does(name):
    decided, rule = BY_CASES[name], RULES[name]
    assert decided.final == rule.final
    assert (decided.families == "growth") == rule.growth
    assert (decided.families == "meeting") == rule.apart


@pytest.mark.parametrize("name", RECORDS)
def test_a_failure_has_the_same_numbers_in_text_and_in_latex_and_no_marks_in_text(name):
    for way in RECORDS[name].failures:
        assert fields(way.text) == fields(way.latex)
        assert way.latex.count("$") % 2 == 0
        assert not {*way.text} & {"$", "\\"}


def test_a_failure_is_plain_without_the_marks_of_formulas_or_as_it_is_said():
    assert Failure(r"$\langle Ax, x\rangle = {value}$ for $\alpha$").text == "<Ax, x> = {value} for alpha"
    assert Failure("entry ${x}$", "A[0] = {x}").text == "A[0] = {x}"
