"""One step of the search: every matrix is in one of the cases of a node, and in one only without ties."""

from fractions import Fraction

import pytest
from flint import fmpz
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.member import Finder
from exactdyn.families.setting import Setting
from exactdyn.families.tree.branch import Branch, Goal
from exactdyn.families.tree.expansion import Expander
from exactdyn.numbers.points import Points
from tests.judges import every_matrix, reference
from tests.strategies import token_sets


@pytest.mark.parametrize("ties", [False, True])
@given(tokens=token_sets(2, largest=3), alpha=st.sampled_from([Fraction(1), Fraction(1, 2)]))
@settings(max_examples=10)
def test_following_the_cases_of_a_matrix_leads_to_its_attention_sets(ties, tokens, alpha):
    finder, goal = Finder(matrix_class("general", 2)), Goal(({}, {}), ties=ties, listed=True)
    expander = Expander(Setting.of(alpha), finder, goal)
    root = expander.root(Points.from_rows(tokens))
    for A in every_matrix.matrices("general", 2)[::17]:
        layers = reference.run(reference.system(A, alpha, tokens), 1)
        if not ties and every_matrix.has_avoidable_ties(layers, "general"):
            continue
        coordinates = [fmpz(int(x)) for row in A for x in row]
        expanded = expander.expand(root)
        while expanded.found is None:
            own = [branch for branch in expanded.below if satisfied(branch, coordinates)]
            assert len(own) == 1
            expanded = expander.expand(own[0])
        assert expanded.found.attention == tuple(layer.attention for layer in layers)


def satisfied(branch: Branch, coordinates):
    return all(condition.holds(coordinates) for condition in branch.conditions.values())
