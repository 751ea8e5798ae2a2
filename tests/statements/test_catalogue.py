"""All hypotheses and statements together; what is particular to one is in the file of its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.statements.catalogue import HYPOTHESES, ON_LAYERS
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from tests.judges import reference, truth
from tests.judges.oracle.statements import BY_DEFINITION
from tests.judges.reference import Computed
from tests.strategies import ALPHAS, NEGATIVE_ALPHAS, systems

# Where alpha >= 0 most statements are lemmas; where it is negative everything has to be computed.
SYSTEMS = systems(ALPHAS | NEGATIVE_ALPHAS, dimensions=2, largest=5)


def run_of(system, layers):
    return Hardmax(system.A, system.alpha).run(system.tokens, layers)


@pytest.mark.parametrize("name", HYPOTHESES)
@given(systems())
def test_a_hypothesis_holds_exactly_if_its_definition_does(name, system):
    verdict = HYPOTHESES[name].decide(run_of(system, 0))
    assert verdict.outcome == ("holds" if truth.HYPOTHESES[name](system) else "fails")


@pytest.mark.parametrize("name", ON_LAYERS)
@given(SYSTEMS, st.integers(0, 3))
def test_a_statement_holds_exactly_if_brute_force_says_so(name, system, layers):
    verdict = ON_LAYERS[name].decide(run_of(system, layers))
    holds = BY_DEFINITION[name](Computed(system.A, reference.run(system, layers)))
    assert verdict.outcome == ("holds" if holds else "fails")


@pytest.mark.parametrize("name", ON_LAYERS)
@given(systems(dimensions=2, largest=5))
def test_what_holds_on_every_layer_holds_beyond_the_layers_computed(name, system):
    verdict = ON_LAYERS[name].decide(run_of(system, 0))
    if verdict.scope == "every layer":
        assert BY_DEFINITION[name](Computed(system.A, reference.run(system, 4)))
    else:
        assert (verdict.scope, verdict.lemma) == ("layers 0..0", None)


@given(SYSTEMS)
def test_a_failure_stays_one_with_more_layers(system):
    few, more = (check(run_of(system, layers)).statements for layers in (1, 3))
    for name, verdict in few.items():
        if verdict.outcome == "fails":
            assert more[name] == verdict


PAIRS = [
    ["-1", "1/2", "0"],
    ["-1", "-1/2", "0"],
    ["1", "0", "1/2"],
    ["1", "0", "-1/2"],
    ["1/5", "1/3", "1/6"],
]
FOUR_LEADERS = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1], [0, 0, "1/3"]]


@pytest.mark.parametrize(
    "A, alpha, tokens, dropped, failing",
    [
        (
            [[-1]],
            1,
            [[1], [-1]],
            "positive-definite",
            {"distinctness-preserved", "leader-vertex", "limit-set"},
        ),
        (
            [[1, 0], [0, -1]],
            1,
            [[0, 1], [0, -1]],
            "positive-definite",
            {"distinctness-preserved", "leader-vertex", "limit-set"},
        ),
        ([[1, 0], [0, 0]], 1, [[1, 0], [1, 1]], "positive-definite", {"norm-growth", "leader-vertex"}),
        (
            [[0, 0, 0], [0, -1, 0], [0, 0, -1]],
            "1/2",
            PAIRS,
            "positive-definite",
            {"convergence", "leader-vertex", "limit-set"},
        ),
        (
            [[3, 0, 0], [0, 3, 0], [0, 0, -1]],
            1,
            FOUR_LEADERS,
            "positive-definite",
            {"norm-growth", "convergence", "limit-set"},
        ),
        (
            [[1, -4], [4, 1]],
            1,
            [[1, 0], [0, 1], [-1, -1]],
            "symmetric",
            {"norm-growth", "leader-vertex", "limit-set"},
        ),
        (
            [[1, -2], [2, 1]],
            1,
            [[1, 0], [0, 1], [-1, 0], [0, -1]],
            "symmetric",
            {"norm-growth", "leader-vertex", "limit-set"},
        ),
        ([[1]], 1, [[-1], [0], [1]], "nonzero-tokens", {"limit-set"}),
        ([[1]], 1, [[1], [1]], "distinct-tokens", {"leader-vertex"}),
        (
            *([[1]], -2, [[-1], [1], ["1/2"]], "positive-alpha"),
            {"hull-shrinkage", "leaders-persist", "leaders-extreme", "convergence", "limit-set"},
        ),
        ([[1]], "-1/2", [[1], ["1/2"]], "positive-alpha", {"hull-shrinkage", "norm-growth"}),
    ],
)
def test_what_fails_when_one_hypothesis_is_dropped(A, alpha, tokens, dropped, failing):
    result = check(Hardmax(A, alpha).run(tokens, layers=4))
    assert [name for name, verdict in result.hypotheses.items() if verdict.outcome == "fails"] == [dropped]
    assert {name for name, verdict in result.statements.items() if verdict.outcome == "fails"} == failing
    assert not result.applies
