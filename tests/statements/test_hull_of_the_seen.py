"""Hulls of what tokens see: all of them that of all tokens where nothing is masked."""

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.statements.catalogue import CATALOGUE
from exactdyn.systems.hardmax import Hardmax
from tests.strategies import ALPHAS, NEGATIVE_ALPHAS, systems

SEEN, ALL = (CATALOGUE[name].decided.computed for name in ("hull-of-the-seen", "hull-shrinkage"))


@given(systems(ALPHAS | NEGATIVE_ALPHAS, dimensions=2, largest=5), st.integers(0, 3))
def test_where_everybody_is_seen_it_says_of_every_token_what_hull_shrinkage_says(system, layers):
    run = Hardmax(system.A, system.alpha).run(system.tokens, layers)
    seen, everything = SEEN(run), ALL(run)
    assert seen.outcome == everything.outcome
    if seen.outcome == "holds":
        count = len(system.tokens)
        assert seen.evidence["weights"] == [[own] * count for own in everything.evidence["weights"]]
    else:
        witness = {"layer": seen.witness["layer"], "token": seen.witness["seen"]}
        assert seen.witness == everything.witness | witness | {"token": 0, "seen": witness["token"]}


def test_a_token_may_leave_what_somebody_sees_although_nobody_leaves_the_hull():
    # Token 0 sees 1, and 1 goes towards 4, which 0 does not see.
    run = Hardmax(alpha=1, mask=[[1, 1, 0], [0, 1, 1], [0, 0, 1]]).run([[1], [2], [4]], 1)
    assert ALL(run).outcome == "holds"
    assert SEEN(run).witness == {
        "layer": 0,
        "token": 0,
        "seen": 1,
        "functional": [1],
        "largest_before": 2,
        "after": 3,
    }
