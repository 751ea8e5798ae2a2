"""Branches: tokens that are locked stay so for every matrix, by the weights that say why."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.families.classes.conditions import Preferences
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.member import Member
from exactdyn.families.tree.branch import Branch, BranchLayer, locked_weights
from exactdyn.numbers.points import Points
from tests.judges import reference
from tests.strategies import square_matrices, token_sets

TAUS = st.sampled_from([Fraction(x) for x in ("0", "1/3", "1/2", "9/10")])


def layer_of(A, tokens):
    preferences = Preferences(matrix_class("general", 2), 0, Points.from_rows(tokens))
    return BranchLayer(preferences, dict(enumerate(reference.attention(A, tokens))))


def stepped(layer, tokens, tau):
    means = [reference.mean([tokens[j] for j in sorted(layer.sets[i])]) for i in range(len(tokens))]
    return [
        tuple(x + tau * (m - x) for x, m in zip(z, mean, strict=True))
        for z, mean in zip(tokens, means, strict=True)
    ]


@given(square_matrices(2), token_sets(2, largest=5), TAUS)
def test_a_locked_token_attends_the_same_at_the_next_layer(A, tokens, tau):
    layer = layer_of(A, tokens)
    following = reference.attention(A, stepped(layer, tokens, tau))
    assert all(following[i] == own for i, own in layer.locked.items())


@given(square_matrices(2), square_matrices(2), token_sets(2, largest=5), TAUS)
def test_the_weights_of_a_locked_token_add_up_for_every_matrix(A, B, tokens, tau):
    layer = layer_of(A, tokens)
    after = stepped(layer, tokens, tau)
    for token, own in layer.locked.items():
        p = min(own)
        for rival in {*range(len(tokens))} - own:
            weights = locked_weights(layer, token, rival, tau)
            assert all(weight > 0 for weight in weights.values())
            total = Fraction(0)
            for (_, i, j, other), weight in weights.items():
                apart = tuple(x - y for x, y in zip(tokens[j], tokens[other], strict=True))
                total += weight * reference.dot(reference.times(B, tokens[i]), apart)
            apart = tuple(x - y for x, y in zip(after[p], after[rival], strict=True))
            assert total == reference.dot(reference.times(B, after[token]), apart)


@given(square_matrices(2), token_sets(2, largest=4))
def test_a_branch_is_decided_token_by_token(A, tokens):
    layer = layer_of(A, tokens)
    branch = Branch((BranchLayer(layer.preferences, {}),), {}, Member(()))
    for token, own in layer.sets.items():
        assert (branch.decided, branch.attention) == (False, ())
        branch = branch.deciding(token, own)
    assert (branch.decided, branch.attention) == (True, (reference.attention(A, tokens),))
